"""The lines that are measured: real rows, wilder rows, and cases of other parsers' suites."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure.gold import Json, wanted

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ROWS = {
    "real_values.jsonl": "Rows of published budget tables",
    "wild_values.jsonl": "Rows of plans, assessments, safety figures, service promises, companies",
}
PEERS = "peer_scope.jsonl"
FILES = {**ROWS, PEERS: "Cases of ten other parsers that make sense in such a table"}

_ROW_KEYS = {"sign": "operator_column", "unit": "unit_column", "name": "indicator"}
_PEER_KINDS = {
    **dict.fromkeys(("at_least", "more_than", "at_most", "less_than", "equal"), "bound"),
    **dict.fromkeys(("by", "not_before", "during"), "dates"),
    "bare": "bare amount",
    "between": "range",
    "error": "to be refused",
}


@dataclass(frozen=True)
class Line:
    """One text with what it should be read as. ``number`` is the file's own way of counting.

    ``wanted`` holds the readings that are right, ``{"error": true}`` among them where the text
    must be refused. ``reason`` says why they are not the gold's, where they are not; ``note`` is a
    note that the reading must then carry.
    """

    file: str
    number: int
    kind: str
    text: str
    row: dict[str, Any]
    wanted: tuple[Json, ...]
    is_actual: bool = False
    reason: str = ""
    note: str = ""
    verdict: tuple[str, bool] | None = None

    @property
    def name(self) -> str:
        """The file and the line, as people write them."""
        return f"{self.file.partition('_')[0]} {self.number}"

    @property
    def joined(self) -> str:
        """The text with its sign and unit columns, for parsers that know no columns."""
        sign, unit = (self.row.get(key) or "" for key in ("sign", "unit"))
        before = "" if sign.isalpha() else sign  # 定性 and 定量 are no signs
        return f"{before}{self.text}{'' if self.text.endswith(unit) else unit}"


def read_json_lines(file: str) -> list[dict[str, Any]]:
    """The objects of one corpus file."""
    text = (CORPUS / file).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def differing() -> dict[tuple[str, int], dict[str, Any]]:
    """The lines of ``gold_differs.jsonl`` by file and line."""
    return {
        (entry["file"], entry["line"]): entry for entry in read_json_lines("gold_differs.jsonl")
    }


def all_lines() -> list[Line]:
    """Every line that is measured, file by file."""
    return [*row_lines(), *peer_lines()]


def row_lines() -> list[Line]:
    """The rows with a gold, counted from 1."""
    apart = differing()
    found = []
    for file in ROWS:
        for number, row in enumerate(read_json_lines(file), 1):
            entry = apart.get((file, number))
            if entry is not None and entry["text"] != row["value"]:
                raise ValueError(f"gold_differs.jsonl: {file} {number} holds another text")
            found.append(_row_line(file, number, row, entry or {}))
    return found


def _row_line(file: str, number: int, row: dict[str, Any], entry: dict[str, Any]) -> Line:
    columns = {key: row[_ROW_KEYS.get(key, key)] for key in ("sign", "unit", "name")}
    return Line(
        file=file,
        number=number,
        kind=row["gold"]["kind"],
        text=row["value"],
        row={key: row[key] for key in ("year", "level1", "level2")} | columns,
        wanted=(entry["expect"],) if entry else wanted(row["gold"], row),
        reason=entry.get("reason", ""),
        note=entry.get("note", ""),
    )


def peer_lines() -> list[Line]:
    """The cases in scope; their numbers count from 0, as in the file."""
    cases = read_json_lines("peer_cases.jsonl")
    found = []
    for entry in read_json_lines(PEERS):
        if entry["scope"] == "out":
            continue
        case, expect = cases[entry["line"]], entry["expect"]
        reference = case.get("reference_date")
        is_actual = entry["scope"] == "actual"
        satisfied = case["expected"].get("satisfied")
        found.append(
            Line(
                file=PEERS,
                number=entry["line"],
                kind="actual" if is_actual else _peer_kind(expect),
                text=entry["input"],
                row={"year": int(reference[:4]) if reference else None},
                wanted=(expect,),
                is_actual=is_actual,
                verdict=(case["actual"], satisfied) if satisfied is not None else None,
            )
        )
    return found


def _peer_kind(expect: Json) -> str:
    if expect.get("error"):
        return "to be refused"
    kind: str = expect["type"]
    return _PEER_KINDS.get(kind, kind)
