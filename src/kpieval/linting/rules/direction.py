"""Signs that point the wrong way: L02, L03, L04, L37."""

from __future__ import annotations

from collections.abc import Iterator

from kpieval import wordlists
from kpieval.constraints import AtLeast, AtMost, LessThan, MoreThan
from kpieval.findings import Severity
from kpieval.linting import lexicon
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.linting.writing import with_sign
from kpieval.notes import Note
from kpieval.resolving import is_money

FLOORS, CEILINGS = (AtLeast, MoreThan), (AtMost, LessThan)


@rule("L02", Severity.ERROR)
def more_of_what_is_bad(sheet: Sheet) -> Iterator[Hit]:
    """More of something bad is asked for.

    What: the name counts events to be avoided (accidents, complaints, failures), and the sign asks
    for at least so many. Names about how they are dealt with (整改率, 化解数) are let be.
    Why: the direction is reversed (方向错误): the worse it gets, the better the score.

    标题：坏事越多越达标
    检查：名称数的是应当避免的事（事故、投诉、故障……），符号却要求“不少于”。整改、化解、办结等处理
    情况除外。
    原因：方向错误：情况越差，得分越高。

    Bad:
        质量/质量 | 不能正常办公次数 | ≥0次

        产出/质量 | 安全事故发生起数 | ≥1起

        满意度/满意度 | 群众投诉率 | ≥5%
    Good:
        产出/质量 | 不能正常办公次数 | ≤0次
        产出/质量 | 安全事故发生起数 | 0起
        产出/质量 | 投诉办结率 | ≥95%
        产出/数量 | 矛盾纠纷化解数量 | ≥20件
    """
    for row in sheet.rows:
        if counts_bad(row) and any(isinstance(part, FLOORS) for part in row.parts):
            if row.is_bare:
                continue
            zero = all(amount.value == 0 for amount in row.amounts)
            paste = with_sign(row, "=" if zero else "≤")
            note = Note.of("L02.zero" if zero else "L02", text=row.text, name=row.name)
            yield Hit(row, note, paste)


def counts_bad(row: Row) -> bool:
    """Whether the name counts something to be avoided, and not how it is dealt with."""
    name = row.name
    if not lexicon.holds(name, "bad", "events") or lexicon.holds(name, "bad", "handled"):
        return False
    return lexicon.ends(name, "bad", "counted") or lexicon.ends(name, "bad", "events")


@rule("L03", Severity.WARNING)
def less_delivered(sheet: Sheet) -> Iterator[Hit]:
    """A delivery under 数量指标 has only a ceiling.

    What: an output is counted, and the sign allows at most so many; delivering nothing meets it.
    For areas, staff and what is rented, where a limit may be meant, it is a note; for events to
    be avoided there is none.
    Why: delivering too little goes unpunished (方向错误).

    标题：产出数量只有上限
    检查：产出数量写成“不超过”，一件不做也算达标。面积、编制、租用等本来可能是限额的只作提示，坏事
    的计数不提示。
    原因：方向错误：少做不扣分。

    Bad:
        产出/数量 | 补助人员数量 | ≤12人

        产出/数量 | 租用房屋 | ≤1套
    Good:
        产出/数量 | 补助人员数量 | ≥12人
        产出/数量 | 安全事故次数 | ≤1次
        产出/数量 | 培训人数 | =30人
        成本/经济成本 | 培训费用 | ≤3万元
    """
    for row in sheet.in_category("产出"):
        ceilings = [part for part in row.numeric if isinstance(part, CEILINGS)]
        if row.kind != "数量" or len(ceilings) != len(row.parts) or not ceilings:
            continue
        if counts_bad(row) or row.context.is_bad or any(map(is_money, row.amounts)):
            continue
        limited = row.says("limit", "names")
        if limited:
            yield Hit(row, Note.of("L03.limit", text=row.text), severity=Severity.NOTE)
        else:
            yield Hit(row, Note.of("L03", text=row.text), with_sign(row, "≥"))


@rule("L04", Severity.WARNING)
def dearer_is_better(sheet: Sheet) -> Iterator[Hit]:
    """A cost has only a floor.

    What: an amount of money among the costs asks for at least so much. Money of which more is
    better (savings, income, investment that was attracted) is let be.
    Why: the direction is reversed (方向错误): whoever spends more, scores more.

    标题：成本只有下限
    检查：成本类的金额写成“不少于”。节支、收入、引资等越多越好的除外。
    原因：方向错误：花得越多，得分越高。

    Bad:
        成本/经济成本 | 培训费用 | ≥50万元

        产出/成本 | 物业管理费 | >8万元
    Good:
        成本/经济成本 | 培训费用 | ≤50万元
        产出/成本 | 节约资金 | ≥5万元
        产出/成本 | 节支率 | ≥3%
        效益/经济 | 带动投资 | ≥500万元
    """
    for row in sheet.rows:
        if not row.context.is_cost or row.is_bare or row.says("money", "wanted"):
            continue
        floors = [part for part in row.numeric if isinstance(part, FLOORS)]
        if len(floors) == len(row.parts) and floors and all(map(is_money, row.amounts)):
            yield Hit(row, Note.of("L04", text=row.text), with_sign(row, "≤"))


@rule("L37", Severity.WARNING)
def sign_against_direction(sheet: Sheet) -> Iterator[Hit]:
    """The sign says one thing, the column 指标方向性 another.

    What: ≤ beside 正向指标, or ≥ beside 反向指标.
    Why: the direction is unclear (方向错误); two readers score it in two ways.

    标题：符号与指标方向性矛盾
    检查：符号是“≤”而方向性写正向指标，或者符号是“≥”而方向性写反向指标。
    原因：方向错误：不同的人会按不同的方向计分。

    Bad:
        产出/数量 | 培训人数 | ≤30人 | 方向=正向指标

        成本/经济成本 | 培训费用 | ≥3万元 | 方向=反向指标
    Good:
        产出/数量 | 培训人数 | ≥30人 | 方向=正向指标
        成本/经济成本 | 培训费用 | ≤3万元 | 方向=反向指标
        产出/数量 | 课程数 | 5门 | 方向=正向指标
    """
    for row in sheet.rows:
        direction = row.indicator.direction
        upwards = direction in wordlists.words("direction", "higher")
        downwards = direction in wordlists.words("direction", "lower")
        wrong = CEILINGS if upwards else FLOORS if downwards else ()
        if wrong and row.numeric and all(isinstance(part, wrong) for part in row.parts):
            note = Note.of("L37", text=row.text, direction=direction)
            yield Hit(row, note, with_sign(row, "≥" if upwards else "≤"))
