"""Deadlines, spans and years: L18, L19, L20, L50."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from fractions import Fraction

from kpieval import meaning, units
from kpieval.amounts import Amount
from kpieval.constraints import During
from kpieval.errors import MissingYearError, ReadingError
from kpieval.findings import Severity
from kpieval.intervals import Interval
from kpieval.linting import lexicon, mentions
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.meaning import Dates
from kpieval.notes import Note
from kpieval.parsing import parse_target
from kpieval.units import NO_UNIT, parse_unit

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@rule("L18", Severity.ERROR)
def out_of_time(sheet: Sheet) -> Iterator[Hit]:
    """A deadline before the year of the table, or outside the project's term.

    What: the last day in time lies in an earlier year, or outside the term that the table says
    (实施期). A day in a later year is a warning where no term is known.
    Why: nothing that is done this year can meet it; most such dates are left from another table.

    标题：日期不在年度或实施期内
    检查：最后期限早于表的年度，或者在表中写明的实施期以外；没有写实施期而期限在以后年度的，给出警
    告。
    原因：本年做的事无法按它考核，多半是照抄时没有改年份。

    Bad:
        年度 2024
        产出/时效 | 培训完成时间 | 2023年12月底前

        年度 2024；项目 平台建设（2023-2024年）
        产出/时效 | 平台上线时间 | 2025年6月底前

        年度 2024
        产出/时效 | 工程完工时间 | 2025年6月底前

        年度 2024；用途 平台建设，实施期：2024年3月至2024年10月
        产出/时效 | 平台上线时间 | 2024年12月底前
    Good:
        年度 2024
        产出/时效 | 培训完成时间 | 2024年12月底前
        产出/时效 | 施工时间 | 2023.07-2024.01
        产出/时效 | 启动时间 | 2024年3月起
        产出/数量 | 统计数据时点 | 2023年12月31日前

        年度 2024；项目 平台建设（2023-2025年）
        产出/时效 | 平台上线时间 | 2025年6月底前
    """
    if sheet.year is None:
        return
    term = mentions.term(sheet)
    for row in sheet.rows:
        for part in () if row.says("span", "reference") else row.dated:
            yield from _astray(row, part, sheet.year, term)


def _astray(row: Row, part: Dates, year: int, term: Interval[dt.date] | None) -> Iterator[Hit]:
    days = meaning.days(part)
    first = days.lower.value if days.lower is not None else None
    last = days.upper.value if days.upper is not None else None
    begins = first or last
    if last is not None and last.year < year:
        paste = _in_year(row.text, last.year, year)
        yield Hit(row, Note.of("L18", text=row.text, year=year), paste)
    elif term is not None and not _within(term, first, last):
        start, end = (bound.value if bound else "" for bound in (term.lower, term.upper))
        yield Hit(row, Note.of("L18.term", text=row.text, start=start, end=end))
    elif term is None and begins is not None and begins.year > year:
        note = Note.of("L18.later", text=row.text, year=year)
        yield Hit(row, note, severity=Severity.WARNING)


def _within(term: Interval[dt.date], first: dt.date | None, last: dt.date | None) -> bool:
    return all(term.contains(Interval.point(day)) for day in (first, last) if day is not None)


def _in_year(text: str, wrong: int, year: int) -> str:
    """The text with the year of the table, if it still reads as a date."""
    paste = text.replace(str(wrong), str(year))
    try:
        read = parse_target(paste).constraint
    except ReadingError:
        return ""
    return paste if isinstance(read, Dates) and paste != text else ""


@rule("L19", Severity.NOTE)
def without_year(sheet: Sheet) -> Iterator[Hit]:
    """A deadline does not say its year.

    What: a day or month without a year; it is read as of the table's year. 年底前, 全年 and the
    like, and a name with a year in it, say which year they mean.
    Why: cut out of its table, as when it is scored next year, the date is open (明确清晰性).

    标题：期限没有写年份
    检查：日期只写到月或日，按表的年度理解；年底前、全年一类的说法不提示。
    原因：离开这张表就说不清是哪一年，例如次年评价的时候。

    Bad:
        年度 2024
        产出/时效 | 报告完成时间 | 12月底之前

        年度 2024
        产出/时效 | 报告完成时间 | 第一季度
    Good:
        年度 2024
        产出/时效 | 报告完成时间 | 2024年12月底前
        产出/时效 | 验收时间 | 年底前
        产出/时效 | 工期 | ≤3个月
    """
    for row in sheet.rows:
        if (
            not row.dated
            or _YEAR.search(f"{row.name}{row.text}")
            or lexicon.holds(row.text, "span", "this_year")
        ):
            continue
        if sheet.year is not None and _lacks_year(row.text):
            yield Hit(row, Note.of("L19", text=row.text, year=sheet.year), _dated(row, sheet.year))


def _lacks_year(text: str) -> bool:
    try:
        parse_target(text)
    except ReadingError as error:
        return isinstance(error, MissingYearError)
    return False


def _dated(row: Row, year: int) -> str:
    """The value with the year put where it reads the same as before; "" if there is no place."""
    for at in range(len(row.text)):
        candidate = f"{row.text[:at]}{year}年{row.text[at:]}"
        try:
            read = parse_target(candidate)
        except ReadingError:
            continue
        if row.target is not None and read.constraint == row.target.constraint:
            return candidate
    return ""


@rule("L20", Severity.WARNING)
def says_no_time(sheet: Sheet) -> Iterator[Hit]:
    """A row of timeliness says nothing about time.

    What: a row under 时效指标 whose span is the whole year, or whose value is neither a day, a
    span, a rate nor a frequency, and whose name is about none. Warranty and service life are let
    be.
    Why: a year passes by itself, and a bare count says nothing of when (不可衡量).

    标题：时效指标没有说明时间
    检查：时效指标的时长正好是一年，或者既不是日期、时长，也不是比率、频次。质保期、使用年限除外。
    原因：不可衡量：一年总会过去，只有个数看不出早晚。

    Bad:
        产出/时效 | 资金保障时限 | ≤1年

        年度 2024
        产出/时效 | 服务期限 | 2024年1月至2024年12月

        产出/时效 | 设备维修 | ≥3台
    Good:
        年度 2024
        产出/时效 | 报告完成时间 | 2024年12月底前
        产出/时效 | 故障响应时间 | ≤2小时
        产出/时效 | 补助发放及时率 | 100%
        产出/时效 | 巡检 | 1次/月
        产出/时效 | 项目完成及时性 | 及时
        产出/时效 | 质保期 | ≥1年
    """
    for row in sheet.rows:
        if row.kind != "时效" or row.constraint is None or row.says("span", "kept"):
            continue
        if _is_whole_year(row, sheet.year):
            yield Hit(row, Note.of("L20.year", text=row.text))
        elif not _about_time(row):
            yield Hit(row, Note.of("L20", text=row.text))


def _is_whole_year(row: Row, year: int | None) -> bool:
    if len(row.parts) != 1:
        return False
    (part,) = row.parts
    if isinstance(part, During):
        whole = (dt.date(part.start.year, 1, 1), dt.date(part.start.year, 12, 31))
        return (part.start, part.end) == whole and row.says("span", "lasting")
    return bool(row.amounts) and all(map(_is_year, row.amounts))


def _is_year(amount: Amount) -> bool:
    year, day = parse_unit("年"), parse_unit("天")
    if units.comparable(amount.unit, year):
        return amount.base == year.scale
    return units.comparable(amount.unit, day) and amount.base / day.scale in (
        Fraction(365),
        Fraction(366),
    )


def _about_time(row: Row) -> bool:
    """Whether the value or the name is about days, spans, rates or frequencies."""
    if row.dated or row.says("time", "names") or row.says("time", "punctual"):
        return True
    lists = (("time", "names"), ("span", "said"), ("prose", "proofs"))
    if any(lexicon.holds(row.text, *words) for words in lists):
        return True
    return any(map(_holds_time, row.amounts)) or any(True for _ in row.percentages)


def _holds_time(amount: Amount) -> bool:
    times = {base for name in _TIMES for base, _ in parse_unit(name).dimension}
    return amount.unit == NO_UNIT or any(base in times for base, _ in amount.unit.dimension)


_TIMES = ("天", "月", "工作日")


@rule("L50", Severity.WARNING)
def of_another_year(sheet: Sheet) -> Iterator[Hit]:
    """A year that is not the table's stands in a name or in the goals.

    What: one of the three years before the table's, in the project's name, the name of a row or the
    goals. Ranges of years, what something is compared with, and the years of documents or of what
    was built or left over then are let be.
    Why: it looks like a copy of an older table.

    标题：名称或目标里是别的年份
    检查：项目名称、指标名称、绩效目标里出现表的年度以前三年的年份；起止年份、比较的基数、文件的年
    份、以前建成或结转的除外。
    原因：像是照抄了以前的表。

    Bad:
        年度 2024；项目 2023年物业管理项目
        产出/数量 | 管理面积 | ≥2000平方米

        年度 2024；目标 完成2023年培训任务
        产出/数量 | 培训人数 | ≥30人

        年度 2024
        产出/时效 | 2022年11月30日前完成支付 | 100%
    Good:
        年度 2024；项目 2024年物业管理项目
        目标 落实十四五规划和津财〔2022〕15号文，较2023年多办一期，举办第8届交流会
        产出/数量 | 管理面积 | ≥2000平方米
        产出/数量 | 2021-2025年规划任务完成率 | 100%
        产出/数量 | 2023年结转项目数 | ≥2个
    """
    if sheet.year is None:
        return
    project = sheet.project
    for text in (project.name, project.goals):
        for found, _ in _first(mentions.other_years(text, sheet.year)):
            yield Hit(
                None, Note.of("L50", found=found, year=sheet.year, text=_excerpt(text, found))
            )
    for row in sheet.rows:
        for found, _ in _first(mentions.other_years(row.name, sheet.year)):
            yield Hit(row, Note.of("L50", found=found, year=sheet.year, text=row.name))


def _first(found: Iterator[tuple[int, tuple[int, int]]]) -> list[tuple[int, tuple[int, int]]]:
    return [each for each, _ in zip(found, range(1), strict=False)]


def _excerpt(text: str, year: int) -> str:
    """The text around the year."""
    at = text.index(str(year))
    return text[max(0, at - 10) : at + 20].replace("\n", " ")
