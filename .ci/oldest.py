"""Print the oldest releases that pyproject.toml allows, as constraints of pip.

python oldest.py pyproject.toml      ->      attrs==24.2 and so on, for all that the package uses
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

EXTRAS = ("cli", "office", "html", "pdf", "calendar", "bulk")
_LEAST = re.compile(r"([\w-]+)>=([\d.]+)(?:,<[\d.]+)?")


def oldest(project: str) -> list[str]:
    """The requirements, each with its lower bound alone; every one must have one."""
    made = tomllib.loads(project)["project"]
    needed = made["dependencies"]
    for extra in EXTRAS:
        needed += made["optional-dependencies"][extra]
    found = [_LEAST.fullmatch(each) for each in needed]
    if None in found:
        raise SystemExit(f"no lower bound: {needed[found.index(None)]}")
    return [f"{each[1]}=={each[2]}" for each in found if each]


if __name__ == "__main__":
    print("\n".join(oldest(Path(sys.argv[1]).read_text("utf-8"))))
