"""Verdict, attainment and score of one row under a policy, in plain steps."""

import datetime
from fractions import Fraction
from typing import Any

from .over import over_remarks, taken_off
from .policies import DEFAULT, Policy, read_policy
from .reading import (
    BASE_UNITS,
    SCALES,
    Reading,
    ReadingError,
    normalise,
    read_actual,
    read_target,
    size,
)

ZERO = Fraction(0)
ONE = Fraction(1)
CENT = Fraction(1, 100)

MET = "met"
UNMET = "unmet"
UNDETERMINED = "undetermined"

Pair = tuple[Fraction, Fraction | None]

PERCENT = ("ratio", ())

BAD_THINGS = ["死亡", "事故", "投诉", "差错", "流失", "结余", "能耗", "排放", "调整次数"]
DEALING_WITH = ["处理", "办结", "整改", "化解", "解决", "查处", "治理", "下降", "减少"]
EXACT_NAMES = ["补助标准", "补贴标准", "发放标准"]


def half_up(points: Fraction, places: int = 2) -> Fraction:
    """So many places, half away from zero; points are never negative."""
    units: int = 10**places
    return Fraction((points * units + Fraction(1, 2)).__floor__(), units)


def part_of(weight: Fraction, share: Fraction, places: int) -> Fraction:
    """A share of the weight as points: all of it exactly, less of it rounded and never more."""
    return weight if share == 1 else min(weight, half_up(weight * share, places))


# --------------------------------------------------------------------------------------------
# Intervals: {"low", "low_closed", "high", "high_closed"}; None is an unbounded end


def interval(
    low: Fraction | None, high: Fraction | None, low_closed: bool = True, high_closed: bool = True
) -> Reading:
    return {"low": low, "low_closed": low_closed, "high": high, "high_closed": high_closed}


def is_point(one: Reading) -> bool:
    return one["low"] is not None and one["low"] == one["high"]


def inside(inner: Reading, outer: Reading) -> bool:
    if outer["low"] is not None:
        if inner["low"] is None or inner["low"] < outer["low"]:
            return False
        if inner["low"] == outer["low"] and inner["low_closed"] and not outer["low_closed"]:
            return False
    if outer["high"] is not None:
        if inner["high"] is None or inner["high"] > outer["high"]:
            return False
        if inner["high"] == outer["high"] and inner["high_closed"] and not outer["high_closed"]:
            return False
    return True


def wholly_below(one: Reading, other: Reading) -> bool:
    if one["high"] is None or other["low"] is None:
        return False
    if one["high"] < other["low"]:
        return True
    if one["high"] == other["low"]:
        return not (one["high_closed"] and other["low_closed"])
    return False


def verdict_of(actual: Reading, target: Reading) -> str:
    if inside(actual, target):
        return MET
    if wholly_below(actual, target) or wholly_below(target, actual):
        return UNMET
    return UNDETERMINED


def next_step(number: Fraction) -> Fraction:
    """200余 runs up to 300, 120余 up to 130: one more of the last digit that is not zero."""
    step = 1
    while number != 0 and number % (step * 10) == 0:
        step *= 10
    return Fraction(step)


def interval_of(kind: str, amount: Reading) -> Reading:
    """What an amount says, as an interval in base units; `kind` settles a bare value."""
    if kind == "between":
        return interval(
            size(amount["lower"]),
            size(amount["upper"]),
            amount["lower_closed"],
            amount["upper_closed"],
        )
    value = size(amount["value"])
    if kind == "at_least":
        return interval(value, None)
    if kind == "more_than":
        return interval(value, None, low_closed=False)
    if kind == "at_most":
        return interval(None, value)
    if kind == "less_than":
        return interval(None, value, high_closed=False)
    if kind == "about":
        spread = abs(value) / 10
        return interval(value - spread, value + spread)
    return interval(value, value)


