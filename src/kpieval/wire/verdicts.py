"""The JSON form of verdicts, by ``type``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.wire.basics import Wire, note, note_from, notes, notes_from

VERDICT_TYPES = frozenset({"met", "unmet", "undetermined"})


def verdict(value: Verdict, lang: str) -> Wire:
    """The JSON form of a verdict with what lies behind it."""
    remarks = notes(value.notes, lang)
    match value:
        case Met(margin=margin):
            return {"type": "met", "margin": margin, "notes": remarks}
        case Unmet(gap=gap):
            return {"type": "unmet", "gap": gap, "notes": remarks}
        case Undetermined(reason=reason):
            return {"type": "undetermined", "reason": note(reason, lang), "notes": remarks}
        case _:
            assert_never(value)


def verdict_from(data: Mapping[str, Any]) -> Verdict:
    """The verdict of its JSON form."""
    remarks = notes_from(data["notes"])
    match data["type"]:
        case "met":
            return Met(data["margin"], remarks)
        case "unmet":
            return Unmet(data["gap"], remarks)
        case other:
            assert other == "undetermined"  # the door sends no other here
            return Undetermined(note_from(data["reason"]), remarks)
