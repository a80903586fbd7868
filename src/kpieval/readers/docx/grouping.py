"""Tables and the paragraphs between them -> grids: which tables are parts of one form.

Every table has a grid of its own, but for two kinds: the head of a form that is followed by the
table of its indicators, and a table that goes on after a page break.
"""

from __future__ import annotations

from attrs import define, evolve, field

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers.blocks import title_text
from kpieval.readers.columns import is_header
from kpieval.readers.continuing import is_continued, lost, title_key, under
from kpieval.readers.docx.tables import Table
from kpieval.readers.grid import Grid, Row, excerpt, squeeze
from kpieval.readers.labels import NAME, label_of

_KEPT = 5
"""Paragraphs above a table that may say what it is, where none of them is a title."""


@define
class Group:
    """The tables of one grid."""

    table: Table
    rows: list[Row] = field(factory=list)
    notes: list[Note] = field(factory=list)
    titles: set[str] = field(factory=set)
    header: tuple[str, ...] | None = None
    problems: list[KpiEvalError] = field(factory=list)

    def take(self, before: list[Row], table: Table, rows: list[Row]) -> None:
        """Add a table, its rows as given, and the paragraphs above it."""
        self.rows += [evolve(row, number=1, table=table.name) for row in before]
        self.titles |= {title_key(row.cells[0]) for row in before}
        self.rows += rows
        self.notes += table.notes
        self.header = _header(table) or self.header

    def grid(self) -> Grid:
        """The grid of the group."""
        problems = tuple(self.problems)
        return Grid(self.table.name, tuple(self.rows), tuple(self.notes), problems)


@define
class Grouping:
    """Puts the tables of a document together, top down."""

    file: str
    groups: list[Group] = field(factory=list)
    waiting: list[Row] = field(factory=list)
    outside: list[str] = field(factory=list)
    notes: list[Note] = field(factory=list)
    """Those on the body itself."""

    def paragraph(self, text: str, notes: tuple[Note, ...]) -> None:
        """A paragraph outside of any table."""
        if text:
            self.waiting.append(Row(1, (text,), loose=True, notes=notes))
        else:
            self.notes += notes

    def table(self, table: Table) -> None:
        """A table; blank ones are nothing."""
        if all(row.is_blank for row in table.rows):
            return
        above = self.groups[-1] if self.groups else None
        rows = self._continuation(above, table) if above is not None else None
        if above is not None and rows is not None:
            told = Note.of("word.continued", table=table.name, above=above.table.name)
            above.notes.append(told)
            above.take(self.waiting, table, rows)
        elif above is not None and (problem := self._lost(table)) is not None:
            above.problems.append(problem)
            self.outside += [row.cells[0] for row in self.waiting]
        else:
            self.groups.append(Group(table))
            self.groups[-1].take(self._kept(), table, table.rows)
        self.waiting = []

    def _lost(self, table: Table) -> KpiEvalError | None:
        formed = any(group.header is not None for group in self.groups)
        if not formed or table.has_form:
            return None
        return lost(table.rows, self.file, table.name)

    def _kept(self) -> list[Row]:
        """The paragraphs that belong to the next table: from its title on, or the last few."""
        titles = [n for n, row in enumerate(self.waiting) if title_text(row.cells[0]) is not None]
        start = titles[-1] if titles else max(len(self.waiting) - _KEPT, 0)
        self.outside += [row.cells[0] for row in self.waiting[:start]]
        return self.waiting[start:]

    def _continuation(self, group: Group, table: Table) -> list[Row] | None:
        """The rows of a table that goes on with the group; None when it does not."""
        if any(label_of(row.filled()[0]) == NAME for row in table.rows if not row.is_blank):
            return None
        header = _header(table)
        titles = [row.cells[0] for row in self.waiting if title_text(row.cells[0]) is not None]
        if group.header is None:
            goes_on = header is not None and not titles and group.table.has_form
            return table.rows if goes_on else None
        # Any other words between two tables may name what the second one is about.
        texts = [row.cells[0] for row in self.waiting]
        if not all(is_continued(text) or title_key(text) in group.titles for text in texts):
            return None
        if header is not None:
            return table.rows if header == group.header else None
        return None if table.has_form else under(group.header, table.rows)

    def done(self) -> tuple[list[Grid], tuple[Note, ...]]:
        """The grids, and a note on the text that belongs to none of them."""
        self.outside += [row.cells[0] for row in self.waiting]
        if not self.groups:
            rows = tuple(self.waiting)
            return ([Grid(None, rows)] if rows else []), tuple(self.notes)
        said = excerpt(" ".join(self.outside))
        count = len(self.outside)
        notes = (Note.of("word.outside", n=count, text=said),) if count else ()
        return [group.grid() for group in self.groups], (*self.notes, *notes)


def _header(table: Table) -> tuple[str, ...] | None:
    for row in table.rows:
        if is_header(row.cells):
            return tuple(squeeze(cell) for cell in row.cells)
    return None
