"""The forms for build servers, JUnit XML and GitHub's commands, and the exit code beside them."""

from __future__ import annotations

import re
from itertools import chain, combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from commands import run, table

import kpieval
from kpieval import messages
from kpieval.reports.checks import FAILURES
from kpieval.unseen import spelled
from kpieval.versions import PACKAGE_VERSION

GOLDEN = Path(__file__).parent / "golden"

TARGETS = """\
项目名称,一级指标,二级指标,三级指标,指标值,分值
甲项目,产出指标,数量指标,"培训
人数",≥600人,20
甲项目,产出指标,质量指标,合格率: A,≥90%,20
甲项目,产出指标,质量指标,"验收率,B 100%",≥90%,10
甲项目,产出指标,时效指标,完成时间,及时,10
甲项目,效益指标,社会效益指标,影响力,≥5外星币,10
甲项目,满意度指标,服务对象满意度,满意度,≥90%,10
甲项目,满意度指标,管理满意度,满意度,≥90%,10
乙项目,产出指标,数量指标,支出\x1b[31m额\u202e,≤2.7万元,90
"""
ACTUALS = """\
项目名称,二级指标,三级指标,实际完成值,人工认定结论,认定理由
甲项目,,培训人数,640人,,
甲项目,,合格率: A,80%,,
甲项目,,"验收率,B 100%",abc12#,,
甲项目,,完成时间,按时完成,达成,有验收单
甲项目,服务对象满意度,满意度,95%,,
甲项目,,没有这行,5,,
乙项目,,支出\x1b[31m额\u202e,26500元,,
"""


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The arguments that score two projects in which everything occurs; files by relative names."""
    (tmp_path / "targets.csv").write_text(TARGETS, "utf-8")
    (tmp_path / "actuals.csv").write_text(ACTUALS, "utf-8")
    monkeypatch.chdir(tmp_path)
    return ("score", "targets.csv", "--actuals", "actuals.csv", "--year", "2024")


def neutral(text: str) -> str:
    """Without the version, which is that of the installation."""
    return text.replace(f'value="{PACKAGE_VERSION}"', 'value="VERSION"')


# Made by the command of the test in the folder of the fixture, and then read by a person.
@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize(("form", "suffix"), [("junit", "xml"), ("github", "txt")])
def test_the_golden_report(
    form: str, suffix: str, lang: str, tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--format", form, "--lang", lang, "--fail-on", "unmet,error", "--fail-under", "85")
    code, out, _ = run(capsys, *tables, *options)
    assert code == 1
    assert neutral(out) == (GOLDEN / f"findings.{lang}.{suffix}").read_text("utf-8")


# --- what fails


def some(kinds: tuple[str, ...]) -> list[str]:
    """Every selection of the kinds, joined by commas."""
    sizes = range(len(kinds) + 1)
    return [",".join(them) for them in chain(*(combinations(kinds, size) for size in sizes))]


ROWS = {
    "met": "甲,数量指标,培训人数,≥600人,640人,90",
    "unmet": "甲,质量指标,合格率,≥90%,80%,90",
    "undetermined": "甲,质量指标,满意度,≥90%,,90",
    "refused": "甲,数量指标,坏行,≥5外星币,5,90",
    "unread": "甲,数量指标,坏值,≥90%,abc12#,90",
    "decided": "甲,数量指标,好,好,很好,90",
}


@pytest.mark.parametrize("under", [(), ("--fail-under", "50")])
@pytest.mark.parametrize("fail_on", some(FAILURES)[1:])
@pytest.mark.parametrize("row", ROWS)
def test_the_run_fails_where_the_reports_say_so(
    row: str,
    fail_on: str,
    under: tuple[str, ...],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    args = ("score", table(tmp_path, ROWS[row]), "--fail-on", fail_on, *under, "--format")
    code, commands, _ = run(capsys, *args, "github")
    same, document, _ = run(capsys, *args, "junit")
    root = ET.fromstring(document)
    assert code == same
    assert bool(code) is ("::error" in commands)
    assert bool(code) is ({root.get("failures"), root.get("errors")} != {"0"})


@pytest.mark.parametrize(
    ("row", "command", "outcome"),
    [
        ("met", None, None),
        ("unmet", "error", "failure"),
        ("undetermined", "warning", "skipped"),
        ("refused", "error", "error"),
        ("unread", "error", "error"),
        ("decided", "warning", "skipped"),
    ],
)
def test_without_a_choice_the_unmet_and_the_faulty_are_shown_as_failed(
    row: str,
    command: str | None,
    outcome: str | None,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = table(tmp_path, ROWS[row])
    code, commands, _ = run(capsys, "score", path, "--format", "github")
    assert code == 0
    assert re.findall(r"^::(\w+) ", commands, re.MULTILINE) == ([command] if command else [])
    _, document, _ = run(capsys, "score", path, "--format", "junit")
    (case,) = ET.fromstring(document).iter("testcase")
    assert [child.tag for child in case] == ([outcome] if outcome else [])


@pytest.mark.parametrize(("row", "tag"), [("undetermined", "failure"), ("refused", "error")])
def test_an_undetermined_row_fails_when_it_was_asked_to(
    row: str, tag: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, ROWS[row])
    code, out, _ = run(capsys, "score", path, "--fail-on", "undetermined", "--format", "junit")
    assert code == 1
    assert len(list(ET.fromstring(out).iter(tag))) == 1


def test_a_low_score_is_a_finding_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, ROWS["undetermined"], "乙,数量指标,人数,≥6人,6人,100")
    options = ("--fail-under", "80", "--lang", "en", "--format")
    code, out, _ = run(capsys, "score", path, *options, "junit")
    assert code == 1
    low, high = ET.fromstring(out)
    assert [low.get("failures"), high.get("failures")] == ["1", "0"]
    case = low.findall("testcase")[-1]
    assert case.find("failure").get("type") == "under"
    assert "does not reach the 80" in case.find("failure").get("message")
    assert high.findall("testcase")[-1].get("name") == case.get("name")
    _, commands, _ = run(capsys, "score", path, *options, "github")
    assert [line for line in commands.splitlines() if line.startswith("::error")] == [
        f"::error file={path.replace(':', '%3A')},line=2,title=score too low%3A score of the "
        "project::甲 / score of the project: score 0.00–100.00: its low end does not reach the 80 "
        "that was asked for"
    ]


def test_a_project_without_a_total_reaches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(tmp_path, "甲,数量指标,人数,≥6人,6人,50", "甲,数量指标,次数,≥6次,6次,")
    code, out, _ = run(capsys, "score", path, "--fail-under", "1", "--format", "github")
    assert code == 1
    assert "没有总分，无法确认达到要求的 1" in out


# --- GitHub


def unescaped(text: str) -> str:
    """What GitHub makes of a property."""
    for escape, char in {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}.items():
        text = text.replace(escape, char)
    return text


def commands(out: str) -> list[tuple[str, dict[str, str], str]]:
    """Command, properties and message of each line that is a command, as GitHub reads them."""
    found = re.findall(r"^::(\w+) (.*?)::(.*)$", out, re.MULTILINE)
    return [
        (
            command,
            {key: unescaped(value) for key, value in (it.split("=", 1) for it in said.split(","))},
            unescaped(data),
        )
        for command, said, data in found
    ]


def test_an_annotation_stands_at_the_actual_else_at_the_target(
    tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, *tables, "--format", "github", "--lang", "en")
    places = {
        said["title"]: (command, said["file"], int(said["line"]))
        for command, said, _ in commands(out)
    }
    assert places == {
        "unmet: 合格率: A": ("error", "actuals.csv", 3),
        "error KP101: 验收率,B 100%": ("error", "actuals.csv", 4),
        "error KP102: 影响力": ("error", "targets.csv", 7),
        "undetermined: 满意度": ("warning", "targets.csv", 9),
        "error KP206: No indicator for an actual": ("error", "actuals.csv", 7),
    }
    for _, said, _ in commands(out):
        number = int(said["line"])
        text = {"targets.csv": TARGETS, "actuals.csv": ACTUALS}[said["file"]]
        name = said["title"].split(": ", 1)[1]
        assert name in text.split("\n")[number - 1].replace('"', "") or "KP206" in said["title"]


def test_a_command_holds_its_line_whatever_the_cells_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = '"a\n::error::b%0A\r\n::stop-commands::x,y:z\x1b\u202e"'
    path = table(tmp_path, f"甲,数量指标,{cell},≥6人,5人,90")
    _, out, _ = run(capsys, "score", path, "--format", "github")
    lines = out.splitlines()
    assert [line.startswith("::") for line in lines] == [True, False]
    ((_, said, message),) = commands(out)
    assert said["line"] == "2"
    assert said["title"] == r"未达标：a ::error::b%0A ::stop-commands::x,y:z\x1b\u202e"
    assert "\\x1b" in message
    assert "\x1b" not in out and "\u202e" not in out


def test_a_workbook_has_rows_and_no_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["三级指标", "指标值", "实际完成值", "分值"], ["人数", "≥6人", "5人", 90]):
        book.active.append(row)
    path = tmp_path / "t.xlsx"
    book.save(path)
    _, out, _ = run(capsys, "score", str(path), "--format", "github")
    ((_, said, _),) = commands(out)
    assert set(said) == {"file", "title"}


def test_only_what_is_made_of_lines_has_a_line(tmp_path: Path) -> None:
    row = '{"三级指标": "人数", "指标值": "≥6人", "实际完成值": "%s人", "分值": 45}'
    (tmp_path / "lines.jsonl").write_text(f"{row % 4}\n\n{row % 5}\n", "utf-8")
    (tmp_path / "array.json").write_text(f"[{row % 4},\n\n{row % 5}]", "utf-8")
    found = {}
    for name in ("lines.jsonl", "array.json"):
        rows = [project.indicators for project in kpieval.read(tmp_path / name)]
        found[name] = [(row.place.row, row.place.line) for row in rows[0]]
    assert found == {"lines.jsonl": [(1, 1), (3, 3)], "array.json": [(1, None), (2, None)]}


# --- JUnit

# What the readers of this form know: the attributes that must stand, those that may, the children.
SHAPE = {
    "testsuites": ("", "name tests failures errors time", "testsuite"),
    "testsuite": ("name tests failures errors", "skipped time", "properties testcase"),
    "properties": ("", "", "property"),
    "property": ("name value", "", ""),
    "testcase": ("name", "classname time file line", "failure error skipped"),
    "failure": ("message type", "", ""),
    "error": ("message type", "", ""),
    "skipped": ("", "message", ""),
}


def misshapen(element: ET.Element) -> list[str]:
    """What the shape does not allow."""
    must, may, children = (set(words.split()) for words in SHAPE[element.tag])
    found = [f"{element.tag}: lacks {name}" for name in must - set(element.attrib)]
    found += [f"{element.tag}: has {name}" for name in set(element.attrib) - must - may]
    for child in element:
        found += [] if child.tag in children else [f"{element.tag}: holds {child.tag}"]
        found += misshapen(child)
    return found


def test_the_document_has_the_shape_that_readers_know(
    tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, *tables, "--format", "junit", "--fail-under", "85")
    root = ET.fromstring(out)
    assert misshapen(root) == []
    assert all(len(case) <= 1 for case in root.iter("testcase"))
    assert all(suite[0].tag == "properties" for suite in root)
    assert root.get("tests") == "11"
    assert misshapen(ET.fromstring("<testsuites><testcase/></testsuites>")) != []


def test_the_totals_are_those_of_the_cases(
    tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, *tables, "--format", "junit", "--fail-under", "85")
    root = ET.fromstring(out)
    tags = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for element in (root, *root):
        told = {name: element.get(name) for name in tags}
        counted = {name: str(len(list(element.iter(tag)))) for name, tag in tags.items()}
        if element is root:
            del told["skipped"], counted["skipped"]
        assert told == counted
    assert [(suite.get("name"), suite.get("tests")) for suite in root] == [
        ("甲项目", "8"),
        ("乙项目", "2"),
        ("全部文件", "1"),
    ]


def test_no_two_cases_have_one_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["甲,数量指标,人数,≥6人,,30"] * 3
    _, out, _ = run(capsys, "score", table(tmp_path, *rows), "--format", "junit")
    cases = list(ET.fromstring(out).iter("testcase"))
    assert [case.get("name") for case in cases] == ["人数", "人数 (2)", "人数 (3)"]
    assert {case.get("classname") for case in cases} == {"甲.数量指标"}


def test_characters_that_xml_forbids_are_spelled_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Some are refused in a value, but a name may hold them.
    cell = 'a<b>&""\x01\x1b\u202e\ufffe\''
    path = table(tmp_path, f'甲,数量指标,"{cell}",≥6人,5人,90')
    _, out, _ = run(capsys, "score", path, "--format", "junit")
    (case,) = ET.fromstring(out).iter("testcase")
    assert case.get("name") == r"""a<b>&"\x01\x1b\u202e\ufffe'"""


