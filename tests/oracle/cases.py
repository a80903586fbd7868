"""A seeded generator of cases: rows of a table with a target, an actual and their context.

The families below take turns, so that each gets the same share. A family writes a target and an
actual that stands near the target's edges: exactly on it, one unit of the last digit off, written
in another unit, and so on. Only shapes whose meaning the rules settle are written.
"""

import calendar
import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from .policies import ALL

Case = dict[str, Any]
Random = random.Random

USUAL_WEIGHTS = ["10", "10", "5", "3", "15", "22.5", "8.33", "6.67", "50", "1", "0.5", "7.77"]
WEIGHTS = [*USUAL_WEIGHTS * 4, "12.25", "0.01", "0"]
YEARS = [2023, 2024, 2024, 2025, 2028, 2100]

ROWS = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]
COST_ROWS = [
    ("成本指标", "经济成本指标"),
    ("成本指标", "社会成本指标"),
    ("产出指标", "成本指标"),
]

PLAIN_NAMES = ["主要工作开展情况", "年度任务实施情况", "项目建设情况", "业务开展规模"]
COUNT_NAMES = ["活动开展数量", "设备购置数量", "主要任务数量"]
BAD_NAMES = [
    "安全事故起数",
    "群众投诉次数",
    "死亡人数",
    "工作差错率",
    "人员流失率",
    "资金结余率",
    "单位能耗",
    "污染物排放量",
    "科目调整次数",
]
DEALING_NAMES = [
    "投诉处理率",
    "事故隐患整改率",
    "投诉办结率",
    "投诉化解率",
    "差错解决率",
    "排放下降率",
    "差错减少率",
]
STANDARD_NAMES = ["困难群众补助标准", "一线岗位补贴标准", "养老金发放标准"]

AT_LEAST = ["≥", "不低于", "不少于", "不小于", "不得低于", "至少", "最少", "大于等于", "大于或等于"]
MORE_THAN = [">", "大于", "高于", "多于", "超过"]
AT_MOST = [
    "≤",
    "不高于",
    "不超过",
    "不超",
    "不大于",
    "不多于",
    "不得超过",
    "至多",
    "最多",
    "小于等于",
]
LESS_THAN = ["<", "小于", "低于", "少于", "不足", "不满"]
EQUAL = ["=", "等于"]
LOOK_ALIKES = ["≧", "⩾", ">=", "=>", "≦", "⩽", "<=", "＞", "＜", "＝"]
# the verbs whose words are not repeated as an actual: 达到95% may be read there as 95% itself
VERBS = ["达到", "提高到", "增至", "控制在", "压缩至", "降至"]

COUNT_UNITS = ["人", "人次", "个", "次", "家", "份", "套", "台", "件", "场"]
# units in which "200余" is an ordinary thing to write
ROUND_UNITS = ["人", "人次", "个", "次", "家", "份", "件", "场"]
RATES = [
    "元/人天",
    "元/人·天",
    "元/人/天",
    "元/(人·天)",
    "元/人*天",
    "元/人/月",
    "元/人·月",
    "元/人",
    "次/月",
    "元/平方米",
    "万元/年",
]
SAME_RATE = {
    "元/人天": ["元/人·天", "元/人/天", "元/(人·天)", "元/人*天"],
    "元/人·天": ["元/人天", "元/人/天", "元/(人·天)"],
    "元/人/天": ["元/人天", "元/人*天"],
    "元/(人·天)": ["元/人天", "元/人/天"],
    "元/人*天": ["元/人天", "元/人·天"],
    "元/人/月": ["元/人·月", "元/(人·月)"],
    "元/人·月": ["元/人/月"],
}

# unit -> (another unit, how many of it make one of the first)
CONVERSIONS: dict[str, list[tuple[str, Fraction]]] = {
    "元": [("万元", Fraction(1, 10000)), ("千元", Fraction(1, 1000))],
    "千元": [("元", Fraction(1000)), ("万元", Fraction(1, 10))],
    "万元": [("元", Fraction(10000)), ("亿元", Fraction(1, 10000)), ("千元", Fraction(10))],
    "百万元": [("万元", Fraction(100)), ("元", Fraction(10**6))],
    "亿元": [("万元", Fraction(10000)), ("元", Fraction(10**8))],
    "万元/年": [("元/年", Fraction(10000))],
    "%": [("‰", Fraction(10)), ("成", Fraction(1, 10))],
    "‰": [("%", Fraction(1, 10))],
    "成": [("%", Fraction(10)), ("‰", Fraction(100))],
    "天": [("小时", Fraction(24)), ("分钟", Fraction(24 * 60))],
    "小时": [("分钟", Fraction(60)), ("个小时", Fraction(1))],
    "个小时": [("分钟", Fraction(60))],
    "年": [("个月", Fraction(12))],
    "亩": [("平方米", Fraction(2000, 3))],
    "平方米": [("亩", Fraction(3, 2000))],
    "公里": [("千米", Fraction(1)), ("米", Fraction(1000))],
    "千米": [("公里", Fraction(1))],
    "公斤": [("千克", Fraction(1))],
    "千克": [("公斤", Fraction(1))],
    "吨": [("公斤", Fraction(1000)), ("千克", Fraction(1000))],
    "人": [("名", Fraction(1)), ("位", Fraction(1))],
    "个工作日": [("工作日", Fraction(1))],
}
for _rate, _others in SAME_RATE.items():
    CONVERSIONS[_rate] = [(_other, Fraction(1)) for _other in _others]

