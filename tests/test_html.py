"""The HTML report as text: what stands in it, that it is closed in itself, that nothing gets out."""

from __future__ import annotations

import base64
import hashlib
import re
import sys
import unicodedata
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from commands import process, run, table
from hypothesis import given
from hypothesis import strategies as st

import kpieval
from kpieval import messages
from kpieval.errors import MissingExtraError
from kpieval.outcomes import Score
from kpieval.presets import policy
from kpieval.reports import format_of, render
from kpieval.reports.as_html.charts import Bar, Point, Scale, scatter
from kpieval.reports.report import Report
from kpieval.results import Summary

GOLDEN = Path(__file__).parent / "golden"
HOME = Path(kpieval.__file__).parent / "reports" / "as_html"
ROW = "甲,数量指标,培训人数,≥600人,640人,100"
HOSTILE = (
    "<script>document.title='x'</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>body{display:none}",
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "<!-- <svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt;&#60;b&#62;",
    "]]><![CDATA[",
)
VOID = {"meta", "input", "br", "link", "img"}


class Seen(HTMLParser):
    """The elements of a page, and whether each is closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.texts: dict[str, str] = {}
        self.words = ""
        self.feed(page)
        self.close()
        assert self.inside == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(dict(attrs)) == len(attrs), "an attribute stands twice"
        if tag not in VOID:
            self.inside.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] in ("style", "script"):
            self.texts[self.inside[-1]] = self.texts.get(self.inside[-1], "") + data
        else:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    def values(self, name: str) -> list[str]:
        return [str(attrs[name]) for _, attrs in self.elements if name in attrs]


def demo(capsys: pytest.CaptureFixture[str], lang: str = "zh") -> str:
    code, out, _ = run(capsys, "demo", "--format", "html", "--lang", lang)
    assert code == 0
    return out


def scored(capsys: pytest.CaptureFixture[str], folder: Path, *rows: str, options: str = "") -> str:
    """The page of a table with these rows."""
    path = table(folder, *rows)
    code, out, err = run(
        capsys, "score", path, "--format", "html", "--lang", "zh", *options.split()
    )
    assert code == 0, err
    return out


def vocabulary(seen: Seen) -> set[tuple[str, ...]]:
    """The elements that occur, each with the names of its attributes."""
    return {(tag, *sorted(attrs)) for tag, attrs in seen.elements}


def part(page: str, start: str, end: str) -> str:
    """What stands from one text up to another."""
    return start + page.partition(start)[2].partition(end)[0]


# Made by `kpieval demo --format html --lang LANG`, the first project cut out, read by a person.
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_project_is_the_golden_one(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = part(demo(capsys, lang), '<section class="project" id="p1"', '<section class="project"')
    assert found == (GOLDEN / f"demo.project.{lang}.html").read_text("utf-8")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_overview_is_the_golden_one(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = part(demo(capsys, lang), '<section id="overview"', '<section id="projects"')
    assert found == (GOLDEN / f"demo.overview.{lang}.html").read_text("utf-8")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_page_is_whole(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    seen = Seen(demo(capsys, lang))
    assert seen.all("html") == [{"lang": messages.term("html.lang", lang)}]
    identities = seen.values("id")
    assert len(identities) == len(set(identities))
    named = {name.removeprefix("#") for name in seen.values("href")}
    named |= set(seen.values("aria-controls")) | set(seen.values("aria-labelledby"))
    assert named <= set(identities)
    assert {target[0] for target in seen.values("href")} == {"#"}
    for drawing in seen.all("svg"):
        assert drawing.get("aria-label") or drawing.get("aria-hidden") == "true"


def test_style_and_script_are_allowed_by_their_hash_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    seen = Seen(demo(capsys))
    assert len(seen.all("style")) == len(seen.all("script")) == 1
    rules = next(
        attrs["content"]
        for attrs in seen.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    hashes = {
        name: base64.b64encode(hashlib.sha256(seen.texts[name].encode()).digest()).decode()
        for name in ("style", "script")
    }
    assert rules == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; "
        f"script-src 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    # What a policy of hashes would block must not be needed.
    assert not [name for _, attrs in seen.elements for name in attrs if name.startswith("on")]
    assert seen.values("style") == []


def test_nothing_is_fetched(capsys: pytest.CaptureFixture[str]) -> None:
    seen = Seen(demo(capsys))
    assert not {"link", "img", "iframe", "object", "image", "use", "base"} & {
        tag for tag, _ in seen.elements
    }
    for name in ("src", "srcset", "action", "poster", "xlink:href"):
        assert seen.values(name) == []
    assert set(re.findall(r"url\(([^)]*)\)", seen.texts["style"])) == {"#hatch"}
    assert "@import" not in seen.texts["style"]
    assert not re.search(r"fetch|XMLHttp|innerHTML|eval|import\(", seen.texts["script"])


def test_equal_input_gives_equal_bytes() -> None:
    made = [
        process("-m", "kpieval", "demo", "--format", "html", PYTHONHASHSEED=seed, TZ=zone).stdout
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    ]
    assert made[0] == made[1]
    assert made[0].endswith(b"</html>\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_makes_no_element(
    text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def page(said: str) -> Seen:
        cell = '"' + said.replace('"', '""') + '"'
        rows = (f"{cell},{cell},{cell},{cell},{cell},50", f"{cell},质量指标,合格,≥90%,{cell},50")
        return Seen(scored(capsys, tmp_path, *rows))

    hostile = page(text)
    assert vocabulary(hostile) <= vocabulary(Seen(demo(capsys))) | vocabulary(page("无害的话"))
    assert hostile.texts == page("无害的话").texts
    assert len(hostile.all("script")) == len(hostile.all("style")) == 1
    assert hostile.words.count(text) >= 4


def test_control_and_bidirectional_characters_are_spelled_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = scored(capsys, tmp_path, "甲\u202e乙,数量指标,人\x1b[31m数\u200b,≥600人,640人,100")
    assert r"甲\u202e乙" in page
    assert r"人\x1b[31m数\u200b" in page
    unseen = {char for char in page if unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs")}
    assert unseen == {"\n"}


def test_one_project_is_compared_with_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one = scored(capsys, tmp_path, ROW)
    two = scored(capsys, tmp_path, ROW, ROW.replace("甲", "乙"))
    for kind in ('class="overview', 'class="grades"'):
        assert kind not in one
        assert kind in two
    assert messages.term("html.mean", "zh") not in one
    assert messages.term("html.mean", "zh") in two


def test_no_project_at_all_is_a_page_too() -> None:
    page = render("html", Report(Summary((), "mof-2020")))
    assert isinstance(page, str)
    assert messages.term("html.no_projects", "zh") in Seen(page).words


def test_a_rule_that_was_never_compared_says_so_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = messages.term("html.unverified", "zh")
    assert said not in scored(capsys, tmp_path, ROW)
    page = scored(capsys, tmp_path, ROW, options="--policy mof-2021-core")
    assert said in page.partition('<section id="overview"')[0]


def test_the_head_names_the_rule_with_its_document_and_the_files(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = scored(capsys, tmp_path, ROW, options="--year 2024")
    head = part(page, "<header", "</header>")
    rule = policy("mof-2020")
    for text in (rule.title, rule.source.document, rule.source.issuer, "2024", "table.csv"):
        assert text in head
    data = (tmp_path / "table.csv").read_bytes()
    assert hashlib.sha256(data).hexdigest() in head


def test_the_suffix_is_enough(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert format_of("report.HTM") == format_of("report.html") == "html"
    out = tmp_path / "report.html"
    code, _, _ = run(capsys, "score", table(tmp_path, ROW), "-o", str(out), "--lang", "en")
    assert code == 0
    assert out.read_text("utf-8").startswith('<!DOCTYPE html>\n<html lang="en">')


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    monkeypatch.delitem(sys.modules, "kpieval.reports.as_html.page", raising=False)
    with pytest.raises(MissingExtraError, match=re.escape('pip install "kpieval[html]"')):
        render("html", Report(Summary((), "mof-2020")))


def test_every_word_of_the_page_is_used() -> None:
    text = "".join(
        path.read_text("utf-8") for path in sorted(HOME.rglob("*")) if path.suffix in (".py", ".j2")
    )
    keys = [key for key in messages.catalogue("zh")["term"] if key.startswith("html.")]
    unused = [
        key
        for key in keys
        if not re.search(rf"""['"](html\.)?{key.removeprefix("html.")}['"]""", text)
    ]
    assert keys
    assert unused == []


