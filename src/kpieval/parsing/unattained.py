"""Actuals whose words say that their number is not what was attained: 停工5个, 节约3万元, 95%待核.

Which words say so stands in ``grammar/context.toml`` under ``unattained``. What the target or the
name of the row says itself an actual may repeat: 取消5项 is what 取消事项≥5项 asks for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kpieval import wordlists
from kpieval.actuals import Every, Graded, Reading
from kpieval.constraints import AllOf, Level, Target
from kpieval.errors import UnattainedError
from kpieval.parsing.folding import MAX_TEXT, fold
from kpieval.parsing.leftovers import blanked
from kpieval.parsing.tries import any_of

ENDED = "ended"
"""Stands for all words of an end."""

KEPT = 4096


def refuse(source: str, folded: str, said: frozenset[str] = frozenset()) -> None:
    """Refuse an actual of which a word says so that is not ``said`` by its row.

    >>> refuse("完成5个", "完成5个")
    >>> refuse("取消5项", "取消5项", said_by("取消事项≥5项"))
    >>> refuse("5个项目停工", "5个项目停工")
    Traceback (most recent call last):
    kpieval.errors.UnattainedError: ...
    """
    words = blanked(folded, "unattained")
    patterns = [_unattained(), _steps()] if ENDED in said else [_unattained()]
    for found in (found for pattern in patterns for found in pattern.finditer(words)):
        if found[0] not in said:
            raise _error(source, found[0])


def refuse_grade(source: str, reading: Reading, target: Target | None) -> None:
    """Refuse a number beside a grade that nobody asked for and is below the best: 96%，不合格."""
    if not isinstance(reading, Every) or (target and isinstance(target.constraint, Level | AllOf)):
        return
    for part in reading.parts:
        if isinstance(part, Graded) and part.level != part.scale[0]:
            raise _error(source, part.level)


def said_in_row(target: Target | None, name: str) -> frozenset[str]:
    """The words of these that the target or the name of a row says itself."""
    # Of a name longer than a cell nothing is kept.
    named = said_by(name) if len(name) <= MAX_TEXT else said_by.__wrapped__(name)
    return said_by("" if target is None else fold(target.source).text) | named


@lru_cache(maxsize=KEPT)
def said_by(text: str) -> frozenset[str]:
    """The words of these that a target or a name says itself, all words of an end as one.

    >>> sorted(said_by("取消事项≥5项")), sorted(said_by("2024年6月底前竣工")), said_by("≥5个")
    (['取消'], ['ended'], frozenset())
    """
    said = {*_any().findall(text), *_steps().findall(text)}
    return frozenset(said | {ENDED} if _ended().search(text) else said)


def _error(source: str, word: str) -> UnattainedError:
    start = max(source.find(word), 0)
    return UnattainedError(source, (start, start + len(word)))


def _words(*keys: str) -> str:
    return any_of(word for key in keys for word in wordlists.words("unattained", key))


@cache
def _unattained() -> re.Pattern[str]:
    between = any_of([*wordlists.words("unattained", "between"), *wordlists.spellings("FILLER")])
    straight = f"{_words('before')}(?=(?:{between}|[ :])*[0-9≥≤<>=¥一二三四五六七八九十百千])"
    going = wordlists.context()["unattained"]["going"]
    return re.compile(f"{_words('anywhere')}|{straight}|^[ ]*{_words('starting')}|{going}")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(_words("anywhere", "before", "starting"))


@cache
def _steps() -> re.Pattern[str]:
    return re.compile(_words("steps"))


@cache
def _ended() -> re.Pattern[str]:
    return re.compile(_words("ended"))
