"""The pages of the Python interface: a page a module, each public name from its docstring."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import get_args

import kpieval
from kpidocs import markdown

DOORS = ("kpieval.testing", "kpieval.strategies", "kpieval.bulk", "kpieval.demo", "kpieval.schemas")
"""Public modules beside the package itself; each says in ``__all__`` what is public."""

_ROLE = re.compile(r":\w+:(`[^`]+`)")

PARTS = (
    *("kpieval.formulas.Binary", "kpieval.formulas.ByActual", "kpieval.formulas.Grace"),
    "kpieval.formulas.Miss",
    *("kpieval.formulas.PerDay", "kpieval.policies.Flags", "kpieval.policies.HandChange"),
    *("kpieval.policies.NotApplicable", "kpieval.results.Working", "kpieval.tables.LevelPoints"),
    "kpieval.units.Unit",
)
"""Types that public values hold, imported from their modules; Sphinx warns of one that lacks."""


def homes() -> dict[str, list[str]]:
    """The public names of the package by the module that each lives in."""
    return {home: names.split() for home, names in sorted(kpieval._HOMES.items())}


def index() -> str:
    """The list of all names."""
    parts = [
        markdown.heading(1, "Python", "api"),
        "Everything that is public, from the docstrings. The names of the first table are imported "
        "from `kpieval` itself; each is loaded when it is first used.",
        markdown.table(
            ["Room", "What", "Names"],
            (_room(home, names) for home, names in homes().items()),
        ),
        markdown.heading(2, "Beside the package itself"),
        markdown.table(["Module", "What", "Names"], (_door(door) for door in DOORS)),
    ]
    pages = [*homes(), *(door.removeprefix("kpieval.") for door in DOORS)]
    contents = ["```{toctree}", ":hidden:", "", *pages, "parts", "```"]
    more = "Types that these values hold, in the modules that they live in: [parts](parts.md)."
    return markdown.joined([*parts, more, "\n".join(contents)])


def _room(home: str, names: list[str]) -> list[str]:
    links = (f"{{py:obj}}`~kpieval.{name}`" for name in names)
    return [f"[{home}]({home}.md)", _summary(f"kpieval.{home}"), " ".join(links)]


def _door(door: str) -> list[str]:
    home = door.removeprefix("kpieval.")
    links = (f"{{py:obj}}`~{door}.{name}`" for name in import_module(door).__all__)
    return [f"[{door}]({home}.md)", _summary(door), " ".join(links)]


def _summary(module: str) -> str:
    """The first sentence of a module."""
    said = inspect.getdoc(import_module(module)) or ""
    first = " ".join(said.partition("\n\n")[0].split())
    return markdown.prose(_ROLE.sub(r"\1", first).replace("``", "`"))


def pages() -> Iterator[tuple[str, str]]:
    """Every page: its name, and its Markdown."""
    yield "index", index()
    for home, names in homes().items():
        yield home, _page("kpieval", f"kpieval.{home}", names)
    for door in DOORS:
        module = import_module(door)
        yield door.removeprefix("kpieval."), _page(door, door, list(module.__all__))
    yield "parts", _parts()


def _page(door: str, module: str, names: list[str]) -> str:
    return markdown.joined(
        [
            markdown.heading(1, markdown.code(module.removeprefix("kpieval."))),
            _summary(module),
            _directives(f"{door}.{name}" for name in names),
        ]
    )


def _parts() -> str:
    about = "Types that public values hold. They are imported from the modules that they live in."
    return markdown.joined([markdown.heading(1, "Parts"), about, _directives(PARTS)])


def _directives(names: Iterable[str]) -> str:
    return markdown.fenced("\n\n".join(map(_directive, names)), "{eval-rst}")


def _directive(whole: str) -> str:
    door, _, name = whole.rpartition(".")
    value = getattr(import_module(door), name)
    if isinstance(value, types.UnionType):
        # What autodoc would show is the docstring of unions.
        members = " | ".join(f":py:class:`~kpieval.{it.__name__}`" for it in get_args(value))
        return f".. py:data:: {whole}\n\n   One of {members}."
    kind, options = _kind(value)
    return "\n".join([f".. {kind}:: {whole}", *(f"   :{option}:" for option in options)])


def _kind(value: object) -> tuple[str, tuple[str, ...]]:
    """The directive for a value, and its options."""
    if inspect.isclass(value):
        if issubclass(value, BaseException):
            return "autoexception", ("members", "show-inheritance")
        return "autoclass", ("members",)
    if callable(value):
        return "autofunction", ()
    return "autodata", ("no-value",)
