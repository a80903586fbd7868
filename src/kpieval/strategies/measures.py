"""Every way to write an amount: its figures, its unit, and the signs that stand for both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache
from itertools import product

from hypothesis import strategies as st

from kpieval import units
from kpieval.amounts import Amount
from kpieval.strategies import figures
from kpieval.strategies.pieces import Piece, Pieces, Role, otherwise, pick, words
from kpieval.units import NO_UNIT, Unit, find, parse_unit

CALENDAR = ("月", "季度", "年")
"""Units that also name months and years: 3月 is March, 3个月 is three months."""

_SIGNED = {
    "美元": "_DOLLAR_SIGN",
    "欧元": "_EURO_SIGN",
    "英镑": "_POUND_SIGN",
    "%": "_PERCENT_OF",
    "‰": "_PERMILLE_OF",
    "万分率": "_PER_TEN_THOUSAND_OF",
    "ppm": "_PER_MILLION_OF",
    "十万分率": "_PER_HUNDRED_THOUSAND_OF",
}
"""The terminal whose words stand before a number and say its unit."""

_AVERAGED = "人户亩班校村台日月次"
"""What 均 may follow: 人均."""

_HALF_AFTER = r"半(?=[ ]*(?:$|以|之|内|左|[,、;。)]))"


def _sign(text: str) -> Piece:
    return Piece(text, Role.WORD)


def amounts(draw: st.DrawFn, amount: Amount, *, alone: bool = True) -> Pieces:
    """The amount in one of its forms, the canonical one first.

    ``alone``: nothing else stands in the cell. Only then may a number without a unit be 五 or
    0.97比例.
    """
    if amount.unit == parse_unit("比"):
        return tuple(pick(draw, found) for found in _ratio(amount.value))
    special = _special(amount) if alone or amount.unit != NO_UNIT else []
    # More choices than for the simple form, or failing examples would end here.
    if special and otherwise(draw) and otherwise(draw):
        return pick(draw, draw(st.sampled_from(special)))
    return (pick(draw, _figures(amount, alone)), *unit_said(draw, amount.unit))


def _figures(amount: Amount, alone: bool) -> tuple[Piece, ...]:
    """The number in every form that can stand before its unit."""
    top, bottom = _halves(amount.unit)
    said = figures.spellings(amount.value)
    if top == NO_UNIT and bottom != NO_UNIT:
        said = tuple(text for text in said if "/" not in text)  # 2/3/人 has one stroke too many
    if amount.unit == NO_UNIT and not alone:
        # Beside another part, 五 alone is a word among words.
        said = tuple(text for text in said if any(map(str.isdecimal, text)))
    return tuple(Piece(text, Role.FIGURES) for text in said)


def unit_said(draw: st.DrawFn, unit: Unit) -> Pieces:
    """The unit in one of its forms: one word, or what stands above and below the stroke."""
    top, bottom = _halves(unit)
    wholes = _words(unit) if bottom != NO_UNIT else ()
    if wholes and otherwise(draw):
        return (pick(draw, wholes),)
    return (*pick(draw, tops(top)), *pick(draw, bottoms(bottom, top)))


def _halves(unit: Unit) -> tuple[Unit, Unit]:
    """What stands above the stroke, and what below it, as a product."""
    above = tuple((name, power) for name, power in unit.factors if power > 0)
    below = tuple((name, -power) for name, power in unit.factors if power < 0)
    return Unit(above), Unit(below)


@cache
def _words_by_unit() -> dict[Unit, tuple[str, ...]]:
    """The spellings of each unit that has any, its own name first."""
    found: dict[Unit, list[str]] = {}
    for word in reversed(units.words()):
        unit = find(word)
        assert unit is not None  # words() are the words of the table
        found.setdefault(unit, []).append(word)
    return {
        unit: tuple(sorted(spelled, key=lambda word: word != unit.name))
        for unit, spelled in found.items()
    }


@cache
def _words(unit: Unit) -> tuple[Piece, ...]:
    return tuple(Piece(word, Role.UNIT) for word in _words_by_unit().get(unit, ()))


def _counted(unit: Unit) -> tuple[Piece, ...]:
    """The words that may follow a number: 3个月, not 3月."""
    found = _words(unit)
    if unit.name not in CALENDAR:
        return found
    return tuple(piece for piece in found if piece.text.startswith("个"))


def _singles(unit: Unit) -> list[Unit]:
    return [Unit(((name, 1),)) for name, power in unit.factors for _ in range(power)]


@cache
def tops(top: Unit) -> tuple[Pieces, ...]:
    """Every way to write what stands right after the number.

    >>> ["".join(piece.text for piece in found) for found in tops(parse_unit("人"))]
    ['人', '名', '位', '个人']
    """
    if top == NO_UNIT:
        return ((),)
    singles = _singles(top)
    found: list[Pieces] = [(piece,) for piece in _counted(top)]
    if len(singles) > 1:
        first, *rest = singles
        parts = [_counted(first)[:4], *(_words(unit)[:4] for unit in rest)]
        found += [
            tuple(_joined(times, row)) for times in words("_TIMES") for row in product(*parts)
        ]
    return tuple(sorted(found, key=lambda row: "".join(one.text for one in row) != top.name))


def _joined(sign: Piece, row: Iterable[Piece]) -> Iterator[Piece]:
    for count, piece in enumerate(row):
        if count:
            yield sign
        yield piece


@cache
def bottoms(bottom: Unit, top: Unit) -> tuple[Pieces, ...]:
    """Every way to write what an amount is counted per, the canonical one first.

    >>> found = bottoms(parse_unit("人*天"), parse_unit("元"))
    >>> "".join(piece.text for piece in found[0])
    '/(人*天)'
    """
    if bottom == NO_UNIT:
        return ((),)
    (stroke,), (each,) = words("_SLASH"), words("_PER")
    singles = _singles(bottom)
    rows = list(product(*(_words(unit)[:4] for unit in singles)))
    found: list[Pieces] = [(stroke, piece) for piece in _words(bottom)]
    if len(singles) > 1:
        times = [tuple(_joined(sign, row)) for sign in words("_TIMES") for row in rows]
        star = [tuple(_joined(_sign("*"), row)) for row in rows]
        found = [(stroke, _sign("("), *row, _sign(")")) for row in star] + found
        found += [(stroke, *row) for row in times]
    if len(set(singles)) == len(singles):
        found += [tuple(piece for one in row for piece in (stroke, one)) for row in rows]
        if top != NO_UNIT:
            found += [tuple(piece for one in row for piece in (each, one)) for row in rows]
    return tuple(found)


@cache
def per_heads(bottom: Unit) -> tuple[Pieces, ...]:
    """What an amount is counted per, before its comparator: 每人每天, 人均."""
    (each,) = words("_PER")
    singles = _singles(bottom)
    if len(set(singles)) != len(singles):
        return ()
    rows = product(*(_words(unit)[:4] for unit in singles))
    found: list[Pieces] = [tuple(piece for one in row for piece in (each, one)) for row in rows]
    if len(singles) == 1:
        averages = [piece.text for piece in _words(singles[0]) if piece.text in _AVERAGED]
        # 年人均 is not read as 人均.
        found += [(Piece(f"{word}均", guard=f"(?<![年月日季]){word}均"),) for word in averages]
    return tuple(found)


def without_per(amount: Amount) -> tuple[Amount, Unit] | None:
    """The amount without what it is counted per, and that; None without anything."""
    top, bottom = _halves(amount.unit)
    if NO_UNIT in (top, bottom):
        return None
    return Amount(amount.magnitude, top), bottom


def _ratio(number: Fraction) -> tuple[tuple[Piece, ...], ...]:
    """The three pieces of 3:1."""
    above, below = Fraction(number.numerator), Fraction(number.denominator)
    if "/" not in figures.plain(number):
        above, below = number, Fraction(1)
    ends = [(Piece(figures.plain(end), Role.FIGURES),) for end in (above, below)]
    return ends[0], words("_COLON"), ends[1]


def _special(amount: Amount) -> list[list[Pieces]]:
    """The forms in which the unit is not simply said after the number, kind by kind."""
    number, unit = amount.value, amount.unit
    found = [[*_signed(number, unit)], [*_halved(number, unit)]]
    if unit == parse_unit("%") and number == 100:
        found.append([(piece,) for piece in words("_WHOLE_PERCENT")])
    if unit == parse_unit("十万分率"):
        found.append([(_plain(number), piece) for piece in words("_PER_HUNDRED_THOUSAND")])
    if unit == NO_UNIT:
        found.append([(_plain(number), piece) for piece in words("_SHARE")])
    return [forms for forms in found if forms]


def _plain(number: Fraction) -> Piece:
    return Piece(figures.plain(number), Role.FIGURES)


def _signed(number: Fraction, unit: Unit) -> Iterator[Pieces]:
    """百分之九十, ¥3万, $3."""
    if number < 0:
        return
    top, bottom = _halves(unit)
    said = [Piece(text, Role.FIGURES) for text in figures.spellings(number) if "/" not in text]
    if top == parse_unit("元"):
        yield from (
            (sign, one, *rest)
            for sign in words("_YUAN_SIGN")
            for one in said
            for rest in bottoms(bottom, NO_UNIT)[:4]
        )
    for name, terminal in _SIGNED.items():
        if unit == parse_unit(name):
            yield from ((sign, one) for sign in words(terminal) for one in said)


def _halved(number: Fraction, unit: Unit) -> Iterator[Pieces]:
    """半年, 三年半, 两个半月."""
    half = Fraction(1, 2)
    rows = tops(unit) if _halves(unit)[1] == NO_UNIT and unit != NO_UNIT else ()
    if number == half:
        yield from ((Piece("半", Role.FIGURES), *row) for row in rows)
    if number <= half or (number - half).denominator != 1:
        return
    wholes = [Piece(text, Role.FIGURES) for text in _without_scale(number - half)]
    for whole in wholes:
        yield from ((whole, *row, Piece("半", guard=_HALF_AFTER)) for row in rows)
        yield from ((whole, sign, piece) for sign in words("_AND_A_HALF") for piece in _words(unit))


def _without_scale(number: Fraction) -> tuple[str, ...]:
    plain = figures.plain(number)
    return (plain,) if number >= 10_000 else (plain, figures.chinese(number))
