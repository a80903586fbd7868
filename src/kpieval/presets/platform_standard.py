"""预算管理一体化: how the budget platform scores a self-evaluation by itself."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from kpieval.formulas import Linear
from kpieval.policies import Flags, HandChange, Source
from kpieval.presets.mof_2020 import POLICY as DEFAULT_POLICY

POLICY = evolve(
    DEFAULT_POLICY,
    name="platform-standard",
    title="预算管理一体化系统自动评分",
    source=Source(
        document="预算管理一体化系统的自评打分规则",
        issuer="预算管理一体化系统",
        reference="系统的实际打分行为",
        evidence="read",
        remarks="各地可以对放开的行手工改分，因此审核时对这些行的不同分数回答“无法判断”。",
        reference_en="behaviour of the platform",
        remarks_en=(
            "Sites may change the points of opened rows by hand, so an audit of a deviating "
            "score there cannot tell."
        ),
    ),
    ceiling=Linear(),
    hand_change=HandChange(floor_at=Fraction(6, 5)),
    flags=Flags(outrun=Fraction(1, 20), unspent=Fraction(1, 5)),
)
