"""The page of the wording: every meaning of ``wording.lark``, every spelling read in an example.

In that file a terminal has a comment in both languages, and its examples::

    // 大约。Roughly the value.
    // 例 {}500人 | 大约是500人

``{}`` is where each spelling is put; the first example that is read shows it. An example without
is for what a regular expression spells. 实际 marks actuals, 拒绝 what must be refused, and 不是实际
what must be refused as an actual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field, frozen

from kpidocs import examples, markdown, saying
from kpidocs.examples import ExampleError, Shown
from kpidocs.saying import Saying
from kpieval import wordlists
from kpieval.parsing.folding import fold

FILE = "wording.lark"

_SECTION = re.compile(r"// -{4} (.*?) -+")
_TERMINAL = re.compile(r"(_?[A-Z_]+)(?:\.\d+)?:(.*)")
_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/")


@frozen
class Meaning:
    """A terminal: what it means, its spellings, its patterns, and examples by their kind."""

    name: str
    about: Saying
    spellings: tuple[str, ...]
    patterns: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]


@define
class Section:
    """A part of the file."""

    title: Saying
    meanings: list[Meaning] = field(factory=list)


def sections(text: str) -> list[Section]:
    """The parts of the file with their terminals."""
    found: list[Section] = []
    comments: list[str] = []
    for line in re.sub(r"\n\s+\|", " |", text).splitlines():
        head, terminal = _SECTION.fullmatch(line), _TERMINAL.match(line)
        if head:
            found.append(Section(saying.title(head[1], FILE)))
            comments = []
        elif line.startswith("//"):
            comments.append(line.removeprefix("//").strip())
        elif terminal:
            found[-1].meanings.append(_meaning(terminal[1], terminal[2], comments))
            comments = []
        else:
            comments = []
    return found


def _meaning(name: str, body: str, comments: list[str]) -> Meaning:
    about, shown = examples.noted(comments)
    said = saying.comment(about, f"{FILE}, {name}")
    words = re.findall(r'"([^"]+)"', body)
    guarded = [word for word, _ in wordlists.guarded(name)]
    patterns = _PATTERN.findall(re.sub(r'"[^"]+"', "", body))
    return Meaning(name, said, (*words, *guarded), tuple(patterns), shown)


def shown(meaning: Meaning, lang: str) -> list[Shown]:
    """Every spelling in an example that was read, then the examples that stand alone."""
    if not meaning.examples:
        raise ExampleError(f"{FILE}, {meaning.name}: there is no example")
    kinds = dict.fromkeys(kind for kind, text in meaning.examples if "{}" in text)
    spelled = [_spelled(meaning, kind, word, lang) for kind in kinds for word in meaning.spellings]
    alone = [(kind, text) for kind, text in meaning.examples if "{}" not in text]
    for pattern in meaning.patterns:
        whole = [*(text for _, text in alone), *(one.text for one in spelled)]
        if not any(re.search(pattern, fold(text).text) for text in whole):
            raise ExampleError(f"{FILE}, {meaning.name}: no example has /{pattern}/")
    return [*spelled, *(examples.READ[kind](text, lang) for kind, text in alone)]


def _spelled(meaning: Meaning, kind: str, word: str, lang: str) -> Shown:
    """The spelling in the first example of the kind that is read with it."""
    faults = []
    for wanted, text in meaning.examples:
        if wanted != kind or "{}" not in text:
            continue
        try:
            return examples.READ[kind](text.replace("{}", word), lang)
        except ExampleError as error:
            faults.append(str(error))
    raise ExampleError(f"{FILE}, {meaning.name}, {word}: no example shows it; {'; '.join(faults)}")


def page(text: str, lang: str) -> str:
    """The page, from the text of the file."""
    return markdown.joined(_blocks(text, lang))


def _blocks(text: str, lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("wording.title", lang), f"{lang}-wording")
    yield saying.word("wording.about", lang, year=examples.YEAR)
    for section in sections(text):
        yield markdown.heading(2, _first_up(section.title.of(lang)))
        for meaning in section.meanings:
            yield markdown.heading(3, _title(meaning, lang), f"{lang}-wording-{_slug(meaning)}")
            yield examples.table(shown(meaning, lang), lang)


def _first_up(title: str) -> str:
    return title[0].upper() + title[1:]


def _title(meaning: Meaning, lang: str) -> str:
    return markdown.prose(meaning.about.of(lang).rstrip("。."))


def _slug(meaning: Meaning) -> str:
    return meaning.name.strip("_").lower().replace("_", "-")
