"""财预〔2021〕101号: core indicators of central units, for trial."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from kpieval.formulas import Band, Bands, ByActual, Ladder, PassGate, Rounding
from kpieval.policies import (
    Allocation,
    Execution,
    Grades,
    OverCompletion,
    Policy,
    Source,
    WeightPlan,
)

POLICY = Policy(
    name="mof-2021-core",
    title="中央部门项目支出核心绩效目标和指标（财政部 2021，试行）",
    source=Source(
        document="财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》",
        issuer="财政部",
        reference="使用者的记述",
        evidence="remembered",
        in_force=dt.date(2021, 8, 18),
        remarks="条文是凭记忆写下的，没有核对原文，用它评出的分数都标明“未经核实”。",
        reference_en="accounts of people who score by it",
        remarks_en=(
            "The clauses are remembered, not read; every result under this policy says that "
            "it is unverified."
        ),
    ),
    weights=WeightPlan(
        level1=(
            ("成本", Fraction(20)),
            ("产出", Fraction(40)),
            ("效益", Fraction(20)),
            ("满意度", Fraction(10)),
        ),
        joined=(("效果", "效益"),),
        handed_on=(("满意度", "效益"), ("成本", "产出")),
        allocation=Allocation.BY_ROW,
    ),
    execution=Execution(
        weight=Fraction(10),
        formula=Ladder(
            ((Fraction(4, 5), Fraction(7, 10)), (Fraction(3, 5), Fraction(1, 2))),
        ),
        when_finished=True,
    ),
    floor=PassGate(Fraction(3, 5)),
    ceiling=PassGate(Fraction(3, 5)),
    qualitative=Bands(
        fully=Band(Fraction(4, 5), Fraction(1), closed=True),
        partly=Band(Fraction(3, 5), Fraction(4, 5)),
        not_=Band(Fraction(0), Fraction(3, 5)),
    ),
    rounding=Rounding(2),
    grades=Grades((("优", Fraction(90)), ("良", Fraction(80)), ("中", Fraction(60))), "差"),
    about_tolerance=Fraction(1, 10),
    over_completion=OverCompletion(noted_at=Fraction(6, 5), reason_at=Fraction(13, 10)),
    unverified=True,
    by_actual=(
        ByActual(
            "满意度",
            (
                (Fraction(9, 10), Fraction(1)),
                (Fraction(4, 5), Fraction(4, 5)),
                (Fraction(3, 5), Fraction(1, 2)),
            ),
        ),
    ),
)
