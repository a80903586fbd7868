"""How long other parsers take for the same values, each on the values that it answers.

``PYTHONPATH=src:tests python tests/benchmarks/bench_peers.py [--json FILE]`` with whatever of
tests/measure/peers.txt is installed; the rest is named as skipped. Before anything is timed kpieval
must give the readings that the corpus has, and of each other parser the answers with the right
number and unit are counted: none gives comparator, bound and unit together. A parser that answers
nothing gets no figure. Both sides run by turns, on the published values alone.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from measure.others import Facts, facts_of, quiet, readers, right
from timing import ROOT, arguments, circumstances, compared, interleaved, line, report

from kpieval import parse_target, to_wire

YEAR = 2024
CORPUS = ROOT / "tests" / "corpus" / "tianjin-2024.jsonl"
BY_HAND = "pint after replacing by hand"
GOALS = {BY_HAND: 2.5, "quantulum3": 12.0}
_SIGNS = re.compile("[≥≤><=]")
_WORDS = {
    "万元": " * 10000 * yuan", "元": " * yuan", "%": " * percentage", "人天": " * person * day",
    "小时": " * hour", "天": " * day", "人": " * person",
}  # fmt: skip

Read = Callable[[str], object]


def values() -> list[dict[str, Any]]:
    """The published values, each once."""
    lines = map(json.loads, CORPUS.read_text("utf-8").splitlines())
    return list({line["text"]: line for line in lines}.values())


def ours(text: str) -> object:
    """The whole reading: constraint, canonical text, notes."""
    return parse_target(text, year=YEAR)


def pint_by_hand() -> Read:
    """What a script does: signs dropped, words put for units, the rest for pint to read."""
    import pint

    units: Any = pint.UnitRegistry(non_int_type=Decimal)
    for definition in ("yuan = [money]", "person = [people]", "percentage = 0.01"):
        units.define(definition)

    def read(text: str) -> object:
        plain = _SIGNS.sub("", text)
        for word, written in _WORDS.items():
            if plain.endswith(word):
                return units.Quantity(plain.removesuffix(word) + written)
        raise ValueError(text)

    return read


def check(lines: Sequence[dict[str, Any]]) -> None:
    """kpieval reads every value as the corpus says."""
    for one in lines:
        found = to_wire(parse_target(one["text"], year=YEAR).constraint)
        if found != one["constraint"]:
            raise SystemExit(f"{one['text']}: {found}: nothing is timed")


def answered(read: Read, lines: Sequence[dict[str, Any]]) -> list[str]:
    """The values for which a parser says anything."""
    found = []
    for one in lines:
        with quiet(), contextlib.suppress(Exception):
            if read(one["text"]) not in (None, Facts()):
                found.append(one["text"])
    return found


def rightly(read: Callable[[str, int], Facts], lines: Sequence[dict[str, Any]]) -> int:
    """The values of which a parser says all that they hold: number, unit, comparator, day."""
    count = 0
    for one in lines:
        found = Facts()
        with quiet(), contextlib.suppress(Exception):
            found = read(one["text"], YEAR)
        judged = right(facts_of(one["constraint"], one["text"]), found)
        count += bool(judged) and all(judged.values())
    return count


def each(read: Read, texts: Sequence[str]) -> Callable[[], None]:
    """All the texts, some times over."""

    def run() -> None:
        for _ in range(5):
            for text in texts:
                read(text)

    return run


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    options = arguments(__doc__, rounds=(int, 5, "turns"))
    lines = values()
    check(lines)
    found: dict[str, Any] = {"lines": [], "peers": {}, "values": len(lines)}
    others, found["skipped"] = readers()
    sides: dict[str, Read] = {BY_HAND: pint_by_hand()}
    sides |= {name: lambda text, read=it: read(text, YEAR) for name, it in others.items()}  # type: ignore[misc]
    found["circumstances"] = circumstances("lark", "pint", *others)
    for name, read in sides.items():
        texts = answered(read, lines)
        known = {
            "answers": len(texts),
            "right": None if name == BY_HAND else rightly(others[name], lines),
        }
        if texts:
            with quiet():
                samples = interleaved(
                    {"kpieval": each(ours, texts), name: each(read, texts)}, options.rounds
                )
            known |= compared(samples, "kpieval")
            ratio, goal = known["ratios"][name]["of CPU"], GOALS.get(name)
            said = f"kpieval ({len(texts)} of {len(lines)} values)"
            wanted = "(to compare)" if goal is None else f">= {goal:g}"
            found["lines"].append(
                line("G4", name, said, ratio, wanted, goal is None or ratio >= goal)
            )
        found["peers"][name] = known
    for name, why in found["skipped"].items():
        print(f"skipped: {name}: {why}")
    report(found, options.json)


if __name__ == "__main__":
    main()
