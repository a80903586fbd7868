"""The language: the grammar files put together into one LALR parser.

Four terminals are made from lists, so that a new unit or word is one line in one file.
"""

from __future__ import annotations

import re
import threading
from functools import cache

from lark import Lark

from kpieval import units, wordlists
from kpieval.errors import ReadingError, TargetSyntaxError, UnknownUnitError
from kpieval.parsing import prebuilt
from kpieval.parsing.numerals import CHINESE_NUMERAL
from kpieval.parsing.rules import TargetRules
from kpieval.parsing.scanning import LazyLexer
from kpieval.parsing.tries import any_of
from kpieval.resources import grammar_dir, grammar_text

STARTS = ["target", "actual", "hint"]

# Terminals whose words carry a meaning that must never be read past.
_CARRIES_NOTHING = {"_SEP", "FILLER", "_DONE", "_STOP", "_OF", "_COLON", "_AND", "_OPEN", "_CLOSE"}
# Digits, signs, separators and blanks end a run of words.
_STOPS = r"!！≠≯≮≈0-9０-９≥≤<>=±%‰,、;。:：，；/*~+$¥￥ \t\n-"
_CHINESE_DIGITS = "[零〇○一二两三四五六七八九十百千万亿廿卅]"


@cache
def meaningful() -> str:
    """A regular expression for the words that no slot may swallow."""
    spelled = [
        word
        for terminal in wordlists.terminals()
        if terminal not in _CARRIES_NOTHING
        for word in wordlists.spellings(terminal)
    ]
    return any_of([*spelled, *_foreign_money(), *wordlists.words("beside", "forbidden")])


def _foreign_money() -> list[str]:
    """The names of all currencies but the yuan."""
    foreign = wordlists.words("money", "units") - {"元"}
    return [word for name in foreign for word in (name, *units.aliases(name))]


@cache
def counts() -> str:
    """A regular expression for a Chinese numeral that counts: before a unit or a date word."""
    units_and_dates = f"{any_of(units.words())}|分之|年|月|日|号|兆"
    # The bound keeps a long run of numerals from being tried from each of its places.
    before = rf"(?:{_CHINESE_DIGITS}{{1,12}}|[几数]|若干)[ ]?(?:{units_and_dates})"
    return rf"(?:{before}|分之{_CHINESE_DIGITS}|[≥≤<>=±]\s*{_CHINESE_DIGITS})"


@cache
def word_beside() -> str:
    """A regular expression for one character or idiom that carries nothing."""
    idioms = any_of(wordlists.words("beside", "idioms"))
    return rf"(?:(?:{idioms})|(?!{meaningful()}|{counts()})[^{_STOPS}])"


_NO_EVENT = ("不", "未", "无", "非", "延后", "滞后", "落后", "前后", "先后")


@cache
def _word_of_event() -> str:
    """One character of what starts a clock (接到报告后): no comparator, no negation, no number."""
    place = {"_TO", "_FROM", "_END", "_BEFORE", "_ONWARD", "_AFTER", "_UNTIL", "_WITHIN_PERIOD"}
    spelled = [
        word
        for terminal in wordlists.terminals()
        if terminal not in _CARRIES_NOTHING | place
        for word in wordlists.spellings(terminal)
        if len(word) > 1
    ]
    return rf"(?:(?!{any_of([*spelled, *_NO_EVENT])}|{counts()})[^{_STOPS}])"


@cache
def numeral() -> str:
    """A Chinese numeral that leaves a unit its first character: 三 千瓦时, not 三千 瓦时."""
    guards = []
    for last in "千万百十":
        # 千瓦时, 万分率, 百分点, 十万分率: there is a unit for each of them.
        tails = [word[1:] for word in units.words() if word[0] == last and len(word) > 1]
        guards.append(f"(?:(?<!{last})|(?!{any_of(tails)}))")
    return CHINESE_NUMERAL + "".join(guards)


@cache
def joins() -> str:
    """A regular expression for the words that join two values."""
    return any_of([*wordlists.spellings("_SEP"), *wordlists.spellings("_AND")])


