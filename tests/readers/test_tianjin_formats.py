"""The five tables give the same 54 indicators as web page, Markdown, and separated text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import tianjin

from kpieval.readers import read

Write = Callable[[str, "str | bytes"], Path]


def test_the_text_has_54() -> None:
    assert len(tianjin.expected()) == 54


@pytest.mark.parametrize("name", ["a.html", "表.xls"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_html(name: str, encoding: str, write: Write) -> None:
    """Under its own suffix and under .xls, as some systems save it."""
    pytest.importorskip("lxml")
    projects = read(write(name, tianjin.as_html(encoding)))
    assert tianjin.seen(projects) == tianjin.expected()
    assert [project.problems for project in projects] == [()] * 5
    assert [p.budget for p in projects] == [p.budget for p in read(tianjin.TEXT)]


def test_markdown(write: Write) -> None:
    projects = read(write("a.md", tianjin.as_md()))
    assert tianjin.seen(projects) == tianjin.expected()
    assert [p.goals for p in projects] == [p.goals for p in read(tianjin.TEXT)]


def test_xlsx(write: Write) -> None:
    pytest.importorskip("openpyxl")
    assert tianjin.seen(read(write("a.xlsx", tianjin.as_xlsx()))) == tianjin.expected()


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt"])
def test_separated_text(delimiter: str, encoding: str, name: str, write: Write) -> None:
    projects = read(write(name, tianjin.as_csv(delimiter).encode(encoding)))
    assert tianjin.seen(projects) == tianjin.expected()
