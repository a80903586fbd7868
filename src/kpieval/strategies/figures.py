"""Every way to write one number: figures, separators, scales, Chinese numerals, fractions."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kpieval import exact, wordlists
from kpieval.parsing import numerals

SCALES = ("千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿")

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
# Formal figures, as on cheques; 点 and 万 stay the same.
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_DIGIT_BY_DIGIT = str.maketrans("0123456789", "〇一二三四五六七八九")


def plain(number: Fraction) -> str:
    """The plain figures.

    >>> plain(Fraction(27, 10)), plain(Fraction(2, 3))
    ('2.7', '2/3')
    """
    return exact.text(number)


def spellings(number: Fraction) -> tuple[str, ...]:
    """The number in every form that the grammar has, the plain figures first.

    >>> spellings(Fraction(27000))[:6]
    ('27000', '27,000', '27 000', '27000.0', '27千', '2.7万')
    """
    size = abs(number)
    found = [*_unsigned(size)]
    if number < 0:
        minus = wordlists.spellings("_MINUS")
        signed = [f"-{text}" for text in found if text[0].isascii()]
        found = signed + [f"{word}{text}" for word in minus for text in found]
    return tuple(dict.fromkeys(found))


def _unsigned(size: Fraction) -> Iterator[str]:
    yield plain(size)
    if _is_decimal(size):
        yield from _separated(plain(size))
        yield f"{plain(size)}0" if "." in plain(size) else f"{plain(size)}.0"
        yield from _scaled(size)
        yield from chinese_spellings(size)
    else:
        yield from _quotients(size)


def _is_decimal(size: Fraction) -> bool:
    return "/" not in plain(size)


def _separated(text: str) -> Iterator[str]:
    whole, point, rest = text.partition(".")
    if len(whole) > 3:
        grouped = f"{int(whole):,}{point}{rest}"
        yield grouped
        yield grouped.replace(",", " ")


def scaled(size: Fraction) -> Iterator[tuple[str, str]]:
    """The figures before each scale that fits, and the scale.

    >>> list(scaled(Fraction(27000)))
    [('27', '千'), ('2.7', '万'), ('0.27', '十万')]
    """
    for scale in SCALES:
        figures = plain(size / numerals.scale(scale))
        short = "/" not in figures and len(figures) <= len(plain(size))
        if short and size >= numerals.scale(scale) / 10:
            yield figures, scale


def _scaled(size: Fraction) -> Iterator[str]:
    yield from ("".join(pair) for pair in scaled(size))


def chinese_spellings(size: Fraction) -> Iterator[str]:
    """The number in Chinese, with 两 for 二, in formal figures, and before a scale."""
    if size.numerator // size.denominator >= 10**12:
        return
    said = chinese(size)
    if said.startswith("一十"):
        yield said[1:]
    yield said
    if said.startswith("二") and said[1:2] != "十":
        yield f"两{said[1:]}"
    if "点" not in said:
        yield said.translate(_FORMAL)
    yield from (
        chinese(Fraction(figures)) + scale
        for figures, scale in scaled(size)
        if scale in ("万", "亿") and figures.find(".") in (1, 2, 3)
    )


def chinese(size: Fraction) -> str:
    """A finite decimal below a million millions as a Chinese numeral.

    >>> chinese(Fraction(120)), chinese(Fraction(2005)), chinese(Fraction("3.9"))
    ('一百二十', '二千零五', '三点九')
    """
    whole, point, places = plain(size).partition(".")
    said = _whole(int(whole)) or "零"
    digits = "".join(_DIGITS[int(digit)] for digit in places)
    return f"{said}点{digits}" if point else said


def _whole(number: int) -> str:
    """Four figures at a time, each group with its 万 or 亿; 零 where a place is left out."""
    said, skipped = "", False
    for place, section in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // place % 10_000
        if group:
            gap = "零" if said and (skipped or group < 1000) else ""
            said += gap + _group(group) + section
        skipped = not group
    return said


def _group(number: int) -> str:
    """Up to four figures with their places.

    >>> _group(2005), _group(120)
    ('二千零五', '一百二十')
    """
    said = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += _DIGITS[digit] + _PLACES[place]
        elif said and not said.endswith("零"):
            said += "零"
    return said.rstrip("零")


def _quotients(size: Fraction) -> Iterator[str]:
    """What no finite decimal holds: 三分之二."""
    below, above = size.denominator, size.numerator
    if below < 100:
        yield f"{chinese(Fraction(below))}分之{chinese(Fraction(above))}"


def digit_by_digit(number: int) -> str:
    """A year in Chinese, its figures one by one.

    >>> digit_by_digit(2024)
    '二〇二四'
    """
    return str(number).translate(_DIGIT_BY_DIGIT)


def chinese_short(number: int) -> str:
    """A small whole number as people say it: 十二, not 一十二.

    >>> chinese_short(12), chinese_short(31)
    ('十二', '三十一')
    """
    said = chinese(Fraction(number))
    return said[1:] if said.startswith("一十") else said
