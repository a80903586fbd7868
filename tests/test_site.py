"""The documentation site: its generated pages, its links, and, where Sphinx is, the whole build."""

from __future__ import annotations

import ast
import doctest
import importlib
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import browser
import pytest
from kpidocs import (
    api,
    codes,
    commands,
    context,
    examples,
    links,
    lookalikes,
    making,
    markdown,
    pairs,
    saying,
    schema_page,
    scoring_pages,
    speaking,
    types,
    unit_page,
    wording,
)

import kpieval
from kpieval import messages, schemas, units, wordlists
from kpieval.linting.rules import RULES
from kpieval.presets import policies
from kpieval.resources import grammar_text

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LANGUAGES = pytest.mark.parametrize("lang", saying.LANGUAGES)


@cache
def reference(lang: str) -> dict[str, str]:
    """The generated pages of a language."""
    return dict(making.reference(lang))


def page(name: str) -> str:
    """A generated page."""
    lang, _, rest = name.partition("/")
    return reference(lang)[rest]


# --- the language ------------------------------------------------------------------------------


def test_every_wording_is_shown_with_every_spelling() -> None:
    found = {
        meaning.name: meaning
        for section in wording.sections(grammar_text(wording.FILE))
        for meaning in section.meanings
    }
    assert set(found) == set(wordlists.terminals())
    for name, meaning in found.items():
        assert set(wordlists.spellings(name)) <= set(meaning.spellings)
        shown = [one.text for one in wording.shown(meaning, "zh")]
        spelled = [word for word in meaning.spellings if not any(word in text for text in shown)]
        assert spelled == [], name


GRAMMAR = '// ---- 比较 · comparing ----\n\n// 约。About.\n// 例 {}\n_ABOUT.3: "约" | "大约"\n'


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("例 {}☃", "no example shows it"),
        ("拒绝 {}500人", "should be refused"),
        ("实际 {}50多或60人", "is refused"),
        ("实际 {}一些", "taken for prose"),
        ("例 500人左右 | ≥三☃", "is refused"),
    ],
)
def test_an_example_of_a_wording_that_is_not_read_so_stops_the_pages(line: str, fault: str) -> None:
    text = GRAMMAR.replace("例 {}", line)
    with pytest.raises(examples.ExampleError, match=fault):
        wording.page(text, "zh")


def test_a_wording_needs_an_example_and_words_in_both_languages() -> None:
    with pytest.raises(examples.ExampleError, match="no example"):
        wording.page(GRAMMAR.replace("// 例 {}\n", ""), "zh")
    with pytest.raises(ValueError, match="a Chinese sentence, then an English one"):
        wording.page(GRAMMAR.replace("About.", ""), "zh")
    with pytest.raises(examples.ExampleError, match="no example has"):
        wording.page(GRAMMAR.replace("例 {}", "例 {}5人").replace('"大约"', "/大概其/"), "zh")


def test_every_unit_is_shown_with_every_spelling() -> None:
    shown = page("zh/language/units")
    assert [word for word in units.words() if markdown.code(word) not in shown] == []
    sections = unit_page.sections(grammar_text(unit_page.FILE))
    assert sum(len(section.units) for section in sections) == shown.count(" → ")


def test_a_unit_that_is_read_as_another_stops_the_pages() -> None:
    with pytest.raises(examples.ExampleError, match="is read as"):
        unit_page.page("# 人 · People\n人 = [人]\n户 = [户] = _ = 名\n", "zh")


def test_every_lookalike_is_shown_and_read() -> None:
    shown = page("en/language/lookalikes")
    known = [
        word
        for words in lookalikes.entries(grammar_text(lookalikes.FILE)).values()
        for word in words
    ]
    assert len(known) > 100
    assert [word for word in known if markdown.code(word) not in shown] == []
    with pytest.raises(examples.ExampleError, match="is read as"):
        lookalikes.page("% 户\n", "zh")


def test_every_list_of_the_context_is_shown_with_every_word() -> None:
    lists = {
        words.name: words
        for section in context.sections(grammar_text(context.FILE))
        for words in section.lists
    }
    read = wordlists.context()
    assert set(lists) == {f"{section}.{key}" for section, keys in read.items() for key in keys}
    assert set(lists["direction.bad"].words) == wordlists.words("direction", "bad")
    shown = page("en/language/context")
    assert [word for words in lists.values() for word in words.words if word not in shown] == []


def test_a_context_word_that_is_not_read_so_stops_the_pages() -> None:
    text = (
        '# ---- 等级 · Levels ----\n[level]\n# 等级。Levels.\n# 拒绝 {}\nscales = [["优", "良"]]\n'
    )
    with pytest.raises(
        examples.ExampleError, match=r"level.scales: the target '优' should be refused"
    ):
        context.page(text, "zh")
    with pytest.raises(ValueError, match="a Chinese sentence, then an English one"):
        context.page(text.replace("Levels.\n", "\n"), "zh")


