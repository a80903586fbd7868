"""A rule: one function over a sheet, under a code; its docstring is its page and its tests."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable

from attrs import field, frozen

from kpieval.errors import Span
from kpieval.findings import Severity
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note


@frozen
class Hit:
    """What a rule found, before the engine says of which project and where.

    ``row`` is None for what concerns the whole project. ``severity`` takes the place of the rule's.
    """

    row: Row | None
    note: Note
    paste: str = ""
    span: Span | None = None
    severity: Severity | None = None


Check = Callable[[Sheet], Iterable[Hit]]


@frozen
class Rule:
    """A rule of the lint.

    ``family`` names rules of which one message a row is enough; the first of them in the order of
    the codes speaks. ``default`` says whether it runs unless it is selected by its code.
    """

    code: str
    severity: Severity
    check: Check = field(repr=False)
    family: str = ""
    default: bool = True

    @property
    def doc(self) -> str:
        """The docstring of the function, without its indentation: the page, with its tables."""
        return inspect.cleandoc(self.check.__doc__ or _written(self.check))


def _written(check: Check) -> str:
    """The docstring as it stands in the source: ``python -OO`` keeps none with the function."""
    (function,) = ast.parse(inspect.getsource(check)).body
    assert isinstance(function, ast.FunctionDef)  # a rule is written as a function
    return ast.get_docstring(function) or ""


def rule(
    code: str, severity: Severity, *, family: str = "", default: bool = True
) -> Callable[[Check], Rule]:
    """Make a rule of the function below."""

    def made(check: Check) -> Rule:
        return Rule(code, severity, check, family, default)

    return made
