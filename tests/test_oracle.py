"""The engine against the oracle: same verdict, attainment and score on generated cases.

The oracle is plain Python written from the meaning of the texts, without any of the package's code.
"""

from __future__ import annotations

import os
from fractions import Fraction
from typing import Any

import pytest
from oracle.cases import cases
from oracle.judging import judge

from kpieval.actuals import MISSING
from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.outcomes import Met, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.presets import policy
from kpieval.scoring import score_indicator
from kpieval.tables import Indicator

COUNT = int(os.environ.get("KPIEVAL_ORACLE_CASES", "20000"))
SHARDS = 4


def _target(case: dict[str, Any]) -> Target | TargetError:
    try:
        return parse_target(
            case["target"],
            year=case["year"],
            name=case["name"],
            level1=case["level1"],
            level2=case["level2"],
        )
    except ReadingError as error:
        return TargetError(case["target"], error)


def engine(case: dict[str, Any]) -> dict[str, Any]:
    """The engine's judgement of a case, in the oracle's terms."""
    target = _target(case)
    like = target if isinstance(target, Target) else None
    actual, unread = MISSING, isinstance(target, TargetError)
    if case["actual"] is not None:
        try:
            actual = parse_actual(case["actual"], like=like, year=case["year"])
        except ReadingError:
            unread = True
    indicator = Indicator(
        level1=case["level1"],
        level2=case["level2"],
        name=case["name"],
        text=case["target"],
        target=target,
        direction=case["direction"] or "",
        weight=Fraction(case["weight"]),
    )
    result = score_indicator(indicator, actual, policy("mof-2020"))
    reached, score = result.judgement.attainment, result.score
    assert score is not None
    match result.verdict:
        case Met():
            verdict = "met"
        case Unmet():
            verdict = "unmet"
        case _:
            verdict = "undetermined"
    return {
        "verdict": verdict,
        "attainment": reached and {"low": reached.low, "high": reached.high},
        "score": {"low": score.low, "high": score.high},
        "error": unread,
    }


@pytest.mark.parametrize("shard", range(SHARDS))
def test_engine_and_oracle_agree(shard: int) -> None:
    differing = []
    for case in cases(seed=2024 + shard, count=COUNT // SHARDS):
        expected, found = judge(case), engine(case)
        keys = ("verdict", "attainment", "score")
        if any(expected[key] != found[key] for key in keys) or (
            bool(expected.get("error")) != found["error"]
        ):
            differing.append((case, expected, found))
    assert not differing, f"{len(differing)} differ, first: {differing[0]}"
