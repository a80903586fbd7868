"""``PYTHONPATH=src:tests python -m house_map``: write the map of the house into CONTRIBUTING.md.

The map is made from what ``test_house`` holds the rooms to, and from the first lines of their
docstrings; ``test_contributing`` compares it with the page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from measure.__main__ import replaced
from test_house import DOOR, FLOORS, LIBRARIES, ROOT, inside, modules

PAGE = ROOT / "CONTRIBUTING.md"

ON_FLOOR = (
    "what everything stands on",
    "units, words and dates",
    "the types",
    "from text to a verdict",
    "from verdicts to points",
    "the JSON form and the sentences",
    "files in and out, and strategies for tests",
    "the command line and the plugin of pytest",
)
"""What the rooms of each floor have in common."""


def purpose(room: str) -> str:
    """The first sentence of a room's docstring."""
    said = ast.get_docstring(ast.parse(modules()[f"{DOOR}.{room}"].read_text("utf-8"))) or ""
    first = " ".join(said.partition("\n\n")[0].split()).replace("``", "`")
    return re.sub(r":\w+:`([\w.]+)`", r"`\1`", first).replace("|", r"\|")


def libraries(room: str) -> str:
    """The libraries that a room may import, each with the extra that brings it."""
    return ", ".join(
        library if extra == "core" else f"{library} ({extra})"
        for library, (extra, homes) in LIBRARIES.items()
        if library != "attrs" and any(inside(home, f"{DOOR}.{room}") for home in homes)
    )


def lines() -> Iterator[str]:
    """The map, from the lowest floor up."""
    for number, rooms in enumerate(FLOORS):
        below = f" May import floors 0 to {number}." if number else ""
        yield f"\n**Floor {number}: {ON_FLOOR[number]}.**{below}\n"
        yield "| room | what it is for | libraries, beside attrs |\n|---|---|---|"
        for room in rooms.split():
            sign = "/" if modules()[f"{DOOR}.{room}"].name == "__init__.py" else ""
            yield f"| `{room}{sign}` | {purpose(room)} | {libraries(room)} |"


def house_map() -> str:
    """The whole map as Markdown."""
    return "\n".join(lines()).strip()


if __name__ == "__main__":
    PAGE.write_text(replaced(PAGE.read_text("utf-8"), "map", house_map()), "utf-8")