def test_every_character_can_stand_in_the_document() -> None:
    everything = "".join(map(chr, range(0x11000))) + "\U0010ffff"
    element = ET.Element("a", text=spelled(everything))
    again = ET.fromstring(ET.tostring(element, encoding="unicode").encode("utf-8"))
    assert again.get("text") == spelled(everything)


def test_a_failure_tells_target_actual_gap_and_reason(
    tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, *tables, "--format", "junit", "--lang", "en")
    (failure,) = ET.fromstring(out).iter("failure")
    for said in ("≥90%", "80%", "by 10百分点", "of 20 points"):
        assert said in failure.get("message")
    assert failure.text.splitlines()[0] == "the target stands at targets.csv:4"
    assert "actual as written: 80%" in failure.text


# --- files and exit codes


def test_a_failing_run_still_writes_its_file_by_the_suffix(
    tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, *tables, "--fail-on", "unmet", "-o", "kpi.xml")
    assert (code, out) == (1, "")
    assert ET.parse("kpi.xml").getroot().tag == "testsuites"
    code, _, _ = run(capsys, *tables, "--fail-on", "unmet", "--format", "github", "-o", "kpi.xml")
    assert code == 1
    assert Path("kpi.xml").read_text("utf-8").startswith("::error file=actuals.csv,line=3,")


@pytest.mark.parametrize(
    "options",
    [
        ("--fail-on", "wrong"),
        ("--fail-under", "many"),
        ("-o", "no/such/folder/kpi.xml"),
        ("-o", "actuals.csv"),
        ("--actuals", "missing.csv"),
        ("--policy", "nobody"),
    ],
)
def test_a_run_that_cannot_be_made_is_2_whatever_fails_in_it(
    options: tuple[str, str], tables: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, *tables, "--fail-on", "unmet", "--format", "junit", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)
