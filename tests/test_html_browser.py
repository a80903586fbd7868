"""The HTML report in a real Chromium: what a person does with it, and what hostile cells do not."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browser
import pytest
from commands import process, run, table

from kpieval import messages

pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())

ROWS = 54
"""The rows of the demonstration."""

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=https://example.invalid/x onerror=document.title="owned">',
    "</style><style>body{display:none}</style>",
    "</script><script>document.title='owned'</script>",
    "javascript:document.title='owned'",
    "</option><option selected>owned",
    "长" * 150,
    "l" * 300,
    "甲\u202e乙\x1b[31m丙",
)
OVERFLOW = "const it = document.documentElement; return it.scrollWidth - it.clientWidth"
"""By how much the page is wider than its window."""


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """One Chromium for all tests of the module."""
    with browser.started() as found:
        yield found


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of the demonstration in each language."""
    folder = tmp_path_factory.mktemp("pages")
    pages = {lang: folder / f"report.{lang}.html" for lang in messages.LANGUAGES}
    for lang, path in pages.items():
        made = process("-m", "kpieval", "demo", "--format", "html", "--lang", lang)
        path.write_bytes(made.stdout)
    return pages


@pytest.fixture
def demo(demos: dict[str, Path]) -> Path:
    """The page of the demonstration in Chinese."""
    return demos["zh"]


def shown(driver: Any) -> list[Any]:
    """The rows that can be seen, asked for in one go."""
    seen = "return [...document.querySelectorAll(arguments[0])].filter((it) => it.offsetHeight)"
    return list(driver.execute_script(seen, "tr.row"))


def said(driver: Any) -> str:
    return driver.find_element("id", "shown").text


def pick(driver: Any, name: str, value: str) -> None:
    """Choose in one of the filters."""
    box = f"select[name={name}] option[value='{value}']"
    driver.find_element("css selector", box).click()


def counted(count: int) -> str:
    return messages.term("html.shown", "zh").format(shown=count, all=ROWS)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [browser.WIDE, 800, browser.PHONE])
def test_it_loads_without_a_complaint_and_fits(
    width: int, dark: bool, lang: str, driver: Any, demos: dict[str, Path]
) -> None:
    page = demos[lang]
    browser.show(driver, page, width=width, dark=dark)
    assert browser.console(driver) == []
    assert browser.requests(driver) == [page.as_uri()]
    assert driver.execute_script(OVERFLOW) <= 0
    ground = driver.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (ground != "rgb(255, 255, 255)") is dark
    assert len(shown(driver)) == ROWS


def test_the_policy_holds_in_the_browser(driver: Any, tmp_path: Path, demo: Path) -> None:
    # The page with what an attacker would add; the checks above would not see a policy that fails.
    worse = tmp_path / "worse.html"
    added = (
        "<script>document.title='owned'</script><img src='https://example.invalid/x'>"
        "<p style='color:red' onclick='x()'>x</p></body>"
    )
    worse.write_text(demo.read_text("utf-8").replace("</body>", added), "utf-8")
    browser.show(driver, worse)
    assert driver.title == messages.term("html.title", "zh")
    complaints = " ".join(browser.console(driver))
    assert "Content Security Policy" in complaints
    for directive in ("script-src", "style-src", "default-src"):
        assert directive in complaints


def test_filters_narrow_the_rows_and_say_how_many_are_left(driver: Any, demo: Path) -> None:
    browser.show(driver, demo)
    assert said(driver) == counted(ROWS)
    pick(driver, "verdict", "unmet")
    rows = shown(driver)
    assert len(rows) == 9
    assert said(driver) == counted(9)
    assert {row.get_attribute("data-verdict") for row in rows} == {"unmet"}
    pick(driver, "verdict", "")
    driver.find_element("name", "person").click()
    rows = shown(driver)
    assert said(driver) == counted(len(rows)) == counted(6)
    assert all(messages.term("html.marked_person", "zh") in row.text for row in rows)
    sections = driver.find_elements("css selector", "section.project")
    assert [section.is_displayed() for section in sections] == [False, True, True, True, True]


