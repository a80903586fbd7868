"""Every way to write a constraint on an amount: signs and words before it, after it, or both."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Bare,
    Between,
    Equal,
    LessThan,
    MoreThan,
    Size,
)
from kpieval.strategies import figures, measures
from kpieval.strategies.pieces import Piece, Pieces, Role, otherwise, pick, word, words
from kpieval.units import NO_UNIT, is_duration, parse_unit

Slot = tuple[str, ...]
"""Terminals, one of whose words stands at a place."""


@frozen
class Form:
    """What stands before an amount, and what after it."""

    before: tuple[Slot, ...] = ()
    after: tuple[Slot, ...] = ()


_LEVELS = ("_REACH", "_HOLD", "_EQUAL", "_IS")

FORMS: dict[type, tuple[Form, ...]] = {
    AtLeast: (
        Form(before=(("_AT_LEAST", "_REACH"),)),
        Form(after=(("_OR_MORE",),)),
        Form(before=(("_AT_LEAST", "_REACH", "_IS"),), after=(("_OR_MORE",),)),
    ),
    MoreThan: (Form(before=(("_MORE_THAN",),)), Form(after=(("_OVER",),))),
    AtMost: (
        Form(before=(("_AT_MOST", "_HOLD"),)),
        Form(after=(("_OR_LESS",),)),
        Form(before=(("_AT_MOST", "_HOLD", "_IS"),), after=(("_OR_LESS",),)),
    ),
    LessThan: (Form(before=(("_LESS_THAN",),)), Form(after=(("_UNDER",),))),
    Equal: (Form(before=(("_EQUAL",),)),),
    Bare: (Form(), Form(before=(("_IS",),))),
    About: (
        Form(before=(("_ABOUT",),)),
        Form(after=(("_OR_SO",),)),
        Form(before=(("_ABOUT", *_LEVELS),), after=(("_OR_SO",),)),
        Form(before=(_LEVELS, ("_ABOUT",))),
    ),
}
"""The forms of each constraint on one amount, as the grammar has them; the canonical one first."""


def sizes(draw: st.DrawFn, size: Size, *, heads: bool = True, alone: bool = True) -> Pieces:
    """The constraint in one of its forms.

    ``heads``: also with 每人 before the comparator; ``alone``: no other amount is in the cell.
    """
    if isinstance(size, Between):
        return ranges(draw, size, heads)
    value = size.value
    head: Pieces = ()
    parted = measures.without_per(value) if heads else None
    said = measures.per_heads(parted[1]) if parted else ()
    if parted and said and otherwise(draw) and otherwise(draw):
        value, head = parted[0], pick(draw, said)
    form = pick(draw, FORMS[type(size)])
    before = _slots(draw, form.before)
    return (*head, *before, *measures.amounts(draw, value, alone=alone), *_slots(draw, form.after))


def _slots(draw: st.DrawFn, slots: tuple[Slot, ...]) -> Pieces:
    return tuple(word(draw, *slot) for slot in slots)


# ---- ranges -------------------------------------------------------------------------------------


@frozen
class Frame:
    """What stands before a range, between its ends, and after it."""

    before: tuple[Slot, ...] = ()
    between: Slot = ("_TO",)
    after: tuple[Slot, ...] = ()


FRAMES = (
    Frame(),
    Frame(before=(_LEVELS,)),
    Frame(before=(("_BETWEEN",),)),
    Frame(before=(("_BETWEEN",),), after=(("_AMONG",),)),
    Frame(before=(("_BETWEEN",),), between=("_SEP",), after=(("_AMONG",),)),
    Frame(after=(("_AMONG",),)),
)
_WITHIN = Frame(after=(("_OR_LESS",),))


def ranges(draw: st.DrawFn, found: Between, heads: bool) -> Pieces:
    """A range: its two ends with a sign between them, or a floor and a ceiling."""
    closed = found.lower_closed and found.upper_closed
    if not closed or otherwise(draw):
        return _band(draw, found, heads)
    around = _around(found)
    if around and otherwise(draw):
        return pick(draw, around)
    frame = pick(draw, (*FRAMES, _WITHIN) if is_duration(found.upper.unit) else FRAMES)
    before, after = _slots(draw, frame.before), _slots(draw, frame.after)
    return (*before, *_ends(draw, found, frame.between), *after)


def _ends(draw: st.DrawFn, found: Between, between: Slot) -> Pieces:
    signs = _to(found) if between == ("_TO",) else list(words(*between))
    sign = pick(draw, signs)
    tails = _shared_tails(found) if between == ("_TO",) else ()
    if tails and otherwise(draw):
        return _shared(draw, found, sign, tails)
    return (*_end(draw, found.lower), sign, *_end(draw, found.upper))


def _to(found: Between) -> list[Piece]:
    """The signs between the ends, 3~5 first; before a minus no dash, which would be another."""
    dashes = "-—" if found.upper.value < 0 else ""
    kept = [piece for piece in words("_TO") if piece.text not in dashes or not dashes]
    return sorted(kept, key=lambda piece: piece.text != "~")


def _end(draw: st.DrawFn, amount: Amount) -> Pieces:
    """An end with a unit; without one, in plain figures: a scale would be shared."""
    if amount.unit != NO_UNIT:
        return measures.amounts(draw, amount)
    return (Piece(figures.plain(amount.value), Role.FIGURES),)


def _shared_tails(found: Between) -> tuple[Pieces, ...]:
    """The forms of a unit that can be said once for both ends: 3-5万元."""
    unit, ends = found.lower.unit, (found.lower.value, found.upper.value)
    plain = [figures.plain(end) for end in ends]
    if unit != found.upper.unit or unit == parse_unit("比") or ends[0] < 0:
        return ()
    if "/" in "".join(plain) or any(map(_is_year, plain)):
        return ()
    return measures.tops(unit) if all(power > 0 for _, power in unit.factors) else ()


def _shared(draw: st.DrawFn, found: Between, sign: Piece, tails: tuple[Pieces, ...]) -> Pieces:
    """The unit, and the scale, said once: 3-5万元, 3个至5."""
    tail = pick(draw, tails)
    low, high = pick(draw, [*_scaled_alike(found.lower.value, found.upper.value)])
    ends = Piece(low, Role.FIGURES), Piece(high, Role.FIGURES)
    if tail and otherwise(draw):
        plain = (figures.plain(end.value) for end in (found.lower, found.upper))
        first, second = (Piece(text, Role.FIGURES) for text in plain)
        return (first, *tail, sign, second)
    return (ends[0], sign, ends[1], *tail)


def _scaled_alike(low: Fraction, high: Fraction) -> Iterator[tuple[str, str]]:
    """Both numbers in figures; in one scale that is said after the second, or after both."""
    yield figures.plain(low), figures.plain(high)
    by_scale = {scale: said for said, scale in figures.scaled(low)}
    for said, scale in figures.scaled(high):
        if scale in by_scale:
            yield by_scale[scale], f"{said}{scale}"
            yield f"{by_scale[scale]}{scale}", f"{said}{scale}"


def _is_year(text: str) -> bool:
    """Whether figures alone could be a year: 2000-2100个 begins as years do."""
    whole = text.partition(".")[0]
    return len(whole) == 4 and 1900 <= int(whole) < 2200


def _around(found: Between) -> list[Pieces]:
    """The middle and how far from it: 100±5克; ±5% around nothing."""
    lower, upper = found.lower, found.upper
    if lower.unit != upper.unit or lower.unit == parse_unit("比"):
        return []
    centre, spread = (lower.value + upper.value) / 2, (upper.value - lower.value) / 2
    first, second = (figures.plain(number) for number in (centre, spread))
    if not spread or "/" in first + second or not all(p > 0 for _, p in lower.unit.factors):
        return []
    ends = Piece(first, Role.FIGURES), Piece(second, Role.FIGURES)
    tails = measures.tops(lower.unit)
    made = [(ends[0], sign, ends[1], *tail) for sign in words("_PLUS_MINUS") for tail in tails]
    if not centre:
        made += [(sign, ends[1], *tail) for sign in words("_PLUS_MINUS") for tail in tails]
    return made


def _band(draw: st.DrawFn, found: Between, heads: bool) -> Pieces:
    """A floor and a ceiling, in either order: ≥3个且≤5个."""
    floor = (AtLeast if found.lower_closed else MoreThan)(found.lower)
    ceiling = (AtMost if found.upper_closed else LessThan)(found.upper)
    joins = sorted(words("_AND", "_SEP"), key=lambda piece: piece.text != "且")
    first, second = pick(draw, ((floor, ceiling), (ceiling, floor)))
    one, other = (sizes(draw, size, heads=heads, alone=False) for size in (first, second))
    return (*one, pick(draw, joins), *other)
