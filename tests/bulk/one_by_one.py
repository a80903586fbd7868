"""What each row of a batch must come to, by the public functions for a single row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kpieval import parse_actual, parse_target, score_indicator
from kpieval.actuals import Actual, Missing
from kpieval.constraints import TargetError
from kpieval.errors import CellError, KpiEvalError, ReadingError
from kpieval.explaining import all_notes, verdict_name
from kpieval.outcomes import Undetermined
from kpieval.policies import Policy
from kpieval.readers.cells import number
from kpieval.tables import Indicator

Cells = Mapping[str, str | None]


def weight_of(text: str | None) -> tuple[Fraction | None, str | None]:
    """The weight of a cell, and the code of what is wrong with it."""
    if not (text or "").strip():
        return None, None
    found = number(re.sub("[分%％]$", "", str(text).strip()))
    if found is None:
        return None, CellError.code
    fits = 0 <= found < 10**12 and (found * 10**6).denominator == 1
    return (found, None) if fits else (None, "KP203")


def expected(row: Cells, policy: Policy, year: int | None = None) -> dict[str, Any]:
    """The results of one row."""
    said = {key: (row.get(key) or "").strip() for key in row}
    names: dict[str, Any] = {
        key: said.get(key) or None for key in ("sign", "unit", "level1", "level2")
    }
    text, name = said.get("target", ""), said.get("indicator", "")
    error: KpiEvalError | None = None
    target: Any
    try:
        target = parse_target(text, year=year, name=name or None, **names)
    except ReadingError as fault:
        target, error = TargetError(text, fault), fault
    try:
        like = None if error else target
        actual = parse_actual(said.get("actual", ""), like=like, year=year, name=name)
    except ReadingError as fault:
        actual, error = Actual(said["actual"], Missing("unread")), error or fault
    weight, wrong = weight_of(row.get("weight"))
    levels = said.get("level1", ""), said.get("level2", "")
    indicator = Indicator(*levels, name, text, target, direction=said.get("direction", ""))
    found = score_indicator(indicator, actual, policy, weight=weight)
    is_open = isinstance(found.verdict, Undetermined)
    notes = [found.verdict.reason] if isinstance(found.verdict, Undetermined) else []
    codes = list(dict.fromkeys(note.code for note in (*notes, *all_notes(found))))
    reached = found.judgement.attainment
    is_point = reached is not None and reached.low == reached.high and not is_open
    ratio = reached.low if reached is not None and is_point else None
    if ratio is not None and max(abs(ratio.numerator), ratio.denominator) >= 2**63:
        ratio = None
        codes.append("attainment.too_long")
    code = error.code if error else wrong or (codes[0] if codes else None)
    low, high = (None, None) if found.score is None else (found.score.low, found.score.high)
    return {
        "verdict": verdict_name(found.verdict), "ratio": ratio, "low": low, "high": high,
        "code": code, "notes": codes,
    }  # fmt: skip


def given_back(row: Mapping[str, Any]) -> dict[str, Any]:
    """The results of one row of a batch, in the same form."""
    num, den = row["attainment_num"], row["attainment_den"]
    low, high = row["score_low"], row["score_high"]
    return {
        "verdict": row["verdict"],
        "ratio": None if num is None else Fraction(num, den),
        "low": None if low is None else Fraction(low),
        "high": None if high is None else Fraction(high),
        "code": row["code"],
        "notes": row["notes"],
    }
