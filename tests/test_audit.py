"""The audit of published self-evaluations: what is said of each score, the sums, the findings."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from commands import run, validate
from measure import audit as measured
from measure.__main__ import between_markers

from kpieval import (
    Actuals,
    AuditedProject,
    AuditedRow,
    Checked,
    Finding,
    Limits,
    Published,
    Rule,
    ScoreEntry,
    Severity,
    TotalEntry,
    audit_project,
    audit_tables,
    policy,
    read,
    read_actuals,
    read_published,
)
from kpieval.auditing.candidates import UNROUNDED, Candidate, Spent, Way, candidates
from kpieval.auditing.judging import rate_of
from kpieval.exact import cut
from kpieval.presets import policies

HEADER = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,得分,偏差原因\n"
DOCUMENT = Path(__file__).parents[1] / "docs" / "audit.md"


def written(folder: Path, *rows: str, name: str = "自评.csv") -> str:
    path = folder / name
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return str(path)


def audited(path: str, **options: object) -> AuditedProject:
    (project,) = read(path, year=2024)
    return audit_project(
        project,
        read_actuals(path, year=2024),
        read_published(path, year=2024),
        policy("mof-2020"),
        **options,  # type: ignore[arg-type]
    )


def row(actual: str, score: str, *, target: str = "≥100人", name: str = "人数", **more: str) -> str:
    level = more.get("level", "数量指标")
    weight, reason = more.get("weight", "10"), more.get("reason", "")
    return f"甲,产出指标,{level},{name},{target},{actual},{weight},{score},{reason}"


def codes(project: AuditedProject) -> list[str]:
    return [finding.code for finding in project.findings]


def said(project: AuditedProject) -> list[bool | None]:
    return [each.checked.consistent for each in project.rows]


CUT = [row("86人", "8", name="a"), row("87人", "8", name="b"), row("95人", "9", name="c")]


def test_three_rows_name_the_one_rounding_of_a_table(tmp_path: Path) -> None:
    found = audited(written(tmp_path, *CUT, row("100人", "10", name="d")))
    assert said(found) == [True] * 4
    assert found.rule is not None
    assert (found.rule.policy, found.rule.rounding) == ("mof-2020", "whole_cut")
    assert [each.checked.rule for each in found.rows] == [found.rule] * 3 + [None]
    assert "A02" not in codes(found)


def test_two_rows_never_name_a_rounding(tmp_path: Path) -> None:
    found = audited(written(tmp_path, *CUT[:2]))
    assert said(found) == [None, None]
    assert found.rule is None
    assert found.rows[0].checked.reason.code == "audit.too_few"


def test_a_rounding_that_another_row_contradicts_explains_nothing(tmp_path: Path) -> None:
    found = audited(written(tmp_path, *CUT, row("91.27人", "9.13", name="d")))
    assert said(found) == [None, None, None, True]
    mixed = audited(written(tmp_path, *CUT, row("86.4人", "8.6", name="d")))
    assert said(mixed)[0] is None


def test_a_row_that_no_rule_explains_stands_alone(tmp_path: Path) -> None:
    found = audited(written(tmp_path, *CUT, row("90.5人", "3", name="d")))
    assert said(found) == [True, True, True, False]


@pytest.mark.parametrize(
    ("line", "consistent", "code"),
    [
        (row("100人", "9"), False, "A01"),
        (row("100人", "9", reason="资料不全"), None, None),
        (row("90人", "10"), False, "A02"),
        (row("99.9996人", "10"), False, "A02"),
        (row("", "10", target="≤5万元"), None, "A03"),
        (row("部分达成", "9", target="效果明显"), False, "A04"),
        (row("受到好评", "9", target="效果明显"), None, "A05"),
        (row("130人", "10"), True, "A06"),
        (row("130人", "10", reason="需求增加"), True, "A07"),
        (row("120人", "10"), True, "A07"),
        (row("90人", "9"), True, "A08"),
        (row("90人", "9", reason="疫情"), True, None),
        (row("0元", "10", target="≤5万元"), True, "A12"),
        (row("100人", "11"), False, "A16"),
        (row("90人", "-1"), False, "A16"),
        (row("效果明显", "9", target="效果明显"), True, "A17"),
        (row("90人", "九分左右"), None, "A19"),
        (row("100人", "10", weight=""), None, None),
        (row("5", "10", target="≥5外星币"), None, None),
        (row("290%", "10", target="290%"), None, None),
        (row("100人", ""), None, None),
    ],
)
def test_each_score_is_judged_with_its_finding(
    line: str, consistent: bool | None, code: str | None, tmp_path: Path
) -> None:
    found = audited(written(tmp_path, line))
    assert said(found) == [consistent]
    assert code in codes(found) if code else not {"A01", "A02", "A06", "A08"} & {*codes(found)}


def test_totals_grade_and_weights_are_added_up(tmp_path: Path) -> None:
    spent = "甲,,,全年执行数,,95万元,10,9.5,"
    header = HEADER.replace("项目名称", "项目名称,预算数（万元）")
    rows = [spent, row("100人", "60", weight="60"), row("100人", "30", weight="30", name="b")]
    lines = [line.replace("甲,", "甲,100,", 1) for line in rows]

    def found(total: str) -> AuditedProject:
        path = tmp_path / "t.csv"
        path.write_text(header + "\n".join([*lines, total]) + "\n", "utf-8")
        return audited(str(path))

    good = found("甲,,总分,,,,,100,99.5,等级：优")
    assert good.total is not None
    assert good.weights is not None
    assert good.execution is not None
    assert (good.total.consistent, good.weights.consistent) == (True, True)
    assert good.execution.consistent is True
    assert good.grade == ("优", True, "优")
    assert good.consistent is True
    bad = found("甲,,总分,,,,,99,79,等级：优")
    assert {"A14", "A15", "A18"} <= {*codes(bad)}
    assert bad.consistent is False


def test_a_subtotal_is_that_of_the_rows_of_its_first_level(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row("100人", "10", name="a"), row("100人", "10", name="b"), "甲,小计,,,,,20,{},"]
    rows += ["甲,效益指标,社会效益指标,c,≥100人,100人,10,10,", "甲,小计,,,,,10,10,"]
    rows.append("甲,总分,,,,,30,30,")

    def file(score: str) -> str:
        return written(tmp_path, *(line.format(score) for line in rows))

    good = audited(file("20"))
    assert [(level, part.consistent) for level, part in good.parts] == [
        ("产出指标", True),
        ("效益指标", True),
    ]
    assert good.total is not None
    assert good.total.consistent is True
    bad = audited(file("19"))
    assert codes(bad).count("A14") == 1
    assert bad.consistent is False
    _, out, _ = run(capsys, "audit", file("19"), "--format", "json", "--year", "2024")
    document = json.loads(out)
    validate("audit", document)
    parts = document["totals"]["projects"][0]["parts"]
    assert [(part["level"], part["consistent"]) for part in parts] == [
        ("产出指标", False),
        ("效益指标", True),
    ]
    _, told, _ = run(capsys, "audit", file("19"), "--lang", "en", "--year", "2024")
    assert "subtotal of '产出指标'" in told


def test_a_total_has_room_only_for_an_execution_that_is_not_listed(tmp_path: Path) -> None:
    def total(weight: str, score: str) -> bool | None:
        found = audited(written(tmp_path, row("100人", "10"), f"甲,总分,,,,,{weight},{score},优"))
        assert found.total is not None
        assert found.grade is not None
        assert found.grade[1] is None
        return found.total.consistent

    assert total("20", "10") is True
    assert total("20", "19") is None
    assert total("20", "21") is False
    assert total("10", "11") is False


def test_spending_is_held_against_the_points(tmp_path: Path) -> None:
    header = HEADER.replace("项目名称", "项目名称,预算数（万元）")
    path = tmp_path / "t.csv"
    for money, wanted in (("70", {"A09", "A10", "A20"}), ("110", {"A11"})):
        lines = [f"甲,100,,,全年执行数,,{money}万元,10,10,", row("100人", "90", weight="90")]
        lines[1] = lines[1].replace("甲,", "甲,100,", 1)
        path.write_text(header + "\n".join(lines) + "\n", "utf-8")
        assert wanted <= {*codes(audited(str(path)))}
        eased = audited(str(path), limits=Limits(Fraction(1), Fraction(1)))
        assert not {"A09", "A10"} & {*codes(eased)}


def test_targets_copied_down_are_noted(tmp_path: Path) -> None:
    lines = [row("100人", "10", target="100人", name=name) for name in "abc"]
    assert "A13" in codes(audited(written(tmp_path, *lines)))
    assert "A13" not in codes(audited(written(tmp_path, *lines[:2])))


def test_a_form_gives_the_points_of_its_funds(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [
        ["项目支出绩效自评表（2024年度）"],
        ["项目名称", "培训"],
        [
            "项目资金（万元）",
            "",
            "年初预算数",
            "全年预算数",
            "全年执行数",
            "分值",
            "执行率",
            "得分",
        ],
        ["", "年度资金总额", "100", "100", "95", "10", "95%", "9"],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因",
        ],
        ["产出指标", "数量指标", "培训人数", "≥100人", "100人", "90", "90", ""],
        ["总分", "", "", "", "", "100", "99", ""],
    ]:
        sheet.append(line)
    path = tmp_path / "form.xlsx"
    book.save(path)
    found = audited(str(path))
    assert found.execution is not None
    assert (found.execution.published, found.execution.consistent) == (9, None)
    assert found.total is not None
    assert (found.total.published, found.total.consistent) == (99, True)


def test_projects_of_one_file_are_audited_apart(tmp_path: Path) -> None:
    path = written(tmp_path, row("100人", "10"), row("90人", "10").replace("甲", "乙", 1))
    parts = (read(path), read_actuals(path), read_published(path), policy())
    assert [said(each) for each in audit_tables(*parts)] == [[True], [False]]


def test_what_is_published_does_not_change_a_score(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    documents = []
    for score in ("1", "10"):
        path = written(tmp_path, row("90人", score))
        _, out, _ = run(capsys, "score", path, "--format", "json")
        documents.append({**json.loads(out), "sources": None})
    assert documents[0] == documents[1]


def test_the_document_follows_its_schema_and_the_exit_code_the_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, *CUT, row("90人", "10", name="d"), "甲,总分,,,,,40,35,")
    code, out, _ = run(capsys, "audit", path, "--format", "json", "--year", "2024")
    document = json.loads(out)
    validate("audit", document)
    assert code == 0
    assert [each["consistent"] for each in document["rows"]] == [True, True, True, False]
    assert document["rows"][0]["rule"]["rounding"] == "whole_cut"
    assert document["totals"]["projects"][0]["total"]["consistent"] is True
    assert run(capsys, "audit", path, "--fail-on", "inconsistent")[0] == 1
    good = written(tmp_path, row("100人", "10"), name="good.csv")
    assert run(capsys, "audit", good, "--fail-on", "inconsistent")[0] == 0
    assert run(capsys, "audit", good, "--fail-on", "unmet")[0] == 2
    assert run(capsys, "audit", str(tmp_path / "none.csv"))[0] == 2


@pytest.mark.parametrize("form", ["text", "csv", "md"])
@pytest.mark.parametrize(("lang", "word"), [("zh", "不符"), ("en", "does not follow")])
def test_every_form_speaks_both_languages(
    form: str, lang: str, word: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, row("90人", "10"))
    code, out, _ = run(capsys, "audit", path, "--format", form, "--lang", lang)
    assert code == 0
    assert word in out
    target = tmp_path / f"out.{'txt' if form == 'text' else form}"
    assert run(capsys, "audit", path, "--lang", lang, "-o", str(target))[0] == 0
    assert word in target.read_text("utf-8")


def test_published_values_may_come_from_a_mapping() -> None:
    values: dict[tuple[str, ...], str] = {("甲", "a"): "9"}
    published = Published.from_mapping(values, total="9", grade="优")
    assert published.entries == (ScoreEntry("a", "9", project="甲"),)
    assert published.totals == (TotalEntry(score="9", grade="优"),)
    assert (published + Published()).entries == published.entries
    assert Actuals.from_mapping({"a": "9"}).entries[0].value == "9"


def test_the_public_types_are_what_an_audit_is_made_of(tmp_path: Path) -> None:
    found = audited(written(tmp_path, *CUT))
    assert isinstance(found, AuditedProject)
    assert isinstance(found.rows[0], AuditedRow)
    assert isinstance(found.rows[0].checked, Checked)
    assert isinstance(found.rule, Rule)
    assert isinstance(found.findings[0], Finding)
    assert found.findings[0].severity in Severity


def test_candidates_are_all_policies_with_all_roundings() -> None:
    known = candidates(policy())
    assert known[0] == Candidate(policy())
    assert len(known) == 1 + 4 * len(policies())


def test_the_unrounded_points_are_exact_enough_to_cut() -> None:
    made = Candidate(policy(), Way("whole_cut", 0, cuts=True)).execution(
        Spent.of_rate(Fraction(1, 3)), Fraction(9)
    )
    assert made is not None
    assert made.score.low == 3
    assert cut(Fraction(10) - Fraction(1, 10**UNROUNDED.places), 0) == 9


# --- measured ------------------------------------------------------------------------------------


def test_no_score_that_a_note_calls_inconsistent_is_passed() -> None:
    noted = [it for it in measured.results() if "INCONSISTENT" in it.line["gold"]["note"]]
    assert len(noted) == 3
    assert [it.found for it in noted] == [measured.NOT] * 3


def test_the_audit_agrees_with_the_gold_on_nearly_all_rows() -> None:
    found = measured.results()
    assert len(found) == 70
    assert sum(it.agrees for it in found) * 100 >= 95 * len(found)


def test_the_document_says_what_a_fresh_run_says() -> None:
    hint = "run: PYTHONPATH=src:tests python -m measure.audit --write docs/audit.md"
    text = DOCUMENT.read_text(encoding="utf-8")
    assert between_markers(text, "audit") == measured.section(measured.results()), hint


BUDGETED = HEADER.replace("项目名称", "项目名称,预算数（万元）")


def spent(folder: Path, budget: str, amount: str, score: str) -> AuditedProject:
    """A table of one row beside the execution: 全年执行数, its weight of 10 and its points."""
    path = folder / "执行.csv"
    lines = [f"甲,{budget},,,全年执行数,,{amount},10,{score},", row("100人", "90", weight="90")]
    lines[1] = lines[1].replace("甲,", f"甲,{budget},", 1)
    path.write_text(BUDGETED + "\n".join(lines) + "\n", "utf-8")
    return audited(str(path))


@pytest.mark.parametrize(
    ("budget", "amount", "score", "consistent", "reason"),
    [
        ("100", "95万元", "9.5", True, "audit.follows"),
        ("100", "95万元", "10.5", False, "audit.above_weight"),
        ("100", "95万元", "-1", False, "audit.above_weight"),
        ("100", "95万元", "九分", None, "audit.score_unread"),
        ("100", "", "9.5", None, "audit.no_spending"),
        ("100", "若干", "9.5", None, "audit.no_spending"),
        ("", "95万元", "9.5", None, "audit.no_budget"),
    ],
)
def test_points_for_the_spending_are_judged(
    budget: str, amount: str, score: str, consistent: bool | None, reason: str, tmp_path: Path
) -> None:
    checked = spent(tmp_path, budget, amount, score).execution
    assert checked is not None
    assert (checked.consistent, checked.reason.code) == (consistent, reason)


def test_points_above_those_there_are_for_the_spending_are_named(tmp_path: Path) -> None:
    checked = spent(tmp_path, "100", "95万元", "10.5").execution
    assert checked is not None
    assert dict(checked.reason.params) == {"score": "10.5", "weight": "10"}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("86%", Fraction(43, 50)),
        ("86", Fraction(43, 50)),
        ("0.86", Fraction(43, 50)),
        ("1", Fraction(1)),
        ("百分之八十六", Fraction(43, 50)),
        ("-86%", None),
        ("86万元", None),
        ("86%以上", None),
        ("86%%", None),
        ("不详", None),
    ],
)
def test_a_rate_of_spending_is_a_share_or_nothing(text: str, share: Fraction | None) -> None:
    assert rate_of(text) == share


def test_a_rate_of_spending_that_nobody_can_read_is_said(tmp_path: Path) -> None:
    found = audited(written(tmp_path, row("九成左右", "9", target="", name="预算执行率")))
    reason = found.rows[0].checked.reason
    assert (reason.code, dict(reason.params)) == ("audit.rate_unread", {"text": "九成左右"})
    read = audited(written(tmp_path, row("90%", "9", target="", name="预算执行率")))
    assert read.rows[0].checked.consistent is True


@pytest.mark.parametrize(
    ("target", "actual", "score", "opened"),
    [
        ("≥100人", "200人", "8", True),
        ("≤100人", "120人", "9", True),
        ("=100人", "99人", "5", True),
        # A range and a date are not opened, whatever happens to them.
        ("90-100人", "89人", "5", False),
        ("2024年6月底前", "2024年7月", "5", False),
    ],
)
def test_only_some_rows_are_opened_to_hand_change(
    target: str, actual: str, score: str, opened: bool, tmp_path: Path
) -> None:
    path = written(tmp_path, row(actual, score, target=target))
    (project,) = read(path, year=2024)
    found = audit_project(
        project,
        read_actuals(path, year=2024),
        read_published(path, year=2024),
        policy("platform-standard"),
    )
    assert (found.rows[0].checked.reason.code == "audit.hand_change") is opened


@pytest.mark.parametrize(
    ("lang", "good", "bad"),
    [
        ("zh", "等级「优」：符合", "等级「差」：不符"),
        ("en", "grade 优: follows", "grade 差: does not follow"),
    ],
)
def test_the_text_tells_whether_the_grade_is_that_of_the_total(
    lang: str, good: str, bad: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for grade, line in (("优", good), ("差", bad)):
        total = f"甲,,总分,,,,100,100,等级：{grade}"
        path = written(tmp_path, row("100人", "100", weight="100"), total)
        assert line in run(capsys, "audit", path, "--lang", lang)[1]


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "找到的是「随便 写的 一 二」"), ("en", "found '随便 写的 一 二'")]
)
def test_the_text_ends_with_what_reading_met(
    lang: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = written(tmp_path, row("100人", "10"))
    bad = tmp_path / "空.csv"
    bad.write_text("随便,写的\n一,二\n", "utf-8")
    _, out, _ = run(capsys, "audit", good, str(bad), "--lang", lang)
    last = out.split("\n\n")[-1]
    assert "空.csv" in last
    # Lines may break anywhere, for the path may be long.
    assert "".join(said.split()) in "".join(last.split())
