"""Children: what they answer, what ends them, and that none outlives its call."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import makers
import pytest

from kpieval.children import answering, running, sheets
from kpieval.children.running import ChildFault, ask, run


def _python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def _gone(pid: int) -> bool:
    """Whether a process has ended (a zombie that nobody waits for has)."""
    status = Path(f"/proc/{pid}/stat")
    for _ in range(50):
        try:
            if status.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.1)
    return False


def test_what_a_command_prints() -> None:
    code = "import sys; sys.stdout.write(sys.stdin.read()[::-1])"
    assert run(_python(code), b"abc", seconds=20) == b"cba"


def test_a_command_that_fails_or_is_not_there() -> None:
    for code in ("raise SystemExit(3)", "import os; os.abort()"):
        with pytest.raises(ChildFault) as caught:
            run(_python(code), seconds=20)
        assert caught.value.key == "child_died"
    with pytest.raises(ChildFault) as caught:
        run(["no-such-command-anywhere"], seconds=20)
    assert caught.value.key == "child_start"


def test_a_command_that_does_not_read_its_input() -> None:
    assert run(_python("print(1)"), b"x" * 10_000_000, seconds=20).strip() == b"1"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no /proc to look at processes")
def test_a_hanging_command_ends_with_all_that_it_started(tmp_path: Path) -> None:
    told = tmp_path / "pids"
    code = (
        "import os, subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(told)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\n"
        "time.sleep(600)"
    )
    start = time.monotonic()
    with pytest.raises(ChildFault) as caught:
        run(_python(code), seconds=3)
    assert caught.value.key == "child_slow" and time.monotonic() - start < 20
    assert all(_gone(int(pid)) for pid in told.read_text().split())


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="no /proc to look at processes")
def test_what_a_command_leaves_running_is_ended_too(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'],"
        " stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)\n"
        f"open({str(told)!r}, 'w').write(str(child.pid))"
    )
    run(_python(code), seconds=20)
    assert _gone(int(told.read_text()))


def test_a_module_that_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("python_calamine")
    data = makers.xls([["甲", 1.5]])
    (sheet,) = ask("kpieval.children.sheets", data, ["10", "10", "100"], seconds=30)
    assert (sheet["name"], sheet["rows"]) == ("表一", [["甲", 1.5]])
    with pytest.raises(ChildFault) as caught:
        ask("kpieval.children.sheets", data, ["10", "1", "100"], seconds=30)
    assert (caught.value.key, caught.value.params["columns"]) == ("sheet_far", "1")
    with pytest.raises(ChildFault) as caught:
        ask("kpieval.children.no_such_module", data, seconds=30)
    assert caught.value.key == "child_died"
    with pytest.raises(ChildFault) as caught:
        ask("json.tool", b"[" * 100_000, seconds=30)
    assert caught.value.key == "child_died"
    monkeypatch.setattr(sys, "executable", "")
    with pytest.raises(ChildFault) as caught:
        ask("kpieval.children.sheets", data, seconds=30)
    assert caught.value.key == "child_start"


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "run", lambda *_, **__: b'{"missing": "some_library"}')
    with pytest.raises(ImportError) as caught:
        ask("kpieval.children.sheets", b"", seconds=30)
    assert caught.value.name == "some_library"
    monkeypatch.setattr(running, "run", lambda *_, **__: b"no json")
    with pytest.raises(ChildFault):
        ask("kpieval.children.sheets", b"", seconds=30)


@pytest.mark.skipif(sys.platform != "linux", reason="limits on memory are those of Linux")
@pytest.mark.parametrize(
    ("code", "seconds"),
    [("x = bytearray(900_000_000)", 30), ("while True: pass", 1)],
)
def test_memory_and_time_of_a_child_are_bounded(code: str, seconds: int) -> None:
    """By limits of its own, so that they hold when the parent was killed."""
    limits = f"from kpieval.children.answering import limit; limit(500_000_000, {seconds})\n"
    root = Path(answering.__file__).parents[2]
    command = [
        sys.executable,
        "-c",
        f"import sys; sys.path.insert(0, {str(root)!r})\n{limits}{code}",
    ]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode != 0


def test_what_the_childs_side_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: bytes, __: list[str]) -> None:
        raise answering.Refused("sheet_far", row=3)

    def miss(_: bytes, __: list[str]) -> None:
        raise ModuleNotFoundError(name="a_library.part")

    told = answering.told
    assert json.loads(told(lambda data, rest: [data.decode(), rest], b"x", ["1"])) == {
        "answer": ["x", ["1"]]
    }
    assert json.loads(told(refuse, b"", [])) == {"fault": "sheet_far", "params": {"row": "3"}}
    assert json.loads(told(miss, b"", [])) == {"missing": "a_library"}
    monkeypatch.setattr(answering, "MOST_ANSWERED", 10)
    assert json.loads(told(lambda *_: "x" * 20, b"", []))["fault"] == "child_large"


def test_the_sheets_of_a_broken_workbook() -> None:
    pytest.importorskip("python_calamine")
    with pytest.raises(answering.Refused) as caught:
        sheets.read(io.BytesIO(makers.compound(Workbook=b"\xff" * 600)).getvalue(), ["9", "9", "9"])
    assert caught.value.key == "workbook"


def test_a_system_without_limits_or_that_refuses_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child then runs all the same: its parent's clock and its memory still bound it."""
    monkeypatch.setitem(sys.modules, "resource", None)
    answering.limit(500_000_000, 30)
    asked: list[tuple[int, tuple[int, int]]] = []

    def setrlimit(kind: int, limits: tuple[int, int]) -> None:
        asked.append((kind, limits))
        raise (ValueError if kind else OSError)

    known = {"RLIMIT_AS": 0, "RLIMIT_CPU": 1, "RLIMIT_CORE": 2, "RLIM_INFINITY": -1}
    fake = SimpleNamespace(
        **known, getrlimit=lambda kind: (0, (-1, 20, -1)[kind]), setrlimit=setrlimit
    )
    monkeypatch.setitem(sys.modules, "resource", fake)
    answering.limit(500_000_000, 30)
    assert asked == [(0, (500_000_000, -1)), (1, (20, 20)), (2, (0, -1))]


def test_a_system_without_groups_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "killpg", raising=False)
    with pytest.raises(ChildFault) as caught:
        run(_python("import time; time.sleep(600)"), seconds=1)
    assert caught.value.key == "child_slow"
