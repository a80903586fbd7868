"""Score rows in many threads that begin at once, with nothing loaded before.

``threaded.py THREADS SCORES`` prints, as JSON, the digest of what each thread came to, and what
failed.
"""

from __future__ import annotations

import hashlib
import json
import sys
import threading
from fractions import Fraction
from typing import Any

ROWS = (
    ("数量指标", "培训人数", "≥600人", "640人"),
    ("数量指标", "场次", "不少于两万人次", "1.9万人次"),
    ("质量指标", "合格率", "95%", "0.95"),
    ("质量指标", "达标率", "同比增长5%", "增长6%"),
    ("成本指标", "支出", "≤2.7万元", "26500元"),
    ("成本指标", "人均", "120元/人", "118元/人"),
    ("时效指标", "完成时间", "2024年12月底前", "2024年11月3日"),
    ("时效指标", "用时", "3-5个工作日", "4个工作日"),
    ("社会效益指标", "影响", "有效提升", "达成年度指标"),
    ("满意度指标", "满意度", "约90%", "89.7%"),
)
THREADS, SCORES = 2, 100
if __name__ == "__main__":
    THREADS, SCORES = map(int, sys.argv[1:])

start = threading.Barrier(THREADS)
told: list[str] = []
failed: list[str] = []


def work(shift: int) -> None:
    """All rows from the ``shift``-th on, over and over; the results in the order of the rows."""
    start.wait()
    try:
        results = scored(shift)
    except BaseException as fault:
        failed.append(repr(fault))
        return
    told.append(hashlib.sha256("\n".join(results).encode()).hexdigest())


def scored(shift: int) -> list[str]:
    """The results of the rows; one that differs from itself some rounds ago is a failure."""
    import kpieval

    found: dict[int, Any] = {}
    for number in range(SCORES):
        at = (number + shift) % len(ROWS)
        made = result(at)
        if found.setdefault(at, made) != made:
            raise AssertionError(f"{found[at]} became {made}")
    unit = ("元", "人", "%", "公里")[shift % 4]
    quantity = kpieval.Amount(27000, kpieval.units.parse_unit(unit)).quantity
    assert quantity == quantity.to_base_units()
    return [told_of(found[at]) for at in sorted(found)]


def result(at: int) -> Any:
    """One row read, judged and scored."""
    import kpieval

    level, name, target, actual = ROWS[at]
    read = kpieval.parse_target(target, year=2024, name=name, level2=level)
    row = kpieval.Indicator("", level, name, target, read, weight=Fraction(10))
    reached = kpieval.parse_actual(actual, like=read, year=2024)
    return kpieval.score_indicator(row, reached, kpieval.policy("mof-2020"))


def told_of(made: Any) -> str:
    """All that is said of a row."""
    import kpieval

    wire = json.dumps(kpieval.to_wire(made.verdict), ensure_ascii=False)
    return f"{wire} {made.score} {kpieval.explanation(made)}"


if __name__ == "__main__":
    sys.setswitchinterval(1e-5)
    threads = [threading.Thread(target=work, args=(at,)) for at in range(start.parties)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"failed": failed, "told": told}))
