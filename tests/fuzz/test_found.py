"""What fuzzing found, and a part of its seeds, read again without atheris."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from attrs import evolve

from fuzz import laws, separated, text
from kpieval import Actual, Indicator, IndicatorResult, Policy, parse_target, score_indicator

FOUND = Path(__file__).parent / "found"
DOORS = ("text", "word", "separated")


def checker(door: str) -> Callable[[bytes], None]:
    if door == "word":
        pytest.importorskip("lxml")
    check: Callable[[bytes], None] = import_module(f"fuzz.{door}").check
    return check


def findings() -> Iterator[tuple[str, Path]]:
    """The files of each door's folder."""
    for door in DOORS:
        for path in sorted((FOUND / door).glob("*")):
            yield door, path


@pytest.mark.parametrize(
    ("door", "path"), list(findings()), ids=lambda part: getattr(part, "name", part)
)
def test_a_finding_stays_mended(door: str, path: Path) -> None:
    checker(door)(path.read_bytes())


@pytest.mark.parametrize("door", DOORS)
def test_the_laws_hold_for_the_seeds(door: str) -> None:
    check = checker(door)
    seeds = list(import_module(f"fuzz.{door}").seeds())
    assert len(seeds) >= 10
    for seed in seeds[:: max(1, len(seeds) // 60)]:
        check(seed)


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe", b"\0" * 40, "≥90%".encode("utf-16")])
@pytest.mark.parametrize("door", DOORS)
def test_the_laws_hold_for_what_is_no_text(door: str, data: bytes) -> None:
    checker(door)(data)


def test_a_lost_figure_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    target = parse_target("≥90%")
    monkeypatch.setattr(laws, "parse_target", lambda *_, **__: target)
    with pytest.raises(laws.BrokenLawError, match="figure lost"):
        laws.figures_count("≥90%", target)


def test_a_cell_that_is_dropped_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(separated, "told", lambda sheets: "")
    with pytest.raises(laws.BrokenLawError, match="figures lost"):
        separated.check("三级指标,指标值\n甲,≥90%\n".encode())


def test_points_outside_of_the_weight_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(row: Indicator, actual: Actual, rule: Policy) -> IndicatorResult:
        return score_indicator(evolve(row, weight=text.WEIGHT * 2), actual, rule)

    monkeypatch.setattr(text, "score_indicator", too_much)
    with pytest.raises(laws.BrokenLawError):
        text.check("≥90%\n95%".encode())
