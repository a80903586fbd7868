"""The language of the search index: Chinese by pairs of characters, other words by their stems."""

from __future__ import annotations

import snowballstemmer
from sphinx.search.zh import SearchChinese

from kpidocs import pairs


class ChineseSearch(SearchChinese):
    """Sphinx's Chinese search without its dictionary."""

    js_splitter_code = pairs.SPLIT_IN_BROWSER

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__({"dict": "none"})
        self.stemmer = snowballstemmer.stemmer("english")

    def split(self, input: str) -> list[str]:
        """The terms of a text."""
        return pairs.terms(input)

    def word_filter(self, stemmed_word: str) -> bool:
        """Whether a term is kept: words of one letter are not, single characters are."""
        return bool(stemmed_word) and not (stemmed_word.isascii() and len(stemmed_word) < 2)
