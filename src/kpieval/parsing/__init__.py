"""Reading cells: text to Target and text to Actual.

``targets`` and ``actuals`` are the two doors. Plain values stay in front of the parser: ``days``
written out, a sign and a unit that are ``known``, ``shapes`` that the grammar taught (``plain`` for
targets, ``measures`` for actuals). All else goes through ``target_grammar`` and ``actual_grammar``,
whose rooms a value passes in this order: ``folding`` (look-alikes), ``language`` (the parser, made
of the grammar files), ``rules`` (one method a grammar rule), ``drafting`` and ``items`` (what is
finished once the row is known), ``columns`` (the sign and unit beside the value, and what ``rows``
says of the name), ``faults`` (why a text was refused).
"""

from kpieval.parsing.actuals import parse_actual
from kpieval.parsing.answers import is_blank
from kpieval.parsing.targets import parse_target

__all__ = ["is_blank", "parse_actual", "parse_target"]
