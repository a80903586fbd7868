"""The configuration: found from a folder up, exact, nothing unknown passed over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from commands import run

from kpieval.errors import KpiEvalError, MalformedConfigError, UnknownKeyError
from kpieval.findings import Severity
from kpieval.linting import DEFAULTS, Exemption, LintConfig
from kpieval.linting.settings import found_config, read_config


def config(folder: Path, text: str, name: str = "kpieval.toml") -> str:
    """The path of a configuration file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return str(path)


def test_every_kind_of_key(tmp_path: Path) -> None:
    path = config(
        tmp_path,
        """
        [lint]
        select = ["L0"]
        ignore = ["L03"]
        fail_on = "warning"
        least_satisfaction = "90%"
        cost_cover = 0.9
        heaviest = 25
        longest_name = 80
        weight_sums = [100, "90"]
        [[lint.exempt]]
        project = "甲"
        codes = ["L16"]
        reason = "委托第三方调查"
        """,
    )
    assert read_config(path) == LintConfig(
        select=("L0",),
        ignore=("L03",),
        fail_on=Severity.WARNING,
        least_satisfaction=Fraction(9, 10),
        cost_cover=Fraction(9, 10),
        heaviest=Fraction(25),
        longest_name=80,
        weight_sums=(Fraction(100), Fraction(90)),
        exempt=(Exemption("甲", ("L16",), "委托第三方调查"),),
    )


def test_never_fails_nothing(tmp_path: Path) -> None:
    assert read_config(config(tmp_path, '[lint]\nfail_on = "never"\n')).fail_on is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("[lint]\nselct = []\n", "select"),
        ("[lnt]\n", "lint"),
        ('[[lint.exempt]]\nproject = "甲"\ncodes = []\nreasn = "x"\n', "reason"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path, text: str, word: str) -> None:
    with pytest.raises(UnknownKeyError) as caught:
        read_config(config(tmp_path, text))
    assert word in caught.value.message("en")


@pytest.mark.parametrize(
    "text",
    [
        'lint = "all"\n',
        '[lint]\nselect = "L01"\n',
        "[lint]\nselect = [1]\n",
        '[lint]\nfail_on = "always"\n',
        '[lint]\ncost_cover = "most"\n',
        "[lint]\ncost_cover = -1\n",
        "[lint]\ncost_cover = true\n",
        "[lint]\nexempt = 3\n",
        "[lint]\nexempt = [3]\n",
        '[[lint.exempt]]\nproject = "甲"\ncodes = ["L01"]\n',
        '[[lint.exempt]]\nproject = "甲"\ncodes = ["L01"]\nreason = " "\n',
        '[[lint.exempt]]\nproject = "甲"\nreason = "x"\n',
    ],
)
def test_a_value_that_cannot_be_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(MalformedConfigError):
        read_config(config(tmp_path, text))


@pytest.mark.parametrize("text", ["[lint", "\xff"])
def test_a_file_that_is_no_toml_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kpieval.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(KpiEvalError):
        read_config(str(path))


def test_the_nearest_file_holds(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    config(tmp_path, "[lint]\nlongest_name = 50\n")
    assert found_config(inner).longest_name == 50
    config(tmp_path / "a", '[project]\nname = "x"\n', "pyproject.toml")
    assert found_config(inner).longest_name == 50
    config(tmp_path / "a", "[tool.kpieval.lint]\nlongest_name = 60\n", "pyproject.toml")
    assert found_config(inner).longest_name == 60
    config(tmp_path / "a", "[lint]\nlongest_name = 70\n")
    assert found_config(inner).longest_name == 70


def test_the_command_line_goes_before_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "t.csv"
    table.write_text(
        "一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,培训人数,≤12人\n", "utf-8"
    )
    config(tmp_path, '[lint]\nselect = ["L03"]\nfail_on = "warning"\n')
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "lint", "t.csv")[0] == 1
    assert run(capsys, "lint", "t.csv", "--fail-on", "error")[0] == 0
    assert run(capsys, "lint", "t.csv", "--isolated", "--select", "L03")[0] == 0
    other = config(tmp_path, '[lint]\nselect = ["L01"]\n', "other.toml")
    assert run(capsys, "lint", "t.csv", "--config", other)[0] == 0


def test_an_exemption_holds_for_its_project_and_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "t.csv"
    rows = "".join(f"{name},产出指标,数量指标,培训人数,≤12人\n" for name in ("甲", "乙"))
    table.write_text("项目名称,一级指标,二级指标,三级指标,指标值\n" + rows, "utf-8")
    path = config(
        tmp_path,
        '[lint]\nselect = ["L03"]\n'
        '[[lint.exempt]]\nproject = "甲"\ncodes = ["L03"]\nreason = "限额"\n',
    )
    _, out, _ = run(capsys, "lint", str(table), "--config", path, "--format", "csv")
    assert "乙" in out
    assert "甲" not in out


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert found_config(Path(tmp_path.anchor)) is DEFAULTS
