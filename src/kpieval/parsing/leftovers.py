"""What stands beside a value and is only noted: no figure may be lost in it."""

from __future__ import annotations

import re
from functools import cache

from kpieval import wordlists
from kpieval.errors import TargetSyntaxError
from kpieval.parsing.numerals import CHINESE_FIGURES
from kpieval.parsing.tries import any_of


def refuse(source: str, remainder: tuple[str, ...]) -> None:
    """Refuse words after a value that hold a figure, or are what is left of a mistyped unit.

    >>> refuse("≥90%，统一", ("，统一",))
    >>> refuse("≥90%①", ("①",))
    Traceback (most recent call last):
    kpieval.errors.TargetSyntaxError: ...
    """
    for word in remainder:
        refuse_figures(source, word)
        if "?" in word:
            raise TargetSyntaxError(source, _place(source, "?"), expected=("end",))
        if len(word) == 1 and word.isalpha() and word not in wordlists.words("beside", "alone"):
            raise TargetSyntaxError(source, _place(source, word), expected=("unit",))


def refuse_figures(source: str, words: str) -> None:
    """Refuse words that hold a figure of any script: 万, ①, ².

    >>> refuse_figures("20个床位", "床位")
    """
    for char in without_idioms(words):
        if char in CHINESE_FIGURES or (char.isnumeric() and not "\u4e00" <= char <= "\u9fff"):
            raise TargetSyntaxError(source, _place(source, char), expected=("separator", "end"))


def refuse_reference(source: str, lead: str) -> None:
    """Refuse a number without a unit of which the words before it make a reference: 见附件1.

    >>> refuse_reference("代表5", "代表")
    >>> refuse_reference("详见附件1", "详见附件")
    Traceback (most recent call last):
    kpieval.errors.TargetSyntaxError: ...
    """
    found = _reference().search(blanked(lead, "reference"))
    if found is not None:
        start = max(source.find(lead), 0)
        span = (start + found.start(), start + len(lead))
        raise TargetSyntaxError(source, span, expected=("number",))


@cache
def _reference() -> re.Pattern[str]:
    nouns, pointing = (any_of(wordlists.words("reference", key)) for key in ("nouns", "pointing"))
    return re.compile(f"{pointing}|{nouns}$")


def blanked(words: str, section: str) -> str:
    """The words without those that ``context.toml`` excepts in a section, in their length.

    >>> blanked("统计报表", "reference"), blanked("物资供应", "planned")
    ('统计··', '物资··')
    """
    return _excepted(section).sub(lambda found: "·" * len(found[0]), words)


@cache
def _excepted(section: str) -> re.Pattern[str]:
    return re.compile(any_of(wordlists.words(section, "unless")))


def without_idioms(text: str) -> str:
    """The text with its idioms blanked, so that the 三 of 三公 counts nothing."""
    return _idioms().sub(" ", text)


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(any_of(wordlists.words("beside", "idioms")))


def _place(source: str, word: str) -> tuple[int, int]:
    """Where the word stands last; a look-alike is marked at the end."""
    start = source.rfind(word)
    return (start, start + len(word)) if start >= 0 else (len(source) - 1, len(source))
