"""The pages of the codes: every error and every note, with what ``kpieval explain CODE`` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kpidocs import markdown, saying
from kpieval import messages

_LINT = re.compile(r"L\d{2}")


def anchor(code: str, lang: str) -> str:
    """The name by which links find a code.

    >>> anchor("KP103", "zh"), anchor("bare.cost_ceiling", "en")
    ('zh-kp103', 'en-bare-cost-ceiling')
    """
    return f"{lang}-{re.sub(r'[._]', '-', code.lower())}"


def shown(kind: str) -> list[str]:
    """The codes of a kind; those of the lint have a page of their own."""
    return sorted(code for code in messages.codes(kind) if not _LINT.match(code))


def page(kind: str, lang: str) -> str:
    """The page of the errors, or of the notes."""
    return markdown.joined(_blocks(kind, lang))


def _blocks(kind: str, lang: str) -> Iterator[str]:
    entries = messages.catalogue(lang)[kind]
    codes = shown(kind)
    yield markdown.heading(1, saying.word(f"{kind}s.title", lang), f"{lang}-{kind}s")
    yield saying.word(f"{kind}s.about", lang, number=len(codes))
    heads = [saying.word(f"codes.{head}", lang) for head in ("code", "title")]
    yield markdown.table(heads, (_line(code, entries[code], lang) for code in codes))
    for code in codes:
        yield from _entry(code, entries[code], lang)


def _line(code: str, entry: Mapping[str, str], lang: str) -> list[str]:
    return [f"[{markdown.code(code)}](#{anchor(code, lang)})", markdown.prose(entry["title"])]


def _entry(code: str, entry: Mapping[str, str], lang: str) -> Iterator[str]:
    title = f"{markdown.code(code)} {markdown.prose(entry['title'])}"
    yield markdown.heading(2, title, anchor(code, lang))
    yield f"> {markdown.prose(entry['message'])}"
    yield markdown.prose(entry["page"].strip())
