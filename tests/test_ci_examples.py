"""examples/ci/ and docs/ci.md are done as a reader would do them, but for the network."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from commands import run

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "ci"
WORKFLOW = Path(".github/workflows/kpi.yml")
GUIDE = (ROOT / "docs" / "ci.md").read_text("utf-8")

# Only what is installed already can be had; what would be installed is written down.
SHIMS = {
    "kpieval": f'exec "{sys.executable}" -m kpieval "$@"',
    "pytest": f'exec "{sys.executable}" -m pytest "$@"',
    "python": f'exec "{sys.executable}" "$@"',
    "pip": 'echo "$@" >>"$PIP_LOG"',
}

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="the commands are for bash")

Shell = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Run a command line in the folder ``repository`` with the package of this checkout."""
    shims, folder = tmp_path / "bin", tmp_path / "repository"
    shims.mkdir()
    folder.mkdir()
    for name, line in SHIMS.items():
        (shims / name).write_text(f"#!/usr/bin/env bash\n{line}\n", "utf-8")
        (shims / name).chmod(0o755)
    environ = {
        "PATH": f"{shims}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_LOG": str(tmp_path / "pip.log"),
    }

    def command_line(command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-e", "-c", command],
            cwd=folder,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )

    return command_line


@pytest.fixture(autouse=True)
def installed(tmp_path: Path) -> Iterator[None]:
    """Whatever a test installed is an extra that this package has."""
    yield
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    log = tmp_path / "pip.log"
    for line in log.read_text("utf-8").splitlines() if log.exists() else []:
        found = re.fullmatch(r"install kpieval\[(\w+)\]", line)
        assert found and found[1] in project["optional-dependencies"], line


# --- the example


class Step(NamedTuple):
    """A step of a workflow that runs a command."""

    command: str
    always: bool


def steps(workflow: str) -> list[Step]:
    """The commands of a workflow whose steps stand at one depth, each on one line."""
    body = workflow.partition("\n    steps:\n")[2]
    blocks = re.split(r"^      - ", body, flags=re.MULTILINE)[1:]
    found = []
    for block in blocks:
        command = re.search(r"^\s*run: (.+)$", block, re.MULTILINE)
        if command is not None:
            found.append(Step(command[1], bool(re.search(r"^\s*if: always\(\)$", block, re.M))))
    return found


def build(shell: Shell) -> list[tuple[int, str]]:
    """Run the steps of the workflow as GitHub does: after a failure only those that always run."""
    done: list[tuple[int, str]] = []
    for step in steps((EXAMPLE / WORKFLOW).read_text("utf-8")):
        if step.always or all(code == 0 for code, _ in done):
            result = shell(step.command)
            done.append((result.returncode, result.stdout))
    return done


