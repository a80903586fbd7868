"""No text of the corpora is read otherwise than recorded."""

from __future__ import annotations

import json
from itertools import zip_longest

import pytest

from recorded.answers import TEXTS, lines, recorded

ANEW = "read otherwise than recorded; if that is wanted: PYTHONPATH=src:tests python -m recorded"


@pytest.mark.parametrize("corpus", TEXTS)
def test_every_text_is_read_as_recorded(corpus: str) -> None:
    kept = recorded(corpus).read_text("utf-8").split("\n")[:-1]
    found = (json.dumps(line, ensure_ascii=False) for line in lines(corpus))
    for now, then in zip_longest(found, kept, fillvalue="no line"):
        assert now == then, ANEW
