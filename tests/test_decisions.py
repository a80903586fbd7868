"""docs/adr: every decision has its page of one form, and its line in the list."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ADR = Path(__file__).parents[1] / "docs" / "adr"
PAGES = sorted(ADR.glob("[0-9]*.md"))
SECTIONS = ["Context", "Decision", "Consequences", "What would make us change it"]


def test_the_list_has_every_page_in_order() -> None:
    rows = re.findall(
        r"^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$", (ADR / "index.md").read_text("utf-8"), re.M
    )
    titles = [page.read_text("utf-8").partition("\n")[0] for page in PAGES]
    assert [file for _, file, _ in rows] == [page.name for page in PAGES]
    assert [f"# {number} {title}" for number, _, title in rows] == titles
    assert [int(number) for number, _, _ in rows] == list(range(1, len(rows) + 1))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_why_and_what_would_change_it(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.search(
        r"^State: (in force|replaced by \d{4})\. Written down: \d{4}-\d\d\.$", text, re.M
    )
    assert re.findall(r"^## (.+)$", text, re.M) == SECTIONS
    bodies = re.split(r"^## .+$", text, flags=re.M)[1:]
    assert all(len(body.split()) >= 3 for body in bodies)
    assert len(text.split()) < 450, "a page of its own says more; this one says what was decided"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_names_is_there(page: Path) -> None:
    root = ADR.parents[1]
    named = re.findall(r"`((?:grammar|tests|\.ci)/[\w./]+)`", page.read_text("utf-8"))
    assert [path for path in named if not (root / path).exists()] == []
