"""Canonical text: the one spelling of each constraint that parses back to it."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from kpieval import exact
from kpieval.amounts import Amount
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
    Single,
    Size,
    Statement,
    YesNo,
)
from kpieval.dates import named_period
from kpieval.units import Unit, parse_unit

_CALENDAR = {"月": "月", "季度": "季度", "年": "年度"}

_BASES = {
    None: "",
    "previous_year": "同比",
    "previous_period": "环比",
    "annual_average": "年均",
    "table_year": "比本年",
}


def canonical(constraint: Constraint) -> str:
    """The canonical spelling of a constraint, which reads back to the same constraint.

    >>> from kpieval.amounts import Amount
    >>> canonical(AtMost(Amount(500, parse_unit("元/(人*天)"))))
    '≤500元/(人*天)'
    """
    if isinstance(constraint, AllOf):
        return "；".join(_single(part) for part in constraint.parts)
    return _single(constraint)


def amount(value: Amount) -> str:
    """An amount as people write it: number and unit without a blank.

    >>> amount(Amount(90, parse_unit("%")))
    '90%'
    """
    return counted(value.magnitude, value.unit)


def counted(number: exact.Number, unit: Unit) -> str:
    """A number with its unit as :func:`amount` writes it.

    >>> two_thirds = exact.from_text("2/3")
    >>> counted(two_thirds, parse_unit("月")), counted(two_thirds, parse_unit("比"))
    ('2/3个月', '2:3')
    """
    written = exact.text(number)
    if unit == parse_unit("比"):
        return written.replace("/", ":") if "/" in written else f"{written}:1"
    name = unit.name.removeprefix("1") if unit.name.startswith("1/") else unit.name
    above, slash, below = name.partition("/")
    if above in _CALENDAR:
        # 3月 would be a month of the year, 2024年 a year: the counter says that they are counted.
        name = f"个{_CALENDAR[above]}{slash}{below}"
    return f"{written}{name}"


def day(date: dt.date) -> str:
    """A civil day as people write it.

    >>> day(dt.date(2024, 12, 31))
    '2024年12月31日'
    """
    return f"{date.year}年{date.month}月{date.day}日"


def _single(constraint: Single) -> str:
    match constraint:
        case By(date=date, from_=None):
            return f"{day(date)}前"
        case By(date=date, from_=first):
            assert first is not None  # the case above took None
            return f"{named_period(first, date)}前"
        case NotBefore(date=date):
            return f"{day(date)}起"
        case During(start=start, end=end):
            return f"{day(start)}至{day(end)}"
        case Change(direction=direction, basis=basis, constraint=size):
            base = _BASES.get(basis) if basis in _BASES else f"比{basis}年"
            verb = "增长" if direction is Direction.INCREASE else "下降"
            return f"{base}{verb}{_size(size)}"
        case Level(level=word):
            return word
        case YesNo(value=value):
            return "是" if value else "否"
        case Statement(text=text):
            return text
        case _:
            return _size(constraint)


def _size(constraint: Size) -> str:
    match constraint:
        case AtLeast(value=value):
            return f"≥{amount(value)}"
        case MoreThan(value=value):
            return f">{amount(value)}"
        case AtMost(value=value):
            return f"≤{amount(value)}"
        case LessThan(value=value):
            return f"<{amount(value)}"
        case Equal(value=value):
            return f"={amount(value)}"
        case Bare(value=value):
            return amount(value)
        case About(value=value):
            return f"约{amount(value)}"
        case Between(lower=lower, upper=upper, lower_closed=True, upper_closed=True):
            return f"{amount(lower)}~{amount(upper)}"
        case Between(lower=lower, upper=upper, lower_closed=left, upper_closed=right):
            return f"{'≥' if left else '>'}{amount(lower)}且{'≤' if right else '<'}{amount(upper)}"
        case _:
            assert_never(constraint)
