"""Header words -> what a column means. One closed table; everything else is an unknown column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import frozen

from kpieval.notes import Note
from kpieval.readers.faults import Malformed, MissingColumns
from kpieval.readers.grid import MAX_COLUMNS, excerpt, squeeze
from kpieval.showing import Shown
from kpieval.tables import Place


class Role(StrEnum):
    """What a column holds; the value is its English code."""

    PROJECT = "project"
    DEPARTMENT = "department"
    YEAR = "year"
    BUDGET = "budget"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "indicator"
    DESCRIPTION = "description"
    SIGN = "sign"
    TARGET = "target"
    UNIT = "unit"
    DIRECTION = "direction"
    WEIGHT = "weight"
    PREVIOUS = "previous"
    ACTUAL = "actual"
    SO_FAR = "so_far"
    LIKELIHOOD = "likelihood"
    SCORE = "score"
    REASON = "reason"
    DEDUCTION = "deduction"
    DECISION = "decision"
    DECISION_POINTS = "decision_points"
    DECISION_REASON = "decision_reason"


# The official name comes first; where a table has several names of one role, the earlier one in
# this list is the column and the others are kept as unknown ones.
WORDS: dict[Role, tuple[str, ...]] = {
    Role.PROJECT: ("项目名称", "project", "项目支出名称"),
    Role.DEPARTMENT: ("主管部门", "department", "主管部门名称", "预算部门", "部门名称", "单位名称"),
    Role.YEAR: ("年度", "year", "预算年度", "年份"),
    Role.BUDGET: ("预算数", "budget", "预算金额", "全年预算数", "项目资金总额", "年度资金总额"),
    Role.LEVEL1: ("一级指标", "level1", "一级指标名称", "一级"),
    Role.LEVEL2: ("二级指标", "level2", "二级指标名称", "二级"),
    Role.NAME: (
        *("三级指标", "indicator", "三级指标名称", "三级名称", "三级"),
        *("指标名称", "指标内容", "绩效指标"),
    ),
    Role.DESCRIPTION: ("绩效指标描述", "description", "指标描述", "指标解释", "指标说明"),
    Role.SIGN: ("计算符号", "sign", "运算符号", "指标性质"),
    Role.TARGET: (
        *("指标值", "target", "年度指标值", "绩效指标值", "指标值及单位"),
        *("目标值", "年度目标值", "预期指标值", "计划指标值"),
    ),
    Role.UNIT: ("度量单位", "unit", "计量单位", "指标单位", "单位"),
    Role.DIRECTION: ("指标方向性", "direction", "指标方向"),
    Role.WEIGHT: ("分值", "weight", "权重", "权重设定值", "指标分值", "指标权重"),
    Role.PREVIOUS: ("上年实际值", "previous", "上年实际完成值", "上年完成值"),
    Role.ACTUAL: (
        *("实际完成值", "actual", "全年实际值", "全年实际完成值", "年度实际完成值"),
        *("实际完成指标值", "实际值", "完成值", "全年完成值"),
    ),
    Role.SO_FAR: ("半年度指标执行情况", "so_far", "半年度完成值", "1-6月执行情况"),
    Role.LIKELIHOOD: ("完成目标可能性", "likelihood"),
    Role.SCORE: ("得分", "score", "自评得分"),
    Role.REASON: (
        *("偏差原因", "reason", "偏差原因分析", "偏差原因分析及改进措施", "偏差原因及改进措施"),
        *("未完成原因分析", "未完成原因分析及改进措施"),
    ),
    Role.DEDUCTION: ("扣减分数", "deduction"),
    Role.DECISION: ("人工认定结论", "decision"),
    Role.DECISION_POINTS: ("人工认定得分", "decision_points"),
    Role.DECISION_REASON: ("认定理由", "decision_reason"),
}
_ASIDE = frozenset(("绩效指标", "年度绩效指标"))
"""What stands beside all rows of an official form, before 一级指标."""

_COMPARED = frozenset((Role.TARGET, Role.WEIGHT, Role.PREVIOUS, Role.ACTUAL, Role.SO_FAR))
"""Where two columns of one meaning must say the same."""

_DIVIDED = frozenset((Role.TARGET, Role.ACTUAL, Role.PREVIOUS, Role.SO_FAR, Role.SCORE))
"""What the columns under a divided header hold."""

_VALUES = _DIVIDED | {Role.WEIGHT, Role.REASON, Role.DEDUCTION}

_RANKS = {word: (role, rank) for role, words in WORDS.items() for rank, word in enumerate(words)}
_INITIALS = frozenset(letter for word in _RANKS for letter in (word[0], word[0].upper()))
_LONGEST_HEADER = 200
_BRACKET = re.compile(r"\(([^()]*)\)$")

_HEADER_LIKE = re.compile("值|target|actual", re.IGNORECASE)


@frozen(repr=False)
class Columns(Shown):
    """The columns of a table: where each role stands, what is unknown, what was assumed.

    ``unknown`` pairs a column's place with its header (a blank header is named by its place).
    ``money`` is the unit in brackets after the budget's header, "" when there is none. ``seconds``
    are the further columns of values that have one already (全年实际值 beside 实际完成值).
    """

    places: dict[Role, int]
    unknown: tuple[tuple[int, str], ...]
    width: int
    money: str = ""
    notes: tuple[Note, ...] = ()
    seconds: tuple[tuple[Role, int], ...] = ()

    def __contains__(self, role: Role) -> bool:
        return role in self.places

    def cell(self, cells: Sequence[str], role: Role) -> str:
        """The trimmed cell of a role; "" when there is no such column or cell."""
        place = self.places.get(role)
        return "" if place is None or place >= len(cells) else cells[place].strip()


def header_word(text: str) -> tuple[str, str]:
    """A header folded for comparing, and what stands in brackets at its end.

    >>> header_word("预算数（万元）"), header_word("全年 实际值(B)")
    (('预算数', '万元'), ('全年实际值', 'B'))
    """
    if len(text) > _LONGEST_HEADER:
        return text, ""
    folded = squeeze(text).replace("（", "(").replace("）", ")").lstrip("*★")
    found = _BRACKET.search(folded)
    if found is None or found.start() == 0:
        return folded.lower() if folded.isascii() else folded, ""
    return folded[: found.start()], found[1]


def roles_of(cells: Iterable[str]) -> set[Role]:
    """The roles that the cells name, if they are taken for headers."""
    words = (header_word(cell)[0] for cell in cells if may_be_header(cell))
    return {_RANKS[word][0] for word in words if word in _RANKS}


def first_places(headers: Sequence[str]) -> dict[Role, int]:
    """Where each role is named first, with nothing refused."""
    found: dict[Role, int] = {}
    for place, header in enumerate(headers):
        word = header_word(header)[0]
        if word in _RANKS:
            found.setdefault(_RANKS[word][0], place)
    return found


def may_be_header(text: str) -> bool:
    """Whether a closer look is worth it: hostile files have millions of cells that no header is.

    >>> may_be_header("指 标 值"), may_be_header("95.3"), may_be_header("\\t")
    (True, False, False)
    """
    return len(text) <= _LONGEST_HEADER and not _INITIALS.isdisjoint(text)


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row is the header of an indicator table: names beside targets or actuals."""
    if not any(_HEADER_LIKE.search(cell) for cell in cells):
        return False
    roles = roles_of(cells)
    return Role.NAME in roles and bool(roles & {Role.TARGET, Role.ACTUAL})


