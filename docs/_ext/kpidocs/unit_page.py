"""The page of the units: every unit of ``units.txt``, its spellings and worth, read in examples."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from attrs import define, field

from kpidocs import markdown, saying
from kpidocs.examples import ExampleError
from kpidocs.saying import Saying
from kpieval import exact
from kpieval.constraints import AtLeast
from kpieval.parsing import parse_target
from kpieval.unitfile import Definition, read_units

FILE = "units.txt"


@define
class Section:
    """A part of the file: its title, what is said of it, and its units."""

    title: Saying
    about: Saying | None
    units: list[Definition] = field(factory=list)


def sections(text: str) -> list[Section]:
    """The parts of the file: comments before units, the first line of them the title."""
    known = {unit.line: unit for unit in read_units(text).values()}
    found: list[Section] = []
    comments: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("#"):
            comments.append(line.removeprefix("#").strip())
        elif number in known:
            if comments:
                found.append(_section(comments))
                comments = []
            found[-1].units.append(known[number])
        elif not line.strip() and not found:
            comments = []
    return found


def _section(comments: list[str]) -> Section:
    first, *rest = comments
    about = saying.comment(rest, f"{FILE}, {first}") if rest else None
    return Section(saying.title(first, FILE), about)


def example(unit: Definition, word: str) -> str:
    """The canonical form of ``≥5`` with a spelling, which every spelling of the unit must have."""
    target = parse_target(f"≥5{word}")
    match target.constraint:
        case AtLeast(value=value) if value.value == 5 and value.unit.factors == unit.factors:
            return target.canonical
    raise ExampleError(f"{FILE}: ≥5{word} is read as {target.canonical}, not in {unit.name}")


def page(text: str, lang: str) -> str:
    """The page, from the text of the file."""
    return markdown.joined(_blocks(text, lang))


def _blocks(text: str, lang: str) -> Iterator[str]:
    table = read_units(text)
    words = sum(1 + len(unit.aliases) for unit in table.values())
    yield markdown.heading(1, saying.word("units.title", lang), f"{lang}-units")
    yield saying.word("units.about", lang, units=len(table), words=words)
    kinds = Counter(unit.dimension for unit in table.values())
    heads = [saying.word(f"units.{head}", lang) for head in ("unit", "aliases", "worth", "example")]
    for section in sections(text):
        yield markdown.heading(2, section.title.of(lang))
        if section.about is not None:
            yield markdown.prose(section.about.of(lang))
        rows = [_row(unit, kinds[unit.dimension], lang) for unit in section.units]
        yield markdown.table(heads, rows)


def _row(unit: Definition, kin: int, lang: str) -> list[str]:
    readings = {example(unit, word) for word in (unit.name, *unit.aliases)}
    if len(readings) != 1:
        raise ExampleError(f"{FILE}: {unit.name} is read in several ways: {sorted(readings)}")
    shown = f"{markdown.code(f'≥5{unit.name}')} → {markdown.code(readings.pop())}"
    return [markdown.code(unit.name), markdown.codes(unit.aliases), _worth(unit, kin, lang), shown]


def _worth(unit: Definition, kin: int, lang: str) -> str:
    """What a unit amounts to in base units; nothing for one that is compared with itself alone."""
    if unit.dimension == ((unit.name, 1),):
        return saying.word("units.base", lang) if kin > 1 else saying.word("units.alone", lang)
    bases = "·".join(f"{name}{_power(power)}" for name, power in unit.dimension)
    size = "" if unit.scale == 1 else f"{_number(unit)} "
    return markdown.prose(f"= {size}{bases}")


def _number(unit: Definition) -> str:
    plain = exact.text(unit.scale)
    return re.sub(r"\B(?=(\d{3})+$)", " ", plain) if plain.isdigit() else plain


def _power(power: int) -> str:
    return "" if power == 1 else str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