WRONG_UNITS: dict[str, list[str]] = {
    "人": ["人次", "个", "场"],
    "人次": ["人", "次", "个"],
    "个": ["人", "家", "万元"],
    "次": ["人次", "场", "个"],
    "家": ["个", "人"],
    "份": ["件", "个"],
    "套": ["台", "个"],
    "台": ["套", "件"],
    "件": ["个", "份"],
    "场": ["次", "人"],
    "%": ["个百分点", "人", "万元"],
    "‰": ["个百分点", "次"],
    "成": ["个", "万元"],
    "天": ["个工作日", "个月", "次"],
    "小时": ["个月", "个工作日"],
    "个小时": ["个月", "次"],
    "分钟": ["个月", "次"],
    "个月": ["天", "个工作日"],
    "年": ["天", "小时"],
    "个季度": ["天", "次"],
    "个工作日": ["天", "小时"],
    "亩": ["人", "公里"],
    "平方米": ["米", "个"],
    "公里": ["平方米", "个"],
    "千米": ["亩", "个"],
    "公斤": ["元", "个"],
    "千克": ["元", "个"],
    "吨": ["万元", "公里"],
    "次/月": ["次", "个/月"],
    "元/人": ["元", "元/人/月"],
    "元/平方米": ["元", "元/亩/年"],
    "万元/年": ["万元", "元/天"],
}
for _rate in SAME_RATE:
    WRONG_UNITS[_rate] = ["元", "元/人", "元/人/年" if "天" in _rate else "元/人/天"]

MONEY_UNITS = ["元", "千元", "万元", "百万元", "亿元"]
PROSE = [
    "按计划推进",
    "已按要求落实到位",
    "工作有序开展",
    "正在组织验收",
    "因故延期",
]
STATED = ["达成", "达成预期指标", "达成年度指标", "部分达成", "基本达到", "未达成"]
STATEMENTS = [
    "有效提升",
    "持续改善",
    "符合相关规定",
    "严格执行相关制度",
    "助力营商环境持续改善",
    "保障单位正常运转",
    "不超过预算",
]


# --------------------------------------------------------------------------------------------
# Writing numbers


def decimal_text(number: Fraction) -> str | None:
    """The finite decimal; None when there is none of reasonable length."""
    sign = "-" if number < 0 else ""
    number = abs(number)
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
        if places > 10:
            return None
    digits = str((number * 10**places).numerator)
    if places == 0:
        return sign + digits
    digits = digits.rjust(places + 1, "0")
    return sign + digits[:-places] + "." + digits[-places:]


def places_of(number: Fraction) -> int:
    text = decimal_text(number) or ""
    return len(text.partition(".")[2])


DIGITS = "零一二三四五六七八九"


def chinese_text(number: int, counting: bool) -> str:
    """A numeral of 1 to 999; two things are counted with 两."""
    if number == 2 and counting:
        return "两"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = ""
    if hundreds:
        text += DIGITS[hundreds] + "百"
        if rest and not tens:
            text += "零"
    if tens:
        if tens > 1 or hundreds:
            text += DIGITS[tens]
        text += "十"
    if ones:
        text += DIGITS[ones]
    return text


def plain(number: Fraction, unit: str) -> str:
    """Number and unit in the ordinary way."""
    text = decimal_text(number)
    assert text is not None
    return text + unit


FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")


def dressed(rng: Random, number: Fraction, unit: str) -> str:
    """Number and unit, now and then in another dress of the same value."""
    text = plain(number, unit)
    choice = rng.randrange(20)
    whole = number.denominator == 1 and number >= 0
    if choice == 0:
        return text.translate(FULL_WIDTH)
    if choice == 1 and whole and number >= 1000 and unit in COUNT_UNITS + MONEY_UNITS:
        return f"{number.numerator:,}{unit}"
    if choice == 2 and unit == "%":
        return plain(number, "百分比")
    if choice == 3 and whole and 1 <= number < 1000:
        if unit in COUNT_UNITS:
            return chinese_text(number.numerator, True) + unit
        if unit == "%" and number < 100:
            return "百分之" + chinese_text(number.numerator, False)
        if unit == "成" and number < 10:
            return chinese_text(number.numerator, False) + unit
    if choice == 4 and unit and "." in text and "/" not in unit:
        # a zero at the end changes nothing
        return plain(number, "") + "0" + unit
    return text


# --------------------------------------------------------------------------------------------
# Numbers and units that a target can have


def pick_unit(rng: Random) -> str:
    group = rng.randrange(10)
    if group < 3:
        return rng.choice(COUNT_UNITS)
    if group < 5:
        return "%"
    if group == 5:
        return rng.choice(["‰", "成"])
    if group < 8:
        return rng.choice(["万元", "万元", "元", "亿元", "千元", "百万元"])
    if group == 8:
        return rng.choice(["天", "小时", "个小时", "分钟", "个月", "年", "个季度", "个工作日"])
    return rng.choice(["亩", "平方米", "公里", "千米", "公斤", "千克", "吨"])


