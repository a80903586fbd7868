"""Reading cells: text to Target and text to Actual.

The rooms, in the order in which a value passes them: ``folding`` (look-alikes), ``language`` (the
parser, made of the grammar files), ``rules`` (one method a grammar rule), ``drafting`` and
``items`` (what is finished once the row is known), ``columns`` (the sign, unit and name beside the
value), ``targets`` and ``actuals`` (the two doors), ``faults`` (why a text was refused).
"""

from kpieval.parsing.actuals import parse_actual
from kpieval.parsing.answers import is_blank
from kpieval.parsing.targets import parse_target

__all__ = ["is_blank", "parse_actual", "parse_target"]
