"""Years and quantities in running text: in the names of projects and rows, in goals."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from attrs import frozen

from kpieval import meaning, units, wordlists
from kpieval.amounts import Amount
from kpieval.constraints import Bare, During
from kpieval.errors import ReadingError, Span
from kpieval.intervals import Interval
from kpieval.linting import lexicon
from kpieval.linting.sheets import Sheet
from kpieval.parsing import parse_target

_DASH = "[-—－–~～至到]+"
_DAYS = rf"20[0-9]{{2}}[年.0-9月日]*{_DASH}20[0-9]{{2}}[年.0-9月日]*"
_RANGE = re.compile(_DAYS)
_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?=年)")
_NEAR = 10
"""How many characters behind a year may say that it rightly belongs to the past."""


@frozen
class Mention:
    """A quantity that a text names, as it is written there."""

    text: str
    amount: Amount
    span: Span


def other_years(text: str, year: int) -> Iterator[tuple[int, Span]]:
    """The years of a text that look like those of an older table: up to three years back.

    Ranges, years that something is compared with or began in, and years of what was issued, built
    or left over then are let be.

    >>> [found for found, _ in other_years("完成2023年培训，较2022年增加", 2024)]
    [2023]
    >>> list(other_years("落实2021-2025年规划和2023年印发的办法", 2024))
    []
    """
    ranges = [each.span() for each in _RANGE.finditer(text)]
    for found in _YEAR.finditer(text):
        behind = text[found.end() : found.end() + _NEAR]
        if (
            year - 3 <= int(found[0]) < year
            and not any(start <= found.start() < end for start, end in ranges)
            and not lexicon.ends(text[: found.start()].rstrip(), "copied", "before")
            and not lexicon.holds(re.split("[，。；,;]", behind)[0], "copied", "after")
        ):
            yield int(found[0]), found.span()


def term(sheet: Sheet) -> Interval[dt.date] | None:
    """The first and last day of a project, where its name or its goals say them.

    In the name a range of years is enough; elsewhere it must stand behind such a word as 实施期.
    """
    project = sheet.project
    named = "|".join(map(re.escape, lexicon.words("term", "names")))
    said = re.compile(rf"(?:{named})[为:：是\s]*({_DAYS})")
    found = _RANGE.search(project.name)
    texts = [found[0]] if found else []
    texts += [each[1] for text in (project.purpose, project.goals) for each in said.finditer(text)]
    for text in texts:
        days = _period(text)
        if days is not None:
            return days
    return None


def _period(text: str) -> Interval[dt.date] | None:
    try:
        constraint = parse_target(text).constraint
    except ReadingError:
        return None
    return meaning.days(constraint) if isinstance(constraint, During) else None


@cache
def _quantity() -> re.Pattern[str]:
    known = "|".join(map(re.escape, units.words()))
    return re.compile(rf"(?<![0-9A-Za-z.第-])[0-9]+(?:\.[0-9]+)?[十百千万亿]*(?:{known})")


def quantities(text: str) -> Iterator[Mention]:
    """The amounts that a text names in figures; no years, dates, ordinals or conditions.

    >>> goals = "2024年培训2期230人，60岁以上每人300元，第8届，500人以上"
    >>> [found.text for found in quantities(goals)]
    ['2期', '230人']
    """
    for found in _quantity().finditer(text):
        mention = _mention(found[0], found.span())
        if mention is None or units.is_duration(mention.amount.unit):
            continue
        before, behind = text[: found.start()], text[found.end() :]
        if not _is_condition(before, behind) and not _goes_on(text, found):
            yield mention


def _mention(text: str, span: Span) -> Mention | None:
    try:
        constraint = parse_target(text).constraint
    except ReadingError:
        return None
    return Mention(text, constraint.value, span) if isinstance(constraint, Bare) else None


_BEFORE = (
    "每",
    "均",
    "每人",
    "≤",
    "≥",
    "<",
    ">",
    "＜",
    "＞",
    "不超过",
    "不低于",
    "超过",
    "标准为",
    "标准",
)
_BEHIND = ("以上", "以下", "以内", "及以上", "/", "／", "-", "~", "级", "型", "每")


def _is_condition(before: str, behind: str) -> bool:
    """Whether the number says which things are meant, or is one per something."""
    in_clause = re.split("[，。；、,;]", before)[-1]
    return (
        before.rstrip().endswith(_BEFORE)
        or behind.startswith(_BEHIND)
        or "每" in in_clause
        or "岁" in behind[:1]
    )


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether the unit is the beginning of another word: 3家电企业 are not 3家."""
    words = wordlists.words("beside", "not_units")
    end = found.end()
    return any(
        text.startswith(word, start)
        for start in range(max(found.start(), end - 3), end)
        for word in words
        if start + len(word) > end and not text[start].isdigit()
    )
