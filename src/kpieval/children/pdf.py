"""The child that reads PDF with pdfplumber: cells with their places, and lines of text."""

from __future__ import annotations

import io
from itertools import pairwise
from typing import Any

from kpieval.children.answering import Refused, answer

MEMORY = 1024 * 1024 * 1024
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


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
    _raise_digits(page.chars)
    tables = page.find_tables()
    outside = page
    for table in tables:
        outside = outside.outside_bbox(_within(table.bbox, page.bbox))
    lines = outside.extract_text_lines(return_chars=False) if outside.chars else []
    return {
        "tables": [_table(table) for table in tables],
        "lines": [{"text": line["text"], "top": float(line["top"])} for line in lines],
        "chars": len(page.chars),
        "images": len(page.images),
    }


def _within(box: Any, page: Any) -> tuple[float, float, float, float]:
    """A box cut to the page: lines may run over its edge, which the library refuses."""
    return (
        max(box[0], page[0]),
        max(box[1], page[1]),
        min(box[2], page[2]),
        min(box[3], page[3]),
    )


def _table(table: Any) -> dict[str, Any]:
    cells = []
    for row, texts in zip(table.rows, table.extract(), strict=True):
        for box, text in zip(row.cells, texts, strict=True):
            if box is not None:
                cells.append([*(float(edge) for edge in box), text or ""])
    return {"box": [float(edge) for edge in table.bbox], "cells": cells}


def _raise_digits(characters: list[Any]) -> None:
    """Make small raised digits the characters that say so: m2 with a raised 2 is m²."""
    for before, after in pairwise(characters):
        small = after["size"] < 0.8 * before["size"]
        beside = abs(after["x0"] - before["x1"]) < 0.3 * before["size"]
        up = before["bottom"] - after["bottom"] > 0.15 * before["size"]
        if small and beside and up and after["top"] > before["top"] - 0.5 * before["size"]:
            after["text"] = after["text"].translate(_RAISED)


if __name__ == "__main__":
    answer(read, memory=MEMORY)
