"""Run the stages, keep their figures, write the page."""

from __future__ import annotations

import argparse
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from checkout import commit

from endurance import page
from endurance.running import cores
from endurance.stages import STAGES, SkippedError

LIBRARIES = (
    *("pint", "lark", "attrs", "hypothesis", "pytest", "atheris", "cn2an", "coverage"),
    "mutmut",
)


def main() -> int:
    """How many stages failed."""
    parser = argparse.ArgumentParser(prog="endurance", description=__doc__)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--short", action="store_true", help="minutes (the default)")
    form.add_argument("--long", action="store_true", help="hours")
    parser.add_argument(
        "--stage", action="append", choices=STAGES, help="only this; again for more"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="keep the figures, write the page"
    )
    options = parser.parse_args()
    figures = page.kept()
    failed = 0
    for name in options.stage or STAGES:
        print(f"{name} ...", flush=True)
        try:
            found = STAGES[name](options.long)
        except SkippedError as reason:
            print(f"  skipped: {reason}")
            continue
        found |= {"form": "long" if options.long else "short", "with": machine()}
        figures[name] = found
        failed += bool(found["failures"])
        print("  " + "\n  ".join([*page.said(name, found), *found["failures"]]), flush=True)
        if options.write:
            page.keep(figures)
            options.write.write_text(page.rendered(figures), encoding="utf-8")
    return failed


def machine() -> dict[str, Any]:
    """What the figures were measured with."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "cores": cores(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "commit": commit(),
        "libraries": {name: found for name in LIBRARIES if (found := _version(name))},
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    raise SystemExit(main())