def actual_interval(amount: Reading) -> Reading:
    if amount["type"] == "bare" and amount["value"]["more"]:
        quantity = amount["value"]
        upper = dict(quantity)
        upper["number"] = quantity["number"] + next_step(quantity["number"])
        return interval(size(quantity), size(upper), high_closed=False)
    return interval_of(amount["type"], amount)


# --------------------------------------------------------------------------------------------
# Ratios


def floor_ratio(target: Fraction, actual: Reading) -> Pair | None:
    """A/T over the interval, where A >= 0 and T > 0; else undefined."""
    if target <= 0:
        return None
    high = actual["high"]
    if high is not None and high < 0:
        return None
    low = actual["low"]
    if low is None or low < 0:
        low = ZERO
    return low / target, None if high is None else high / target


def linear(target: Fraction, actual: Fraction) -> Fraction:
    """1 - (A - T)/T, which reaches nothing at twice the target."""
    return max(ZERO, 1 - (actual - target) / target)


def ceiling_linear(target: Fraction, actual: Reading) -> Pair | None:
    """1 - (A - T)/T over the interval, where A >= 0 and T > 0; else undefined."""
    if target <= 0:
        return None
    high = actual["high"]
    if high is not None and high < 0:
        return None
    low = actual["low"]
    if low is None or low < 0:
        low = ZERO
    return ZERO if high is None else linear(target, high), linear(target, low)


def ceiling_ratio(target: Fraction, actual: Reading) -> Pair | None:
    """T/A over the interval, where A > 0 and T > 0; else undefined."""
    if target <= 0:
        return None
    high = actual["high"]
    if high is not None and high <= 0:
        return None
    low = actual["low"]
    return (
        ZERO if high is None else target / high,
        None if low is None or low <= 0 else target / low,
    )


def range_ratio(
    lower: Fraction, upper: Fraction, actual: Reading, ceiling: str = "ratio"
) -> Pair | None:
    """1 inside, A/lower below, as a ceiling above; against a bound of 0 or less undefined."""
    low = actual["low"]
    high = actual["high"]
    if lower > 0:
        if high is not None and high < 0:
            return None
        if low is None or low < 0:
            low = ZERO
    elif low is None or low < lower:
        return None
    if upper <= 0 and (high is None or high > upper):
        return None

    def at(value: Fraction) -> Fraction:
        if value < lower:
            return value / lower
        if value > upper:
            return linear(upper, value) if ceiling == "linear" else upper / value
        return ONE

    ends = [at(low), ZERO if high is None else at(high)]
    smallest = min(ends)
    largest = max(ends)
    if low <= upper and (high is None or high >= lower):
        largest = ONE
    return smallest, largest


# --------------------------------------------------------------------------------------------
# Units missed, for the rule that takes off so many points a unit


def begun(distance: Fraction, unit: Fraction, reached: bool) -> int:
    """Whole or begun units of a distance; one that is only approached is never quite reached."""
    units = distance / unit
    return units.__ceil__() if reached else units.__floor__() + 1


def units_missed(lower: Pair | None, upper: Pair | None, actual: Reading) -> tuple[int, int | None]:
    """The fewest and the most units missed (None: no end of them); a bound comes with its unit."""
    low: Fraction | None = actual["low"]
    high: Fraction | None = actual["high"]
    fewest = 0
    most: int | None = 0
    if lower is not None and lower[1] is not None:
        bound, unit = lower[0], lower[1]
        if high is not None and high <= bound:
            fewest = begun(bound - high, unit, actual["high_closed"])
        # An actual of nothing known starts at zero.
        start = low if low is not None else min(ZERO, bound)
        if bound > 0:
            start = max(start, ZERO)
        if start < bound:
            most = begun(bound - start, unit, True)
    if upper is not None and upper[1] is not None:
        bound, unit = upper[0], upper[1]
        if low is not None and low >= bound:
            fewest = begun(low - bound, unit, actual["low_closed"])
        if high is None:
            most = None
        elif high > bound:
            assert most is not None
            most = max(most, begun(high - bound, unit, True))
    if most is not None:
        most = max(most, fewest)
    return fewest, most


