"""The JSON form: exact, described by its schemas, and read back to the same value."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator, ValidationError

from kpieval import demo, schemas
from kpieval.actuals import (
    MISSING,
    Actual,
    Answered,
    Attained,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Stated,
)
from kpieval.amounts import Amount, money
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    Direction,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Statement,
    Target,
    TargetError,
    YesNo,
)
from kpieval.errors import PlannedActualError, ReadingError, WeightSumError
from kpieval.formulas import Ladder, Linear, PassGate, Step
from kpieval.intervals import Bound, Interval
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.presets import policies
from kpieval.readers import read_actuals, read_tables
from kpieval.scoring import score_tables
from kpieval.units import parse_unit
from kpieval.verdicts import evaluate
from kpieval.wire.policies import formula_wire, policy_wire
from kpieval.wire.policy_files import policy_from
from kpieval.wire.values import from_wire, to_wire

NINETY = Amount(90, parse_unit("%"))
HUNDRED = Amount(100, parse_unit("%"))
DAY = dt.date(2024, 12, 31)
NOTE = Note.of("unit.from_target", unit="人")
CONSTRAINTS: list[tuple[Constraint, dict[str, Any]]] = [
    (AtLeast(NINETY), {"type": "at_least", "value": {"magnitude": "90", "unit": "%"}}),
    (MoreThan(NINETY), {"type": "more_than", "value": {"magnitude": "90", "unit": "%"}}),
    (AtMost(money(27000)), {"type": "at_most", "value": {"magnitude": "27000", "unit": "元"}}),
    (LessThan(NINETY), {"type": "less_than", "value": {"magnitude": "90", "unit": "%"}}),
    (Equal(NINETY), {"type": "equal", "value": {"magnitude": "90", "unit": "%"}}),
    (
        Bare(Amount(1, parse_unit("次"))),
        {"type": "bare", "value": {"magnitude": "1", "unit": "次"}},
    ),
    (
        About(Amount(Fraction(2, 3), parse_unit("元/(人*天)"))),
        {"type": "about", "value": {"magnitude": "2/3", "unit": "元/(人*天)"}},
    ),
    (
        Between(NINETY, HUNDRED, upper_closed=False),
        {
            "type": "between",
            "lower": {"magnitude": "90", "unit": "%"},
            "upper": {"magnitude": "100", "unit": "%"},
            "lower_closed": True,
            "upper_closed": False,
        },
    ),
    (By(DAY), {"type": "by", "date": "2024-12-31", "from": None}),
    (
        By(DAY, dt.date(2024, 12, 1)),
        {"type": "by", "date": "2024-12-31", "from": "2024-12-01"},
    ),
    (NotBefore(DAY), {"type": "not_before", "date": "2024-12-31"}),
    (
        During(dt.date(2024, 1, 1), DAY),
        {"type": "during", "start": "2024-01-01", "end": "2024-12-31"},
    ),
    (
        Change(Direction.INCREASE, "previous_year", AtLeast(NINETY)),
        {
            "type": "change",
            "direction": "increase",
            "basis": "previous_year",
            "constraint": {"type": "at_least", "value": {"magnitude": "90", "unit": "%"}},
        },
    ),
    (
        Level("优", ("优", "良", "中", "差")),
        {"type": "level", "level": "优", "scale": ["优", "良", "中", "差"]},
    ),
    (Level("达标"), {"type": "level", "level": "达标", "scale": None}),
    (YesNo(True), {"type": "yes_no", "value": True}),
    (Statement("持续改善"), {"type": "statement", "text": "持续改善"}),
    (
        AllOf((AtLeast(NINETY), By(DAY))),
        {
            "type": "all_of",
            "parts": [
                {"type": "at_least", "value": {"magnitude": "90", "unit": "%"}},
                {"type": "by", "date": "2024-12-31", "from": None},
            ],
        },
    ),
]
EXACTLY = Measured(Interval.point(Fraction(26500)), parse_unit("元"))
READINGS = [
    EXACTLY,
    Measured(Interval.point(Fraction(27000)), parse_unit("元"), factor=10000),
    Measured(Interval(Bound(Fraction(200)), Bound(Fraction(300), False)), parse_unit("人次")),
    Measured(Interval.at_least(Fraction(1, 3), closed=False), parse_unit("小时"), about=True),
    Dated(Interval.point(DAY)),
    Dated(Interval(Bound(dt.date(2024, 10, 1)), Bound(dt.date(2024, 10, 31)))),
    Changed(Direction.DECREASE, None, EXACTLY),
    Stated("达成预期指标", Attained.FULLY),
    Stated("已完成", None, done=True),
    Graded("良", ("优", "良")),
    Answered(False),
    Every((EXACTLY, Dated(Interval.point(DAY)))),
    Missing("dash"),
]
VERDICTS = [
    Met("500 元", (NOTE,)),
    Met(),
    Unmet("2 个百分点"),
    Unmet(None, (NOTE,)),
    Undetermined(NOTE, (NOTE,)),
]


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas.load(name))


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    back: dict[str, Any] = json.loads(json.dumps(data))
    return back


@pytest.mark.parametrize(("constraint", "wire"), CONSTRAINTS, ids=lambda it: "")
def test_constraint_has_the_published_form(constraint: Constraint, wire: dict[str, Any]) -> None:
    assert to_wire(constraint) == wire
    assert list(to_wire(constraint)) == list(wire)
    validator("constraint").validate(wire)
    assert from_wire(through_json(wire)) == constraint


@pytest.mark.parametrize("reading", READINGS, ids=lambda it: type(it).__name__)
def test_actual_comes_back(reading: Any) -> None:
    actual = Actual("as written", reading, (NOTE,))
    assert from_wire(through_json(to_wire(reading))) == reading
    assert from_wire(through_json(to_wire(actual))) == actual
    validator("reading").validate(to_wire(reading))
    validator("actual").validate(to_wire(actual))


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda it: type(it).__name__)
def test_verdict_comes_back(verdict: Any) -> None:
    assert from_wire(through_json(to_wire(verdict))) == verdict
    validator("verdict").validate(to_wire(verdict))


def test_target_comes_back_and_is_an_object_of_parse() -> None:
    target = Target("≤27000元", AtMost(money(27000)), "≤27000元", (NOTE,))
    wire = to_wire(target)
    assert list(wire) == ["text", "constraint", "canonical", "notes", "error", "factor", "factors"]
    assert from_wire(through_json(wire)) == target
    validator("parse").validate(wire)


def readable_texts() -> list[str]:
    """The texts of the demonstration and of the corpus: one in fifteen, all in a longer profile."""
    document = read_tables(demo.targets_file(), year=2024)
    texts = [row.text for project in document.projects for row in project.indicators]
    for file in sorted((Path(__file__).parent / "corpus").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            case = json.loads(line)
            texts += [case[key] for key in ("text", "input") if isinstance(case.get(key), str)]
    step = 15 if settings.get_current_profile_name() == "everyday" else 1
    return list(dict.fromkeys(texts))[::step]


def test_every_text_of_the_corpus_goes_there_and_back() -> None:
    described, compared = validator("parse"), 0
    for text in readable_texts():
        try:
            target = parse_target(text, year=2024)
        except ReadingError as error:
            described.validate(to_wire(TargetError(text, error)))
            continue
        wire = to_wire(target)
        described.validate(wire)
        assert from_wire(through_json(wire)) == target
        try:
            actual = parse_actual(text, like=target, year=2024)
        except PlannedActualError:
            continue  # 不得超过3% is a target and no actual
        assert from_wire(through_json(to_wire(actual))) == actual
        verdict = evaluate(target, actual)
        assert from_wire(through_json(to_wire(verdict))) == verdict
        compared += 1
    assert compared > 50


def test_numbers_are_exact_texts() -> None:
    assert to_wire(Attainment(Fraction(2, 3), None)) == {"low": "2/3", "high": None}
    assert to_wire(Score(Fraction(0), Fraction("8.25"))) == {"low": "0", "high": "8.25"}
    decision = Decision(Attained.PARTLY, Fraction("7.2"), "看过照片")
    assert to_wire(decision) == {"attained": "partly", "points": "7.2", "reason": "看过照片"}


def test_measures_stand_in_the_unit_that_was_written() -> None:
    hours = Measured(Interval.point(Fraction(1)), parse_unit("小时"))
    day_in_hours = Measured(Interval.point(24 * parse_unit("小时").scale), parse_unit("小时"))
    assert to_wire(day_in_hours)["lower"]["magnitude"] == "24"
    assert from_wire(to_wire(hours)) == hours


def test_a_note_speaks_the_language_that_was_asked_for() -> None:
    zh, en = to_wire(NOTE), to_wire(NOTE, lang="en")
    assert zh["code"] == en["code"] == "unit.from_target"
    assert zh["message"] != en["message"]
    assert from_wire(zh) == from_wire(en) == NOTE


NO_ENDS = {"lower": None, "upper": None}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"type": "no_such"},
        {"type": "at_least"},
        {"type": "at_least", "value": {"magnitude": "1e9", "unit": ""}},
        {"type": "at_least", "value": {"magnitude": "nan", "unit": ""}},
        {"type": "at_least", "value": {"magnitude": 90, "unit": ""}},
        {"type": "at_least", "value": {"magnitude": "1", "unit": "no such unit"}},
        {"type": "by", "date": "2024-02-30", "from": None},
        {"type": "yes_no", "value": "false"},
        {"type": "all_of", "parts": [{"type": "all_of", "parts": []}]},
        {"type": "change", "direction": "sideways", "basis": None, "constraint": {}},
        {"type": "stated", "text": "x", "attained": "well", "done": False},
        {"text": "x", "constraint": None, "canonical": None, "notes": [], "error": {}},
        {"magnitude": "1"},
        {"type": "every", "parts": [{"type": "at_least"}]},
        {"type": "every", "parts": [{"type": "missing", "reason": "absent"}]},
        {"type": "stated", "text": 5, "attained": None, "done": False},
        {"type": "measured", **NO_ENDS, "unit": "人", "about": False, "factor": "0"},
        {"type": "measured", **NO_ENDS, "unit": "人", "about": False, "factor": "-10"},
    ],
)
def test_anything_else_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_wire(data)


@pytest.mark.parametrize("name", schemas.names())
def test_schemas_are_schemas_and_stand_alone(name: str) -> None:
    schema = schemas.load(name)
    Draft202012Validator.check_schema(schema)
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate(42)


def test_an_unknown_schema_is_an_error() -> None:
    with pytest.raises(ValueError, match="score"):
        schemas.load("../secrets")


def test_schemas_are_closed() -> None:
    wire = to_wire(AtLeast(NINETY)) | {"comment": "extra"}
    with pytest.raises(ValidationError):
        validator("constraint").validate(wire)


@pytest.mark.parametrize("policy", policies(), ids=lambda it: it.name)
def test_policies_come_back(policy: Any) -> None:
    wire = policy_wire(policy)
    validator("policy").validate(wire)
    assert policy_from(through_json(wire)) == policy


@pytest.mark.parametrize(
    "formula",
    [
        Linear(),
        PassGate(Fraction(3, 5)),
        Ladder(((Fraction(1), Fraction(1)), (Fraction(1, 2), Fraction(2, 3)))),
        Step(Fraction(1, 2)),
    ],
)
def test_every_formula_is_in_the_schema_of_policies(formula: Any) -> None:
    wire = policy_wire(policies()[0]) | {"floor": formula_wire(formula)}
    validator("policy").validate(wire)
    assert policy_from(through_json(wire)).floor == formula


def test_a_missing_actual_is_no_number() -> None:
    assert to_wire(MISSING)["reading"] == {"type": "missing", "reason": "absent"}


def test_every_part_of_a_result_has_the_form_it_has_within() -> None:
    projects = read_tables(str(demo.targets_file()), year=demo.YEAR).projects
    actuals = read_actuals(str(demo.actuals_file()), year=demo.YEAR)
    summary = score_tables(projects, actuals, policies()[0])
    whole = to_wire(summary)
    project, first = summary.projects[0], whole["projects"][0]
    assert project.execution is not None
    assert to_wire(project) == first
    assert to_wire(project.indicators[0]) == first["indicators"][0]
    assert to_wire(project.execution) == first["execution"]
    assert to_wire(project.compliance) == first["compliance"]
    assert to_wire(summary.compliance) == whole["total"]["compliance"]


def test_an_error_speaks_the_language_that_was_asked_for() -> None:
    error = WeightSumError(where="甲", total="80", expected="90")
    for lang in ("zh", "en"):
        assert to_wire(error, lang=lang)["code"] == "KP202"
        assert to_wire(error, lang=lang)["message"] == error.message(lang)


def test_an_amount_and_a_policy_stand_alone() -> None:
    assert to_wire(money("27000")) == {"magnitude": "27000", "unit": "元"}
    rule = policies()[0]
    assert to_wire(rule) == policy_wire(rule)


@pytest.mark.parametrize("value", [5, "≥5人", None, Interval.point(Fraction(1))])
def test_what_is_no_value_of_the_package_has_no_form(value: Any) -> None:
    with pytest.raises(TypeError, match=f"^a {type(value).__name__} has no JSON form"):
        to_wire(value)