def pick_number(rng: Random, unit: str) -> Fraction:
    """A positive number of a size that is usual for the unit."""
    if unit in COUNT_UNITS:
        return Fraction(rng.choice([1, 2, 3, 5, 8, 10, 12, 20, 50, 80, 100, 120, 200, 600, 1200]))
    if unit == "%":
        choice = ["80", "85", "90", "90", "95", "98", "99.5", "100", "100", "5", "3", "10"]
        return Fraction(rng.choice([*choice, "1", "0.5", "120", "33.3", "60", "50"]))
    if unit == "‰":
        return Fraction(rng.choice(["5", "2.5", "15", "900", "950", "8"]))
    if unit == "成":
        return Fraction(rng.choice([3, 5, 6, 8, 9]))
    if unit in ("万元", "百万元", "千元"):
        choice = ["2.7", "10", "15.5", "30", "100", "26.75", "3", "5.1", "86", "1200", "28.8"]
        return Fraction(rng.choice(choice))
    if unit == "元":
        return Fraction(rng.choice(["400", "27000", "155000", "1200", "500.5", "99999", "3000"]))
    if unit == "亿元":
        return Fraction(rng.choice(["1.5", "2", "3.25", "12"]))
    if unit in ("年", "个季度"):
        return Fraction(rng.choice([2, 3, 4]))
    if unit in ("天", "小时", "个小时", "分钟", "个月", "个工作日"):
        return Fraction(rng.choice([2, 3, 5, 6, 15, 24, 30]))
    if unit == "亩":
        return Fraction(rng.choice(["3", "30", "150", "2.5", "100"]))
    if unit == "平方米":
        return Fraction(rng.choice(["2000", "6000", "350", "1200.5"]))
    if unit in ("公里", "千米"):
        return Fraction(rng.choice(["2.5", "12", "100", "3.6"]))
    if unit in ("公斤", "千克", "吨"):
        return Fraction(rng.choice(["5", "12.5", "300", "40"]))
    if unit == "次/月":
        return Fraction(rng.choice([2, 4, 8]))
    if unit == "万元/年":
        return Fraction(rng.choice(["2", "3.5", "12"]))
    # other rates
    return Fraction(rng.choice([30, 100, 400, 500, 1200]))


def whole_only(unit: str) -> bool:
    return unit in COUNT_UNITS


def edge_number(rng: Random, number: Fraction, unit: str) -> Fraction:
    """A number near the target: on it, one last digit off, or at a telling share of it."""
    last_digit = Fraction(1, 10 ** places_of(number))
    choice = rng.randrange(12)
    if choice < 3:
        return number
    if choice < 5:
        return number - last_digit
    if choice < 7:
        return number + last_digit
    share = rng.choice(["0.9", "1.1", "0.5", "0.6", "0.8", "1.2", "1.3", "2", "2.5", "0.333"])
    result = number * Fraction(share)
    if whole_only(unit):
        return Fraction(max(result.__floor__(), 1))
    return result


def other_unit_text(rng: Random, number: Fraction, unit: str) -> str | None:
    """The same value, or one last digit off, in a unit that converts."""
    others = CONVERSIONS.get(unit)
    if not others:
        return None
    other, how_many = rng.choice(others)
    value = number * how_many
    if other == "成" and (value.denominator != 1 or not 0 < value < 10):
        other, value = "‰", number * 10
    if decimal_text(value) is None:
        # two places nearest to it, from below: one side of the edge
        value = Fraction((value * 100).__floor__(), 100)
    step = Fraction(1, 10 ** places_of(value))
    off = rng.choice([0, 0, 0, 1, -1])
    value = value + off * step
    if other == "成" and not 0 < value < 10:
        value = number * how_many
    return plain(value, other)


def round_text(rng: Random, number: Fraction, unit: str) -> str | None:
    """200余人: a round count with 余, near the target."""
    if unit not in ROUND_UNITS or number < 20:
        return None
    whole = number.numerator
    step = 10 ** (len(str(whole)) - 1)
    lead = whole // step + rng.choice([-1, 0, 0, 1])
    lead = max(lead, 1)
    return f"{lead * step}余{unit}"


def bare_text(number: Fraction, unit: str) -> str | None:
    """The number alone, where nobody can ask whether it is a fraction of a %."""
    if unit in ("‰", "成") and 0 <= number <= 1:
        return None
    return plain(number, "")


def amount_actual(rng: Random, number: Fraction, unit: str, target: str) -> str | None:
    """An actual for a target about `number` of `unit`."""
    choice = rng.randrange(40)
    if choice < 17:
        return dressed(rng, edge_number(rng, number, unit), unit)
    text: str | None = ""
    if choice < 23:
        text = other_unit_text(rng, number, unit)
    elif choice < 26:
        value = edge_number(rng, number, unit)
        if unit == "%" and rng.randrange(3) == 0:
            # is it a fraction?
            value = rng.choice([value / 100, Fraction(0), Fraction(1), Fraction("0.953")])
        text = bare_text(value, unit)
    elif choice < 28:
        text = plain(edge_number(rng, number, unit), rng.choice(WRONG_UNITS.get(unit, ["户"])))
    elif choice < 31:
        shape = rng.choice(["≥{}", "≥{}", "不低于{}", "{}以上", ">{}", "≤{}", "不超过{}"])
        text = shape.format(plain(edge_number(rng, number, unit), unit))
    elif choice == 31:
        value_about = edge_number(rng, number, unit)
        shape = rng.choice(["约{}", "{}左右"])
        text = shape.format(plain(value_about, unit))
    elif choice == 32:
        text = round_text(rng, number, unit)
    elif choice == 33:
        text = rng.choice(STATED)
    elif choice == 34:
        return rng.choice([None, "", "无", "/"])
    elif choice == 35:
        text = rng.choice(["完成", "已完成"])
    elif choice == 36:
        text = rng.choice([*PROSE, "优", "是"])
    elif choice == 37:
        text = rng.choice(["0" + unit, plain(-number, unit)])
        if unit == "成" or (unit == "%" and rng.randrange(2)):
            text = plain(number, unit)
    elif choice == 38 and target and not any(word in target for word in VERBS):
        text = target
    else:
        idle = rng.choice(["完成", "累计"])
        text = idle + plain(edge_number(rng, number, unit), unit)
    if text is None:
        text = plain(edge_number(rng, number, unit), unit)
    return text


