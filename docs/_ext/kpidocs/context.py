"""The page of the context words: every list of ``context.toml``, its words read in its examples.

A list has a comment in both languages there, and may have examples, as in ``wording.lark``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from attrs import define, field, frozen

from kpidocs import examples, markdown, saying
from kpidocs.examples import ExampleError, Shown
from kpidocs.saying import Saying

FILE = "context.toml"

_TITLE = re.compile(r"# -{4} (.*?) -{4}")
_SECTION = re.compile(r"\[([a-z_.]+)\]")
_KEY = re.compile(r"(?:([a-z_]+)|\"[^\"]+\") = ")
_MANY = 60
"""Words from which a list is folded."""


@frozen
class WordList:
    """A list: its name, what it says, its words, and examples by their kind.

    ``stand_for`` says what the words of a table of pairs stand for.
    """

    name: str
    about: Saying
    words: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    stand_for: tuple[str, ...] = ()


@define
class Section:
    """A part of the file."""

    title: Saying
    lists: list[WordList] = field(factory=list)


def sections(text: str) -> list[Section]:
    """The parts of the file with their lists."""
    values = tomllib.loads(text)
    found: list[Section] = []
    comments: list[str] = []
    section = ""
    for line in text.splitlines():
        title, head, key = _TITLE.fullmatch(line), _SECTION.fullmatch(line), _KEY.match(line)
        if title:
            found.append(Section(saying.title(title[1], FILE)))
        elif head:
            section = head[1]
        elif line.startswith("#"):
            comments.append(line.removeprefix("#").strip())
            continue
        elif key and (key[1] or comments):
            # A table of pairs is one list, with its comment above the first pair.
            name = f"{section}.{key[1]}" if key[1] else section
            found[-1].lists.append(_word_list(name, values, comments))
        comments = []
    return found


def _word_list(name: str, values: dict[str, object], comments: list[str]) -> WordList:
    about, shown = examples.noted(comments)
    said = saying.comment(about, f"{FILE}, {name}")
    match _value(name, values):
        case str(text):
            return WordList(name, said, (text,), shown)
        case dict(pairs):
            return WordList(name, said, tuple(pairs), shown, tuple(pairs.values()))
        case list(words):
            inside = [word if isinstance(word, list) else [word] for word in words]
            # The scales share words: each is shown once.
            each = dict.fromkeys(word for scale in inside for word in scale)
            return WordList(name, said, tuple(each), shown)
        case _:
            raise ValueError(f"{FILE}: {name} is no list of words")


def _value(name: str, values: dict[str, object]) -> object:
    value: object = values
    for part in name.split("."):
        assert isinstance(value, dict)  # tomllib has read it
        value = value[part]
    return value


def shown(words: WordList, lang: str) -> list[Shown]:
    """Every word in the examples that have a place for one, and the examples that stand alone."""
    found = []
    for kind, text in words.examples:
        texts = [text.replace("{}", word) for word in words.words] if "{}" in text else [text]
        try:
            found += [examples.READ[kind](one, lang) for one in texts]
        except ExampleError as error:
            raise ExampleError(f"{FILE}, {words.name}: {error}") from error
    return found


def page(text: str, lang: str) -> str:
    """The page, from the text of the file."""
    return markdown.joined(_blocks(text, lang))


def _blocks(text: str, lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("context.title", lang), f"{lang}-context")
    yield saying.word("context.about", lang, year=examples.YEAR)
    for section in sections(text):
        yield markdown.heading(2, section.title.of(lang))
        for words in section.lists:
            anchor = f"{lang}-context-{re.sub('[._]', '-', words.name)}"
            yield markdown.heading(3, markdown.code(words.name), anchor)
            yield markdown.prose(words.about.of(lang))
            read = shown(words, lang)
            yield examples.table(read, lang) if read else _listed(words, lang)
            if read and not any("{}" in text for _, text in words.examples):
                yield _listed(words, lang)


def _listed(words: WordList, lang: str) -> str:
    texts = list(words.words)
    if words.stand_for:
        pairs = zip(words.words, words.stand_for, strict=True)
        texts = [f"{word} → {known}" for word, known in pairs]
    listed = markdown.codes(texts)
    if len(words.words) < _MANY:
        return listed
    said = saying.word("context.words", lang, number=len(words.words))
    return f"<details><summary>{said}</summary>\n\n{listed}\n\n</details>"
