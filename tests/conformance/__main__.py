"""``python -m conformance``: check kpieval, or the answers of another implementation.

``--answers FILE`` takes JSON Lines, an object a line with ``id`` and the keys that it answers; the
lines that kpieval is known to differ on are then checked like all others. Exit code 1 when any
line differs or has no answer.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from conformance.corpus import KNOWN, LEVELS, Difference, Line, differences, files, lines, read

Check = Callable[[Line], list[Difference]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what passes and what fails, file by file; 1 when anything failed."""
    options = _options(arguments)
    check = _check(options.answers, options.level)
    names = files() if options.answers is None else (*files(), KNOWN)
    failed = sum([_report(name, check) for name in names])
    if options.answers is None:
        print(f"{KNOWN}: {len(lines(KNOWN))} lines, known to differ, not counted")
    return 1 if failed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    parser.add_argument("--answers", type=Path, metavar="FILE", help="answers to check")
    parser.add_argument("--level", choices=LEVELS, default="score", help="how far to check")
    return parser.parse_args(arguments)


def _check(answers: Path | None, level: str) -> Check:
    if answers is None:
        # Only here: the answers of others are checked without kpieval.
        from conformance.runner import checked

        return lambda line: checked(line, level)
    given = {answer["id"]: answer for answer in read(answers)}
    return lambda line: differences(line, given.get(line["id"], {}), level)


def _report(name: str, check: Check) -> int:
    """Check a file and print how it went; the number of lines that differ."""
    found = {line["id"]: check(line) for line in lines(name)}
    failed = {identity: differing for identity, differing in found.items() if differing}
    print(f"{name}: {len(found) - len(failed)} of {len(found)} pass")
    for identity, differing in failed.items():
        for key, expected, got in differing:
            print(f"  {identity} {key}: expected {_shown(expected)}, found {_shown(got)}")
    return len(failed)


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(main())
