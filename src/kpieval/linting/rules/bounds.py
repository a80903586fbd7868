"""Bounds that cannot be missed, cannot be met, or are too low: L01, L14, L15, L16, L46."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from kpieval import exact, meaning, units
from kpieval.constraints import AtLeast, Between, By, MoreThan, NotBefore
from kpieval.findings import Severity
from kpieval.intervals import Bound, Interval
from kpieval.linting.rule import Hit, rule
from kpieval.linting.rules.direction import counts_bad
from kpieval.linting.sheets import Row, Sheet
from kpieval.linting.writing import with_sign
from kpieval.meaning import Decided
from kpieval.notes import Note
from kpieval.units import parse_unit

WHOLE = Fraction(100)


@rule("L01", Severity.ERROR)
def cannot_fail(sheet: Sheet) -> Iterator[Hit]:
    """No actual can miss the target.

    What: the target allows every value that its unit can take. Counts, money, areas and rates
    cannot be below 0, and rates such as 合格率 not above 100 %; changes, profits and temperatures
    can be below 0.
    Why: it measures nothing (不可衡量). Whoever wrote ≥0 meant ≤0 or =0.

    标题：怎么也不会不达标
    检查：目标包含了这种单位能取的所有值。次数、金额、面积、比率不会小于 0，合格率一类不会大于
    100%；增幅、利润、温度可以是负数。
    原因：不可衡量：写成 ≥0 的，本意多半是 ≤0 或 =0。

    Bad:
        产出/质量 | 不能正常办公次数 | ≥0次

        产出/质量 | 验收合格率 | ≤100%

        成本/经济成本 | 结余资金 | ≥0元
    Good:
        产出/质量 | 不能正常办公次数 | ≤0次
        产出/质量 | 验收合格率 | ≥90%
        效益/经济 | 净利润 | ≥0万元
        产出/数量 | 培训次数 | >0次
        效益/经济 | 同比增长率 | ≥0%
    """
    for row in sheet.rows:
        if row.numeric and all(_all_allowed(row, part) for part in row.parts):
            paste = with_sign(row, "=") if all(a.value == 0 for a in row.amounts) else ""
            yield Hit(row, Note.of("L01", text=row.text), paste)


def _all_allowed(row: Row, part: object) -> bool:
    """Whether the part is about amounts and allows all that are possible."""
    if not isinstance(part, Decided):
        return False
    possible = _possible(row, part)
    return possible is not None and meaning.numbers(part).contains(possible)


def _possible(row: Row, part: Decided) -> Interval[Fraction] | None:
    """The amounts that a row can come to; None where anything can."""
    if row.is_change or row.says("bound", "signed") or meaning.unit(part).name in _SIGNED:
        return None
    percent = parse_unit("%")
    if units.comparable(meaning.unit(part), percent) and row.says("rate", "bounded"):
        return Interval(Bound(Fraction(0)), Bound(WHOLE * percent.scale))
    return Interval.at_least(Fraction(0))


_SIGNED = ("℃", "分贝")
"""Units whose amounts can be below 0: neither has a zero that means nothing."""


@rule("L14", Severity.ERROR, family="unread")
def impossible_rate(sheet: Sheet) -> Iterator[Hit]:
    """A rate is asked for that there cannot be.

    What: more than 100 % of a rate that has a whole (合格率, 到位率, 满意度), or less than 0 %.
    Why: it cannot be met; most are slips of the pen or of a scanner (不可衡量).

    标题：比率超出可能的范围
    检查：合格率、到位率、满意度等要求超过 100%，或者任何比率小于 0%。
    原因：不可衡量：永远达不到，多半是笔误或识别错误。

    Bad:
        产出/质量 | 验收合格率 | ≥120%

        满意度/满意度 | 受益群众满意度 | ≥-5%
    Good:
        产出/质量 | 验收合格率 | 100%
        效益/经济 | 收入完成率 | ≥120%
        效益/经济 | 销售额增长率 | ≥-5%
    """
    for row in sheet.rows:
        if row.is_change:
            continue
        signed = row.says("bound", "signed")
        for percent in row.percentages:
            too_much = percent > WHOLE and row.says("rate", "bounded") and not signed
            if too_much or (percent < 0 and not signed):
                said = exact.text(percent)
                yield Hit(row, Note.of("L14", text=row.text, percent=said), _damaged(percent))
                break


def _damaged(percent: Fraction) -> str:
    """What a sign read as a figure was: 292% is ≥92%. Below 50 % nobody would have asked for it."""
    rest = exact.text(percent)[1:]
    return f"≥{rest}%" if 100 < percent < 1000 and len(rest) == 2 and rest > "50" else ""


@rule("L15", Severity.WARNING)
def lawful_in_part(sheet: Sheet) -> Iterator[Hit]:
    """What the law or a promise asks of all is asked of some.

    What: a rate of compliance, or of money paid in full, below 100 %.
    Why: the target is too low (指标值偏低): it tolerates grants that are not paid.

    标题：应当全部做到的只要求一部分
    检查：合规率、资金足额发放率等低于 100%。
    原因：指标值偏低：等于允许一部分人领不到钱。

    Bad:
        产出/质量 | 补助资金发放到位率 | ≥90%

        产出/质量 | 资金使用合规率 | ≥95%
    Good:
        产出/质量 | 补助资金发放到位率 | 100%
        产出/质量 | 服务验收合格率 | ≥90%
        产出/质量 | 资金使用合规率 | =100%
        产出/质量 | 违规率 | ≤5%
    """
    for row in sheet.rows:
        if not row.says("rate", "complete") or counts_bad(row) or row.is_change:
            continue
        floors = [part for part in row.numeric if isinstance(part, AtLeast | MoreThan | Between)]
        if floors and any(percent < WHOLE for percent in row.percentages):
            yield Hit(row, Note.of("L15", text=row.text), "100%")


@rule("L16", Severity.NOTE)
def satisfaction(sheet: Sheet) -> Iterator[Hit]:
    """Satisfaction is asked for that is low, or that nobody reaches.

    What: a satisfaction below ``least_satisfaction`` (85 % unless changed), or of exactly 100 %.
    No document sets a national floor.
    Why: the target is too low (指标值偏低), or nobody will answer for it honestly.

    标题：满意度偏低或者要求百分之百
    检查：满意度低于 ``least_satisfaction``（默认 85%），或者要求 100%。没有全国统一的下限。
    原因：指标值偏低，或者难以如实做到。

    Bad:
        满意度/满意度 | 会员满意度 | ≥70%

        满意度/满意度 | 参训人员满意度 | 100%
    Good:
        满意度/满意度 | 会员满意度 | ≥85%
        满意度/满意度 | 不满意率 | ≤5%
        效益/社会 | 群众知晓率 | ≥70%
    """
    least = sheet.config.least_satisfaction * 100
    for row in sheet.rows:
        if not row.says("satisfaction", "names") or "不满意" in row.name or row.is_change:
            continue
        for percent in row.percentages:
            if percent < least:
                floor = exact.text(least)
                note = Note.of("L16", percent=exact.text(percent), least=floor)
                yield Hit(row, note, f"≥{floor}%")
                break
            if percent == WHOLE:
                yield Hit(row, Note.of("L16.all"), "≥95%")
                break


@rule("L46", Severity.WARNING)
def cannot_be_met(sheet: Sheet) -> Iterator[Hit]:
    """No actual can meet the target, or a sibling's at the same time.

    What: the parts of a target, or two rows with the same name under the same levels, leave
    nothing that meets both. Decided on intervals of amounts and of days.
    Why: whatever is reported, something is missed (不可衡量).

    标题：怎么也不能达标
    检查：一格里的几个条件，或者同一级次下同名的两行，没有任何值能同时满足。
    原因：不可衡量：无论怎样都有一条不达标。

    Bad:
        产出/质量 | 合格率 | ≥90%且≤80%

        年度 2024
        产出/数量 | 培训人数 | ≥30人
        产出/数量 | 培训人数 | ≤20人
    Good:
        产出/质量 | 合格率 | ≥80%且≤90%
        产出/数量 | 培训人数 | ≥30人
        产出/数量 | 培训场次 | ≤20场
    """
    for row in sheet.rows:
        if any(not _agree(one, other) for one, other in combinations(row.parts, 2)):
            yield Hit(row, Note.of("L46", text=row.text))
    for first, second in combinations(sheet.rows, 2):
        if _same_place(first, second) and not _agree_rows(first, second):
            yield Hit(second, Note.of("L46.sibling", text=second.text, other=first.text))


def _same_place(one: Row, other: Row) -> bool:
    first, second = one.indicator, other.indicator
    return (first.level1, first.level2, first.name) == (second.level1, second.level2, second.name)


def _agree_rows(one: Row, other: Row) -> bool:
    return all(_agree(a, b) for a in one.parts for b in other.parts)


def _agree(one: object, other: object) -> bool:
    """Whether something meets both; parts that cannot be compared agree."""
    if isinstance(one, Decided) and isinstance(other, Decided):
        if not units.comparable(meaning.unit(one), meaning.unit(other)):
            return True
        return meaning.numbers(one).meets(meaning.numbers(other))
    if isinstance(one, By | NotBefore) and isinstance(other, By | NotBefore):
        days: list[Interval[dt.date]] = [meaning.days(one), meaning.days(other)]
        return days[0].meets(days[1])
    return True
