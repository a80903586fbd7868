"""The page says what the kept figures say, and no stage is left without a place on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from endurance import floors, mutants, page
from endurance.stages import STAGES

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "kpieval"
TOTALS = {"percent_covered": 100.0, "num_branches": 8, "missing_branches": 0}


def test_the_page_is_that_of_the_kept_figures() -> None:
    written = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    assert written == page.rendered(page.kept())


def test_every_stage_has_its_meaning_and_its_figures() -> None:
    assert set(page.MEANINGS) == set(STAGES)
    assert set(page.kept()) <= set(STAGES)


def test_a_failure_is_told_on_the_page() -> None:
    machine = {"python": "3.11", "system": "Linux", "cores": 2, "load": 0.5, "libraries": {}}
    broken = {"failures": ["a law"], "seconds": 3, "form": "short", "with": machine}
    text = page.rendered({"properties": broken})
    assert "- broke off\n- **failed**: a law\n" in text
    assert "Not run yet." in text


@pytest.mark.parametrize(
    ("seconds", "place"),
    [(page.CI_SECONDS, "fits there"), (page.CI_SECONDS + 1, "runs in make reliability alone")],
)
def test_the_page_says_where_coverage_is_measured(seconds: int, place: str) -> None:
    found = floors.figures({"files": {}, "totals": TOTALS}) | {"seconds": seconds}
    assert page.said("coverage", found)[-1].endswith(f"may take 240 s, so that it {place}")


def test_every_room_of_the_core_is_there() -> None:
    package = ROOT / "src" / "kpieval"
    gone = [
        name
        for name in floors.CORE
        if not ((package / name).is_dir() or (package / f"{name}.py").is_file())
    ]
    assert gone == []


@pytest.mark.parametrize(("percent", "under"), [(100.0, 0), (99.0, 1), (97.9, 2)])
def test_the_core_has_a_higher_floor(percent: float, under: int) -> None:
    file = {
        "summary": {"percent_covered": percent},
        "missing_lines": [],
        "missing_branches": [],
    }
    totals = TOTALS | {"percent_covered": percent}
    report = {
        "files": {"src/kpieval/verdicts.py": file, "src/kpieval/demo/__init__.py": file},
        "totals": totals,
    }
    assert len(floors.figures(report)["failures"]) == under


def test_every_judged_survivor_changes_lines_that_are_there() -> None:
    for one in mutants.judged():
        *module, _ = one.function.split(".")
        places = [Path(*module), Path(*module[:-1])] if module else [Path("**", "*")]
        files = [file for place in places for file in SRC.glob(f"{place}.py")]
        sources = [" ".join(file.read_text("utf-8").split()) for file in files]
        assert any(one.was.removesuffix("*") in source for source in sources), one
        assert one.reason


def test_what_survived_is_on_the_page_with_its_reason() -> None:
    survivor = {"function": "dates.last", "was": "case _: assert_never(day)", "now": ""}
    found = mutants.counted([1] * 18 + [-24, 0]) | {
        "seed": 7,
        "mutants": 900,
        "modules": 3,
        "bounds": mutants.bounds(19, 20),
        "survivors": [survivor, survivor | {"was": "a > b", "now": "a >= b"}],
    }
    share, drawn, judged, other = page.said("mutation", found)
    assert share.startswith("19 of 20 noticed (95.0 %; of all, 76.4 to 99.1 %")
    assert "18 killed, 1 hang; 1 survived, 0 that no test reaches" in share
    assert drawn == "20 of 900 mutants of 3 modules, each module in proportion, seed 7"
    assert judged.startswith("not noticed in dates.last: without `case _: assert_never(day)`. mypy")
    assert other == "not noticed in dates.last: `a > b` became `a >= b`. Not judged."
