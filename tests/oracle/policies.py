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
"over"       attainments of a floor from which it is remarked on, and from which a reason is asked
"mandatory"  whether that reason is a duty, for = too
"taken"      the ladder of over-completion: (attainment, share of the weight taken off), highest first
"deducts"    whether the points of a 扣减分数 column are taken off
"flags"      shares by which the score may outrun the execution, and that may stay unspent; or None
"unverified" whether every result must say that the rule is only remembered
"places"     the decimal places of points
"opened"     whether sites may change points by hand where a target is far over, or not kept
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
    "over": (Fraction(12, 10), Fraction(13, 10)),
    "mandatory": False,
    "taken": [],
    "deducts": False,
    "flags": None,
    "unverified": False,
    "places": 2,
    "opened": False,
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
    "unverified": True,
}

HUBEI: Policy = {
    **USUAL,
    "bands": (Fraction(8, 10), Fraction(5, 10)),
    "execution": 20,
    "shares": [(["产出指标"], 40), (["效益指标", "满意度指标"], 40)],
    "grades": None,
}

PLATFORM: Policy = {
    **USUAL,
    "ceiling": "linear",
    "attained": "ratio",
    "flags": (Fraction(5, 100), Fraction(20, 100)),
    "opened": True,
}

PRESETS: dict[str, Policy] = {
    "mof-2020": USUAL,
    "mof-2021-core": CORE,
    "platform-standard": PLATFORM,
    "ratio-with-rescale": {**USUAL, "rescale": True},
    "hubei-department": HUBEI,
    "guangxi-reason": {**PLATFORM, "mandatory": True},
}

DEFAULT = "mof-2020"

STEP = re.compile(r"step\((\d+(?:\.\d+)?)\)")
OWN = re.compile(r"(places|over|ladder|flags)\(([^()]*)\)")
"""What a user's own policy changes, written like a modifier; the package has no such names."""

MODIFIERS = [
    "+step(1)",
    "+step(0.5)",
    "+step(2)",
    "+tianjin-2024",
    "+tianjin-2024+step(1)",
    "+deduction",
    "+deduction+step(1)",
]

OWN_CHANGES = [
    "+ladder(1.5:0.3/1.3:0.1)",
    "+ladder(2:1/1.2:0.5/1.1:0)",
    "+deduction+ladder(1.05:0.333)",
    "+step(1)+ladder(1.5:0.25)",
    "+places(0)",
    "+places(1)+ladder(1.5:0.3/1.2:0.125)",
    "+places(3)+deduction",
    "+places(4)",
    "+over(1.1/1.5)+flags(0.1/0.05)",
    "+over(1.2/1.2)+flags(0/0)",
    "+mandatory+flags(0.05/1)",
]

MODIFIED = {name: [name + modifier for modifier in MODIFIERS] for name in PRESETS}
"""What the generator writes for each preset with modifiers."""

OWNED = {name: [name + change for change in OWN_CHANGES] for name in PRESETS}
"""The same for policies of users."""

ALL = [
    *PRESETS,
    *(name for group in (MODIFIED, OWNED) for names in group.values() for name in names),
]


def numbers(text: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(number) for number in text.split("/"))


def change_own(policy: Policy, what: str, text: str) -> None:
    if what == "places":
        policy["places"] = int(text)
    elif what == "ladder":
        policy["taken"] = [tuple(map(Fraction, step.split(":"))) for step in text.split("/")]
    else:
        policy[what] = numbers(text)


@functools.cache
def read_policy(text: str) -> Policy:
    """A preset, or a preset with modifiers and a user's changes after plus signs."""
    name, *modifiers = text.split("+")
    policy = dict(PRESETS[name])
    for modifier in modifiers:
        step = STEP.fullmatch(modifier)
        own = OWN.fullmatch(modifier)
        if step:
            policy["step"] = Fraction(step.group(1))
        elif own:
            change_own(policy, own.group(1), own.group(2))
        elif modifier == "deduction":
            policy["deducts"] = True
        elif modifier == "mandatory":
            policy["mandatory"] = True
        elif modifier == "tianjin-2024":
            # It changes no points; only an audit asks who may.
            policy["opened"] = True
        else:
            raise ValueError("unknown modifier " + modifier)
    return policy
