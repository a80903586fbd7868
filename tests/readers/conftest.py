"""Fixtures of the reader tests: files made on the spot, and a parser that keeps what it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpieval.constraints import Statement, Target
from kpieval.errors import NoTargetError, TargetSyntaxError
from kpieval.readers import targets

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the readers told the parser, call by call. The parser itself is tested elsewhere."""
    calls: list[dict[str, Any]] = []

    def parse_target(text: str, **context: Any) -> Target:
        calls.append({"text": text, **context})
        if not text:
            raise NoTargetError(text)
        if text.startswith("坏"):
            raise TargetSyntaxError(text)
        return Target(text, Statement(text), text)

    monkeypatch.setattr(targets, "parse_target", parse_target)
    return calls


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of that name and give its path."""

    def made(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return made
