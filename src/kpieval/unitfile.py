"""The reader of ``units.txt``, and the same lines as pint takes them.

The file is written in pint's definition syntax, so that pint can load it; but reading a table of
targets must not wait for the import of pint. This reader knows the small part of the syntax that
the file uses, works in exact fractions, and refuses everything else with the line's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from attrs import frozen

from kpieval.showing import Shown

__all__ = [
    "Definition",
    "Dimension",
    "Factors",
    "Row",
    "defined",
    "merged",
    "pint_lines",
    "pint_name",
    "read_units",
    "unit_rows",
]

Factors = tuple[tuple[str, int], ...]
Dimension = tuple[tuple[str, int], ...]
Row = list[Any]
"""A definition as JSON holds it: its fields in their order."""

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_POWER = re.compile(r"-?[1-9][0-9]?")
_WORD = re.compile(r"[^\s\d*/()\[\]=#_^+.,<>-][^\s*/()\[\]=#_^+.,<>-]*")
_NUMERALS = frozenset("〇零一二两三四五六七八九十百千万亿兆半")
_SCALES = ("百万", "千万", "万", "亿")


@frozen(repr=False)
class Definition(Shown):
    """One line of the file: a unit, its other spellings, and what it amounts to."""

    name: str
    aliases: tuple[str, ...]
    scale: Fraction
    dimension: Dimension
    factors: Factors
    line: int


def merged(pairs: Iterator[tuple[str, int]]) -> Factors:
    """Add up the exponents of equal names, drop zeros, sort by code point.

    >>> merged(iter([("元", 1), ("人", -1), ("天", -1), ("天", 1)]))
    (('人', -1), ('元', 1))
    """
    total: dict[str, int] = {}
    for name, exponent in pairs:
        total[name] = total.get(name, 0) + exponent
    return tuple(sorted((name, exponent) for name, exponent in total.items() if exponent))


def read_units(text: str) -> dict[str, Definition]:
    """Read the definitions in their order, keyed by name.

    >>> table = read_units("米 = [米] = _ = m\\n千米 = 1000 * 米 = _ = km")
    >>> table["千米"].aliases, table["千米"].scale, table["千米"].dimension
    (('km',), Fraction(1000, 1), (('米', 1),))
    >>> read_units("千米 = 1000 * 米")
    Traceback (most recent call last):
    ValueError: units.txt, line 1: 米 is not defined on an earlier line
    """
    table: dict[str, Definition] = {}
    lines: dict[str, int] = {}
    for number, fields in _lines(text):
        try:
            definition = _definition(number, fields, table)
            for word in (definition.name, *definition.aliases):
                _check_word(word, lines)
                lines[word] = number
        except ValueError as error:
            raise ValueError(f"units.txt, line {number}: {error}") from None
        table[definition.name] = definition
    return table


def unit_rows(text: str) -> list[Row]:
    """Read the definitions in their order, as rows.

    >>> unit_rows("米 = [米] = _ = m")
    [['米', ['m'], '1', [['米', 1]], [['米', 1]], 1]]
    """
    return [
        [
            one.name,
            list(one.aliases),
            str(one.scale),
            [list(pair) for pair in one.dimension],
            [list(pair) for pair in one.factors],
            one.line,
        ]
        for one in read_units(text).values()
    ]


def defined(row: Row) -> Definition:
    """Return the definition of a row.

    >>> defined(unit_rows("米 = [米] = _ = m")[0]).aliases
    ('m',)
    """
    name, aliases, scale, *pairs, line = row
    dimension, factors = map(_pairs, pairs)
    return Definition(name, tuple(aliases), Fraction(scale), dimension, factors, line)


def _pairs(found: list[list[Any]]) -> Factors:
    return tuple((name, exponent) for name, exponent in found)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give the number and the fields between the equal signs of every line that is not empty."""
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), start=1):
        content = line.partition("#")[0].strip()
        if content:
            yield number, [field.strip() for field in content.split("=")]