def with_its_unit(value: Fraction, quantity: Reading) -> Pair:
    """A bound and the size of its unit as written."""
    return value, ONE if quantity["unit"] is None else quantity["unit"]["factor"]


def missed(kind: str, target: Reading, wanted: Reading, got: Reading) -> tuple[int, int | None]:
    first = quantities(target)[0]
    last = quantities(target)[-1]
    lower = None if wanted["low"] is None else with_its_unit(wanted["low"], first)
    upper = None if wanted["high"] is None else with_its_unit(wanted["high"], last)
    if kind == "equal":
        # More than asked for costs nothing.
        upper = None
    return units_missed(lower, upper, got)


# --------------------------------------------------------------------------------------------
# Comparing. An outcome: {"verdict", "attainment": Pair | None, "points": Pair | None, ...}.
# `points` is the ratio that the score follows; it differs from attainment for `=`, and where a
# policy reports another attainment than it pays. "kind": what one bound asks for, where one does.
# "units": the fewest and most units missed; "rate": the actual where a rate of it is asked for.


def outcome(verdict: str, attainment: Pair | None) -> Reading:
    return {
        "verdict": verdict,
        "attainment": attainment,
        "points": attainment,
        "exceeded": False,
        "units": None,
        "rate": None,
        "kind": None,
        "high_closed": True,
    }


def settle_bare(amount: Reading, case: dict[str, Any]) -> str | None:
    """What a bare value asks for; None in a cost row where nobody has said."""
    if case["direction"] == "正向":
        return "at_least"
    if case["direction"] == "反向":
        return "at_most"
    if size(amount["value"]) == 0:
        return "equal"
    name = case["name"]
    for words in EXACT_NAMES:
        if words in name:
            return "equal"
    unit = amount["value"]["unit"]
    is_money = unit is not None and unit["dims"][0] == "元"
    is_cost_row = "成本" in case["level1"] or "成本" in case["level2"]
    if is_money and is_cost_row:
        return "at_most"
    is_bad = any(words in name for words in BAD_THINGS)
    is_dealt_with = any(words in name for words in DEALING_WITH)
    if is_bad and not is_dealt_with:
        return "at_most"
    if is_cost_row:
        return None
    return "at_least"


def quantities(amount: Reading) -> list[Reading]:
    if amount["type"] == "between":
        return [amount["lower"], amount["upper"]]
    return [amount["value"]]


def unit_of(amount: Reading) -> Reading | None:
    unit: Reading | None = quantities(amount)[-1]["unit"]
    return unit


def with_unit(amount: Reading, unit: Reading | None) -> Reading:
    copy = dict(amount)
    for key in ("value", "lower", "upper"):
        if key in copy:
            copy[key] = dict(copy[key])
            copy[key]["unit"] = unit
    return copy


def maybe_a_fraction(target: Reading, actual: Reading) -> bool:
    """0.953 against 95%: does it mean 95.3%?"""
    unit = unit_of(target)
    if unit is None or unit["text"] != "%" or unit_of(actual) is not None:
        return False
    if actual["type"] != "bare" or not 0 <= actual["value"]["number"] <= 1:
        return False
    return any(size(quantity) > CENT for quantity in quantities(target))


def maybe_unscaled(target: Reading, actual: Reading) -> bool:
    """280000 against 30万元: is it in 元, where it would be near, and not in 万元?"""
    unit = unit_of(target)
    if unit is None or unit_of(actual) is not None or unit["text"] in BASE_UNITS:
        return False
    scales = [size for scale, size in SCALES if unit["text"].startswith(scale)]
    if not scales or unit["text"].split("/")[0] in BASE_UNITS:
        return False
    numbers = [quantity["number"] for quantity in quantities(actual)]
    bounds = [quantity["number"] * scales[0] for quantity in quantities(target)]
    return is_near(numbers, bounds) and not is_near([n * scales[0] for n in numbers], bounds)


