"""``_repr_html_``: every public value shows itself in a notebook, escaped and well formed."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

import kpieval
from kpieval import showing
from kpieval.demo import actuals_file, targets_file
from kpieval.showing import Shown

HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "</td></table><img src=x onerror=alert(1)>",
    "&lt;b&gt; & <",
    "a\x1b[31mb\x00\u202e\u200b\ud800",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
    "]]>-->",
]

PUBLIC = [kind for name in kpieval.__all__ if attrs.has(kind := getattr(kpieval, name))]


def lines(value: object) -> dict[str, str]:
    """The table of a value as a reader of the page sees it: field -> text."""
    table = ET.fromstring(value._repr_html_())  # type: ignore[attr-defined]
    assert (table.tag, table.findtext("caption")) == ("table", type(value).__name__)
    return {row.findtext("th") or "": "".join(row[1].itertext()) for row in table.findall("tr")}


@pytest.mark.parametrize("kind", PUBLIC, ids=lambda kind: kind.__name__)
def test_every_public_value_shows_itself(kind: type) -> None:
    assert issubclass(kind, Shown), f"class {kind.__name__}(Shown): nothing else is needed"
    assert "__dict__" not in dir(kind)


def test_the_types_are_found() -> None:
    assert {kpieval.AtMost, kpieval.Met, kpieval.Summary, kpieval.Policy} <= set(PUBLIC)
    assert len(PUBLIC) > 70


@pytest.fixture(scope="module")
def summary() -> kpieval.Summary:
    projects = kpieval.read(targets_file(), year=2024)
    return kpieval.score_tables(projects, kpieval.read_actuals(actuals_file()), kpieval.policy())


def test_a_reading_shows_its_text_and_what_it_means() -> None:
    assert lines(kpieval.parse_target("≤2.7万元")) == {
        "source": "≤2.7万元",
        "constraint": "AtMost(27000 元)",
        "canonical": "≤27000元",
        "factor": "10000",
    }


def test_verdicts_and_constraints_show_what_they_hold_and_nothing_empty() -> None:
    assert lines(kpieval.Met()) == {}
    assert lines(kpieval.Unmet("2百分点")) == {"gap": "2百分点"}
    (day,) = lines(kpieval.parse_target("2024-12-20前").constraint).values()
    assert day == "2024-12-20"
    assert lines(kpieval.Attainment(Fraction(2, 3), None)) == {"low": "2/3"}


def test_a_project_shows_its_rows_as_a_table(summary: kpieval.Summary) -> None:
    page = ET.fromstring(summary.projects[0]._repr_html_())
    (rows,) = page.iterfind("./tr/td/table")
    head, *body = (["".join(cell.itertext()) for cell in row] for row in rows)
    assert head[:3] == ["indicator.name", "indicator.text", "actual.source"]
    assert head[3:] == ["verdict", "score", "weight"]
    assert body[-1] == ["补助对象满意度", "≥90%", "88%", "Unmet(2百分点)", "9.78", "10"]
    assert len(body) == 8


def test_everything_that_scoring_gives_is_well_formed(summary: kpieval.Summary) -> None:
    seen: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, tuple):
            for each in value:
                walk(each)
        elif isinstance(value, Shown):
            seen.add(type(value).__name__)
            lines(value)
            for each in attrs.fields(type(value)):  # type: ignore[arg-type]
                walk(getattr(value, each.name))

    walk((summary, kpieval.policy("platform-standard+step(1)"), *summary.projects))
    walk(kpieval.lint_project(summary.projects[0].project))
    walk(kpieval.monitor_project(summary.projects[0].project, kpieval.Actuals(), kpieval.policy()))
    walk(
        kpieval.audit_project(
            summary.projects[0].project, kpieval.Actuals(), kpieval.Published(), kpieval.policy()
        )
    )
    assert {"IndicatorResult", "AuditedRow", "MonitoredIndicator", "Finding", "Step"} <= seen


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_cell_becomes_markup(text: str) -> None:
    row = kpieval.Indicator(
        text, text, text, text, kpieval.Target(text, kpieval.Statement(text), text)
    )
    for value in (row, kpieval.Project(text, (row, row)), kpieval.Met(text), row.target):
        page = ET.fromstring(value._repr_html_())
        assert {element.tag for element in page.iter()} <= {
            "table",
            "caption",
            "tr",
            "th",
            "td",
            "br",
        }
        assert {name for element in page.iter() for name in element.attrib} <= {"colspan"}
        said = "".join(page.itertext())
        assert all(sign.isprintable() for sign in said)
        assert showing.spelled(text) in said


def test_long_things_are_cut_and_say_so() -> None:
    rows = tuple(kpieval.ActualEntry(f"行{n}", "1") for n in range(showing.MOST_ROWS + 7))
    page = ET.fromstring(kpieval.Actuals(rows)._repr_html_())
    last = page.findall("./tr/td/table/tr")[-1]
    assert "".join(last.itertext()) == "… 7"
    assert lines(kpieval.Statement("长" * 1000)) == {"text": "长" * showing.MOST_SIGNS + "…"}
    notes = tuple(kpieval.Note.of("L03.limit", text=str(n)) for n in range(showing.MOST_ROWS + 2))
    assert lines(kpieval.Met(None, notes))["notes"].endswith("… 2")


def test_showing_needs_no_library_of_pages() -> None:
    code = "import sys, kpieval.results; print(sorted({'jinja2', 'lark', 'markupsafe'} & set(sys.modules)))"
    environ = {"PYTHONPATH": str(Path(kpieval.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, env=environ
    )
    assert done.stdout.strip() == "[]"


def test_a_value_writes_itself_as_attrs_would() -> None:
    def made(*, by_attrs: bool) -> type:
        @attrs.frozen(repr=by_attrs)
        class Sample(Shown):
            text: str
            kept: int = attrs.field(repr=False)
            more: tuple[Fraction, ...] = ()

        return Sample

    own, by_attrs = made(by_attrs=False), made(by_attrs=True)
    assert "__repr__" in vars(by_attrs)
    assert "__repr__" not in vars(own)
    assert repr(own("甲'", 1)) == repr(by_attrs("甲'", 1)) == 'Sample(text="甲\'", more=())'
    assert repr(own("", 1, (own("乙", 2),))) == repr(by_attrs("", 1, (by_attrs("乙", 2),)))
