"""Rules of numbers, units and amounts."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import mul
from typing import Any

from attrs import evolve, frozen
from lark import Token, Transformer, v_args

from kpieval import units, wordlists
from kpieval.errors import (
    AmbiguousScaleError,
    ContradictionError,
    NumeralError,
    RatioTermsError,
    ReversedBoundsError,
    VagueNumberError,
)
from kpieval.parsing import numerals
from kpieval.parsing.drafting import FIRST_YEAR, LAST_YEAR, Draft
from kpieval.units import NO_UNIT, Unit

_GE = "个"


@frozen
class Per:
    """A divisor that stood before the comparator: 每人, 人均."""

    unit: Unit
    average: str = ""
    """The word that said it, where it speaks of an average."""


@frozen
class ScaledDivisor:
    """A divisor with a scale before it: the 万元 of 吨/万元."""

    unit: Unit
    factor: int


def unit_of(word: str) -> Unit:
    found = units.find(word)
    assert found is not None, word  # the UNIT terminal is made from the same table
    return found


@v_args(inline=True)
class AmountRules(Transformer[Token, Any]):
    """Numbers, units and amounts."""

    def number(self, draft: Draft) -> Draft:
        return draft

    def negative(self, draft: Draft) -> Draft:
        return evolve(draft, figures=-draft.figures)

    def negative_percent(self, draft: Draft) -> Draft:
        return self.negative(self.percent_of(draft))

    def figures(self, figures: Token, scale: Token | None = None) -> Draft:
        return Draft(numerals.arabic(figures), numerals.scale(scale) if scale else 1)

    def cn_number(self, figures: Token, scale: Token | None = None) -> Draft:
        number, factor = numerals.chinese_scaled(figures)
        return Draft(number, factor * (numerals.scale(scale) if scale else 1))

    def whole_percent(self) -> Draft:
        return Draft(Fraction(100), unit=unit_of("%"))

    def and_half(self, number: Draft, unit: Draft, _: Token | None = None) -> Draft:
        return evolve(self.magnitude(number, unit), figures=number.figures + Fraction(1, 2))

    def fraction(self, figures: Token) -> Draft:
        above, below = figures.split("/")
        if FIRST_YEAR <= int(above) < LAST_YEAR and int(below) <= 12:
            return Draft(Fraction(0), fault=NumeralError)  # 2024/3 is a month, written as no other
        return evolve(_quotient(int(above), int(below)), slashed=(int(above), int(below)))

    def cn_fraction(self, figures: Token) -> Draft:
        below, above = figures.split("分之")
        try:
            if below in ("千万", "亿"):
                # 千万分之六 is a rate, as 万分之六 is.
                return Draft(100 * numerals.term(above) / numerals.term(below), unit=unit_of("%"))
            return _quotient(numerals.term(above), numerals.term(below))
        except ValueError:
            return Draft(Fraction(0), fault=NumeralError)

    def mixed_number(self, figures: Token) -> Draft:
        try:
            return Draft(numerals.mixed(figures))
        except ValueError:
            return Draft(Fraction(0), fault=NumeralError)

    def leading_dot(self, figures: Token) -> Draft:
        return Draft(numerals.arabic(figures), note="number.leading_dot")

    def small_money(self, words: Token) -> Draft:
        return Draft(numerals.money(words), unit=unit_of("元"))

    def currency(self, name: Token, number: Draft, unit: Draft | None = None) -> Draft:
        """新台币177.1亿元: the 元 after the number is the currency's own."""
        return self._in(number, str(name), unit)

    def half(self, _: Token) -> Draft:
        return Draft(Fraction(1, 2))

    def vague(self, _: Token) -> Draft:
        return Draft(Fraction(0), fault=VagueNumberError)

    def ambiguous_scale(self, _: Token) -> Draft:
        return Draft(Fraction(0), fault=AmbiguousScaleError)

    def magnitude(self, number: Draft, unit: Draft | None = None) -> Draft:
        if unit is None:
            return number
        return evolve(
            number,
            factor=number.factor * unit.factor,
            unit=unit.unit,
            noun=unit.noun,
            note=unit.note or number.note,
            fault=number.fault or unit.fault,
        )

    def capital_m(self, number: Draft) -> Draft:
        return evolve(number, unit=unit_of("米"), note="unit.capital_m")

    def share(self, number: Draft) -> Draft:
        return evolve(number, unit=NO_UNIT, note="unit.share")

    def amount(self, *parts: Any) -> Draft:
        *divisors, magnitude = parts
        unit = magnitude.unit if magnitude.unit is not None else NO_UNIT
        for divisor in divisors:
            unit = unit / divisor.unit
        draft: Draft = evolve(magnitude, unit=unit) if divisors else magnitude
        return draft

    def yuan(self, number: Draft, unit: Draft | None = None) -> Draft:
        return self._in(number, "元", unit)

    def dollars(self, number: Draft) -> Draft:
        return self._in(number, "美元")

    def euros(self, number: Draft) -> Draft:
        return self._in(number, "欧元")

    def pounds(self, number: Draft) -> Draft:
        return self._in(number, "英镑")

    def percent_of(self, number: Draft) -> Draft:
        return self._in(number, "%")

    def permille_of(self, number: Draft) -> Draft:
        return self._in(number, "‰")

    def per_million_of(self, number: Draft) -> Draft:
        return self._in(number, "ppm")

    def per_ten_thousand_of(self, number: Draft) -> Draft:
        return self._in(number, "万分率")

    def per_hundred_thousand_of(self, number: Draft) -> Draft:
        return self._in(number, "十万分率")

    def per_hundred_thousand(self, number: Draft) -> Draft:
        return self._in(number, "十万分率")

    def ratio(self, above: Draft, below: Draft) -> Draft:
        made = evolve(_quotient_of(above.number, below.number), unit=unit_of("比"))
        # 18:30 may be a time of day.
        clock = 10 <= above.number < 25 and 10 <= below.number < 60
        return evolve(made, note="ratio.or_time") if clock else made

    def ratio_of_three(self, *_: Draft) -> Draft:
        return Draft(Fraction(0), fault=RatioTermsError)

    def unit(self, product: Draft, *divisors: Unit | ScaledDivisor) -> Draft:
        if not divisors:
            return product
        unit, factor = product.unit or NO_UNIT, Fraction(1)
        for divisor in divisors:
            below = divisor.unit if isinstance(divisor, ScaledDivisor) else divisor
            if isinstance(divisor, ScaledDivisor):
                factor /= divisor.factor
            if {name for name, _ in unit.factors} & {name for name, _ in below.factors}:
                # 名/人 would cancel and leave a number of nothing.
                return evolve(product, unit=unit, fault=ContradictionError)
            if f"{unit.name}/{below.name}" in wordlists.words("columns", "either"):
                return evolve(product, unit=below, note="unit.either")
            unit = unit / below
        return evolve(product, unit=unit, factor=1 if factor == 1 else factor)

    def rate_only(self, *divisors: Unit | ScaledDivisor) -> Draft:
        return self.unit(Draft(Fraction(0)), *divisors)

    def ge_noun(self, words: Token) -> Draft:
        return Draft(Fraction(0), unit=unit_of(_GE), noun=words.removeprefix(_GE).strip())

    def product(self, *words: Token) -> Draft:
        return Draft(Fraction(0), unit=_product(words))

    def either_unit(self, first: Token, _: Token) -> Draft:
        return Draft(Fraction(0), unit=unit_of(first), note="unit.either")

    def divisor(self, *words: Token) -> Unit:
        return _product(words)

    def scaled_divisor(self, scale: Token, unit: Token) -> ScaledDivisor:
        return ScaledDivisor(unit_of(unit), numerals.scale(scale))

    def per(self, word: Token) -> Per:
        return Per(unit_of(word))

    def per_capita(self, word: Token) -> Per:
        return Per(unit_of(word.removesuffix("均")), str(word))

    def _in(self, number: Draft, name: str, after: Draft | None = None) -> Draft:
        """A number in the unit that stood before it; after it may stand 元 and what it is for."""
        unit = unit_of(name)
        if after is None or after.unit is None:
            return evolve(number, unit=unit)
        above = Unit(tuple(factor for factor in after.unit.factors if factor[1] > 0))
        if above not in (NO_UNIT, unit_of("元")):
            return evolve(number, fault=ContradictionError)
        return self.magnitude(number, evolve(after, unit=unit * (after.unit / above)))


def _product(words: tuple[Token, ...]) -> Unit:
    return reduce(mul, map(unit_of, words))


def _quotient(above: int | Fraction, below: int | Fraction) -> Draft:
    return _quotient_of(Fraction(above), Fraction(below))


def _quotient_of(above: Fraction, below: Fraction) -> Draft:
    if not below:
        return Draft(Fraction(0), fault=ReversedBoundsError)
    return Draft(above / below, is_quotient=True)
