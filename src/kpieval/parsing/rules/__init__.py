"""From grammar rules to constraints: one method for each rule of ``grammar/target.lark``.

The parser calls these methods while it recognises a text; no tree is kept. Methods of values give
drafts, methods of constraints give functions that finish the constraint once the cell's context
is known (see :mod:`kpieval.drafting`).
"""

from kpieval.parsing.rules.cells import Hint, TargetRules

__all__ = ["Hint", "TargetRules"]
