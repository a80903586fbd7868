"""This table against earlier ones: L17, L51."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from kpieval import exact, meaning, units
from kpieval.actuals import Measured
from kpieval.amounts import Amount
from kpieval.constraints import (
    AllOf,
    AtLeast,
    AtMost,
    Constraint,
    LessThan,
    MoreThan,
    Statement,
    Target,
)
from kpieval.errors import ReadingError
from kpieval.findings import Severity
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Past, Row, Sheet
from kpieval.meaning import Dates, Decided
from kpieval.notes import Note
from kpieval.parsing import parse_actual
from kpieval.rendering import amount as rendered
from kpieval.resolving import Open, is_money, resolve
from kpieval.units import NO_UNIT, Unit

_YEARS = 3
"""Years whose mean a target is held against."""


@frozen
class _Bound:
    """What a target asks for, in base units: at least so much, or at most."""

    value: Fraction
    floor: bool
    unit: Unit

    def looser(self, other: Fraction) -> bool:
        """Whether the target asks for less than a result that was reached before."""
        return self.value < other if self.floor else self.value > other

    def overshot(self, actual: Fraction, overshoot: Fraction) -> bool:
        """Whether a result outdoes the target by so much that the target says little."""
        if self.value <= 0 or actual <= 0:
            return False
        share = actual / self.value if self.floor else self.value / actual
        return share >= overshoot


@rule("L17", Severity.WARNING)
def below_last_year(sheet: Sheet) -> Iterator[Hit]:
    """A target asks for less than was reached before.

    What: with ``--history``: a floor below last year's actual or the mean of the last three years,
    or a last actual of ``overshoot`` times the target (130 % unless changed). For ceilings it is
    the other way round; a ceiling of money is only held against ``overshoot``, for prices move by
    themselves.
    Why: the target is too low (指标值偏低) against its own history (历史标准).

    标题：低于以前年度的实际值
    检查：给出以前年度的表（--history）时，指标值低于上年实际值或近三年平均值，或者上年实际值达到
    指标值的 ``overshoot`` 倍（默认 130%）。上限反过来比；金额上限只按 ``overshoot`` 比。
    原因：指标值偏低（历史标准）。

    Bad:
        年度 2024
        产出/数量 | 培训人数 | ≥30人 | 上年=35人

        年度 2024
        产出/数量 | 培训人数 | ≥30人 | 上年=45人

        年度 2024
        产出/质量 | 差错次数 | ≤5次 | 上年=2次

        年度 2024
        产出/成本 | 培训费用 | ≤10万元 | 上年=7万元
    Good:
        年度 2024
        产出/数量 | 培训人数 | ≥30人 | 上年=28人
        产出/质量 | 培训合格率 | ≥95% | 上年=95%
        产出/质量 | 差错次数 | ≤2次 | 上年=3次
        产出/成本 | 培训费用 | ≤10万元 | 上年=9.8万元
        产出/时效 | 完成时间 | 2024年12月底前 | 上年=2023年12月20日
    """
    for row in sheet.rows:
        bound = _bound(row)
        if bound is None:
            continue
        found = _measured(row, bound.unit, sheet.year)
        if found:
            yield from _against(row, bound, found, sheet)


def _against(row: Row, bound: _Bound, found: list[Fraction], sheet: Sheet) -> Iterator[Hit]:
    last, mean = found[0], sum(found, Fraction(0)) / len(found)
    actual = _written(last, bound.unit)
    if bound.overshot(last, sheet.config.overshoot):
        percent = exact.text(sheet.config.overshoot * 100)
        yield Hit(row, Note.of("L17.overshoot", text=row.text, actual=actual, percent=percent))
    elif not bound.floor and any(map(is_money, row.amounts)):
        return
    elif bound.looser(last):
        yield Hit(row, Note.of("L17", text=row.text, actual=actual))
    elif len(found) > 1 and bound.looser(mean):
        about = _written(mean, bound.unit)
        yield Hit(row, Note.of("L17.mean", text=row.text, mean=about, years=len(found)))


def _bound(row: Row) -> _Bound | None:
    """The floor or the ceiling of a target of one part; None for any other."""
    match row.parts:
        case (AtLeast(value=value) | MoreThan(value=value),):
            return _Bound(value.base, True, value.unit)
        case (AtMost(value=value) | LessThan(value=value),):
            return _Bound(value.base, False, value.unit)
        case _:
            return None


def _measured(row: Row, unit: Unit, year: int | None) -> list[Fraction]:
    """The actuals of the last years in base units, the latest first; none if the last is open."""
    before = [past for past in row.past if _is_before(past, year)][:_YEARS]
    found = []
    for past in before:
        value = _actual(past, unit)
        if value is None:
            break
        found.append(value)
    return found


def _is_before(past: Past, year: int | None) -> bool:
    return past.year is None or year is None or past.year < year


def _actual(past: Past, unit: Unit) -> Fraction | None:
    like = past.target if isinstance(past.target, Target) else None
    try:
        reading = parse_actual(past.actual, like=like, year=past.year).reading
    except ReadingError:
        return None
    if not isinstance(reading, Measured) or reading.about:
        return None
    if reading.unit != unit and (
        reading.unit == NO_UNIT or not units.comparable(reading.unit, unit)
    ):
        return None
    lower, upper = reading.interval.lower, reading.interval.upper
    point = lower is not None and upper is not None and lower.value == upper.value
    return lower.value if point and lower is not None else None


def _written(value: Fraction, unit: Unit) -> str:
    """An amount for people: at most two decimals."""
    return rendered(Amount(exact.number(exact.half_up(value / unit.scale, 2)), unit))


@rule("L51", Severity.ERROR)
def changed_within_the_year(sheet: Sheet) -> Iterator[Hit]:
    """A target is not that of the earlier table of the same year.

    What: with ``--history``, where the other table is of the same year, as a 目标表 beside its
    自评表: what a row asks for has changed. The same amount in another unit or with other words is
    no change.
    Why: results must be held against the targets that were approved.

    标题：同一年度的指标值被改过
    检查：另一张表（--history）是同一年度的，例如目标表和自评表：同一行要求的内容变了。只是单位或
    写法不同的不算。
    原因：应当按批复的指标值考核。

    Bad:
        年度 2024
        产出/数量 | 培训人数 | ≥20人 | 原指标=≥30人

        年度 2024
        产出/时效 | 完成时间 | 2024年12月底前 | 原指标=2024年9月底前
    Good:
        年度 2024
        产出/数量 | 培训人数 | ≥30人 | 原指标=30人
        产出/成本 | 培训费用 | ≤0.5万元 | 原指标=不超过5000元
        产出/时效 | 完成时间 | 2024年12月底前 | 原指标=12月31日前
        产出/质量 | 培训合格率 | ≥95% | 上年指标=≥90%
        产出/质量 | 档案管理 | 符合档案管理办法 | 原指标=符合档案管理办法。
        产出/时效 | 办结时间 | 12月底前完成，办结率≥90% | 原指标=办结率≥90%，12月底前完成
    """
    for row in sheet.rows:
        for past in row.past:
            if past.year is None or past.year != sheet.year or row.constraint is None:
                continue
            if isinstance(past.target, Target) and not _same(row, past.target):
                note = Note.of("L51", text=row.text, before=past.target.source)
                yield Hit(row, note, past.target.source)


def _same(row: Row, before: Target) -> bool:
    """Whether the two ask for the same, in whatever words."""
    decided = resolve(before.constraint, row.context)
    old = before.constraint if isinstance(decided, Open) else decided.constraint
    return _plain(row.constraint) == _plain(old)


def _plain(constraint: Constraint | None) -> object:
    """What a constraint allows, free of how it is written."""
    if isinstance(constraint, Decided):
        return meaning.numbers(constraint), meaning.unit(constraint).dimension
    if isinstance(constraint, Dates):
        return meaning.days(constraint)
    if isinstance(constraint, AllOf):
        return frozenset(map(_plain, constraint.parts))
    if isinstance(constraint, Statement):
        return re.sub(r"\W", "", constraint.text)
    return constraint
