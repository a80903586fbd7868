"""The self-evaluation of departments in Hubei: execution 20, output 40, effect 40, no grade."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from kpieval.formulas import Band, Bands, Ratio
from kpieval.policies import Allocation, Execution, Source, WeightPlan
from kpieval.presets.mof_2020 import POLICY as DEFAULT_POLICY

POLICY = evolve(
    DEFAULT_POLICY,
    name="hubei-department",
    title="湖北省部门自评",
    source=Source(
        document="湖北省部门自评表及填报说明",
        issuer="湖北省财政厅",
        reference="自评表及其填报说明",
        evidence="read",
        remarks="定性指标按 100–80、80–50、50–0 分三档；可以不定等级。",
        reference_en="the form and its notes",
        remarks_en=(
            "Qualitative bands of 100–80, 80–50 and 50–0 per cent; no grade need be given."
        ),
    ),
    weights=WeightPlan(
        level1=(("产出", Fraction(40)), ("效益", Fraction(40))),
        joined=(("成本", "产出"), ("效果", "效益"), ("满意度", "效益")),
        handed_on=(),
        allocation=Allocation.BY_ROW,
    ),
    execution=Execution(weight=Fraction(20), formula=Ratio()),
    qualitative=Bands(
        fully=Band(Fraction(4, 5), Fraction(1), closed=True),
        partly=Band(Fraction(1, 2), Fraction(4, 5)),
        not_=Band(Fraction(0), Fraction(1, 2)),
    ),
    grades=None,
)
