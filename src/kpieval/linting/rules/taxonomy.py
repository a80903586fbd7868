"""Rows under the wrong level, and levels that are missing: L21, L22, L23, L28."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpieval.amounts import Amount
from kpieval.findings import Severity
from kpieval.linting import lexicon
from kpieval.linting.rule import Hit, rule
from kpieval.linting.rules.direction import counts_bad
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note


@rule("L21", Severity.WARNING)
def under_the_wrong_output(sheet: Sheet) -> Iterator[Hit]:
    """Time stands outside 时效指标, or a count stands among the qualities.

    What: a date, or a rate of what was done in time (及时率), under another second level than
    时效. A count under 质量指标 is a note; counts of events to be avoided are qualities.
    Why: it is filed wrongly (归类错误): one side is judged twice, the other not at all.

    标题：时间不在时效指标里，数量在质量指标里
    检查：日期、及时率写在时效以外的二级指标下；质量指标里的计数只作提示，坏事的计数本来就是质量。
    原因：归类错误：一方面重复考核，另一方面没有考核。

    Bad:
        年度 2024
        产出/数量 | 报告完成时间 | 2024年12月底前

        产出/质量 | 补助发放及时率 | 100%

        产出/质量 | 有效问卷数量 | ≥6000份
    Good:
        年度 2024
        产出/时效 | 报告完成时间 | 2024年12月底前
        产出/时效 | 补助发放及时率 | 100%
        产出/数量 | 有效问卷数量 | ≥6000份
        产出/质量 | 安全事故次数 | ≤1次
        产出/质量 | 问卷有效率 | ≥90%
        满意度/满意度 | 对办理及时性的满意度 | ≥90%
    """
    for row in sheet.rows:
        if row.kind in ("", "时效") or row.constraint is None:
            continue
        if row.dated and len(row.dated) == len(row.parts):
            yield Hit(row, Note.of("L21", text=row.text, level=row.indicator.level2))
        elif _is_punctuality(row):
            yield Hit(row, Note.of("L21", text=row.name, level=row.indicator.level2))
        elif row.kind == "质量" and _counts(row) and not counts_bad(row) and not row.context.is_bad:
            yield Hit(row, Note.of("L21.count", text=row.text), severity=Severity.NOTE)


def _is_punctuality(row: Row) -> bool:
    """Whether the row is the share of what was done in time."""
    if row.says("satisfaction", "names") or not row.says("time", "punctual"):
        return False
    return any(True for _ in row.percentages)


def _counts(row: Row) -> bool:
    """Whether every amount is a number of things."""
    return bool(row.amounts) and all(map(_is_count, row.amounts))


def _is_count(amount: Amount) -> bool:
    match amount.unit.dimension:
        case ((base, 1),):
            return base not in lexicon.words("uncounted", "units")
        case _:
            return False


@rule("L22", Severity.WARNING)
def activity_as_benefit(sheet: Sheet) -> Iterator[Hit]:
    """Something that was done stands among the benefits.

    What: under 效益指标 a count of activities (宣传, 报道, 培训, 会议, 检查). What came of them
    (受益, 带动, 引用, 采纳) and rates are let be.
    Why: it is filed wrongly (归类错误): it is an output, no outcome.

    标题：效益指标里数的是做了多少事
    检查：效益指标数的是宣传、报道、培训、会议、检查等活动；受益、带动、引用、采纳等结果和比率除外。
    原因：归类错误：这是产出，不是效益。

    Bad:
        效益/社会 | 媒体宣传报道次数 | 1次

        效益/社会 | 开展培训场次 | ≥5场
    Good:
        产出/数量 | 媒体宣传报道次数 | ≥1次
        效益/社会 | 培训带动就业人数 | ≥50人
        效益/社会 | 调研报告被采纳篇数 | ≥2篇
        效益/社会 | 文化活动惠及人数 | ≥3000人
        效益/社会 | 巡查发现问题数 | ≥30个
        效益/社会 | 宣传知晓率 | ≥80%
    """
    for row in sheet.in_category("效益"):
        activity = lexicon.ends(_counted(row.name), "activity", "names")
        if activity and not row.says("activity", "outcomes") and _counts(row):
            yield Hit(row, Note.of("L22", name=row.name))


def _counted(name: str) -> str:
    """What a name counts: without its brackets, and without the word for the count at its end."""
    rest = re.sub(r"[（(][^（()）]*[）)]|\s", "", name)
    for word in lexicon.words("activity", "counted"):
        if rest.endswith(word):
            return rest.removesuffix(word)
    return rest


@rule("L23", Severity.NOTE)
def satisfaction_of_whom(sheet: Sheet) -> Iterator[Hit]:
    """A satisfaction does not say who is asked.

    What: what is left of the name without 满意度 names nobody: 服务对象, 受益群体, or nothing.
    Why: the survey cannot be planned, and its result cannot be checked (明确清晰性).

    标题：满意度没有说明问谁
    检查：名称去掉“满意度”等字以后，只剩“服务对象”“受益群体”一类的话，或者什么也不剩。
    原因：说不清调查谁，结果也无法核对。

    Bad:
        满意度/服务对象满意度 | 服务对象满意度 | ≥90%

        满意度/服务对象满意度 | 满意度 | ≥90%
    Good:
        满意度/服务对象满意度 | 参训学员满意度 | ≥90%
        满意度/服务对象满意度 | 服务对象满意度（社区居民） | ≥90%
        效益/社会 | 群众知晓率 | ≥80%
    """
    nobody = ("", *lexicon.words("satisfaction", "nobody"))
    for row in sheet.rows:
        asked = row.says("satisfaction", "names") and "满意度" in (row.kind, row.category)
        if asked and _asked(row.name) in nobody:
            yield Hit(row, Note.of("L23", name=row.name))


def _asked(name: str) -> str:
    """Who is asked: the name without the words about satisfaction and the places for a number."""
    rest = re.sub(r"[（(][^（()）]*[*%％][^（()）]*[）)]|[（()）\s]", "", name)
    for word in lexicon.words("prose", "satisfied"):
        rest = rest.replace(word, "")
    return rest


@rule("L28", Severity.ERROR)
def missing_levels(sheet: Sheet) -> Iterator[Hit]:
    """A level of the official table has no row.

    What: no row under 产出 is an error; none under 效益, 数量, 质量 or 成本 is a warning, none of
    satisfaction a note. Tables without levels, and the fixed tables for salaries and running costs,
    are let be.
    Why: the table is not complete (完整性).

    标题：缺少一级或二级指标
    检查：没有产出指标是错误；没有效益、数量、质量、成本指标是警告；没有满意度指标是提示。不写级次
    的表、人员和运转类的固定表除外。
    原因：指标不完整。

    Bad:
        效益/社会 | 受益人数 | ≥500人
        满意度/满意度 | 居民满意度 | ≥90%

        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训合格率 | ≥90%
        产出/成本 | 培训费用 | ≤3万元
        满意度/满意度 | 学员满意度 | ≥90%

        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训合格率 | ≥90%
        产出/成本 | 培训费用 | ≤3万元
        效益/社会 | 学员就业率 | ≥60%
    Good:
        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训合格率 | ≥90%
        产出/成本 | 培训费用 | ≤3万元
        效益/社会 | 学员就业率 | ≥60%
        满意度/满意度 | 学员满意度 | ≥90%

        产出/数量 | 足额保障率 | =100%
        产出/数量 | 科目调整次数 | ≤10次
        效益/经济 | 结余率 | ≤5%

        过程/预算管理 | 预算调整率 | ≤5%
        效益/社会 | 群众受益人数 | ≥500人
        满意度/满意度 | 群众满意度 | ≥90%
    """
    if any(row.says("rows", "fixed") for row in sheet.rows):
        return
    categories, kinds = {row.category for row in sheet.rows}, {row.kind for row in sheet.rows}
    if not categories - {""}:
        return
    if "产出" not in categories:
        yield Hit(None, Note.of("L28", lacking="产出指标"))
    lacking = [] if "效益" in categories else ["效益"]
    if kinds & {"数量", "质量", "时效", "成本"}:
        wanted = ("数量", "质量", "成本") if "产出" in categories else ("成本",)
        lacking += [name for name in wanted if name not in categories | kinds]
    if lacking:
        names = "、".join(f"{name}指标" for name in lacking)
        yield Hit(None, Note.of("L28", lacking=names), severity=Severity.WARNING)
    if "满意度" not in categories | kinds:
        yield Hit(None, Note.of("L28", lacking="满意度指标"), severity=Severity.NOTE)
