"""Radicals that a PDF gives in place of the characters that they look like.

A font draws the character and its radical alike, and the maker of the file took the wrong one:
\u2f00 (a radical) for \u4e00 (one). On paper nobody can tell them apart.
"""

from __future__ import annotations

import unicodedata

_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_SUPPLEMENT = dict(
    zip(
        "⺁⺇⺋⺟⺠⺩⺬⺮⺼⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻐⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂几㔾母民王示竹肉虎衤覀西见角讠贝车辶钅長镸长门青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_FOLDED = str.maketrans({**_KANGXI, **{ord(one): other for one, other in _SUPPLEMENT.items()}})


def folded(text: str) -> str:
    """The text with the characters that the radicals look like.

    >>> folded("\\u2f00级指标"), folded("\\u2eda")
    ('一级指标', '页')
    """
    return text.translate(_FOLDED)


def count(text: str) -> int:
    """How many characters of a text would be folded."""
    return sum(ord(one) in _FOLDED for one in text)
