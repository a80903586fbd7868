"""Drafts: what the grammar recognised, before the year, the unit columns and the row are known.

A rule of the grammar gives a function from a :class:`Scope` to a constraint. The scope carries
what the caller knows about this one cell and collects the notes, so that a parser shared by
threads holds no state.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import gcd

from attrs import Factory, define, evolve, frozen

from kpieval import exact, wordlists
from kpieval.amounts import Amount
from kpieval.constraints import Constraint
from kpieval.dates import Period
from kpieval.errors import (
    ContradictionError,
    ImpossibleDateError,
    MissingYearError,
    NumeralError,
    ReadingError,
)
from kpieval.notes import Note
from kpieval.parsing import leftovers
from kpieval.units import NO_UNIT, Unit, parse_unit, scaled_name

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""What is as large beside 年 or 月 is a year."""


@frozen
class Draft:
    """An amount as written: its figures, the scale after them (万), and its unit if any.

    A scale in the divisor (吨/万元) is a ``factor`` below one. ``fault`` is the error that this
    spelling is, whatever surrounds it.
    """

    figures: Fraction
    factor: int | Fraction = 1
    unit: Unit | None = None
    noun: str = ""
    note: str = ""
    is_quotient: bool = False
    slashed: tuple[int, int] | None = None
    fault: type[ReadingError] | None = None

    @classmethod
    def of_unit(cls, figures: int, name: str) -> Draft:
        """A whole number of a unit that is named canonically."""
        return cls(Fraction(figures), unit=parse_unit(name))

    @property
    def number(self) -> Fraction:
        """The figures with the scale multiplied out."""
        return self.figures * self.factor


