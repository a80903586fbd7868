"""The tables, as markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpieval.rendering import canonical
from kpieval.wire.constraints import constraint_from
from measure.corpora import FILES, Line
from measure.gold import Json
from measure.others import ASPECTS, Tally
from measure.ours import GOOD, Outcome, Result, verdicts

OUTCOMES = tuple(Outcome)
LONGEST = 70


def ours(results: Sequence[Result]) -> str:
    """All that is said about kpieval itself."""
    right, total = verdicts(results)
    parts = [summary(results)]
    for file, title in FILES.items():
        of_file = [result for result in results if result.line.file == file]
        parts += [f"### {title}: `{file}`", by_kind(of_file)]
    parts += [
        f"{total} of the cases come with an actual and with whether it satisfies the target; "
        f"{right} of {total} verdicts agree.",
        "### Every line that is misread or refused without need",
        appendix(results),
        "### Every line whose reading is not the gold's, on purpose",
        on_purpose(results),
    ]
    return "\n\n".join(parts)


def summary(results: Sequence[Result]) -> str:
    """One line a file."""
    groups = {
        f"`{file}`": [result for result in results if result.line.file == file] for file in FILES
    }
    return _counted("corpus", groups)


def by_kind(results: Sequence[Result]) -> str:
    """One line a kind of value."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.line.kind, []).append(result)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return _counted("kind", dict(ordered))


def _counted(first: str, groups: dict[str, list[Result]]) -> str:
    head = [first, "lines", *(outcome.value for outcome in OUTCOMES), "right"]
    rows = [_counts(name, results) for name, results in groups.items()]
    everything = [result for results in groups.values() for result in results]
    return table(head, [*rows, _counts("**all**", everything)])


def _counts(name: str, results: Sequence[Result]) -> list[str]:
    counts = [sum(result.outcome is outcome for result in results) for outcome in OUTCOMES]
    return [name, str(len(results)), *map(str, counts), percent(good(results), len(results))]


def good(results: Iterable[Result]) -> int:
    """How many lines are read or refused as they should be."""
    return sum(result.outcome in GOOD for result in results)


def percent(part: int, whole: int) -> str:
    """The share with one decimal, never rounded up to 100%."""
    return f"{part * 1000 // whole / 10:.1f}%" if whole else "—"


def appendix(results: Iterable[Result]) -> str:
    """The lines that are not right, the worst first."""
    bad = [result for result in results if result.outcome not in GOOD]
    bad.sort(key=lambda result: -OUTCOMES.index(result.outcome))
    rows = [
        [
            result.line.name,
            result.line.kind,
            result.line.text,
            wanted_text(result.line),
            "—" if result.found.get("error") else result.shown,
            _why(result),
        ]
        for result in bad
    ]
    return table(["line", "kind", "text", "should be", "read as", "outcome and reason"], rows)


def _why(result: Result) -> str:
    if result.found.get("error"):
        return f"{result.outcome.value}: {result.found['code']} {result.shown}"
    aspects = ", ".join(sorted(result.aspects))
    notes = ", ".join(result.notes) or "none"
    return f"{result.outcome.value}: {aspects}; notes: {notes}"


def on_purpose(results: Iterable[Result]) -> str:
    """The lines of gold_differs.jsonl with their reasons, whatever became of them."""
    rows = [
        [
            result.line.name,
            result.line.text,
            "refused" if result.found.get("error") else result.shown,
            result.line.reason,
            result.outcome.value,
        ]
        for result in results
        if result.line.reason
    ]
    return table(["line", "text", "read as", "reason", "outcome"], rows)


def wanted_text(line: Line) -> str:
    """The right reading in a few characters."""
    wanted: Json = line.wanted[0]
    if wanted.get("error"):
        return f"refused ({wanted['code']})" if "code" in wanted else "refused"
    if "actual" in wanted:
        low, high, unit = wanted["actual"]
        return f"{low if low == high else f'{low} to {high}'} {'' if unit == 'date' else unit}"
    if wanted["type"] == "change" and wanted["direction"] is None:
        return f"a change {canonical(constraint_from(wanted['constraint']))}"
    if wanted["type"] in {"statement", "level"} and len(wanted) == 1:
        return f"a {wanted['type']}"
    return canonical(constraint_from(wanted))


def others(tallies: dict[str, list[Tally]]) -> str:
    """kpieval and the other parsers on the same lines, file by file."""
    parts = []
    for file, title in FILES.items():
        rows = [
            [
                f"{tally.name} {tally.version}".strip(),
                *(f"{tally.right[key]}/{tally.total[key]}" for key in (*ASPECTS, "all")),
                f"{tally.read_from_nothing}/{tally.nothing}" if tally.nothing else "—",
            ]
            for tally in tallies[file]
        ]
        head = ["parser", *ASPECTS, "all of the value", "a value read where there is none"]
        parts += [f"### {title}: `{file}`", table(head, rows)]
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, cells))} |" for cells in lines)


def _cell(text: str) -> str:
    text = " ".join(text.replace("|", "\\|").split())
    return text if len(text) <= 2 * LONGEST else f"{text[: 2 * LONGEST]}..."
