"""Units: exact dimensions and factors, read from ``grammar/units.txt``.

Every count noun and every currency is a dimension of its own: 3人 is not 3个, and no exchange rate
is ever applied. Reading and comparing need this module alone; pint loads the same file when a
quantity is first asked for.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from kpieval.resources import grammar_parsed, grammar_text
from kpieval.unitfile import (
    Definition,
    Dimension,
    Factors,
    Row,
    defined,
    merged,
    pint_lines,
    pint_name,
    unit_rows,
)

if TYPE_CHECKING:
    import pint

__all__ = [
    "NO_UNIT",
    "Dimension",
    "Unit",
    "aliases",
    "canonical_names",
    "comparable",
    "find",
    "near",
    "parse_unit",
    "pint_unit",
    "ratio",
    "registry",
    "words",
]

_FILE = "units.txt"


@functools.cache
def _rows() -> Mapping[str, Row]:
    """The rows of the file by name; a definition is made when it is asked for."""
    return MappingProxyType({row[0]: row for row in grammar_parsed(_FILE, unit_rows)})


@functools.cache
def _defined(name: str) -> Definition:
    try:
        return defined(_rows()[name])
    except KeyError:
        raise ValueError(f"unknown unit {name!r}") from None


def _normalised(factors: Iterable[tuple[str, int]]) -> Factors:
    """Spell compound words out, add up exponents, drop zeros, sort."""
    return merged(
        (part, power * exponent)
        for name, exponent in factors
        for part, power in _defined(name).factors
    )


@frozen
class Unit:
    """A product of units with whole exponents, in one canonical form.

    >>> Unit((("元", 1), ("人天", -1)))
    Unit(factors=(('人', -1), ('元', 1), ('天', -1)))
    >>> Unit((("元", 1), ("人", -1), ("天", -1))) == Unit((("元", 1), ("人天", -1)))
    True
    """

    factors: Factors = field(converter=_normalised)

    # The three below are asked for on every comparison: worked out once, then a plain attribute.
    @functools.cached_property
    def name(self) -> str:
        """The canonical text, which `parse_unit` reads back.

        >>> Unit((("元", 1), ("天", -1), ("人", -1))).name
        '元/(人*天)'
        >>> Unit((("人", -1),)).name, NO_UNIT.name
        ('1/人', '')
        """
        above = "*".join(_repeated(self.factors, 1))
        below = _repeated(self.factors, -1)
        if not below:
            return above
        divisor = below[0] if len(below) == 1 else f"({'*'.join(below)})"
        return f"{above or '1'}/{divisor}"

    @functools.cached_property
    def dimension(self) -> Dimension:
        """The base dimensions with their exponents, sorted; empty for a bare number.

        >>> Unit((("千瓦", 1),)).dimension
        (('焦耳', 1), ('秒', -1))
        """
        return merged(
            (base, power * exponent)
            for name, exponent in self.factors
            for base, power in _defined(name).dimension
        )

    @functools.cached_property
    def scale(self) -> Fraction:
        """How many base units one of this unit is, exactly.

        >>> Unit((("亩", 1),)).scale
        Fraction(2000, 3)
        """
        result = Fraction(1)
        for name, exponent in self.factors:
            result *= _defined(name).scale ** exponent
        return result

    @property
    def is_dimensionless(self) -> bool:
        """Whether nothing is left to compare: a bare number, or 千米/米.

        >>> NO_UNIT.is_dimensionless, Unit((("%", 1),)).is_dimensionless
        (True, False)
        """
        return not self.dimension

    def __mul__(self, other: Unit) -> Unit:
        """Multiply: `人 * 天`."""
        return Unit(self.factors + other.factors) if isinstance(other, Unit) else NotImplemented

    def __truediv__(self, other: Unit) -> Unit:
        """Divide: `元 / 人`."""
        if not isinstance(other, Unit):
            return NotImplemented
        return Unit(self.factors + tuple((name, -exponent) for name, exponent in other.factors))

    def __str__(self) -> str:
        return self.name

    # Values that were worked out stay behind: a pickle holds the factors alone.
    def __reduce__(self) -> tuple[type[Unit], tuple[Factors]]:
        return Unit, (self.factors,)


def _repeated(factors: Factors, sign: int) -> list[str]:
    return [name for name, exponent in factors if exponent * sign > 0 for _ in range(abs(exponent))]


NO_UNIT = Unit(())


@functools.cache
def _by_word() -> Mapping[str, str]:
    """The name of the unit of each word, in the order of the file."""
    return MappingProxyType(dict(_spellings()))


@functools.cache
def _unit_of(name: str) -> Unit:
    return Unit(_defined(name).factors)


def find(word: str) -> Unit | None:
    """Return the unit that a word names, or None.

    >>> find("公里").name, find("人天").name, find("人/天")
    ('千米', '人*天', None)
    """
    name = _by_word().get(word)
    return None if name is None else _unit_of(name)


@functools.lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Read the canonical form of a unit, as `Unit.name` writes it.

    >>> parse_unit("元/(人*天)").factors
    (('人', -1), ('元', 1), ('天', -1))
    >>> parse_unit("") == NO_UNIT
    True
    >>> parse_unit("元/人员")
    Traceback (most recent call last):
    ValueError: unknown unit '人员' in '元/人员'
    """
    if not text:
        return NO_UNIT
    above, slash, below = text.partition("/")
    if below.startswith("(") and below.endswith(")") and "*" in below:
        below = below[1:-1]
    elif "*" in below:
        raise ValueError(f"several divisors need brackets: {text!r}")
    top = NO_UNIT if slash and above == "1" else _product(above, text)
    return top / _product(below, text) if slash else top


