"""Comments of the grammar files that say the same in Chinese and then in English."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from attrs import frozen

LANGUAGES = ("zh", "en")

_TURN = re.compile(r"(?<=[。：])\s*(?=[A-Z])")
_TITLE = re.compile(r"\s+·\s+")


@frozen
class Saying:
    """A sentence in both languages."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The sentence in one language."""
        return self.en if lang == "en" else self.zh


def comment(lines: Iterable[str], where: str) -> Saying:
    """The comment, Chinese first, then English from the first sentence that begins with a capital.

    >>> comment(["大约。", "Roughly."], "x")
    Saying(zh='大约。', en='Roughly.')
    """
    zh, *en = _TURN.split("\n".join(lines), maxsplit=1)
    if not en or not re.search(r"[㐀-鿿]", zh):
        raise ValueError(f"{where}: the comment must be a Chinese sentence, then an English one")
    return Saying(re.sub(r"\s*\n\s*", "", zh.strip()), " ".join(en[0].split()))


def title(line: str, where: str) -> Saying:
    """A title of the form 中文 · English.

    >>> title("比率 · Rates", "x")
    Saying(zh='比率', en='Rates')
    """
    zh, *en = _TITLE.split(line.strip(), maxsplit=1)
    if not en:
        raise ValueError(f"{where}: the title must be 中文 · English: {line}")
    return Saying(zh.strip(), en[0].strip())


@cache
def _words(lang: str) -> dict[str, str]:
    text = (Path(__file__).parent / "words" / f"{lang}.toml").read_text("utf-8")
    return {
        f"{section}.{key}": said.strip()
        for section, entries in tomllib.loads(text).items()
        for key, said in entries.items()
    }


def word(key: str, lang: str, /, **params: object) -> str:
    """A word of the pages themselves, from ``words/``."""
    return _words(lang)[key].format_map({name: str(it) for name, it in params.items()})
