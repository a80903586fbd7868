"""What a report is made from: the results, and how they are to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from kpieval.reports.checks import NO_CHECKS, Checks
from kpieval.reports.remarks import NO_REMARKS, Remarks
from kpieval.showing import Shown

if TYPE_CHECKING:
    from kpieval.policies import Policy
    from kpieval.results import Summary
    from kpieval.wire.results import Source

FILE_WIDTH = 100
"""Columns of a text report that does not go to a terminal."""


@frozen(repr=False)
class Report(Shown):
    """Results with the choices of the reader; ``heading`` stands before a text report.

    ``policy`` is the one that the results are under, for reports that name its document.
    """

    summary: Summary
    sources: tuple[Source, ...] = ()
    lang: str = "zh"
    explain: bool = False
    width: int = FILE_WIDTH
    colour: bool = False
    heading: str = ""
    checks: Checks = NO_CHECKS
    remarks: Remarks = NO_REMARKS
    policy: Policy | None = None
