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


def with_sign(row: Row, sign: str) -> str:
    """The row's value under another sign, its figures as they were written; "" if that is unclear.

    A value of several parts is not rewritten: nobody can say which sign was wrong.
    """
    if row.constraint is None or len(row.parts) != 1:
        return ""
    bare = _sign().sub("", row.text)
    if re.match(r"[0-9０-９]", bare):
        return f"{sign}{bare}"
    (part,) = row.numeric or (None,)
    return sign + _sign().sub("", canonical(part)) if part is not None else ""
