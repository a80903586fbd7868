"""The page of the kept figures: every number on it comes from ``figures.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from endurance import mutants

FILE = Path(__file__).with_name("figures.json")
Figures = dict[str, Any]

HEAD = """\
# Reliability

What is checked beyond the everyday tests, and the figures of the last run of each stage. This page
is written by `make reliability` (an hour or two on two cores) or `make reliability LONG=1` (a night)
from the figures that the stages leave in `tests/endurance/figures.json`; nothing on it is typed. One
stage alone: `make reliability STAGE=fuzz`. It needs the extra `reliability`.
"""

MEANINGS = {
    "properties": "Laws that Hypothesis tries to break. Examples that ran to their end are counted.",
    "oracle": "The engine against plain Python that was written from the rules without any of its "
    "code: reading, verdict, attainment, points, totals.",
    "numerals": "Chinese numerals against cn2an: every number from 0 in its own writing, and every "
    "string of up to five numeral characters. What both accept must be the same number.",
    "shapes": "Targets that were read by their shape, without the grammar, and what the grammar makes "
    "of them: made-up texts around the numbers where something else could be meant. All fields must "
    "be the same.",
    "fuzz": "atheris, guided by coverage: any bytes are read or refused by a KpiEvalError, a reading "
    "comes back from its canonical form, no figure is lost without a note.",
    "hostile": "Texts and files made to harm, each with the wanted reading or refusal.",
    "crash": "Writers that are killed, or find the disk full or closed, leave the old file or the new "
    "one; hash seeds, time zones, locales, workers and threads change no byte.",
    "seeded": "Faults put into a copy of the tree on purpose (tests/seeded/faults.toml), and the "
    "checks that notice each.",
    "coverage": "Branches, over all tests but those of the packaging. The core must be reached "
    "wholly, every module to 98 %.",
    "mutation": "mutmut puts small faults into parsing, intervals, resolving, verdicts and scoring, one "
    "at a time. The tests of these rooms (not the laws, not the oracle) notice a fault by failing, or by "
    "hanging twice; at least 90 % must be noticed. Those that were not are listed, with the reason where "
    "somebody judged them.",
}


def kept() -> Figures:
    """The figures of the last runs, by stage."""
    found: Figures = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def keep(figures: Figures) -> None:
    """Keep the figures for the next page."""
    text = json.dumps(figures, ensure_ascii=False, indent=1, sort_keys=True)
    FILE.write_text(f"{text}\n", encoding="utf-8")


def rendered(figures: Figures) -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_section(name, figures.get(name)) for name in MEANINGS)])


def _section(name: str, found: Figures | None) -> str:
    lines = [f"## {name}", "", MEANINGS[name], ""]
    if found is None:
        return "\n".join([*lines, "Not run yet.", ""])
    lines += [f"- {line}" for line in said(name, found)]
    lines += [f"- **failed**: {_one_line(failure)}" for failure in found["failures"]]
    return "\n".join([*lines, f"- {_with(found)}", ""])


def _with(found: Figures) -> str:
    machine = found["with"]
    libraries = ", ".join(f"{name} {told}" for name, told in sorted(machine["libraries"].items()))
    at = f"; commit {machine['commit']}" if machine.get("commit") else ""
    return (
        f"{found['form']} form, {found['seconds']:,} s on {machine['cores']} cores "
        f"({machine['system']}, load {machine['load']}): Python {machine['python']}, "
        f"{libraries}{at}"
    )


def _one_line(failure: str) -> str:
    return " / ".join(failure.split("\n"))[-300:]


def said(name: str, found: Figures) -> list[str]:
    """The figures of a stage in words; a stage that broke off has only its failures."""
    try:
        return _SAID[name](found)
    except KeyError:
        return ["broke off"]


def _properties(found: Figures) -> list[str]:
    return [f"{found['laws']} laws, {found['examples']:,} examples (wanted: {found['wanted']:,})"]


def _oracle(found: Figures) -> list[str]:
    return [f"{found['pairs']:,} pairs (wanted: {found['wanted']:,})"]


def _numerals(found: Figures) -> list[str]:
    examples = {key: "; ".join(told) for key, told in found["examples"].items()}
    return [
        f"{found['numbers']:,} numbers and {found['strings']:,} strings, "
        f"{found['both']:,} of them accepted by both",
        f"accepted by kpieval alone: {found['ours']:,} ({examples['ours']})",
        f"accepted by cn2an alone: {found['theirs']:,} ({examples['theirs']})",
    ]


def _shapes(found: Figures) -> list[str]:
    return [f"{found['compared']:,} targets, {found['differ']} of them read otherwise"]


def _fuzz(found: Figures) -> list[str]:
    return [
        f"{door}: {said['runs']:,} runs in {said['seconds']:,} s, "
        f"{said['slow']} inputs that took over a second"
        for door, said in sorted(found["doors"].items())
    ]


def _suite(found: Figures) -> list[str]:
    return [f"{found['tests']:,} tests of {' and '.join(found['places'])}"]


def _seeded(found: Figures) -> list[str]:
    return [
        f"{one['room']}: {one['fault']}; noticed by {', '.join(one['noticed_by']) or 'NO CHECK'}"
        for one in found["faults"]
    ]


CI_SECONDS = 240
"""What a stage may take to be one of .ci/run, which is bounded as a whole."""


def _coverage(found: Figures) -> list[str]:
    reached = found["branches"] - found["branches_missed"]
    fits = found["seconds"] <= CI_SECONDS
    told = f"took {found['seconds']:,} s; a stage of .ci/run may take {CI_SECONDS} s"
    return [
        f"{found['percent']} % of lines and branches; {reached:,} of {found['branches']:,} branches",
        f"{found['modules']} modules, {found['core']} of them core; "
        f"{len(found['under'])} under their floor",
        *(
            f"{name} was not measured: {needs} was not there"
            for name, needs in found.get("absent", {}).items()
        ),
        f"{told}, so that it {'fits there' if fits else 'runs in make reliability alone'}",
    ]


def _mutation(found: Figures) -> list[str]:
    share, (low, high) = 100 * found["caught"] / found["tried"], found["bounds"]
    whole = found["tried"] == found["mutants"]
    told = f"{found['mutants']:,} mutants of {found['modules']} modules"
    drawn = f"{found['tried']:,} of {told}, each module in proportion, seed {found['seed']}"
    likely = f"; of all, {low} to {high} % (95 % confidence)"
    return [
        f"{found['caught']:,} of {found['tried']:,} noticed ({share:.1f} %{'' if whole else likely}): "
        f"{found['killed']:,} killed, {found['hangs']:,} hang; {found['survived']:,} survived, "
        f"{found['no_tests']:,} that no test reaches",
        f"all {told}" if whole else drawn,
        *(_escaped(one) for one in found["survivors"]),
    ]


def _escaped(one: Figures) -> str:
    function, was, now = one["function"], one["was"], one["now"]
    change = f"`{was}` became `{now}`" if now else f"without `{was}`"
    judged = mutants.reason(function, was, now) or "Not judged."
    return f"not noticed in {function}: {change}. {judged}"


_SAID = {
    "properties": _properties,
    "oracle": _oracle,
    "numerals": _numerals,
    "shapes": _shapes,
    "fuzz": _fuzz,
    "hostile": _suite,
    "crash": _suite,
    "seeded": _seeded,
    "coverage": _coverage,
    "mutation": _mutation,
}
