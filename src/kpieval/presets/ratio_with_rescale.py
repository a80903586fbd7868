"""The ratio rule in the notes of self-evaluation forms (Beijing 2016): A/T and T/A, rescaled."""

from __future__ import annotations

from attrs import evolve

from kpieval.policies import NotApplicable, Source
from kpieval.presets.mof_2020 import POLICY as DEFAULT_POLICY

POLICY = evolve(
    DEFAULT_POLICY,
    name="ratio-with-rescale",
    title="按完成比例计分，不适用的指标折算",
    source=Source(
        document="项目支出绩效自评表填表说明（北京 2016 年式样）",
        issuer="北京市财政局",
        reference="表后所附的填表说明",
        evidence="read",
        remarks="完成值与目标值之比计分，不超过满分；不适用的指标不计分，其余折算为满分。",
        reference_en="notes printed on the form",
        remarks_en=(
            "Points by A/T or T/A, capped at the weight; rows that do not apply are dropped "
            "and the rest rescaled."
        ),
    ),
    not_applicable=NotApplicable.RESCALE,
)
