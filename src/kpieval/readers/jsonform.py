"""JSON: an array of row objects, ``{"rows": [...]}``, or one object a line.

Numbers keep the text that was written: 2.70 stays 2.70, and no float is ever made.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, assert_never

from attrs import evolve, frozen

from kpieval.notes import Note
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import MAX_COLUMNS, Grid, Row, Sheets, excerpt
from kpieval.tables import Place

_Numbered = tuple[int, int | None, dict[str, Any]]
"""A row object with its number, and its line where each stands on its own."""


class _Refused(ValueError):
    """What Python's reader would let pass: a doubled key, NaN."""

    def __init__(self, key: str, found: str) -> None:
        super().__init__(found)
        self.key, self.found = key, found


@frozen
class _Number:
    """A JSON number as written."""

    text: str


def looks_like(text: str) -> bool:
    """Whether the text begins as JSON does that could hold rows."""
    start = text.lstrip()[:1]
    after = text.lstrip()[1:].lstrip()[:1]
    return (start == "{" and after in ('"', "}")) or (
        start == "[" and after in ("{", "[", "]", '"')
    )


def read(text: str, file: str) -> Sheets:
    """The one grid of the rows: numbered by their place in the array, or by their line.

    Raises MalformedFileError when the text is no JSON, doubles a key or holds no row objects.
    """
    objects, notes = _objects(text, file)
    names = dict.fromkeys(name for _, _, row in objects for name in row)
    if len(names) > MAX_COLUMNS:
        raise Malformed("columns", where=file, n=len(names), most=MAX_COLUMNS)
    header = Row(0, tuple(names))
    rows = tuple(
        evolve(_row(number, row, tuple(names), file), line=line) for number, line, row in objects
    )
    return Sheets((Grid(None, (header, *rows)),), fill_down=False, notes=notes)


def _objects(text: str, file: str) -> tuple[list[_Numbered], tuple[Note, ...]]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    first = lines[0][1].strip() if lines else ""
    if len(lines) > 1 and first.startswith("{") and first.endswith("}"):
        return [(at, at, _object(_parsed(line, file, at), file, at)) for at, line in lines], ()
    notes: tuple[Note, ...] = ()
    value = _parsed(text, file, 1)
    if isinstance(value, dict) and "rows" in value:
        value, notes = value["rows"], _beside({key for key in value if key != "rows"})
    rows = [value] if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise Malformed("json_rows", where=file, found=excerpt(_shown(rows)))
    return [(at, None, _object(row, file, at)) for at, row in enumerate(rows, start=1)], notes


def _beside(keys: set[str]) -> tuple[Note, ...]:
    return (Note.of("table.json_keys", keys=", ".join(sorted(keys))),) if keys else ()


def _object(value: object, file: str, number: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        found = excerpt(_shown(value))
        raise Malformed("json_row", where=Place(file, None, number), found=found)
    return value


def _parsed(text: str, file: str, line: int) -> Any:
    try:
        return json.loads(
            text,
            parse_float=_Number,
            parse_int=_Number,
            parse_constant=_constant,
            object_pairs_hook=_once_each,
        )
    except json.JSONDecodeError as error:
        at, column = line + error.lineno - 1, error.colno
        raise Malformed("json", where=file, line=at, column=column, detail=error.msg) from None
    except _Refused as error:
        raise Malformed(error.key, where=file, line=line, found=excerpt(error.found)) from None
    except RecursionError:
        raise Malformed("json_deep", where=file) from None


def _constant(name: str) -> object:
    raise _Refused("json_constant", name)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _Refused("json_key_twice", next(name for name in counts if counts[name] > 1))
    return found


def _row(number: int, row: dict[str, Any], names: tuple[str, ...], file: str) -> Row:
    odd = [name for name, value in row.items() if not isinstance(value, str | _Number | None)]
    place = Place(file, None, number)
    problems = tuple(
        BadCell("no_text", where=place, column=name, found=excerpt(_shown(row[name])))
        for name in odd
    )
    cells = tuple("" if name in odd else _text(row.get(name)) for name in names)
    return Row(number, cells, problems=problems)


def _text(value: str | _Number | None) -> str:
    match value:
        case None:
            return ""
        case _Number(text):
            return text
        case str():
            return value
        case _:
            assert_never(value)


def _shown(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, default=lambda number: number.text)
    except RecursionError:
        return "…"
