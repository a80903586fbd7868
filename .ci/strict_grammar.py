"""Build the grammar with lark's strict mode, which needs interegular and takes seconds.

Without it lark settles shift/reduce conflicts and colliding terminals silently. Run in an
environment of its own: interegular slows every build where it can be imported.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from typing import Any

from lark import Lark, logger
from lark.exceptions import GrammarError, LexError

from kpieval import units
from kpieval.parsing.language import STARTS, grammar
from kpieval.resources import grammar_dir

OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "strict": True}

WORDS = "UNIT"
"""A terminal of words alone: interegular takes minutes for it, trying each word takes none."""

UNCOMPARED = [
    *("CN_NUMBER", "CN_FRACTION", "DAY_ALONE", "EVENT", "FRACTION", "GE_NOUN", "HALF", "HALF_MORE"),
    *("LABEL", "LEVEL", "NUMBER", "REMAINDER", "SCALE", "TRAILER", "VAGUE", "YEAR_SPAN"),
]
"""Terminals that interegular cannot take (they look ahead past their own end) or takes minutes
for. In the comparison alone, a sign of no meaning stands for each; the rules are checked whole."""

CONFLICT = "start: x A\nx: A |\nA: /a/\n"
COLLISION = "start: A | B\nA: /[ab]c/\nB: /a[cd]/\n"


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.said.append(record.getMessage())


def refuses(text: str) -> bool:
    """Whether strict mode refuses a grammar."""
    try:
        Lark(text, **OPTIONS)
    except (GrammarError, LexError):
        return True
    return False


def comparable(text: str) -> str:
    """The grammar with a stand-in for every terminal that lark cannot compare."""
    for number, name in enumerate([WORDS, *UNCOMPARED]):
        line = re.compile(rf"^({name}(?:\.-?\d+)?:).*$", re.MULTILINE)
        text, count = line.subn(rf"\g<1> /{chr(0xE000 + number)}/", text)
        if count != 1:
            raise SystemExit(f"{name} has {count} lines in the grammar, one was expected")
    return text


def build(text: str, **options: bool) -> Lark:
    """The parser of a form of the grammar."""
    return Lark(
        text,
        start=STARTS,
        maybe_placeholders=False,
        source_path=str(grammar_dir() / "target.lark"),
        **{**OPTIONS, **options},
    )


def faults(text: str) -> list[str]:
    """All conflicts and collisions (of these, lark shows eight), where strict mode stops at one."""
    logger.addHandler(seen := Kept())
    logger.setLevel(logging.DEBUG)
    build(text, strict=False, debug=True)
    return [said for said in seen.said if said.startswith(("Shift/Reduce", " * <", "Collision"))]


def shared_words(parser: Lark, words: tuple[str, ...]) -> list[str]:
    """The words that another terminal of the same priority takes too, in one parser state."""
    rivals = {
        rival
        for lexer in parser.parser.lexer.lexers.values()
        for unit in lexer.terminals
        if unit.name == WORDS
        for rival in lexer.terminals
        if rival.priority == unit.priority and rival.name not in (WORDS, *UNCOMPARED)
    }
    return sorted(
        f"{WORDS} and {rival.name} both take {word}"
        for rival in rivals
        for word in words
        if re.fullmatch(rival.pattern.to_regexp(), word)
    )


def main() -> int:
    """Check the check, then the grammar; print every fault."""
    for name, text in {"a conflict": CONFLICT, "a collision": COLLISION}.items():
        if not refuses(text):
            print(f"strict mode lets {name} pass: the check proves nothing")
            return 1
    # What interegular cannot take, it only logs; nothing may go uncompared unnoticed.
    logging.getLogger("interegular").addHandler(unseen := Kept())
    started = time.perf_counter()
    text = comparable(grammar())
    found = []
    try:
        parser = build(text)
    except (GrammarError, LexError):
        found = faults(text)
        parser = build(text, strict=False)
    found += shared_words(parser, tuple(units.words()))
    found += [f"not compared: {said}" for said in unseen.said]
    seconds = time.perf_counter() - started
    print(f"{len(parser.rules)} rules, {len(parser.terminals)} terminals, {seconds:.0f} s")
    print(f"not compared by lark: {', '.join(UNCOMPARED)}")
    for fault in found:
        print(f"fault: {fault}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
