"""The corpus of hostile texts: its lines, and what kpieval makes of one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kpieval
from kpieval.constraints import Statement, Target
from kpieval.errors import KpiEvalError

Line = Mapping[str, Any]

CORPUS = Path(__file__).with_name("texts.jsonl")
ANY_REFUSAL = "KP1xx"


def lines() -> list[Line]:
    """Every line of the corpus."""
    return [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]


def group(line: Line) -> str:
    """The family of a line, by its name."""
    return str(line["id"]).rpartition("-")[0]


def text_of(line: Line) -> str:
    """The text, or what its pieces make: ``[["9", 1000000], ["元", 1]]``."""
    if "text" in line:
        return str(line["text"])
    return "".join(piece * times for piece, times in line["spec"])


def roles(line: Line) -> tuple[str, ...]:
    """As what the text is read."""
    return ("target", "actual") if line["role"] == "both" else (str(line["role"]),)


def answer(role: str, text: str, context: Mapping[str, Any]) -> Line:
    """What reading gives, in the keys of the corpus; any error but KpiEvalError goes through."""
    try:
        if role == "target":
            return _read(kpieval.parse_target(text, **context))
        like = kpieval.parse_target(context["like"]) if "like" in context else None
        actual = kpieval.parse_actual(text, like=like, year=context.get("year"))
    except KpiEvalError as error:
        return {"error": error.code}
    found = kpieval.to_wire(actual)
    reading = found["reading"]
    kept = reading["type"] == "missing" or (
        reading["type"] == "stated" and reading["attained"] is None and not reading["done"]
    )
    return {"reading": reading, "notes": _codes(found["notes"]), "words": kept}


def _read(target: Target) -> Line:
    found = kpieval.to_wire(target)
    words = isinstance(target.constraint, Statement)
    return {"canonical": target.canonical, "notes": _codes(found["notes"]), "words": words}


def _codes(notes: list[dict[str, Any]]) -> list[str]:
    return [note["code"] for note in notes]


def holds(line: Line, found: Line) -> bool:
    """Whether an answer is one that the line allows."""
    if "error" in found:
        return _may_refuse(line, str(found["error"]))
    if not set(line.get("notes", ())) <= set(found["notes"]):
        return False
    if "error" in line:
        return False
    match line.get("outcome"):
        case "either":
            return True
        case "words":
            return bool(found["words"])
        case "noted":
            return bool(found["words"] or found["notes"])
        case None:
            wanted = {key: line[key] for key in ("canonical", "reading") if key in line}
            return bool(wanted) and _within(wanted, found)
        case other:
            raise AssertionError(f"no outcome is called {other!r}")


def _may_refuse(line: Line, code: str) -> bool:
    if not code.startswith("KP1"):
        return False
    if "error" in line:
        return line["error"] in (code, ANY_REFUSAL)
    return "outcome" in line or bool(line.get("or_refused"))


def _within(wanted: object, found: object) -> bool:
    """Whether all that is wanted is found; what nobody asked for may stand beside it."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        return all(key in found and _within(value, found[key]) for key, value in wanted.items())
    return wanted == found
