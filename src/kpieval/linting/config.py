"""The thresholds of the rules, and which rules run where."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval.findings import Severity
from kpieval.showing import Shown


@frozen
class Exemption(Shown):
    """Rules that do not hold for a project, and why; ``project`` is its name, "*" any."""

    project: str
    codes: tuple[str, ...]
    reason: str

    def covers(self, project: str, code: str) -> bool:
        """Whether a finding with this code in this project is let be."""
        return self.project in ("*", project) and code.startswith(self.codes)


@frozen
class LintConfig(Shown):
    """What is linted, and from where on. Shares are exact: 4/5 is 80 %.

    ``select`` and ``ignore`` are codes or their beginnings (``L``, ``L0``); a code in ``select``
    runs even if it is off by default. ``least_satisfaction`` and ``cost_cover`` and the like are
    conventions, not rules of any document: change them where yours differ.

    >>> LintConfig(least_satisfaction=Fraction(9, 10)).least_satisfaction
    Fraction(9, 10)
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exempt: tuple[Exemption, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    least_satisfaction: Fraction = Fraction(85, 100)
    """L16: satisfaction below this is worth a question."""
    cost_cover: Fraction = Fraction(4, 5)
    """L07: the share of the budget that cost rows should cover."""
    overshoot: Fraction = Fraction(13, 10)
    """L17: last year's actual against this year's target, from which the target is too low."""
    most_prose: Fraction = Fraction(3, 10)
    """L25: the share of rows in words."""
    most_prose_in_benefits: Fraction = Fraction(1, 2)
    """L25: the share of rows in words among the benefits."""
    heaviest: Fraction = Fraction(30)
    """L31: points of one row, of 100."""
    most_certain: Fraction = Fraction(1, 2)
    """L32: the share of rows that ask for 100 %."""
    longest_name: int = 100
    """L33: characters of a third-level name."""
    weight_sums: tuple[Fraction, ...] = (Fraction(100), Fraction(90), Fraction(80))
    """L29: what the weights of a table may make: with the budget execution, without it."""
    described: Fraction = Fraction(1, 2)
    """L27: the share of descriptions that only repeat the name."""


DEFAULTS = LintConfig()