def _product(text: str, whole: str) -> Unit:
    result = NO_UNIT
    for word in text.split("*"):
        unit = find(word)
        if unit is None:
            raise ValueError(f"unknown unit {word!r} in {whole!r}")
        result *= unit
    return result


@functools.cache
def words() -> tuple[str, ...]:
    """Return every name and spelling, the longest first, then by code point.

    >>> words().index("千瓦时") < words().index("千瓦")
    True
    """
    return tuple(sorted(_by_word(), key=lambda word: (-len(word), word)))


@functools.cache
def canonical_names() -> tuple[str, ...]:
    """Return the names that a canonical text is made of, in the order of the file.

    Compound words are left out, for they are spelled out.

    >>> "千瓦时" in canonical_names(), "度" in canonical_names(), "人天" in canonical_names()
    (True, False, False)
    """
    return tuple(name for name in _rows() if _defined(name).factors == ((name, 1),))


def aliases(name: str) -> tuple[str, ...]:
    """Return the other spellings of a unit, given the name on its line of the file.

    >>> aliases("人"), aliases("人天")
    (('名', '位', '个人'), ('人日',))
    """
    return _defined(name).aliases


@functools.lru_cache(maxsize=1024)
def near(word: str, n: int = 3) -> tuple[str, ...]:
    """Return up to ``n`` words for units that look like an unknown one, the nearest first.

    Each is named canonically, or by its nearest spelling where its name looks like nothing
    that was written.

    >>> near("平方面")[0], near("百分")[0], near("☃")
    ('平方米', '百分比', ())
    """
    import difflib  # for what is misspelt alone

    wanted = word[:20].casefold()  # a long text is no misspelt unit; keep the search short
    best: dict[str, tuple[float, str]] = {}
    for known, name in _spellings():
        # In Chinese a single shared character says more than the ratio of two short words.
        letters = set(known.casefold())
        shared = len(set(wanted) & letters)
        if shared:
            alike = difflib.SequenceMatcher(None, wanted, known.casefold(), autojunk=False).ratio()
            score = alike + shared / len(set(wanted) | letters)
            seen = name if set(name.casefold()) & set(wanted) else known
            best[name] = max((score, seen), best.get(name, (0.0, "")))
    nearest = sorted(best, key=lambda name: (-best[name][0], name))
    return tuple(best[name][1] for name in nearest[:n])


def _spellings() -> Iterator[tuple[str, str]]:
    for name, aliases, *_ in _rows().values():
        for word in (name, *aliases):
            yield word, name


def comparable(a: Unit, b: Unit) -> bool:
    """Return whether amounts of the two units can be compared.

    >>> comparable(parse_unit("亩"), parse_unit("公顷"))
    True
    >>> comparable(parse_unit("人"), parse_unit("个"))
    False
    """
    return a.factors == b.factors or a.dimension == b.dimension


def is_duration(unit: Unit) -> bool:
    """Return whether amounts of the unit are lengths of time.

    >>> is_duration(parse_unit("工作日")), is_duration(parse_unit("次/天"))
    (True, False)
    """
    times = [parse_unit(name).dimension for name in ("天", "月", "工作日")]
    return unit.dimension in times


def ratio(a: Unit, b: Unit) -> Fraction:
    """Return how many of ``b`` one of ``a`` is, exactly.

    >>> ratio(parse_unit("年"), parse_unit("月")), ratio(parse_unit("平方米"), parse_unit("亩"))
    (Fraction(12, 1), Fraction(3, 2000))
    """
    if not comparable(a, b):
        raise ValueError(f"cannot convert {a.name or '1'} into {b.name or '1'}")
    return a.scale / b.scale


_lock = threading.Lock()
_registry: pint.UnitRegistry[Any] | None = None


def registry() -> pint.UnitRegistry[Any]:
    """Return the private pint registry of this package, loaded from the same file.

    >>> str(registry().Quantity(Decimal("90"), pint_unit(parse_unit("%"))))
    '90 %'
    """
    global _registry
    if _registry is None:
        # pint's own lazy registry races at the first touch; this one is built once, then shared.
        with _lock:
            if _registry is None:
                _registry = _new_registry(Decimal)
    return _registry


def _new_registry(number: type[Decimal] | type[Fraction]) -> pint.UnitRegistry[Any]:
    import pint

    built: pint.UnitRegistry[Any] = pint.UnitRegistry(
        None, non_int_type=number, on_redefinition="raise"
    )
    built.load_definitions(pint_lines(grammar_text(_FILE)))
    # Print symbols: a percentage is a word inside pint and `%` on paper. Other units have none.
    built.formatter.default_format = "~D"
    return built


@functools.cache
def pint_unit(unit: Unit) -> pint.Unit:
    """Return the unit as pint's object, built from its factors: pint reads no text.

    >>> str(pint_unit(parse_unit("元/(人*天)")))
    '元 / 人 / 天'
    """
    built = registry()
    inside = {pint_name(name, aliases(name)): power for name, power in unit.factors}
    return built.Unit(built.UnitsContainer(inside))


_SCALES: dict[int | Fraction, str] = {
    10**3: "千",
    10**4: "万",
    10**6: "百万",
    10**7: "千万",
    10**8: "亿",
    10**12: "万亿",
}


def scaled_name(factor: int | Fraction, unit: Unit) -> str:
    """The unit with the scale before it, as people write it.

    >>> scaled_name(10000, parse_unit("元"))
    '万元'
    >>> scaled_name(Fraction(1, 10000), parse_unit("吨/元"))
    '吨/万元'
    """
    if factor < 1:
        return unit.name.replace("/", f"/{_SCALES.get(Fraction(1) / factor, '')}")
    return f"{_SCALES.get(factor, '')}{unit.name}"