# --------------------------------------------------------------------------------------------
# Rows


def make_case(
    rng: Random,
    target: str,
    actual: str | None,
    name: str | None = None,
    row: tuple[str, str] | None = None,
    direction: str | None = None,
    year: int | None = 2024,
) -> Case:
    level1, level2 = row if row is not None else rng.choice(ROWS)
    return {
        "target": target,
        "actual": actual,
        "weight": rng.choice(WEIGHTS),
        "year": year,
        "level1": level1,
        "level2": level2,
        "name": name if name is not None else rng.choice(PLAIN_NAMES),
        "direction": direction,
    }


def any_row(rng: Random) -> tuple[str, str]:
    return rng.choice(ROWS + COST_ROWS)


def prefix_family(rng: Random) -> Case:
    unit = pick_unit(rng)
    number = pick_number(rng, unit)
    group = rng.randrange(6)
    if group == 5:
        prefix = rng.choice(LOOK_ALIKES + VERBS)
    else:
        prefix = rng.choice([AT_LEAST, MORE_THAN, AT_MOST, LESS_THAN, EQUAL][group])
    target = prefix + dressed(rng, number, unit)
    if rng.randrange(12) == 0 and prefix not in VERBS:
        target = rng.choice(["完成", "力争"]) + target
    return make_case(rng, target, amount_actual(rng, number, unit, target), row=any_row(rng))


def postfix_family(rng: Random) -> Case:
    unit = pick_unit(rng)
    number = pick_number(rng, unit)
    text = dressed(rng, number, unit)
    shapes = ["{}以上", "{}以上", "{}及以上", "{}（含）以上", "{}以下", "{}以内", "{}之内"]
    if unit in ("天", "小时", "个小时", "个月", "个工作日"):
        shapes = [*shapes, "{}内", "{}内"]
    target = rng.choice(shapes).format(text)
    return make_case(rng, target, amount_actual(rng, number, unit, target), row=any_row(rng))


def both_family(rng: Random) -> Case:
    unit = pick_unit(rng)
    number = pick_number(rng, unit)
    text = dressed(rng, number, unit)
    shapes = [
        "≥{}以上",
        "不低于{}以上",
        "至少{}以上",
        "达到{}以上",
        "不少于{}及以上",
        "≤{}以内",
        "≤{}以下",
        "不超过{}以内",
        "控制在{}以内",
        "控制在{}之内",
        "保持在{}以上",
        "稳定在{}以上",
    ]
    target = rng.choice(shapes).format(text)
    return make_case(rng, target, amount_actual(rng, number, unit, target), row=any_row(rng))


def conversion_family(rng: Random) -> Case:
    """The same value in two units, to the digit."""
    unit = rng.choice([*CONVERSIONS, "万元", "元", "%", "%", "‰"])
    number = pick_number(rng, unit)
    prefix = rng.choice(["≥", "≤", "=", ">", "<", "不低于", "不超过"])
    target = prefix + plain(number, unit)
    actual = other_unit_text(rng, number, unit)
    if actual is None:
        actual = plain(number, unit)
    return make_case(rng, target, actual)


def bare_family(rng: Random) -> Case:
    choice = rng.randrange(9)
    row = rng.choice(ROWS)
    name = rng.choice(PLAIN_NAMES)
    direction: str | None = None
    actual: str | None
    unit = pick_unit(rng)
    if choice == 0:
        direction = rng.choice(["正向", "反向"])
        row = any_row(rng)
        name = rng.choice(PLAIN_NAMES + BAD_NAMES + STANDARD_NAMES)
    elif choice == 1:
        unit = rng.choice([*MONEY_UNITS, "元/人天", "元/人/月", "元/平方米", "万元/年"])
        row = rng.choice(COST_ROWS)
    elif choice == 2:
        unit = rng.choice([*COUNT_UNITS, "%", "吨", "天"])
        row = rng.choice(COST_ROWS)
    elif choice == 3:
        name = rng.choice(BAD_NAMES)
        unit = rng.choice(["%", "次", "人", "件", "吨"])
        row = any_row(rng)
    elif choice == 4:
        name = rng.choice(DEALING_NAMES)
        unit = "%"
        row = any_row(rng)
    elif choice == 5:
        name = rng.choice(STANDARD_NAMES)
        unit = rng.choice(["元/人/月", "元/人", "元", "万元"])
        row = any_row(rng)
    elif choice == 6:
        # money, but not in a cost row
        unit = rng.choice(MONEY_UNITS)
    number = pick_number(rng, unit)
    if choice == 7:
        unit = rng.choice(["次", "人", "件", "%", "万元"])
        name = rng.choice(PLAIN_NAMES + BAD_NAMES)
        row = any_row(rng)
        direction = rng.choice([None, None, "正向", "反向"])
        target = "0" + unit
        written = "" if unit != "%" and rng.randrange(4) == 0 else unit
        actual = rng.choice(["0", "0", "1", "3", "-1"]) + written
    else:
        target = dressed(rng, number, unit)
        actual = amount_actual(rng, number, unit, target)
    return make_case(rng, target, actual, name, row, direction)