def is_near(numbers: list[Fraction], bounds: list[Fraction]) -> bool:
    """Whether one is within ten times of another."""
    return any(abs(b) <= 10 * abs(n) and abs(n) <= 10 * abs(b) for n in numbers for b in bounds)


def is_hundred_percent(target: Reading) -> bool:
    if target["type"] == "between":
        return False
    unit = target["value"]["unit"]
    return unit is not None and unit["dims"] == PERCENT and size(target["value"]) == 1


def compare_amounts(target: Reading, actual: Reading, case: dict[str, Any]) -> Reading:
    if maybe_a_fraction(target, actual) or maybe_unscaled(target, actual):
        return outcome(UNDETERMINED, None)
    kind: str | None = target["type"]
    if kind == "bare":
        # The row says what a bare value asks for, before the actual lends it a unit.
        kind = settle_bare(target, case)
    target_unit = unit_of(target)
    actual_unit = unit_of(actual)
    if actual_unit is None:
        actual = with_unit(actual, target_unit)
    elif target_unit is None:
        target = with_unit(target, actual_unit)
    elif target_unit["dims"] != actual_unit["dims"]:
        return outcome(UNDETERMINED, None)

    got = actual_interval(actual)
    if kind is None:
        value = size(target["value"])
        if is_point(got) and got["low"] == value:
            return outcome(MET, (ONE, ONE) if value > 0 else None)
        return outcome(UNDETERMINED, None)

    wanted = interval_of(kind, target)
    verdict = verdict_of(got, wanted)
    result = compare_intervals(kind, verdict, wanted, got, policy_of(case))
    result["units"] = missed(kind, target, wanted, got)
    result["kind"] = kind
    result["high_closed"] = got["high_closed"]
    unit = unit_of(target)
    if unit is not None and unit["dims"] == PERCENT and wanted["low"] is not None:
        # Where less is asked for, more of it earns nothing.
        result["rate"] = got if wanted["low"] > 0 else None
    return result


def compare_intervals(
    kind: str, verdict: str, wanted: Reading, got: Reading, policy: Policy
) -> Reading:
    result = outcome(verdict, ratio_of(kind, wanted, got, policy["attained"]))
    result["points"] = ratio_of(kind, wanted, got, policy["ceiling"])
    if kind == "equal":
        result["points"] = floor_ratio(wanted["low"], got)
        if wanted["low"] > 0:
            result["exceeded"] = verdict == UNMET and wholly_below(wanted, got)
    return result


def ratio_of(kind: str, wanted: Reading, got: Reading, ceiling: str) -> Pair | None:
    """How much of the target was reached, against the bound that is missed."""
    if kind in ("at_least", "more_than"):
        return floor_ratio(wanted["low"], got)
    if kind in ("at_most", "less_than"):
        over = ceiling_linear if ceiling == "linear" else ceiling_ratio
        return over(wanted["high"], got)
    if kind == "equal" and wanted["low"] <= 0:
        return None
    return range_ratio(wanted["low"], wanted["high"], got, ceiling)


def policy_of(case: dict[str, Any]) -> Policy:
    """The policy of a case; one that names none has the default."""
    return read_policy(case.get("policy", DEFAULT))


