"""What other parsers make of the same lines: the best entry points of each, given the raw text.

Each is asked for what it can say, and judged only in the aspects that a value has: its numbers,
its unit, its comparator (where a sign or word says one) and its dates. Columns are joined to the
text first. A parser that is not installed is named as skipped.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
import io
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import import_module
from typing import Any

from kpieval import exact
from kpieval.units import NO_UNIT, Unit, find, parse_unit
from measure.corpora import Line
from measure.gold import SIZES, Json
from measure.ours import Result

ASPECTS = ("number", "unit", "comparator", "date")


@dataclass(frozen=True)
class Facts:
    """What a value says, or what a parser says of it; sizes of all parts, in order."""

    numbers: tuple[Fraction, ...] = ()
    units: tuple[str, ...] = ()
    comparators: tuple[str, ...] = ()
    dates: tuple[str | None, ...] = ()

    def __add__(self, other: Facts) -> Facts:
        return Facts(
            self.numbers + other.numbers,
            self.units + other.units,
            self.comparators + other.comparators,
            self.dates + other.dates,
        )


Read = Callable[[str, int | None], Facts]

UNKNOWN = "?"
"""A unit of another parser that has no name here."""

_SHARE = parse_unit("%").dimension
_BEFORE = re.compile("前|内|止|晚于|迟于|≤|以下")


# --- what a line says ----------------------------------------------------------------------------


def facts_of(constraint: Json, text: str) -> Facts:
    """The facts of a constraint; nothing for one that holds no value."""
    kind = constraint.get("type")
    if kind == "all_of":
        found = Facts()
        for part in constraint["parts"]:
            found += facts_of(part, text)
        return found
    if kind == "change":
        size = facts_of(constraint["constraint"], text)
        direction = (constraint["direction"],) if constraint["direction"] else ()
        return Facts(size.numbers, size.units, direction + size.comparators)
    if kind in {"by", "not_before", "during"}:
        return _facts_of_dates(constraint, text)
    if kind in SIZES:
        comparators = () if kind == "bare" else (kind,)
        return _amount(constraint["value"]) + Facts(comparators=comparators)
    if kind == "between":
        ends = _amount(constraint["lower"]) + _amount(constraint["upper"])
        return Facts(ends.numbers, tuple(dict.fromkeys(ends.units)), ("between",))
    return Facts()


def _facts_of_dates(constraint: Json, text: str) -> Facts:
    match constraint["type"]:
        case "by":
            return Facts((), (), ("by",) if _BEFORE.search(text) else (), (constraint["date"],))
        case "not_before":
            return Facts((), (), ("not_before",), (constraint["date"],))
        case _:
            return Facts((), (), (), (constraint["start"], constraint["end"]))


def _amount(amount: Json) -> Facts:
    unit = parse_unit(amount["unit"])
    return Facts((exact.from_text(amount["magnitude"]),), (unit.name,) if unit.name else ())


def right(expected: Facts, found: Facts) -> dict[str, bool]:
    """The aspects that the value has, each with whether it was found."""
    judged = {
        "number": (expected.numbers, _numbers_are_right(expected, found)),
        "unit": (expected.units, _unit_is_right(expected, found)),
        "comparator": (expected.comparators, expected.comparators == found.comparators),
        "date": (expected.dates, _dates_are_right(expected, found)),
    }
    return {aspect: is_right for aspect, (has, is_right) in judged.items() if has}


def _numbers_are_right(expected: Facts, found: Facts) -> bool:
    """The same numbers, in the same unit or in another of its kind: 0.9 is as good as 90%."""
    if sorted(expected.numbers) == sorted(found.numbers):
        return True
    ours, theirs = _one_unit(expected), _one_unit(found)
    if ours is None or theirs is None:
        return False
    if ours.dimension == _SHARE and theirs == NO_UNIT:
        theirs, found = parse_unit("%"), Facts(tuple(number * 100 for number in found.numbers))
    same = ours.dimension == theirs.dimension
    return same and _scaled(expected, ours) == _scaled(found, theirs)


def _one_unit(facts: Facts) -> Unit | None:
    """The unit, if there is just one that kpieval knows too."""
    names = set(facts.units)
    if len(names) > 1 or UNKNOWN in names:
        return None
    return parse_unit(names.pop()) if names else NO_UNIT


def _scaled(facts: Facts, unit: Unit) -> list[Fraction]:
    return sorted(number * unit.scale for number in facts.numbers)


def _unit_is_right(expected: Facts, found: Facts) -> bool:
    if set(expected.units) == set(found.units):
        return True
    ours, theirs = _one_unit(expected), _one_unit(found)
    if ours is None or theirs is None or not found.numbers:
        return False
    same = ours.dimension == theirs.dimension or (ours.dimension == _SHARE and theirs == NO_UNIT)
    return same and _numbers_are_right(expected, found) and expected.numbers != found.numbers


def _dates_are_right(expected: Facts, found: Facts) -> bool:
    """The last day decides a single date, both ends a span."""
    if len(expected.dates) == 1:
        first_or_last = 0 if expected.comparators == ("not_before",) else -1
        return bool(found.dates) and found.dates[first_or_last] == expected.dates[0]
    return expected.dates == found.dates


# --- the others ----------------------------------------------------------------------------------

_WORDS = {
    "%": "percent, percentage",
    "元": "Chinese yuan, chinese yuan",
    "美元": "United States dollar, dollar, Dollar",
    "欧元": "Euro, euro",
    "日元": "Japanese yen",
    "港元": "Hong Kong dollar",
    "新台币": "New Taiwan dollar",
    "英镑": "British pound",
    "分": "Fen",
    "角": "Jiao",
    "米": "meter, Meter, metre",
    "千米": "kilometer, Kilometer, kilometre",
    "厘米": "Centimeter, centimetre, centimeter",
    "毫米": "Millimeter, millimetre, millimeter",
    "克": "gram, Gram",
    "千克": "kilogram, Kilogram",
    "毫克": "Milligram, milligram",
    "升": "Liter, litre, liter",
    "毫升": "Milliliter, milliliter",
    "平方米": "Square meter",
    "平方千米": "Square kilometer",
    "亩": "Mu",
    "公顷": "Hectare",
    "小时": "hour",
    "分钟": "minute",
    "秒": "second",
    "天": "day",
    "周": "week",
    "月": "month",
    "年": "year",
    "立方米": "Cubic meter",
    "吨": "Ton, Metric ton, metric_ton",
    "斤": "Jin",
    "千米/小时": "Kilometer per hour, kilometre per hour, kilometer / hour",
    "微米": "Micrometer, Microns",
    "工作日": "workday",
    "节": "Knot",
    "立方厘米": "cubic centimetre",
}
_ENGLISH = {word: name for name, words in _WORDS.items() for word in words.split(", ")}
_LETTERS = {"Y": "年", "M": "月", "W": "周", "D": "天", "TH": "小时", "TM": "分钟", "TS": "秒"}


def _unit(word: str | None) -> tuple[str, ...]:
    if not word or word == "dimensionless":
        return ()
    known = find(_ENGLISH.get(word, word))
    return (known.name if known else _ENGLISH.get(word, UNKNOWN),)


def _same_unit(pairs: Iterable[tuple[object, str | None]]) -> Facts:
    listed = list(pairs)
    units = tuple(dict.fromkeys(name for _, unit in listed for name in _unit(unit)))
    return Facts(tuple(Fraction(str(number)) for number, _ in listed), units)


def _recognizers() -> Read:
    suite: Any = import_module("recognizers_suite")

    culture = suite.Culture.Chinese

    def amounts(recognize: Callable[..., Any], text: str) -> list[tuple[object, str | None]]:
        found = [result.resolution or {} for result in recognize(text, culture)]
        return [(entry["value"], entry.get("unit")) for entry in found if entry.get("value")]

    def read(text: str, year: int | None) -> Facts:
        reference = dt.datetime(year or 2024, 1, 1)
        found = suite.recognize_datetime(text, culture, reference=reference)
        values = [value for one in found for value in (one.resolution or {}).get("values", [])]
        dates = _recognized_dates(values)
        durations = [value["timex"] for value in values if value["type"] == "duration"]
        percent = [
            (number.removesuffix("%"), "%")
            for number, _ in amounts(suite.recognize_percentage, text)
            if isinstance(number, str)
        ]
        for choice in (
            percent,
            [pair for timex in durations for pair in _of_timex(timex)],
            amounts(suite.recognize_dimension, text),
            amounts(suite.recognize_currency, text),
        ):
            if choice:
                return Facts(dates=dates) + _same_unit(choice)
        return Facts(dates=dates) + _same_unit(amounts(suite.recognize_number, text))

    return read


def _recognized_dates(values: list[dict[str, Any]]) -> tuple[str | None, ...]:
    for value in values:
        if value["type"] == "date":
            return (value.get("value"),)
        if value["type"] == "daterange":
            start, end = value.get("start"), value.get("end")
            if end and "," not in value["timex"]:  # a month ends where the next one begins
                end = (dt.date.fromisoformat(end) - dt.timedelta(days=1)).isoformat()
            return start, end
    return ()


def _of_timex(timex: str) -> Iterator[tuple[object, str | None]]:
    found = re.fullmatch(r"P(T?)([0-9.]+)([YMWDHS])", timex)
    if found:
        yield found[2], _LETTERS.get(found[1] + found[3])


def _jionlp() -> Read:
    jionlp: Any = import_module("jionlp")

    signs = {"blur-": "at_most", "blur+": "at_least", "blur": "about"}

    def money(found: Any) -> Facts:
        numbers = found["num"] if isinstance(found["num"], list) else [found["num"]]
        comparator = "between" if len(numbers) > 1 else signs.get(found["definition"])
        facts = _same_unit((number, found["case"]) for number in numbers)
        return facts + Facts(comparators=(comparator,) if comparator else ())

    def time(found: Any, base: dt.datetime) -> Facts:
        if found["type"] == "time_delta" and isinstance(found["time"], dict):
            return _same_unit((number, unit) for unit, number in found["time"].items())
        if found["type"] not in {"time_span", "time_point"}:
            return Facts()
        # A span that starts at the base itself is open: the base is a moment that nobody writes.
        open_ends = {"-inf", "inf", str(base)}
        start, end = (None if day in open_ends else day[:10] for day in found["time"])
        comparator = {(True, False): "by", (False, True): "not_before"}.get(
            (start is None, end is None)
        )
        dates = tuple(day for day in (start, end) if day)
        return Facts(dates=dates, comparators=(comparator,) if comparator else ())

    def first(*attempts: Callable[[], Facts]) -> Facts:
        for attempt in attempts:
            with contextlib.suppress(Exception):
                found = attempt()
                if found != Facts():
                    return found
        return Facts()

    def read(text: str, year: int | None) -> Facts:
        base = dt.datetime(year or 2024, 1, 1, 0, 0, 1)
        at = {"time_base": base.timestamp()}
        ner = jionlp.ner
        return first(
            lambda: money(jionlp.parse_money(text)),
            lambda: money(ner.extract_money(text, with_parsing=True)[0]["detail"]),
        ) + first(
            lambda: time(jionlp.parse_time(text, **at), base),
            lambda: time(ner.extract_time(text, with_parsing=True, **at)[0]["detail"], base),
        )

    return read


def _cn2an() -> Read:
    cn2an: Any = import_module("cn2an")

    number = re.compile(r"-?\d+(?:\.\d+)?[千百万亿]*")

    def read(text: str, year: int | None) -> Facts:
        plain = cn2an.transform(text, "cn2an")
        pairs: list[tuple[object, str | None]] = []
        for found in number.finditer(plain):
            percent = "%" if plain[found.end() :].startswith("%") else None
            pairs.append((cn2an.cn2an(found[0], "smart"), percent))
        return _same_unit(pairs)

    return read


def _quantulum3() -> Read:
    parser: Any = import_module("quantulum3.parser")

    def read(text: str, year: int | None) -> Facts:
        return _same_unit((found.value, found.unit.name) for found in parser.parse(text))

    return read


def _pint() -> Read:
    pint: Any = import_module("pint")

    registry = pint.UnitRegistry()

    def read(text: str, year: int | None) -> Facts:
        found = registry.Quantity(text)
        return _same_unit([(found.magnitude, str(found.units))])

    return read


def _dateparser() -> Read:
    dateparser: Any = import_module("dateparser")

    def read(text: str, year: int | None) -> Facts:
        settings: Any = {
            "RELATIVE_BASE": dt.datetime(year or 2024, 1, 1),
            "PREFER_DAY_OF_MONTH": "last",
        }
        found = dateparser.parse(text, languages=["zh"], settings=settings)
        return Facts(dates=(found.date().isoformat(),)) if found else Facts()

    return read


MAKERS: dict[str, Callable[[], Read]] = {
    "recognizers-text-suite": _recognizers,
    "jionlp": _jionlp,
    "cn2an": _cn2an,
    "quantulum3": _quantulum3,
    "pint": _pint,
    "dateparser": _dateparser,
}


# --- measuring them ------------------------------------------------------------------------------


@dataclass
class Tally:
    """How many aspects were right, of how many, and how many texts without a value were read."""

    name: str
    version: str
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*ASPECTS, "all"), 0))
    total: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*ASPECTS, "all"), 0))
    read_from_nothing: int = 0
    nothing: int = 0

    def add(self, expected: Facts, found: Facts) -> None:
        """Count one line."""
        judged = right(expected, found)
        if not judged:
            self.nothing += 1
            self.read_from_nothing += found != Facts()
            return
        judged["all"] = all(judged.values())
        for aspect, is_right in judged.items():
            self.total[aspect] += 1
            self.right[aspect] += is_right


def comparable(result: Result) -> bool:
    """Whether a line is fair to ask of all: a target that is not to be refused."""
    return not result.line.is_actual and not result.line.wanted[0].get("error")


def expected_facts(line: Line) -> Facts:
    """The facts of the first right reading of a line."""
    return facts_of(line.wanted[0], line.text)


def tally_ours(results: Iterable[Result]) -> Tally:
    """kpieval by the rules for the others."""
    tally = Tally("kpieval", "")
    for result in filter(comparable, results):
        tally.add(expected_facts(result.line), facts_of(result.found, result.line.text))
    return tally


def readers() -> tuple[dict[str, Read], dict[str, str]]:
    """The parsers that are installed, and why each of the rest is not there."""
    found, skipped = {}, {}
    for name, make in MAKERS.items():
        try:
            with quiet():
                found[name] = make()
        except Exception as error:
            skipped[name] = f"{type(error).__name__}: {error}".splitlines()[0]
    return found, skipped


def tally_of(name: str, read: Read, results: Iterable[Result]) -> Tally:
    """One parser over the lines; where it fails it says nothing."""
    tally = Tally(name, importlib.metadata.version(name))
    for result in filter(comparable, results):
        found = Facts()
        with quiet(), contextlib.suppress(Exception):
            found = read(result.line.joined, result.line.row["year"])
        tally.add(expected_facts(result.line), found)
    return tally


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Some of them print on import, on failure, or warn."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        with contextlib.redirect_stderr(io.StringIO()):
            yield
