"""What users install: the wheel, the wheel made from the sdist, an editable install, a bare path.

Everything is built and installed with what the running environment has; nothing is fetched.
"""

from __future__ import annotations

import email
import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kpieval.versions import PACKAGE_VERSION

pytest.importorskip("hatchling", reason="the distributions are built with hatchling")
pytest.importorskip("pip", reason="the distributions are installed with pip")

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
TEXT = "≤2.7万元"
SAYS = """
import json, sys, kpieval
from kpieval.resources import grammar_dir
target = kpieval.parse_target(sys.argv[1])
print(json.dumps([kpieval.__file__, str(grammar_dir()), target.canonical]))
"""


def run(command: Sequence[str | Path], cwd: Path, **environ: str) -> str:
    """Run a command away from the checkout and give what it printed."""
    known = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**known, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", **environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def built(kind: str, source: Path, out: Path) -> Path:
    """Build one distribution of a source tree: ``wheel``, ``sdist`` or ``editable``."""
    out.mkdir()
    code = f"import sys, hatchling.build as b; print(b.build_{kind}(sys.argv[1]))"
    return out / run([sys.executable, "-c", code, out], cwd=source).splitlines()[-1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the checkout."""
    return built("wheel", ROOT, tmp_path_factory.mktemp("built") / "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked."""
    work = tmp_path_factory.mktemp("source")
    with tarfile.open(built("sdist", ROOT, work / "sdist")) as archive:
        archive.extractall(work, filter="data")
    (tree,) = (path for path in work.iterdir() if path.name.startswith("kpieval-"))
    return tree


@pytest.fixture(scope="module")
def sdist_wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the sdist."""
    return built("wheel", sdist, tmp_path_factory.mktemp("built") / "wheel")


@pytest.fixture
def install(tmp_path: Path) -> Callable[[Path], Path]:
    """Install a wheel, and it alone, in a fresh environment; gives that environment's python."""

    def installed(distribution: Path) -> Path:
        home = tmp_path / "env"
        venv.create(home, with_pip=False)
        python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
        run([*pip, "install", "--no-index", "--no-deps", "--no-compile", distribution], tmp_path)
        # The dependencies are those of the running environment. A path from a .pth file comes
        # after the environment's own packages, and the .pth files in it are not followed: an
        # editable kpieval over there stays out of sight.
        (own,) = home.rglob("site-packages")
        paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (own / "dependencies.pth").write_text("\n".join(sorted(paths)), encoding="utf-8")
        return python

    return installed


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """An empty folder to start programs in."""
    folder = tmp_path / "nowhere"
    folder.mkdir()
    return folder


def names(wheel: Path) -> set[str]:
    """The files of a wheel that are not its own papers."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def papers(wheel: Path, name: str) -> str:
    """One of the wheel's own papers."""
    with zipfile.ZipFile(wheel) as archive:
        (member,) = (n for n in archive.namelist() if n.endswith(f".dist-info/{name}"))
        return archive.read(member).decode("utf-8")


def in_tree(folder: Path, under: str) -> set[str]:
    """The files of a folder of the checkout as a wheel should name them, without caches."""
    return {
        f"{under}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix != ".pyc"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def test_the_wheel_holds_the_package_the_grammar_and_nothing_else(wheel: Path) -> None:
    expected = in_tree(ROOT / "src" / "kpieval", "kpieval")
    expected |= in_tree(ROOT / "grammar", "kpieval/grammar")
    twins = {name.replace(".toml", ".json") for name in expected if name.endswith(".toml")}
    assert "kpieval/messages/zh/reports.json" in twins
    expected |= twins | {"kpieval/grammar/parser.json", "kpieval/grammar/units.json"}
    assert names(wheel) == expected


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "grammar/target.lark",
        "grammar/wording.lark",
        "grammar/units.txt",
        "grammar/parser.json",
        "messages/zh/reports.toml",
        "messages/en/reports.toml",
        "schemas/score.json",
        "demo/targets.txt",
        "presets/mof_2020.py",
    ],
)
def test_the_wheel_holds_its_data(wheel: Path, name: str) -> None:
    assert f"kpieval/{name}" in names(wheel)


def test_the_wheel_from_the_sdist_is_the_same(wheel: Path, sdist_wheel: Path) -> None:
    assert wheel.name == sdist_wheel.name
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(sdist_wheel) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())
        # The parser's states are numbered anew each time that its tables are made.
        made = {"kpieval/grammar/parser.json", f"{wheel.name.rsplit('-', 3)[0]}.dist-info/RECORD"}
        apart = {n for n in one.namelist() if one.read(n) != other.read(n)}
        assert apart <= made


