"""The words of a form's head: what a label is followed by, and what a fund may be called."""

from __future__ import annotations

import re

from kpieval.readers.columns import header_word
from kpieval.readers.grid import one_line

NAME, DEPARTMENT, YEAR, BUDGET = "name", "department", "year", "budget"
FUNDS, PURPOSE, GOALS = "funds", "purpose", "goals"
IMPLEMENTER = "implementer"
LABELS: dict[str, tuple[str, ...]] = {
    NAME: ("项目名称", "项目支出名称"),
    DEPARTMENT: (
        *("主管部门", "预算部门", "单位名称", "部门名称", "主管部门及代码", "单位"),
        *("部门", "单位代码及名称", "预算单位"),
    ),
    IMPLEMENTER: ("实施单位", "项目实施单位", "项目单位", "项目承担单位"),
    YEAR: ("年度", "预算年度", "年份"),
    BUDGET: (
        *("预算数", "预算金额", "项目资金总额", "年度资金总额", "全年预算数"),
        *("年度预算数", "资金总额", "预算总额"),
    ),
    FUNDS: ("预算规模及资金用途", "预算规模", "项目资金", "资金情况", "预算情况"),
    PURPOSE: ("资金用途", "资金使用用途"),
    GOALS: (
        *("绩效目标", "年度目标", "年度绩效目标", "年度总体目标", "项目总目标", "总体目标"),
        *("本年度绩效目标", "项目绩效目标", "总体绩效目标"),
    ),
}
_LABEL_OF = {word: label for label, words in LABELS.items() for word in words}
_FUND = (
    r"(?:其中[:：])?(?:本年|当年|上年|以前年度|中央|省级|市级|区级|县级|地方|上级|本级|一般公共预算"
    r"|政府性基金|国有资本经营预算|社会保险基金|专户|单位|事业|经营|自有|自筹|社会|其他|其它|财政)*"
    r"(?:专项|性)?(?:资金|拨款|结转资金|结转结余资金|结转|结余|收入|债券)"
)
NOTHING = frozenset(("/", "／", "—", "－", "-", "无"))
_CODED = r"(?s)[0-9]{3,}[-_ ]*(\D.*)"
_OF_WHICH = "^其中[:：]"


def label_of(text: str) -> str | None:
    """Which label a cell is; None when it is none."""
    return _LABEL_OF.get(header_word(text.strip().rstrip("：:"))[0])


def is_fund(text: str) -> bool:
    """Whether a cell is the name of a fund, such as 财政资金 or 其中：上年结转."""
    return re.fullmatch(_FUND, header_word(text)[0]) is not None


def fund_name(text: str) -> str:
    """The name of a fund without 其中 and without what stands in brackets."""
    return re.sub(_OF_WHICH, "", header_word(text)[0])


def department_code(text: str) -> str | None:
    """The department in a cell that begins with its code; None for any other cell.

    >>> department_code("560101天津市工商业联合会")
    '天津市工商业联合会'
    """
    found = re.fullmatch(_CODED, text)
    return None if found is None else one_line(found[1])


def cut_label(text: str) -> tuple[str, str] | None:
    """The label and the value of a cell that holds both (项目名称：…); None for any other.

    >>> cut_label("项目名称：甲项目"), cut_label("说明：甲项目")
    (('项目名称', '甲项目'), None)
    """
    label, colon, value = text.replace(":", "：", 1).partition("：")
    if not (colon and value.strip()) or label_of(label) in (None, FUNDS):
        return None
    return label, value.strip()


def begun_with(text: str) -> str | None:
    """The label that a row begins with, from its first cell: alone, or before its value.

    >>> begun_with("项目 名称"), begun_with("项目名称：甲项目"), begun_with("项目名称:")
    ('name', 'name', 'name')
    """
    found = cut_label(text)
    return label_of(found[0] if found else text)