def unitless_family(rng: Random) -> Case:
    """A target without a unit, and compounds of two dimensions."""
    if rng.randrange(3) == 0:
        first, second = rng.choice([("场", "人次"), ("个", "人"), ("套", "万元"), ("次", "家")])
        number = pick_number(rng, first)
        other = pick_number(rng, second)
        sign1 = rng.choice(["≥", "≥", "不少于"])
        sign2 = rng.choice(["≥", "≤", "不低于", "不超过"])
        joint = rng.choice(["且", "，", "；"])
        target = sign1 + plain(number, first) + joint + sign2 + plain(other, second)
        parts = [
            plain(edge_number(rng, number, first), first),
            plain(edge_number(rng, other, second), second),
        ]
        if rng.randrange(3) == 0:
            parts.reverse()
        actual: str | None = rng.choice(["，", "；"]).join(parts)
        if rng.randrange(8) == 0:
            actual = rng.choice([*PROSE, *STATED, None])
        return make_case(rng, target, actual)
    number = Fraction(rng.choice([5, 12, 50, 200, 1350]))
    prefix = rng.choice(["≥", "≤", "=", ">", "<", "", "不少于", "不超过"])
    unit = rng.choice(["", "", "人", "个", "场", "万元"])
    value = edge_number(rng, number, "个")
    choice = rng.randrange(10)
    text: str | None = plain(value, unit)
    if choice == 0:
        text = "≥" + plain(value, unit)
    elif choice == 1:
        text = "约" + plain(value, unit)
    elif choice == 2:
        text = rng.choice([*STATED, *PROSE, "", None])
    return make_case(rng, prefix + plain(number, ""), text, rng.choice(COUNT_NAMES))


def about_family(rng: Random) -> Case:
    unit = pick_unit(rng)
    number = pick_number(rng, unit)
    if whole_only(unit):
        number = number * 10
    shape = rng.choice(["约{}", "约{}", "{}左右", "{}左右", "达到{}左右", "控制在{}左右"])
    target = shape.format(plain(number, unit))
    if rng.randrange(2):
        edge = number * Fraction(rng.choice(["0.9", "1.1"]))
        off = Fraction(1, 10 ** places_of(edge))
        edge = edge + rng.choice([0, 0, 1, -1]) * off
        return make_case(rng, target, dressed(rng, edge, unit))
    return make_case(rng, target, amount_actual(rng, number, unit, target))


def range_family(rng: Random) -> Case:
    unit = pick_unit(rng)
    if unit in ("个月", "年", "个季度"):
        unit = "天"
    lower = pick_number(rng, unit)
    if unit == "%" and lower <= 1:
        # around 1 % a bare actual could be a fraction of one bound and not of the other
        lower = Fraction(80)
    step = Fraction(1, 10 ** places_of(lower))
    upper = lower + rng.choice([1, 2, 5, 10]) * step
    low = decimal_text(lower)
    high = decimal_text(upper)
    shapes = [
        "{low}-{high}{unit}",
        "{low}{unit}-{high}{unit}",
        "{low}{unit}～{high}{unit}",
        "{low}~{high}{unit}",
        "{low}{unit}至{high}{unit}",
        "介于{low}{unit}～{high}{unit}之间",
        "≥{low}{unit}且≤{high}{unit}",
        ">{low}{unit}且≤{high}{unit}",
        "≥{low}{unit}且<{high}{unit}",
        "不低于{low}{unit}且不超过{high}{unit}",
    ]
    if unit == "成":
        shapes = shapes[:5]
    choice = rng.randrange(12)
    if choice == 0:
        unit = rng.choice(["个", "公斤", "份"])
        lower, upper = Fraction(95), Fraction(105)
        target = "100±5" + unit
    elif choice == 1:
        unit = rng.choice(["个工作日", "天"])
        lower, upper = Fraction(7), Fraction(15)
        target = "7-15" + unit + "内"
    elif choice == 2:
        lower, upper = Fraction(0), Fraction(3)
        unit = "次"
        target = "0-3次"
    elif choice == 3:
        unit = "%"
        lower, upper = Fraction(-2), Fraction(2)
        target = rng.choice(["±2%以内", "±2%", "-2%～2%"])
        value = rng.choice(["-2", "-2.1", "-1.9", "0", "2", "2.1", "1.9", "-5", "4"])
        return make_case(rng, target, value + "%")
    else:
        target = rng.choice(shapes).format(low=low, high=high, unit=unit)
    if choice == 4:
        # an actual that is itself a range
        text = f"{decimal_text(lower - step)}-{high}{unit}"
        if lower - step <= 0 or unit == "成":
            text = target
        return make_case(rng, target, text)
    bound = rng.choice([lower, upper])
    return make_case(rng, target, amount_actual(rng, bound, unit, target))


def rate_family(rng: Random) -> Case:
    unit = rng.choice(RATES)
    number = pick_number(rng, unit)
    row = any_row(rng)
    choice = rng.randrange(10)
    if choice == 0:
        unit = "元/人天"
        number = Fraction(400)
        target = rng.choice(["每人每天不超过400元", "每人每天≤400元"])
    elif choice == 1:
        unit = "次/月"
        number = Fraction(2)
        target = "每月不少于2次"
    else:
        sign = rng.choice(["≥", "≤", "≤", "=", "<", "不超过", "不低于", ""])
        target = sign + plain(number, unit)
        if rng.randrange(6) == 0:
            target = plain(number, unit) + rng.choice(["以内", "以上"])
    return make_case(rng, target, amount_actual(rng, number, unit, target), row=row)


