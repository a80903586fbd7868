"""The text form of a 绩效目标表: every cell a line that begins with a tab.

A blank line ends a row; a line that holds nothing but a tab is a blank cell; a line without a tab
goes on with the cell above, or is a title or a paragraph between two tables. A row may also be
one line with its cells between tabs.
"""

from __future__ import annotations

import re

from attrs import define, field

from kpieval.errors import NotATableError
from kpieval.readers.blocks import starts_title
from kpieval.readers.columns import WORDS, Role, header_word, may_be_header
from kpieval.readers.grid import Grid, Row, Sheets, excerpt

_CELL = re.compile(r"([ \u3000\xa0]*)\t(.*)")
_NAMES = frozenset(WORDS[Role.NAME])
_VALUES = frozenset((*WORDS[Role.TARGET], *WORDS[Role.ACTUAL]))
LOOKED_FOR = "三级指标, 指标值"


def looks_like(text: str) -> bool:
    """Whether the text has the header words of an indicator table in cells of this form."""
    return text.lstrip().startswith("[bookmark:") or _has_header(text)


def _has_header(text: str) -> bool:
    lines = text.split("\n")
    # A header in one line, at the margin, is that of a tab-separated file.
    if not any(_lone(line) and _CELL.fullmatch(line) for line in lines):
        return False
    found = (_CELL.fullmatch(line) for line in lines)
    cells = (cell for line in found if line for cell in line[2].split("\t"))
    words = {header_word(cell)[0] for cell in cells if may_be_header(cell)}
    return bool(words & _NAMES and words & _VALUES)


def _lone(line: str) -> bool:
    """Whether a cell line holds one header word and nothing else."""
    if not may_be_header(line) or "\t" in line.strip():
        return False
    return header_word(line)[0] in _NAMES


def read(text: str, file: str) -> Sheets:
    """The one grid of the text; rows are numbered by the line that they begin on.

    Raises NotATableError when no header of an indicator table is in it.
    """
    if not _has_header(text):
        found = excerpt(" ".join(text.split())) or "-"
        raise NotATableError(where=file, expected=LOOKED_FOR, found=found)
    scan = _Scan()
    for number, line in enumerate(text.split("\n"), start=1):
        scan.take(number, line)
    scan.end_row()
    return Sheets((Grid(None, tuple(scan.rows)),), fill_down=True)


@define
class _Scan:
    rows: list[Row] = field(factory=list)
    cells: list[list[str]] = field(factory=list)
    """The lines of every cell of the row at hand."""
    start: int = 0

    def take(self, number: int, line: str) -> None:
        found = _CELL.fullmatch(line)
        if found is None:
            self._outside(number, line)
            return
        parts = found[2].split("\t")
        several = len(parts) > 1
        if found[1] or several:
            # White space before the tab is the paragraph between two tables.
            self.end_row()
        if not self.cells:
            self.start = number
        self.cells += [[part] for part in parts]
        if several:
            self.end_row()

    def _outside(self, number: int, line: str) -> None:
        if not line.strip():
            self.end_row()
        elif self.cells and not starts_title(line):
            self.cells[-1].append(line)
        else:
            self.end_row()
            self.rows.append(Row(number, (line.strip(),), loose=True, line=number))

    def end_row(self) -> None:
        if self.cells:
            cells = tuple("\n".join(lines) for lines in self.cells)
            self.rows.append(Row(self.start, cells, line=self.start))
        self.cells = []
