"""Reads target texts and actual texts of the generated shapes into plain dicts.

This is no general grammar. It knows the shapes that `cases.py` writes and refuses the rest.
Numbers are Fractions. A quantity keeps the number as written and the unit as
`{"dims": ..., "factor": ..., "text": ...}`; the value to compare is number * factor.
"""

import calendar
import datetime
import functools
import re
from fractions import Fraction
from typing import Any

Reading = dict[str, Any]


class ReadingError(ValueError):
    """The text must be refused."""


# --------------------------------------------------------------------------------------------
# Units

# name -> (dimension, factor to the base of the dimension)
BASE_UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("元", Fraction(1)),
    "人": ("人", Fraction(1)),
    "名": ("人", Fraction(1)),
    "位": ("人", Fraction(1)),
    "人次": ("人次", Fraction(1)),
    "个": ("个", Fraction(1)),
    "次": ("次", Fraction(1)),
    "家": ("家", Fraction(1)),
    "份": ("份", Fraction(1)),
    "套": ("套", Fraction(1)),
    "台": ("台", Fraction(1)),
    "件": ("件", Fraction(1)),
    "场": ("场", Fraction(1)),
    "户": ("户", Fraction(1)),
    "%": ("ratio", Fraction(1, 100)),
    "‰": ("ratio", Fraction(1, 1000)),
    "成": ("ratio", Fraction(1, 10)),
    "百分点": ("百分点", Fraction(1)),
    "个百分点": ("百分点", Fraction(1)),
    "分钟": ("minute", Fraction(1)),
    "小时": ("minute", Fraction(60)),
    "个小时": ("minute", Fraction(60)),
    "天": ("minute", Fraction(24 * 60)),
    "月": ("month", Fraction(1)),
    "个月": ("month", Fraction(1)),
    "年": ("month", Fraction(12)),
    "季度": ("季度", Fraction(1)),
    "个季度": ("季度", Fraction(1)),
    "工作日": ("工作日", Fraction(1)),
    "个工作日": ("工作日", Fraction(1)),
    "平方米": ("area", Fraction(1)),
    "亩": ("area", Fraction(2000, 3)),
    "米": ("length", Fraction(1)),
    "千米": ("length", Fraction(1000)),
    "公里": ("length", Fraction(1000)),
    "公斤": ("mass", Fraction(1)),
    "千克": ("mass", Fraction(1)),
    "吨": ("mass", Fraction(1000)),
}

SCALES: list[tuple[str, int]] = [
    ("百万", 10**6),
    ("亿", 10**8),
    ("万", 10**4),
    ("千", 10**3),
]

# Not to be scaled: 万% and the like are no units.
NEVER_SCALED = {"ratio", "百分点", "month", "季度", "工作日"}


def simple_unit(text: str) -> tuple[str, Fraction] | None:
    """A base unit with or without a scale in front of it."""
    if text in BASE_UNITS:
        return BASE_UNITS[text]
    for scale, size in SCALES:
        if text.startswith(scale):
            rest = text[len(scale) :]
            if rest in BASE_UNITS:
                dimension, factor = BASE_UNITS[rest]
                if dimension not in NEVER_SCALED:
                    return dimension, factor * size
    return None


@functools.lru_cache(maxsize=4096)
def read_unit(text: str) -> Reading | None:
    """A unit or a rate; None when it is not known."""
    if "/" not in text:
        simple = simple_unit(text)
        if simple is None:
            return None
        return {"dims": (simple[0], ()), "factor": simple[1], "text": text}
    above, below = text.split("/", 1)
    numerator = simple_unit(above)
    if numerator is None:
        return None
    below = below.replace("(", "").replace(")", "")
    names: list[str] = []
    for name in re.split(r"[/·*]", below):
        if name == "人天":
            names.extend(["人", "天"])
        else:
            names.append(name)
    factor = numerator[1]
    dimensions: list[str] = []
    for name in names:
        if name not in BASE_UNITS:
            return None
        dimensions.append(BASE_UNITS[name][0])
        factor = factor / BASE_UNITS[name][1]
    return {"dims": (numerator[0], tuple(sorted(dimensions))), "factor": factor, "text": text}