def test_categories_texts_and_all_together(driver: Any, demo: Path) -> None:
    browser.show(driver, demo)
    level = driver.find_element("css selector", "select[name=category] option:nth-of-type(3)")
    level.click()
    rows = shown(driver)
    assert 0 < len(rows) < ROWS
    assert all(level.text in row.text for row in rows)
    driver.find_element("name", "text").send_keys("没有这样的文字")
    assert shown(driver) == []
    assert driver.find_element("id", "none-shown").is_displayed()
    driver.find_element("id", "clear").click()
    assert said(driver) == counted(ROWS)
    # A word that only the folded explanation holds; the case of letters is nothing.
    driver.find_element("name", "text").send_keys("逾期 15 天")
    assert [row.find_element("tag name", "button").text for row in shown(driver)] == [
        "撰写研究报告时间"
    ]


def test_the_keyboard_opens_and_closes_a_row(driver: Any, demo: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.show(driver, demo)
    driver.find_element("id", "close-all").send_keys(Keys.TAB)
    opener = driver.switch_to.active_element
    assert opener.get_attribute("class") == "opener"
    detail = driver.find_element("id", opener.get_attribute("aria-controls"))
    assert not detail.is_displayed()
    for key, opened in ((Keys.ENTER, True), (Keys.SPACE, False), (Keys.ENTER, True)):
        opener.send_keys(key)
        assert detail.is_displayed() is opened
        assert opener.get_attribute("aria-expanded") == str(opened).lower()
    assert "目标 ≤12人，实际 12人" in detail.text


def test_a_link_to_a_row_opens_it_even_when_it_is_filtered_out(driver: Any, demo: Path) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    browser.show(driver, demo)
    pick(driver, "verdict", "met")
    link = driver.find_element("css selector", "table.tasks a")
    target = driver.find_element("id", link.get_attribute("href").partition("#")[2])
    assert not target.is_displayed()
    link.click()
    # The page hears of the link's address a moment later.
    WebDriverWait(driver, 5).until(lambda _: target.is_displayed())
    assert driver.find_element("id", f"{target.get_attribute('id')}d").is_displayed()
    assert said(driver) == counted(ROWS)


def test_it_prints_whole_on_a4(driver: Any, demo: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    browser.show(driver, demo)
    pick(driver, "verdict", "unmet")
    with pdfplumber.open(io.BytesIO(browser.printed(driver))) as document:
        assert {(round(page.width), round(page.height)) for page in document.pages} == {(595, 842)}
        texts = [page.extract_text() for page in document.pages]
    # Some fonts name their glyphs by look-alikes, which the compatibility form takes back.
    texts = [unicodedata.normalize("NFKC", text) for text in texts]
    whole = "".join("".join(texts).split())
    # A met row and the reason of another: neither filtered out nor folded.
    assert "补助人员数量" in whole
    assert "逾期15天" in whole
    assert "".join(messages.term("html.reset", "zh").split()) not in whole
    head = messages.term("html.category", "zh")
    assert sum(head in text for text in texts) >= len(texts) - 3


def test_without_script_everything_can_be_read(driver: Any, demo: Path) -> None:
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.show(driver, demo)
        details = driver.find_elements("css selector", "tr.detail")
        assert len(details) == ROWS
        assert details[0].is_displayed()
        assert details[-1].is_displayed()
        assert not driver.find_element("id", "filters").is_displayed()
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_hostile_cells_stay_text(
    driver: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = ['"' + text.replace('"', '""') + '"' for text in HOSTILE]
    rows = [f"{cell},{cell},{cell},{cell},{cell},50" for cell in cells]
    page = tmp_path / "report.html"
    code, _, err = run(capsys, "score", table(tmp_path, *rows), "-o", str(page), "--lang", "zh")
    assert code == 0, err
    browser.show(driver, page, width=browser.PHONE)
    driver.find_element("id", "open-all").click()
    assert driver.execute_script(OVERFLOW) <= 0
    assert browser.console(driver) == []
    assert browser.requests(driver) == [page.as_uri()]
    assert driver.title == messages.term("html.title", "zh")
    words = driver.find_element("tag name", "main").text
    for text in HOSTILE[:-1]:
        assert words.count(text) >= 4, text
    assert r"甲\u202e乙\x1b[31m丙" in words
    assert len(driver.find_elements("css selector", "script, style, img")) == 2
