"""The language: the grammar files put together into one LALR parser.

Four terminals are made from lists, so that a new unit or word is one line in one file.
"""

from __future__ import annotations

import re
import threading
from functools import cache

from lark import Lark

from kpieval import units, wordlists
from kpieval.parsing.rules import TargetRules
from kpieval.errors import ReadingError, TargetSyntaxError, UnknownUnitError
from kpieval.parsing.numerals import CHINESE_NUMERAL
from kpieval.resources import grammar_dir, grammar_text

STARTS = ["target", "actual", "hint"]

# Terminals whose words carry a meaning that must never be read past.
_CARRIES_NOTHING = {"_SEP", "_FILLER", "_DONE", "_STOP", "_OF", "_COLON", "_AND", "_OPEN", "_CLOSE"}
# Digits, signs, separators and blanks end a run of words.
_STOPS = r"0-9０-９≥≤<>=±%‰,、;。:：，；/*~+$¥￥ \t\n-"
_CHINESE_DIGITS = "[零〇一二两三四五六七八九十百千万亿]"


def _alternatives(words: list[str] | tuple[str, ...]) -> str:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in ordered)


@cache
def meaningful() -> str:
    """A regular expression for the words that no slot may swallow."""
    spelled = [
        word
        for terminal in wordlists.terminals()
        if terminal not in _CARRIES_NOTHING
        for word in wordlists.spellings(terminal)
    ]
    return _alternatives([*spelled, *wordlists.words("beside", "forbidden")])


@cache
def counts() -> str:
    """A regular expression for a Chinese numeral that counts: before a unit or a date word."""
    units_and_dates = f"{_alternatives(units.words())}|分之|年|月|日|号"
    return rf"{_CHINESE_DIGITS}+(?:{units_and_dates})"


@cache
def word_beside() -> str:
    """A regular expression for one character or idiom that carries nothing."""
    idioms = _alternatives(tuple(wordlists.words("beside", "idioms")))
    return rf"(?:(?:{idioms})|(?!{meaningful()}|{counts()})[^{_STOPS}])"


@cache
def joins() -> str:
    """A regular expression for the words that join two values."""
    return _alternatives([*wordlists.spellings("_SEP"), *wordlists.spellings("_AND")])


@cache
def grammar() -> str:
    """The whole grammar in lark's notation."""
    unit = _alternatives(units.words())
    longer = [word[1:] for word in units.words() if word.startswith("个") and word != "个"]
    levels = _alternatives([word for scale in wordlists.scales() for word in scale])
    more = _alternatives(wordlists.spellings("_OR_MORE"))
    word = word_beside()
    run = f"(?:(?!{joins()}){word})+"
    structure = grammar_text("target.lark").replace("@CN_NUMBER@", CHINESE_NUMERAL)
    made = {
        "UNIT.3": unit,
        "GE_NOUN.4": rf"个(?!{_alternatives(longer)})[ ]*{run}",
        "LEVEL.4": rf"(?:{levels})(?=\s*(?:{more})?[。.]?\s*$)",
        "EVENT.0": rf"{word}+(?:后|之日起|起)(?=\s*[0-9])",
        "LABEL.-1": rf"{word}+(?=.*\S)",
        "REMAINDER.-1": rf"(?!{unit}){run}",
        "TRAILER.6": rf"(?:{joins()}|。)(?:[,;、。 ]|{word})*$",
    }
    lines = [f"{name}: /{pattern.replace('/', chr(92) + '/')}/" for name, pattern in made.items()]
    return "\n".join([structure, *lines, ""])


_building = threading.Lock()


def parser() -> Lark:
    """The parser that all readings share; it holds no state between texts."""
    with _building:
        return _parser()


@cache
def _parser() -> Lark:
    return Lark(
        grammar(),
        parser="lalr",
        lexer="contextual",
        start=STARTS,
        transformer=TargetRules(),
        maybe_placeholders=False,
        source_path=str(grammar_dir() / "target.lark"),
    )


def without_idioms(text: str) -> str:
    """The text with its idioms blanked, so that the 三 of 三公 counts nothing."""
    return re.sub(_alternatives(tuple(wordlists.words("beside", "idioms"))), " ", text)


def holds_comparator(text: str) -> bool:
    """Whether a sign or word of comparison stands in the text."""
    return any(
        word in text
        for terminal in ("_AT_LEAST", "_MORE_THAN", "_AT_MOST", "_LESS_THAN", "_HOLD")
        for word in wordlists.spellings(terminal)
        if len(word) > 1 or not word.isalpha()
    )


def is_prose(error: ReadingError) -> bool:
    """Whether the error only says that the text is no value, so that it may be prose."""
    return isinstance(error, TargetSyntaxError | UnknownUnitError)