def _definition(number: int, fields: list[str], table: dict[str, Definition]) -> Definition:
    if len(fields) < 2 or len(fields) == 3:
        raise ValueError("expected `name = definition` or `name = definition = _ = spelling`")
    name, expression, *rest = fields
    if rest and rest[0] != "_":
        raise ValueError(f"the third field must be `_`, not {rest[0]!r}")
    aliases = tuple(rest[1:])
    if expression == f"[{name}]":
        own = ((name, 1),)
        return Definition(name, aliases, Fraction(1), own, own, number)
    scale, factors, only_names = _evaluate(expression.split())
    for used, _ in factors:
        if used not in table:
            raise ValueError(f"{used} is not defined on an earlier line")
    for used, exponent in factors:
        scale *= table[used].scale ** exponent
    dimension = merged(
        (base, power * exponent)
        for used, exponent in factors
        for base, power in table[used].dimension
    )
    # A definition of names alone spells a compound word out; its parts may be such words too.
    spelled = merged(
        (part, power * exponent)
        for used, exponent in factors
        for part, power in table[used].factors
    )
    factors = spelled if only_names else ((name, 1),)
    return Definition(name, aliases, scale, dimension, factors, number)


def _evaluate(tokens: list[str]) -> tuple[Fraction, Factors, bool]:
    """Work through `number-or-name, operator, number-or-name ...` from left to right."""
    scale, factors, only_names = Fraction(1), list[tuple[str, int]](), True
    sign, rest = 1, list(tokens)
    while rest:
        word = rest.pop(0)
        exponent = sign
        if rest[:1] == ["**"]:
            if len(rest) < 2 or not _POWER.fullmatch(rest[1]):
                raise ValueError("`**` needs a whole number after it")
            exponent, only_names = sign * int(rest[1]), False
            del rest[:2]
        if _NUMBER.fullmatch(word):
            scale, only_names = scale * _number(word) ** exponent, False
        elif _WORD.fullmatch(word):
            factors.append((word, exponent))
        else:
            raise ValueError(f"cannot read {word!r}: write names, numbers, `*`, `/`, `**`, spaced")
        if rest:
            operator = rest.pop(0)
            if operator not in ("*", "/") or not rest:
                raise ValueError(f"expected `*` or `/` and something after it, not {operator!r}")
            sign = 1 if operator == "*" else -1
    if not factors:
        raise ValueError("a definition needs the name of another unit, or its own name in [ ]")
    return scale, merged(iter(factors)), only_names


def _number(word: str) -> Fraction:
    value = Fraction(word)
    if not value:
        raise ValueError("a unit cannot be zero times another")
    return value


def _check_word(word: str, lines: dict[str, int]) -> None:
    if not _WORD.fullmatch(word):
        raise ValueError(f"{word!r} cannot be a unit: no blanks, brackets, signs or leading digits")
    if word in lines:
        raise ValueError(f"{word} is already on line {lines[word]}")
    # 万 and 亿 are part of the number; as units they would take the number's end away.
    if set(word) <= _NUMERALS:
        raise ValueError(f"{word} is a numeral, not a unit")
    for scale in filter(word.startswith, _SCALES):
        if word.removeprefix(scale) in lines:
            raise ValueError(f"{word}: {scale} is read as part of the number; leave it out")


def pint_name(name: str, aliases: tuple[str, ...]) -> str:
    """Return the word that stands for a unit inside pint.

    pint takes only words that could be a Python variable, which ``%``, ``‰`` and ``℃`` are not.
    The first other spelling that could be one stands in, and the real name becomes pint's symbol,
    which is what a quantity prints.

    >>> pint_name("%", ("百分比",)), pint_name("元", ("圆",))
    ('百分比', '元')
    """
    for word in (name, *aliases):
        if word.isidentifier():
            return word
    raise ValueError(f"units.txt: {name} needs another spelling made of letters, for pint")


def pint_lines(text: str) -> list[str]:
    """Return the lines of the file as pint takes them, with the translation of `pint_name`.

    Everything else stays as it is written: pint does its own arithmetic on the definitions.
    Spellings that pint refuses (``m²``) are left out; kpieval looks words up itself.

    >>> pint_lines("% = [%] = _ = 百分比\\n‰ = % / 10 = _ = 千分比")
    ['百分比 = [百分比] = %', '千分比 = 百分比 / 10 = ‰']
    """
    inside: dict[str, str] = {}
    result = []
    for _, (name, expression, *rest) in _lines(text):
        word = inside[name] = pint_name(name, tuple(rest[1:]))
        tokens = [inside.get(token.strip("[]"), token.strip("[]")) for token in expression.split()]
        translated = " ".join(tokens) if "[" not in expression else f"[{tokens[0]}]"
        symbol = "_" if word == name else name
        aliases = [alias for alias in rest[1:] if alias.isidentifier() and alias != word]
        fields = [word, translated, symbol, *aliases]
        result.append(" = ".join(fields if fields[2:] != ["_"] else fields[:2]))
    return result
