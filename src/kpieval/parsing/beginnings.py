"""With which characters a match of a regular expression can begin.

The lexer asks it of every terminal once, so that at each place of a text only the terminals are
tried that can begin with its character. An answer may name too many characters, never too few.
"""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable
from typing import Any

from attrs import frozen

_MOST = 2000


@frozen
class Characters:
    """A set of characters, or with ``negated`` all others.

    >>> Characters(frozenset("ab")).holds("a"), ANY.holds("a")
    (True, True)
    """

    named: frozenset[str] = frozenset()
    negated: bool = False

    def holds(self, character: str) -> bool:
        """Whether the character belongs to the set."""
        return (character in self.named) is not self.negated

    def __or__(self, other: Characters) -> Characters:
        if self.negated and other.negated:
            return Characters(self.named & other.named, negated=True)
        if self.negated:
            return Characters(self.named - other.named, negated=True)
        if other.negated:
            return other | self
        return Characters(self.named | other.named)

    def __and__(self, other: Characters) -> Characters:
        return ~(~self | ~other)

    def __invert__(self) -> Characters:
        return Characters(self.named, not self.negated)


ANY = Characters(negated=True)
NONE = Characters()


def beginnings(pattern: str) -> Characters:
    """The characters that a match of the pattern, which is not empty, can begin with.

    >>> beginnings("(?!19)[0-9]+|半").holds("半"), beginnings("[^0-9]+").holds("7")
    (True, False)
    """
    parsed = parser.parse(pattern)
    if parsed.state.flags & (re_flag("IGNORECASE") | re_flag("VERBOSE")):
        return ANY
    first, _ = _of(parsed)
    return first


def re_flag(name: str) -> int:
    """The flag of ``re`` by its name, as a number."""
    return int(getattr(sre, f"SRE_FLAG_{name}"))


def _of(items: Iterable[tuple[Any, Any]]) -> tuple[Characters, bool]:
    """The beginnings of a sequence, and whether it can be empty."""
    found, limit = NONE, ANY
    for op, argument in items:
        if op is sre.ASSERT and argument[0] > 0:
            ahead, empty = _of(argument[1])
            limit = limit if empty else limit & ahead
            continue
        if op in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
            continue
        first, empty = _item(op, argument)
        found = found | (first & limit)
        if not empty:
            return found, False
    return found, True


def _item(op: Any, argument: Any) -> tuple[Characters, bool]:
    """The beginnings of one item that takes characters, and whether it can be empty."""
    if op is sre.LITERAL:
        return Characters(frozenset(chr(argument))), False
    if op is sre.NOT_LITERAL:
        return Characters(frozenset(chr(argument)), negated=True), False
    if op is sre.IN:
        return _class(argument), False
    if op is sre.SUBPATTERN:
        return _of(argument[-1])
    if op is sre.ATOMIC_GROUP:
        return _of(argument)
    if op is sre.BRANCH:
        found, empty = NONE, False
        for branch in argument[1]:
            first, may_be_empty = _of(branch)
            found, empty = found | first, empty or may_be_empty
        return found, empty
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, repeated = argument
        first, empty = _of(repeated)
        return first, empty or least == 0
    return ANY, op is not sre.ANY


def _class(members: list[tuple[Any, Any]]) -> Characters:
    """A character class; one with a category such as \\s counts as any character."""
    negated, named = False, set[str]()
    for op, argument in members:
        if op is sre.NEGATE:
            negated = True
        elif op is sre.LITERAL:
            named.add(chr(argument))
        elif op is sre.RANGE and argument[1] - argument[0] < _MOST:
            named.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return ANY
    return Characters(frozenset(named), negated)
