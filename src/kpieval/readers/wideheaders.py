"""A header over several columns, as 指标值 over 90 and % -> the value that its cells make together.

A blank header right of a named one may be a part of it, or a column of remarks. What stands there
is joined where it can only be a sign or a unit; else it is a problem, unless it stands right of
the last header, where people write their remarks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from attrs import frozen

from kpieval.parsing.hints import hint_of
from kpieval.readers.columns import Columns, Role
from kpieval.readers.grid import squeeze
from kpieval.showing import Shown

_MEASURED = frozenset((Role.TARGET, Role.ACTUAL, Role.PREVIOUS, Role.SO_FAR))
_GUARDED = _MEASURED | {Role.NAME, Role.SIGN, Role.UNIT, Role.WEIGHT, Role.SCORE}


@frozen(repr=False)
class Wide(Shown):
    """A role whose header may span the columns at ``places``; ``inner``: a header follows them."""

    role: Role
    places: tuple[int, ...]
    inner: bool


@frozen(repr=False)
class Joined(Shown):
    """The cell of a role with what stands beside it: one text, or None where that is no value."""

    role: Role
    text: str | None
    written: str


def of_headers(headers: Sequence[str], columns: Columns) -> tuple[Wide, ...]:
    """The columns of values and names that have blank headers on their right."""
    found = []
    for role, place in columns.places.items():
        if role not in _GUARDED:
            continue
        places = tuple(
            takewhile(lambda at: not headers[at].strip(), range(place + 1, len(headers)))
        )
        if places:
            found.append(Wide(role, places, places[-1] + 1 < len(headers)))
    return tuple(found)


def joined(cells: Sequence[str], columns: Columns, wide: Wide) -> Joined | None:
    """What the cells of a row make under such a header; None where there is nothing beside."""
    texts = [cells[at].strip() for at in wide.places if at < len(cells)]
    own = columns.cell(cells, wide.role)
    beside = [text for text in texts if text]
    if not beside:
        return None
    parts = [own, *beside] if own else beside
    numbers = [text for text in parts if re.search(r"\d", text)]
    others = [text for text in parts if text not in numbers]
    written = " | ".join(parts)
    if wide.role in _MEASURED and own and len(numbers) == 1 and all(map(_completes, others)):
        return Joined(wide.role, "".join(parts), written)
    lost = bool(numbers) and not own
    return Joined(wide.role, None, written) if wide.inner or lost else None


def _completes(text: str) -> bool:
    """Whether a text is a sign or a unit, which completes a number beside it."""
    return hint_of(squeeze(text)) is not None