def test_the_installed_tables_fit(
    wheel: Path, install: Callable[[Path], Path], nowhere: Path
) -> None:
    said = """
from kpieval.parsing import prebuilt
from kpieval.parsing.rules import TargetRules
from kpieval.resources import grammar_dir
print(prebuilt.load(TargetRules(), grammar_dir()) is not None)
"""
    assert run([install(wheel), "-c", said], nowhere).split() == ["True"]


def test_the_sdist_holds_what_its_tests_need(sdist: Path) -> None:
    for folder in ("src/kpieval", "grammar", "tests", "docs", "examples"):
        assert in_tree(sdist / folder, folder) == in_tree(ROOT / folder, folder)
    for name in (
        *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md"),
        *("Makefile", "pyproject.toml"),
    ):
        assert (sdist / name).is_file()


def test_the_papers_tell_the_licence_the_command_and_three_dependencies(wheel: Path) -> None:
    told = email.message_from_string(papers(wheel, "METADATA"))
    assert (told["Name"], told["License-Expression"]) == ("kpieval", "MIT")
    assert papers(wheel, "licenses/LICENSE").startswith("MIT License")
    assert "kpieval = kpieval.cli:main" in papers(wheel, "entry_points.txt").splitlines()
    assert "kpieval = kpieval.hypothesis_entry:register" in papers(wheel, "entry_points.txt")
    needed = [line for line in told.get_all("Requires-Dist") or [] if "extra ==" not in line]
    assert sorted(line.partition("<")[0].partition(">")[0] for line in needed) == [
        "attrs",
        "lark",
        "pint",
    ]


def test_the_papers_and_the_package_tell_one_version(
    wheel: Path, install: Callable[[Path], Path], nowhere: Path
) -> None:
    assert email.message_from_string(papers(wheel, "METADATA"))["Version"] == PACKAGE_VERSION
    says = (
        "import importlib.metadata as m, kpieval; print(m.version('kpieval'), kpieval.__version__)"
    )
    assert run([install(wheel), "-c", says], nowhere).split() == [PACKAGE_VERSION] * 2


@pytest.mark.parametrize("which", ["wheel", "sdist_wheel"])
def test_an_installed_wheel_reads_a_value(
    which: str, install: Callable[[Path], Path], nowhere: Path, request: pytest.FixtureRequest
) -> None:
    python = install(request.getfixturevalue(which))
    package, grammar, canonical = json.loads(run([python, "-c", SAYS, TEXT], nowhere))
    home = python.parents[1]
    assert Path(package).is_relative_to(home)
    assert Path(grammar) == Path(package).parent / "grammar"
    assert canonical == "≤27000元"


def test_an_installed_command_finds_all_its_data(
    install: Callable[[Path], Path], nowhere: Path, wheel: Path
) -> None:
    python = install(wheel)
    command = python.parent / "kpieval"
    assert "≤27000元" in run([command, "parse", TEXT], nowhere)
    assert json.loads(run([command, "schema", "score"], nowhere))
    assert "mof-2020" in run([command, "policies"], nowhere)
    assert "kpieval 0." in run([command, "--version"], nowhere)
    assert run([command, "demo"], nowhere) == run([python, "-m", "kpieval", "demo"], nowhere)


def test_an_editable_install_reads_the_grammar_that_is_edited(
    install: Callable[[Path], Path], nowhere: Path, tmp_path: Path
) -> None:
    python = install(built("editable", ROOT, tmp_path / "editable"))
    package, grammar, canonical = json.loads(run([python, "-c", SAYS, TEXT], nowhere))
    assert Path(package) == ROOT / "src" / "kpieval" / "__init__.py"
    assert Path(grammar) == ROOT / "grammar"
    assert canonical == "≤27000元"


def test_a_bare_checkout_reads_a_value(nowhere: Path) -> None:
    said = run([sys.executable, "-c", SAYS, TEXT], nowhere, PYTHONPATH=str(ROOT / "src"))
    package, grammar, canonical = json.loads(said)
    assert Path(package) == ROOT / "src" / "kpieval" / "__init__.py"
    assert Path(grammar) == ROOT / "grammar"
    assert canonical == "≤27000元"
