"""The text form: the five Tianjin tables, and tables that differ from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpieval.amounts import money
from kpieval.errors import NotATableError
from kpieval.readers import Document, read, read_tables
from kpieval.tables import Project

SEED = Path(__file__).parents[2] / "examples" / "tianjin-2024" / "targets.txt"


@pytest.fixture
def seed() -> Document:
    return read_tables(SEED)


def test_seed_is_whole(seed: Document) -> None:
    assert [len(project.indicators) for project in seed.projects] == [8, 12, 17, 9, 8]
    assert {project.department for project in seed.projects} == {"天津市工商业联合会"}
    assert [project.year for project in seed.projects] == [2024] * 5
    assert [project.budget for project in seed.projects] == [
        money(amount) for amount in ("27000", "950000", "850000", "300000", "500000")
    ]
    assert [project.funds for project in seed.projects] == [
        (("财政资金", project.budget),) for project in seed.projects
    ]
    assert [project.name for project in seed.projects] == [
        "2024年工商界生活互助金",
        "2024年履职能力提升项目",
        "2024年民营经济发展项目经费",
        "2024年专项培训费",
        "天津市“万家民营企业评营商环境”专项调研经费",
    ]
    assert not seed.notes
    assert not seed.problems
    assert not any(project.problems for project in seed.projects)


def test_seed_loses_no_text(seed: Document) -> None:
    """Every cell of the file is in what was read, or is a label or a title."""
    kept = "".join(
        text
        for project in seed.projects
        for text in (
            *(project.name, project.department, project.purpose, project.goals),
            *(
                cell
                for row in project.indicators
                for cell in (row.level1, row.level2, row.name, row.description, row.text)
            ),
        )
    )
    labels = (
        "项目名称 预算规模及资金用途 预算数 其他资金 绩效目标 单位：万元 一级指标 二级指标 三级指标"
    )
    labels += " 绩效指标描述 指标值 其中：财政资金"
    for line in SEED.read_text("utf-8").splitlines():
        text = re.sub(r"^560101", "", line.strip())
        known = "".join(text.split()) in labels.split() or text.endswith("绩效目标表")
        assert known or re.fullmatch(r"\d+\.\d\d", text) or text in kept, line


def test_seed_rows(seed: Document) -> None:
    first, second, third = seed.projects[:3]
    row = second.indicators[9]
    assert (row.level1, row.level2, row.text) == ("效益指标", "社会效益指标", "≥0次")
    assert row.name == row.description.removeprefix("反映")
    assert row.name == "因物业服务问题导致不能正常办公次数"
    assert str(first.indicators[4].place) == f"{SEED}:54"
    assert first.indicators[4].text == "2024年12月底前"
    assert first.purpose == "发放工商界生活互助金，帮助生活困难的原工商业者"
    assert second.goals.startswith("1.1.根据实际需要")
    assert second.goals.splitlines()[1].startswith("2.为保障市管")
    assert len(third.goals.splitlines()) == 3
    assert len(third.purpose.splitlines()) == 2
    assert third.indicators[16].description == "绩效管理公众评议满意度"


def test_seed_years_are_noted(seed: Document) -> None:
    codes = [[note.code for note in project.notes] for project in seed.projects]
    assert codes == [["table.year_from_title"]] * 4 + [["table.year_from_document"]]
    given = read_tables(SEED, year=2025)
    assert [project.year for project in given.projects] == [2025] * 5
    assert [note.code for note in given.projects[0].notes] == ["table.year_differs"]


def test_titles_do_not_matter(seed: Document, tmp_path: Path) -> None:
    text = SEED.read_text("utf-8")
    bare = re.sub(r"(?m)^ ?\[bookmark.*$", "", text)
    path = tmp_path / "targets.txt"
    path.write_text(bare, "utf-8")
    found = read_tables(path, year=2024)
    assert [_content(p) for p in found.projects] == [_content(p) for p in seed.projects]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n \t560101", "\n\t560101"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: re.sub(r"\n\s*\n+\s*(?=\[bookmark)", "\n", text),
        lambda text: text.replace("[bookmark: _Toc157761621]", ""),
        lambda text: "\ufeff" + text,
    ],
)
def test_seed_survives_small_changes(change: object, seed: Document, tmp_path: Path) -> None:
    assert callable(change)
    path = tmp_path / "targets.txt"
    path.write_bytes(change(SEED.read_bytes().decode()).encode())
    found = read_tables(path)
    assert [_content(p) for p in found.projects] == [_content(p) for p in seed.projects]
    assert not found.notes
    assert not found.problems


def _content(project: Project) -> object:
    rows = [(r.level1, r.level2, r.name, r.description, r.text) for r in project.indicators]
    head = (project.name, project.department, project.year, project.budget, project.funds)
    return head, project.purpose, project.goals, rows


OTHER = """3.某某项目绩效目标表
\t201001某市教育局
\t单位：元

\t项目名称
\t校舍维修（二期）

\t预算规模及资金用途
\t预算数
\t1,250,000.00
\t其中：财政资金
\t1,000,000.00

\t
\t上年结转
\t250,000.00
\t其他资金
\t

\t
\t维修校舍
含屋面防水

\t绩效目标
\t目标1：维修校舍。

