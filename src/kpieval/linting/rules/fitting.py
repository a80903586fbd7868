"""Values that do not fit their names: L10, L12, L13, L48."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kpieval import units
from kpieval.amounts import Amount
from kpieval.findings import Severity
from kpieval.linting import lexicon, naming
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note
from kpieval.resolving import is_money
from kpieval.units import Unit, parse_unit

WHOLE = Fraction(100)


@rule("L10", Severity.ERROR)
def no_unit(sheet: Sheet) -> Iterator[Hit]:
    """A quantity has no unit.

    What: a number stands without a unit, in the cell, in the unit column and in the name. Levels,
    yes or no, sentences, ratios, coefficients, scores and 杜绝发生 have none. A share below 1 under
    the name of a rate is a note: 0.95 is compared with percentages.
    Why: nobody knows what is counted (不可衡量); platforms do not save such a row.

    标题：数值没有计量单位
    检查：指标值、计量单位栏和名称里都没有单位。等级、是否、文字、比值、系数、得分除外。
    比率写成 0.95 的只作提示，可以与百分比相比。
    原因：不可衡量：不知道数的是什么；许多平台不能保存。

    Bad:
        产出/数量 | 支持企业数量 | ≥5

        产出/质量 | 工程验收合格率 | 100

        产出/质量 | 视频监控在线率 | ≥0.97

        产出/成本 | 人工成本 | ≤620万/月
    Good:
        产出/数量 | 支持企业数量 | ≥5家
        产出/质量 | 工程验收合格率 | 100%
        产出/数量 | 离岸外包（万美元） | 4500
        成本/经济成本 | 补助成本（≤**元/株） | ≤28.40/株
        产出/质量 | 服务质量 | 优
        效益/社会 | 城乡居民收入比 | ≤2.5
        效益/生态 | 灌溉水有效利用系数 | ≥0.58
        产出/质量 | 安全事故 | 杜绝发生
        产出/质量 | 已建工程是否存在质量问题 | 否
    """
    for row in sheet.rows:
        worded = all(amount.value == 0 for amount in row.amounts) and not _has_figures(row.text)
        if worded or _is_pure(row) or naming.says_unit(row.name):
            continue
        if not any(map(_is_bare_number, row.amounts)):
            continue
        (value, *more) = (amount.value for amount in row.amounts)
        rate = naming.is_rate(row.name)
        if rate and not more and 0 < value < 1:
            paste = _as_percent(row, value)
            yield Hit(row, Note.of("L10.share", text=row.text), paste, severity=Severity.NOTE)
        else:
            yield Hit(row, Note.of("L10", text=row.text), _with_likely_unit(row))


def _is_bare_number(amount: Amount) -> bool:
    """Whether the amount counts nothing: 5, or 620万/月."""
    return not any(power > 0 for _, power in amount.unit.factors)


def _has_figures(text: str) -> bool:
    """Whether a number is written in figures: 杜绝发生 asks for 0 of whatever it is."""
    return any(char.isdecimal() for char in text)


def _is_pure(row: Row) -> bool:
    name = naming.head(row.name)
    return lexicon.holds(name, "measure", "pure") or name.endswith("比")


def _as_percent(row: Row, value: Fraction) -> str:
    figures = re.search(r"[0-9]+\.[0-9]+", row.text)
    if figures is None or not row.text.endswith(figures[0]):
        return ""
    places = max(len(figures[0].partition(".")[2]) - 2, 0)
    return f"{row.text[: figures.start()]}{float_free(value * 100, places)}%"


def float_free(value: Fraction, places: int) -> str:
    """A share as digits, with as many places as were written.

    >>> float_free(Fraction(975, 10), 1), float_free(Fraction(97), 0)
    ('97.5', '97')
    """
    whole = value * 10**places
    digits = str(whole.numerator // whole.denominator)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _with_likely_unit(row: Row) -> str:
    """The value with the unit that the name asks for; "" where it says none, or 1 may be 100 %."""
    if not row.text[-1:].isdigit() or len(row.amounts) != 1:
        return ""
    if naming.is_rate(row.name):
        return f"{row.text}%" if row.amounts[0].value > 1 else ""
    name = re.sub(r"(?:总数|数|数量)$", "", naming.head(row.name))
    if name == naming.head(row.name):
        return ""
    found = (name[-size:] for size in (2, 1) if units.find(name[-size:]) is not None)
    return f"{row.text}{next(found, '')}" if units.find(name[-1:]) is not None else ""


@rule("L12", Severity.WARNING, family="fit")
def unit_against_name(sheet: Sheet) -> Iterator[Hit]:
    """The unit does not fit the name.

    What: people counted in 个, 人次 in 人, a time in %, money in 次, a rate in anything but a
    percentage. Rates of something per something (死亡率, 频率) and changes are let be.
    Why: what is measured is not what is named (不可衡量).

    标题：单位与名称不符
    检查：数人用“个”、人次用“人”、时间用百分比、钱用“次”、率不用百分比。频率、
    死亡率一类和变化幅度除外。
    原因：不可衡量：衡量的不是名称说的那件事。

    Bad:
        产出/数量 | 村组干部230人 | ≥230个

        产出/数量 | 全年累计培训人次 | ≥600人

        产出/时效 | 工程完成时间 | 100%

        产出/数量 | 小区物业费 | 8次

        产出/质量 | 培训出勤率 | ≥90人

        产出/时效 | 按时发放 | ≥1人/年
    Good:
        产出/数量 | 村组干部230人 | ≥230人
        产出/数量 | 全年累计培训人次 | ≥600人次
        产出/时效 | 工程完成时间 | 2024年9月底前
        产出/成本 | 小区物业费 | ≤8万元
        产出/质量 | 培训出勤率 | ≥90%
        产出/时效 | 维护及时性 | ≤24小时
        产出/时效 | 设备检查频率 | ≥1次/月
        产出/时效 | 检查周期 | 1次/月
        满意度/满意度 | 学员满意度 | ≥90分
        效益/经济 | 全员劳动生产率 | ≥15万元/人
    """
    for row in sheet.rows:
        found = {amount.unit for amount in row.amounts}
        if len(found) != 1 or row.is_change or any(map(_is_bare_number, row.amounts)):
            continue
        (unit,) = found
        wanted = _wanted(row, unit)
        if wanted:
            yield Hit(row, _misfit(row, wanted, unit), _with_people(row, wanted))


def _misfit(row: Row, wanted: str, unit: Unit) -> Note:
    if wanted == _TIME:
        return Note.of("L12.time", name=row.name, text=row.text)
    return Note.of("L12", name=row.name, text=row.text, wanted=wanted, unit=unit.name)


def _with_people(row: Row, wanted: str) -> str:
    """The value in people: no other unit can be exchanged without another number."""
    return naming.with_unit(row, wanted) if wanted in ("人", "人次") else ""


_TIME = "天"


def _wanted(row: Row, unit: Unit) -> str:
    """The unit that the name asks for, when this one is not of its kind; else ""."""
    name = naming.head(row.name)
    if name.endswith(("人次", "人次数")):
        return "人次" if unit == parse_unit("人") else ""
    if name.endswith("人数") and unit == parse_unit("人次"):
        return "人"
    if _counts_people(row.name):
        return "人" if unit.name in lexicon.words("measure", "no_people") else ""
    if naming.is_time(row.name):
        return "" if _has_time(unit) else _TIME
    if lexicon.ends(name, "measure", "money"):
        return "元" if _is_count(unit) else ""
    if naming.is_rate(row.name) and not lexicon.holds(name, "measure", "pure"):
        return "%" if _is_count(unit) or is_money(row.amounts[0]) or _has_time(unit) else ""
    if lexicon.ends(name, "measure", "punctual"):
        return "%" if _is_per_time(unit) and not unit.name.startswith(("次", "批", "期")) else ""
    return ""


def _counts_people(name: str) -> bool:
    counted = naming.counted(name)
    if lexicon.ends(counted, "measure", "people"):
        return True
    inside = naming.hidden(name)
    return bool(inside) and counted.endswith(str(inside[-1])) and inside[-1].unit.name == "人"


def _has_time(unit: Unit) -> bool:
    """Whether the unit is a time, or something per time."""
    return any(units.is_duration(parse_unit(name)) for name, _ in unit.factors)


def _is_per_time(unit: Unit) -> bool:
    return _has_time(unit) and any(power < 0 for _, power in unit.factors)


def _is_count(unit: Unit) -> bool:
    """Whether the unit is a count noun on its own: 次, 人, 个 (a score, 分, is none)."""
    if len(unit.factors) != 1 or unit.scale != 1 or unit.name in _NO_COUNTS:
        return False
    measure = is_money(Amount(1, unit)) or units.is_duration(unit)
    return not measure and not unit.name.isascii() and unit.dimension == unit.factors


_NO_COUNTS = frozenset(("分", "倍", "比", "百分点", "级", "星", "名次", "米", "千克", "焦耳", "秒"))


@rule("L13", Severity.WARNING, family="fit")
def share_of_nothing(sheet: Sheet) -> Iterator[Hit]:
    """A percentage of something that has no whole.

    What: a percentage under a name that is no rate, such as 维护社会稳定. For 100 % it is a note,
    for "all of it" can be meant. Names in 度 and 性 get a note: they can be measured, but the
    method has to be said. Satisfaction, changes and quantities in the name are looked at elsewhere.
    Why: a figure without a denominator only looks like a measurement (不可衡量).

    标题：没有分母的百分比
    检查：名称不是比率，指标值却是百分比，如“维护社会稳定 ≥95%”；100% 可能是“全部”，只作提示。
    以“度”“性”结尾的名称只提示写明测量方法。满意度、变化幅度和名称里藏着数量的另有规则。
    原因：不可衡量：没有分母的数字只是看上去量化了。

    Bad:
        效益/社会 | 维护社会稳定 | ≥95%

        产出/质量 | 文明施工 | ≥95%

        效益/社会 | 公众对活动的关注度 | >80%
    Good:
        效益/社会 | 矛盾纠纷化解率 | ≥95%
        产出/质量 | 工程验收合格 | 100%
        满意度/满意度 | 提升群众安全感 | ≥90%
        效益/生态 | 农药使用量较上年减少 | ≥2%
        效益/经济 | 带动农户增收 | ≥5%
        产出/时效 | 项目进度 | 100%
        产出/质量 | 客户维护 | 满意度达95%
        产出/数量 | 研究生数 | 不低于在校生总数的5%
    """
    for row in sheet.rows:
        percents = list(row.percentages)
        if not percents or len(percents) < len(row.amounts) or max(percents) > WHOLE:
            continue
        if row.dated or row.is_change:
            continue
        if row.category == "满意度" or row.says("satisfaction", "names") or _hides(row):
            continue
        name = naming.head(row.name)
        asks = lexicon.ends(name, "measure", "degrees") or name.endswith(("程度", "性"))
        if asks:
            yield Hit(row, Note.of("L13.method", name=row.name), severity=Severity.NOTE)
        elif not naming.is_share(row) and not _is_change(row, max(percents)):
            severity = Severity.NOTE if percents == [WHOLE] else None
            yield Hit(row, Note.of("L13", name=row.name, text=row.text), severity=severity)


def _is_change(row: Row, percent: Fraction) -> bool:
    """Whether the name asks for a change; one of more than half is hardly meant as one."""
    return row.says("measure", "changes") and percent <= WHOLE / 2


@rule("L48", Severity.WARNING, family="fit")
def quantity_in_name(sheet: Sheet) -> Iterator[Hit]:
    """The quantity stands in the name, and the value is 100 %.

    What: the name holds a number with a unit, and all of it is asked for. Conditions (65岁以上,
    2小时内), ordinals and names of rates are let be.
    Why: partial delivery cannot be scored as written (不可衡量).

    标题：数量藏在名称里
    检查：名称里有数量和单位，指标值却是 100%。“65岁以上”“2小时内”等条件、
    第几届以及比率的名称除外。
    原因：不可衡量：只完成一部分时没法按数量计分。

    Bad:
        产出/数量 | 培智教学软件2套 | 100%

        产出/数量 | 台式电脑4台、笔记本电脑4台 | 100%
    Good:
        产出/数量 | 培智教学软件 | =2套
        产出/质量 | 台式电脑4台验收合格率 | 100%
        产出/质量 | 65岁以上老年人体检覆盖率 | 100%
        产出/时效 | 2小时内响应 | 100%
        产出/数量 | 第13届交流会完成率 | 100%
    """
    for row in sheet.rows:
        if _hides(row):
            found = naming.hidden(row.name)
            listed = "、".join(map(str, found))
            paste = f"={found[0]}" if len(found) == 1 else ""
            yield Hit(row, Note.of("L48", quantities=listed, text=row.text), paste)


def _hides(row: Row) -> bool:
    whole = list(row.percentages) == [WHOLE] and len(row.parts) == 1
    return whole and not naming.is_share(row) and bool(naming.hidden(row.name))