# --------------------------------------------------------------------------------------------
# Characters and numbers

LOOK_ALIKES = str.maketrans(
    {
        "０": "0",
        "１": "1",
        "２": "2",
        "３": "3",
        "４": "4",
        "５": "5",
        "６": "6",
        "７": "7",
        "８": "8",
        "９": "9",
        "．": ".",
        "％": "%",
        "＝": "=",
        "＞": ">",
        "＜": "<",
        "≧": "≥",
        "⩾": "≥",
        "≦": "≤",
        "⩽": "≤",
        "（": "(",
        "）": ")",
        "～": "~",
        "㎡": "平方米",
    }
)

THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[,，]\d{3})+(?!\d)")


def normalise(text: str) -> str:
    text = text.strip().translate(LOOK_ALIKES)
    text = text.replace(">=", "≥").replace("=>", "≥").replace("<=", "≤").replace("百分比", "%")
    return THOUSANDS.sub(lambda found: re.sub("[,，]", "", found.group()), text)


CHINESE_DIGITS = {
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
CHINESE_TENS = {"十": 10, "百": 100, "千": 1000}


def chinese_number(text: str) -> int:
    """一百二十 -> 120. Only plain numerals below ten thousand."""
    total = 0
    digit: int | None = None
    for sign in text:
        if sign in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[sign]
        else:
            if digit is None:
                digit = 1
            total += digit * CHINESE_TENS[sign]
            digit = None
    if digit is not None:
        total += digit
    return total


QUANTITY = re.compile(r"([+-]?\d+(?:\.\d+)?)(余?)(.*)")
CHINESE_QUANTITY = re.compile(r"([零一二两三四五六七八九十百千]+)(.+)")
HUNDREDTHS = re.compile(r"百分之([零一二三四五六七八九十百]+)")
THOUSANDTHS = re.compile(r"千分之([零一二三四五六七八九十百]+)")


def read_quantity(text: str) -> Reading | None:
    """A number with or without a unit. None: no number stands here. Unknown unit: error."""
    found = HUNDREDTHS.fullmatch(text)
    if found:
        number = Fraction(chinese_number(found.group(1)))
        return {"number": number, "unit": read_unit("%"), "more": False}
    found = THOUSANDTHS.fullmatch(text)
    if found:
        number = Fraction(chinese_number(found.group(1)))
        return {"number": number, "unit": read_unit("‰"), "more": False}
    found = QUANTITY.fullmatch(text)
    if found:
        unit = None
        if found.group(3):
            unit = read_unit(found.group(3))
            if unit is None:
                raise ReadingError("unknown unit " + found.group(3))
        return {"number": Fraction(found.group(1)), "unit": unit, "more": found.group(2) == "余"}
    found = CHINESE_QUANTITY.fullmatch(text)
    if found:
        unit = read_unit(found.group(2))
        if unit is not None:
            number = Fraction(chinese_number(found.group(1)))
            return {"number": number, "unit": unit, "more": False}
    return None


# --------------------------------------------------------------------------------------------
# Bounds on an amount

PREFIXES: list[tuple[str, str]] = [
    ("≥", "at_least"),
    ("不低于", "at_least"),
    ("不少于", "at_least"),
    ("不小于", "at_least"),
    ("不得低于", "at_least"),
    ("至少", "at_least"),
    ("最少", "at_least"),
    ("大于等于", "at_least"),
    ("大于或等于", "at_least"),
    ("达到", "at_least"),
    ("提高到", "at_least"),
    ("增至", "at_least"),
    (">", "more_than"),
    ("大于", "more_than"),
    ("高于", "more_than"),
    ("多于", "more_than"),
    ("超过", "more_than"),
    ("≤", "at_most"),
    ("不高于", "at_most"),
    ("不超过", "at_most"),
    ("不超", "at_most"),
    ("不大于", "at_most"),
    ("不多于", "at_most"),
    ("不得超过", "at_most"),
    ("至多", "at_most"),
    ("最多", "at_most"),
    ("小于等于", "at_most"),
    ("控制在", "at_most"),
    ("压缩至", "at_most"),
    ("降至", "at_most"),
    ("<", "less_than"),
    ("小于", "less_than"),
    ("低于", "less_than"),
    ("少于", "less_than"),
    ("不足", "less_than"),
    ("不满", "less_than"),
    ("=", "equal"),
    ("等于", "equal"),
]
PREFIXES.sort(key=lambda entry: -len(entry[0]))

POSTFIXES: list[tuple[str, str]] = [
    ("(含)以上", "at_least"),
    ("及以上", "at_least"),
    ("以上", "at_least"),
    ("以下", "at_most"),
    ("以内", "at_most"),
    ("之内", "at_most"),
    ("内", "at_most"),
]

# Words that carry nothing at the head of an amount.
IDLE_WORDS = ["完成", "力争", "累计", "保持在", "稳定在"]

RANGE = re.compile(r"(-?\d+(?:\.\d+)?)([^\d~至±-]*)[-~至](-?\d+(?:\.\d+)?)([^\d±-]*)")
PLUS_MINUS = re.compile(r"(\d+(?:\.\d+)?)?±(\d+(?:\.\d+)?)(\D*)")
PER = re.compile(r"((?:每[人天月年场次户])+)(.*)")


def read_unit_or_refuse(text: str) -> Reading | None:
    if text == "":
        return None
    unit = read_unit(text)
    if unit is None:
        raise ReadingError("unknown unit " + text)
    return unit


def bounds(
    lower: Reading, upper: Reading, lower_closed: bool = True, upper_closed: bool = True
) -> Reading:
    if (lower["unit"] is None) != (upper["unit"] is None):
        raise ReadingError("one bound without a unit")
    if lower["unit"] is not None and lower["unit"]["dims"] != upper["unit"]["dims"]:
        raise ReadingError("bounds of different units")
    if size(lower) > size(upper):
        raise ReadingError("reversed bounds")
    return {
        "type": "between",
        "lower": lower,
        "upper": upper,
        "lower_closed": lower_closed,
        "upper_closed": upper_closed,
    }


def size(quantity: Reading) -> Fraction:
    """The number in the base unit of its dimension."""
    number: Fraction = quantity["number"]
    if quantity["unit"] is None:
        return number
    factor: Fraction = quantity["unit"]["factor"]
    return number * factor


def read_range(text: str) -> Reading | None:
    if text.startswith("介于") and text.endswith("之间"):
        text = text[2:-2]
    found = PLUS_MINUS.fullmatch(text.removesuffix("以内"))
    if found:
        unit = read_unit_or_refuse(found.group(3))
        middle = Fraction(found.group(1) or 0)
        spread = Fraction(found.group(2))
        return bounds(
            {"number": middle - spread, "unit": unit, "more": False},
            {"number": middle + spread, "unit": unit, "more": False},
        )
    found = RANGE.fullmatch(text)
    if not found:
        return None
    last_unit_text = found.group(4)
    for postfix, sense in POSTFIXES:
        if last_unit_text.endswith(postfix):
            if sense == "at_least":
                raise ReadingError("a range with 以上")
            last_unit_text = last_unit_text[: -len(postfix)]
            break
    upper_unit = read_unit_or_refuse(last_unit_text)
    lower_unit = read_unit_or_refuse(found.group(2))
    if lower_unit is None:
        lower_unit = upper_unit
    return bounds(
        {"number": Fraction(found.group(1)), "unit": lower_unit, "more": False},
        {"number": Fraction(found.group(3)), "unit": upper_unit, "more": False},
    )


def read_amount(text: str) -> Reading | None:
    """One bound, a range or an about. None when no amount stands here."""
    found = PER.fullmatch(text)
    if found:
        per = "/".join(found.group(1)[1:].split("每"))
        inner = read_amount(found.group(2))
        if inner is None or "value" not in inner or inner["value"]["unit"] is None:
            raise ReadingError("每 without an amount")
        inner["value"]["unit"] = read_unit(inner["value"]["unit"]["text"] + "/" + per)
        return inner

    for word in IDLE_WORDS:
        if text.startswith(word) and len(text) > len(word):
            text = text[len(word) :]
            break

    rest = text
    about = False
    if rest.startswith("约"):
        about = True
        rest = rest[1:]
    elif rest.endswith("左右"):
        about = True
        rest = rest[:-2]
        for word in ("达到", "控制在"):
            rest = rest.removeprefix(word)
    if about:
        quantity = read_quantity(rest)
        if quantity is None:
            return None
        return {"type": "about", "value": quantity}

    between = read_range(text)
    if between is not None:
        return between

    before = None
    for prefix, sense in PREFIXES:
        if rest.startswith(prefix):
            before = sense
            rest = rest[len(prefix) :]
            break
    after = None
    for postfix, sense in POSTFIXES:
        if rest.endswith(postfix):
            after = sense
            rest = rest[: -len(postfix)]
            break
    quantity = read_quantity(rest)
    if quantity is None:
        return None
    if before is not None and after is not None and before != after:
        raise ReadingError("two signs that disagree")
    return {"type": before or after or "bare", "value": quantity}


def dims_of(amount: Reading) -> Any:
    unit = amount["lower"]["unit"] if amount["type"] == "between" else amount["value"]["unit"]
    return None if unit is None else unit["dims"]


def read_joined(text: str) -> Reading | None:
    """Parts joined by 且, ， or ；: two bounds of one unit are a range, else all must hold."""
    pieces = re.split("[且，；]", text)
    if len(pieces) < 2:
        return None
    parts: list[Reading] = []
    for piece in pieces:
        part = read_amount(piece)
        if part is None:
            return None
        parts.append(part)
    if len(parts) == 2 and dims_of(parts[0]) == dims_of(parts[1]):
        first, second = parts
        if first["type"] in ("at_least", "more_than") and second["type"] in (
            "at_most",
            "less_than",
        ):
            return bounds(
                first["value"],
                second["value"],
                first["type"] == "at_least",
                second["type"] == "at_most",
            )
        raise ReadingError("two bounds of one unit that make no range")
    return {"type": "all_of", "parts": parts}


# --------------------------------------------------------------------------------------------
# Dates

CHINESE_YEAR = r"(?:(?P<year>\d{4})年|(?P<next>次年))?"
DAY = re.compile(CHINESE_YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?P<tail>之前|前|起|)")
ISO_DAY = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
MONTH_END = re.compile(CHINESE_YEAR + r"(?P<month>\d{1,2})月[底末](?P<tail>之前|前|)")
MONTH = re.compile(CHINESE_YEAR + r"(?P<month>\d{1,2})月(?P<tail>之前|前|起|)")
QUARTER = re.compile(CHINESE_YEAR + r"第(?P<quarter>[一二三四])季度(?P<end>末?)(?P<tail>前|)")
YEAR_END = re.compile(r"(?:(?P<year>\d{4})年?)?年?[底末](?P<tail>之前|前|)")
IN_YEAR = re.compile(r"(?:(?P<year>\d{4})年内|年内)")
WHOLE_YEAR = re.compile(r"(?P<year>(?:19|20|21)\d{2})年")
SPANS = [
    re.compile(r"(?P<y1>\d{4})年(?P<m1>\d{1,2})月[-~至](?P<y2>\d{4})年(?P<m2>\d{1,2})月"),
    re.compile(r"(?P<y1>\d{4})\.(?P<m1>\d{2})-(?P<y2>\d{4})\.(?P<m2>\d{2})"),
    re.compile(r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})-(?P<m2>\d{1,2})月"),
]


