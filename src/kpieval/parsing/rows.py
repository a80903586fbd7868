"""The row of a value: its sign, unit and name columns, and what the name says about the value."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import frozen

from kpieval import wordlists
from kpieval.errors import ReadingError
from kpieval.parsing.folding import MAX_TEXT, fold
from kpieval.parsing.hints import KEPT, hint_of
from kpieval.showing import Shown

if TYPE_CHECKING:
    from kpieval.parsing.rules import Hint

_YEAR_IN_NAME = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_BRACKETED = re.compile(r"\(([^()]*)\)\s*$")


@frozen(cache_hash=True, repr=False)
class Sense(Shown):
    """All that reading a value takes from the name of its row; ``listed`` is for 分别.

    ``has_odd_units``: 度 or 类 is not what it is elsewhere.
    """

    is_date: bool
    may_be_length: bool
    has_odd_units: bool
    speaks_of_change: bool
    listed: int
    years: tuple[int, ...]
    hint: Hint | None


@frozen(repr=False)
class Row(Shown):
    """What the caller knows about the row of a value; every part may be missing."""

    year: int | None = None
    sign: str | None = None
    unit: str | None = None
    name: str | None = None

    @property
    def is_long(self) -> bool:
        """Whether the columns hold more than a cell of a table would: nothing of it is kept."""
        return len(self.sign or "") + len(self.unit or "") + len(self.name or "") > MAX_TEXT

    @property
    def sense(self) -> Sense:
        """What the name says about the value."""
        name = self.name or ""
        return sense_of(name) if len(name) <= MAX_TEXT else sense_of.__wrapped__(name)

    @property
    def is_silent(self) -> bool:
        """Whether nothing beside the value says anything about its sign, unit or kind."""
        if self.sign or self.unit:
            return False
        sense = self.sense
        says = sense.is_date or sense.has_odd_units or sense.speaks_of_change
        return not says and sense.hint is None

    @property
    def has_sign(self) -> bool:
        """Whether the sign column holds a sign."""
        written = (self.sign or "").strip()
        return bool(written) and written not in wordlists.words("columns", "no_sign")


@lru_cache(maxsize=KEPT)
def sense_of(name: str) -> Sense:
    """What a name says about the value beside it.

    A name that says the value is a date keeps ≤7月 from being a count of months. M can mean 米
    where the name speaks of a length, or where there is no name.

    >>> sense_of("完成时间").is_date, sense_of("补助（万元）").hint.factor
    (True, 10000)
    """
    return Sense(
        is_date=wordlists.contains_any(name, "date", "names"),
        has_odd_units=wordlists.contains_any(name, "degree", "names")
        or wordlists.contains_any(name, "ranks", "graded"),
        may_be_length=not name or wordlists.contains_any(name, "length", "names"),
        speaks_of_change=any(word in name for word in wordlists.spellings("_LAST_YEAR")),
        listed=_listed(name),
        years=tuple(map(int, _YEAR_IN_NAME.findall(name))),
        hint=_bracketed(name),
    )


def _listed(name: str) -> int:
    """How many things a name lists."""
    if not any(sign in name for sign in "、，,和及与"):
        return 1 if name else 0
    *listed, last = re.split("[、，,]", name)
    # 和 joins two names only where both have a name's length: not in 及时率 or 参与率.
    return len(listed) + len(re.split(r"(?<=..)(?:以及|[和及与])(?=..)(?!时)", last))


def _bracketed(name: str) -> Hint | None:
    """The sign and unit in the brackets that end a name: （≥**人）, （%）, （万美元）."""
    try:
        bracket = _BRACKETED.search(fold(name).text)
    except ReadingError:
        return None
    return hint_of(bracket[1]) if bracket and bracket[1].strip() else None
