"""What Hypothesis knows of the public types, when, and what that costs."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from profiles import few

import kpieval
from kpieval import hypothesis_entry
from kpieval.actuals import Reading
from kpieval.constraints import Constraint, Size
from kpieval.intervals import Bound, Interval
from kpieval.strategies.registered import REGISTERED

ROOT = Path(__file__).resolve().parents[2]


def test_the_entry_point_is_the_hook() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    entry = project["entry-points"]["hypothesis"]["kpieval"]
    assert entry == f"{hypothesis_entry.__name__}:{hypothesis_entry.register.__name__}"


def test_the_hook_names_every_type_that_has_a_strategy() -> None:
    named = {
        f"{module}.{name}"
        for module, names in hypothesis_entry.TYPES.items()
        for name in names.split()
    }
    assert named == {f"{kind.__module__}.{kind.__name__}" for kind in REGISTERED}


@pytest.mark.parametrize("kind", REGISTERED, ids=lambda kind: kind.__name__)
@few(30)
@given(data=st.data())
def test_every_registered_type_is_made(kind: type, data: st.DataObject) -> None:
    assert isinstance(data.draw(st.from_type(kind)), kind)


@pytest.mark.parametrize("union", [Constraint, Size, Reading, kpieval.Constraint])
@few(60)
@given(data=st.data())
def test_unions_of_them_are_made(union: Any, data: st.DataObject) -> None:
    assert isinstance(data.draw(st.from_type(union)), union)


@few(60)
@given(...)
def test_an_annotation_is_enough(constraint: Constraint, amount: kpieval.Amount) -> None:
    assert isinstance(constraint, Constraint)
    assert isinstance(amount, kpieval.Amount)


def test_a_type_ends_at_its_simplest() -> None:
    assert repr(find(st.from_type(kpieval.AtLeast), lambda _: True)) == (
        "AtLeast(value=Amount(1 个))"
    )
    found = find(st.from_type(kpieval.Indicator), lambda _: True)
    assert found.text == "≥1个"


@given(st.from_type(Interval[Fraction]), st.from_type(Interval[dt.date]))
def test_intervals_are_not_empty(numbers: Interval[Fraction], days: Interval[dt.date]) -> None:
    assert numbers.meets(numbers) and days.meets(days)
    ends: list[Bound[dt.date] | None] = [days.lower, days.upper]
    assert all(isinstance(end.value, dt.date) and end.closed for end in ends if end is not None)


# ---- what it costs ----------------------------------------------------------------------------


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder in which the package is installed, as far as its entry points can tell."""
    info = tmp_path / "kpieval-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kpieval\nVersion: 0\n", "utf-8")
    entry = f"{hypothesis_entry.__name__}:register"
    (info / "entry_points.txt").write_text(f"[hypothesis]\nkpieval = {entry}\n", "utf-8")
    return tmp_path


def python(installed: Path, code: str) -> Any:
    """What a fresh interpreter prints as JSON."""
    path = os.pathsep.join([str(installed), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_hypothesis_alone_loads_the_hook_and_nothing_else_of_it(installed: Path) -> None:
    loaded = python(installed, "import json, sys, hypothesis; print(json.dumps([*sys.modules]))")
    assert [name for name in loaded if name.partition(".")[0] == "kpieval"] == [
        "kpieval",
        "kpieval.hypothesis_entry",
    ]
    assert not {"lark", "pint"} & {*loaded}


@pytest.mark.parametrize(
    "imports",
    [
        "import hypothesis; from kpieval import AtLeast",
        "import hypothesis; from kpieval.constraints import AtLeast",
        "from kpieval import AtLeast; import hypothesis",
    ],
)
def test_types_are_known_whichever_is_imported_first(installed: Path, imports: str) -> None:
    code = f"""
import json
{imports}
from hypothesis import find, strategies as st
print(json.dumps(repr(find(st.from_type(AtLeast), lambda _: True))))
"""
    assert python(installed, code) == "AtLeast(value=Amount(1 个))"


def test_the_types_load_without_the_strategies(installed: Path) -> None:
    code = (
        "import json, sys, hypothesis, kpieval.constraints; "
        "print(json.dumps('kpieval.strategies' in sys.modules))"
    )
    assert python(installed, code) is False
