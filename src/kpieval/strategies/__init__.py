"""Hypothesis strategies for constraints, their texts, actuals, rows, projects and policies.

Needs the extra ``testing``. The same strategies stand behind ``st.from_type`` and ``@given`` for
the public types. A failing example shrinks to what a person would have chosen: ≥1个.
"""

from __future__ import annotations

from kpieval.strategies.actuals import actuals
from kpieval.strategies.amounts import amounts
from kpieval.strategies.constraints import constraints
from kpieval.strategies.policies import policies
from kpieval.strategies.tables import indicators, projects
from kpieval.strategies.texts import texts

__all__ = ["actuals", "amounts", "constraints", "indicators", "policies", "projects", "texts"]
