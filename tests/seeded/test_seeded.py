"""The faults can still be seeded: what each would change stands in the tree once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from seeded.running import ROOT, Fault, plan

PLANNED = plan()


@pytest.mark.parametrize("fault", PLANNED.faults, ids=lambda fault: fault.what)
def test_the_fault_can_be_put_into_the_tree(fault: Fault, tmp_path: Path) -> None:
    (tmp_path / fault.file).parent.mkdir(parents=True)
    shutil.copy2(ROOT / fault.file, tmp_path / fault.file)
    fault.put_into(tmp_path)
    changed = (tmp_path / fault.file).read_text("utf-8")
    assert changed != (ROOT / fault.file).read_text("utf-8")


def test_a_fault_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("one two two", "utf-8")
    for gone in ("three", "two"):
        with pytest.raises(ValueError, match=gone):
            Fault("room", "what", "a.py", ((gone, ""),)).put_into(tmp_path)


def test_there_are_enough_faults_in_enough_rooms_and_every_check_exists() -> None:
    assert len(PLANNED.faults) >= 10
    assert {"grammar", "interval", "scoring", "readers"} <= {one.room for one in PLANNED.faults}
    for paths in PLANNED.checks.values():
        assert [path for path in paths if not (ROOT / path).exists()] == []
