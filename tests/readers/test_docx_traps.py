"""Every trap of Word: read as a person sees it, told when a choice was made."""

from __future__ import annotations

import pytest

pytest.importorskip("lxml")

from docxtraps import TRAPS, Trap

from kpieval.readers import docx


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.name for trap in TRAPS])
def test_a_trap_is_read_as_seen(trap: Trap) -> None:
    (grid,) = docx.read(trap.file(), "t.docx").grids
    assert grid.rows[1].cells == ("产出指标", "质量指标", "合格率", trap.seen)
    assert tuple(note.code for note in grid.rows[1].notes) == trap.codes
    for note in grid.rows[1].notes:
        assert dict(note.params)["cell"] == "表1 D2"
        assert note.message("zh") != note.message("en")


def test_traps_have_names_of_their_own() -> None:
    assert len({trap.name for trap in TRAPS}) == len(TRAPS)
