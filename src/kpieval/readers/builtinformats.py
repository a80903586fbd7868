"""The number formats that a workbook names by their number alone.

openpyxl has those that are the same in every language. Numbers 27 to 36 and 50 to 58 are dates and
times whose writing depends on the language of the program; these are what a Chinese one shows
(ECMA-376, part 1, 18.8.30, zh-cn). Without them a day would be read as its serial number.
"""

from __future__ import annotations

from openpyxl.styles.numbers import BUILTIN_FORMATS

_YEAR_MONTH, _MONTH_DAY, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"', 'yyyy"年"m"月"d"日"'
_TIME, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'

_CHINESE = {
    **dict.fromkeys((27, 36, 50, 52, 57), _YEAR_MONTH),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), _MONTH_DAY),
    30: "m-d-yy",
    31: _DAY,
    **dict.fromkeys((32, 34, 55), _TIME),
    **dict.fromkeys((33, 35, 56), _SECONDS),
}

FORMATS: dict[int, str] = {**_CHINESE, **BUILTIN_FORMATS}
"""The format of each number."""
