"""The child that reads PDF with pdfplumber: cells with their places, and lines of text."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

from kpieval.children.answering import Refused, answer
from kpieval.heights import raised

MEMORY = 512 * 1024 * 1024
"""Enough for what is read; a stream that inflates beyond it ends the child."""
NEAR = 3.0
"""Lines so near each other, in points, are one."""

_SLACK = 0.3
"""How far a character may reach over the edge of its cell, in parts of its size."""


def read(data: bytes, arguments: list[str]) -> Any:
    """The pages: size, tables (box, cells with their boxes), lines outside of tables, pictures.

    ``arguments`` are the most pages, and the most characters of the file.
    """
    import pdfplumber
    from pdfplumber.utils.exceptions import PdfminerException

    pages, characters = (int(text) for text in arguments)
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            if count > pages:
                raise Refused("pdf_pages", n=count, most=pages)
            found = []
            for page in document.pages:
                characters -= len(page.chars)
                if characters < 0:
                    raise Refused("pdf_chars", most=arguments[1])
                found.append(_page(page))
                page.close()
    except Refused:
        raise
    except PdfminerException as error:
        if "Password" in repr(error):
            raise Refused("password") from None
        raise Refused("pdf", detail=repr(error)[:200]) from None
    except (MemoryError, RecursionError):
        raise Refused("child_died", status="memory") from None
    except Exception as error:
        # A damaged document makes the library raise almost anything.
        detail = f"{type(error).__name__}: {error}"[:200]
        raise Refused("pdf", detail=detail) from None
    return found


def _page(page: Any) -> dict[str, Any]:
    # Some programs make bold by printing each character twice.
    page = page.dedupe_chars()
    _raise_digits(page.chars)
    tables = page.find_tables({"explicit_horizontal_lines": _open_ends(page)})
    boxes = [table.bbox for table in tables]
    # By its middle, as characters are found in cells: one that only touches a table stays a line.
    outside = page.filter(
        lambda one: (
            one["object_type"] == "char" and not any(_inside(*_middle(one), box) for box in boxes)
        )
    )
    slack = _line_slack(outside.chars)
    lines = (
        outside.extract_text_lines(return_chars=False, y_tolerance=slack) if outside.chars else []
    )
    return {
        "tables": [_table(table) for table in tables],
        "lines": [{"text": line["text"], "top": float(line["top"])} for line in lines],
        "chars": len(page.chars),
        "images": len(page.images),
    }


def _open_ends(page: Any) -> list[float]:
    """The heights where the sides of the first and the last table end.

    Some programs draw no line across where a page break cuts a table or a merged cell: its first
    and last rows on the page would be lost.
    """
    # A line drawn as a thin box has two short edges of its own.
    sides = [one for one in page.edges if one["orientation"] == "v" and one["height"] > NEAR]
    if not sides:
        return []
    return [min(one["top"] for one in sides), max(one["bottom"] for one in sides)]


def _line_slack(characters: list[Any]) -> float:
    """How far apart, from top to top, two characters of one line may be: fonts differ."""
    return max(NEAR, min((float(one["size"]) for one in characters), default=0.0) / 2)


def _table(table: Any) -> dict[str, Any]:
    cells = []
    characters = [one for one in table.page.chars if one["text"].strip()]
    found = table.extract(y_tolerance=_line_slack(characters))
    for row, texts in zip(table.rows, found, strict=True):
        near = [one for one in characters if row.bbox[1] <= _middle(one)[1] < row.bbox[3]]
        for box, text in zip(row.cells, texts, strict=True):
            if box is not None:
                whole = not text or _stays(box, near)
                cells.append([*(float(edge) for edge in box), text or "", whole])
    return {
        "box": [float(edge) for edge in table.bbox],
        "cells": cells,
        "astray": _astray(table, characters),
    }


def _astray(table: Any, characters: list[Any]) -> str:
    """The characters that stand within a table and in none of its cells."""
    rows = [(row.bbox, [box for box in row.cells if box]) for row in table.rows]
    found = []
    for one in characters:
        x, y = _middle(one)
        if not _inside(x, y, table.bbox):
            continue
        boxes = [box for bounds, cells in rows if bounds[1] <= y < bounds[3] for box in cells]
        if not any(_inside(x, y, box) for box in boxes):
            found.append(one["text"])
    return "".join(found[:200])


def _inside(x: float, y: float, box: Any) -> bool:
    """Whether a point is in a box, as the library finds the characters of a cell: half open."""
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def _middle(one: Any) -> tuple[float, float]:
    return (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2


def _stays(box: Any, near: list[Any]) -> bool:
    """Whether the text of a cell stays within its edges, no character on top of another.

    Where it does not, the paper shows parts of one cell in another.
    """
    left, top, right, bottom = box
    own = []
    for one in near:
        x, y = _middle(one)
        if left <= x < right and top <= y < bottom:
            slack = _SLACK * one["size"]
            if min(one["x0"] - left, right - one["x1"]) < -slack:
                return False
            if min(one["top"] - top, bottom - one["bottom"]) < -slack:
                return False
            own.append(one)
    own.sort(key=lambda one: one["x0"])
    return not any(_covers(one, own[at + 1 :]) for at, one in enumerate(own))


def _covers(one: Any, others: list[Any]) -> bool:
    """Whether a character lies on one of those that begin right of its own beginning."""
    for other in others:
        size = min(one["size"], other["size"])
        if other["x0"] > one["x1"] - 2 * _SLACK * size:
            return False
        high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
        if high > _SLACK * size:
            return True
    return False


def _raise_digits(characters: list[Any]) -> None:
    """Make small raised digits the characters that say so: m2 with a raised 2 is m²."""
    for before, after in pairwise(characters):
        small = after["size"] < 0.8 * before["size"]
        beside = abs(after["x0"] - before["x1"]) < 0.3 * before["size"]
        up = before["bottom"] - after["bottom"] > 0.15 * before["size"]
        if small and beside and up and after["top"] > before["top"] - 0.5 * before["size"]:
            after["text"] = raised(after["text"])


if __name__ == "__main__":
    answer(read, memory=MEMORY)