def two_rows(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...] | None:
    """The one header that two rows make; None where they do not.

    Either all that the second row says are header words, which divide a header that spans several
    columns or stand under a blank one; or the second row is the header, and the first one holds
    the headers of the columns that it leaves blank.

    >>> two_rows(["三级指标", "指标值", ""], ["", "目标值", "实际完成值"])
    ('三级指标', '目标值', '实际完成值')
    >>> two_rows(["绩效指标", "", "分值"], ["三级指标", "指标值", ""])
    ('三级指标', '指标值', '分值')
    >>> two_rows(["三级指标", "指标值", "单位"], ["人数", "≥5", "人"]) is None
    True
    """
    filled = [cell for cell in lower if cell.strip()]
    if not filled or not all(may_be_header(cell) for cell in filled):
        return None
    width = max(len(upper), len(lower))
    pairs = [*zip(_padded(upper, width), _padded(lower, width), strict=True)]
    if is_header(lower):
        over_blanks = [above for above, below in pairs if above.strip() and not below.strip()]
        if not over_blanks or not all(_role(cell) in _VALUES for cell in over_blanks):
            return None
    else:
        said = {_role(cell) for cell in filled}
        if None in said or Role.NAME in said or _DIVIDED.isdisjoint(said):
            return None
    whole = tuple(below if below.strip() else above for above, below in pairs)
    return whole if is_header(whole) else None