def check(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code and the lines of the step that checks, run without a shell."""
    _, step, _ = steps((EXAMPLE / WORKFLOW).read_text("utf-8"))
    code, out, _ = run(capsys, *shlex.split(step.command)[1:])
    return code, out.splitlines()


@pytest.fixture
def repository(tmp_path: Path, shell: Shell) -> Path:
    """A copy of the example, in the folder of the shell."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "repository", dirs_exist_ok=True))


def change(file: Path, old: str, new: str) -> int:
    """Change what stands once in a file; gives the number of its line."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_workflow_has_the_steps_that_the_tests_run() -> None:
    found = steps((EXAMPLE / WORKFLOW).read_text("utf-8"))
    assert [(step.command.split()[0], step.always) for step in found] == [
        ("pip", False),
        ("kpieval", False),
        ("kpieval", True),
    ]


def test_the_example_is_green(repository: Path, shell: Shell) -> None:
    done = build(shell)
    assert [code for code, _ in done] == [0, 0, 0], done
    assert "::" not in done[1][1]
    root = ET.parse(repository / "kpi-report.xml").getroot()
    assert [root.get(name) for name in ("tests", "failures", "errors")] == ["6", "0", "0"]


def test_a_broken_actual_makes_it_red_at_its_line(repository: Path, shell: Shell) -> None:
    line = change(repository / "kpi" / "actuals.csv", "92.5%", "85%")
    done = build(shell)
    assert [code for code, _ in done] == [0, 1, 0], done
    (error,) = (said for said in done[1][1].splitlines() if said.startswith("::error"))
    assert error.startswith(f"::error file=kpi/actuals.csv,line={line},title=未达标：考核合格率::")
    assert "目标 ≥90%25，实际 85%25" in error
    (failed,) = ET.parse(repository / "kpi-report.xml").iterfind(".//testcase[failure]")
    assert (failed.get("name"), failed.get("file")) == ("考核合格率", "kpi/targets.csv")
    assert failed.get("line") == "3"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("actuals", "640人", "540人", "file=kpi/actuals.csv,line=2,title=未达标：培训人数"),
        (
            "actuals",
            "0.092万元",
            "0.12万元",
            "file=kpi/actuals.csv,line=5,title=未达标：人均培训成本",
        ),
        (
            "actuals",
            "11月20日",
            "12月1日",
            "file=kpi/actuals.csv,line=4,title=未达标：培训完成时间",
        ),
        ("targets", "≥600人", "≥641人", "file=kpi/actuals.csv,line=2,title=未达标：培训人数"),
        ("actuals", "学员满意度", "学员满意率", "file=kpi/actuals.csv,line=7,title=有误（KP206）"),
        ("targets", "≥120人", "≥120外星人", "file=kpi/targets.csv,line=6,title=有误（KP102）"),
    ],
)
def test_whatever_breaks_is_named_at_its_line(
    file: str,
    old: str,
    new: str,
    said: str,
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(repository)
    change(repository / "kpi" / f"{file}.csv", old, new)
    code, lines = check(capsys)
    assert code == 1
    assert [line.startswith(f"::error {said}") for line in lines if line.startswith("::e")] == [
        True
    ]


def test_the_job_for_gitlab_does_the_same(repository: Path, shell: Shell) -> None:
    readme = (repository / "README.md").read_text("utf-8")
    script = readme.partition("  script:\n")[2].partition("  artifacts:\n")[0]
    commands = re.findall(r"^    - (.+)$", script, re.MULTILINE)
    assert len(commands) == 2
    change(repository / "kpi" / "actuals.csv", "640人", "540人")
    assert shell("\n".join(commands)).returncode == 1
    assert ET.parse(repository / "kpi-report.xml").getroot().get("failures") == "1"


# --- the guide

PLUGIN = "## With pytest"


class Block(NamedTuple):
    """A block of the guide: the language, the file that it is, its text."""

    language: str
    file: str
    text: str


def blocks(text: str) -> list[Block]:
    """All fenced blocks, in order."""
    found = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [Block(*parts) for parts in found]


def follow(text: str, folder: Path, shell: Shell) -> int:
    """Write every file, run every command, compare what is printed; gives how many were run."""
    printed, ran = "", 0
    for block in blocks(text):
        match block:
            case Block(file=file) if file:
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                (folder / file).write_text(block.text, "utf-8")
            case Block(language="sh"):
                done = shell(block.text)
                assert done.returncode == 0, f"{block.text}\n{done.stdout}"
                printed, ran = done.stdout, ran + 1
            case Block(language="text"):
                assert printed == block.text
            case _:
                raise AssertionError(f"a block that nobody runs: {block}")
    return ran


def test_the_guide_does_what_it_says(tmp_path: Path, shell: Shell) -> None:
    assert follow(GUIDE.partition(PLUGIN)[0], tmp_path / "repository", shell) == 4


@pytest.mark.skipif(
    importlib.util.find_spec("kpieval.pytest_plugin") is None, reason="there is no plugin"
)
def test_the_guide_to_the_plugin_does_what_it_says(tmp_path: Path, shell: Shell) -> None:
    assert follow(GUIDE.partition(PLUGIN)[2], tmp_path / "repository", shell) == 2
    broken = tmp_path / "repository" / "targets.kpi.csv"
    change(broken, "640人", "540人")
    done = shell("pytest")
    assert done.returncode == 1
    assert "培训人数" in done.stdout


def test_the_guide_shows_the_example() -> None:
    shown: dict[str, list[str]] = {}
    for block in blocks(GUIDE.partition(PLUGIN)[0]):
        shown.setdefault(block.file, []).append(block.text)
    for file in ("kpi/targets.csv", "kpi/actuals.csv", WORKFLOW.as_posix()):
        assert shown[file][0] == (EXAMPLE / file).read_text("utf-8")


def test_a_guide_that_lies_is_found_out(tmp_path: Path, shell: Shell) -> None:
    lies = "```sh\nkpieval --version\n```\n\n```text\nkpieval 99\n```\n"
    with pytest.raises(AssertionError, match="kpieval 99"):
        follow(lies, tmp_path / "repository", shell)
    with pytest.raises(AssertionError, match="no command"):
        follow("```sh\nkpieval frobnicate --lang en\n```\n", tmp_path / "repository", shell)
