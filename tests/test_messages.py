"""The message catalogue against the source: nothing missing, nothing unused, no empty place.

The source is scanned as a syntax tree for every place that makes a note or an error. What is made
with a computed code is listed in ``DYNAMIC`` by hand, and a computed code that is not listed fails.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import string
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from attrs import field, frozen

import kpieval
from kpieval import errors, messages
from kpieval.auditing.candidates import WAYS
from kpieval.errors import KpiEvalError, ReadingError, TargetSyntaxError
from kpieval.notes import Note
from kpieval.policies import Allocation

SOURCE = Path(kpieval.__file__).parent
CATALOGUE = SOURCE / "messages"

Params = frozenset[str]

# Calls whose code is no constant, by (file, code as written): the codes that they make. The empty
# ones only pass on a code that is found where it was given.
DYNAMIC: dict[tuple[str, str], tuple[str, ...]] = {
    ("parsing/drafting.py", "code"): (),
    ("parsing/drafting.py", "draft.note"): (),
    ("parsing/drafting.py", "self.hint_note"): (),
    ("earning.py", "f'step.{code}'"): (),
    ("earning.py", "f'band.{name}'"): (
        "step.band.fully",
        "step.band.partly",
        "step.band.not",
        "step.band.short",
    ),
    ("auditing/judging.py", "f'audit.rule.{rule.rounding}'"): tuple(
        f"audit.rule.{way.name}" for way in WAYS
    ),
    ("weighting.py", "f'weights.{allocation.value}'"): tuple(
        f"weights.{way.value}" for way in Allocation
    ),
}

# What a call with ``**name`` passes, by (file, name).
SPREAD: dict[tuple[str, str], Params] = {
    ("auditing/flags.py", "words"): frozenset({"score", "weight"}),
    ("parsing/drafting.py", "params"): frozenset(),
    ("earning.py", "percents"): frozenset({"low", "high"}),
    ("earning.py", "params"): frozenset(),
    ("verdicts.py", "words"): frozenset({"target", "actual"}),
    # The sentence of a reader's fault is a term of its own; the error needs its reason alone.
    ("readers/libreoffice.py", "fault.params"): frozenset(),
    ("readers/odsform.py", "far"): frozenset(),
    ("readers/oldsheets.py", "fault.params"): frozenset(),
    ("readers/sheetscan.py", "far"): frozenset(),
    ("readers/pdfform.py", "fault.params"): frozenset(),
}

# A draft's note is made without parameters. The base of a level is cleared from its draft, and
# noted with its amount, before that can happen.
CLEARED = {"level.base"}

# The hint's note is made in drafting.py with the unit.
HINTED = frozenset({"unit"})

# Base classes, which are never raised, and whose code belongs to no class below them.
ABSTRACT = {"KP000"}

# What the readers' errors add to the parameters of the class that they stand for.
REASONS = {"reason", "advice"}

ACTIONS = (
    "Add|Check|Choose|Consider|Convert|Copy|Correct|Cut|Delete|Export|Fill|Give|Install|Keep|Make|"
    "Mend|Rewrite|Save|Split|Use|Write"
)


@frozen
class Made:
    """What the source makes: each code with the parameters of every place that makes it."""

    codes: dict[str, list[Params]] = field(factory=lambda: defaultdict(list))
    unlisted: list[str] = field(factory=list)

    def add(self, code: str, params: Params) -> None:
        self.codes[code].append(params)


def files() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the package by their paths in it."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text("utf-8"))


def name_of(node: ast.expr) -> str:
    """The last part of a name: ``of`` for ``Note.of``."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def constant(node: ast.expr | None) -> str | None:
    """The text of a constant."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case _:
            return None


def constants(node: ast.expr) -> list[str]:
    """The text of a constant, or those of a choice between two."""
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            found = [constants(body), constants(orelse)]
            return [code for codes in found for code in codes] if all(found) else []
        case _:
            text = constant(node)
            return [] if text is None else [text]


def params_of(file: str, call: ast.Call, made: Made) -> Params:
    """The names of the parameters that a call passes."""
    names: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is not None:
            names.add(keyword.arg)
        elif (file, ast.unparse(keyword.value)) in SPREAD:
            names |= SPREAD[file, ast.unparse(keyword.value)]
        else:
            made.unlisted.append(f"{file}:{call.lineno} **{ast.unparse(keyword.value)}")
    return frozenset(names)


def note_prefix(call: ast.Call) -> str | None:
    """What stands before the code that a call is given; None when it makes no note."""
    match call.func:
        case ast.Attribute(value=ast.Name(id="Note"), attr="of"):
            return ""
        case ast.Attribute(attr="note") if call.args:
            return ""
        case ast.Attribute(attr="_step"):
            return "step."
        case _:
            return None


@cache
def made_notes() -> Made:
    """All notes that the source makes."""
    made = Made()
    for file, tree in files():
        for node in ast.walk(tree):
            match node:
                case ast.Call():
                    _note_call(file, node, made)
                case ast.Assign(targets=[target], value=value) if name_of(target) == "hint_note":
                    made.add(str(constant(value)), HINTED)
                case ast.AnnAssign(target=target, value=value) if name_of(target) == "hint_note":
                    made.add(str(constant(value)), HINTED)
                case _:
                    pass
    return made


def _note_call(file: str, call: ast.Call, made: Made) -> None:
    drafted = next((constant(word.value) for word in call.keywords if word.arg == "note"), None)
    if drafted and drafted not in CLEARED:
        made.add(drafted, frozenset())
    prefix = note_prefix(call)
    if prefix is None:
        return
    codes, params = constants(call.args[0]), params_of(file, call, made)
    for code in codes:
        made.add(prefix + code, params)
    if codes:
        return
    written = ast.unparse(call.args[0])
    if (file, written) not in DYNAMIC:
        made.unlisted.append(f"{file}:{call.lineno} {written}")
    for code in DYNAMIC.get((file, written), ()):
        made.add(code, params)


def error_classes() -> dict[str, type[KpiEvalError]]:
    """Every error class of the package by its name."""
    for module in pkgutil.walk_packages([str(SOURCE)], "kpieval."):
        # Spark is not among what the tests install; its module has no errors of its own.
        if not module.name.endswith("__main__") and module.name != "kpieval.spark":
            importlib.import_module(module.name)
    found: dict[str, type[KpiEvalError]] = {}
    waiting = [KpiEvalError]
    while waiting:
        known = waiting.pop()
        found[known.__name__] = known
        waiting += known.__subclasses__()
    return {name: known for name, known in found.items() if known.__module__.startswith("kpieval")}


def given(known: type[KpiEvalError]) -> Params:
    """The parameters that the class itself gives."""
    if issubclass(known, ReadingError):
        return frozenset({"text", "before", "found", "after"})
    told = getattr(known, "told", None)
    return frozenset({told}) if told else frozenset()


@cache
def made_errors() -> Made:
    """All errors that the source raises, passes on by class, or could raise."""
    made = Made()
    classes = error_classes()
    for file, tree in files():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            known = classes.get(name_of(node.func))
            if known is not None:
                made.add(known.code, given(known) | params_of(file, node, made) - {"where"})
            elif name_of(node.func) not in ("isinstance", "issubclass", "cast"):
                for passed in _passed(node, classes):
                    # Whoever gets the class knows only the text.
                    made.add(passed.code, given(passed))
    return made


def _passed(call: ast.Call, classes: dict[str, type[KpiEvalError]]) -> list[type[KpiEvalError]]:
    """The classes that a call is given to raise by itself, as in ``fault=NumeralError``."""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return [
        classes[value.id] for value in values if isinstance(value, ast.Name) if value.id in classes
    ]


def places(text: str) -> set[str]:
    """The names of the places that a sentence fills in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def entries(kind: str) -> list[str]:
    return sorted(messages.catalogue("zh")[kind])


