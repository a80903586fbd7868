"""The corpus itself, kpieval against it, and the command that checks both."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from conformance import __main__ as command
from conformance import corpus
from conformance.corpus import HERE, KNOWN, Difference, Line
from conformance.runner import answered
from kpieval import messages, schemas
from kpieval.wire.constraints import CONSTRAINT_TYPES
from kpieval.wire.verdicts import VERDICT_TYPES

ROOT = HERE.parents[1]
SRC = ROOT / "src" / "kpieval"

NOT_IN_ONE_LINE = {
    "weights.": "weights are shared out among the rows of a project",
    "execution.": "the execution rate belongs to a project",
    "flag.": "a flag compares a project's score with its spending",
    "policy.": "said once of a project",
    "step.over_ladder": "the ladder for over-completion stands in the user's own policy file",
    "deduction.": "the column 扣减分数 of a table",
    "KP213": "the column 扣减分数 of a table",
    "KP210": "a policy file is checked before anything is scored",
    "KP211": "a policy file is checked before anything is scored",
    "KP212": "a policy file is checked before anything is scored",
    "KP215": "the lint looks at the targets of a whole table",
    "KP216": "a configuration file is checked before anything is done",
    "KP217": "a policy file is checked before anything is scored",
    "L": "the lint looks at the targets of a whole table",
    "A": "an audit is of a whole table",
    "attainment.too_long": "numbers too long for the columns of a record batch",
    "audit.": "an audit is of a whole table",
    "monitor.": "a row is monitored before the year is over",
    "overview.": "the overview of many projects says it of rows that wait",
    "input.": "files are given on the command line",
    "matching.": "actuals find their rows in a table",
    "table.": "a file is read before there are rows",
    "word.": "a file is read before there are rows",
    "KP201": "weights of several rows",
    "KP214": "weights of several rows",
    "KP202": "weights of several rows",
    "KP203": "a weight is checked among the weights of its project",
    "KP205": "the policy is named by whoever runs the program",
    "KP206": "actuals find their rows in a table",
    "KP207": "actuals find their rows in a table",
    "KP208": "weights are shared out among the rows of a project",
    "KP209": "the execution rate belongs to a project",
    "KP3": "files",
}
"""Codes, or the beginnings of codes, that no single row can reach, and why."""


def all_lines() -> list[Line]:
    return [line for name in (*corpus.files(), KNOWN) for line in corpus.lines(name)]


def passing() -> list[Line]:
    return [line for name in corpus.files() for line in corpus.lines(name)]


@cache
def found(name: str) -> dict[str, list[Difference]]:
    """The differences of kpieval by the id of the line."""
    return {line["id"]: corpus.differences(line, answered(line)) for line in corpus.lines(name)}


# --- kpieval against the corpus ------------------------------------------------------------------


@pytest.mark.parametrize("name", corpus.files())
def test_kpieval_answers_as_the_file_expects(name: str) -> None:
    assert {key: differing for key, differing in found(name).items() if differing} == {}


@pytest.mark.parametrize("line", corpus.lines(KNOWN), ids=lambda line: line["id"])
def test_a_line_known_to_differ_still_does(line: Line) -> None:
    assert found(KNOWN)[line["id"]], "it agrees now: move it into the file of its topic"


# --- the corpus itself ---------------------------------------------------------------------------


def test_every_line_fits_the_schema() -> None:
    schema = json.loads((HERE / "case.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    faults = [
        (line["id"], error.message) for line in all_lines() for error in validator.iter_errors(line)
    ]
    assert faults == []


def test_the_schema_refuses_what_is_no_line() -> None:
    schema = json.loads((HERE / "case.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    good = next(line for line in passing() if "weight" in line and line["verdict"] == "met")
    assert validator.is_valid(good)
    spoilt = [
        {**good, "error": "KP101"},
        {**good, "constraint": None},
        {**good, "reason": "actual.prose"},
        {**good, "verdict": "undetermined"},
        {**good, "score": {"low": "1e1", "high": "10"}},
        {**good, "weight": 10},
        {**good, "extra": 1},
        {key: value for key, value in good.items() if key != "attainment"},
        {key: value for key, value in good.items() if key != "policy"},
        {key: value for key, value in good.items() if key != "actual"},
    ]
    assert [line for line in spoilt if validator.is_valid(line)] == []


def test_the_schema_has_the_constraints_of_the_package() -> None:
    own = json.loads((HERE / "case.schema.json").read_text(encoding="utf-8"))["$defs"]
    # The same definitions, side by side: the line's schema stands alone, without names of its own.
    text = json.dumps(schemas.load("constraint")).replace("urn:kpieval:1:common#", "#")
    package = json.loads(text)
    common = package["$defs"].pop("common")["$defs"]
    assert own.pop("constraint")["oneOf"] == package["oneOf"]
    assert own == {**common, **package["$defs"]}


def test_ids_are_unique_and_name_their_file() -> None:
    counted = Counter(line["id"] for line in all_lines())
    assert [key for key, count in counted.items() if count > 1] == []
    for name in corpus.files():
        assert {line["id"].rpartition("-")[0] for line in corpus.lines(name)} == {Path(name).stem}
    topics = {Path(name).stem for name in corpus.files()}
    assert {line["id"].rpartition("-")[0] for line in corpus.lines(KNOWN)} <= topics


def test_no_row_is_there_twice() -> None:
    rows = (
        (line["text"], json.dumps(line.get("context"), sort_keys=True), line.get("actual", ...))
        for line in all_lines()
    )
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_only_the_known_list_says_what_kpieval_gives() -> None:
    assert [line["id"] for line in passing() if "differs" in line] == []
    assert all(line["differs"] and line["why"] for line in corpus.lines(KNOWN))


def test_reasons_are_short_sentences_in_english() -> None:
    reasons = [line["why"] for line in all_lines() if "why" in line]
    assert len(reasons) >= 300
    assert [why for why in reasons if not 6 <= len(why) <= 120 or why.endswith(".")] == []


# --- the floors ----------------------------------------------------------------------------------


def test_the_corpus_is_large_and_refuses_much() -> None:
    assert len(passing()) >= 1400
    refused = sum(line["error"] is not None for line in passing())
    assert refused * 5 >= len(passing())


def test_every_type_meets_every_verdict() -> None:
    pairs = {
        (line["constraint"]["type"], line["verdict"])
        for line in passing()
        if "verdict" in line and line["constraint"]
    }
    assert {(kind, verdict) for kind in CONSTRAINT_TYPES for verdict in VERDICT_TYPES} == pairs


def used_notes() -> set[str]:
    keys = ("notes", "actual_notes", "evaluation_notes", "steps")
    said = {code for line in passing() for key in keys for code in line.get(key, ())}
    return said | {line["reason"] for line in passing() if line.get("reason")}


def used_errors() -> set[str]:
    keys = ("error", "actual_error", "decision_error")
    return {line[key] for line in passing() for key in keys if line.get(key)}


def reachable(codes: tuple[str, ...]) -> set[str]:
    return {code for code in codes if not code.startswith(tuple(NOT_IN_ONE_LINE))}


def test_every_note_that_a_row_can_have_is_there() -> None:
    assert used_notes() == reachable(tuple(messages.codes("note")))


def test_every_error_that_a_row_can_have_is_there() -> None:
    assert used_errors() == reachable(tuple(messages.codes("error")))


def test_every_refusal_has_several_lines() -> None:
    keys = ("error", "actual_error")
    counted = Counter(line[key] for line in passing() for key in keys if line.get(key))
    assert {code for code in used_errors() if code.startswith("KP1")} == set(counted)
    assert min(counted.values()) >= 5


def stated_reasons() -> Iterator[str]:
    """The codes that the code itself gives as the reason of an undetermined verdict."""
    pattern = re.compile(r"(?:Undetermined|Open)\((?:[^\"\n]*,)?\s*Note\.of\(\s*\"([a-z_.]+)\"")
    for path in SRC.glob("*.py"):
        yield from pattern.findall(path.read_text(encoding="utf-8"))


def test_every_reason_for_an_undetermined_verdict_is_there() -> None:
    stated = set(stated_reasons())
    assert len(stated) >= 15
    assert stated - {line["reason"] for line in passing() if line.get("reason")} == set()


def test_the_exceptions_are_codes_and_told_in_the_readme() -> None:
    codes = {*messages.codes("note"), *messages.codes("error")}
    told = (HERE / "README.md").read_text(encoding="utf-8")
    for beginning in NOT_IN_ONE_LINE:
        assert any(code.startswith(beginning) for code in codes), beginning
        assert f"`{beginning}" in told, beginning


def test_the_readme_names_every_file_key_and_level() -> None:
    told = (HERE / "README.md").read_text(encoding="utf-8")
    schema = json.loads((HERE / "case.schema.json").read_text(encoding="utf-8"))
    names = [*corpus.files(), KNOWN, *schema["properties"], *corpus.LEVELS]
    assert [name for name in names if f"`{name}`" not in told] == []


def test_the_licence_is_that_of_the_project() -> None:
    assert (HERE / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


# --- the command ---------------------------------------------------------------------------------


def expected_answers(path: Path, **changed: object) -> None:
    """A file of answers that are as expected, the first line with something changed."""
    keys = ("id", *corpus.keys_of("score"))
    answers = [{key: line[key] for key in keys if key in line} for line in all_lines()]
    answers[0] |= changed
    text = "".join(json.dumps(answer) + "\n" for answer in answers)
    path.write_text(text, encoding="utf-8")


def test_the_command_checks_the_answers_of_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.jsonl"
    expected_answers(answers)
    assert command.main(["--answers", str(answers)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert f"{KNOWN}: {len(corpus.lines(KNOWN))} of {len(corpus.lines(KNOWN))} pass" in said
    assert len(said) == len(corpus.files()) + 1


def test_a_wrong_answer_is_named_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.jsonl"
    first = corpus.lines(corpus.files()[0])[0]
    expected_answers(answers, verdict="met", notes=["about"])
    assert command.main(["--answers", str(answers)]) == 1
    said = capsys.readouterr().out
    assert f'{first["id"]} verdict: expected "{first["verdict"]}", found "met"' in said
    assert f"{first['id']} notes:" in said


def test_a_level_leaves_out_what_comes_after_it(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    expected_answers(answers, verdict="met")
    assert command.main(["--answers", str(answers), "--level", "reading"]) == 0
    assert command.main(["--answers", str(answers), "--level", "verdict"]) == 1


def test_a_line_without_an_answer_fails(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("", encoding="utf-8")
    assert command.main(["--answers", str(answers), "--level", "reading"]) == 1


def test_answers_are_checked_without_kpieval() -> None:
    script = "import sys; sys.modules['kpieval'] = None; from conformance.__main__ import main; main(['--answers', sys.argv[1]])"
    done = subprocess.run(
        [sys.executable, "-c", script, str(HERE / KNOWN)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONPATH": str(HERE.parent), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    assert f"{KNOWN}: {len(corpus.lines(KNOWN))} of" in done.stdout


def test_the_command_checks_kpieval(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "files", lambda: ("decisions.jsonl",))
    assert command.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"decisions.jsonl: {len(corpus.lines('decisions.jsonl'))} of {len(corpus.lines('decisions.jsonl'))} pass",
        f"{KNOWN}: {len(corpus.lines(KNOWN))} lines, known to differ, not counted",
    ]
    wrong = corpus.lines("amounts.jsonl")[0] | {"canonical": "≥1"}
    monkeypatch.setattr(command, "lines", lambda _: [wrong])
    assert command.main([]) == 1
