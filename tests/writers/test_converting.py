"""``kpieval convert`` and plain templates: between formats nothing that was read is lost."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from commands import run
from office import DEMO, Kpieval

from kpieval import demo
from kpieval.constraints import TargetError
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.readers import Document, read, read_tables
from kpieval.readers.columns import WORDS, Role
from kpieval.reports.guarding import guarded
from kpieval.writers.table import FORMS, Table, risky_cells, written

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

FORMATS = ("csv", "tsv", "json", "jsonl", "xlsx")

HEADER = ["项目名称", "主管部门", "年度", "预算数(万元)", "一级指标", "二级指标", "三级指标"]
HEADER += [
    "计算符号",
    "指标值",
    "度量单位",
    "指标方向性",
    "分值",
    "实际完成值",
    "得分",
    "备注",
    "佐证",
]
CHOICES = [
    ["甲", "乙项目"],
    ["教育局"],
    ["2023", "2024"],
    ["95.50"],
    ["产出指标", "效益指标"],
    ["数量指标", "质量指标"],
    ["a", "b", "c", "d", "全年执行数", "总分"],
    ["", "≥", "定性"],
    ["90", "≥90%", "外星", "", "=100%", "a\nb", 'x"y', "a,b", "-5", "'=3", "@x", "+1人"],
    ["", "%", "/", "人"],
    ["", "正向", "?"],
    ["", "10", "22.5", "十"],
    ["", "95%", "无", "=1+1", "-2", "'-3", "a;b\tc"],
    ["", "9.5"],
    ["", "=cmd|' /C calc'!A0", "'", "已核"],
    ["", "照片|表"],
]


def said(document: Document) -> dict[str, Any]:
    """What a document says, without where each thing stood."""
    projects = [
        (
            *(p.name, p.department, p.year, p.budget),
            {(one.level1, one.level2, one.points) for one in p.level_points},
            [
                (
                    r.level1,
                    r.level2,
                    r.name,
                    r.text,
                    r.target,
                    r.direction,
                    r.weight,
                    r.sign,
                    r.unit,
                )
                for r in p.indicators
            ],
        )
        for p in document.projects
    ]
    entries = [evolve(entry, place=None) for entry in document.actuals.entries]
    totals = [evolve(total, place=None) for total in document.published.totals]
    scores = [(e.project, e.name, e.value, e.reason) for e in document.published.entries]
    extra = [sorted(record.extra) for record in document.records if record.extra]
    return {
        "projects": projects,
        "actuals": sorted(entries, key=str),
        "totals": [total for total in totals if total.score or total.weight],
        "scores": sorted(scores),
        "extra": extra,
    }


def made_up(seed: int, folder: Path) -> Path:
    """A table of rows by chance, as CSV that no tool of ours has written."""
    chance = random.Random(seed)
    rows = [[chance.choice(choices) for choices in CHOICES] for _ in range(chance.randint(1, 12))]
    rows.append(
        [*("甲", "教育局", "2023", "95.50", "产出指标", "数量指标", "z"), "", "1人", *[""] * 7]
    )
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *([guarded(cell) for cell in row] for row in rows)])
    path = folder / "given.csv"
    path.write_text(text.getvalue(), "utf-8")
    return path


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("seed", range(12))
def test_what_was_read_is_read_again(
    seed: int, form: str, kpieval: Kpieval, tmp_path: Path
) -> None:
    path = made_up(seed, tmp_path)
    out = tmp_path / f"out.{form}"
    kpieval("convert", path, "-o", out)
    before, after = read_tables(path), read_tables(out)
    assert said(after) == said(before)
    kpieval("convert", out, "-o", tmp_path / "again.csv")
    kpieval("convert", path, "-o", tmp_path / "first.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "first.csv").read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_the_bundled_tables_go_through_every_format(
    form: str, kpieval: Kpieval, tmp_path: Path
) -> None:
    out = tmp_path / f"targets.{form}"
    kpieval("convert", *DEMO, "-o", out)
    before, after = read_tables(demo.targets_file(), year=2024), read_tables(out)
    first, second = said(before), said(after)
    assert sum(len(project.indicators) for project in after.projects) == 54
    assert first["projects"] == second["projects"]
    kept = dict(next(record.extra for record in after.records))
    assert kept["年度总体目标"] == before.projects[0].goals
    assert [kept[name] for name in kept if name.startswith("资金：")] == ["27000"]


def test_a_table_of_actuals_alone_is_converted(kpieval: Kpieval, tmp_path: Path) -> None:
    kpieval("convert", demo.actuals_file(), "-o", tmp_path / "a.jsonl")
    before, after = read_tables(demo.actuals_file()), read_tables(tmp_path / "a.jsonl")
    assert said(after) == said(before)
    assert "说明" in json.loads((tmp_path / "a.jsonl").read_text("utf-8").splitlines()[0])


def test_equal_input_gives_equal_bytes(kpieval: Kpieval, tmp_path: Path) -> None:
    for form in (*FORMATS, "md", "docx"):
        for name in ("a", "b"):
            kpieval("convert", *DEMO, "-o", tmp_path / f"{name}.{form}")
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()


def test_csv_runs_nothing_and_says_what_it_guarded(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("三级指标,指标值,实际完成值\na,=100%,-5\nb,@x,'=1\n", "utf-8")
    code, _, complaint = run(capsys, "convert", str(path), "-o", str(tmp_path / "b.csv"))
    assert code == 0
    text = (tmp_path / "b.csv").read_bytes().decode("utf-8-sig")
    assert text.splitlines()[1:] == ["a,a,'=100%,-5", "a,b,'@x,'=1"]
    assert "3" in complaint and "撇号" in complaint
    (project,) = read_tables(tmp_path / "b.csv").projects
    assert [row.text for row in project.indicators] == ["=100%", "@x"]
    notes = [note.code for row in project.indicators for note in row.notes]
    assert notes.count("table.apostrophes") == 2


@pytest.mark.parametrize(
    "cell", ["=1", "'=1", "''=1", "-5", "'-5", "+a", "x", "'x", "", "'", "\t=1"]
)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_apostrophe_comes_off_exactly_once(form: str, cell: str, tmp_path: Path) -> None:
    table = Table(("三级指标", "指标值", "备注"), (("a", "1人", cell),))
    path = tmp_path / f"a.{form}"
    made = written(table, form)
    assert isinstance(made, str)
    path.write_text(made, "utf-8", newline="")
    (record,) = read_tables(path).records
    assert dict(record.extra).get("备注", "") == cell.strip()


def test_risky_cells_are_counted() -> None:
    assert risky_cells(Table(("a",), (("=1",), ("-1",), ("x",)))) == 1


def test_markdown_shows_text_as_it_stands(kpieval: Kpieval, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"三级指标": "a|b", "指标值": "<b>\n*x*"}]), "utf-8")
    told = kpieval("convert", path, "--format", "md")
    assert told.splitlines()[2] == "| a | a\\|b | \\<b\\><br>\\*x\\* |"


def test_rows_whose_cells_do_not_fit_are_kept_as_they_were(
    kpieval: Kpieval, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("三级指标,指标值,实际完成值\na,≥1,000人,1人\n", "utf-8")
    kpieval("convert", path, "-o", tmp_path / "b.json")
    (row,) = json.loads((tmp_path / "b.json").read_text("utf-8"))
    assert "1,000" not in row["指标值"] and row["指标值"] == ""
    assert row["原行"] == "a | ≥1 | 000人 | 1人"
    (indicator,) = read_tables(tmp_path / "b.json").projects[0].indicators
    assert not hasattr(indicator.target, "constraint")


def test_show_says_what_was_recognised(kpieval: Kpieval, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,三级指标,目标值,佐证\n甲,人数,≥5外星币,照片\n", "utf-8")
    told = kpieval("convert", path, "--show")
    for part in (
        "表头在",
        "目标值 → 指标值",
        "佐证 → 不认识，原样保留",
        "项目：甲",
        "2 | | | 人数 | ≥5外星币",
        "问题：",
    ):
        assert part in told, part
    assert list(tmp_path.iterdir()) == [path]
    english = kpieval("convert", path, "--show", "--lang", "en", "-o", tmp_path / "b.csv")
    assert "header at" in english
    assert (tmp_path / "b.csv").exists()


def test_nothing_is_printed_that_a_terminal_obeys(kpieval: Kpieval, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"三级指标": "a\x1b[31m", "指标值": "1人"}]), "utf-8")
    for args in (["--show"], ["--format", "csv"], ["--format", "md"], ["--format", "jsonl"]):
        assert "\x1b" not in kpieval("convert", path, *args)


def test_the_input_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("三级指标,指标值\na,≥1人\n", "utf-8")
    before = path.read_bytes()
    for verb in ("convert", "template"):
        code, _, complaint = run(capsys, verb, str(path), "-o", str(path))
        assert code == 2 and "KP" in complaint
        assert path.read_bytes() == before


@pytest.mark.parametrize("args", [[], ["-o", "x.unknown"], ["-o", "-"]])
@pytest.mark.parametrize("verb", ["convert", "template"])
def test_a_form_must_be_named(
    verb: str, args: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("三级指标,指标值\na,≥1人\n", "utf-8")
    code, out, complaint = run(capsys, verb, str(path), *args)
    assert code == 2 and not out
    assert "csv" in complaint and "xlsx" in complaint


def test_a_plain_template_is_filled_in_and_scored(kpieval: Kpieval, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = "甲,产出指标,数量指标,人数,≥,600,人,正向,10,37.5万元\n"
    header = (
        "项目名称,一级指标,二级指标,三级指标,计算符号,指标值,度量单位,指标方向性,分值,预算数(元)\n"
    )
    path.write_text((header + rows).replace("37.5万元", "375000"), "utf-8")
    template = tmp_path / "t.csv"
    kpieval("template", path, "-o", template)
    text = template.read_text("utf-8-sig")
    header, first, last = text.splitlines()
    assert header.split(",")[:3] == ["项目名称", "预算数(元)", "一级指标"]
    assert set(header.split(",")) >= {WORDS[role][0] for role in (Role.DECISION, Role.REASON)}
    assert "≥600人" in first and "全年执行数" in last
    table = [dict(zip(header.split(","), line.split(","), strict=True)) for line in (first, last)]
    table[0]["实际完成值"], table[1]["实际完成值"] = "640人", "37万元"
    filled = tmp_path / "filled.json"
    filled.write_text(json.dumps(table, ensure_ascii=False), "utf-8")
    told = json.loads(kpieval("score", filled, "--format", "json"))["projects"][0]
    assert told["indicators"][0]["verdict"] == "met"
    assert told["execution"]["executed"] == {"magnitude": "370000", "unit": "元"}
    beside = json.loads(kpieval("score", path, "--actuals", filled, "--format", "json"))
    assert beside["projects"][0]["score"] == told["score"]


@pytest.mark.parametrize(
    ("sign", "text", "unit", "shown"),
    [
        *(
            ("≥", "600", "人", "≥600人"),
            ("", "≥90%", "%", "≥90%"),
            ("≤", "2.7", "万元", "≤2.7万元"),
        ),
        *(("定性", "优", "", "优"), ("", "90", "", "90"), ("＝", "100", "%", "＝100%")),
    ],
)
def test_sign_and_unit_join_the_target(
    sign: str, text: str, unit: str, shown: str, kpieval: Kpieval, tmp_path: Path
) -> None:
    row = {"三级指标": "指标", "计算符号": sign, "指标值": text, "度量单位": unit}
    path = tmp_path / "a.json"
    path.write_text(json.dumps([row]), "utf-8")
    kpieval("template", path, "-o", tmp_path / "t.xlsx")
    before, after = (read_tables(it).projects[0] for it in (path, tmp_path / "t.xlsx"))
    assert after.indicators[0].text == shown
    ours, theirs = after.indicators[0].target, before.indicators[0].target
    assert ours.constraint == theirs.constraint  # type: ignore[union-attr]
    assert ours.factor == theirs.factor  # type: ignore[union-attr]


HIDDEN = [
    "9\x0b5%",
    "≥9\u200b5%",
    "\x1b[31m≥95%",
    "≥95%\ufeff",
    "\u202e≥95%",
    "≥9\x855%",
    "≥9\u20285%",
]


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_refused_stays_refused(form: str, text: str, tmp_path: Path) -> None:
    """Made up: no form drops a character, for without it the value would be another."""
    with pytest.raises(ReadingError):
        parse_target(text)
    path = tmp_path / f"a.{form}"
    data = written(Table(("三级指标", "指标值"), (("甲", text),)), form)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (row,) = read(path)[0].indicators
    assert isinstance(row.target, TargetError), row.text
    if form not in ("json", "jsonl"):
        assert row.text.isprintable()


@pytest.mark.parametrize(
    "text", ["a  b", "a\u3000\u3000b", "a\xa0b", "a\tb", "a\nb", "a\n b", "a  |*b"]
)
@pytest.mark.parametrize("form", FORMS)
def test_blanks_and_lines_stay_as_they_are(form: str, text: str, tmp_path: Path) -> None:
    """Made up: what a table says is read again from every form."""
    path = tmp_path / f"a.{form}"
    data = written(Table(("三级指标", "指标值"), (("甲", text),)), form)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (row,) = read(path)[0].indicators
    # A tab of Word is read as a blank.
    assert row.text == (text.replace("\t", " ") if form == "docx" else text)
