"""How a value shows itself in a notebook: a small table of its fields, everything escaped.

A type takes the mixin and is shown; nothing else is needed. What is written is the field's own
name and what the field holds, so that a reader learns from the page what to type. The one thing
that a type may say is ``_row_``: the fields that stand for it where it is a row among others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from operator import attrgetter
from typing import Any, ClassVar

import attrs

from kpieval import exact
from kpieval.unseen import spelled

MOST_ROWS = 100
"""Rows of a table inside a value that are shown; the rest is counted."""

MOST_SIGNS = 300
"""Characters of a text that are shown; the rest is cut, and a sign says so."""


class Shown:
    """Mixin of values that show themselves: as text with their fields, in a notebook as a table.

    >>> from kpieval.outcomes import Met
    >>> Met("500元")._repr_html_()
    '<table><caption>Met</caption><tr><th>margin</th><td>500元</td></tr></table>'
    """

    __slots__ = ()

    _row_: ClassVar[tuple[str, ...]] = ()
    """Fields, with a dot between a field and its own, that are the columns of a row."""

    def __repr__(self) -> str:
        # A type with repr=False takes this one: that attrs writes one for each of the many types
        # that a start loads is a good part of what it costs.
        return _written(self)

    def _repr_html_(self) -> str:
        lines = "".join(
            f"<tr><th>{_escaped(name)}</th><td>{_cell(value)}</td></tr>"
            for name, value in _filled(self)
        )
        return f"<table><caption>{_escaped(type(self).__name__)}</caption>{lines}</table>"


def _written(value: Any) -> str:
    """The type and its fields, as attrs writes them."""
    fields = (each for each in attrs.fields(type(value)) if each.repr)
    told = (f"{each.name}={getattr(value, each.name)!r}" for each in fields)
    return f"{type(value).__qualname__.rpartition('>.')[2]}({', '.join(told)})"


def _filled(value: Any) -> Iterator[tuple[str, object]]:
    """The fields that hold something, by their names."""
    for each in attrs.fields(type(value)):
        found = getattr(value, each.name)
        if found is not None and found not in ("", ()):
            yield each.name, found


def _cell(value: object) -> str:
    """A value inside a cell: several of one kind as a table, several others as lines."""
    if not isinstance(value, tuple) or not value:
        return _escaped(_brief(value))
    if isinstance(value[0], Shown) and value[0]._row_:
        return _rows(value)
    more = [f"… {len(value) - MOST_ROWS}"] if len(value) > MOST_ROWS else []
    return "<br/>".join(_escaped(text) for text in [*map(_brief, value[:MOST_ROWS]), *more])


def _rows(values: Sequence[Any]) -> str:
    """Values of one type as a table, a line each."""
    paths = values[0]._row_
    head = "".join(f"<th>{_escaped(path)}</th>" for path in paths)
    lines = "".join(f"<tr>{_columns(value, paths)}</tr>" for value in values[:MOST_ROWS])
    rest = len(values) - MOST_ROWS
    more = f'<tr><td colspan="{len(paths)}">… {rest}</td></tr>' if rest > 0 else ""
    return f"<table><tr>{head}</tr>{lines}{more}</table>"


def _columns(value: object, paths: Sequence[str]) -> str:
    return "".join(f"<td>{_escaped(_brief(attrgetter(path)(value)))}</td>" for path in paths)


def _brief(value: object) -> str:
    """A value in a few words, not yet escaped."""
    match value:
        case None:
            return ""
        case bool() | int() | str():
            return str(value)
        case Fraction() | Decimal():
            return exact.text(value)
        case Enum(value=name):
            return str(name)
        case dt.date():
            return value.isoformat()
        case tuple():
            return ", ".join(f"({_brief(v)})" if isinstance(v, tuple) else _brief(v) for v in value)
        case _ if type(value).__str__ is not object.__str__ or not attrs.has(type(value)):
            return str(value)
        case _:
            held = _fields(value)
            return f"{type(value).__name__}({held})" if held else type(value).__name__


def _fields(value: Any) -> str:
    """What a value holds: of a row its columns, else its first field and what is no default."""
    if isinstance(value, Shown) and value._row_:
        found = (attrgetter(path)(value) for path in value._row_)
        return ", ".join(_brief(each) for each in found if each is not None and each != "")
    first, *others = attrs.fields(type(value)) or (None,)
    held = {} if first is None else {"": getattr(value, first.name)}
    held |= {
        f"{each.name}=": getattr(value, each.name)
        for each in others
        if getattr(value, each.name) != each.default
    }
    return ", ".join(f"{name}{_brief(each)}" for name, each in held.items())


def _escaped(text: str) -> str:
    """Text for a page: cut, control and invisible characters spelled out, markup escaped."""
    from html import escape  # brings the table of all entities

    short = text if len(text) <= MOST_SIGNS else f"{text[:MOST_SIGNS]}…"
    return escape(spelled(short))
