"""Values to paste: the cell as its writer would write it, with another sign."""

from __future__ import annotations

import re
from functools import cache

from kpieval import wordlists
from kpieval.linting.sheets import Row
from kpieval.rendering import canonical

_SIGNS = ("_AT_LEAST", "_AT_MOST", "_MORE_THAN", "_LESS_THAN", "_EQUAL")


@cache
def _sign() -> re.Pattern[str]:
    known = (word for name in _SIGNS for word in wordlists.spellings(name))
    spelled = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    return re.compile(rf"^\s*(?:[≥≤＞＜>=<＝⩾⩽≧≦]+|{spelled})\s*")


def without_sign(text: str) -> str:
    """The text without the sign or the comparing word that it begins with.

    >>> without_sign("≥5-6人"), without_sign("不少于30人"), without_sign("30人")
    ('5-6人', '30人', '30人')
    """
    return _sign().sub("", text)


def with_sign(row: Row, sign: str) -> str:
    """The row's value under another sign, its figures as they were written; "" if that is unclear.

    A value of several parts is not rewritten: nobody can say which sign was wrong.
    """
    if len(row.parts) != 1:
        return ""
    bare = without_sign(row.text)
    if re.match(r"[0-9０-９]", bare):
        return f"{sign}{bare}"
    (part,) = row.numeric  # only a sign before a number can be the wrong one
    return sign + without_sign(canonical(part))
