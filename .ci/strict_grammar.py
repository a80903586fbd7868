"""Build the grammar with lark's strict mode, which needs interegular and takes seconds.

Without it lark settles shift/reduce conflicts and colliding terminals silently. Run in an
environment of its own: interegular slows every build where it can be imported.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from lark import Lark
from lark.exceptions import GrammarError, LexError

from kpieval.parsing.language import STARTS, grammar
from kpieval.resources import grammar_dir

OPTIONS: dict[str, Any] = {"parser": "lalr", "lexer": "contextual", "strict": True}
CONFLICT = "start: x A\nx: A |\nA: /a/\n"
COLLISION = "start: A | B\nA: /[ab]c/\nB: /a[cd]/\n"


def refuses(text: str) -> bool:
    """Whether strict mode refuses a grammar."""
    try:
        Lark(text, **OPTIONS)
    except (GrammarError, LexError):
        return True
    return False


def main() -> int:
    """Check the check, then the grammar."""
    for name, text in {"a conflict": CONFLICT, "a collision": COLLISION}.items():
        if not refuses(text):
            print(f"strict mode lets {name} pass: the check proves nothing")
            return 1
    started = time.perf_counter()
    try:
        parser = Lark(
            grammar(),
            start=STARTS,
            maybe_placeholders=False,
            source_path=str(grammar_dir() / "target.lark"),
            **OPTIONS,
        )
    except (GrammarError, LexError) as error:
        print(f"the grammar is not strict: {error}")
        return 1
    seconds = time.perf_counter() - started
    print(f"{len(parser.rules)} rules, {len(parser.terminals)} terminals, {seconds:.1f} s: strict")
    return 0


if __name__ == "__main__":
    sys.exit(main())