def compare_change(target: Reading, actual: Reading, case: dict[str, Any]) -> Reading:
    wanted = target["constraint"]
    if wanted["type"] == "bare":
        wanted = dict(wanted)
        wanted["type"] = "at_least"
    if actual["kind"] == "change":
        direction = actual["direction"]
        got = actual["constraint"]
    elif actual["kind"] == "amount" and actual["signed"] and actual["constraint"]["type"] == "bare":
        got = dict(actual["constraint"])
        got["value"] = dict(got["value"])
        direction = "decrease" if got["value"]["number"] < 0 else "increase"
        got["value"]["number"] = abs(got["value"]["number"])
    else:
        return outcome(UNDETERMINED, None)
    result = compare_amounts(wanted, got, case)
    wanted_unit = unit_of(wanted)
    got_unit = unit_of(got)
    same_unit = (
        wanted_unit is not None and got_unit is not None and wanted_unit["dims"] == got_unit["dims"]
    )
    no_size = actual_interval(got)["high"] == 0
    if same_unit and direction != target["direction"] and not no_size:
        return outcome(UNMET, (ZERO, ZERO))
    return result


def compare_dates(target: Reading, actual: Reading) -> Reading:
    start: datetime.date | None = actual["start"]
    end: datetime.date | None = actual["end"]
    # the days that are surely right: `first` to `last`; surely wrong: before `early`, after `late`
    first: datetime.date | None = None
    last: datetime.date | None = None
    early: datetime.date | None = None
    late: datetime.date | None = None
    if target["type"] == "by":
        late = target["date"]
        if target["from"] is None:
            last = target["date"]
        else:
            last = target["from"] - datetime.timedelta(days=1)
    elif target["type"] == "not_before":
        first = early = target["date"]
    else:
        first = early = target["start"]
        last = late = target["end"]
    starts_right = first is None or (start is not None and start >= first)
    ends_right = last is None or (end is not None and end <= last)
    if starts_right and ends_right:
        return outcome(MET, (ONE, ONE))
    too_late = late is not None and start is not None and start > late
    too_early = early is not None and end is not None and end < early
    if too_late or too_early:
        return outcome(UNMET, (ZERO, ZERO))
    return outcome(UNDETERMINED, (ZERO, ONE))


def compare_all(target: Reading, actual: Reading, case: dict[str, Any]) -> Reading:
    if actual["kind"] == "several":
        given = actual["parts"]
    elif actual["kind"] == "amount":
        given = [actual["constraint"]]
    else:
        return outcome(UNDETERMINED, None)
    results: list[Reading] = []
    for part in target["parts"]:
        unit = unit_of(part)
        found = None
        for one in given:
            one_unit = unit_of(one)
            if unit is not None and one_unit is not None and unit["dims"] == one_unit["dims"]:
                found = one
        if found is None:
            results.append(outcome(UNDETERMINED, None))
        else:
            results.append(compare_amounts(part, found, case))
    verdict = MET
    for result in results:
        if result["verdict"] == UNDETERMINED and verdict == MET:
            verdict = UNDETERMINED
        if result["verdict"] == UNMET:
            verdict = UNMET
    whole = outcome(verdict, least_of_parts(results, "attainment"))
    whole["points"] = least_of_parts(results, "points")
    whole["units"] = most_of_parts(results)
    return whole


def least_of_parts(results: list[Reading], key: str) -> Pair | None:
    low: Fraction | None = None
    high: Fraction | None = None
    for result in results:
        if result[key] is None and key == "points" and result["verdict"] == MET:
            continue  # a part that is met takes nothing off, whatever its ratio would be
        if result[key] is None:
            return None
        part_low, part_high = result[key]
        if low is None or part_low < low:
            low = part_low
        if part_high is not None and (high is None or part_high < high):
            high = part_high
    return None if low is None else (low, high)


def most_of_parts(results: list[Reading]) -> tuple[int, int | None]:
    """The row is paid like its worst part."""
    fewest = 0
    most: int | None = 0
    for result in results:
        part_fewest, part_most = result["units"] or (0, 0)
        fewest = max(fewest, part_fewest)
        if most is not None:
            most = None if part_most is None else max(most, part_most)
    return fewest, most


