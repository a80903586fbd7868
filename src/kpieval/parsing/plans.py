"""Actuals that speak of a plan: what was aimed at was not measured.

Which words speak of a plan stands in ``grammar/context.toml`` under ``planned``.
"""

from __future__ import annotations

import re
from functools import cache

from kpieval import wordlists
from kpieval.errors import PlannedActualError
from kpieval.parsing.leftovers import blanked
from kpieval.parsing.tries import any_of


def refuse(source: str, lead: str, remainder: tuple[str, ...]) -> None:
    """Refuse a value of which the words before it, or those after it alone, make a plan.

    >>> refuse("供应5次", "供应", ())
    >>> refuse("应完成5次", "应完成", ())
    Traceback (most recent call last):
    kpieval.errors.PlannedActualError: ...
    """
    for words in (lead, *remainder):
        found = _plan().search(blanked(words, "planned"))
        if found is None or (words is not lead and found[0] != words):
            continue
        start = max(source.find(words), 0) + found.start()
        raise PlannedActualError(source, (start, start + len(found[0])))


def refuse_bounds(source: str, folded: str) -> None:
    """Refuse a comparator that says what ought to be (不得超过), not what is (不超过).

    >>> refuse_bounds("不超过3次", "不超过3次")
    """
    found = _bounds().search(folded)
    if found is not None:
        raise PlannedActualError(source, found.span())


@cache
def _plan() -> re.Pattern[str]:
    """A word of a plan, behind which only words stand that carry nothing."""
    before, anywhere = wordlists.words("planned", "before"), wordlists.words("planned", "anywhere")
    nothing = any_of(set(wordlists.spellings("FILLER")) - before - anywhere)
    return re.compile(f"{any_of(anywhere)}|{any_of(before)}(?=(?:{nothing})*$)")


@cache
def _bounds() -> re.Pattern[str]:
    ought = tuple(wordlists.words("planned", "ought"))
    spelled = [*wordlists.spellings("_AT_LEAST"), *wordlists.spellings("_AT_MOST")]
    return re.compile(any_of(word for word in spelled if word.startswith(ought)))
