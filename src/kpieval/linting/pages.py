"""The page of a rule, from its docstring, and the example tables in it.

A docstring has a first line, ``What:`` and ``Why:``, the same in Chinese (``标题：``, ``检查：``,
``原因：``), and example tables under ``Bad:`` and ``Good:``. A table is a block of lines; a line
with bars is a row, first and second level, name and value, then what else it has; a line without
is about the project. Tables are set apart by an empty line::

    预算 85万元；年度 2024
    产出/数量 | 培训人数 | ≥30人 | 分值=10
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from kpieval.amounts import Amount, money
from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.linting.history import History
from kpieval.linting.rule import Rule
from kpieval.parsing import parse_target
from kpieval.tables import ActualEntry, Actuals, Indicator, Project

_HEADS = {"What": "en", "Why": "en", "标题": "zh", "检查": "zh", "原因": "zh"}
_HEAD = re.compile(rf"^({'|'.join(_HEADS)})[:：]\s*", re.MULTILINE)


@frozen
class Example:
    """An example table: as it is written, as a project, and the year before it, if it has one."""

    text: str
    project: Project
    history: tuple[History, ...] = ()


@frozen
class Page:
    """What a rule says about itself in one language, and its examples in Chinese."""

    code: str
    title: str
    what: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


def page(rule: Rule, lang: str = "zh") -> Page:
    """The page of a rule."""
    prose, bad, good = _divided(rule.doc)
    said = _sections(prose)
    keys = ("标题", "检查", "原因") if lang == "zh" else ("", "What", "Why")
    title, what, why = (said[key] for key in keys)
    return Page(rule.code, title.rstrip("."), what, why, examples(bad), examples(good))


def _divided(text: str) -> tuple[str, str, str]:
    """The prose, the bad tables and the good ones."""
    prose, _, rest = text.partition("\nBad:\n")
    bad, _, good = rest.partition("\nGood:\n")
    return prose, bad, good


def _sections(prose: str) -> dict[str, str]:
    """What stands under each head; the first line under ""."""
    first, *rest = _HEAD.split(prose)
    found = dict(zip(rest[::2], rest[1::2], strict=True))
    return {key: _flowing(text, key) for key, text in {"": first, **found}.items()}


def _flowing(text: str, key: str) -> str:
    """The text without line breaks, which Chinese text has no spaces for."""
    gap = "" if _HEADS.get(key) == "zh" else " "
    return gap.join(filter(None, (line.strip() for line in text.splitlines())))


def examples(text: str) -> tuple[Example, ...]:
    """The tables of a text, set apart by empty lines.

    >>> (table,) = examples("预算 3万元\\n产出/数量 | 培训人数 | ≥30人 | 分值=10")
    >>> table.project.budget, table.project.indicators[0].weight
    (Amount(30000 元), Fraction(10, 1))
    """
    blocks = re.split(r"\n\s*\n", inspect.cleandoc(text)) if text.strip() else []
    return tuple(_example(block) for block in blocks)


def _example(block: str) -> Example:
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    said = [line for line in lines if "|" not in line]
    facts = dict(_fact(fact) for line in said for fact in re.split("[；;]", line) if fact.strip())
    year = int(facts["年度"]) if "年度" in facts else None
    rows = [_row(line, year) for line in lines if "|" in line]
    project = Project(
        facts.get("项目", "示例项目"),
        tuple(row for row, _ in rows),
        year=year,
        budget=_money(facts["预算"]) if "预算" in facts else None,
        funds=tuple((key, _money(value)) for key, value in facts.items() if key in _FUNDS),
        purpose=facts.get("用途", ""),
        goals=facts.get("目标", ""),
    )
    return Example("\n".join(lines), project, _history(project, [more for _, more in rows]))


_FUNDS = ("财政资金", "其他资金", "累计总额", "上年结转")


def _fact(text: str) -> tuple[str, str]:
    key, _, value = text.strip().partition(" ")
    return key, value.strip()


def _money(text: str) -> Amount:
    found = re.fullmatch(r"([0-9.]+)(万?)元", text)
    assert found is not None, f"{text!r} is no amount of money such as 85万元"
    factor = 10_000 if found[2] else 1
    amount = money(found[1])
    return evolve(amount, magnitude=amount.magnitude * factor)


def _row(line: str, year: int | None) -> tuple[Indicator, dict[str, str]]:
    """The indicator of a line, and what the line says beside it."""
    levels, name, text, *more = (part.strip() for part in line.strip().strip("|").split("|"))
    level1, _, level2 = levels.partition("/")
    said = dict(each.split("=", 1) for each in more)
    row = Indicator(
        f"{level1}指标" if level1 else "",
        f"{level2}指标" if level2 else "",
        name,
        text,
        _target(text, year),
        description=said.get("描述", ""),
        direction=said.get("方向", ""),
        weight=Fraction(said["分值"]) if "分值" in said else None,
    )
    return row, said


def _target(text: str, year: int | None) -> Target | TargetError:
    try:
        return parse_target(text, year=year)
    except ReadingError as error:
        return TargetError(text, error)


def _history(project: Project, said: Sequence[dict[str, str]]) -> tuple[History, ...]:
    """Earlier tables: the year before, where rows have 上年指标 or 上年 (its actual), and the table
    of the same year, where they have 原指标."""
    before = None if project.year is None else project.year - 1
    made = []
    if any("上年" in more or "上年指标" in more for more in said):
        made.append(_earlier(project, said, "上年指标", before))
    if any("原指标" in more for more in said):
        made.append(_earlier(project, said, "原指标", project.year))
    return tuple(made)


def _earlier(
    project: Project, said: Sequence[dict[str, str]], key: str, year: int | None
) -> History:
    """The table of another time: the same rows, with the targets of the key and the actuals."""
    rows = [
        evolve(row, text=more.get(key, row.text), target=_target(more[key], year))
        if key in more
        else row
        for row, more in zip(project.indicators, said, strict=True)
    ]
    entries = (
        ActualEntry(row.name, more["上年"], project.name)
        for row, more in zip(rows, said, strict=True)
        if "上年" in more and key == "上年指标"
    )
    old = evolve(project, indicators=tuple(rows), year=year)
    return History((old,), Actuals(tuple(entries)))
