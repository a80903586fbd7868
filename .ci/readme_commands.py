"""Write the README's two commands to files: the first two ``sh`` blocks, each one command line.

python readme_commands.py README.md OUT      ->      OUT/1.sh, OUT/2.sh
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

WANTED = 2


def commands(readme: str) -> list[str]:
    """The first two ``sh`` blocks; each must be one command line, continued with a backslash."""
    found = re.findall(r"^```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)[:WANTED]
    if len(found) < WANTED:
        raise SystemExit(f"README.md has {len(found)} sh blocks, two are promised")
    for block in found:
        if len(block.replace("\\\n", " ").strip().splitlines()) != 1:
            raise SystemExit(f"not one command line:\n{block}")
    return found


if __name__ == "__main__":
    for number, command in enumerate(commands(Path(sys.argv[1]).read_text("utf-8")), start=1):
        (Path(sys.argv[2]) / f"{number}.sh").write_text(command, "utf-8")
