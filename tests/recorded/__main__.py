"""Record everything anew: ``PYTHONPATH=src:tests python -m recorded``. Look at the diff."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from recorded import answers, crossings, scores


def write(file: Path, lines: Iterable[answers.Line]) -> None:
    """Write a recording."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(f"{answers.as_text(line)}\n" for line in lines), "utf-8")


for corpus in answers.TEXTS:
    write(answers.recorded(corpus), answers.lines(corpus))
for policy in scores.POLICIES:
    write(scores.recorded(policy), scores.lines(policy))
write(answers.recorded("crossed"), crossings.cells())
write(scores.HERE / "scores" / "crossed.jsonl", crossings.rows())
