"""The help of every verb in both languages: its examples run; what the shell proposes after Tab."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from commands import SOURCE, process, run

from kpieval import messages
from kpieval.cli import completing, main
from kpieval.cli.app import Verbs
from kpieval.demo import actuals_file, targets_file
from kpieval.reports.width import display_width

LANGUAGES = pytest.mark.parametrize("lang", messages.LANGUAGES)
VERBS = Verbs(name="kpieval", lang="zh").list_commands(click.Context(click.Command("kpieval")))
FINDS = {"lint"}
"""Verbs that end with 1, for their example finds something."""

ROWS = "项目名称,指标值,实际完成值,分值\n甲,≥90%,88%,10\n"
FILES = {
    "zh": ("目标表.docx", "实际值.csv", "填好的表.xlsx", "上年自评表.xlsx", "全省各行.csv"),
    "en": ("targets.docx", "actuals.csv", "filled-in.xlsx", "last-year.xlsx", "rows.csv"),
}


def examples(name: str, lang: str) -> list[list[str]]:
    """The words of each command that the help of a verb shows."""
    lines = messages.term(f"example.{name}", lang).strip().splitlines()
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file that an example reads."""
    folder = tmp_path_factory.mktemp("examples")
    given = (str(targets_file()), "--year", "2024", "-o")
    for targets, actuals, filled, last, rows in FILES.values():
        assert main(["convert", *given, str(folder / targets)]) == 0
        assert main(["template", *given, str(folder / filled)]) == 0
        shutil.copy(folder / filled, folder / last)
        shutil.copy(actuals_file(), folder / actuals)
        (folder / rows).write_text(ROWS, "utf-8")
    return folder


@LANGUAGES
@pytest.mark.parametrize("verb", ["kpieval", *VERBS])
def test_the_examples_of_the_help_run(
    verb: str,
    lang: str,
    prepared: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(prepared)
    found = examples(verb, lang)
    assert found and all(words[0] == "kpieval" for words in found)
    assert verb == "kpieval" or {words[1] for words in found} == {verb}
    for words in found:
        code, out, err = run(capsys, *words[1:])
        assert code == int(verb in FINDS), (words, err)
        made = [words[place + 1] for place, word in enumerate(words) if word in ("-o", "--summary")]
        assert out or made
        assert all(Path(name).exists() for name in made)


@LANGUAGES
@pytest.mark.parametrize("verb", ["kpieval", *VERBS])
def test_the_help_ends_with_its_examples(
    verb: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [] if verb == "kpieval" else [verb]
    code, out, _ = run(capsys, "--lang", lang, *asked, "--help")
    shown = messages.term(f"example.{verb}", lang).strip().splitlines()
    heading = messages.term("help.examples", lang)
    assert code == 0
    assert out.splitlines()[-len(shown) - 1 :] == [heading, *(f"  {line}" for line in shown)]


@LANGUAGES
@pytest.mark.parametrize("verb", ["kpieval", *VERBS])
def test_the_help_fits_a_terminal(
    verb: str, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    _, out, _ = run(capsys, "--lang", lang, *([] if verb == "kpieval" else [verb]), "--help")
    wide = [line for line in out.splitlines() if display_width(line) > 80]
    assert [line for line in wide if "kpieval" not in line] == []


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        (["policies", "mof-2020", "b"], "多出了 b", "b: one argument too many"),
        (["score", "--year"], "选项 --year 后面要写一个值", "the option --year needs a value"),
        (["score", "--explain=3", "x"], "选项 --explain 后面不写值", "--explain takes no value"),
        (["schema", "nope"], "NAME 的值不对：“nope”", "bad value for NAME: 'nope'"),
    ],
)
def test_wrong_usage_is_told_in_the_language_asked_for(
    args: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, said in (("zh", zh), ("en", en)):
        code, out, err = run(capsys, "--lang", lang, *args)
        assert (code, out) == (2, "")
        assert said in err and f"kpieval {args[0]} --help" in err
        assert err.count("\n") == 1


# --- completion


def proposed(*words: str) -> list[str]:
    """What bash is told for the last of the words, which has begun so."""
    done = process(
        *("-m", "kpieval"),
        _KPIEVAL_COMPLETE="bash_complete",
        COMP_WORDS="\n".join(["kpieval", *words]),
        COMP_CWORD=str(len(words)),
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["sc"], ["plain,schema", "plain,score"]),
        (["score", "目"], ["file,目"]),
        (["score", "--actuals", "实"], ["file,实"]),
        (["score", "--fail-on", "unmet,e"], ["plain,unmet,error"]),
        (["score", "--policy", "gu"], ["plain,guangxi-reason"]),
        (["score", "--policy", "规则"], ["file,规则"]),
        (["score", "--format", "d"], ["plain,docx"]),
        (["schema", "aud"], ["plain,audit"]),
        (["policies", "hu"], ["plain,hubei-department"]),
        (["lint", "--fail-on", "w"], ["plain,warning"]),
    ],
    ids=" ".join,
)
def test_the_shell_proposes_what_fits(words: list[str], told: list[str]) -> None:
    assert proposed(*words) == told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_there_is_a_script_for_the_shell(shell: str) -> None:
    done = process("-m", "kpieval", _KPIEVAL_COMPLETE=f"{shell}_source")
    assert done.returncode == 0
    assert b"_KPIEVAL_COMPLETE" in done.stdout


@LANGUAGES
def test_proposals_are_told_in_the_language_of_the_person(lang: str) -> None:
    done = process(
        *("-m", "kpieval"),
        _KPIEVAL_COMPLETE="zsh_complete",
        KPIEVAL_LANG=lang,
        COMP_WORDS="kpieval lin",
        COMP_CWORD="1",
    )
    assert messages.term("help.lint", lang)[:12] in done.stdout.decode()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_a_verb(tmp_path: Path) -> None:
    script = tmp_path / "kpieval"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kpieval "$@"\n', "utf-8")
    script.chmod(0o755)
    asked = (
        'eval "$(_KPIEVAL_COMPLETE=bash_source kpieval)" 2>/dev/null; '
        "COMP_WORDS=(kpieval templ) COMP_CWORD=1; _kpieval_completion kpieval; echo $COMPREPLY"
    )
    environ = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": SOURCE}
    done = subprocess.run(
        ["bash", "-c", asked], env=environ, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.strip() == "template", done.stderr


def test_nobody_asks_for_proposals_unless_the_variable_is_set() -> None:
    assert completing.asked({"_KPIEVAL_COMPLETE": "bash_complete"})
    assert not completing.asked({"KPIEVAL_COMPLETE": "bash_complete"})
