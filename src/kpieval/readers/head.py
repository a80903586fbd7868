"""What the head of a form says about its project; :mod:`headreader` reads it from rows."""

from __future__ import annotations

from attrs import define, field

from kpieval.amounts import Amount
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.tables import Place


@define(eq=False, repr=False)
class Head:
    """What the head of one project says; empty fields where it says nothing.

    ``title_year`` is the year that the title or the name mentions, with the text it stood in.
    """

    name: str = ""
    department: str = ""
    implementer: str = ""
    """实施单位."""
    year: int | None = None
    title_year: tuple[int, str] | None = None
    unit: str = ""
    budget: Amount | None = None
    funds: list[tuple[str, Amount]] = field(factory=list)
    purpose: str = ""
    goals: str = ""
    outcome: str = ""
    """实际完成情况: what became of the goals, in a self-evaluation."""
    executed: tuple[str, Place] | None = None
    """The year's spending as written, with its unit, where the head has a table of funds."""
    spent_so_far: tuple[str, Place] | None = None
    """The spending of the first months (1-6月执行数), in a form for monitoring."""
    execution_score: tuple[str, str, Place] | None = None
    """The weight and the published points of the spending, where the table of funds has them."""
    place: Place | None = None
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)
