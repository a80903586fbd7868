"""The page of the JSON Schemas: every field of what goes in and comes out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from kpidocs import markdown, saying
from kpieval import schemas

_URN = "urn:kpieval:1:"


def page(lang: str) -> str:
    """The page."""
    return markdown.joined(_blocks(lang))


def _blocks(lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("schemas.title", lang), f"{lang}-schemas")
    yield saying.word("schemas.about", lang)
    heads = [saying.word(f"schemas.{head}", lang) for head in ("name", "what")]
    own = {name: _own(name) for name in schemas.names()}
    shared = _shared(own)
    rows = (
        [f"[{markdown.code(name)}](#{anchor(name, lang)})", markdown.prose(schema["title"])]
        for name, schema in own.items()
    )
    yield markdown.table(heads, rows)
    for name, schema in {**own, **shared}.items():
        yield markdown.heading(2, markdown.code(name), anchor(name, lang))
        yield markdown.prose(schema["title"])
        yield _fields(name, schema, lang)
        for part, definition in schema.get("$defs", {}).items():
            yield markdown.heading(3, markdown.code(part), anchor(f"{name}-{part}", lang))
            yield _fields(name, definition, lang)


def anchor(name: str, lang: str) -> str:
    """The name by which links find a schema or a part of one."""
    return f"{lang}-schema-{name.replace('_', '-')}"


def _own(name: str) -> dict[str, Any]:
    """A schema without those that :func:`kpieval.schemas.load` puts inside."""
    schema = schemas.load(name)
    parts = schema.get("$defs", {})
    return schema | {"$defs": {key: part for key, part in parts.items() if "$id" not in part}}


def _shared(own: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The schemas that others refer to and that have no name of their own."""
    inside: dict[str, dict[str, Any]] = {}
    for name in own:
        for key, part in schemas.load(name).get("$defs", {}).items():
            if "$id" in part and key not in own:
                inside[key] = part
    return inside


def _fields(name: str, schema: dict[str, Any], lang: str) -> str:
    described = markdown.escaped(schema.get("description", ""))
    fields = schema.get("properties")
    if fields is None:
        return "\n\n".join(filter(None, (described, _type(name, schema, lang))))
    required = schema.get("required", ())
    heads = [saying.word(f"schemas.{head}", lang) for head in ("field", "required", "type")]
    yes = saying.word("schemas.yes", lang)
    rows = (
        [markdown.code(key), yes if key in required else "", _told(name, field, lang)]
        for key, field in fields.items()
    )
    return "\n\n".join(filter(None, (described, markdown.table(heads, rows))))


def _told(name: str, field: dict[str, Any], lang: str) -> str:
    described = markdown.escaped(field.get("description", ""))
    told = _type(name, field, lang)
    return f"{told}<br>{described}" if described else told


def _type(name: str, field: dict[str, Any], lang: str) -> str:
    """What a field holds, as Markdown."""
    match field:
        case {"$ref": str(target)}:
            return _link(name, target, lang)
        case {"oneOf": list(choices)} | {"anyOf": list(choices)}:
            return saying.word("schemas.or", lang).join(
                _type(name, choice, lang) for choice in choices
            )
        case {"const": value}:
            return markdown.code(json.dumps(value, ensure_ascii=False))
        case {"enum": list(values)}:
            return markdown.codes(json.dumps(value, ensure_ascii=False) for value in values)
        case {"type": "array", "items": dict(inner)}:
            return saying.word("schemas.list", lang, inner=_type(name, inner, lang))
        case {"type": list(kinds)}:
            return saying.word("schemas.or", lang).join(markdown.code(kind) for kind in kinds)
        case {"type": str(kind)}:
            return markdown.code(kind) + _inside(name, field, lang)
        case {"properties": dict()}:
            return markdown.code("object") + _inside(name, field, lang)
        case _:
            return saying.word("schemas.any", lang)


def _inside(name: str, field: dict[str, Any], lang: str) -> str:
    """The fields of an object that stands in a field."""
    fields = field.get("properties", {})
    told = (f"{markdown.code(key)} {_type(name, inner, lang)}" for key, inner in fields.items())
    comma = saying.word("schemas.comma", lang)
    return saying.word("schemas.inside", lang, fields=comma.join(told)) if fields else ""


def _link(name: str, target: str, lang: str) -> str:
    whole, _, part = target.removeprefix(_URN).partition("#")
    home, definition = whole or name, part.removeprefix("/$defs/")
    place = f"{home}-{definition}" if definition else home
    return f"[{markdown.code(definition or home)}](#{anchor(place, lang)})"