@define
class Scope:
    """What is known about one cell while it is read, and the notes made on the way."""

    source: str
    year: int | None = None
    is_actual: bool = False
    date_row: bool = False
    date_column: bool = False
    length_row: bool = True
    has_sign: bool = False
    hint: Unit | None = None
    hint_factor: int | Fraction = 1
    per: Unit | None = None
    unitless: bool = False
    bare_date: bool = False
    compared_date: bool = False
    took_year: bool = False
    hint_note: str = "unit.from_context"
    written_factors: list[int | Fraction] = Factory(list)
    notes: list[Note] = Factory(list)

    def note(self, code: str, **params: object) -> None:
        """Remember an assumption, once."""
        note = Note.of(code, **params)
        if note not in self.notes:
            self.notes.append(note)

    def amount(self, draft: Draft) -> Amount:
        """The amount of a draft, its unit taken from the context where the text has none."""
        self.written_factors.append(draft.factor)
        if draft.note == "unit.capital_m" and not self._may_be_metres():
            raise ContradictionError(self.source, what="M")
        if draft.fault is not None:
            raise draft.fault(self.source)
        if draft.note:
            self.note(draft.note)
        if draft.noun:
            leftovers.refuse_figures(self.source, draft.noun)
            self.note("reading.noun", words=draft.noun)
        number, unit = self._completed(draft)
        if unit.name == "月" and FIRST_YEAR <= draft.number < LAST_YEAR:
            # 2024.10月 is no number of months.
            raise ContradictionError(self.source, what=self.source)
        if unit.factors and unit.name not in ("%", "‰") and self._is_so_many_of(draft):
            # 12/15次 says how many of how many, as a rule, and not 0.8次.
            raise NumeralError(self.source)
        if self.per is not None:
            unit = self._divided(unit, self.per)
        return Amount(exact.number(number), unit)

    def _may_be_metres(self) -> bool:
        return self.length_row and not wordlists.contains_any(self.source, "length", "never")

    def _is_so_many_of(self, draft: Draft) -> bool:
        """Whether a/b is no amount: a target may be 2/3 of something, which no decimal is."""
        if draft.slashed is None:
            return False
        above, below = draft.slashed
        return self.is_actual or gcd(above, below) > 1 or 10**30 % below == 0

    def _divided(self, unit: Unit, per: Unit) -> Unit:
        """The unit per what was said before it; said twice (每人…元/人) it divides once."""
        written = dict(unit.factors)
        for name, power in per.factors:
            if written.get(name, 0) > 0:
                # 每个村≥1个 would cancel and leave a number of nothing.
                raise ContradictionError(self.source, what=f"{unit.name} / {per.name}")
            if written.get(name, 0) == 0:
                unit = unit / Unit(((name, power),))
        return unit

    def _completed(self, draft: Draft) -> tuple[Fraction, Unit]:
        """Number and unit, with the hint of the row where the text leaves the unit open."""
        unit = draft.unit if draft.unit is not None else NO_UNIT
        lacks_numerator = all(power < 0 for _, power in unit.factors)
        if not lacks_numerator:
            return draft.number, unit
        if draft.unit is not None and not unit.factors:
            return draft.number, unit
        self.unitless = self.unitless or not unit.factors
        if self.hint is not None and (not unit.factors or _same_divisors(unit, self.hint)):
            self._refuse_hint(draft)
            factor = 1 if draft.factor != 1 else self.hint_factor
            self.note(self.hint_note, unit=scaled_name(factor, self.hint))
            self.written_factors[-1] = factor if draft.factor == 1 else draft.factor
            return draft.number * factor, self.hint
        if draft.factor == 1 and self.hint is None and self.hint_factor != 1:
            self.note("unit.scale_only")
            return draft.number * self.hint_factor, unit
        if draft.factor != 1 or unit.factors:
            self.note("unit.scale_only")
        return draft.number, unit

    def _refuse_hint(self, draft: Draft) -> None:
        """Refuse a unit that the number cannot have: a calendar year, 1/3 of a percent."""
        assert self.hint is not None
        is_year = self.hint.name == "年" and FIRST_YEAR <= draft.number < LAST_YEAR
        is_share = draft.is_quotient and self.hint.name in ("%", "‰")
        if is_year or is_share:
            raise ContradictionError(self.source, what=f"{self.source} / {self.hint.name}")

    @property
    def written_factor(self) -> int | Fraction:
        """The scale that all amounts were written in; 1 when they differ."""
        found = set(self.written_factors)
        return found.pop() if len(found) == 1 else 1

    def resolve_year(self, year: int | None) -> int:
        """The year said, else the year of the table, else an error."""
        if year is not None:
            return year
        if self.year is None:
            raise MissingYearError(self.source)
        self.took_year = True
        return self.year

    def period(self, make: Callable[..., Period], year: int | None, *numbers: int) -> Period:
        """A period of the calendar, or an error that says that there is none."""
        resolved = self.resolve_year(year)
        try:
            return make(resolved, *numbers)
        except (ValueError, OverflowError):
            said = "-".join(str(number) for number in (resolved, *numbers))
            raise ImpossibleDateError(self.source, date=said) from None


def _same_divisors(written: Unit, hint: Unit) -> bool:
    """Whether the hint only adds the numerator to the divisors that were written (28.40/株)."""
    return written.factors == tuple(factor for factor in hint.factors if factor[1] < 0)


Reader = Callable[[Scope], Constraint]
DateReader = Callable[[Scope], Period]


def shared(lower: Draft, upper: Draft) -> tuple[Draft, Draft]:
    """The ends of a range; a unit or scale said once holds for both (10-15万元).

    A scale is shared only upwards: 5000-1万元 is no range from 5000万. But 15-10万元 is none from
    15元 either: it is reversed.
    """
    if lower.unit is None and upper.unit is not None:
        lower = evolve(lower, unit=upper.unit)
        if lower.factor == 1 and _shares_scale(lower, upper):
            lower = evolve(lower, factor=upper.factor)
    elif lower.unit is None and upper.unit is None and lower.factor == 1:
        if _shares_scale(lower, upper):
            lower = evolve(lower, factor=upper.factor)
    elif upper.unit is None and lower.unit is not None:
        upper = evolve(upper, unit=lower.unit)
    return lower, upper


def _shares_scale(lower: Draft, upper: Draft) -> bool:
    """Whether a lower end without a scale is meant in that of the upper."""
    return lower.figures <= upper.figures or lower.figures * 100 < upper.factor
