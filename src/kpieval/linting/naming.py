"""What a name says about its value: what it counts, whether it is a share, what it hides."""

from __future__ import annotations

import re
from functools import cache

from attrs import frozen

from kpieval import units
from kpieval.linting import lexicon
from kpieval.linting.sheets import Row
from kpieval.units import Unit, parse_unit

_BRACKETS = re.compile(r"[（(][^（）()]*[)）]\s*$")
_OF_WHOLE = re.compile(r"[占的][^，,；;]*[0-9]")
_DATE = re.compile(r"[0-9]{4}年[0-9]{1,2}月|[0-9]{1,2}月([0-9]{1,2}[日号]|底)")


def head(name: str) -> str:
    """The name without what stands in brackets at its end.

    >>> head("小区居民满意度（≥**%）")
    '小区居民满意度'
    """
    while _BRACKETS.search(name):
        name = _BRACKETS.sub("", name)
    return name.strip()


def counted(name: str) -> str:
    """The name without the words for a number at its end.

    >>> counted("志愿者总人数"), counted("调解员数量")
    ('志愿者总人数', '调解员')
    """
    return re.sub(r"(?:总数|数量|总量)$", "", head(name))


def is_time(name: str) -> bool:
    """Whether the name is that of a time, or says a day by which something is done."""
    last = head(name)
    dated = _DATE.search(last) is not None and last.endswith(("完成", "完工", "前"))
    return dated or lexicon.ends(last, "measure", "times")


def is_share(row: Row) -> bool:
    """Whether a percentage has a whole that it is a share of, by the name or by the cell."""
    last = head(row.name)
    return (
        lexicon.holds(row.name, "measure", "shares")
        or lexicon.holds(row.text, "measure", "degrees")
        or _OF_WHOLE.search(row.text) is not None
        or lexicon.holds(row.text.replace("%", ""), "measure", "shares")
        or lexicon.ends(last, "measure", "share_ends")
        or lexicon.holds(row.name, "rate", "bounded")
    )


def is_rate(name: str) -> bool:
    """Whether the name is that of a percentage, and of nothing else."""
    last = head(name)
    if lexicon.ends(last, "measure", "other_rates"):
        return False
    return last.endswith(("率", "比例", "比重", "占比", "百分比")) or lexicon.ends(
        last, "measure", "degrees"
    )


@frozen
class Hidden:
    """A quantity in a name: 4台 in 台式电脑4台."""

    figures: str
    unit: Unit

    def __str__(self) -> str:
        return f"{self.figures}{self.unit.name}"


def hidden(name: str) -> tuple[Hidden, ...]:
    """The quantities that a name holds and that are no conditions, years or ordinals.

    >>> [str(each) for each in hidden("台式电脑4台、笔记本电脑2台")]
    ['4台', '2台']
    >>> hidden("65岁以上老年人健康管理"), hidden("第13届交流会"), hidden("2024年培训")
    ((), (), ())
    """
    found = []
    for match in _quantities().finditer(head(name)):
        rest = head(name)[match.end() :]
        unit = units.find(match["unit"])
        # A percentage or a span of time in a name is a condition of what is measured.
        if unit is None or units.is_duration(unit) or units.comparable(unit, parse_unit("%")):
            continue
        if not rest.startswith(lexicon.words("measure", "conditions")):
            found.append(Hidden(match["figures"], unit))
    return tuple(found)


@cache
def _quantities() -> re.Pattern[str]:
    words = "|".join(map(re.escape, units.words()))
    return re.compile(rf"(?<![0-9.第A-Za-z])(?P<figures>[0-9]+(?:\.[0-9]+)?)(?P<unit>{words})")


def with_unit(row: Row, unit: str) -> str:
    """The row's value with another unit at its end; "" where the unit is not at the end."""
    (old,) = {amount.unit for amount in row.amounts}
    for name, power in old.factors:
        for word in sorted((name, *units.aliases(name)), key=len, reverse=True):
            if power == 1 and len(old.factors) == 1 and row.text.endswith(word):
                return f"{row.text.removesuffix(word)}{unit}"
    return ""


def says_unit(name: str) -> bool:
    """Whether a name ends in brackets that hold a unit, as forms with one column have it.

    >>> says_unit("开展修复工程（个）"), says_unit("补助成本（≤**元/株）")
    (True, True)
    >>> says_unit("培训（线上）")
    False
    """
    found = re.search(r"[（(][≥≤=*＊\s]*[万亿]?([^（）()]+)[)）]$", name.strip())
    return found is not None and _is_unit(found[1].strip())


def _is_unit(word: str) -> bool:
    return all(units.find(part) is not None for part in word.split("/"))
