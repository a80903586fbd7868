"""How much of each module the tests must reach: the core wholly, everything else nearly."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

CORE = (
    *("errors", "messages", "notes", "exact", "units", "unitfile", "wordlists", "dates", "amounts"),
    *("constraints", "intervals", "actuals", "outcomes", "meaning", "formulas", "policies"),
    *("parsing", "rendering", "resolving", "comparing", "pairing", "verdicts", "attaining"),
    *("lasting", "basing", "requirements", "earning", "weighting", "matching", "executing"),
    *("deciding", "judging", "scoring"),
)
"""The rooms in which a fault is a wrong verdict or wrong points; packages stand for all in them."""

NEEDS = {"spark": "pyspark"}
"""Modules that cannot be imported without a library which the tests do not bring."""

ALL_FLOOR = 98.0
CORE_FLOOR = 100.0


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """The figures of the JSON report of coverage, and the modules that are under their floor."""
    modules = {_name(file): said for file, said in report["files"].items()}
    absent = sorted(name for name in modules if find_spec(NEEDS.get(name, "sys")) is None)
    modules = {name: said for name, said in modules.items() if name not in absent}
    under = {
        name: {
            "percent": round(said["summary"]["percent_covered"], 2),
            "lines": said["missing_lines"],
            "branches": said["missing_branches"],
        }
        for name, said in sorted(modules.items())
        if said["summary"]["percent_covered"] < (CORE_FLOOR if is_core(name) else ALL_FLOOR)
    }
    totals = report["totals"]
    return {
        "percent": round(totals["percent_covered"], 2),
        "branches": totals["num_branches"],
        "branches_missed": totals["missing_branches"],
        "modules": len(modules),
        "core": sum(is_core(name) for name in modules),
        "under": under,
        "absent": {name: NEEDS[name] for name in absent},
        "failures": [f"{name}: {said['percent']} %" for name, said in under.items()],
    }


def is_core(module: str) -> bool:
    """Whether a module is of the core.

    >>> is_core("parsing.folding"), is_core("readers.csvform")
    (True, False)
    """
    return module.partition(".")[0] in CORE


def _name(file: str) -> str:
    """The module of a file.

    >>> _name("src/kpieval/parsing/folding.py")
    'parsing.folding'
    """
    _, _, inside = file.replace("\\", "/").rpartition("kpieval/")
    return inside.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
