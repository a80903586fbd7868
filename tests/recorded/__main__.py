"""Record the answers anew: ``PYTHONPATH=src:tests python -m recorded``. Look at the diff."""

from __future__ import annotations

import json

from recorded.answers import TEXTS, lines, recorded

for corpus in TEXTS:
    told = (json.dumps(line, ensure_ascii=False) for line in lines(corpus))
    recorded(corpus).write_text("".join(f"{line}\n" for line in told), "utf-8")
