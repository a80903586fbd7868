"""How grave a finding is, of the audit and of the lint alike."""

from __future__ import annotations

from enum import Enum


class Severity(Enum):
    """How grave a finding is.

    >>> Severity.ERROR.outweighs(Severity.NOTE), Severity.NOTE.outweighs(Severity.WARNING)
    (True, False)
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def outweighs(self, other: Severity) -> bool:
        """Whether this is at least as grave as the other."""
        order = list(Severity)
        return order.index(self) <= order.index(other)