def zero_family(rng: Random) -> Case:
    """Targets of zero and below, and actuals below zero."""
    if rng.randrange(2):
        unit = rng.choice(["次", "人", "件", "万元", "%"])
        sign = rng.choice(["≥", "≤", "=", ">", "<", "不超过", "等于", "不低于"])
        value = rng.choice(["0", "0", "1", "-1", "5"])
        return make_case(rng, sign + "0" + unit, value + unit)
    unit = rng.choice(["%", "%", "万元"])
    number = Fraction(rng.choice(["-2", "-1.5", "-10", "3", "10"]))
    sign = rng.choice(["≥", "≤", ">", "<", "=", "不低于", "不超过"])
    step = Fraction(1, 10 ** places_of(number))
    values = [number, number + step, number - step, -number, Fraction(0), number * 2]
    return make_case(rng, sign + plain(number, unit), plain(rng.choice(values), unit))


# --------------------------------------------------------------------------------------------
# Dates


def day_text(rng: Random, day: datetime.date, year: int) -> str:
    shapes = [
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}日",
        f"{day.year}-{day.month:02d}-{day.day:02d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日完成",
    ]
    if day.year == year:
        shapes.append(f"{day.month}月{day.day}日")
    return rng.choice(shapes)


def month_text(rng: Random, day: datetime.date, year: int) -> str:
    if day.year == year and rng.randrange(2):
        return f"{day.month}月"
    return f"{day.year}年{day.month}月"


def date_actual(rng: Random, days: list[datetime.date], year: int, target: str) -> str | None:
    """Something near one of the edges."""
    day = rng.choice(days)
    choice = rng.randrange(20)
    if choice < 5:
        return day_text(rng, day, year)
    if choice < 11:
        return day_text(rng, day + datetime.timedelta(days=rng.choice([-1, 1])), year)
    if choice < 14:
        moved = day + datetime.timedelta(days=rng.choice([0, 0, -31, 31]))
        return month_text(rng, moved, year)
    if choice == 14:
        return day_text(rng, day + datetime.timedelta(days=rng.choice([-200, 200])), year)
    if choice == 15:
        return rng.choice(["完成", "已完成"])
    if choice == 16:
        return rng.choice(STATED)
    if choice == 17:
        return rng.choice([None, "", "无", "/", *PROSE])
    if choice == 18:
        return rng.choice(["3场", "30天", "95%"])
    if target:
        return target
    return day_text(rng, day, year)


def last_day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def deadline_family(rng: Random) -> Case:
    year = rng.choice(YEARS)
    month = rng.choice([2, 2, 3, 6, 9, 10, 11, 12, 12])
    end = last_day(year, month)
    choice = rng.randrange(12)
    if choice == 0:
        target = f"{year}年{month}月底前"
    elif choice == 1:
        target = rng.choice([f"{month}月底之前", f"{month}月底前", f"{month}月末前"])
    elif choice == 2:
        target = f"{year}年{month}月{end.day}日前"
    elif choice == 3:
        end = datetime.date(year, month, rng.choice([1, 15, 28]))
        target = rng.choice([f"{end.month}月{end.day}日前", f"{year}年{month}月{end.day}日前"])
    elif choice == 4:
        target = f"截至{year}年{month}月{end.day}日"
    elif choice == 5:
        target = f"不晚于{year}年{month}月{end.day}日"
    elif choice == 6:
        end = last_day(year + 1, month)
        target = f"次年{month}月底前"
    elif choice == 7:
        end = last_day(year, 12)
        target = rng.choice(["年底前", f"{year}年底前", f"{year}年末", f"{year}年内", "年内"])
    elif choice == 8:
        end = datetime.date(year, month, rng.choice([1, 15, 28]))
        target = f"{year}年{month}月{end.day}日"
        return make_case(rng, target, date_actual(rng, [end], year, target), year=year)
    elif choice == 9:
        target = f"{year}年{month}月"
        return make_case(rng, target, date_actual(rng, [end], year, target), year=year)
    elif choice == 10:
        number = rng.choice([1, 2, 3, 4])
        end = last_day(year, number * 3)
        target = f"{year}年第{'一二三四'[number - 1]}季度末前"
    else:
        target = f"{year}年{month}月底前完成"
    return make_case(rng, target, date_actual(rng, [end], year, target), year=year)


def other_dates_family(rng: Random) -> Case:
    """Bounds that are periods, not-before, and spans."""
    year = rng.choice(YEARS)
    month = rng.choice([2, 3, 6, 9, 12])
    first = datetime.date(year, month, 1)
    last = last_day(year, month)
    choice = rng.randrange(8)
    own_words = ""
    if choice < 2:
        target = rng.choice([f"{year}年{month}月前", f"{month}月前", f"{year}年{month}月之前"])
        days = [first, last]
    elif choice == 2:
        number = rng.choice([2, 3, 4])
        target = rng.choice([f"第{'一二三四'[number - 1]}季度前", ""])
        if not target:
            target = f"{year}年第{'一二三四'[number - 1]}季度前"
        days = [datetime.date(year, number * 3 - 2, 1), last_day(year, number * 3)]
    elif choice == 3:
        target = own_words = f"{year}年{month}月起"
        days = [first]
    elif choice == 4:
        day = datetime.date(year, month, rng.choice([1, 15, 28]))
        target = own_words = f"{year}年{month}月{day.day}日起"
        days = [day]
    elif choice == 5:
        target = own_words = rng.choice([f"{year}年1月-{year}年6月", f"{year}.01-{year}.06"])
        days = [datetime.date(year, 1, 1), datetime.date(year, 6, 30)]
    elif choice == 6:
        to = rng.choice([2, 3])
        target = own_words = f"{year}年7月-{year + 1}年{to}月"
        days = [datetime.date(year, 7, 1), last_day(year + 1, to)]
    else:
        target = own_words = rng.choice(["1-6月", f"{year}年1-6月"])
        days = [datetime.date(year, 1, 1), datetime.date(year, 6, 30)]
        if rng.randrange(3) == 0 and year < 2100:
            target = own_words = f"{year}年"
            days = [datetime.date(year, 1, 1), datetime.date(year, 12, 31)]
    return make_case(rng, target, date_actual(rng, days, year, own_words), year=year)


