"""``kpieval monitor``: the verb, its forms, its document, and the page that shows them."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from pathlib import Path

import pytest
from commands import run, table, validate

from kpieval.cli import USAGE
from kpieval.monitored import MonitoredProject
from kpieval.monitoring import MonitoringRules, monitor_project
from kpieval.presets import policy
from kpieval.readers import read, read_actuals
from kpieval.reports.monitored import FORMATS, render
from kpieval.reports.monitored import MonitoringReport as Report
from kpieval.wire.values import to_wire

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "monitoring.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- (file|run): (.*?) -->\n```\w+\n(.*?)```", re.DOTALL)
BLOCKS = BLOCK.findall(PAGE)
FORM = """2024年项目绩效监控表,,,,,,
单位：万元,,,,,,
项目名称,道路养护,,,,,
项目资金,,年初预算数,1-6月执行数,全年预计执行数,,
年度资金总额,,100,40,95,,
一级指标,二级指标,三级指标,指标值,半年度指标执行情况,完成目标可能性,偏差或不能完成目标原因分析
产出指标,数量指标,养护里程,≥120公里,50公里,有可能,雨季
产出指标,质量指标,合格率,≥95%,96%,确定能,
产出指标,时效指标,完成时间,11月底前,,不可能,
"""


@pytest.fixture
def form(tmp_path: Path) -> str:
    path = tmp_path / "form.csv"
    path.write_text(FORM, "utf-8")
    return str(path)


def test_a_monitoring_form_is_read_whole(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "monitor", form, "--month", "6", "--format", "json")
    assert code == 0
    document = json.loads(out)
    validate("monitor", document)
    (found,) = document["projects"]
    assert [row["status"] for row in found["indicators"]] == ["green", "green", None]
    assert [row["likelihood"] for row in found["indicators"]] == ["有可能", "确定能", "不可能"]
    spent = found["execution"]
    assert (spent["rate"], spent["progress"], spent["status"]) == ("0.4", "0.8", "green")
    first = found["indicators"][0]
    assert first["expected"] == {"magnitude": "60", "unit": "千米"}
    assert first["forecast"]["gap"] == {"magnitude": "20", "unit": "千米"}
    assert first["forecast"]["per_month"] == {"magnitude": "35/3", "unit": "千米"}
    assert first["progress"] == "5/6"


def test_scoring_does_not_take_half_a_year_for_a_whole_one(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "score", form, "--format", "json")
    (project,) = json.loads(out)["projects"]
    assert [row["actual"] for row in project["indicators"]] == [None, None, None]
    assert project["execution"]["executed"] is None


def test_a_form_beside_the_targets_gives_the_actuals_of_monitoring_alone(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = table(tmp_path, "道路养护,数量指标,养护里程,≥120公里,,", name="targets.csv")
    args = (targets, "--actuals", form, "--format", "json")
    code, out, _ = run(capsys, "monitor", *args, "--month", "6")
    assert code == 0
    (row,) = json.loads(out)["projects"][0]["indicators"]
    assert (row["actual"], row["likelihood"]) == ("50公里", "有可能")
    code, _, err = run(capsys, "score", *args)
    assert (code, "KP304" in err) == (USAGE, True)


def test_half_year_data_against_another_month_are_noted(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, told in (("zh", "按 7 月底计算"), ("en", "end of month 7")):
        for name in ("text", "md"):
            _, out, _ = run(capsys, "monitor", form, "--lang", lang, "--format", name)
            assert told in " ".join(out.split())


@pytest.mark.parametrize("month", ["0", "13", "-1", "7.5", "七", "", "007"])
def test_a_month_that_is_none_is_a_usage_error(
    month: str, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "monitor", form, f"--month={month}", "--lang", "en")
    assert (code, out) == (USAGE, "")
    assert "is no month from 1 to 12" in err


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_tells_every_row(
    name: str, lang: str, form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    suffix = {"text": "txt"}.get(name, name)
    made = tmp_path / f"july.{suffix}"
    args = ("monitor", form, "--month", "6", "--lang", lang)
    code, out, _ = run(capsys, *args, "-o", str(made))
    assert (code, out) == (0, "")
    written = made.read_text("utf-8")
    assert all(word in written for word in ("养护里程", "合格率", "完成时间", "有可能"))
    _, printed, _ = run(capsys, *args, "--format", name)
    assert printed.replace("\r\n", "\n") == written.replace("\r\n", "\n")


def test_the_csv_keeps_amounts_exact(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "monitor", form, "--month", "6", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert rows[0]["余下每月"] == "35/3千米"
    assert rows[0]["状态"] == "绿灯"
    assert rows[2]["状态"] == "未定"


def test_a_wrong_output_is_refused(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    for output in (form, f"{form}.pdf"):
        code, out, _ = run(capsys, "monitor", form, "-o", output)
        assert (code, out) == (USAGE, "")
    assert Path(form).read_text("utf-8") == FORM


def test_bad_rows_are_named_and_stop_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("项目,数量指标,甲,≥**人次,5人次,-3", "项目,数量指标,乙,≥10人,9外星币,7", ",,,,,")
    path = table(tmp_path, *rows)
    code, out, _ = run(capsys, "monitor", path, "--month", "6", "--format", "json")
    assert code == 0
    found = json.loads(out)["projects"][0]["indicators"]
    assert [(row["status"], row["error"] is None) for row in found] == [(None, False)] * 2
    assert [row["reason"]["code"] for row in found] == ["target.unread", "actual.unread"]


def test_a_form_that_there_is_not_is_refused(form: str) -> None:
    (project,) = read(form)
    found = monitor_project(project, read_actuals(form), policy(), month=6)
    assert isinstance(found, MonitoredProject)
    with pytest.raises(ValueError, match="no form"):
        render("pdf", Report(found))  # type: ignore[arg-type]


def test_parts_have_their_own_json(form: str) -> None:
    (project,) = read(form)
    found = monitor_project(project, read_actuals(form), policy(), month=6, rules=MonitoringRules())
    whole = to_wire(found)
    assert whole["indicators"][0] == to_wire(found.indicators[0])
    assert whole["execution"] == to_wire(found.execution)


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind, name, block in BLOCKS:
        if kind == "file":
            (tmp_path / name).write_text(block, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_of_the_page_is_an_example() -> None:
    plain = len(re.findall(r"^```python$", PAGE, re.MULTILINE))
    assert len(BLOCKS) + plain == PAGE.count("```") // 2
    assert sum(kind == "run" for kind, _, _ in BLOCKS) >= 2


@pytest.mark.parametrize(
    ("args", "told"), [(name, block) for kind, name, block in BLOCKS if kind == "run"]
)
def test_a_run_of_the_page_says_what_is_written(
    args: str, told: str, documented: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *shlex.split(args))
    assert out + err == told
    assert code == (USAGE if err else 0)


def test_the_python_of_the_page_runs(documented: Path) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    known: dict[str, object] = {}
    exec(code, known)
    wanted = re.findall(r"# -> (.*)", code)
    assert [str(line) for line in known["told"]] == wanted  # type: ignore[attr-defined]
