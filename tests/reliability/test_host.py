"""What the host program has set up changes nothing: its decimals, its clock, its limits.

Only what a program in the same process can do stands here; hash seeds, locales and the flags of
the interpreter are in ``test_determinism.py``, and rows under a hostile decimal context among the
laws of scoring.
"""

from __future__ import annotations

import contextlib
import decimal
import json
import locale
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import process

from reliability import everyoutput

TRAPS = list(decimal.Context().flags)


@contextlib.contextmanager
def _decimals(**settings: object) -> Iterator[None]:
    with decimal.localcontext(decimal.Context(**settings)):  # type: ignore[arg-type]
        yield


@contextlib.contextmanager
def _zone(name: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


@contextlib.contextmanager
def _digits(most: int) -> Iterator[None]:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(most)
    yield
    sys.set_int_max_str_digits(before)


@contextlib.contextmanager
def _numbers_of_the_locale() -> Iterator[None]:
    before = locale.setlocale(locale.LC_ALL)
    for name in ("de_DE.UTF-8", "zh_CN.UTF-8", "C"):
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_ALL, name)
            break
    yield
    locale.setlocale(locale.LC_ALL, before)


@contextlib.contextmanager
def _warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


HOSTS = {
    "three digits": lambda: _decimals(prec=3, rounding=decimal.ROUND_UP),
    "every trap": lambda: _decimals(prec=3, Emax=9, Emin=-9, traps=TRAPS),
    "no trap": lambda: _decimals(traps=[], rounding=decimal.ROUND_DOWN, capitals=0),
    "first to see the day": lambda: _zone("Pacific/Kiritimati"),
    "last to see it": lambda: _zone("Etc/GMT+12"),
    "short integers": lambda: _digits(640),
    "its own locale": _numbers_of_the_locale,
    "warnings are errors": _warnings,
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two projects."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "some.targets.csv").write_text(everyoutput.table(2), "utf-8")
    return folder


@pytest.fixture(scope="module")
def calm(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """All outputs for a host that has set up nothing."""
    return everyoutput.everything(tables, tmp_path_factory.mktemp("calm"))


@pytest.mark.parametrize(
    "host",
    [
        "every trap",
        *(pytest.param(it, marks=pytest.mark.long) for it in HOSTS if it != "every trap"),
    ],
)
def test_the_host_changes_no_byte_of_any_output(
    host: str, tables: Path, tmp_path: Path, calm: dict[str, tuple[int, str]]
) -> None:
    with HOSTS[host]():
        found = everyoutput.everything(tables, tmp_path)
    assert {name for name in calm if found[name] != calm[name]} == set()


SHALLOW = """
import json, sys
from reliability.threaded import ROWS, result, told_of
def down(depth):
    return depth and down(depth - 1)
limit = int(sys.argv[3])
if limit:
    sys.setrecursionlimit(limit)
print(json.dumps([told_of(result(at)) for at in range(len(ROWS))]))
"""


def shallow(limit: int) -> subprocess.CompletedProcess[bytes]:
    """Rows scored by a fresh interpreter that may go so many calls deep."""
    from commands import SOURCE

    tests = str(Path(__file__).parents[1])
    path = f"{SOURCE}:{tests}"
    return process("-c", SHALLOW, "1", "10", str(limit), PYTHONPATH=path)


def test_a_low_limit_of_recursion_changes_nothing() -> None:
    usual, low = shallow(0), shallow(200)
    assert low.stderr == b""
    assert json.loads(low.stdout) == json.loads(usual.stdout)
