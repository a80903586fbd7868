"""The stages: each runs something and gives its figures; ``failures`` is empty when all went well."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from profiles import LAWS, PROFILES

from endurance import floors, mutants
from endurance.running import ROOT, Ran, cores, pytest, run

HOUR = 3600.0
Figures = dict[str, Any]
Stage = Callable[[bool], Figures]


class SkippedError(Exception):
    """A stage that cannot run here, with the reason."""


def _tests(
    arguments: list[str], seconds: float, environment: dict[str, str]
) -> tuple[Ran, Figures]:
    """Run tests; how they went, and what they counted."""
    with tempfile.TemporaryDirectory() as folder:
        counts = Path(folder, "counts.json")
        ran = pytest(arguments, seconds, {**environment, "KPIEVAL_COUNTS": str(counts)})
        counted = json.loads(counts.read_text("utf-8")) if counts.exists() else {}
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", ran.output, re.MULTILINE)
    if ran.code and not failed:
        failed = [ran.tail]
    return ran, {"counted": counted, "failures": failed, "seconds": round(ran.seconds)}


def properties(long: bool) -> Figures:
    """Every law, with as many examples as its profile wants in all."""
    name = "long" if long else "ci"
    _, found = _tests(["-m", "hypothesis", f"--hypothesis-profile={name}"], 12 * HOUR, {})
    examples = found.pop("counted").get("examples", {})
    laws = {test.partition("[")[0] for test in examples}
    figures = {
        **found,
        "profile": name,
        "laws": len(laws),
        "examples": sum(examples.values()),
        "wanted": PROFILES[name].total,
    }
    if figures["laws"] < LAWS:
        figures["failures"].append(f"{figures['laws']} laws, not {LAWS}")
    if figures["examples"] < figures["wanted"]:
        figures["failures"].append(f"{figures['examples']} examples, not {figures['wanted']}")
    return figures


def oracle(long: bool) -> Figures:
    """Texts, verdicts, attainments and scores against the oracle, pair by pair."""
    wanted = 1_000_000 if long else 100_000
    _, found = _tests(["tests/test_oracle.py"], 6 * HOUR, {"KPIEVAL_ORACLE_CASES": str(wanted)})
    pairs = sum(found.pop("counted").get("pairs", {}).values())
    if pairs < wanted:
        found["failures"].append(f"{pairs} pairs, not {wanted}")
    return {**found, "pairs": pairs, "wanted": wanted}


def of_numerals(long: bool) -> Figures:
    """Chinese numerals against cn2an; the same in both forms, for there is nothing to leave out."""
    if find_spec("cn2an") is None:
        raise SkippedError("cn2an is not installed")
    ran = run(["-m", "endurance.numerals"], HOUR)
    if ran.code:
        return {"failures": [ran.tail], "seconds": round(ran.seconds)}
    return {**json.loads(ran.output.splitlines()[-1]), "seconds": round(ran.seconds)}


def shapes(long: bool) -> Figures:
    """Targets read by their shape, each against the grammar's reading of it."""
    wanted = 1_000_000 if long else 100_000
    ran = run(["-m", "shaped", "20240601", str(wanted)], 4 * HOUR)
    if ran.code:
        return {"failures": [ran.tail], "seconds": round(ran.seconds)}
    return {**json.loads(ran.output.splitlines()[-1]), "seconds": round(ran.seconds)}


DOORS = ("text", "word", "separated")
_STATISTIC = re.compile(r"^stat::(\w+): +(\d+)", re.MULTILINE)


def fuzz(long: bool) -> Figures:
    """Each door under atheris; what is found stays in ``.fuzz``, to become a line of the corpus."""
    if find_spec("atheris") is None:
        raise SkippedError("atheris is not installed")
    seconds = 2 * 3600 if long else 60
    found: Figures = {"doors": {}, "failures": [], "seconds": 0}
    for door in DOORS:
        arguments = ["-m", "fuzz", door, "--seconds", str(seconds), "--folder", ".fuzz"]
        ran = run(arguments, seconds + 900)
        said = {name: int(count) for name, count in _STATISTIC.findall(ran.output)}
        slow = len(set(re.findall(r"findings/(slow-unit-\w+)", ran.output)))
        found["doors"][door] = {
            "runs": said.get("number_of_executed_units", 0),
            "seconds": seconds,
            "slow": slow,
        }
        found["seconds"] += round(ran.seconds)
        if ran.code:
            told = re.findall(
                r"^\w*(?:Error|Exception): .*|^ALARM.*|.*findings/\S+", ran.output, re.M
            )
            found["failures"].append(f"{door}: {'; '.join(dict.fromkeys(told)) or ran.tail}")
    return found


def hostile(long: bool) -> Figures:
    """The hostile texts and files, each within its limits of time and memory."""
    return _suite("tests/hostile")


def crash(long: bool) -> Figures:
    """Writers killed and starved at many points; the same bytes whatever the host is like."""
    return _suite("tests/reliability")


def _suite(*wanted: str) -> Figures:
    """All tests of these places, long ones too."""
    places = [place for place in wanted if (ROOT / place).exists()]
    if not places:
        raise SkippedError(f"no {' or '.join(wanted)} here")
    ran, found = _tests(["-m", "", *places], HOUR, {})
    found.pop("counted")
    return {**found, "tests": _passed(ran), "places": places}


def _passed(ran: Ran) -> int:
    told = re.findall(r"(\d+) passed", ran.output)
    return int(told[-1]) if told else 0


def seeded(long: bool) -> Figures:
    """Faults on purpose, each of which some check must notice; the same in both forms."""
    ran = run(["-m", "seeded"], 2 * HOUR)
    faults = [json.loads(line) for line in ran.output.splitlines() if line.startswith("{")]
    failures = [one["fault"] for one in faults if not one["noticed_by"]]
    if ran.code and not failures:
        failures = [ran.tail]
    return {"faults": faults, "failures": failures, "seconds": round(ran.seconds)}


def mutation(long: bool) -> Figures:
    """Faults in the engine, a sample of them or all, by mutmut."""
    if find_spec("mutmut") is None:
        raise SkippedError("mutmut is not installed")
    return mutants.measure(None if long else mutants.SHORT, 24 * HOUR)


def coverage(long: bool) -> Figures:
    """Branch coverage of all tests but those of the packaging; each module has its floor."""
    if find_spec("coverage") is None:
        raise SkippedError("coverage is not installed")
    with tempfile.TemporaryDirectory() as folder:
        environment = {"COVERAGE_FILE": str(Path(folder, "coverage"))}
        report = Path(folder, "report.json")
        tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(cores())]
        ran = run(["-m", "coverage", "run", *tests, "-m", "not packaging"], HOUR, environment)
        run(["-m", "coverage", "combine", "-q"], 600, environment)
        run(["-m", "coverage", "json", "-q", "-o", str(report)], 600, environment)
        said = json.loads(report.read_text("utf-8"))
    figures = floors.figures(said)
    if ran.code:
        figures["failures"].append(ran.tail)
    return {**figures, "seconds": round(ran.seconds)}


STAGES: dict[str, Stage] = {
    "properties": properties,
    "oracle": oracle,
    "numerals": of_numerals,
    "shapes": shapes,
    "fuzz": fuzz,
    "hostile": hostile,
    "crash": crash,
    "seeded": seeded,
    "coverage": coverage,
    "mutation": mutation,
}
