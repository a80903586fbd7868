"""Every number of the preset mof-2020, and how presets are found."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scored import MOF

from kpieval.errors import UnknownPolicyError
from kpieval.formulas import Band, Ratio, Rounding
from kpieval.modifying import modified
from kpieval.policies import Allocation, Policy
from kpieval.presets import DEFAULT, policies, policy


def test_the_default_comes_first() -> None:
    assert DEFAULT == "mof-2020"
    assert policies()[0] is policy() is policy("mof-2020")
    names = [preset.name for preset in policies()]
    assert len(set(names)) == len(names)


def test_an_unknown_policy_names_the_known_ones() -> None:
    with pytest.raises(UnknownPolicyError, match=r"KP205.*mof2020.*mof-2020"):
        policy("mof2020")


def test_weights_of_mof_2020() -> None:
    assert dict(MOF.weights.level1) == {"产出": 50, "效益": 30, "满意度": 10}
    assert MOF.weights.handed_on == (("满意度", "效益"),)
    assert MOF.weights.allocation is Allocation.BY_ROW
    assert MOF.execution.weight == 10
    assert MOF.indicator_total + MOF.execution.weight == 100


def test_formulas_of_mof_2020() -> None:
    assert MOF.floor == MOF.ceiling == MOF.execution.formula == Ratio()
    assert MOF.rounding == Rounding(2)


def test_bands_of_mof_2020() -> None:
    bands = MOF.qualitative
    assert bands.fully == Band(Fraction("0.8"), Fraction(1), closed=True)
    assert bands.partly == Band(Fraction("0.6"), Fraction("0.8"))
    assert bands.not_ == Band(Fraction(0), Fraction("0.6"))


def test_grades_and_tolerances_of_mof_2020() -> None:
    assert dict(MOF.grades.steps) == {"优": 90, "良": 80, "中": 60}
    assert MOF.grades.names == ("优", "良", "中", "差")
    assert MOF.grades.lowest == "差"
    assert MOF.about_tolerance == Fraction("0.1")
    assert MOF.over_completion.noted_at == Fraction("1.2")
    assert MOF.over_completion.reason_at == Fraction("1.3")


@pytest.mark.parametrize("preset", policies(), ids=lambda preset: preset.name)
def test_every_preset_says_where_it_comes_from(preset: Policy) -> None:
    assert preset.source.document and preset.source.issuer and preset.source.reference
    assert preset.source.evidence in ("read", "remembered")


@pytest.mark.parametrize("preset", policies(), ids=lambda preset: preset.name)
def test_every_preset_shares_out_a_hundred(preset: Policy) -> None:
    assert preset.indicator_total + preset.execution.weight == 100
    steps = [least for _, least in preset.grades.steps] if preset.grades else []
    assert steps == sorted(steps, reverse=True)
    bands = preset.qualitative
    assert bands.not_.high <= bands.partly.low <= bands.partly.high <= bands.fully.low


@pytest.mark.parametrize("words", ["nothing", "step", "step(-1)", "step(x)", ""])
def test_a_modifier_that_there_is_not_makes_no_policy(words: str) -> None:
    assert modified(policy("mof-2020"), words) is None