@LANGUAGES
def test_every_type_has_words_and_examples(lang: str) -> None:
    assert set(types.names()) == set(types._examples()["type"])
    shown = page(f"{lang}/language/types")
    assert [name for name in types.names() if f"kpieval.{name}" not in shown] == []


def test_an_example_of_another_type_stops_the_pages() -> None:
    with pytest.raises(examples.ExampleError, match="not as AtMost"):
        types._typed("AtMost", "≥3人", "zh")
    with pytest.raises(examples.ExampleError, match="not as '3人'"):
        types._number("≥3人", "3人", "zh")


# --- the other references ----------------------------------------------------------------------


@LANGUAGES
def test_every_policy_has_its_page_with_points_of_the_engine(lang: str) -> None:
    assert scoring_pages.names() == [policy.name for policy in policies()]
    default = page(f"{lang}/scoring/mof-2020")
    assert "财预〔2020〕10号" in default
    assert "| `90个` | 90% | 9.00 |" in default
    assert "| `200万元` | 50% | 5.00 |" in default
    linear = page(f"{lang}/scoring/platform-standard")
    assert "| `200万元` | 50% | 0.00 |" in linear


@LANGUAGES
def test_every_code_has_one_anchor(lang: str) -> None:
    anchors = re.findall(r"^\((.+)\)=$", "\n".join(reference(lang).values()), re.M)
    assert len(anchors) == len(set(anchors))
    wanted = [*messages.codes("error"), *codes.shown("note"), *(rule.code for rule in RULES)]
    assert [code for code in wanted if codes.anchor(code, lang) not in anchors] == []


@LANGUAGES
def test_the_page_of_the_codes_says_what_explain_says(lang: str) -> None:
    entry = messages.catalogue(lang)["error"]["KP103"]
    shown = page(f"{lang}/errors")
    assert entry["title"] in shown
    assert markdown.prose(entry["page"].strip()) in shown


@LANGUAGES
def test_every_verb_shows_its_help(lang: str) -> None:
    shown = page(f"{lang}/commands")
    for verb in commands.verbs(lang):
        assert f"kpieval {verb} [" in shown, verb
        assert commands.help_of(lang, verb).strip() in shown


def test_every_schema_and_every_field_is_shown() -> None:
    shown = page("zh/schemas")
    for name in schemas.names():
        assert f"({schema_page.anchor(name, 'zh')})=" in shown
        for field in schemas.load(name).get("properties", {}):
            assert f"| `{field}` |" in shown, (name, field)


def test_every_public_name_has_its_entry() -> None:
    entries = "\n".join(text for _, text in api.pages())
    lacking = [
        name
        for name in kpieval.__all__
        if f":: kpieval.{name}\n" not in entries and name != "__version__"
    ]
    assert lacking == []


