"""Actuals whose words say that their number is not what was attained: 停工5个, 节约3万元, 95%待核.

Which words say so stands in ``grammar/context.toml`` under ``unattained``. What the target says
itself an actual may repeat: against 取消事项≥5项 a 取消5项 is what was wanted.
"""

from __future__ import annotations

import re
from functools import cache

from kpieval import wordlists
from kpieval.errors import UnattainedError
from kpieval.parsing.leftovers import blanked
from kpieval.parsing.tries import any_of

ENDED = "ended"
"""Stands for all words of an end."""

_RATE = "(?!率|比例|占比)"


def refuse(source: str, folded: str, said: frozenset[str] = frozenset()) -> None:
    """Refuse an actual of which a word says so that is not ``said`` by its target.

    >>> refuse("完成5个", "完成5个")
    >>> refuse("取消5项", "取消5项", said_by("取消事项≥5项"))
    >>> refuse("5个项目停工", "5个项目停工")
    Traceback (most recent call last):
    kpieval.errors.UnattainedError: ...
    """
    words = blanked(folded, "unattained")
    for found in _unattained().finditer(words):
        if found[0] not in said:
            raise _error(source, found[0])
    begun = _begun().search(words)
    if begun is not None and ENDED in said and begun[0] not in said and not _ended().search(words):
        raise _error(source, begun[0])


def said_by(target: str) -> frozenset[str]:
    """The words of these that a target says itself, all words of an end as one.

    >>> sorted(said_by("取消事项≥5项")), sorted(said_by("2024年6月底前竣工")), said_by("≥5个")
    (['取消'], ['ended'], frozenset())
    """
    said = {*_any().findall(target), *_begun().findall(target)}
    return frozenset(said | {ENDED} if _ended().search(target) else said)


def _error(source: str, word: str) -> UnattainedError:
    start = max(source.find(word), 0)
    return UnattainedError(source, (start, start + len(word)))


def _words(*keys: str) -> str:
    return any_of(word for key in keys for word in wordlists.words("unattained", key))


@cache
def _unattained() -> re.Pattern[str]:
    between = any_of([*wordlists.words("unattained", "between"), *wordlists.spellings("FILLER")])
    straight = f"{_words('before')}(?=(?:{between}|[ :])*[0-9≥≤<>=¥一二三四五六七八九十百千])"
    return re.compile(f"{_words('anywhere')}{_RATE}|{straight}|^[ ]*{_words('starting')}{_RATE}")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(_words("anywhere", "before", "starting"))


@cache
def _begun() -> re.Pattern[str]:
    return re.compile(_words("begun"))


@cache
def _ended() -> re.Pattern[str]:
    return re.compile(_words("ended"))