def own_entries(lang: str) -> dict[str, dict[str, str]]:
    """The entries of the reading and scoring files."""
    found: dict[str, dict[str, str]] = {}
    for subject in ("reading", "scoring"):
        tables = tomllib.loads((CATALOGUE / lang / f"{subject}.toml").read_text("utf-8"))
        found |= tables.get("error", {}) | tables.get("note", {})
    return found


def test_languages_have_the_same_files_and_keys() -> None:
    for path in sorted((CATALOGUE / "zh").glob("*.toml")):
        zh = tomllib.loads(path.read_text("utf-8"))
        en = tomllib.loads((CATALOGUE / "en" / path.name).read_text("utf-8"))
        assert {kind: set(table) for kind, table in zh.items()} == {
            kind: set(table) for kind, table in en.items()
        }, path.name
    assert {path.name for path in (CATALOGUE / "en").glob("*.toml")} == {
        path.name for path in (CATALOGUE / "zh").glob("*.toml")
    }


def test_no_key_stands_in_two_files() -> None:
    for lang in messages.LANGUAGES:
        seen: dict[tuple[str, str], str] = {}
        for path in sorted((CATALOGUE / lang).glob("*.toml")):
            for kind, table in tomllib.loads(path.read_text("utf-8")).items():
                for key in table:
                    assert (kind, key) not in seen, (key, path.name, seen.get((kind, key)))
                    seen[kind, key] = path.name


@pytest.mark.parametrize("kind", ["error", "note"])
def test_entries_are_whole_and_have_the_same_places(kind: str) -> None:
    zh, en = messages.catalogue("zh")[kind], messages.catalogue("en")[kind]
    for code in entries(kind):
        # The page of a rule of the lint is its docstring; what to do stands with the sentence.
        last = "advice" if re.fullmatch(r"L\d\d(\.\w+)?", code) else "page"
        for entry in (zh[code], en[code]):
            assert set(entry) == {"title", "message", last}, code
            assert all(text.strip() for text in entry.values()), code
            assert not places(entry["title"]) | places(entry[last]), code
        assert places(zh[code]["message"]) == places(en[code]["message"]), code


def test_terms_have_the_same_places_and_are_not_empty() -> None:
    zh, en = messages.catalogue("zh")["term"], messages.catalogue("en")["term"]
    for key in zh:
        assert zh[key], key
        assert en[key], key
        assert places(zh[key]) == places(en[key]), key


