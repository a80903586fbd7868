"""Nothing is read or scored otherwise than recorded."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

import pytest

from kpieval.policies import Policy
from recorded import answers, crossings, scores

ANEW = "otherwise than recorded; if that is wanted: PYTHONPATH=src:tests python -m recorded"


def compare(file: Path, lines: Iterable[answers.Line]) -> None:
    """Fail at the first line that differs."""
    # A text may hold any line end; only ours ends a line.
    kept = file.read_text("utf-8").split("\n")[:-1]
    found = (answers.as_text(line) for line in lines)
    for now, then in zip_longest(found, kept, fillvalue="no line"):
        assert now == then, ANEW


@pytest.mark.parametrize("corpus", answers.TEXTS)
def test_every_text_is_read_as_recorded(corpus: str) -> None:
    compare(answers.recorded(corpus), answers.lines(corpus))


@pytest.mark.parametrize("policy", scores.POLICIES, ids=lambda policy: policy.name)
def test_every_project_is_scored_as_recorded(policy: Policy) -> None:
    compare(scores.recorded(policy), scores.lines(policy))


def test_every_text_is_read_in_every_row_as_recorded() -> None:
    compare(answers.recorded("crossed"), crossings.cells())


def test_every_actual_is_judged_by_every_target_of_its_kind_as_recorded() -> None:
    compare(scores.HERE / "scores" / "crossed.jsonl", crossings.rows())
