"""The scoring rules as plain dicts: one for each preset, and what a modifier changes in it.

"ceiling"    what more than an upper bound leaves: "ratio" T/A, or "linear" 1 - (A - T)/T
"attained"   the same for the attainment that is reported
"from"       the share of the target from which points begin: 0, or 6/10
"ladder"     satisfaction rows are paid by the actual's own percentage
"bands"      where the words 达成 and 部分达成 begin, as shares of the weight
"step"       points that each begun unit costs; None: points follow the ratio
"execution"  the weight of the execution row; "finished": paid by whether the money was spent
"shares"     for a table without weights: 一级 names that share an amount
"rescale"    rows that do not apply hand their weight to the others
"grades"     best first; None: no grades
"""

import functools
import re
from fractions import Fraction
from typing import Any

Policy = dict[str, Any]

USUAL: Policy = {
    "ceiling": "ratio",
    "attained": "ratio",
    "from": Fraction(0),
    "ladder": False,
    "bands": (Fraction(8, 10), Fraction(6, 10)),
    "step": None,
    "execution": 10,
    "finished": False,
    "shares": [(["产出指标"], 50), (["效益指标"], 30), (["满意度指标"], 10)],
    "rescale": False,
    "grades": [("优", 90), ("良", 80), ("中", 60), ("差", 0)],
}

CORE: Policy = {
    **USUAL,
    "from": Fraction(6, 10),
    "ladder": True,
    "finished": True,
    "shares": [
        (["成本指标"], 20),
        (["产出指标"], 40),
        (["效益指标"], 20),
        (["满意度指标"], 10),
    ],
}

HUBEI: Policy = {
    **USUAL,
    "bands": (Fraction(8, 10), Fraction(5, 10)),
    "execution": 20,
    "shares": [(["产出指标"], 40), (["效益指标", "满意度指标"], 40)],
    "grades": None,
}

PLATFORM: Policy = {**USUAL, "ceiling": "linear", "attained": "ratio"}

PRESETS: dict[str, Policy] = {
    "mof-2020": USUAL,
    "mof-2021-core": CORE,
    "platform-standard": PLATFORM,
    "ratio-with-rescale": {**USUAL, "rescale": True},
    "hubei-department": HUBEI,
    "guangxi-reason": PLATFORM,
}

DEFAULT = "mof-2020"

STEP = re.compile(r"step\((\d+(?:\.\d+)?)\)")

MODIFIERS = ["+step(1)", "+step(0.5)", "+step(2)", "+tianjin-2024", "+tianjin-2024+step(1)"]

MODIFIED = {name: [name + modifier for modifier in MODIFIERS] for name in PRESETS}
"""What the generator writes for each preset with modifiers."""

ALL = [*PRESETS, *(name for names in MODIFIED.values() for name in names)]


@functools.cache
def read_policy(text: str) -> Policy:
    """A preset, or a preset with modifiers after plus signs."""
    name, *modifiers = text.split("+")
    policy = dict(PRESETS[name])
    for modifier in modifiers:
        step = STEP.fullmatch(modifier)
        if step:
            policy["step"] = Fraction(step.group(1))
        elif modifier != "tianjin-2024":
            # That one opens rows to change by hand; it changes no points.
            raise ValueError("unknown modifier " + modifier)
    return policy