@cache
def _no_unit() -> str:
    """Words that begin with a unit and are none: 名额; but 植物 is counted in 种.

    After 每 a time is its own word, and a verb follows: 每年检查 is no 年检.
    """
    known = units.words()
    times = tuple(word for word in known if units.is_duration(units.parse_unit(word)))
    words = [
        word
        for word in wordlists.words("beside", "not_units")
        # 席位 and 趟次 are units themselves.
        if not any(unit.startswith(word) for unit in known)
    ]
    timely = [word for word in words if word.startswith(times)]
    others = [word for word in words if not word.startswith(times)]
    each = "".join(f"(?<!{word})" for word in wordlists.spellings("_PER"))
    after_all = any_of(wordlists.words("beside", "units_after_all"))
    return f"(?!{after_all})(?:{any_of(others)}|{each}{any_of(timely)})"


@cache
def grammar() -> str:
    """The whole grammar in lark's notation."""
    unit = any_of(units.words())
    longer = [word[1:] for word in units.words() if word.startswith("个") and word != "个"]
    levels = any_of([word for scale in wordlists.scales() for word in scale])
    more = any_of(wordlists.spellings("_OR_MORE"))
    done = any_of(wordlists.spellings("_DONE"))
    at_most = any_of([*wordlists.spellings("_AT_MOST"), *wordlists.spellings("_LESS_THAN")])
    word = word_beside()
    read_past = any_of(wordlists.words("beside", "idioms"))
    bases = any_of(wordlists.words("beside", "bases"))
    run = f"(?:(?!{joins()}){word})+"
    structure = grammar_text("target.lark").replace("@CN_NUMBER@", numeral())
    for mark, starts in (("@FIGURE_IDIOMS@", "[0-9]"), ("@NUMERAL_IDIOMS@", _CHINESE_DIGITS)):
        idioms = [word for word in wordlists.words("beside", "idioms") if re.match(starts, word)]
        structure = structure.replace(mark, f"{any_of(idioms)}(?![A-Za-z])")
    made = {
        "UNIT.3": rf"(?!{_no_unit()}){unit}",
        "CURRENCY.2": rf"{any_of(_foreign_money())}(?=[ ]*[0-9{_CHINESE_DIGITS[1:-1]}])",
        "OF_WHOLE.0": rf"(?:(?!{bases}){word}){{1,14}}?的(?=[ ]*[0-9{_CHINESE_DIGITS[1:-1]}])",
        "HALF.2": rf"半(?=[ ]*{unit})",
        "HALF_MORE.2": r"半(?=[ ]*(?:$|以|之|内|左|[,、;。)]))",
        "GE_NOUN.4": rf"(?:(?={_no_unit()})个|个(?!{any_of(longer)}))[ ]*(?!{done}|\)){run}",
        "LEVEL.7": rf"(?:{levels})(?=\s*(?:{more})?[。.]?\s*(?:$|;))",
        "EVENT.4": rf"{_word_of_event()}{{1,40}}?(?:后|之日起|起)(?=\s*(?:[0-9]|{at_most}))",
        # A letter or dot before a figure is no name but damage to the number (M.8万元).
        "LABEL.-2": rf"(?!.(?=[0-9])){word}+(?:(?<![A-Za-z.^])(?<!季度)|(?![0-9+]))",
        # 上, 下, 外 and their like after a value would be part of its comparator.
        "REMAINDER.-1": rf"(?!{unit}|(?!{read_past})[上下外之往以及起内左右中初旬A-Za-z]){run}",
        "TRAILER.6": (
            rf"(?=[,;。、]|{joins()})(?=[^0-9]*$)"
            rf"(?:[,;。](?![ ]*(?:{unit}|{levels})[ 。]*$)"
            rf"|(?:、|{joins()})(?!{unit}|以)(?={word}))"
            rf"(?>(?:[,;、。 ]|{word})*)$"
        ),
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
    return prebuilt.load(TargetRules(), grammar_dir()) or built()


def built() -> Lark:
    """The parser, built from the grammar in memory."""
    return Lark(
        grammar(),
        parser="lalr",
        lexer="contextual",
        start=STARTS,
        transformer=TargetRules(),
        maybe_placeholders=False,
        _plugins={"ContextualLexer": LazyLexer},
        source_path=str(grammar_dir() / "target.lark"),
    )


def is_vague_count(text: str) -> bool:
    """Whether the text is nothing but a vague count: 多次, 十来个, 百来人以上."""
    return bool(_vague_count().fullmatch(text))


@cache
def _vague_count() -> re.Pattern[str]:
    words = any_of(wordlists.words("never_prose", "vague"))
    vague = rf"{_CHINESE_DIGITS}*{words}[万亿]?(?:{any_of(units.words())})?"
    return re.compile(rf"{vague}{any_of(wordlists.spellings('_OR_MORE'))}?")


def is_recurring(text: str) -> bool:
    """Whether the text is nothing but a day that recurs: 每季度末前, 月底前."""
    return bool(re.fullmatch(wordlists.context()["never_prose"]["recurring"], text))


def ends_including(text: str) -> bool:
    """Whether the text ends in a word that includes or excludes: B级以上, 半数以上."""
    names = ("_OR_MORE", "_OVER", "_OR_LESS", "_UNDER")
    words = [word for name in names for word in wordlists.spellings(name)]
    return text.rstrip("。. ").endswith(tuple(words))


def has_placeholder(text: str) -> bool:
    """Whether letters or stars stand where a number should: XX人次, ≤××万元."""
    return bool(_placeholder().search(text))


@cache
def _placeholder() -> re.Pattern[str]:
    # One × alone may multiply two units (人×天).
    blank = r"(?:(?<![A-Za-z])[Xx×]{2,6}|(?:^|[≥≤<>=])[Xx×]|_{2,6}|[*]{2,6})"
    return re.compile(rf"{blank}\s*[万亿]?(?:{any_of(units.words())})(?![A-Za-z])")


def torn_comparator(text: str) -> tuple[int, int] | None:
    """Where a comparator has blanks inside, as copied from a page: 大 于等于, 控 制 在."""
    found = re.search(wordlists.context()["never_prose"]["torn"], text)
    return None if found is None else found.span()


def holds_comparator(text: str) -> bool:
    """Whether a sign or word of comparison stands in the text."""
    return bool(_comparator().search(text))


@cache
def _comparator() -> re.Pattern[str]:
    names = ("_AT_LEAST", "_MORE_THAN", "_AT_MOST", "_LESS_THAN", "_HOLD")
    words = (word for name in names for word in wordlists.spellings(name))
    return re.compile(any_of(word for word in words if len(word) > 1 or not word.isalpha()))


_SIGNS = (
    *("_AT_LEAST", "_REACH", "_MORE_THAN", "_AT_MOST", "_HOLD", "_LESS_THAN", "_EQUAL", "_IS"),
    *("_OR_MORE", "_OVER", "_OR_LESS", "_UNDER", "_OR_SO"),
)


@cache
def _signs() -> str:
    return any_of(word for name in _SIGNS for word in wordlists.spellings(name))


@cache
def _signs_and_units() -> re.Pattern[str]:
    # Possessive, so that words that can be cut in several ways are tried in one way only.
    spelled = [word for name in _SIGNS for word in wordlists.spellings(name)]
    return re.compile(rf"(?>{any_of([*spelled, '在', *units.words()])}|[\s*_]|[Xx×]{{2,}})*+")


def has_blank_for_number(text: str) -> bool:
    """Whether only signs and units stand around the place of a number: 达到 %以上."""
    # A sign must be among them: words such as 场所 are made of units alone.
    return bool(_signs_and_units().fullmatch(text)) and bool(re.search(_signs(), text))


def is_prose(error: ReadingError) -> bool:
    """Whether the error only says that the text is no value, so that it may be prose."""
    return isinstance(error, TargetSyntaxError | UnknownUnitError)
