"""All generated pages together, and writing them beside the pages that people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpidocs import links

MADE = ("zh/reference", "en/reference", "api", "project")
"""The folders under ``docs/`` whose whole content is made; they are not kept."""


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Every generated page: its path under ``docs/``, and its Markdown."""
    yield from links.papers(root)
    yield "zh/reference/language/index.md", "# x\n"
    yield "en/reference/language/index.md", "# x\n"
    yield "api/index.md", "# x\n"


def write(docs: Path, made: dict[str, str]) -> None:
    """Write the pages; what is the same stays untouched, and what nothing makes is removed."""
    for folder in MADE:
        for old in (docs / folder).rglob("*.md"):
            if old.relative_to(docs).as_posix() not in made:
                old.unlink()
    for name, text in made.items():
        place = docs / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if not place.is_file() or place.read_text("utf-8") != text:
            place.write_text(text, "utf-8")
