"""Names and goals against the rows: L33, L34, L35."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from kpieval import units
from kpieval.amounts import Amount
from kpieval.findings import Severity
from kpieval.linting import mentions
from kpieval.linting.mentions import Mention
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note
from kpieval.resolving import is_money
from kpieval.units import NO_UNIT


@rule("L33", Severity.WARNING)
def doubled_names(sheet: Sheet) -> Iterator[Hit]:
    """Two rows of one second level have the same name; or a name is too long.

    What: the same name twice under the same levels. Equal values are normal. A name of more than
    ``longest_name`` characters (100 unless changed) is a note.
    Why: an actual cannot be told apart, and the same thing is scored twice (指标重复).

    标题：同一级次下名称重复，或者名称过长
    检查：同一个二级指标下有两行名称相同；指标值相同是正常的。名称超过 ``longest_name`` 个字（默认
    100）的只作提示。
    原因：指标重复：实际值分不清是哪一行的，同一件事计了两次分。

    Bad:
        产出/质量 | 验收合格率 | ≥90%
        产出/质量 | 验收合格率 | ≥95%

        产出/数量 | 组织开展面向全市各区各街道各社区各类人员的业务培训、政策宣讲、经验交流、实地观摩、专题研讨、成果展示、骨干选拔、跟踪回访、效果评估、档案整理、资料汇编、宣传推广以及其他与此相关的各项准备工作和后续服务工作的总次数 | ≥3次
    Good:
        产出/质量 | 验收合格率 | ≥90%
        产出/质量 | 培训合格率 | ≥90%
        产出/时效 | 验收合格率 | ≥90%
    """  # noqa: E501 - a name of more than 100 characters
    seen: set[tuple[str, str, str]] = set()
    for row in sheet.rows:
        place = (row.indicator.level1, row.indicator.level2, "".join(row.name.split()))
        if place[2] and place in seen:
            yield Hit(row, Note.of("L33", name=row.name))
        seen.add(place)
        if len(row.name) > sheet.config.longest_name:
            note = Note.of("L33.long", length=len(row.name), most=sheet.config.longest_name)
            yield Hit(row, note, severity=Severity.NOTE)


@rule("L34", Severity.NOTE)
def name_says_otherwise(sheet: Sheet) -> Iterator[Hit]:
    """The name holds a number that is not the value's.

    What: an amount in the name whose unit can be compared with the value's, and which is none of
    the value's amounts. Years, dates, ordinals, conditions (60岁以上) and amounts per something
    are let be.
    Why: name and value contradict each other.

    标题：名称里的数与指标值不一致
    检查：名称里写了数，单位与指标值可比，而指标值里没有这个数。年份、日期、序数、条件（60岁以
    上）、每人多少的除外。
    原因：名称和指标值互相矛盾。

    Bad:
        产出/数量 | 村组干部230人 | ≥200人

        产出/数量 | 购置台式电脑4台 | 5台
    Good:
        产出/数量 | 村组干部230人 | ≥230人
        产出/数量 | 举办第8届交流会 | 1届
        产出/数量 | 60岁以上老人体检 | ≥300人
        产出/质量 | 改造8个小区合格率 | ≥95%
        产出/数量 | 100人以上会议 | ≥3次
    """
    for row in sheet.rows:
        for mention in mentions.quantities(row.name):
            rivals = [each for each in row.amounts if _may_be(mention.amount, each)]
            if rivals and not any(_same(mention.amount, each) for each in rivals):
                note = Note.of("L34", found=mention.text, text=row.text)
                yield Hit(row, note)
                break


def _may_be(named: Amount, value: Amount) -> bool:
    """Whether the two could be the same thing: comparable, or the value has no unit."""
    return value.unit == NO_UNIT or units.comparable(named.unit, value.unit)


def _same(named: Amount, value: Amount) -> bool:
    if value.unit == NO_UNIT:
        return named.value == value.value
    return units.comparable(named.unit, value.unit) and named.base == value.base


@rule("L35", Severity.NOTE)
def goals_without_rows(sheet: Sheet) -> Iterator[Hit]:
    """The goals say a number that no row has, or a goal has no row.

    What: an amount in the goals that is no row's, no sum of rows in its unit, and no budget; told
    once a project. And, where rows say which goal they belong to (目标1), a numbered goal that no
    row names. Years, dates, ordinals, document numbers and conditions are let be.
    Why: the rows do not measure what the project is for (相关性).

    标题：绩效目标里的数或目标没有对应的指标
    检查：目标里写的数，没有一行指标有，也不是几行之和或预算数，每个项目提示一次；行里写明“目
    标1”的表，有编号的目标没有对应的行。年份、日期、序数、文号、条件除外。
    原因：指标不能反映项目要做的事（相关性）。

    Bad:
        目标 对12名困难职工发放补助，新建活动室3间
        产出/数量 | 补助人员数量 | ≥12人

        目标 1.举办培训班。2.出版论文集。
        产出/数量 | 培训班期数（目标1） | ≥3期
    Good:
        目标 依据津财〔2022〕15号文，对12名困难职工发放补助，举办第8届交流会，60岁以上优先
        产出/数量 | 补助人员数量 | ≥12人

        目标 培训5期
        产出/数量 | 业务培训 | 3期
        产出/数量 | 安全培训 | 2期

        目标 1.举办培训班。2.出版论文集。
        产出/数量 | 培训班期数（目标1） | ≥3期
        产出/数量 | 论文集（目标2） | ≥1册
    """
    if not sheet.rows:
        return
    lacking = [each for each in mentions.quantities(sheet.project.goals) if not _has(sheet, each)]
    if lacking:
        said = "、".join(dict.fromkeys(each.text for each in lacking))
        yield Hit(None, Note.of("L35", found=said))
    numbered, named = _numbers_of_goals(sheet.project.goals), _goals_of_rows(sheet.rows)
    for number in sorted(numbered - named) if named else ():
        yield Hit(None, Note.of("L35.goal", number=number))


def _has(sheet: Sheet, mention: Mention) -> bool:
    """Whether the amount is a row's in whatever unit, a sum of rows, or money of the project."""
    project, wanted = sheet.project, mention.amount
    if is_money(wanted) and project.budget is None:
        return True
    money = [project.budget, *(amount for _, amount in project.funds)]
    if any(each is not None and _same(wanted, each) for each in money):
        return True
    named = (each.amount for row in sheet.rows for each in mentions.quantities(row.name))
    amounts = [*named, *(each for row in sheet.rows for each in row.amounts)]
    # The goals say 2部, the row 2台: two words for one thing.
    if any(_same(wanted, each) or wanted.value == each.value for each in amounts):
        return True
    return wanted.base == _sum(wanted, sheet.rows)


def _sum(wanted: Amount, rows: Iterable[Row]) -> Fraction:
    """What the rows in the unit of an amount make together."""
    found = (row.amounts[0] for row in rows if len(row.amounts) == 1)
    return sum((a.base for a in found if units.comparable(a.unit, wanted.unit)), Fraction(0))


_GOAL = re.compile(r"(?:^|[\n。；;])\s*([0-9]{1,2})[.、．)）](?![0-9]{2})")
_OF_GOAL = re.compile(r"目标([0-9]{1,2}(?:[、,，和及][0-9]{1,2})*)")


def _numbers_of_goals(goals: str) -> set[int]:
    return {int(found) for found in _GOAL.findall(goals)}


def _goals_of_rows(rows: Iterable[Row]) -> set[int]:
    """The numbers of the goals that rows say they belong to."""
    texts = (text for row in rows for text in (row.name, row.indicator.description))
    return {
        int(number)
        for text in texts
        for found in _OF_GOAL.findall(text)
        for number in re.findall("[0-9]+", found)
    }
