"""The lexer finds what lark's own finds, and tables from a file read what built ones read."""

from __future__ import annotations

import json
import random
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lark import Lark
from lark.exceptions import UnexpectedInput, UnexpectedToken
from lark.lexer import _create_unless

from kpieval.parsing import language, prebuilt
from kpieval.parsing.beginnings import ANY, NONE, Characters, beginnings
from kpieval.parsing.rules import TargetRules
from kpieval.resources import grammar_dir

CORPUS = Path(__file__).parents[1] / "corpus"
KEYS = ("text", "value", "input", "actual")


def written() -> Iterator[str]:
    """Every text of the corpora."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            found = json.loads(line)
            yield from (found[key] for key in KEYS if isinstance(found.get(key), str))


@cache
def texts() -> tuple[str, ...]:
    """The texts, and as many with a piece of another in them."""
    known = sorted({text.replace("\n", " ")[:200] for text in written()} - {""})
    chance = random.Random(20240601)
    mixed = []
    for text in known:
        place, other = chance.randrange(len(text)), chance.choice(known)
        piece = other[chance.randrange(len(other)) :][: chance.randrange(1, 6)]
        mixed.append(text[:place] + piece + text[place + chance.randrange(3) :])
    return (*known, *mixed)


@cache
def larks_own() -> Lark:
    """The parser with the lexer that lark has."""
    return Lark(
        language.grammar(),
        parser="lalr",
        lexer="contextual",
        start=language.STARTS,
        maybe_placeholders=False,
        source_path=str(grammar_dir() / "target.lark"),
    )


@cache
def bare() -> Lark:
    """The parser with our lexer and no transformer, its tables from files."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / prebuilt.FILE).write_bytes(prebuilt.of(language.built()))
        loaded = prebuilt.load(None, Path(folder))
    assert loaded is not None
    return loaded


def outcome(parser: Lark, text: str, start: str) -> Any:
    """The tree, or where and why there is none."""
    try:
        return parser.parse(text, start=start)
    except UnexpectedToken as error:
        return error.pos_in_stream, error.token.type, str(error.token), set(error.expected)
    except UnexpectedInput as error:
        return error.pos_in_stream, set(getattr(error, "allowed", ()))


def apart(found: Sequence[str], start: str) -> list[str]:
    """The texts in which the two lexers do not find the same."""
    ours, theirs = bare(), larks_own()
    return [text for text in found if outcome(ours, text, start) != outcome(theirs, text, start)]


@pytest.mark.parametrize("start", language.STARTS)
def test_our_lexer_finds_what_larks_own_finds(start: str) -> None:
    assert apart(texts()[::200], start) == []


@pytest.mark.long
@pytest.mark.parametrize("start", language.STARTS)
def test_our_lexer_finds_it_in_all_texts(start: str) -> None:
    assert len(texts()) > 5000
    assert apart(texts(), start) == []


def test_no_word_is_cut_out_of_another_terminal() -> None:
    """Lark's lexer would look twice at such words; ours does not."""
    lexers = {id(lexer): lexer for lexer in larks_own().parser.lexer.lexers.values()}
    for lexer in lexers.values():
        assert _create_unless(lexer.terminals, 0, re, False)[1] == {}


def test_a_terminal_begins_with_the_characters_that_it_is_said_to() -> None:
    known = [(re.compile(one.pattern.to_regexp()), one) for one in larks_own().terminals]
    begins = {one.name: beginnings(one.pattern.to_regexp()) for _, one in known}
    for text in texts()[::29]:
        for place, character in enumerate(text):
            for pattern, one in known:
                if pattern.match(text, place):
                    assert begins[one.name].holds(character), (one.name, text, place)


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("ab|c", "ac", "b"),
        ("a?b", "ab", "c"),
        ("(?:a|)b", "ab", "c"),
        ("(?=[ab])[bc]", "b", "ac"),
        ("(?![ab])[bc]", "bc", "d"),
        ("(?<=x)a", "a", "x"),
        ("[^ab]c", "cd", "ab"),
        ("(?=[^ab])[^bc]", "d", "abc"),
        ("(?>a*)b", "ab", "c"),
        ("a{0,2}+b", "ab", "c"),
        (r"\s", "a ", ""),
        (".", "a", ""),
        ("(?i:a)", "a", ""),
        ("(a)\\1", "a", "b"),
    ],
)
def test_beginnings(pattern: str, inside: str, outside: str) -> None:
    found = beginnings(pattern)
    assert [char for char in inside if not found.holds(char)] == []
    assert [char for char in outside if found.holds(char)] == []


def test_sets_of_characters() -> None:
    low, high = Characters(frozenset("ab")), Characters(frozenset("bc"))
    for one in (low, ~low, ANY, NONE):
        for other in (high, ~high, ANY, NONE):
            for char in "abcd":
                assert (one | other).holds(char) == (one.holds(char) or other.holds(char))
                assert (one & other).holds(char) == (one.holds(char) and other.holds(char))


# --- the files -----------------------------------------------------------------------------------


def test_a_file_that_fits_is_used(tmp_path: Path) -> None:
    (tmp_path / prebuilt.FILE).write_bytes(prebuilt.of(language.built()))
    loaded = prebuilt.load(TargetRules(), tmp_path)
    assert loaded is not None
    assert loaded.parse("≥90%", start="target") is not None


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        b"",
        b"{}",
        b'{"fingerprint": "another"}',
        json.dumps({"fingerprint": prebuilt.fingerprint()}).encode(),
        json.dumps({"fingerprint": prebuilt.fingerprint(), "tables": {}}).encode(),
    ],
    ids=["none", "empty", "nothing in it", "another", "no tables", "empty tables"],
)
def test_a_file_that_does_not_fit_is_passed_over(tmp_path: Path, damaged: bytes | None) -> None:
    if damaged is not None:
        (tmp_path / prebuilt.FILE).write_bytes(damaged)
    assert prebuilt.load(TargetRules(), tmp_path) is None


@pytest.mark.parametrize("name", sorted(path.name for path in grammar_dir().iterdir()))
def test_a_change_in_any_file_of_the_grammar_makes_the_tables_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "grammar"
    shutil.copytree(grammar_dir(), folder)
    monkeypatch.setattr(prebuilt, "grammar_dir", lambda: folder)
    before = prebuilt.fingerprint()
    with (folder / name).open("ab") as file:
        file.write(b"\n# changed\n")
    assert (prebuilt.fingerprint() != before) == (name != prebuilt.FILE)
