"""The same tables give the same bytes, whatever the machine, its clock's zone and its language.

Nothing here has workers: one process scores everything, so their number is no part of it.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from commands import SOURCE

from reliability import everyoutput

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "tianjin-2024"
SEEDS = ("1", "4294967295")
ZONES = ("Pacific/Kiritimati", "America/New_York")
CHINESE = "zh_CN.GB18030"
KNOWN = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{SOURCE}{os.pathsep}{HERE.parent}"}

Made = dict[str, list[object]]


def made(folder: Path, into: Path, *flags: str, **environ: str) -> Made:
    """The exit codes and digests of all outputs, made by an interpreter of its own."""
    program = [sys.executable, *flags, str(HERE / "everyoutput.py"), str(folder), str(into)]
    known = KNOWN | environ
    done = subprocess.run(program, capture_output=True, env=known, check=False, timeout=600)
    assert done.returncode == 0, done.stderr.decode()
    found: Made = json.loads(done.stdout)
    return found


def chinese(folder: Path) -> dict[str, str]:
    """The environment of a Chinese machine whose encoding is not UTF-8, made if it can be."""
    into = folder / CHINESE
    command = ["localedef", "-i", "zh_CN", "-f", "GB18030", str(into)]
    try:
        subprocess.run(command, capture_output=True, check=False)
    except OSError:
        pytest.skip("no localedef: a second locale cannot be made")
    if not into.is_dir():
        pytest.skip("localedef could not make zh_CN.GB18030")
    environ = {"LOCPATH": str(folder), "LC_ALL": CHINESE, "PYTHONUTF8": "0"}
    code = "import locale; print(locale.getencoding())"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=KNOWN | environ
    )
    assert said.stdout.lower().strip() == b"gb18030", "the locale was made, but is not used"
    return environ


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published example with its actuals, and fifty projects."""
    folder = tmp_path_factory.mktemp("tables")
    shutil.copy(EXAMPLE / "targets.txt", folder / "tianjin.targets.txt")
    shutil.copy(EXAMPLE / "actuals.csv", folder / "tianjin.actuals.csv")
    (folder / "fifty.targets.csv").write_text(everyoutput.table(50), "utf-8")
    return folder


@pytest.mark.long
def test_seeds_zones_and_locales_change_no_byte(tables: Path, tmp_path: Path) -> None:
    locales = ({"LC_ALL": "C"}, chinese(tmp_path))
    hosts = [
        {"PYTHONHASHSEED": seed, "TZ": zone} | language
        for seed, zone, language in itertools.product(SEEDS, ZONES, locales)
    ]
    with ThreadPoolExecutor(2) as pool:
        runs = [
            pool.submit(made, tables, tmp_path / f"{number}", **host)
            for number, host in enumerate(hosts)
        ]
        first, *others = [run.result() for run in runs]
    assert len(first) > 60
    assert {name.partition(".")[0] for name in first} == {"tianjin", "fifty"}
    differ = [
        (host, name)
        for host, other in zip(hosts[1:], others, strict=True)
        for name in first
        if other[name] != first[name]
    ]
    assert differ == []


@pytest.mark.long
@pytest.mark.parametrize(
    "flags",
    [
        ("-O",),
        ("-OO",),
        ("-X", "utf8=0"),
        ("-W", "error", "-bb", "-X", "warn_default_encoding"),
        ("-X", "int_max_str_digits=640"),
        ("-X", "dev"),
    ],
    ids=" ".join,
)
def test_the_interpreters_flags_change_no_byte(
    flags: tuple[str, ...], tmp_path: Path, calm: Made, small: Path
) -> None:
    assert made(small, tmp_path, *flags) == calm


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One project."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "small.targets.csv").write_text(everyoutput.table(1), "utf-8")
    return folder


@pytest.fixture(scope="module")
def calm(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """What a host that asks for nothing makes of it."""
    return made(small, tmp_path_factory.mktemp("calm"))
