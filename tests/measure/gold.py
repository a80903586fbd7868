"""Whether a reading is as the gold says: both as JSON constraints, compared aspect by aspect.

Amounts are compared by value and dimension: 公里 is 千米 and 0.03% is 3/10000, but 24小时 is not
written 1天. A bare gold ``=`` is a ``bare`` constraint; it is an ``equal`` only where the row says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from kpieval import exact
from kpieval.units import Unit, parse_unit

Json = dict[str, Any]
Gold = Mapping[str, Any]
Comparators = tuple[str, ...]

REFUSED: Json = {"error": True}
NO_YEAR: Json = {"error": True, "code": "KP103"}
SIZES = {"at_least", "more_than", "at_most", "less_than", "equal", "bare", "about"}

_OPS = {">=": "at_least", ">": "more_than", "<=": "at_most", "<": "less_than", "~": "about"}
_SAYS_EQUAL = re.compile(r"[=＝零无]|等于|杜绝|不发生|[为為]0")
_MAY_SAY_EQUAL = re.compile(r"[是为為]")
_LAST_DAY = re.compile(r"last day (\d\d-\d\d)")
_BASES = {"上年": "previous_year", "上年同期": "previous_year", "年均": "annual_average"}
_MONEY = {parse_unit(name).dimension for name in ("元", "角", "分")}
_SHARE = {parse_unit("%").dimension}


# --- from the gold to constraints ----------------------------------------------------------------


def wanted(gold: Gold, row: Mapping[str, Any]) -> tuple[Json, ...]:
    """The readings that are right for one gold; more than one where the gold leaves it open."""
    if _needs_a_year(gold) and row["year"] is None:
        return (NO_YEAR,)
    written = f"{row['operator_column'] or ''}{row['value']}"
    return tuple(
        choice
        for comparator in _for_equal(written)
        for choice in _wanted(gold, row["year"], comparator, row["value"])
    )


def _for_equal(written: str) -> Comparators:
    """What a gold ``=`` is where the row is written so."""
    if _SAYS_EQUAL.search(written):
        return ("equal",)
    return ("equal", "bare") if _MAY_SAY_EQUAL.search(written) else ("bare",)


def _needs_a_year(gold: Gold) -> bool:
    return bool(gold.get("needs_year")) or any(map(_needs_a_year, gold.get("parts", ())))


def _wanted(gold: Gold, year: int | None, equal: str, text: str) -> tuple[Json, ...]:
    match gold["kind"]:
        case "empty":
            return (REFUSED,)
        case "qualitative":
            return {"type": "statement"}, {"type": "level"}
        case "boolean":
            return ({"type": "yes_no", "value": text.strip() not in {"否", "无"}},)
        case "deadline":
            return ({"type": "by", "date": _last_day(gold, year), "from": None},)
        case "period":
            return (_period(gold, year),)
        case "change":
            return (_change(gold, equal),)
        case "compound" if gold.get("parts"):
            parts = [_wanted(part, year, equal, text)[0] for part in gold["parts"]]
            return ({"type": "all_of", "parts": parts},)
        case "quantity" | "range" | "ratio":
            return (_size(gold, equal),)
        case kind:
            raise ValueError(f"a gold of kind {kind} without its parts: {text}")


def _last_day(gold: Gold, year: int | None) -> str:
    if gold["date_last"]:
        return str(gold["date_last"])
    found = _LAST_DAY.search(gold["note"])
    assert found is not None, gold
    return f"{year}-{found[1]}"


def _period(gold: Gold, year: int | None) -> Json:
    high = gold["high"] if len(gold["high"]) > 5 else f"{year}-{gold['high']}"
    if gold["low"] is None:  # it starts with an event; only its last day is a date
        return {"type": "by", "date": high, "from": None}
    return {"type": "during", "start": gold["low"], "end": high}


def _change(gold: Gold, equal: str) -> Json:
    basis = gold.get("basis") if gold.get("basis_stated") else None
    return {
        "type": "change",
        "direction": gold.get("direction"),
        "basis": None if basis is None else _BASES.get(basis, basis.removesuffix("年")),
        "constraint": _size(gold, equal),
    }


def _size(gold: Gold, equal: str) -> Json:
    unit = "" if gold["unit"] in {None, "1"} else gold["unit"]
    if gold["op"] == "between":
        ends = ({"magnitude": gold[key], "unit": unit} for key in ("low", "high"))
        closed = {"lower_closed": True, "upper_closed": True}
        return {"type": "between", **dict(zip(("lower", "upper"), ends, strict=True)), **closed}
    value = gold["value"]
    if gold["kind"] == "ratio":
        terms = value.split(":")
        assert len(terms) == 2, "a ratio of more terms is refused: list it in gold_differs.jsonl"
        value, unit = exact.text(Fraction(terms[0]) / Fraction(terms[1])), "比"
    comparator = _OPS.get(gold["op"], equal)
    return {"type": comparator, "value": {"magnitude": value, "unit": unit}}


# --- comparing -----------------------------------------------------------------------------------


def nearest(choices: Sequence[Json], found: Json) -> frozenset[str]:
    """The aspects in which a reading differs from the nearest of the right ones; none if right."""
    return min((differences(choice, found) for choice in choices), key=len)


def differences(expected: Json, found: Json) -> frozenset[str]:
    """The aspects in which a reading differs from the expected one."""
    if expected.get("error") or found.get("error"):
        return _refusals(expected, found)
    kinds = {expected["type"], found["type"]}
    if kinds <= SIZES:
        comparator = frozenset({"comparator"} if len(kinds) > 1 else ())
        return comparator | amounts(expected["value"], found["value"])
    if len(kinds) > 1:
        return frozenset({"kind"})
    return _of_one_type(expected, found)


def _refusals(expected: Json, found: Json) -> frozenset[str]:
    same = bool(expected.get("error")) == bool(found.get("error"))
    if same and expected.get("code", found.get("code")) == found.get("code"):
        return frozenset()
    return frozenset({"refusal"})


def _of_one_type(expected: Json, found: Json) -> frozenset[str]:
    match expected["type"]:
        case "between":
            ends = [amounts(expected[end], found[end]) for end in ("lower", "upper")]
            closed = _keys(expected, found, "bounds", "lower_closed", "upper_closed")
            return ends[0] | ends[1] | closed
        case "by" | "not_before" | "during":
            return _keys(expected, found, "date", "date", "from", "start", "end")
        case "change":
            # A gold without a direction leaves it open.
            stated = {"direction"} if expected["direction"] else set()
            apart = _keys(expected, found, "direction", *stated)
            basis = _keys(expected, found, "basis", "basis")
            return apart | basis | differences(expected["constraint"], found["constraint"])
        case "all_of":
            if len(expected["parts"]) != len(found["parts"]):
                return frozenset({"parts"})
            pairs = zip(expected["parts"], found["parts"], strict=True)
            return frozenset().union(*(differences(*pair) for pair in pairs))
        case "yes_no":
            return _keys(expected, found, "answer", "value")
        case "level" if "level" in expected:
            return _keys(expected, found, "level", "level")
        case _:
            return frozenset()


def _keys(expected: Json, found: Json, aspect: str, *keys: str) -> frozenset[str]:
    same = all(expected.get(key) == found.get(key) for key in keys)
    return frozenset() if same else frozenset({aspect})


def amounts(expected: Json, found: Json) -> frozenset[str]:
    """``number`` or ``unit``, or both, where two amounts differ."""
    ours, theirs = parse_unit(expected["unit"]), parse_unit(found["unit"])
    value, other = exact.from_text(expected["magnitude"]), exact.from_text(found["magnitude"])
    if ours != theirs and not _one_family(ours, theirs):
        return frozenset({"unit"} if value == other else {"unit", "number"})
    return frozenset() if value * ours.scale == other * theirs.scale else frozenset({"number"})


def _one_family(a: Unit, b: Unit) -> bool:
    """Shares and the parts of one currency compare by value; other units are kept as written."""
    return a.dimension == b.dimension and a.dimension in _SHARE | _MONEY
