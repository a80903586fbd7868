"""The options and the settings: which comes first, what they change, what a wrong one says."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from kpieval import policy
from kpieval.cli.verbs.score import FAILURES
from kpieval.pytest_plugin import options, pytest_configure_node
from kpieval.wire.policies import policy_wire

DATED = "甲,时效指标,完成时间,12月底前,2024年12月20日,90"


def ini(repository, **settings: str) -> None:
    """Write the settings of the repository."""
    lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (repository.path / "pytest.ini").write_text(f"[pytest]\n{lines}", "utf-8")


def own_policy(path) -> None:
    """A policy in which 约 means within a fifth, not within a tenth."""
    wire = policy_wire(policy("mof-2020"))
    path.write_text(json.dumps({**wire, "name": "own", "about_tolerance": "0.2"}), "utf-8")


def test_the_failures_are_those_of_the_command() -> None:
    assert options.FAILURES == FAILURES


def test_a_year(table, repository, run) -> None:
    table(DATED)
    run().stdout.fnmatch_lines(["[[]KP103[]]*"])
    run("--kpi-year", "2024").assert_outcomes(passed=1)
    run("--kpi-year=2023").assert_outcomes(failed=1)
    ini(repository, kpi_year="2024")
    run().assert_outcomes(passed=1)
    run("--kpi-year", "2023").assert_outcomes(failed=1)


def test_what_fails(table, repository, run) -> None:
    table("甲,数量指标,a,≥1人,,90")
    run().assert_outcomes(skipped=1)
    ini(repository, kpi_fail_on="undetermined, error")
    run().assert_outcomes(failed=1)
    run("--kpi-fail-on", "unmet").assert_outcomes(skipped=1)
    run("--kpi-fail-on", "").assert_outcomes(skipped=1)


def test_a_policy_by_its_file(table, repository, run, monkeypatch) -> None:
    table("甲,数量指标,a,约100人,115人,90")
    run("--kpi-policy", "mof-2020").assert_outcomes(failed=1)
    folder = repository.path / "rules"
    folder.mkdir()
    own_policy(folder / "own.json")
    run("--kpi-policy", "rules/own.json").assert_outcomes(passed=1)
    ini(repository, kpi_policy="rules/own.json")
    run().assert_outcomes(passed=1)
    run("--kpi-policy", "mof-2020").assert_outcomes(failed=1)
    # A setting is relative to its file, an option to where it is typed.
    monkeypatch.chdir(folder)
    run("..").assert_outcomes(passed=1)
    run("..", "--kpi-policy", "own.json").assert_outcomes(passed=1)


def test_a_shipped_policy_goes_before_a_file_of_its_name(table, repository, run) -> None:
    table("甲,数量指标,a,约100人,115人,90")
    own_policy(repository.path / "mof-2020")
    run("--kpi-policy", "mof-2020").assert_outcomes(failed=1)


def test_a_language(table, repository, run) -> None:
    table("甲,数量指标,a,≥1人,0人,90")
    run().stdout.fnmatch_lines(["t.kpi.csv:2: 未达标"])
    run("--kpi-lang", "en").stdout.fnmatch_lines(["t.kpi.csv:2: unmet"])
    ini(repository, kpi_lang="en")
    run().stdout.fnmatch_lines(["t.kpi.csv:2: unmet"])
    run("--kpi-lang", "zh").stdout.fnmatch_lines(["t.kpi.csv:2: 未达标"])


def test_the_environment_decides_for_a_terminal_only(table, run, monkeypatch) -> None:
    table("甲,数量指标,a,≥1人,0人,90")
    monkeypatch.setenv("KPIEVAL_LANG", "en")
    run().stdout.fnmatch_lines(["t.kpi.csv:2: 未达标"])
    monkeypatch.setattr(options, "is_terminal", lambda: True)
    run().stdout.fnmatch_lines(["t.kpi.csv:2: unmet"])


def test_a_worker_speaks_the_language_of_its_terminal(table, run, repository) -> None:
    config = repository.parseconfigure("-p", "kpieval.pytest_plugin", "--kpi-lang", "en")
    node = SimpleNamespace(config=config, workerinput={})
    pytest_configure_node(node)
    assert node.workerinput == {"kpi_lang": "en"}
    worker = repository.parseconfig("-p", "kpieval.pytest_plugin")
    worker.workerinput = node.workerinput
    assert options.chosen(worker).lang == "en"


WRONG = [
    ("kpi_policy", "nothing", ["[[]KP205[]]", "mof-2020"]),
    ("kpi_policy", "broken.json", ["[[]KP306[]]", "broken.json"]),
    ("kpi_year", "24", ["'24'", "four digits"]),
    ("kpi_year", "2024年", ["'2024年'", "four digits"]),
    ("kpi_year", "3024", ["'3024'", "four digits"]),
    ("kpi_fail_on", "unmet,often", ["'often'", "unmet, undetermined, error"]),
    ("kpi_fail_on", "met", ["'met'", "unmet, undetermined, error"]),
]


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
@pytest.mark.parametrize("by_option", [True, False])
def test_a_wrong_value_is_told_with_the_right_ones(
    name, value, told, by_option, table, repository, run
) -> None:
    table("甲,数量指标,a,≥1人,2人,90")
    (repository.path / "broken.json").write_text("{", "utf-8")
    called = f"--{name.replace('_', '-')}" if by_option else name
    if not by_option:
        ini(repository, **{name: value})
    done = run("--kpi-lang", "en", *([called, value] if by_option else []))
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"ERROR: bad value for {called}: *" + "*".join(told) + "*"])
    done.stderr.no_fnmatch_line("*Traceback*")


def test_a_wrong_language(repository, run) -> None:
    done = run("--kpi-lang", "fr")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: --kpi-lang 的值不对：*fr*zh, en"])


def test_help_lists_the_options_and_the_settings(repository, run) -> None:
    done = run("--help")
    lines = [
        "*--kpi-policy=NAME|FILE*",
        "*--kpi-year=Y*",
        "*--kpi-fail-on=unmet,undetermined,error*",
    ]
    done.stdout.fnmatch_lines([*lines, "*--kpi-lang=zh|en*"])
    for name in ("kpi_policy", "kpi_year", "kpi_fail_on", "kpi_lang"):
        done.stdout.fnmatch_lines([f"  {name} (string):*"])
