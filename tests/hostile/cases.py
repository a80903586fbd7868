"""A hostile file: how it is made, and what reading it must give."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import field, frozen

Build = Callable[[], bytes]


def _several(value: str | Iterable[str]) -> frozenset[str]:
    return frozenset({value} if isinstance(value, str) else value)


@frozen
class Expected:
    """The error and its reason, or the rows with the notes and problems that must be told."""

    error: str = ""
    reason: frozenset[str] = field(default=frozenset(), converter=_several)
    """Any of these, where it does not matter which limit is met first."""
    rows: tuple[tuple[str, str], ...] | None = None
    """Each row: the target as written, and its canonical reading or the code of its error."""
    actuals: tuple[str, ...] | None = None
    notes: frozenset[str] = field(default=frozenset(), converter=_several)
    problems: frozenset[str] = field(default=frozenset(), converter=_several)
    fault: str = ""
    """What kpieval does instead, where that is known."""


@frozen
class Case:
    """A file by its name, made when the tests ask for it."""

    name: str
    threat: int
    build: Build
    expected: Expected


CASES: dict[str, Case] = {}


def file(name: str, threat: int, **expected: object) -> Callable[[Build], Build]:
    """Enter what a function builds among the cases."""

    def entered(build: Build) -> Build:
        assert name not in CASES, name
        CASES[name] = Case(name, threat, build, Expected(**expected))  # type: ignore[arg-type]
        return build

    return entered


def entered(name: str, threat: int, content: str | bytes, **expected: object) -> None:
    """Enter a file that is given as it is."""
    data = content.encode() if isinstance(content, str) else content
    file(name, threat, **expected)(lambda: data)
