"""The number formats of automatic lists: 1, 01, i, IV, b, 三, 第十二, 甲, ③, ⑵ and so on."""

from __future__ import annotations

from collections.abc import Callable

_HAN = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def chinese(number: int, digits: str = _HAN, places: str = "千百十") -> str | None:
    """A number below ten thousand in Chinese numerals; None for any other.

    >>> chinese(12), chinese(20), chinese(105), chinese(1010)
    ('十二', '二十', '一百零五', '一千零一十')
    """
    if not 0 <= number < 10_000:
        return None
    written, gap = "", False
    for digit, place in zip(f"{number:04}", (*places, ""), strict=True):
        if digit == "0":
            gap = bool(written)
            continue
        written += ("零" if gap else "") + digits[int(digit)] + place
        gap = False
    return written.removeprefix("一") if 10 <= number < 20 else written or digits[0]


def _legal(number: int) -> str | None:
    # Where 一十 is said 十, the numerals of accountants keep their 壹.
    return chinese(number, _LEGAL, "仟佰拾")


def _digital(number: int) -> str | None:
    return "".join("○" if digit == "0" else _HAN[int(digit)] for digit in str(number))


def _counting(number: int) -> str | None:
    return chinese(number) if number < 100 else _digital(number)


def _roman(number: int) -> str | None:
    if not 0 < number < 4000:
        return None
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written


def _letter(number: int) -> str | None:
    """a to z, then aa, bb and so on, as Word counts."""
    if not 0 < number <= 26 * 10:
        return None
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(signs: str) -> Callable[[int], str | None]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else None


def _from(first: int, most: int) -> Callable[[int], str | None]:
    return lambda number: chr(first + number - 1) if 0 < number <= most else None


def _circled(number: int) -> str | None:
    if number == 0:
        return "⓪"
    for low, high, first in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if low <= number <= high:
            return chr(first + number - low)
    return None


def _wide(number: int) -> str | None:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)) if number >= 0 else None


def _upper(form: Callable[[int], str | None]) -> Callable[[int], str | None]:
    return lambda number: text.upper() if (text := form(number)) is not None else None


_FORMS: dict[str, Callable[[int], str | None]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "lowerRoman": _roman,
    "upperRoman": _upper(_roman),
    "lowerLetter": _letter,
    "upperLetter": _upper(_letter),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "japaneseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _legal,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda number: "",
}


def numeral(form: str, number: int) -> str:
    """The number in a format of Word; plain digits where the format has no such number.

    >>> numeral("chineseCountingThousand", 12), numeral("upperRoman", 4), numeral("custom", 7)
    ('十二', 'IV', '7')
    """
    told = _FORMS.get(form, str)(number)
    return str(number) if told is None else told
