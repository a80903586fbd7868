"""Every public name says what it is; what reads, judges or scores shows it in an example.

The examples themselves are executed with the modules that they stand in.
"""

from __future__ import annotations

import doctest
import inspect
import re
from collections.abc import Iterator
from importlib import import_module

import pytest

import kpieval
from kpieval import errors, formulas, messages

PUBLIC = [name for name in kpieval.__all__ if not name.startswith("__")]
FUNCTIONS = [name for name in PUBLIC if inspect.isfunction(getattr(kpieval, name))]
CLASSES = [name for name in PUBLIC if inspect.isclass(getattr(kpieval, name))]

COMPUTES = [
    *("Amount", "Attainment", "Calendar", "Grades", "Interval", "OfficialCalendar", "Policy"),
    *("Score", "Ladder", "Linear", "PassGate", "Ratio", "Step"),
]
"""The classes that calculate something: each has an example of it."""

MODULES = ["kpieval.demo", "kpieval.readers", "kpieval.schemas", "kpieval.testing"]
"""Public beside the package itself, as their ``__all__`` says."""

EXTRAS = {"OfficialCalendar": "chinese_calendar"}
"""Public names that need a library which may be missing."""


def public(name: str) -> object:
    """A public value; its test is skipped where its library is missing."""
    if name in EXTRAS:
        pytest.importorskip(EXTRAS[name], reason="needs an extra")
    return getattr(kpieval, name)


def says(thing: object) -> str:
    """The docstring of a thing's own: neither inherited nor made by attrs."""
    own = thing.__dict__.get("__doc__") if inspect.isclass(thing) else thing.__doc__
    return inspect.cleandoc(own or "")


def members(kind: type) -> Iterator[tuple[str, object]]:
    """The public methods and properties that a class defines itself."""
    for name, value in vars(kind).items():
        match value:
            case property(fget=function) | classmethod(__func__=function):
                yield name, function
            case staticmethod(__func__=function):
                yield name, function
            case _ if inspect.isfunction(value):
                yield name, value


def is_sentence(text: str) -> bool:
    """Whether the first paragraph is a sentence or two: it begins and ends as one."""
    first = text.partition("\n\n")[0].strip()
    return len(first) > 8 and first.endswith((".", ".)")) and not first[0].islower()


if not says(kpieval.Met):
    pytest.skip("python -OO drops docstrings", allow_module_level=True)


def test_the_walk_finds_the_names() -> None:
    assert {"parse_target", "score_tables", "lint_project"} <= set(FUNCTIONS)
    assert len(CLASSES) > 120
    assert set(COMPUTES) <= set(CLASSES)
    formula_types = {kind.__name__ for kind in formulas.Formula.__args__}
    assert formula_types <= set(COMPUTES), "a formula shows what it gives"


@pytest.mark.parametrize("name", [*FUNCTIONS, *CLASSES])
def test_a_public_name_says_what_it_is_in_a_sentence(name: str) -> None:
    text = says(public(name))
    assert is_sentence(text), f"{name}: {text.partition(chr(10))[0]!r}"


@pytest.mark.parametrize("name", CLASSES)
def test_what_a_public_class_can_do_is_said(name: str) -> None:
    kind = public(name)
    assert isinstance(kind, type)
    silent = [
        member
        for member, function in members(kind)
        if not member.startswith("_") and not getattr(function, "__doc__", None)
    ]
    assert silent == []


@pytest.mark.parametrize("name", [*FUNCTIONS, *COMPUTES])
def test_what_reads_judges_or_scores_has_an_example(name: str) -> None:
    thing = public(name)
    found = doctest.DocTestFinder(recurse=False).find(thing, name)
    assert sum(len(each.examples) for each in found) > 0, f"{name} has no example"


@pytest.mark.parametrize(
    ("module", "name"),
    [(module, name) for module in MODULES for name in import_module(module).__all__],
)
def test_a_name_of_a_public_module_says_what_it_is(module: str, name: str) -> None:
    thing = getattr(import_module(module), name)
    if inspect.isfunction(thing) or inspect.isclass(thing):
        assert is_sentence(says(thing))


RAISE_NOTHING = {"canonical", "explanation"}
"""Functions of values that are whole already: only a wrong type or language fails."""


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in RAISE_NOTHING])
def test_a_function_says_how_it_fails(name: str) -> None:
    text = says(public(name))
    referred = "errors are those of" in text
    assert "aises" in text or referred, f"{name}: what does it raise, if anything?"


def test_every_error_that_a_docstring_names_is_there() -> None:
    known = set(vars(errors)) | {"KpiEvalError", "ValueError", "TypeError"}
    for name in FUNCTIONS:
        named = set(re.findall(r"\b([A-Z]\w+Error)\b", says(public(name))))
        assert named <= known, f"{name} names {named - known}"


def test_every_public_error_has_its_page() -> None:
    kinds = [public(name) for name in CLASSES]
    codes = {
        kind.code: kind.__name__
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, errors.KpiEvalError) and "code" in vars(kind)
    }
    assert len(codes) > 30
    bases = {"KP000"}
    silent = [code for code in codes if code not in bases and not messages.page(code, "en")]
    assert silent == []
