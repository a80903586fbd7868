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

from kpieval.parsing.language import STARTS, grammar
from kpieval.resources import grammar_dir

OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "strict": True}

UNCOMPARED = ["CN_NUMBER", "EVENT", "GE_NOUN", "LABEL", "LEVEL", "REMAINDER", "TRAILER"]
"""Terminals that interegular cannot take (they look ahead past their own end) or takes minutes
for. In the comparison alone, a sign of no meaning stands for each; the rules are checked whole."""

CONFLICT = "start: x A\nx: A |\nA: /a/\n"
COLLISION = "start: A | B\nA: /[ab]c/\nB: /a[cd]/\n"


def refuses(text: str) -> bool:
    """Whether strict mode refuses a grammar."""
    try:
        Lark(text, **OPTIONS)
    except (GrammarError, LexError):
        return True
    return False


def comparable(text: str) -> str:
    """The grammar with a stand-in for every terminal that cannot be compared."""
    for number, name in enumerate(UNCOMPARED):
        line = re.compile(rf"^({name}(?:\.-?\d+)?:).*$", re.MULTILINE)
        text, count = line.subn(rf"\g<1> /{chr(0xE000 + number)}/", text)
        if count != 1:
            raise SystemExit(f"{name} has {count} lines in the grammar, one was expected")
    return text


def build(**options: bool) -> Lark:
    """The parser of the grammar, with stand-ins."""
    return Lark(
        comparable(grammar()),
        start=STARTS,
        maybe_placeholders=False,
        source_path=str(grammar_dir() / "target.lark"),
        **{**OPTIONS, **options},
    )


def faults() -> list[str]:
    """All conflicts and collisions (of these, lark shows eight), where strict mode stops at one."""
    logger.addHandler(seen := Kept())
    logger.setLevel(logging.DEBUG)
    build(strict=False, debug=True)
    return [said for said in seen.said if "onflict" in said or "ollision" in said]


def main() -> int:
    """Check the check, then the grammar."""
    for name, text in {"a conflict": CONFLICT, "a collision": COLLISION}.items():
        if not refuses(text):
            print(f"strict mode lets {name} pass: the check proves nothing")
            return 1
    # What interegular cannot take, it only logs; nothing may go uncompared unnoticed.
    logging.getLogger("interegular").addHandler(unseen := Kept())
    started = time.perf_counter()
    try:
        parser = build()
    except (GrammarError, LexError) as error:
        print(f"the grammar is not strict: {error}")
        for fault in faults():
            print(fault)
        return 1
    seconds = time.perf_counter() - started
    compared = len(parser.terminals) - len(UNCOMPARED)
    print(f"strict: {len(parser.rules)} rules, {compared} terminals compared, in {seconds:.0f} s")
    print(f"not compared: {', '.join(UNCOMPARED)}")
    for said in unseen.said:
        print(f"not compared either: {said}")
    return 1 if unseen.said else 0


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.said.append(record.getMessage())


if __name__ == "__main__":
    sys.exit(main())
