"""A user's own policy in a file: what it may leave out, and how everything wrong in it is named."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from commands import TABLE, run
from scored import MOF

from kpieval.errors import (
    ImpossiblePolicyError,
    KpiEvalError,
    MalformedFileError,
    MalformedPolicyError,
    TakenNameError,
    UnknownKeyError,
    UnknownPolicyError,
    UnreadableFileError,
)
from kpieval.formulas import Grace, Ladder, PassGate, PerDay, Rounding, Step
from kpieval.policies import HandChange, NotApplicable, Policy
from kpieval.presets import policy
from kpieval.wire.policies import policy_wire
from kpieval.wire.policy_files import policy_from, read_policy

BASE = 'base = "mof-2020"\nname = "own"\n'


def from_toml(folder: Path, text: str, base: str = BASE) -> Policy:
    """The policy of a file with this text."""
    file = folder / "my.toml"
    file.write_text(base + text, "utf-8")
    return read_policy(str(file))


def whole() -> dict[str, Any]:
    """All keys of a policy, as its JSON form has them."""
    data: dict[str, Any] = json.loads(json.dumps(policy_wire(MOF)))
    return data


def at(data: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    """The table that holds a key, and the key."""
    *tables, last = path.split(".")
    for key in tables:
        data = data[key]
    return data, last


# What may be left out ---------------------------------------------------------------------------


def test_a_base_with_changes(tmp_path: Path) -> None:
    made = from_toml(
        tmp_path,
        """
        title = "某市 2024"
        not_applicable = "hand_on"
        floor = {type = "pass_gate", at = 0.6}
        ceiling = {type = "step", points = 1.5}
        rounding = {places = 1}
        dates = {type = "grace", days = 30, share = "1/2"}
        [source]
        in_force = 2024-01-01
        [over_completion]
        document = "某财绩〔2024〕1号"
        ladder = [[1.5, 0.3], ["1.3", "0.1"]]
        """,
    )
    assert (made.name, made.title) == ("own", "某市 2024")
    assert made.not_applicable is NotApplicable.HAND_ON
    assert (made.floor, made.ceiling) == (PassGate(Fraction(3, 5)), Step(Fraction(3, 2)))
    assert made.rounding == Rounding(1)
    assert made.dates == Grace(30, Fraction(1, 2))
    assert made.source.in_force == dt.date(2024, 1, 1)
    assert made.source.issuer == MOF.source.issuer
    assert made.over_completion.ladder == (
        (Fraction(3, 2), Fraction(3, 10)),
        (Fraction(13, 10), Fraction(1, 10)),
    )
    assert made.over_completion.noted_at == MOF.over_completion.noted_at
    assert (made.weights, made.execution, made.grades) == (MOF.weights, MOF.execution, MOF.grades)


def test_a_formula_is_changed_as_a_whole(tmp_path: Path) -> None:
    text = 'execution.formula = {type = "ladder", steps = [[1, 1], ["0.8", "0.5"]]}\n'
    made = from_toml(tmp_path, text)
    assert made.execution.weight == 10
    rungs = ((Fraction(1), Fraction(1)), (Fraction(4, 5), Fraction(1, 2)))
    assert made.execution.formula == Ladder(rungs)
    assert from_toml(tmp_path, "", 'base = "mof-2020+step(2)"\n').floor == Step(Fraction(2))


def test_a_base_may_have_modifiers(tmp_path: Path) -> None:
    made = from_toml(tmp_path, "", 'base = "platform-standard+step(1)+deduction"\n')
    assert made == policy("platform-standard+step(1)+deduction")


def test_what_may_be_left_out_has_the_defaults_of_python() -> None:
    data = whole()
    optional = ("dates", "by_actual", "not_applicable", "hand_change", "flags", "grades")
    for key in (*optional, "deducts", "unverified"):
        del data[key]
    made = policy_from(data)
    assert made == policy_from({**policy_wire(MOF), "grades": None})
    assert made.grades is None


def test_hand_change_needs_only_its_number(tmp_path: Path) -> None:
    made = from_toml(tmp_path, "hand_change = {floor_at = 1.2}\n")
    assert made.hand_change == HandChange(Fraction(6, 5))


# Exact numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.1", Fraction(1, 10)),
        ("0.30000000000000004", Fraction("0.30000000000000004")),
        ('"1/3"', Fraction(1, 3)),
        ("0", Fraction(0)),
        ('"0.125"', Fraction(1, 8)),
    ],
)
def test_numbers_are_exact_however_they_are_written(
    written: str, number: Fraction, tmp_path: Path
) -> None:
    assert from_toml(tmp_path, f"about_tolerance = {written}\n").about_tolerance == number
    file = tmp_path / "my.json"
    text = f'{{"base": "mof-2020", "name": "own", "about_tolerance": {written}}}'
    file.write_text(text, "utf-8")
    assert read_policy(str(file)).about_tolerance == number


@pytest.mark.parametrize("written", ["1e-1", "nan", "inf", "true", '"ten"', '"1/0"', "[]", "{}"])
def test_what_is_no_exact_number_is_refused_by_its_key(written: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedPolicyError) as caught:
        from_toml(tmp_path, f"about_tolerance = {written}\n")
    assert caught.value.params["key"] == "about_tolerance"
    assert caught.value.where is not None and caught.value.where.endswith("my.toml")


def test_json_without_numbers_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "my.json"
    file.write_text('{"base": "mof-2020", "about_tolerance": NaN}', "utf-8")
    with pytest.raises(MalformedPolicyError):
        read_policy(str(file))


# Unknown keys -----------------------------------------------------------------------------------

MISSPELT = (
    ("celing", "ceiling"),
    ("source.isuer", "issuer"),
    ("weights.allocaton", "allocation"),
    ("execution.wieght", "weight"),
    ("execution.formula.tpye", "type"),
    ("qualitative.fuly", "fully"),
    ("qualitative.fully.clsed", "closed"),
    ("rounding.place", "places"),
    ("grades.lowst", "lowest"),
    ("over_completion.noted", "noted_at"),
    ("floor.typ", "type"),
    ("dates.tpe", "type"),
)


@pytest.mark.parametrize(("path", "near"), MISSPELT, ids=str)
def test_an_unknown_key_is_refused_with_the_nearest(path: str, near: str) -> None:
    data = whole()
    table, key = at(data, path)
    table[key] = "1"
    with pytest.raises(UnknownKeyError) as caught:
        policy_from(data)
    assert caught.value.params == {"key": path, "near": near}


@pytest.mark.parametrize(
    ("key", "value", "path"),
    [
        ("hand_change", {"floor_at": "1.2", "flor_at": "1"}, "hand_change.flor_at"),
        ("flags", {"outrun": "0", "unspent": "0", "outrn": "1"}, "flags.outrn"),
        ("by_actual", [{"level1": "满意度", "steps": [["0", "0"]], "stps": []}], "by_actual.stps"),
        ("dates", {"type": "grace", "days": 1, "share": "0", "day": 1}, "dates.day"),
        ("floor", {"type": "pass_gate", "at": "0", "to": "1"}, "floor.to"),
        ("colour", "red", "colour"),
    ],
)
def test_a_key_too_many_is_refused_by_its_path(key: str, value: object, path: str) -> None:
    with pytest.raises(UnknownKeyError) as caught:
        policy_from({**whole(), key: value})
    assert caught.value.params["key"] == path


def test_a_misspelt_key_of_a_base_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(UnknownKeyError, match=r"rounding\.plces.*places"):
        from_toml(tmp_path, "rounding = {plces = 1}\n")


def test_an_unknown_base_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UnknownPolicyError, match=r"mof2020.*mof-2020"):
        from_toml(tmp_path, "", 'base = "mof2020"\n')


# Missing keys and wrong types -------------------------------------------------------------------

NEEDED = (
    "name",
    "title",
    "source",
    "weights",
    "execution",
    "floor",
    "ceiling",
    "qualitative",
    "rounding",
    "about_tolerance",
    "over_completion",
    "source.document",
    "source.issuer",
    "source.reference",
    "source.evidence",
    "execution.weight",
    "execution.formula",
    "execution.formula.type",
    "qualitative.fully",
    "qualitative.partly",
    "qualitative.not",
    "qualitative.not.low",
    "qualitative.not.high",
    "rounding.places",
    "grades.lowest",
    "over_completion.noted_at",
    "over_completion.reason_at",
    "dates.type",
)


@pytest.mark.parametrize("path", NEEDED)
def test_a_missing_key_is_named(path: str) -> None:
    data = whole()
    table, key = at(data, path)
    del table[key]
    with pytest.raises(MalformedPolicyError) as caught:
        policy_from(data)
    assert caught.value.params["key"] == path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", 1),
        ("title", None),
        ("source", "text"),
        ("source.evidence", "heard"),
        ("source.in_force", "2024-13-01"),
        ("source.until", True),
        ("source.remarks", 1),
        ("weights", []),
        ("weights.level1", "产出"),
        ("weights.level1", [["产出"]]),
        ("weights.level1", [["产出", "fifty"]]),
        ("weights.level1", [[50, "产出"]]),
        ("weights.joined", [["成本", 1]]),
        ("weights.joined", ""),
        ("weights.joined", False),
        ("weights.allocation", "by_luck"),
        ("weights.allocation", ["by_row"]),
        ("execution", 10),
        ("execution.weight", True),
        ("execution.when_finished", "false"),
        ("execution.formula", "ratio"),
        ("execution.formula.type", "cubic"),
        ("floor", {"type": "ladder", "steps": [[1, 1, 1]]}),
        ("floor", {"type": "step"}),
        ("qualitative.fully", [0, 1]),
        ("qualitative.fully.closed", 1),
        ("rounding.places", "2.5"),
        ("grades", "none"),
        ("grades.steps", [["优", None]]),
        ("over_completion.ladder", {"1.5": "0.1"}),
        ("over_completion.mandatory", "yes"),
        ("dates.type", "daily"),
        ("dates", {"type": "grace", "days": "1.5", "share": "0"}),
        ("dates", {"type": "grace", "days": -1, "share": "0"}),
        ("by_actual", {"level1": "满意度"}),
        ("by_actual", ["满意度"]),
        ("by_actual", ""),
        ("not_applicable", "forget"),
        ("hand_change", True),
        ("flags", {"outrun": "0"}),
        ("deducts", "no"),
        ("unverified", 0),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_its_key(path: str, value: object) -> None:
    data = whole()
    table, key = at(data, path)
    table[key] = value
    with pytest.raises(MalformedPolicyError) as caught:
        policy_from(data)
    assert str(caught.value.params["key"]).startswith(path)
    for lang in ("zh", "en"):
        assert str(caught.value.params["key"]) in caught.value.message(lang)


@pytest.mark.parametrize("data", [[], "mof-2020", None, 1])
def test_what_is_no_table_is_no_policy(data: Any) -> None:
    with pytest.raises(MalformedPolicyError):
        policy_from(data)


# Numbers that cannot be -------------------------------------------------------------------------

RUNGS = [["1", "1"], ["0.8", "0.5"]]
IMPOSSIBLE = (
    ("weights.level1", [["产出", "-10"], ["效益", "100"]], "weights.level1.产出 = -10 < 0"),
    ("weights.level1", [["产出", "50"], ["产出", "40"]], "weights.level1: 产出 stands twice"),
    ("weights.joined", [["成本", "投入"]], "weights.joined: there is no 投入 in weights.level1"),
    ("weights.handed_on", [["效益", "投入"]], "weights.handed_on: there is no 投入"),
    ("execution.weight", "-1", "execution.weight = -1 < 0"),
    ("execution.weight", "20", "weights.level1 + execution.weight = 110, not 100"),
    ("rounding.places", -1, "rounding.places = -1, not 0 to 200"),
    ("rounding.places", 201, "rounding.places = 201, not 0 to 200"),
    ("about_tolerance", "1.1", "about_tolerance: not a share"),
    ("about_tolerance", "-0.1", "about_tolerance: not a share"),
    ("qualitative.fully.high", "1.2", "qualitative.fully.high: not a share"),
    ("qualitative.not.low", "-0.1", "qualitative.not.low: not a share"),
    ("qualitative.partly.high", "0.9", "qualitative: the bands overlap"),
    ("qualitative.partly.low", "0.9", "qualitative: the bands overlap"),
    ("floor", {"type": "pass_gate", "at": 1}, "floor.at: not a share"),
    ("ceiling", {"type": "pass_gate", "at": "-0.1"}, "ceiling.at: not a share"),
    ("floor", {"type": "step", "points": -1}, "floor.points = -1 < 0"),
    ("floor", {"type": "ladder", "steps": [["1", "2"]]}, "floor.steps: not a share"),
    ("floor", {"type": "ladder", "steps": RUNGS[::-1]}, "floor.steps: the highest threshold"),
    ("floor", {"type": "ladder", "steps": [RUNGS[0]] * 2}, "floor.steps: the highest threshold"),
    ("floor", {"type": "ladder", "steps": []}, "floor.steps: there are none"),
    ("floor", {"type": "ladder"}, "floor.steps: there are none"),
    (
        "execution.formula",
        {"type": "ladder", "steps": [["1", "0.5"], ["0.5", "1"]]},
        "execution.formula.steps: a lower threshold earns more",
    ),
    ("by_actual", [{"level1": "满意度", "steps": [["0.9", "1.5"]]}], "by_actual: not a share"),
    ("by_actual", [{"level1": "满意度", "steps": RUNGS[::-1]}], "by_actual: the highest"),
    ("by_actual", [{"level1": "满意度", "steps": []}], "by_actual: there are none"),
    ("dates", {"type": "grace", "days": 1, "share": 2}, "dates.share: not a share"),
    ("dates", {"type": "per_day", "share": "-0.1"}, "dates.share: not a share"),
    ("grades.steps", [["良", "80"], ["优", "90"]], "grades.steps: the best grade comes first"),
    ("grades.steps", [["优", "120"]], "grades.steps.优 = 120, not 0 to 100"),
    ("grades.lowest", "优", "grades: 优 stands twice"),
    ("flags", {"outrun": "5", "unspent": "0.2"}, "flags.outrun: not a share"),
    ("flags", {"outrun": "0.05", "unspent": "20"}, "flags.unspent: not a share"),
    ("over_completion.noted_at", "2", "over_completion: noted_at > reason_at"),
)


@pytest.mark.parametrize(("path", "value", "said"), IMPOSSIBLE, ids=lambda it: str(it)[:40])
def test_a_number_that_cannot_be_is_named(path: str, value: object, said: str) -> None:
    data = whole()
    table, key = at(data, path)
    table[key] = value
    with pytest.raises(ImpossiblePolicyError) as caught:
        policy_from(data)
    for lang in ("zh", "en"):
        assert said in caught.value.message(lang)
        assert "mof-2020" in caught.value.message(lang)


@pytest.mark.parametrize(
    ("ladder", "document", "said"),
    [
        ([["1.5", "0.1"]], " ", "over_completion.document: a ladder needs the number"),
        ([["1.5", "1.1"]], "1号", "over_completion.ladder: not a share"),
        ([["1.2", "0"], ["1.5", "0"]], "1号", "over_completion.ladder: the highest threshold"),
        ([["2", "0"], ["1.5", "0.5"]], "1号", "over_completion.ladder: a higher threshold takes"),
        ([["1", "0.5"]], "1号", "over_completion.ladder: 1 ≤ 1 is no over-completion"),
    ],
)
def test_a_ladder_of_over_completion_that_cannot_be_is_named(
    ladder: list[list[str]], document: str, said: str
) -> None:
    over = {"ladder": ladder, "document": document}
    with pytest.raises(ImpossiblePolicyError) as caught:
        policy_from({"base": "mof-2020", "over_completion": over})
    assert said in caught.value.message("en")


def test_a_grace_of_less_than_nothing_cannot_be_in_python_either() -> None:
    from attrs import evolve

    with pytest.raises(ImpossiblePolicyError, match=r"dates\.days = -1 < 0"):
        evolve(MOF, dates=Grace(-1, Fraction(1, 2)))
    assert evolve(MOF, dates=PerDay(Fraction(1))).dates == PerDay(Fraction(1))


def test_all_numbers_that_cannot_be_are_named_at_once() -> None:
    with pytest.raises(ImpossiblePolicyError) as caught:
        policy_from({"base": "mof-2020", "about_tolerance": 2, "rounding": {"places": 201}})
    assert "about_tolerance" in str(caught.value) and "rounding.places" in str(caught.value)


# Files that cannot be used ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("my.toml", "name = ", MalformedFileError),
        ("my.toml", 'name = "a"\nname = "b"\n', MalformedFileError),
        ("MY.TOML", "name = ", MalformedFileError),
        ("my.json", '{"name": ', MalformedFileError),
        ("my.json", "[" * 100_000, MalformedFileError),
        ("my.json", "", MalformedFileError),
        ("my.json", "[]", MalformedPolicyError),
        ("my.json", "{}", MalformedPolicyError),
        ("my.toml", "", MalformedPolicyError),
    ],
)
def test_a_broken_file_is_named(
    name: str, text: str, kind: type[KpiEvalError], tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    with pytest.raises(kind) as caught:
        read_policy(str(file))
    for lang in ("zh", "en"):
        assert name in caught.value.message(lang)


def test_a_key_that_stands_twice_in_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "my.json"
    file.write_text('{"base": "mof-2020", "title": "a", "title": "b"}', "utf-8")
    with pytest.raises(MalformedFileError):
        read_policy(str(file))


def test_a_changed_policy_needs_a_name_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(TakenNameError, match="mof-2020"):
        from_toml(tmp_path, "about_tolerance = 0.2\n", 'base = "mof-2020"\n')
    assert from_toml(tmp_path, "", 'base = "mof-2020"\n') == policy("mof-2020")


@pytest.mark.parametrize("name", ["none.toml", "."])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="KP301"):
        read_policy(str(tmp_path / name))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_bytes('name = "某市"'.encode("gb18030"))
    with pytest.raises(UnreadableFileError):
        read_policy(str(file))


def test_a_mark_at_the_beginning_does_not_matter(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_bytes(b"\xef\xbb\xbf" + BASE.encode())
    assert read_policy(str(file)).name == "own"


# From one end to the other ----------------------------------------------------------------------


def table(folder: Path) -> str:
    """A table with a row that is missed by a tenth."""
    file = folder / "table.csv"
    file.write_text(TABLE + "甲,数量指标,合格率,≥90%,81%,90\n", "utf-8")
    return str(file)


def test_score_by_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text(BASE + 'floor = {type = "step", points = 2.5}\n', "utf-8")
    args = ("score", table(tmp_path), "--policy", str(own), "--format", "json")
    code, out, _ = run(capsys, *args)
    document = json.loads(out)
    assert (code, document["policy"]) == (0, "own")
    (row,) = document["projects"][0]["indicators"]
    assert row["score"]["low"] == "67.5"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('base = "mof-2020"\nplaces = 1\n', "KP211"),
        ('base = "mof-2020"\nrounding = {places = 201}\n', "KP210"),
        ('base = "mof-2020"\nrounding = 1\n', "KP212"),
        ('base = "mof2020"\n', "KP205"),
        ("base = mof-2020\n", "KP306"),
    ],
)
def test_a_file_that_cannot_be_used_ends_the_run_by_name(
    text: str, code: str, lang: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    own = tmp_path / "my.toml"
    own.write_text(text, "utf-8")
    exit_code, out, err = run(
        capsys, "score", table(tmp_path), "--policy", str(own), "--lang", lang
    )
    assert (exit_code, out) == (2, "")
    assert code in err and "my.toml" in err


def test_policies_prints_a_file_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "my.toml"
    own.write_text(BASE + "about_tolerance = 0.2\n", "utf-8")
    code, out, _ = run(capsys, "policies", str(own), "--lang", "en")
    assert code == 0
    assert out.startswith("own ") and "±20%" in out


def test_a_missing_file_is_named_as_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    args = ("score", table(tmp_path), "--policy", str(tmp_path / "none.toml"))
    code, _, err = run(capsys, *args)
    assert code == 2
    assert "KP301" in err
