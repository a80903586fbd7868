"""十行性质测试，找出 ledger.py 的舍入错误。Ten lines of a property find the bug in ledger.py.

用法 Usage: pytest test_ledger.py
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from ledger import within

from kpieval import AtMost, canonical
from kpieval.strategies import actuals, amounts

limits = amounts("万元", min_value=0, places=2).map(AtMost)


@given(st.data())
def test_what_meets_the_limit_is_within_it(data: st.DataObject) -> None:
    limit = data.draw(limits, "limit")
    met = actuals(limit, met=True, exact=True, unit="万元")
    spent = data.draw(met.map(lambda actual: actual.source), "spent")
    assert within(canonical(limit), spent)