def make_date(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ReadingError("impossible date") from None


def month_end(year: int, month: int) -> datetime.date:
    if not 1 <= month <= 12:
        raise ReadingError("impossible month")
    return make_date(year, month, calendar.monthrange(year, month)[1])


def year_of(found: re.Match[str], group: str, year: int | None) -> int:
    groups = found.groupdict()
    if groups.get(group):
        return int(groups[group])
    if year is None:
        raise ReadingError("no year")
    if groups.get("next"):
        return year + 1
    return year


def read_dates(text: str, year: int | None) -> Reading | None:
    """A piece of calendar: what it spans, how it was written, and its last word."""
    found = DAY.fullmatch(text) or ISO_DAY.fullmatch(text)
    if found:
        the_year = year_of(found, "year", year)
        day = make_date(the_year, int(found["month"]), int(found["day"]))
        tail = found.groupdict().get("tail") or ""
        return {"form": "day", "start": day, "end": day, "tail": tail}
    found = MONTH_END.fullmatch(text)
    if found:
        last = month_end(year_of(found, "year", year), int(found["month"]))
        return {"form": "end", "start": last, "end": last, "tail": found["tail"]}
    found = MONTH.fullmatch(text)
    if found:
        the_year = year_of(found, "year", year)
        last = month_end(the_year, int(found["month"]))
        first = last.replace(day=1)
        return {"form": "period", "start": first, "end": last, "tail": found["tail"]}
    found = QUARTER.fullmatch(text)
    if found:
        the_year = year_of(found, "year", year)
        number = "一二三四".index(found["quarter"]) + 1
        first = make_date(the_year, number * 3 - 2, 1)
        last = month_end(the_year, number * 3)
        form = "end" if found["end"] else "period"
        return {"form": form, "start": first, "end": last, "tail": found["tail"]}
    found = YEAR_END.fullmatch(text) or IN_YEAR.fullmatch(text)
    if found:
        last = make_date(year_of(found, "year", year), 12, 31)
        return {"form": "end", "start": last, "end": last, "tail": "前"}
    found = WHOLE_YEAR.fullmatch(text)
    if found:
        the_year = int(found["year"])
        first = make_date(the_year, 1, 1)
        return {"form": "span", "start": first, "end": make_date(the_year, 12, 31), "tail": ""}
    for span in SPANS:
        found = span.fullmatch(text)
        if found:
            first_year = year_of(found, "y1", year)
            last_year = first_year
            if found.groupdict().get("y2"):
                last_year = int(found["y2"])
            first = month_end(first_year, int(found["m1"])).replace(day=1)
            last = month_end(last_year, int(found["m2"]))
            if last < first:
                raise ReadingError("the end lies before the start")
            return {"form": "span", "start": first, "end": last, "tail": ""}
    return None


def strip_date_words(text: str) -> tuple[str, bool]:
    """Takes off 截至, 不晚于 and a closing 完成; tells whether a word of 'by' stood there."""
    by_word = False
    for word in ("截至", "不晚于"):
        if text.startswith(word):
            text = text[len(word) :]
            by_word = True
    if text.endswith("完成") and len(text) > 2:
        text = text[:-2]
    return text, by_word


def read_date_target(text: str, year: int | None) -> Reading | None:
    if re.match(r"每[年月季]", text) and text.endswith("前"):
        raise ReadingError("a recurring date")
    text, _ = strip_date_words(text)
    piece = read_dates(text, year)
    if piece is None:
        return None
    if piece["tail"] == "起":
        return {"type": "not_before", "date": piece["start"]}
    if piece["form"] == "span":
        return {"type": "during", "start": piece["start"], "end": piece["end"]}
    if piece["form"] == "period" and piece["tail"] in ("前", "之前"):
        return {"type": "by", "date": piece["end"], "from": piece["start"]}
    return {"type": "by", "date": piece["end"], "from": None}


def read_date_actual(text: str, year: int | None) -> Reading | None:
    text, by_word = strip_date_words(text)
    piece = read_dates(text, year)
    if piece is None:
        return None
    if piece["tail"] == "起":
        return {"kind": "dates", "start": piece["start"], "end": None}
    if piece["tail"] in ("前", "之前") or by_word:
        # "done before 12-31" says that it was done on some day up to that one
        last = piece["end"]
        if piece["form"] == "period":
            last = piece["start"] - datetime.timedelta(days=1)
        return {"kind": "dates", "start": None, "end": last}
    return {"kind": "dates", "start": piece["start"], "end": piece["end"]}


# --------------------------------------------------------------------------------------------
# Changes and words

CHANGE = re.compile(
    r"(?P<basis>同比|较上年|比上年|)(?P<verb>增长|增加|提高|下降|降低|减少|压减)(?![到至])(?P<rest>.+)"
)
INCREASE = {"增长", "增加", "提高"}

LEVEL_RANKS = {"优": 4, "优秀": 4, "良": 3, "良好": 3, "中": 2, "差": 1}
OTHER_LEVELS = {"合格", "达标", "满意"}
YES_NO = {"是": True, "有": True, "否": False}

NO_TARGET = {"", "/", "—", "无", "**", "待定", "≥", "≤", ">", "<", "="}
MISSING = {"", "无", "/"}

STATED_MET = {"达成", "达成预期指标", "达成年度指标"}
STATED_PARTLY = {"部分达成", "基本达到"}
STATED_MISSED = {"未达成"}

# What counts as a digit, so that the text is no statement: digits, vague counts, placeholders.
COUNTS_AS_DIGIT = re.compile(
    r"\d|\*|[几数近零一二两三四五六七八九十百千万亿]+(?:[元人个次家份套台件场户天年月成%]|小时)"
)


def read_change(text: str) -> Reading | None:
    found = CHANGE.fullmatch(text)
    if not found:
        return None
    amount = read_amount(found["rest"])
    if amount is None:
        return None
    direction = "increase" if found["verb"] in INCREASE else "decrease"
    return {"type": "change", "direction": direction, "constraint": amount}


def read_level(text: str) -> Reading | None:
    word = text.removesuffix("及以上").removesuffix("以上")
    if word in LEVEL_RANKS:
        return {"type": "level", "level": word, "rank": LEVEL_RANKS[word]}
    if text in OTHER_LEVELS:
        return {"type": "level", "level": text, "rank": None}
    return None


def read_target(text: str, year: int | None) -> Reading:
    text = normalise(text)
    if text in NO_TARGET:
        raise ReadingError("no target")
    level = read_level(text)
    if level is not None:
        return level
    if text in YES_NO:
        return {"type": "yes_no", "value": YES_NO[text]}
    if re.search(r"\d.*或", text):
        raise ReadingError("alternatives")
    dates = read_date_target(text, year)
    if dates is not None:
        return dates
    change = read_change(text)
    if change is not None:
        return change
    joined = read_joined(text)
    if joined is not None:
        return joined
    amount = read_amount(text)
    if amount is not None:
        return amount
    if COUNTS_AS_DIGIT.search(text):
        raise ReadingError("cannot be read")
    return {"type": "statement", "text": text}


# Words that say what is to be, not what is.
PLANNED = ("力争", "不得")


def read_actual(text: str | None, year: int | None) -> Reading:
    if text is None:
        return {"kind": "missing"}
    text = normalise(text)
    if text in MISSING:
        return {"kind": "missing"}
    if text in STATED_MET:
        return {"kind": "stated", "word": "met"}
    if text in STATED_PARTLY:
        return {"kind": "stated", "word": "partly"}
    if text in STATED_MISSED:
        return {"kind": "stated", "word": "missed"}
    if text in ("完成", "已完成"):
        return {"kind": "done", "text": text}
    level = read_level(text)
    if level is not None:
        return {"kind": "level", "level": level["level"], "rank": level["rank"], "text": text}
    if text in YES_NO:
        return {"kind": "yes_no", "value": YES_NO[text], "text": text}
    if COUNTS_AS_DIGIT.search(text) and any(
        piece.startswith(PLANNED) for piece in re.split("[，；]", text)
    ):
        raise ReadingError("what ought to be is no actual")
    dates = read_date_actual(text, year)
    if dates is not None:
        return dates
    change = read_change(text)
    if change is not None:
        return {
            "kind": "change",
            "direction": change["direction"],
            "constraint": change["constraint"],
        }
    pieces = re.split("[，；]", text)
    if len(pieces) > 1:
        parts: list[Reading] = []
        for piece in pieces:
            part = read_amount(piece)
            if part is not None:
                parts.append(part)
        if len(parts) == len(pieces):
            return {"kind": "several", "parts": parts}
    joined = read_joined(text) if "且" in text else None
    amount = joined if joined is not None else read_amount(text)
    if amount is not None:
        if amount["type"] == "all_of":
            return {"kind": "several", "parts": amount["parts"]}
        return {"kind": "amount", "constraint": amount, "signed": text[0] in "+-"}
    if COUNTS_AS_DIGIT.search(text):
        raise ReadingError("cannot be read")
    return {"kind": "prose", "text": text}
