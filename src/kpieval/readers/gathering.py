"""Tables and the text between them, in the order of a page -> the grids that hold indicators.

A page holds more than its forms: menus, notes, other tables. A table that has no header of its own
belongs to a form when it is the head of one (labels, before a table of indicators) or goes on with
one (as wide as the table above, without labels: what a page break leaves).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from attrs import define, evolve, field, frozen

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers.blocks import title_text
from kpieval.readers.columns import is_header
from kpieval.readers.continuing import is_continued, lost, says_continued, title_key, under
from kpieval.readers.grid import Grid, Row, Sheets, excerpt, row_list
from kpieval.readers.labels import DEPARTMENT, label_of

_LINES_BEFORE = 6
"""Lines of text right above a table that may say whose it is."""

_LONGEST_LINE = 300


@frozen
class Table:
    """The rows of one table; ``number`` counts the tables of the file from 1.

    ``complete`` says that the table has a header of its own, whatever it says, and so goes on
    with nothing; ``after_break`` that it begins where the one above was cut; ``by_line`` that its
    rows are numbered by the lines of the file.
    """

    number: int
    rows: tuple[Row, ...]
    complete: bool = False
    after_break: bool = False
    by_line: bool = False


Item = Row | Table


def gathered(
    items: Iterable[Item], file: str, *, fill_down: bool, notes: Sequence[Note] = ()
) -> Sheets:
    """The grids of a file made of text (loose rows) and tables."""
    gathering = _Gathering(file)
    for item in items:
        if isinstance(item, Row):
            gathering.line(item)
        elif any(is_header(row.cells) for row in item.rows):
            gathering.headed(item)
        else:
            gathering.other(item)
    return Sheets(gathering.grids(), fill_down=fill_down, notes=(*notes, *gathering.notes()))


@define
class _Group:
    """The rows of one grid, and what decides whether the next table belongs to it."""

    number: int
    header: tuple[str, ...] = ()
    rows: list[Row] = field(factory=list)
    titles: set[str] = field(factory=set)
    problems: list[KpiEvalError] = field(factory=list)

    def grid(self, name: str | None) -> Grid:
        """The grid of the group."""
        return Grid(name, tuple(self.rows), problems=tuple(self.problems))


@define
class _Gathering:
    file: str
    groups: list[_Group] = field(factory=list)
    lines: list[Row] = field(factory=list)
    """Text since the last table."""
    heads: list[Row] = field(factory=list)
    """Rows of a form's head, with the text before them, that no table has followed yet."""
    left_out: list[int] = field(factory=list)
    rows_left_out: list[Row] = field(factory=list)
    lines_left_out: list[Row] = field(factory=list)
    continued: list[int] = field(factory=list)

    def line(self, row: Row) -> None:
        self.lines.append(row)

    def headed(self, table: Table) -> None:
        """A table of indicators: the next form, or the one above under a repeated header."""
        before = [*self.heads, *self._near()]
        titles = _titles(before)
        above = self.groups[-1] if self.groups else None
        head = _head_of(table)
        new = self.heads or head or not titles <= (above.titles if above else set())
        if table.after_break:
            # The head may have been cut as well: its rows find their block by themselves.
            new = head and label_of(head[0].filled()[0]) == DEPARTMENT
        goes_on = table.after_break or titles or _continued(before)
        if above is None or new or not goes_on:
            above = _Group(table.number, titles=titles | _titles(head))
            self.groups.append(above)
        rows = table.rows if table.number == above.number else _told(table, table.rows)
        above.rows += [*before, *rows]
        above.header = next(row.cells for row in reversed(table.rows) if is_header(row.cells))
        self.heads, self.lines = [], []

    def other(self, table: Table) -> None:
        """A table without a header: a head, a continuation, or nothing that is read."""
        labelled = any(label_of(cell) for row in table.rows for cell in row.filled())
        above = self.groups[-1] if self.groups and not self.heads else None
        rows = self._continuation(table, above) if above and not labelled else None
        if above is not None and rows is not None:
            above.rows += [*self._near(), *_told(table, rows)]
            self.continued.append(table.number)
        elif labelled:
            self.heads += [*self._near(), *_told(table, table.rows)]
        else:
            self._leave_out(table.rows, table.number)
            self.lines_left_out += self.lines
        self.lines = []

    def _continuation(self, table: Table, above: _Group) -> list[Row] | None:
        """The rows of a table that goes on with the one above; None when it does not."""
        near = self._near()
        if (table.complete and not _continued(near)) or not _titles(near) <= above.titles:
            return None
        return under(above.header, table.rows)

    def _near(self) -> list[Row]:
        """The last lines before a table; those above them are counted as left out, once."""
        far = max(len(self.lines) - _LINES_BEFORE, 0)
        near = [row for row in self.lines[far:] if len(row.cells[0]) <= _LONGEST_LINE]
        kept = {id(row) for row in near}
        self.lines_left_out += [row for row in self.lines if id(row) not in kept]
        self.lines = near
        return near

    def _leave_out(self, rows: Sequence[Row], number: int) -> None:
        problem = lost(rows, self.file, f"表{number}") if self.groups else None
        if problem is not None:
            self.groups[-1].problems.append(problem)
            return
        self.rows_left_out += rows
        self.left_out.append(number)

    def grids(self) -> tuple[Grid, ...]:
        """The grids; all rows as one when there is no table of indicators."""
        if not self.groups:
            rows = (*self.heads, *self.rows_left_out, *self.lines)
            return (Grid(None, tuple(rows[:1000])),)
        self.lines_left_out += self.lines
        if self.heads:
            # A head at the end of the file: its project has no table, which is a problem of it.
            self.groups[-1].rows += self.heads
        if len(self.groups) == 1:
            return (self.groups[0].grid(None),)
        return tuple(group.grid(f"表{group.number}") for group in self.groups)

    def notes(self) -> tuple[Note, ...]:
        """What was left out, and what was taken for a continuation."""
        notes = []
        if self.continued:
            notes.append(Note.of("table.continued", tables=row_list(self.continued)))
        if self.groups and self.left_out:
            found = excerpt(" ".join(text for row in self.rows_left_out for text in row.filled()))
            told = row_list(self.left_out)
            notes.append(Note.of("table.table_skipped", tables=told, text=found))
        if self.groups and self.lines_left_out:
            lines = self.lines_left_out
            found = excerpt(" ".join(row.cells[0] for row in lines[:20]))
            notes.append(Note.of("table.lines_skipped", n=len(lines), text=found))
        return tuple(notes)


def _head_of(table: Table) -> list[Row]:
    """The rows of a table above its header, if they say anything."""
    above = takewhile(lambda row: not is_header(row.cells), table.rows)
    return [row for row in above if not row.is_blank and not is_continued("".join(row.cells))]


def _titles(rows: Iterable[Row]) -> set[str]:
    found = (title_text(row.filled()[0]) for row in rows)
    return {title_key(title) for title in found if title}


def _continued(rows: Iterable[Row]) -> bool:
    return any(says_continued(row.filled()[0]) for row in rows)


def _told(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows with the name of their table, where it takes one to know which row is meant."""
    if table.by_line:
        return rows
    return [evolve(row, table=row.table or f"表{table.number}") for row in rows]
