"""Cells that must hold a number, a year or a sum of money -> exact values, or a CellError."""

from __future__ import annotations

import re
from fractions import Fraction

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import excerpt, squeeze
from kpieval.tables import Place

MONEY_SCALES = {"元": 1, "千元": 1000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}
"""The units that the money of a table may be written in, as multiples of 元."""

DIRECTIONS = frozenset(
    ("正向", "反向", "负向", "逆向", "正向指标", "反向指标", "负向指标", "逆向指标")
)
"""What a 指标方向性 cell may say."""

_HALF_WIDTH = str.maketrans("０１２３４５６７８９．，－＋％", "0123456789.,-+%")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_MONEY = rf"({_NUMBER.pattern})({'|'.join(MONEY_SCALES)})?"
_YEAR = r"((?:19|20|21)[0-9]{2})(?:年|年度)?"
_PARTED = re.compile(r"[0-9.,]\s+[0-9.,]")
_LONGEST = 40


def number(text: str) -> Fraction | None:
    """The exact number of a cell such as ``95.00`` or ``1,200``; None when it is none.

    >>> number("1,200.50"), number("约5"), number("1,20"), number("1 0")
    (Fraction(2401, 2), None, None, None)
    """
    plain = _plain(text)
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        return None
    return exact.from_text(plain.replace(",", ""))


def _plain(text: str) -> str:
    """The text in half width without its blanks; one between figures stays, for 1 0 is not 10."""
    text = text.translate(_HALF_WIDTH)
    return text.strip() if _PARTED.search(text) else squeeze(text)


def is_money(text: str) -> bool:
    """Whether the cell holds a number, with or without a unit of money."""
    return re.fullmatch(_MONEY, _plain(text)) is not None


def has_unit(text: str) -> bool:
    """Whether the number in the cell carries its unit of money."""
    found = re.fullmatch(_MONEY, _plain(text))
    return found is not None and found[2] is not None


def money(text: str, unit: str, *, column: str, place: Place) -> Amount:
    """The amount in 元 of a cell in ``unit``; a unit in the cell itself comes before that.

    Raises CellError when the cell is no number or nothing says in which unit it is.
    """
    plain = _plain(text)
    found = re.fullmatch(_MONEY, plain) if len(plain) <= _LONGEST else None
    if found is None:
        raise BadCell("no_number", where=place, column=column, found=excerpt(text))
    scale = MONEY_SCALES.get(found[2] or unit)
    if scale is None:
        key = "unknown_money" if unit else "no_money_unit"
        raise BadCell(key, where=place, column=column, found=excerpt(text), unit=unit)
    value = exact.from_text(found[1].replace(",", ""))
    return Amount(exact.number(value * scale), units.parse_unit("元"))


def year(text: str, *, column: str, place: Place) -> int:
    """The year of a cell such as ``2024`` or ``2024年度``. Raises CellError for anything else."""
    found = re.fullmatch(_YEAR, _plain(text))
    if found is None:
        raise BadCell("no_year", where=place, column=column, found=excerpt(text))
    return int(found[1])


def weight(text: str, *, column: str, place: Place) -> Fraction:
    """The points of a cell such as ``22.5``, ``10分`` or ``10%`` (of 100 points).

    Raises CellError when the cell is no number; whether the number makes sense is for others.
    """
    value = number(re.sub(r"[分%％]$", "", text.strip()))
    if value is None:
        raise BadCell("no_number", where=place, column=column, found=excerpt(text))
    return value
