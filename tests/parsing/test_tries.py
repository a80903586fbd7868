"""Many words as one regular expression."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval import units
from kpieval.parsing.tries import any_of

words = st.text("人次天.*(|", min_size=1, max_size=4)


@few(7500)
@given(st.lists(words, min_size=1, max_size=8), words)
def test_it_matches_the_words_and_no_others(known: list[str], word: str) -> None:
    assert bool(re.fullmatch(any_of(known), word)) == (word in known)


@few(7500)
@given(st.lists(words, min_size=1, max_size=8), words)
def test_it_takes_the_longest_that_fits(known: list[str], text: str) -> None:
    match = re.match(any_of(known), text)
    fitting = [word for word in known if text.startswith(word)]
    assert (match[0] if match else None) == max(fitting, key=len, default=None)


def test_every_unit_is_found_whole() -> None:
    pattern = re.compile(any_of(units.words()))
    for word in units.words():
        match = pattern.match(word + "～")
        assert match is not None and match[0] == word