def test_every_computed_code_is_listed() -> None:
    assert not made_notes().unlisted
    assert not made_errors().unlisted


def test_notes_are_those_that_the_source_makes() -> None:
    made, known = set(made_notes().codes), set(entries("note"))
    assert made - known == set(), "no sentence"
    assert known - made == set(), "never made"


def test_errors_are_those_that_the_source_has() -> None:
    declared = {known.code for known in error_classes().values()} - ABSTRACT
    assert declared == set(entries("error"))


def test_the_code_of_every_error_is_its_own() -> None:
    own = [
        known.code
        for known in vars(errors).values()
        if isinstance(known, type) and issubclass(known, KpiEvalError) and "code" in vars(known)
    ]
    assert len(own) == len(set(own))


def unfilled(kind: str, made: Made) -> list[str]:
    """Places that some raise site does not fill."""
    faults = []
    for lang in messages.LANGUAGES:
        catalogue = messages.catalogue(lang)[kind]
        for code, sites in made.codes.items():
            for params in sites:
                lacking = (
                    places(catalogue[code]["message"]) - params if code in catalogue else set()
                )
                if lacking:
                    faults.append(
                        f"{lang} {code}: {sorted(lacking)} where {sorted(params)} is given"
                    )
    return faults


def test_every_place_of_a_note_is_filled() -> None:
    assert unfilled("note", made_notes()) == []


def test_every_place_of_an_error_is_filled() -> None:
    assert unfilled("error", made_errors()) == []


def test_the_scan_can_fail() -> None:
    made = Made()
    call = ast.parse("Note.of('unit.from_target', other=1)").body[0]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    _note_call("x.py", call.value, made)
    assert len(unfilled("note", made)) == len(messages.LANGUAGES)
    computed = ast.parse("Note.of(f'x.{y}', **z)").body[0]
    assert isinstance(computed, ast.Expr)
    assert isinstance(computed.value, ast.Call)
    _note_call("x.py", computed.value, made)
    assert len(made.unlisted) == 2


def test_the_bands_are_those_that_points_are_given_for() -> None:
    tree = next(tree for file, tree in files() if file == "earning.py")
    names = {
        constant(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and name_of(node.func) == "_band"
    }
    listed = DYNAMIC["earning.py", "f'band.{name}'"]
    assert {f"step.band.{name}" for name in names} == set(listed)


def test_what_could_stand_at_a_place_has_words() -> None:
    wanted: set[str] = {"end"}
    for file, tree in files():
        for node in ast.walk(tree):
            match node:
                case ast.keyword(arg="expected", value=ast.Tuple(elts=keys)):
                    wanted |= {str(constant(key)) for key in keys}
                case ast.Assign(targets=[ast.Name(id="_EXPECTED")], value=ast.Dict(keys=names)):
                    assert file == "parsing/faults.py"
                    wanted |= {str(constant(key)) for key in names}
                case _:
                    pass
    terms = {key for key in messages.catalogue("zh")["term"] if key.startswith("expected.")}
    assert terms == {f"expected.{key}" for key in wanted}


def test_every_error_page_says_what_to_do() -> None:
    for code in entries("error"):
        assert "请" in messages.catalogue("zh")["error"][code]["page"], code
        assert re.search(rf"(?:^|[.;,] |\n)(?:{ACTIONS})\b", english_page(code)), code


def english_page(code: str) -> str:
    text: str = messages.catalogue("en")["error"][code]["page"]
    return text.strip()


@pytest.mark.parametrize("code", sorted(own_entries("zh")))
def test_chinese_has_no_foreign_words(code: str) -> None:
    for text in own_entries("zh")[code].values():
        plain = re.sub(r"\{\w+\}|`[^`]*`|「mof-?2020」", "", text)
        assert re.findall(r"[A-Za-z]{2,}", plain) == []
        assert re.search(r"[一-鿿]", plain)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("code", sorted(own_entries("zh")))
def test_a_message_stands_inside_a_sentence(code: str, lang: str) -> None:
    """Without a full stop, on one line: explanations put it between commas."""
    text = own_entries(lang)[code]["message"]
    assert text == text.strip()
    assert text[-1] not in "。.；;"
    assert "。" not in text
    assert "\n" not in text


def test_the_place_of_a_fault_is_marked_in_the_text() -> None:
    error = TargetSyntaxError("100米宽3条", (5, 7), expected=("separator", "end"))
    assert error.message() == ("读不懂「100米宽【3条】」，【】处可以写的是：“；”、结尾；请改写")
    assert error.message("en") == (
        "cannot read '100米宽【3条】'; at 【】 could stand: ；, the end; rewrite it"
    )


def test_notes_read_as_they_should() -> None:
    assert Note.of("unit.from_target", unit="人").message() == (
        "实际值未写单位，按目标值的单位「人」理解"
    )
    assert Note.of("actual.share_or_percent").message() == (
        "实际值没有写 %，例如 0.95 可能是 95%，也可能是 0.95%；请写明单位"
    )
