"""``kpieval parse``: texts in, constraints out, one for one and in order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click
from attrs import frozen

from kpieval.cli.language import language
from kpieval.cli.options import Command, lang_option, one_of, option, year_option
from kpieval.cli.output import emit
from kpieval.cli.stdin import lines
from kpieval.cli.streams import STDIO, is_terminal
from kpieval.constraints import Target, TargetError
from kpieval.errors import MalformedFileError, ReadingError
from kpieval.phrases import phrase
from kpieval.unseen import clean

INPUTS = ("text", "jsonl")
FORMS = ("text", "json", "jsonl")
KEYS = {"text", "sign", "unit", "year", "level1", "level2", "name"}

Parsed = Target | TargetError


@frozen
class Choices:
    """The arguments of the verb."""

    text: tuple[str, ...]
    year: int | None
    sign: str | None
    unit: str | None
    input: str
    format: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "parse",
        lang=lang,
        help=phrase("help.parse", lang),
        params=[
            click.Argument(["text"], nargs=-1),
            year_option(lang),
            option("--sign", lang, default=None, metavar="S"),
            option("--unit", lang, default=None, metavar="U"),
            option("--input", lang, default="text", **one_of(INPUTS, lang)),
            option("--format", lang, default=None, **one_of(FORMS, lang)),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Read every value; 1 when any was refused."""
    form = choices.format or ("jsonl" if choices.input == "jsonl" else "text")
    lang = language(choices.lang, terminal=form == "text" and is_terminal())
    refused = False
    made: list[dict[str, Any]] = []
    for parsed in (_parsed(value) for value in _values(choices, lang)):
        refused = refused or isinstance(parsed, TargetError)
        if form == "text":
            emit(_told(parsed, lang), None, for_people=True)
        elif form == "jsonl":
            emit(json.dumps(_wire(parsed, lang), ensure_ascii=False) + "\n", None, for_people=False)
        else:
            made.append(_wire(parsed, lang))
    if form == "json":
        emit(json.dumps(made, ensure_ascii=False, indent=2) + "\n", None, for_people=False)
    return int(refused)


def _values(choices: Choices, lang: str) -> Iterator[dict[str, Any]]:
    """The arguments of every reading, in order."""
    common = {"year": choices.year, "sign": choices.sign, "unit": choices.unit}
    given: Iterable[str] = choices.text
    if not choices.text or choices.text == (STDIO,):
        given = lines()
    for number, text in enumerate(given, 1):
        if choices.input == "jsonl":
            own = _object(text, number, lang)
            yield common | {key: value for key, value in own.items() if value is not None}
        else:
            yield common | {"text": text}


def _object(line: str, number: int, lang: str) -> dict[str, Any]:
    """The object of a line of input; anything else ends the run, naming the line."""
    where = phrase("cli.line", lang, number=number)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise MalformedFileError(where=where, reason=_json_fault(fault)) from fault
    fault_key = _fault(found)
    if fault_key is not None:
        keys = phrase("list", lang).join(sorted(KEYS))
        raise MalformedFileError(where=where, reason=phrase(fault_key, lang, keys=keys))
    value: dict[str, Any] = found
    return value


def _json_fault(fault: Exception) -> str:
    return f"JSON: {getattr(fault, 'msg', fault)}"


def _fault(found: object) -> str | None:
    """Why the object is not what the schema ``parse-input`` asks for."""
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return "cli.line_text"
    if not set(found) <= KEYS:
        return "cli.line_keys"
    year = found.get("year")
    if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
        return "cli.line_year"
    rest = (value for key, value in found.items() if key not in ("text", "year"))
    return None if all(isinstance(it, str | None) for it in rest) else "cli.line_types"


def _parsed(value: dict[str, Any]) -> Parsed:
    from kpieval.parsing import parse_target

    try:
        return parse_target(**value)
    except ReadingError as error:
        return TargetError(value["text"], error)


def _wire(parsed: Parsed, lang: str) -> dict[str, Any]:
    from kpieval.wire.values import to_wire

    return to_wire(parsed, lang=lang)


def _told(parsed: Parsed, lang: str) -> str:
    """A line for the reading, and one for each note."""
    text = clean(parsed.source)
    if isinstance(parsed, TargetError):
        said = parsed.error.message(lang)
        return phrase("parse.refused", lang, text=text, code=parsed.error.code, error=said) + "\n"
    told = [phrase("parse.read", lang, text=text, canonical=parsed.canonical)]
    told += [phrase("parse.note", lang, note=note.message(lang)) for note in parsed.notes]
    return "".join(line + "\n" for line in told)
