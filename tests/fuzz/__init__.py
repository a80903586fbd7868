"""Fuzzing with atheris: three doors (text, Word, csv), each with what must hold for any bytes.

``python -m fuzz text --seconds 60 --folder DIR`` from the folder ``tests``. A finding becomes a line
of the corpus, or a file in ``fuzz/found``, before it is mended; both are replayed by every test run.
"""

from __future__ import annotations

import sys
from pathlib import Path

# The maker of Word files lives beside the tests of the readers.
_READERS = str(Path(__file__).resolve().parents[1] / "readers")
if _READERS not in sys.path:
    sys.path.append(_READERS)