# --- colours -------------------------------------------------------------------------------------


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in parts]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_the_contrast_that_wcag_asks(scheme: str) -> None:
    css = (HOME / "templates" / "style.css").read_text("utf-8")
    light, _, rest = css.partition("@media screen and (prefers-color-scheme: dark)")
    found = colours(light)
    dark = colours(rest.partition("\n}\n")[0])
    assert set(dark) == set(found)
    if scheme == "dark":
        found = dark
    for ink in ("ink", "muted", "link", "met", "unmet", "open"):
        for ground in ("ground", "panel"):
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    for name in ("met", "unmet", "open"):
        assert contrast(found[name], found[f"{name}-ground"]) >= 4.5, name
    for ground in ("ground", "track"):
        assert contrast(found["bar"], found[ground]) >= 3, ground
    assert contrast(found["strong-line"], found["ground"]) >= 3


# --- charts --------------------------------------------------------------------------------------

NUMBERS = st.fractions(0, 300, max_denominator=1000)


@given(NUMBERS, NUMBERS, st.fractions("1/100", 200, max_denominator=1000))
def test_a_bar_stays_on_its_scale(one: Fraction, other: Fraction, full: Fraction) -> None:
    bar = Bar.of(Score(min(one, other), max(one, other)), full, 200)
    assert bar is not None
    ends = Fraction(bar.sure), Fraction(bar.open_at) + Fraction(bar.open)
    assert 0 <= ends[0] <= 200
    assert 0 <= ends[1] <= 200 + Fraction(1, 100)  # two roundings
    if max(one, other) <= full:
        assert abs(ends[0] - min(one, other) * 200 / full) <= Fraction(1, 100)


@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=2, max_size=8))
def test_every_project_lies_within_the_chart(found: list[tuple[Fraction, ...]]) -> None:
    points = [Point("", "", rate, Score(min(a, b), max(a, b))) for rate, a, b in found]
    chart = scatter(points)
    assert chart is not None
    assert len(chart.dots) == len(points)
    for scale in (chart.across, chart.up):
        assert 2 <= len(scale.ticks) <= 8
        assert scale.ticks[-1] == scale.high
    for dot in chart.dots:
        assert chart.left <= Fraction(dot.x) <= chart.right
        assert chart.top <= Fraction(dot.high) <= chart.bottom
        assert Fraction(dot.high) + Fraction(dot.height) <= chart.bottom + Fraction(1, 100)


def test_a_larger_value_stands_further_along() -> None:
    scale = Scale.over([Fraction(82), Fraction(97)])
    assert scale.share(Fraction(82)) < scale.share(Fraction(97)) <= 1


def test_nothing_to_get_gives_no_bar_and_one_project_no_chart() -> None:
    assert Bar.of(Score.exactly(Fraction(0)), Fraction(0), 200) is None
    assert scatter([Point("1", "", Fraction(90), Score.exactly(Fraction(90)))]) is None
