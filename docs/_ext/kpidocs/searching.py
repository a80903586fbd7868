"""The language of the search index: Chinese by pairs of characters, other words by their stems.

Sphinx has a Chinese of its own, with a dictionary; its page of results fails in the browser, which
is given no stemmer of the name that it asks for.
"""

from __future__ import annotations

from sphinx.search.en import SearchEnglish

from kpidocs import pairs


class ChineseSearch(SearchEnglish):  # type: ignore[misc]  # Sphinx need not be installed
    """English with Chinese in it, under the code by which Sphinx looks for Chinese."""

    lang = "zh"
    js_splitter_code = pairs.SPLIT_IN_BROWSER

    def split(self, input: str) -> list[str]:
        """The terms of a text."""
        return pairs.terms(input)

    def word_filter(self, word: str) -> bool:
        """Whether a term is kept: single Chinese characters are, single letters are not."""
        return not word.isascii() or (len(word) > 1 and bool(super().word_filter(word)))
