"""The pages for users say what is so: every block is run, in both languages, with the same content."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import guides
import pytest
from guides import DOCS, LANGUAGES, PAGES

from kpieval import demo, read
from kpieval.readers.columns import WORDS

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_is_so(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KPIEVAL_LANG", raising=False)
    assert guides.read(page, tmp_path).ran >= 1


def test_both_languages_have_the_same_pages() -> None:
    chinese, english = (
        [page.removeprefix(f"{lang}/") for page in PAGES if page.startswith(f"{lang}/")]
        for lang in LANGUAGES
    )
    assert chinese == english and len(chinese) >= 15


def shape(page: Path) -> list[str]:
    """The headings by their depth, and the kinds of the blocks, of a page."""
    return re.findall(r"^(#+|```\w+|!\[)", page.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("zh/")])
def test_both_languages_say_the_same(page: str) -> None:
    assert shape(DOCS / page) == shape(DOCS / page.replace("zh/", "en/", 1))


@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("zh/")])
def test_a_chinese_paragraph_is_one_line(page: str) -> None:
    """A browser shows a line break as a blank, which Chinese has not."""
    text = re.sub(r"^```.*?^```$", "", (DOCS / page).read_text("utf-8"), flags=re.M | re.S)
    assert re.findall(r"[\u3000-\uffef]\n[\u3000-\uffef]", text) == []


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_named_before_it_is_shown(page: str) -> None:
    """The name beside the fence is not on the page that people see."""
    text = (DOCS / page).read_text("utf-8")
    for before, name in re.findall(r"^(.*)\n\n```\w+ (\w+\.\w+)$", text, re.MULTILINE):
        assert f"`{name}`" in before


def test_every_link_between_the_pages_leads_somewhere() -> None:
    made = ("reference/",)  # written from the package when the site is built
    for page in PAGES:
        text = (DOCS / page).read_text("utf-8")
        for link in re.findall(r"\]\(([^)#]+)", text):
            if not any(part in link for part in made):
                assert (DOCS / page).parent.joinpath(link).exists(), (page, link)


def test_both_readmes_say_the_same() -> None:
    assert shape(ROOT / "README.zh.md") == shape(ROOT / "README.md")


READMES = {"README.md": "targets.docx", "README.zh.md": "目标表.docx"}


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_a_readme_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (ROOT / name).read_text("utf-8")
    commands = [
        shlex.split(line, comments=True) for line in re.findall("^kpieval .*docx.*", text, re.M)
    ]
    shutil.copy(DOCS / "files/targets.docx", READMES[name])
    shutil.copy(DOCS / "files/targets.docx", "targets.docx")
    assert guides.kpieval_here(["template", "targets.docx", "-o", "填好的表.xlsx"])[0] == 0
    done = [guides.kpieval_here(words[1:]) for words in commands]
    assert [code for code, _ in done] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_shows_the_demonstration(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    shown = text.partition("```text\n")[2].partition("```")[0].splitlines()
    printed = (ROOT / "tests/golden/demo.zh.txt").read_text("utf-8").splitlines()
    assert set(filter(None, shown)) <= set(printed) and len(shown) > 8


@pytest.mark.parametrize("name", READMES)
def test_the_figures_of_a_readme_are_those_that_were_measured(name: str) -> None:
    measured = (DOCS / "accuracy.md").read_text("utf-8")
    found = re.findall(
        r"^\| ([\w-]+) (\|(?: \d+/\d+ \|){5})$", (ROOT / name).read_text("utf-8"), re.M
    )
    assert len(found) >= 5
    for parser, figures in found:
        assert re.search(rf"^\| {parser}(?: [\w.]+)? {re.escape(figures)}", measured, re.M), parser
    assert "| `real_values.jsonl` | 251 |" in measured


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_tables_names_every_column(lang: str) -> None:
    text = (DOCS / lang / "howto/tables.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`" in line]
    for words, row in zip(WORDS.values(), rows, strict=True):
        official, key, *others = words
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[:2] == [official, f"`{key}`"]
        assert re.split("、|, ", cells[2]) == (others or ["—"])


def test_the_word_file_of_the_tutorial_holds_the_published_table() -> None:
    (given,) = read(str(DOCS / "files/targets.docx"))
    published = read(str(demo.targets_file()))[0]
    for project in (given, published):
        assert project.name == "2024年工商界生活互助金"
    assert given.budget == published.budget
    assert [
        (row.level1, row.level2, row.name, row.description, row.text) for row in given.indicators
    ] == [
        (row.level1, row.level2, row.name, row.description, row.text)
        for row in published.indicators
    ]


def test_what_is_only_shown_is_how_shells_are_set_up() -> None:
    """tests/test_cli_help.py does what these lines do."""
    for page in PAGES:
        text = (DOCS / page).read_text("utf-8")
        shown = re.findall(r"<!-- shown -->\n```(\w+)\n(.*?)```", text, re.DOTALL)
        assert len(shown) == (3 if page.endswith("completion.md") else 0)
        for shell, line in shown:
            assert f"_KPIEVAL_COMPLETE={shell}_source kpieval" in line


# --- a page that lies is found out

LIES = {
    "prints": ("```sh\nkpieval parse ≥5人\n```\n\n```text\n≥6人\n```\n", "what is printed is"),
    "no command": ("```text\n≥6人\n```\n", "nothing is run that prints this"),
    "exit code": ("```sh\nkpieval parse ≥5外星币\n```\n", "ends with 1, not 0"),
    "another command": ("```sh\nrm -rf .\n```\n", "a command that nobody runs"),
    "an extra": ('```sh\npip install "kpieval[kitchen]"\n```\n', "nothing that can be installed"),
    "doctest": ("```pycon\n>>> 1 + 1\n3\n\n```\n", "Expected"),
    "a block": ("```\nkpieval\n```\n```javascript\n1\n```\n", "a block that nobody runs"),
}


@pytest.mark.parametrize(("text", "said"), LIES.values(), ids=LIES)
def test_a_page_that_lies_is_found_out(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.md").write_text(text, "utf-8")
    with pytest.raises(guides.LiesError, match=said):
        guides.read("page.md", tmp_path)


def test_what_a_page_leaves_out_stands_for_whole_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    monkeypatch.chdir(tmp_path)
    page = "```sh\nkpieval parse ≥5人 ≥6人\n```\n\n```text\n……\n{}\n```\n"
    for last, true in (("≥6人  读作  ≥6人", True), ("≥5人  读作  ≥5人", False)):
        (tmp_path / "page.md").write_text(page.format(last), "utf-8")
        if true:
            assert guides.read("page.md", tmp_path).ran == 1
        else:
            with pytest.raises(guides.LiesError):
                guides.read("page.md", tmp_path)


def test_pages_are_written_with_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guides, "DOCS", tmp_path)
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("前\n\n```sh\nkpieval parse ≥5人\n```\n\n```text\n?\n```\n\n后\n", "utf-8")
    assert guides.write("page.md", tmp_path) and not guides.write("page.md", tmp_path)
    assert "```text\n≥5人  读作  ≥5人\n```\n\n后\n" in page.read_text("utf-8")
