"""The parser's tables as a file: made when the package is built, loaded when it runs.

Building the tables takes longer than scoring a table of ten rows. The file is used only when it was
made by the same release of lark from the same grammar files; else, and in a checkout, which has
none, the tables are built in memory. A test holds the two equal.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from kpieval.parsing.beginnings import Characters, beginnings
from kpieval.parsing.scanning import LazyLexer
from kpieval.resources import grammar_dir

FILE = "parser.json"
"""The name of the file beside the grammar."""

_OF_A_RUN = ("transformer", "source_path", "_plugins")
_PAIRS = "pairs"


def of(parser: Lark) -> bytes:
    """The file of a parser that was built in memory."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    known = {one.name: beginnings(one.pattern.to_regexp()) for one in parser.terminals}
    made = {
        "fingerprint": fingerprint(),
        "beginnings": {
            name: ["not" if one.negated else "in", "".join(sorted(one.named))]
            for name, one in sorted(known.items())
        },
        "tables": _plain({"data": data, "memo": memo}),
    }
    return (json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _plain(data: Any) -> Any:
    """The tables as JSON holds them, without what belongs to one run: a place on the disk."""
    if isinstance(data, dict):
        kept = [(key, _plain(value)) for key, value in data.items() if key not in _OF_A_RUN]
        names = all(isinstance(key, str) for key, _ in kept)
        return dict(kept) if names else {_PAIRS: [list(pair) for pair in kept]}
    return [_plain(each) for each in data] if isinstance(data, list | tuple) else data


def _revived(found: dict[str, Any]) -> dict[Any, Any]:
    """A table whose keys are numbers, which JSON has as a list of pairs."""
    return dict(found[_PAIRS]) if _PAIRS in found else found


def load(transformer: Any, folder: Path) -> Lark | None:
    """The parser of the file in a folder; None where there is none that fits."""
    try:
        made = json.loads((folder / FILE).read_bytes(), object_hook=_revived)
        if made["fingerprint"] != fingerprint():
            return None
        # What Lark.load does, and a transformer: of this very release, says the fingerprint.
        parser: Lark = Lark.__new__(Lark)._load(
            made["tables"], transformer=transformer, _plugins={"ContextualLexer": LazyLexer}
        )
        lexer = parser.parser.lexer
        assert isinstance(lexer, LazyLexer)
        lexer.knows(
            {
                name: Characters(frozenset(named), way == "not")
                for name, (way, named) in made["beginnings"].items()
            }
        )
    except Exception:
        # Whatever is wrong with the file: the tables can be built.
        return None
    return parser


def fingerprint() -> str:
    """What tables depend on: the release of lark, and every grammar file."""
    found = hashlib.sha256(lark.__version__.encode())
    for path in sorted(_sources()):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _sources() -> list[Path]:
    kinds = (".lark", ".toml", ".txt")  # not the file of tables itself
    return [path for path in grammar_dir().iterdir() if path.suffix in kinds]