# --------------------------------------------------------------------------------------------
# Changes, words, refusals


def change_family(rng: Random) -> Case:
    unit = rng.choice(["%", "%", "%", "个", "万元", "个百分点"])
    number = Fraction(rng.choice(["5", "3", "2.5", "10", "12"]))
    if unit == "个":
        number = Fraction(number.__ceil__())
    up = rng.randrange(2) == 0
    up_verbs = ["增长", "增加", "提高"]
    down_verbs = ["下降", "降低", "减少", "压减"]
    verb = rng.choice(up_verbs if up else down_verbs)
    basis = rng.choice(["", "同比", "较上年", "比上年"])
    amount = plain(number, unit)
    shape = rng.choice(["≥{}", "≥{}", "{}以上", "不低于{}", "{}", "{}", "超过{}", "≤{}", "{}左右"])
    target = basis + verb + shape.format(amount)
    is_ceiling = shape == "≤{}"

    value = edge_number(rng, number, unit if unit == "个" else "")
    if unit == "个":
        value = Fraction(value.__floor__())
    text = plain(value, unit)
    same_verb = rng.choice(up_verbs if up else down_verbs)
    other_verb = rng.choice(down_verbs if up else up_verbs)
    choice = rng.randrange(16)
    actual: str | None
    if choice < 6:
        actual = rng.choice(["", "同比", "较上年"]) + same_verb + text
    elif choice < 8:
        actual = ("+" if up else "-") + text
    elif choice == 8:
        actual = text if is_ceiling else other_verb + text
    elif choice == 9:
        actual = text if is_ceiling else ("-" if up else "+") + text
    elif choice == 10:
        actual = text
    elif choice == 11:
        actual = same_verb + "0" + unit
    elif choice == 12:
        wrong = {"%": "个百分点", "个": "家", "万元": "%", "个百分点": "%"}[unit]
        actual = same_verb + plain(value, wrong)
    elif choice == 13:
        actual = rng.choice([*STATED, None, ""])
    elif choice == 14:
        actual = same_verb + rng.choice(["约" + text, text + "以上"])
    elif unit == "%":
        actual = same_verb + plain(value * 10, "‰")
    else:
        actual = rng.choice([target, *PROSE])
    return make_case(rng, target, actual)


def words_family(rng: Random) -> Case:
    choice = rng.randrange(4)
    if choice == 0:
        target = rng.choice(["优", "优秀", "良", "良好", "良好以上", "优秀以上"])
        word = target.removesuffix("以上")
        lower = ["中", "差"] if word[0] == "良" else ["良", "良好", "中", "差"]
        actual: str | None = rng.choice([word, word, *lower])
    elif choice == 1:
        target = rng.choice(["合格", "达标", "满意", "中"])
        actual = target
    elif choice == 2:
        target = rng.choice(["是", "否", "有"])
        actual = target if target == "有" else rng.choice(["是", "否"])
    else:
        target = rng.choice(STATEMENTS)
        actual = rng.choice([target, target, *PROSE])
    if rng.randrange(4) == 0:
        actual = rng.choice([*STATED, None, "", "/"])
    elif rng.randrange(10) == 0:
        actual = rng.choice([*PROSE, "95%", "完成"])
    return make_case(rng, target, actual)


REFUSED_TARGETS: list[tuple[str, str, int | None]] = [
    ("≥5外星币", "5个", 2024),
    ("2024年2月30日前", "2024年2月20日", 2024),
    ("2023年2月29日前", "2023年2月20日", 2023),
    ("2100年2月29日前", "2100年2月20日", 2100),
    ("2024年13月底前", "2024年12月1日", 2024),
    ("6月31日前", "6月30日", 2024),
    ("12月底前", "2024年12月1日", None),
    ("12月31日前", "2024年12月1日", None),
    ("年底前", "2024年12月1日", None),
    ("2024年6月-2024年1月", "2024年3月", 2024),
    ("每年4月15日前", "4月15日", 2024),
    ("≥90%以下", "90%", 2024),
    ("不超过10万元以上", "10万元", 2024),
    ("不低于5场以内", "5场", 2024),
    ("≥5场或≥10场", "10场", 2024),
    ("90%-80%", "85%", 2024),
    ("5-3个", "4个", 2024),
    ("5%-10%以上", "8%", 2024),
    ("近百人", "100人", 2024),
    ("几万元", "3万元", 2024),
    ("数百人", "300人", 2024),
    ("/", "5个", 2024),
    ("待定", "5个", 2024),
    ("无", "5个", 2024),
    ("", "5个", 2024),
    ("—", "5个", 2024),
    ("≥", "5个", 2024),
    ("≥**人次", "5人次", 2024),
]
REFUSED_ACTUALS: list[tuple[str, str, int | None]] = [
    ("≥5个", "5外星币", 2024),
    ("≥100人", "近百人", 2024),
    ("≥300人", "数百人", 2024),
    ("2024年12月底前", "2024年11月31日", 2024),
    ("2023年12月底前", "2023年2月29日", 2023),
    ("2024年12月底前", "2024年13月1日", 2024),
    ("2024年12月底前", "12月1日", None),
    ("≥90%", "95%-90%", 2024),
]