def compare(target: Reading, actual: Reading, case: dict[str, Any]) -> Reading:
    if target["type"] in ("by", "not_before", "during"):
        if actual["kind"] != "dates":
            return outcome(UNDETERMINED, None)
        return compare_dates(target, actual)
    if target["type"] == "change":
        return compare_change(target, actual, case)
    if target["type"] == "all_of":
        return compare_all(target, actual, case)
    if actual["kind"] == "done" and is_hundred_percent(target):
        unit = target["value"]["unit"]
        full = {"number": ONE / unit["factor"], "unit": unit, "more": False}
        return compare_amounts(target, {"type": "bare", "value": full}, case)
    if actual["kind"] == "amount":
        return compare_amounts(target, actual["constraint"], case)
    return outcome(UNDETERMINED, None)


# --------------------------------------------------------------------------------------------
# Scores


def below(points: Fraction, places: int) -> Fraction:
    """The last unit of the last place under a half-open end."""
    units: int = 10**places
    whole = (points * units).__floor__()
    if whole == points * units:
        whole -= 1
    return Fraction(max(0, whole), units)


def cap_of(weight: Fraction, places: int) -> Fraction:
    """The most that a missed row shows: a unit of the last place less than its weight."""
    units: int = 10**places
    return Fraction(max(0, (weight * units).__floor__() - 1), units)


def result_of(
    verdict: str, attainment: Pair | None, low: Fraction, high: Fraction
) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "attainment": (
            None if attainment is None else {"low": attainment[0], "high": attainment[1]}
        ),
        "score": {"low": low, "high": high},
        "remarks": [],
    }


def band(weight: Fraction, word: str, policy: Policy) -> dict[str, Any]:
    upper, lower = policy["bands"]
    places: int = policy["places"]
    if word == "met":
        return result_of(MET, None, part_of(weight, upper, places), weight)
    if word == "partly":
        high = below(weight * upper, places)
        return result_of(UNMET, None, min(high, half_up(weight * lower, places)), high)
    if word == "missed":
        return result_of(UNMET, None, ZERO, below(weight * lower, places))
    # a level or a yes/no that compares as unmet
    return result_of(UNMET, None, ZERO, below(weight * upper, places))


def judge_words(
    target: Reading, actual: Reading, weight: Fraction, same_text: bool, policy: Policy
) -> dict[str, Any]:
    unknown = result_of(UNDETERMINED, None, ZERO, weight)
    if same_text:
        return band(weight, "met", policy)
    if target["type"] == "level" and actual["kind"] == "level":
        if target["rank"] is None or actual["rank"] is None:
            return unknown
        reached = actual["rank"] >= target["rank"]
        return band(weight, "met" if reached else "below the level", policy)
    if target["type"] == "yes_no" and actual["kind"] == "yes_no":
        same = actual["value"] == target["value"]
        return band(weight, "met" if same else "the other answer", policy)
    return unknown


def share_of(ratio: Fraction | None, start: Fraction) -> Fraction:
    """The share of the weight for a ratio of the target; nothing below `start`."""
    if ratio is None or ratio >= 1:
        return ONE
    if ratio < start:
        return ZERO
    return (ratio - start) / (1 - start)


def earned(weight: Fraction, found: Reading, policy: Policy) -> tuple[Fraction, Fraction] | None:
    """Least and most points by the rule for a missed row, before any cap; None: no ratio."""
    points: Pair | None = found["points"]
    places: int = policy["places"]
    if points is None:
        return None
    if policy["step"] is not None and found["units"] is not None:
        fewest, most = found["units"]
        high = max(ZERO, weight - policy["step"] * fewest)
        low = ZERO if most is None else max(ZERO, weight - policy["step"] * most)
        return half_up(low, places), half_up(high, places)
    low = weight * share_of(points[0], policy["from"])
    high = weight * share_of(points[1], policy["from"])
    return half_up(low, places), half_up(high, places)


