"""Why a text was refused: from a parser's failure to an error that a clerk can act on."""

from __future__ import annotations

import re
from functools import cache

from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from kpieval import units, wordlists
from kpieval.errors import (
    AlternativesError,
    NumeralError,
    ReadingError,
    TargetSyntaxError,
    UnknownUnitError,
    VagueNumberError,
)
from kpieval.parsing.numerals import CHINESE_NUMERAL
from kpieval.parsing.tries import any_of

_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?|[^\s\d]")
_BROKEN_NUMBER = re.compile(r"\d+(?:[,.]\d*)*[,.]\d*|\d+\s+\d+")
_WORD_AFTER_NUMBER = re.compile(r"(?<=\d)\s?((?:[A-Za-z]{2,}|[\u4e00-\u9fff]{2,4})+)")
_NUMBER_BEFORE = re.compile(r"(?:\d|[一二两三四五六七八九十百千万亿])\s*$")

# What the parser could take next, in the words of the catalogue.
_EXPECTED = {
    "number": {"NUMBER", "CN_NUMBER", "FRACTION"},
    "unit": {"UNIT"},
    "comparator": {"_AT_LEAST", "_AT_MOST", "_MORE_THAN", "_LESS_THAN", "_EQUAL"},
    "closing_comparator": {"_OR_MORE", "_OR_LESS"},
    "date": {"YEAR", "MONTH", "ISO_DAY"},
    "before": {"_BEFORE", "_END"},
    "separator": {"_SEP"},
    "end": {"$END"},
}


def refusal(
    source: str, folded: str, failure: UnexpectedInput, *, prose: bool = False
) -> ReadingError:
    """The error for a text that the grammar does not take, most telling reason first.

    In ``prose`` nothing counts as a figure: no unit is looked for, nor what else could stand there.
    """
    position = _position(folded, failure)
    return (
        _broken_number(source, folded, position)
        or more_telling(source, folded)
        or _vague(source, folded, position)
        or _alternative(source, folded, position)
        or (TargetSyntaxError(source, expected=("end",)) if prose else None)
        or _unknown_unit(source, folded, position)
        or _unknown_word(source, folded, position)
        or _syntax(source, folded, position, failure)
    )


def more_telling(source: str, folded: str) -> ReadingError | None:
    """A vague count or a broken numeral, which says more than where the parser stopped."""
    return _vague_count(source, folded) or _broken_numeral(source, folded)


def unknown_unit_error(source: str, span: tuple[int, int] | None, word: str) -> UnknownUnitError:
    """An unknown unit, with the nearest known ones."""
    near = units.near(word)
    return UnknownUnitError(source, span, unit=word, near="、".join(near) or "—")


def _position(folded: str, failure: UnexpectedInput) -> int:
    """Where the text stops making sense. At its end lark names the last token: take the end."""
    if isinstance(failure, UnexpectedToken) and failure.token.type == "$END":
        return len(folded)
    position = failure.pos_in_stream
    return len(folded) if position is None else position


def _broken_number(source: str, folded: str, position: int) -> ReadingError | None:
    for match in _BROKEN_NUMBER.finditer(folded):
        if match.start() <= position <= match.end():
            return NumeralError(source, match.span())
    return None


def _vague(source: str, folded: str, position: int) -> ReadingError | None:
    word = _starts_with(folded, position, "_ODD")
    if word and _NUMBER_BEFORE.search(folded[:position]):
        return VagueNumberError(source, (position, position + len(word)))
    rest = folded[position : position + 1]
    if rest and rest in "一二三四五六七八九" and _NUMBER_BEFORE.search(folded[:position]):
        return VagueNumberError(source, (position, position + 1))
    return None


def _vague_count(source: str, folded: str) -> ReadingError | None:
    match = _vague_counts().search(folded)
    return VagueNumberError(source, match.span()) if match else None


@cache
def _vague_counts() -> re.Pattern[str]:
    unit = any_of(units.words())
    return re.compile(
        rf"(?:好?几|数|若干)[十百千万亿]*(?:{unit})|[十百千万]几|\d[千百]\d(?!\d)|\d来(?:{unit})"
        rf"|近(?!.{{1,3}}年)[\d一二两三四五六七八九十百千万]+"
        rf"|(?:一两|两三|二三|三四|三五|四五|五六|六七|七八|八九)[十百千万]*(?:{unit})"
    )


def _broken_numeral(source: str, folded: str) -> ReadingError | None:
    """A Chinese numeral before a unit that is not well formed: 三百百人."""
    for match in _numerals().finditer(folded):
        if not re.fullmatch(CHINESE_NUMERAL, match[0]):
            return NumeralError(source, match.span())
    return None


@cache
def _numerals() -> re.Pattern[str]:
    # Whole runs, taken in one way only: a long run is looked at once. The first after figures is
    # their scale.
    run = "[零〇○一二两三四五六七八九十百千万亿廿卅]"
    scale = f"(?:(?<=[0-9.]){run})?+"
    return re.compile(rf"(?<!{run}){scale}{run}{{2,}}+(?={any_of(units.words())})|[廿卅]")


def _alternative(source: str, folded: str, position: int) -> ReadingError | None:
    word = _starts_with(folded, position, "_OR")
    return AlternativesError(source, (position, position + len(word))) if word else None


def _starts_with(folded: str, position: int, terminal: str) -> str:
    spellings = wordlists.spellings(terminal)
    return next((word for word in spellings if folded.startswith(word, position)), "")


def _unknown_unit(source: str, folded: str, position: int) -> ReadingError | None:
    """After a number a word stands that is neither a unit nor anything else."""
    if not _NUMBER_BEFORE.search(folded[:position]):
        return None
    match = _WORD.match(folded, position)
    if match is None or not match[0][0].isalpha():
        return None
    return unknown_unit_error(source, match.span(), match[0])


def _unknown_word(source: str, folded: str, position: int) -> ReadingError | None:
    """A word after a number, a piece of which the parser took for a unit or a sign: 5 sets."""
    for match in _WORD_AFTER_NUMBER.finditer(folded):
        word = match[1]
        inside = match.start(1) <= position <= match.end(1)
        if inside and (word.isascii() or not _known_start().match(word)):
            return unknown_unit_error(source, match.span(1), word)
    return None


@cache
def _known_start() -> re.Pattern[str]:
    spelled = [word for name in wordlists.terminals() for word in wordlists.spellings(name)]
    return re.compile(any_of([*units.words(), *spelled, *"年月日号时点前后"]))


def _syntax(source: str, folded: str, position: int, failure: UnexpectedInput) -> ReadingError:
    possible: set[str] = set()
    if isinstance(failure, UnexpectedToken):
        possible = set(failure.accepts or failure.expected)
    else:
        assert isinstance(failure, UnexpectedCharacters)  # an LALR parser has no other failure
        possible = set(failure.allowed or ())
    keys = tuple(key for key, names in _EXPECTED.items() if names & possible)
    end = min(len(source), position + 1)
    return TargetSyntaxError(source, (position, end), expected=keys or ("end",))