def refused_family(rng: Random) -> Case:
    target, actual, year = rng.choice(REFUSED_TARGETS + REFUSED_ACTUALS)
    given: str | None = actual
    if (target, actual, year) in REFUSED_TARGETS and rng.randrange(6) == 0:
        given = rng.choice([None, "达成", ""])
    return make_case(rng, target, given, year=year)


# --------------------------------------------------------------------------------------------
# What the policies tell apart


def satisfaction_family(rng: Random) -> Case:
    """Rates of satisfaction on and beside the rungs that some rules pay by."""
    number = Fraction(rng.choice(["95", "90", "90", "85", "80", "98.5", "60", "70"]))
    shape = rng.choice(["≥{}", "≥{}", "≥{}", ">{}", "不低于{}", "{}以上", "{}", "={}", "约{}"])
    target = shape.format(plain(number, "%"))
    rungs = ["90", "89.9", "90.1", "80", "79.99", "80.01", "60", "59.9", "60.1", "92", "85", "100"]
    value = Fraction(rng.choice(rungs))
    choice = rng.randrange(16)
    actual: str | None = plain(value, "%")
    if choice == 0:
        actual = plain(value * 10, "‰")
    elif choice == 1:
        actual = plain(value, "")
    elif choice == 2:
        actual = rng.choice(["≥{}", "<{}", ">{}", "≤{}", "约{}"]).format(plain(value, "%"))
    elif choice == 3:
        actual = f"{decimal_text(value - 5)}-{decimal_text(value)}%"
    elif choice == 4:
        actual = rng.choice([*STATED, None, "0.92", "满意", "92人"])
    elif choice == 5:
        actual = plain(edge_number(rng, number, "%"), "%")
    name = rng.choice(["服务对象满意度", "受益群众满意度", "参训人员满意度"])
    return make_case(rng, target, actual, name, ("满意度指标", "服务对象满意度指标"))


def shortfall_family(rng: Random) -> Case:
    """Bounds missed by whole units, by a last digit, and by as much as the bound itself."""
    unit = rng.choice(["个", "人次", "%", "万元", "元", "天", "亿元", "‰", "公里"])
    number = Fraction(rng.choice([5, 10, 20, 40, 100]))
    sign = rng.choice(["≥", ">", "≤", "≤", "<", "=", "不超过", "不少于"])
    off = rng.choice(["1", "2", "3", "0.01", "1.01", "0.99", "1.5", "2.5", "7"])
    value = number + rng.choice([-1, 1]) * Fraction(off)
    if rng.randrange(3) == 0:
        share = rng.choice(["0.6", "0.59", "0.61", "2", "1.99", "2.01", "1.5", "1.4", "0.8"])
        value = number * Fraction(share)
    if whole_only(unit):
        value = Fraction(value.__round__())
    target = sign + plain(number, unit)
    if rng.randrange(5) == 0:
        target = plain(number, unit) + "-" + plain(number + 5, unit)
        value = value + 5 if value > number else value
    actual: str | None = plain(value, unit)
    if rng.randrange(4) == 0:
        actual = other_unit_text(rng, value, unit)
    return make_case(rng, target, actual or plain(value, unit), row=any_row(rng))


def over_family(rng: Random) -> Case:
    """Floors passed by far, on and beside the attainments that rules ask about."""
    unit = rng.choice(["个", "人次", "%", "万元", "元", "天", "公里"])
    number = Fraction(rng.choice([20, 40, 100, 200]))
    shares = ["1.05", "1.1", "1.2", "1.2", "1.3", "1.3", "1.5", "1.5", "2", "3"]
    value = number * Fraction(rng.choice(shares))
    if rng.randrange(2):
        value += rng.choice([-1, 1]) * (1 if whole_only(unit) else Fraction(1, 100))
    sign = rng.choice(["≥", "≥", ">", "=", "≤", "", "不少于", "约"])
    target = sign + plain(number, unit)
    actual: str | None = plain(value, unit)
    choice = rng.randrange(12)
    if choice == 0:
        actual = rng.choice(["≥{}", ">{}", "<{}", "<{}", "约{}", "≤{}"]).format(actual)
    elif choice == 1:
        actual = f"{decimal_text(number)}-{actual}"
    elif choice in (2, 6):
        unit = rng.choice(ROUND_UNITS)
        target = rng.choice(["≥", ">", "不少于"]) + plain(number, unit)
        actual = round_text(rng, number, unit)
    elif choice == 3:
        target, actual = "增长" + target, "增长" + str(actual)
    elif choice == 4:
        target = f"≥10场且≥{plain(number, '人次')}"
        actual = f"{rng.choice([10, 13, 20])}场，{plain(Fraction(value.__floor__()), '人次')}"
    elif choice == 5:
        actual = other_unit_text(rng, value, unit) or actual
    return make_case(rng, target, actual, row=any_row(rng))


FAMILIES: list[Callable[[Random], Case]] = [
    prefix_family,
    postfix_family,
    both_family,
    conversion_family,
    bare_family,
    bare_family,
    unitless_family,
    about_family,
    range_family,
    rate_family,
    zero_family,
    deadline_family,
    other_dates_family,
    change_family,
    words_family,
    refused_family,
    satisfaction_family,
    shortfall_family,
    over_family,
]


def cases(seed: int, count: int, policies: Sequence[str] = ALL) -> Iterator[Case]:
    """`count` cases; the same seed gives the same cases. The policies leave the rows alone."""
    rng = random.Random(seed)
    choosing = random.Random(seed)
    for index in range(count):
        case = FAMILIES[index % len(FAMILIES)](rng)
        case["policy"] = choosing.choice(policies)
        yield case