def _imported(place: Path) -> set[str]:
    """The packages that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(place.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module).partition(".")[0])
    return found


SPHINX = {"docutils", "pygments", "sphinx", "snowballstemmer"}
MODULES = {place.stem: _imported(place) for place in (DOCS / "_ext/kpidocs").glob("*.py")}


def test_only_two_modules_know_sphinx() -> None:
    assert {name for name, packages in MODULES.items() if packages & SPHINX} == {
        "searching",
        "site",
    }
    allowed = sys.stdlib_module_names | SPHINX | {"attrs", "kpidocs", "kpieval"}
    assert {
        name: packages - allowed for name, packages in MODULES.items() if packages - allowed
    } == {}


def test_what_is_made_is_not_kept() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert [folder for folder in making.MADE if f"/docs/{folder}/" not in ignored] == []


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"searching", "site"}))
def test_the_examples_of_the_generators_hold(name: str) -> None:
    module = importlib.import_module(f"kpidocs.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", ["zh/index.md", "en/index.md"])
def test_the_first_pages_tell_the_truth(name: str) -> None:
    failed, tried = doctest.testfile(str(DOCS / name), module_relative=False, encoding="utf-8")
    assert (failed, tried) == (0, 4)


# --- words, Markdown, links --------------------------------------------------------------------


def test_the_words_of_the_pages_are_there_in_both_languages() -> None:
    read = {
        lang: tomllib.loads((DOCS / f"_ext/kpidocs/words/{lang}.toml").read_text("utf-8"))
        for lang in saying.LANGUAGES
    }
    assert {key: set(words) for key, words in read["zh"].items()} == {
        key: set(words) for key, words in read["en"].items()
    }
    for key, words in read["zh"].items():
        for word, text in words.items():
            places = re.findall(r"(?<!\{)\{\w+\}", text)
            assert sorted(places) == sorted(re.findall(r"(?<!\{)\{\w+\}", read["en"][key][word]))


def test_what_markdown_would_take_for_its_own_is_escaped() -> None:
    table = markdown.table(["x"], [[markdown.prose("a|b *c* `d|e`")]])
    assert table.splitlines()[-1] == r"| a\|b \*c\* `d\|e` |"
    assert markdown.fenced("```\nx\n```").startswith("````")


def test_links_that_leave_the_folder_are_mended() -> None:
    text = "[a](../CHANGELOG.md#x) [examples/ci/](../examples/ci/) [c](../pyproject.toml) [d](ci.md) [e](https://x.y)"
    mended = links.placed(text, "docs/design.md", "docs/design.md", ROOT)
    assert mended == (
        "[a](project/changelog.md#x) examples/ci/ [c](path:../pyproject.toml) [d](ci.md) [e](https://x.y)"
    )
    fenced = "```text\n[a](../nowhere)\n```\n"
    assert links.placed(fenced, "docs/x.md", "docs/x.md", ROOT) == fenced
    with pytest.raises(links.LinkError, match="nowhere"):
        links.placed("[a](../nowhere.md)", "docs/x.md", "docs/x.md", ROOT)


def written() -> list[Path]:
    """The pages that people write."""
    made = [DOCS / folder for folder in making.MADE]
    return [
        place
        for place in sorted(DOCS.rglob("*.md"))
        if not any(place.is_relative_to(folder) for folder in (*made, DOCS / "_build"))
    ]


@pytest.mark.parametrize("place", written(), ids=lambda place: place.relative_to(DOCS).as_posix())
def test_every_link_of_a_written_page_leads_somewhere(place: Path) -> None:
    for target in links.targets(place.read_text("utf-8")):
        if links._OUTSIDE.match(target):
            continue
        path = (place.parent / target.partition("#")[0]).resolve()
        known = path.exists() or path.relative_to(ROOT).as_posix() in made_pages()
        assert known, f"{place.name}: {target}"


@cache
def made_pages() -> frozenset[str]:
    """The places of all generated pages."""
    papers = [name for name, _ in links.papers(ROOT)]
    named = [f"api/{name}.md" for name, _ in api.pages()]
    read = [f"{lang}/reference/{name}.md" for lang in saying.LANGUAGES for name in reference(lang)]
    return frozenset(f"docs/{name}" for name in (*papers, *named, *read))


def test_pages_are_written_once_and_old_ones_removed(tmp_path: Path) -> None:
    making.write(tmp_path, {"api/a.md": "a", "zh/reference/b.md": "b"})
    kept = tmp_path / "zh/own.md"
    kept.write_text("own", "utf-8")
    before = (tmp_path / "api/a.md").stat().st_mtime_ns
    making.write(tmp_path, {"api/a.md": "a"})
    assert (tmp_path / "api/a.md").stat().st_mtime_ns == before
    assert not (tmp_path / "zh/reference/b.md").exists()
    assert kept.exists()


def test_the_search_finds_chinese_words_wherever_they_stand() -> None:
    index = set(pairs.terms("绩效自评的评分规则，见 KP103 与 mof-2020。"))
    for query in ("评分规则", "绩效自评", "规则", "分", "KP103", "mof-2020"):
        wanted = [it for it in pairs.terms(query) if len(it) > 1 or len(query) == 1]
        assert set(wanted) <= index, query
    assert "效自" in index and "则见" not in index


def test_a_page_knows_its_language_and_its_counterpart() -> None:
    assert [speaking.language_of(name) for name in ("zh/x", "en/x", "api/x", "lint", "index")] == [
        *("zh", "en", "en", "en", "zh")
    ]
    assert speaking.counterpart("zh/howto/x", {"en/howto/x"}) == "en/howto/x"
    assert speaking.counterpart("lint", {"lint"}) == "zh/index"


# --- the whole site ----------------------------------------------------------------------------


@pytest.mark.long
def test_the_site_builds_without_a_warning(tmp_path: Path) -> None:
    if any(importlib.util.find_spec(name) is None for name in ("sphinx", "furo", "myst_parser")):
        pytest.skip("needs the extra docs")
    tree = tmp_path / "tree"
    # A checkout may hold much beside its files, and what is made there must stay as it is.
    beside = (".git", ".venv*", "*_cache", "__pycache__", "_build", ".hypothesis", "mutants")
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*beside))
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-b", "html"]
    done = subprocess.run(
        [*command, "docs", str(tmp_path / "site")],
        cwd=tree,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for name in ("index", "zh/index", "en/index", "zh/reference/errors", "api/constraints"):
        assert (tmp_path / "site" / f"{name}.html").is_file()
    first = (tmp_path / "site/zh/index.html").read_text("utf-8")
    assert 'lang="zh-CN"' in first
    assert 'lang="en"' in (tmp_path / "site/en/index.html").read_text("utf-8")
    if not browser.missing():
        assert "评分规则" in _found(tmp_path / "site", "评分规则")
        assert "Units" in _found(tmp_path / "site", "spellings of one unit")


def _found(site: Path, query: str) -> list[str]:
    """The titles that the search of the site finds, in a browser."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.ui import WebDriverWait

    with browser.started() as driver:
        driver.get(f"{(site / 'search.html').as_uri()}?q={query}")
        found = (By.CSS_SELECTOR, "#search-results li a")
        WebDriverWait(driver, 20).until(lambda it: it.find_elements(*found))
        return [link.text for link in driver.find_elements(*found)]
