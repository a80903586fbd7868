"""The platform's rule as Guangxi runs it: far over the target, a reason is a duty."""

from __future__ import annotations

from attrs import evolve

from kpieval.policies import Source
from kpieval.presets.platform_standard import POLICY as PLATFORM_POLICY

POLICY = evolve(
    PLATFORM_POLICY,
    name="guangxi-reason",
    title="预算管理一体化（广西），超额三成须说明原因",
    source=Source(
        document="广西壮族自治区自评打分规则",
        issuer="广西壮族自治区财政厅",
        reference="系统的实际打分行为",
        evidence="read",
        remarks="实际值达到目标值 130% 的，必须说明原因；分数与一体化系统相同。",
        reference_en="behaviour of the platform",
        remarks_en=(
            "At 130 % of a floor or = the reason is mandatory; the points are those of the "
            "platform."
        ),
    ),
    over_completion=evolve(PLATFORM_POLICY.over_completion, mandatory=True),
)
