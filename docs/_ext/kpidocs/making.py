"""All generated pages together, and writing them beside the pages that people write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kpidocs import (
    api,
    codes,
    commands,
    context,
    links,
    lint_page,
    lookalikes,
    markdown,
    saying,
    schema_page,
    scoring_pages,
    types,
    unit_page,
    wording,
)
from kpidocs.saying import LANGUAGES
from kpieval.presets import policies
from kpieval.resources import grammar_text

MADE = ("zh/reference", "en/reference", "api", "project")
"""The folders under ``docs/`` whose whole content is made; they are not kept."""


def pages(root: Path) -> Iterator[tuple[str, str]]:
    """Every generated page: its path under ``docs/``, and its Markdown."""
    yield from links.papers(root)
    for lang in LANGUAGES:
        for name, text in reference(lang):
            yield f"{lang}/reference/{name}.md", text
    for name, text in api.pages():
        yield f"api/{name}.md", text


def reference(lang: str) -> Iterator[tuple[str, str]]:
    """The reference in one language."""
    yield "language/index", _language(lang)
    yield "language/types", types.page(lang)
    yield "language/wording", wording.page(grammar_text(wording.FILE), lang)
    yield "language/units", unit_page.page(grammar_text(unit_page.FILE), lang)
    yield "language/lookalikes", lookalikes.page(grammar_text(lookalikes.FILE), lang)
    yield "language/context", context.page(grammar_text(context.FILE), lang)
    yield "scoring/index", scoring_pages.index(lang)
    for policy in policies():
        yield f"scoring/{policy.name}", scoring_pages.page(policy, lang)
    yield "lint", lint_page.page(lang)
    yield "errors", codes.page("error", lang)
    yield "notes", codes.page("note", lang)
    yield "commands", commands.page(lang)
    yield "schemas", schema_page.page(lang)


LANGUAGE = ("types", "wording", "units", "context", "lookalikes")
"""The pages of the language, in their order."""


def _language(lang: str) -> str:
    contents = ["```{toctree}", ":maxdepth: 1", "", *LANGUAGE, "```"]
    return markdown.joined(
        [
            markdown.heading(1, saying.word("language.title", lang), f"{lang}-language"),
            saying.word("language.about", lang),
            "\n".join(contents),
        ]
    )


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
