"""Every spelling of a constraint that the grammar allows."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import wordlists
from kpieval.amounts import Amount
from kpieval.constraints import (
    AllOf,
    By,
    Change,
    Constraint,
    Direction,
    During,
    Equal,
    Level,
    NotBefore,
    Single,
    Statement,
    YesNo,
)
from kpieval.errors import ReadingError
from kpieval.meaning import amounts_of
from kpieval.parsing import parse_target
from kpieval.rendering import canonical
from kpieval.strategies import dated
from kpieval.strategies.figures import digit_by_digit
from kpieval.strategies.pieces import Piece, Pieces, is_clear, otherwise, pick, words, written
from kpieval.strategies.sizes import sizes
from kpieval.units import NO_UNIT

_BASES = {
    "previous_year": "_LAST_YEAR",
    "previous_period": "_LAST_PERIOD",
    "annual_average": "_EACH_YEAR",
}

NOTHING = Amount(0)
"""What 零发生 says: zero of whatever the row names."""

BLANKS = ("", " ", "\u3000")

_RARELY = (False, False, False, True)


def texts(constraint: Constraint, *, year: int | None = None) -> st.SearchStrategy[str]:
    """Texts that say a constraint, in every form of the grammar; the canonical one is simplest.

    All wordings of ``wording.lark``, the spellings of the unit, figures and Chinese numerals,
    scales (万, 亿), forms of dates, ranges and changes, blanks between tokens, look-alike signs.
    With ``year``, the table's year, dates of that year may leave it out (12月底前). Words that say
    nothing about the constraint (a label, a remark) are not added.

    >>> from hypothesis import find
    >>> from kpieval import parse_target
    >>> target = parse_target("≥27000人次")
    >>> find(texts(target.constraint), lambda text: True)
    '≥27000人次'
    >>> find(texts(target.constraint), lambda text: text.startswith("≥2.7万"))
    '≥2.7万人次'
    """
    _refuse_unsaid(constraint)
    return _texts(constraint, year)


def _refuse_unsaid(constraint: Constraint) -> None:
    """Refuse a constraint that no text says: 1 个 beside 2 without a unit, prose with figures."""
    try:
        found = parse_target(canonical(constraint)).constraint
    except ReadingError as error:
        raise InvalidArgument(f"no text says {constraint!r}: {error.message('en')}") from error
    if found != constraint:
        raise InvalidArgument(f"no text says {constraint!r}: {canonical(constraint)} is {found!r}")


@st.composite
def _texts(draw: st.DrawFn, constraint: Constraint, year: int | None) -> str:
    if not draw(st.integers(0, 15)):
        return canonical(constraint)
    if isinstance(constraint, Statement):
        return f"{pick(draw, BLANKS)}{constraint.text}{pick(draw, BLANKS)}"
    pieces = _pieces(draw, constraint, year)
    return written(draw, pieces) if is_clear(pieces) else canonical(constraint)


def _pieces(draw: st.DrawFn, constraint: Constraint, year: int | None) -> Pieces:
    if isinstance(constraint, AllOf):
        sign = pick(draw, words("_SEMICOLON"))
        parts = [_single(draw, part, year, alone=False) for part in constraint.parts]
        return tuple(_parted(sign, parts))
    said = _single(draw, constraint, year)
    if isinstance(constraint, Level | YesNo):
        return said
    # What follows a number without a unit is where the unit should be.
    unitless = any(amount.unit == NO_UNIT for amount in amounts_of(constraint))
    return (*_lead(draw), *said, *(() if unitless else _stop(draw)))


def _parted(sign: Piece, parts: list[Pieces]) -> Iterator[Piece]:
    for count, part in enumerate(parts):
        yield from (sign, *part) if count else part


def _lead(draw: st.DrawFn) -> Pieces:
    """At times a word that carries nothing: 完成, 力争, 原则上."""
    return (pick(draw, words("FILLER", "PRINCIPLE")),) if pick(draw, _RARELY) else ()


def _stop(draw: st.DrawFn) -> Pieces:
    return (pick(draw, words("_STOP")),) if pick(draw, _RARELY) else ()


def _single(draw: st.DrawFn, constraint: Single, year: int | None, *, alone: bool = True) -> Pieces:
    match constraint:
        case By():
            return dated.by(draw, constraint, year)
        case NotBefore():
            return dated.not_before(draw, constraint, year)
        case During():
            return dated.during(draw, constraint, year)
        case Change():
            return _change(draw, constraint, year, alone=alone)
        case Level(level=word):
            more = pick(draw, ((), words("_OR_MORE")))
            return (Piece(word), *((pick(draw, more),) if more else ()))
        case YesNo(value=value):
            return (Piece(pick(draw, _answers(value))),)
        case Statement(text=text):
            return (Piece(text),)
        case Equal(value=value) if alone and value == NOTHING and otherwise(draw):
            return (pick(draw, words("_ZERO_OF")),)
        case _:
            return sizes(draw, constraint, alone=alone)


def _answers(value: bool) -> list[str]:
    first, key = ("是", "yes") if value else ("否", "no")
    return [first, *sorted(wordlists.words("stated", key) - {first})]


def _change(draw: st.DrawFn, change: Change, year: int | None, *, alone: bool) -> Pieces:
    terminal = "_INCREASE" if change.direction is Direction.INCREASE else "_DECREASE"
    size = sizes(draw, change.constraint, heads=False, alone=alone)
    return (*_basis(draw, change.basis, year), pick(draw, words(terminal)), *size)


def _basis(draw: st.DrawFn, basis: str | None, year: int | None) -> Pieces:
    if basis is None:
        return ()
    if basis in _BASES:
        return (pick(draw, words(_BASES[basis])),)
    than = pick(draw, words("_THAN"))
    if basis == "table_year":
        return than, pick(draw, words("_THIS_YEAR"))
    years = (f"{basis}年", f"{basis}年度", f"{digit_by_digit(int(basis))}年")
    return than, Piece(pick(draw, years))
