"""The one place where the readers have a target cell read."""

from __future__ import annotations

from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.readers.columns import Role
from kpieval.readers.document import Record

QUALITATIVE = frozenset(("定性", "定性指标", "定量", "定量指标"))
"""Words of a sign column that say which kind of indicator it is, and no sign."""

BLANK = frozenset(("/", "／", "—", "－", "-", "无"))
"""How people write that a sign or unit column has nothing to say."""


def read_target(record: Record, year: int | None) -> Target | TargetError:
    """The target of a row, read with its sign, unit, name and category columns.

    A text that cannot be read gives a TargetError; the row stays in the table.
    """
    text = record.get(Role.TARGET)
    sign = record.get(Role.SIGN)
    try:
        return parse_target(
            text,
            year=year,
            sign=None if sign in QUALITATIVE | BLANK else sign or None,
            unit=_said(record.get(Role.UNIT)),
            name=record.get(Role.NAME) or None,
            level1=record.get(Role.LEVEL1) or None,
            level2=record.get(Role.LEVEL2) or None,
        )
    except ReadingError as error:
        return TargetError(text, error)


def _said(text: str) -> str | None:
    return None if not text or text in BLANK else text
