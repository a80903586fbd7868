"""``python -m measure``: print the tables, or write them into a document between its markers."""

from __future__ import annotations

import argparse
import platform
import re
from pathlib import Path

from measure import others, ours, tables
from measure.corpora import FILES, all_lines


def main() -> None:
    """Measure kpieval, and the other parsers that are installed."""
    parser = argparse.ArgumentParser(prog="measure", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write between its markers")
    parser.add_argument("--ours", action="store_true", help="leave the other parsers out")
    options = parser.parse_args()
    results = ours.measured(all_lines())
    sections = {"ours": tables.ours(results)}
    if not options.ours:
        sections |= _of_others(results)
    if options.write is None:
        print("\n\n".join(sections.values()))
        return
    text = options.write.read_text(encoding="utf-8")
    for name, section in sections.items():
        text = replaced(text, name, section)
    options.write.write_text(text, encoding="utf-8")
    print(tables.summary(results))


def _of_others(results: list[ours.Result]) -> dict[str, str]:
    """The section on the other parsers; none without any, so that a written one stays."""
    found, skipped = others.readers()
    for name, reason in skipped.items():
        print(f"skipped: {name} ({reason})")
    if set(found) <= {"pint"}:
        print("only pint is installed: the comparison is left as it was")
        return {}
    tallies = {}
    for file in FILES:
        of_file = [result for result in results if result.line.file == file]
        tallies[file] = [
            others.tally_ours(of_file),
            *(others.tally_of(name, read, of_file) for name, read in found.items()),
        ]
    left_out = "".join(f" Skipped: {name} ({reason})." for name, reason in skipped.items())
    where = f"Run on CPython {platform.python_version()}.{left_out}"
    return {"others": f"{where}\n\n{tables.others(tallies)}"}


def replaced(text: str, name: str, section: str) -> str:
    """The text with what stands between the markers of a section replaced."""
    pattern = re.compile(f"(<!-- measured: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"no markers for {name!r}")
    return pattern.sub(lambda found: f"{found[1]}\n{section}\n\n{found[2]}", text)


def between_markers(text: str, name: str) -> str:
    """What stands between the markers of a section."""
    found = re.search(
        f"<!-- measured: {name} -->\n\n(.*?)\n\n<!-- end: {name} -->", text, re.DOTALL
    )
    if found is None:
        raise SystemExit(f"no markers for {name!r}")
    return found[1]


if __name__ == "__main__":
    main()