def _role(cell: str) -> Role | None:
    word = header_word(cell)[0]
    return _RANKS[word][0] if word in _RANKS else None


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def missing_columns(
    missing: Sequence[Role], headers: Sequence[str], where: Place | str
) -> MissingColumns:
    """The error for columns that are missing: how they may be called, and what was nearly that."""
    from difflib import get_close_matches

    names = [word for role in missing for word in WORDS[role] if not word.isascii()]
    official = "/".join(WORDS[role][0] for role in missing)
    told, known = excerpt(", ".join(headers), 300), ", ".join(names)
    for header in headers:
        near = [] if _role(header) else get_close_matches(header_word(header)[0], names, n=1)
        if near:
            return MissingColumns(
                "near_header", where=where, missing=official, found=told, known=known,
                near=squeeze(header), meant=near[0],
            )  # fmt: skip
    return MissingColumns("known_headers", where=where, missing=official, found=told, known=known)


def recognise(headers: Sequence[str], where: Place | str) -> Columns:
    """What the columns under ``headers`` are.

    Raises MalformedFileError when there are too many, and when one name stands over two columns:
    which one is meant would be a guess. Where two names of one role stand side by side the
    official one is taken, noted, and the other one kept to be compared with it.
    """
    if len(headers) > MAX_COLUMNS:
        raise Malformed("columns", where=where, n=len(headers), most=MAX_COLUMNS)
    found: dict[Role, tuple[int, int]] = {}
    for place, header in enumerate(headers):
        word, _ = header_word(header)
        if word not in _RANKS:
            continue
        role, rank = _RANKS[word]
        if role in found and found[role][0] == rank:
            told = excerpt(", ".join(squeeze(it) for it in headers if it.strip()), 300)
            raise Malformed("column_twice", where=where, column=squeeze(header), found=told)
        if role not in found or rank < found[role][0]:
            found[role] = (rank, place)
    places = {role: place for role, (_, place) in found.items()}
    unknown = tuple(
        (place, header.strip() or f"#{place + 1}")
        for place, header in enumerate(headers)
        if place not in places.values()
    )
    budget = places.get(Role.BUDGET)
    money = "" if budget is None else header_word(headers[budget])[1]
    seconds = _seconds(headers, places)
    compared = tuple((role, place) for place, role in sorted(seconds.items()) if role in _COMPARED)
    notes = _notes(headers, places, seconds)
    return Columns(places, unknown, len(headers), money, notes, compared)


def _seconds(headers: Sequence[str], places: dict[Role, int]) -> dict[int, Role]:
    """The columns, by place, whose meaning another one has been taken for."""
    known = set(places.values())
    found = {}
    for place, header in enumerate(headers):
        role = _role(header) if place not in known else None
        if role is not None and not _is_aside(headers, places, place):
            found[place] = role
    return found


def _is_aside(headers: Sequence[str], places: dict[Role, int], place: int) -> bool:
    """Whether a column is the one beside all rows of an official form, before 一级指标."""
    return (
        place == 0 and squeeze(headers[0]) in _ASIDE and 0 not in places.values()
        and places.get(Role.LEVEL1) == 1
    )  # fmt: skip


def _notes(
    headers: Sequence[str], places: dict[Role, int], seconds: dict[int, Role]
) -> tuple[Note, ...]:
    taken = {place: role for role, place in places.items()}
    unknown = [
        squeeze(header) for place, header in enumerate(headers)
        if header.strip() and place not in taken and place not in seconds
        and not _is_aside(headers, places, place)
    ]  # fmt: skip
    notes = [Note.of("table.unknown_columns", columns=", ".join(unknown))] if unknown else []
    if seconds:
        used = ", ".join(squeeze(headers[places[role]]) for role in dict.fromkeys(seconds.values()))
        others = ", ".join(squeeze(headers[place]) for place in seconds)
        notes.append(Note.of("table.second_columns", taken=used, columns=others))
    for place, role in sorted(taken.items()):
        word, _ = header_word(headers[place])
        if _RANKS[word][1] > 1:
            official = WORDS[role][0]
            notes.append(Note.of("table.column_variant", column=word, official=official))
    return tuple(notes)