def rung(rate: Fraction, reached: bool) -> Fraction:
    """The rung of the satisfaction ladder; a rate that is only approached stays under its rung."""
    for start, share in ((90, 100), (80, 80), (60, 50)):
        if rate > Fraction(start, 100) or (reached and rate == Fraction(start, 100)):
            return Fraction(share, 100)
    return ZERO


def climb(weight: Fraction, rate: Reading, places: int) -> tuple[Fraction, Fraction]:
    """What the actual's own percentage earns, whatever was asked for."""
    low = ZERO if rate["low"] is None else rung(rate["low"], True)
    high = ONE if rate["high"] is None else rung(rate["high"], rate["high_closed"])
    return part_of(weight, low, places), part_of(weight, high, places)


def score_outcome(weight: Fraction, found: Reading, equal: bool, policy: Policy) -> dict[str, Any]:
    verdict = found["verdict"]
    attainment: Pair | None = found["attainment"]
    places: int = policy["places"]
    cap = cap_of(weight, places)
    least, most = taken_off(found, policy)
    if verdict == MET:
        low = part_of(weight, 1 - most, places)
        return result_of(verdict, attainment, low, part_of(weight, 1 - least, places))
    if found["exceeded"]:
        return result_of(verdict, attainment, weight, weight)
    points = earned(weight, found, policy)
    if verdict == UNDETERMINED:
        low = ZERO if points is None else points[0]
        if equal and found["points"] is not None and found["points"][0] >= ONE:
            low = weight
        else:
            # It may still turn out missed, and then shows less than full points.
            low = min(low, cap)
        # It may as well turn out to be far more than was asked for.
        low = min(low, part_of(weight, 1 - most, places))
        return result_of(verdict, attainment, low, weight)
    if points is None:
        return result_of(verdict, attainment, ZERO, ZERO)
    result = result_of(verdict, attainment, min(cap, points[0]), min(cap, points[1]))
    if points[1] > cap:
        result["remarks"].append("capped")
    return result


def is_exact(target: Reading, case: dict[str, Any]) -> bool:
    """Whether the target asks for exactly a number, so that more of it still earns all."""
    if target["type"] == "bare":
        return settle_bare(target, case) == "equal"
    if target["type"] == "change":
        return target["constraint"]["type"] == "equal"
    return target["type"] == "equal"


def pays_by_ladder(target: Reading, case: dict[str, Any], policy: Policy) -> bool:
    """Whether the actual's own percentage is what counts: for one rate, in a satisfaction row."""
    if not policy["ladder"] or "满意度" not in case["level1"]:
        return False
    return target["type"] not in ("by", "not_before", "during", "change", "all_of")


def judge(case: dict[str, Any]) -> dict[str, Any]:
    """Verdict, attainment and score of one case."""
    weight = Fraction(case["weight"])
    policy = policy_of(case)
    try:
        target = read_target(case["target"], case["year"])
        actual = read_actual(case["actual"], case["year"])
    except ReadingError:
        refused = result_of(UNDETERMINED, None, ZERO, weight)
        refused["error"] = True
        return refused
    if actual["kind"] == "missing":
        return result_of(UNDETERMINED, None, ZERO, weight)
    if actual["kind"] == "stated":
        return band(weight, actual["word"], policy)
    if target["type"] in ("level", "yes_no", "statement"):
        same_text = normalise(case["target"]) == normalise(case["actual"])
        return judge_words(target, actual, weight, same_text, policy)
    found = compare(target, actual, case)
    if found["rate"] is not None and pays_by_ladder(target, case, policy):
        low, high = climb(weight, found["rate"], policy["places"])
        result = result_of(found["verdict"], found["attainment"], low, high)
        result["remarks"] = ["by the actual", *over_remarks(found, {**policy, "taken": []})]
    else:
        result = score_outcome(weight, found, is_exact(target, case), policy)
        result["remarks"] += over_remarks(found, policy)
        if found["exceeded"]:
            result["remarks"].append("more than equal")
    return result
