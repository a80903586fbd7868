"""The words of rows that close a table: totals, and lines of names, dates and remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpieval.readers.grid import squeeze

SUBTOTAL = "小计"
_TOTAL = r"(?:合计|小计|总计|总分|合计得分|总得分)(?:[（(].*[)）])?[:：]?"
_PERSON = r"(?:填表|填报|制表|审核|审批|联系|经办|复核|主管)人(?:员)?"
_OFFICE = r"(?:单位|部门|项目|财务|科室|主管|分管)*负责人"
_WORK = r"(?:填表|填报|制表|审核|联系|经办|复核)(?:单位|部门|日期|时间|电话|方式|意见)?"
_REMARK = r"(?:备注|附注|注释?|(?:填表|填报|其他|有关)?说明|日期|时间|电话|盖章|签字|签章)[0-9]*"
_FOOT = (
    rf"(?s)[（(]?(?:{_PERSON}.{{0,8}}|(?:{_PERSON}|{_OFFICE}|{_WORK}|{_REMARK})(?:[:：（()）].*)?)"
)
_FIRST = "填制审联经复主单部项财科分负备附注其有说日时电盖签"
"""What a word of a foot begins with."""


def is_total_word(text: str) -> bool:
    """Whether a cell says that its row is a total.

    >>> is_total_word("合 计"), is_total_word("总计（100分）"), is_total_word("合计人数")
    (True, True, False)
    """
    if "计" not in text and "总" not in text:
        return False
    return re.fullmatch(_TOTAL, squeeze(text)) is not None


def totals(cells: Iterable[str]) -> list[str]:
    """The cells that say that the row is a total, without white space."""
    return [squeeze(cell) for cell in cells if is_total_word(cell)]


def is_foot(text: str, *, marked: bool = False) -> bool:
    """Whether a cell begins a line of names, dates or remarks below a table.

    The word is the whole cell, or a colon or bracket follows it: 审核通过率 is an indicator. With
    ``marked``, only a colon or a bracket will do.

    >>> is_foot("填表人：张三"), is_foot("备注"), is_foot("负责人培训次数"), is_foot("审核通过率")
    (True, True, False, False)
    >>> is_foot("备注", marked=True)
    False
    """
    word = squeeze(text)
    if word[:2].lstrip("（(")[:1] not in _FIRST or re.fullmatch(_FOOT, word) is None:
        return False
    return not marked or bool(re.search("[:：（(]", word))
