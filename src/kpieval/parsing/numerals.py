"""Numerals as they are written in tables, read exactly or refused.

Arabic figures with thousands separators, and well-formed Chinese numerals. Colloquial shortenings
(三百一, 1万2) and vague counts (几万, 近百) are not numerals here.
"""

from __future__ import annotations

import re
from fractions import Fraction

_DIGITS = {"零": 0, "〇": 0, "○": 0}
for _nine in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖", "壹貳參肆伍陸柒捌玖"):
    _DIGITS |= {digit: value for value, digit in enumerate(_nine, start=1)}
_DIGITS["两"] = 2
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}

_D = "[一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖]"
_TENS = f"(?:{_D}[十拾]{_D}?)"
_HUNDREDS = f"(?:{_D}[百佰](?:{_TENS}|[零〇]{_D})?)"
_THOUSANDS = f"(?:{_D}[千仟](?:{_HUNDREDS}|[零〇](?:{_TENS}|{_D}))?)"
# 十五 for 一十五 is usual only where nothing stands before it.
_SECTION = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_D}?[十拾]{_D}?|{_D})"
_FULL_SECTION = f"(?:零?{_THOUSANDS}|零?{_HUNDREDS}|零?{_TENS}|零{_D})"
_TEN_THOUSANDS = f"(?:{_SECTION}万{_FULL_SECTION}?)"
CHINESE_NUMERAL = (
    f"(?:{_SECTION}(?:万亿|亿(?:零?{_TEN_THOUSANDS}|{_FULL_SECTION})?)|{_TEN_THOUSANDS}|{_SECTION}|零)"
    "(?:点[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]+)?"
)
"""A regular expression for a well-formed Chinese numeral below ten thousand times 万亿.

Figures after 点 may follow it; a scale after them (二点七万) is the grammar's.
"""

CHINESE_FIGURES = frozenset("○廿卅兆") | _DIGITS.keys() | _SMALL.keys() | _LARGE.keys()
"""Every character that a Chinese numeral is written with, ordinary, formal and traditional."""

_ENDINGS = {"万亿": 10**12, "亿": 10**8, "万": 10**4}


def arabic(text: str) -> Fraction:
    """The number written in figures, thousands separators allowed.

    >>> arabic("1,200.50"), arabic("-2")
    (Fraction(2401, 2), Fraction(-2, 1))
    """
    return Fraction(text.replace(",", "").replace(" ", ""))


def chinese(text: str) -> Fraction:
    """The number of a well-formed Chinese numeral, figures after 点 included.

    >>> chinese("一百二十"), chinese("两千零五"), chinese("三点九")
    (Fraction(120, 1), Fraction(2005, 1), Fraction(39, 10))
    """
    if not re.fullmatch(CHINESE_NUMERAL, text):
        raise ValueError(f"{text!r} is no well-formed Chinese numeral")
    whole, _, places = text.partition("点")
    return Fraction(_whole(whole)) + Fraction(digits(places or "0"), 10 ** len(places))


def chinese_scaled(text: str) -> tuple[Fraction, int]:
    """The numeral as figures and the scale that ends it, so that a range can share the scale.

    >>> chinese_scaled("三万"), chinese_scaled("三万五千")
    ((Fraction(3, 1), 10000), (Fraction(35000, 1), 1))
    """
    number = chinese(text)
    for ending, factor in _ENDINGS.items():
        if text.endswith(ending) and text != ending:
            return number / factor, factor
    return number, 1


def _whole(text: str) -> int:
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total = _raised(total, section + digit, _LARGE[char])
            section = digit = 0
    return total + section + digit


def _raised(total: int, section: int, scale: int) -> int:
    """``section`` 万 is added to what stands; 亿 multiplies all that stands before it."""
    if scale == _LARGE["亿"]:
        return (total + section) * scale
    return total + section * scale


def mixed(text: str) -> Fraction:
    """A number in figures with a scale after each: 5万4千6百.

    >>> mixed("5万4千6百"), mixed("1亿2千万")
    (Fraction(54600, 1), Fraction(120000000, 1))
    """
    parts = re.findall(r"([0-9]+)([百千]?[万亿]|[百千])", text)
    values = [int(figures) * scale(word) for figures, word in parts]
    scales = [scale(word[-1]) for _, word in parts]
    if scales != sorted(set(scales), reverse=True) or any(
        value >= above for above, value in zip(scales, values[1:], strict=False)
    ):
        raise ValueError(f"{text!r} is no well-formed number")
    return Fraction(sum(values))


def money(text: str) -> Fraction:
    """The yuan of a sum in 元, 角 and 分.

    >>> money("123元1角1分"), money("九元零九分"), money("两角五分")
    (Fraction(12311, 100), Fraction(909, 100), Fraction(1, 4))
    """
    parts = re.findall(r"([^元块圆角分]+)([元块圆角分])", text)
    worth = {"角": Fraction(1, 10), "分": Fraction(1, 100)}
    return sum((_plain(figures) * worth.get(word, 1) for figures, word in parts), Fraction(0))


def _plain(text: str) -> Fraction:
    """Figures or a Chinese numeral; a 零 that only holds a place is cut off."""
    return Fraction(text) if text.isdecimal() and text.isascii() else chinese(text.lstrip("零"))


def term(text: str) -> Fraction:
    """A term of a fraction: figures, or a numeral that may leave its first 一 out (千万分之六).

    >>> term("3"), term("千万")
    (Fraction(3, 1), Fraction(10000000, 1))
    """
    if text.isascii():
        return Fraction(text)
    return chinese(f"一{text}" if text[0] in "百千万亿" else text)


def scale(text: str) -> int:
    """The factor of a scale word: 万, 百万, 千万, 亿, 万亿.

    >>> scale("百万"), scale("万亿")
    (1000000, 1000000000000)
    """
    factor = 1
    for char in text:
        factor *= _SMALL.get(char) or _LARGE[char]
    return factor


def digits(text: str) -> int:
    """The number whose figures are said one by one, as in a year: 二〇二四.

    >>> digits("二〇二四"), digits("2024")
    (2024, 2024)
    """
    return int("".join(str(_DIGITS.get(char, char)) for char in text))


def small(text: str) -> int:
    """A small whole number in figures or Chinese: a month, a day, a quarter.

    >>> small("12"), small("十二"), small("三")
    (12, 12, 3)
    """
    return int(text) if text.isascii() else int(chinese(text))