目标2：按期完工。
验收合格。

\t一级指标
\t二级指标
\t三级指标
\t指标值

\t产出指标
\t数量指标
\t维修面积
\t≥500平方米

\t
\t
\t维修栋数
\t3栋

\t效益指标
\t
\t安全隐患
\t0处
"""


def test_another_shape(tmp_path: Path) -> None:
    """元, more rows of funds, goals of several paragraphs, no descriptions, blank categories."""
    path = tmp_path / "x.txt"
    path.write_text(OTHER, "utf-8")
    (project,) = read(path, year=2023)
    assert project.department == "某市教育局"
    assert project.budget == money("1250000")
    assert project.funds == (("财政资金", money("1000000")), ("上年结转", money("250000")))
    assert project.purpose == "维修校舍\n含屋面防水"
    assert project.goals == "目标1：维修校舍。\n目标2：按期完工。\n验收合格。"
    rows = [(row.level1, row.level2, row.name, row.text) for row in project.indicators]
    assert rows == [
        ("产出指标", "数量指标", "维修面积", "≥500平方米"),
        ("产出指标", "数量指标", "维修栋数", "3栋"),
        ("效益指标", "", "安全隐患", "0处"),
    ]
    assert [note.code for note in project.notes] == ["table.blank_category"]


def test_rows_on_one_line(tmp_path: Path) -> None:
    lines = ["\t一级指标\n\t三级指标\n\t指标值\n", "\t产出指标\t栋数\t3栋", "\t\t面积\t5平方米"]
    path = tmp_path / "x.txt"
    path.write_text("\n".join(lines), "utf-8")
    (project,) = read(path)
    found = [(r.level1, r.name, r.text, r.place and r.place.row) for r in project.indicators]
    assert found == [("产出指标", "栋数", "3栋", 5), ("产出指标", "面积", "5平方米", 6)]


def test_nothing_is_dropped(tmp_path: Path) -> None:
    """A paragraph after the table, a row that is too short, an odd amount: all are named."""
    odd = (
        OTHER.replace("250,000.00\n\t其他", "约25万\n\t其他")
        + "\n\t\n\t\n\t短行\n\n注：以上为初步数\n"
    )
    path = tmp_path / "x.txt"
    path.write_text(odd, "utf-8")
    (project,) = read(path)
    assert project.funds == (("财政资金", money("1000000")),)
    (amount,) = project.problems
    assert amount.code == "KP308"
    assert "约25万" in amount.message()
    assert f"{path}:14" in amount.message()
    short = project.indicators[-1]
    assert [problem.code for problem in short.problems] == ["KP308"]
    assert short.target.source == " |  | 短行"
    assert "注：以上为初步数" in str([note.message() for note in project.notes])


def test_a_repeated_header_goes_on(tmp_path: Path) -> None:
    again = "\n\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n"
    again += "\n\t效益指标\n\t社会效益指标\n\t知晓率\n\t≥90%\n"
    path = tmp_path / "x.txt"
    path.write_text(OTHER + again, "utf-8")
    (project,) = read(path)
    assert [row.name for row in project.indicators] == [
        "维修面积",
        "维修栋数",
        "安全隐患",
        "知晓率",
    ]


def test_a_head_without_a_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(OTHER + "\n\t项目名称\n\t没有指标的项目\n", "utf-8")
    document = read_tables(path)
    assert len(document.projects) == 1
    (problem,) = document.problems
    assert problem.code == "KP303"
    assert "没有指标的项目" in problem.message()


@pytest.mark.parametrize(
    "text", ["[bookmark: _Toc1]1.通知\n\t正文\n", "你好，世界", "", "\n \n", "\t只有\n\t单元格\n"]
)
def test_no_table(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(NotATableError) as caught:
        read(path)
    message = caught.value.message()
    assert "三级指标" in message
    assert str(path) in message


def test_a_title_within_a_table(seed: Document, tmp_path: Path) -> None:
    """The title of a new page, with or without the header again, does not end the project."""
    title = "2.2024年履职能力提升项目绩效目标表"
    header = "\n\t一级指标\n\t二级指标\n\t三级指标\n\t绩效指标描述\n\t指标值\n"
    before = "\n\t\n\t质量指标\n\t保洁达标率"
    for cut in (f"\n{title}\n", f"\n{title}\n{header}", header):
        path = tmp_path / "targets.txt"
        path.write_text(SEED.read_text("utf-8").replace(before, cut + before), "utf-8")
        found = read_tables(path)
        assert [_content(p) for p in found.projects] == [_content(p) for p in seed.projects]


def test_a_lost_header_loses_one_project(tmp_path: Path) -> None:
    """The project without a header is named as a problem; the next one keeps its own name."""
    text = SEED.read_text("utf-8").replace("\t三级指标\n", "\t三级\n\n\t指标\n", 1)
    path = tmp_path / "targets.txt"
    path.write_text(text, "utf-8")
    document = read_tables(path)
    assert [len(project.indicators) for project in document.projects] == [12, 17, 9, 8]
    assert document.projects[0].name == "2024年履职能力提升项目"
    assert document.projects[0].year == 2024
    assert not document.projects[0].problems
    (problem,) = document.problems
    assert "2024年工商界生活互助金" in problem.message()
