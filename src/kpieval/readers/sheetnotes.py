"""What is told of a sheet as a whole, alike in every form of spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from kpieval.notes import Note
from kpieval.readers.grid import row_list

_MOST_COLUMNS = 20


@frozen
class Unseen:
    """What of a sheet the screen does not show, or what is no text of its cells."""

    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    """Each a column or a run of them, by their letters."""
    struck_rows: Sequence[int] = ()
    floating: int = 0
    """How many pictures, shapes and charts float over the cells."""

    def notes(self, sheet: str) -> tuple[Note, ...]:
        """The notes on the sheet; what is hidden is read all the same, the rest is not.

        >>> [note.code for note in Unseen(hidden_rows=[3], floating=1).notes("表一")]
        ['table.hidden_rows', 'table.floating']
        """
        notes = []
        if self.hidden:
            notes.append(Note.of("table.hidden_sheet", sheet=sheet))
        if self.hidden_rows:
            told = row_list(sorted(set(self.hidden_rows)))
            notes.append(Note.of("table.hidden_rows", sheet=sheet, rows=told))
        if self.hidden_columns:
            told = ", ".join(self.hidden_columns[:_MOST_COLUMNS])
            notes.append(Note.of("table.hidden_columns", sheet=sheet, columns=told))
        if self.struck_rows:
            told = row_list(sorted(set(self.struck_rows)))
            notes.append(Note.of("table.struck_rows", sheet=sheet, rows=told))
        if self.floating:
            notes.append(Note.of("table.floating", sheet=sheet, n=self.floating))
        return tuple(notes)
