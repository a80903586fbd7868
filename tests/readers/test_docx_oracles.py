"""Two other readers of Word beside the own one: where they agree, and what each of them loses.

``docxlosses.LOSSES`` is data. A release that reads a trap better (or worse) fails the test that
names it, and the line is then changed.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("lxml")
from docxlosses import LOSSES
from docxtraps import TRAPS, Trap
from lxml import html

mammoth = pytest.importorskip("mammoth")
docx2python: Any = pytest.importorskip("docx2python")


def by_mammoth(data: bytes) -> str:
    """The cell of the trap as mammoth has it."""
    page = html.fromstring(f"<div>{mammoth.convert_to_html(io.BytesIO(data)).value}</div>")
    return str(page.xpath("./table[1]/tr[2]/td[last()]")[0].text_content())


def by_docx2python(data: bytes) -> str:
    """The cell of the trap as docx2python has it."""
    with docx2python.docx2python(io.BytesIO(data)) as read:
        tables = [table for table in read.body if len(table) > 1]
        return "\n".join(tables[0][1][-1])


READERS: dict[str, Callable[[bytes], str]] = {
    "mammoth": by_mammoth,
    "docx2python": by_docx2python,
}


def given(reader: str, trap: Trap) -> str:
    """What a reader gives for a trap, without white space; what it raises, by name."""
    try:
        return "".join(READERS[reader](trap.file()).split())
    except Exception as error:
        return type(error).__name__


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.name for trap in TRAPS])
@pytest.mark.parametrize("reader", READERS)
@pytest.mark.filterwarnings("ignore")
def test_other_readers_agree_or_lose_what_is_listed(reader: str, trap: Trap) -> None:
    seen = "".join(trap.seen.split())
    assert given(reader, trap) == LOSSES.get(trap.name, {}).get(reader, seen)


def test_what_is_listed_is_lost() -> None:
    seen = {trap.name: "".join(trap.seen.split()) for trap in TRAPS}
    assert set(LOSSES) <= set(seen)
    for name, losses in LOSSES.items():
        assert losses
        assert all(reader in READERS and text != seen[name] for reader, text in losses.items())
