"""What a file gives: its projects, the actuals beside them, and every row as it stood."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers.columns import Role
from kpieval.showing import Shown
from kpieval.tables import Actuals, Place, Project, Published


@frozen(repr=False)
class Source(Shown):
    """A file by its name as given (``stdin`` for ``-``) and the SHA-256 of its bytes, in hex."""

    name: str
    sha256: str


@frozen(repr=False)
class Record(Shown):
    """One row as written, under its columns; the rows keep the order of the file.

    ``cells`` holds the trimmed text of each role that has any, categories and project filled
    down; ``extra`` pairs the headers of unknown columns with theirs.
    """

    cells: Mapping[Role, str]
    place: Place
    extra: tuple[tuple[str, str], ...] = ()

    def get(self, role: Role) -> str:
        """The cell of a role; "" when the table has no such column or the cell is blank."""
        return self.cells.get(role, "")


@frozen(repr=False)
class Found(Shown):
    """One table that was recognised: where its header stands, what its columns were taken for.

    ``columns`` pairs each header as written with its role, None for an unknown column; ``rows`` are
    the rows below it that are indicators or spending.
    """

    place: Place
    columns: tuple[tuple[str, Role | None], ...]
    rows: int


@frozen(repr=False)
class Document(Shown):
    """All that was read from one file.

    ``tables`` are its tables with their columns, ``roles`` the columns that they have between
    them. ``notes`` and ``problems`` are those of the file and its tables; a project carries its
    own.
    """

    source: Source
    projects: tuple[Project, ...] = ()
    actuals: Actuals = Actuals()
    published: Published = Published()
    records: tuple[Record, ...] = ()
    roles: frozenset[Role] = frozenset()
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    tables: tuple[Found, ...] = ()
