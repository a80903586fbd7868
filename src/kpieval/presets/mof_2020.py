"""财预〔2020〕10号: the ministry's rule for project self-evaluation, and the default."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from kpieval.formulas import Band, Bands, Ratio, Rounding
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
    name="mof-2020",
    title="项目支出绩效自评（财政部 2020）",
    source=Source(
        document="财预〔2020〕10号《项目支出绩效评价管理办法》",
        issuer="财政部",
        reference="已公开的自评表、填表说明、评分软件",
        evidence="remembered",
        in_force=dt.date(2020, 2, 25),
        remarks=(
            "权重读自已公开的表；计分公式、定性档次和等级读自填表说明和软件；文件条文是凭记忆写下的，"
            "没有核对原文。"
        ),
        reference_en="published self-evaluation tables, form notes, scoring software",
        remarks_en=(
            "The weights were read in published tables; the ratio, the bands and the grades "
            "in form notes and software; the clauses of the document are remembered, not "
            "read."
        ),
    ),
    weights=WeightPlan(
        level1=(("产出", Fraction(50)), ("效益", Fraction(30)), ("满意度", Fraction(10))),
        joined=(("成本", "产出"), ("效果", "效益")),
        handed_on=(("满意度", "效益"),),
        allocation=Allocation.BY_ROW,
    ),
    execution=Execution(weight=Fraction(10), formula=Ratio()),
    floor=Ratio(),
    ceiling=Ratio(),
    qualitative=Bands(
        fully=Band(Fraction(4, 5), Fraction(1), closed=True),
        partly=Band(Fraction(3, 5), Fraction(4, 5)),
        not_=Band(Fraction(0), Fraction(3, 5)),
    ),
    rounding=Rounding(2),
    grades=Grades((("优", Fraction(90)), ("良", Fraction(80)), ("中", Fraction(60))), "差"),
    about_tolerance=Fraction(1, 10),
    over_completion=OverCompletion(noted_at=Fraction(6, 5), reason_at=Fraction(13, 10)),
)
