"""The words of closing rows: what a pattern can begin with is told beside it."""

from __future__ import annotations

from kpieval.parsing.beginnings import beginnings
from kpieval.readers import closing


def test_what_a_foot_begins_with_is_what_its_pattern_does() -> None:
    found = beginnings(closing._FOOT)
    assert not found.negated
    assert set(found.named) - set("（(") == set(closing._FIRST)
