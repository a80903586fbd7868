"""Where an output may go: files, links, pipes, devices; and what is never overwritten."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SOURCE, run

from reliability import everyoutput

FULL = Path("/dev/full")
needs_devices = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")

TARGETS = "targets.csv"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that we stand in, with a table of one project."""
    (tmp_path / TARGETS).write_text(everyoutput.table(1), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refused(capsys: pytest.CaptureFixture[str], output: str, *args: str) -> tuple[str, str]:
    """What is said, in both languages, of an output that cannot be."""
    said = []
    for lang in ("zh", "en"):
        code, out, err = run(capsys, *(args or ("convert", TARGETS)), "-o", output, "--lang", lang)
        assert (code, out) == (2, "")
        assert "[KP309]" in err and err.count("\n") == 1
        said.append(err)
    return said[0], said[1]


def test_an_output_that_is_a_folder(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "out.csv").mkdir()
    zh, en = refused(capsys, "out.csv")
    assert "写不了「out.csv」：这是文件夹，这里要写一个文件" in zh
    assert "cannot write 'out.csv': it is a folder, and one file is asked for here" in en


def test_a_folder_that_does_not_exist(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    zh, en = refused(capsys, "nowhere/out.csv")
    assert "要放它的文件夹不存在" in zh
    assert "the folder for it does not exist" in en
    zh, _ = refused(capsys, f"{TARGETS}/out.csv")
    assert "要放它的文件夹不存在" in zh


def test_a_name_may_be_as_long_as_the_system_allows(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    longest = "绩" * 83 + "a" * 2 + ".csv"  # 255 bytes, which most systems allow
    assert run(capsys, "convert", TARGETS, "-o", longest)[0] == 0
    assert (folder / longest).exists()
    zh, en = refused(capsys, "a" + longest)
    assert "文件名太长" in zh
    assert "its name is too long" in en


def test_a_link_stays_and_its_file_is_replaced(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "inner").mkdir()
    (folder / "inner" / "real.csv").write_text("old")
    (folder / "link.csv").symlink_to("inner/real.csv")
    (folder / "dangling.csv").symlink_to("inner/made.csv")
    for link, real in (("link.csv", "real.csv"), ("dangling.csv", "made.csv")):
        assert run(capsys, "convert", TARGETS, "-o", link)[0] == 0
        assert (folder / link).is_symlink()
        assert (folder / "inner" / real).read_text("utf-8-sig").startswith("项目名称")


def test_permissions_stay_and_those_of_a_new_file_are_usual(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "old.csv").write_text("old")
    (folder / "old.csv").chmod(0o640)
    (folder / "usual").write_text("")
    for name, like in (("old.csv", 0o640), ("new.csv", (folder / "usual").stat().st_mode & 0o777)):
        assert run(capsys, "convert", TARGETS, "-o", name)[0] == 0
        assert (folder / name).stat().st_mode & 0o777 == like


@pytest.mark.parametrize("verb", ["score", "monitor", "audit"])
def test_a_policy_file_is_an_input(
    verb: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    _, made, _ = run(capsys, "policies", "mof-2020", "--format", "json")
    policy = folder / "policy.json"
    policy.write_text(made, "utf-8")
    zh, en = refused(capsys, "./policy.json", verb, TARGETS, "--policy", "policy.json")
    assert "它是输入文件，不能覆盖" in zh
    assert "it is an input file and is not overwritten" in en
    assert policy.read_text("utf-8") == made


@pytest.mark.parametrize("named", [True, False])
def test_the_configuration_of_the_lint_is_an_input(
    named: bool, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    name = "own.toml" if named else "kpieval.toml"
    said = "[lint]\nlongest_name = 50\n"
    (folder / name).write_text(said)
    args = ("lint", TARGETS, "--format", "json", *(("--config", name) if named else ()))
    refused(capsys, name, *args)
    assert (folder / name).read_text() == said


@pytest.mark.parametrize("verb", ["score", "monitor", "lint", "audit", "convert", "template"])
def test_a_table_that_is_read_is_never_overwritten(
    verb: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    before = (folder / TARGETS).read_bytes()
    os.link(folder / TARGETS, folder / "twin.csv")
    (folder / "link.csv").symlink_to(TARGETS)
    for output in (TARGETS, f"./{TARGETS}", "twin.csv", "link.csv"):
        refused(capsys, output, verb, TARGETS, "--format", "csv")
    assert (folder / TARGETS).read_bytes() == before


# --- what the shell has opened -----------------------------------------------------------------


def shell(command: str) -> subprocess.CompletedProcess[bytes]:
    """A line of the shell; ``kpieval`` is the one of this checkout."""
    ours = f"kpieval() {{ '{sys.executable}' -m kpieval \"$@\"; }}; "
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": SOURCE, "PYTHONUTF8": "1"}
    return subprocess.run(
        ["bash", "-c", ours + command], capture_output=True, env=environ, check=False
    )


@needs_devices
def test_nowhere_to_write_is_the_users_error_and_no_fault_of_ours(folder: Path) -> None:
    full = shell("kpieval schema >/dev/full")
    assert full.returncode == 2
    assert full.stderr.decode() == "kpieval: [KP309] 写不了「stdout」：磁盘已满\n"
    # 1 would say that a check failed, and who reads no complaint goes by the code alone.
    assert shell("kpieval explain KP999 2>/dev/full").returncode == 2


@needs_devices
@pytest.mark.long
@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("kpieval --help --lang en >/dev/full", "cannot write 'stdout': the disk is full"),
        ("kpieval --version >/dev/full", "写不了「stdout」：磁盘已满"),
        ("kpieval score --help >/dev/full", "写不了「stdout」：磁盘已满"),
        ("kpieval score targets.csv --format xlsx >/dev/full", "写不了「stdout」：磁盘已满"),
        ("kpieval score targets.csv --format xlsx -o /dev/full", "写不了「/dev/full」：磁盘已满"),
        ("kpieval score targets.csv -o /dev/stdout >/dev/full", "写不了「/dev/stdout」：磁盘已满"),
        ("kpieval score targets.csv >&-", "写不了「stdout」：输出已经关闭"),
        ("kpieval score targets.csv -o /dev/fd/77", "写不了「/dev/fd/77」：输出已经关闭"),
        ("kpieval explain KP999 2>&-", ""),
        ("kpieval score nothing.csv >&- 2>&-", ""),
    ],
)
def test_nowhere_to_write(command: str, sentence: str, folder: Path) -> None:
    done = shell(command)
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert sentence in said
    assert "Traceback" not in said and "Exception" not in said
    assert done.stdout == b""


@needs_devices
@pytest.mark.long
def test_what_the_shell_has_opened_is_written_after_what_stands_there(folder: Path) -> None:
    def lines(command: str) -> list[str]:
        done = shell(command)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode().splitlines()

    made = "kpieval convert targets.csv --format jsonl -o"
    plain = lines("kpieval convert targets.csv --format jsonl")
    assert [json.loads(line) for line in plain]
    assert lines(f"{made} /dev/stdout | cat") == plain
    assert lines(f"{made} >(cat >caught); wait; sleep 0.2; cat caught") == plain
    both = f"(echo first; {made} /dev/stdout; echo last) >all; cat all"
    assert lines(both) == ["first", *plain, "last"]
    assert lines(f"(echo first >&2; {made} /dev/stderr) 2>all; cat all") == ["first", *plain]


@pytest.mark.long
def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    done = shell(
        "kpieval convert targets.csv --format json -o /dev/stdout | true; echo ${PIPESTATUS[0]}"
    )
    assert (done.stdout, done.stderr) == (b"0\n", b"")
