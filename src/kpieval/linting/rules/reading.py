"""Cells that cannot be read, or not as they stand: L00, L09, L11, L45."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kpieval import wordlists
from kpieval.constraints import Statement, TargetError
from kpieval.errors import (
    AlternativesError,
    AmbiguousScaleError,
    ContradictionError,
    ImpossibleDateError,
    MissingYearError,
    NoTargetError,
    NumeralError,
    OcrDamageError,
    ReadingError,
    RecurringDateError,
    ReversedBoundsError,
    Span,
    TargetSyntaxError,
    UnknownUnitError,
    VagueNumberError,
)
from kpieval.findings import Severity
from kpieval.linting import lexicon
from kpieval.linting.rule import Hit, rule
from kpieval.linting.rules.money import is_execution
from kpieval.linting.sheets import Row, Sheet
from kpieval.linting.writing import without_sign
from kpieval.notes import Note
from kpieval.parsing import parse_target
from kpieval.parsing.damage import proposal


@rule("L00", Severity.ERROR, family="unread")
def cannot_be_read(sheet: Sheet) -> Iterator[Hit]:
    """The value cannot be read.

    What: the cell is no value that the grammar knows; the finding names the code of the reading
    error, which ``kpieval explain`` tells about, and marks the place. Cells that are blank, hold
    filler characters or were damaged by a scanner have rules of their own.
    Why: what cannot be read cannot be scored (不可衡量).

    标题：指标值读不懂
    检查：单元格不是语法认识的写法；给出读取错误的代码（可用 ``kpieval explain`` 查看），
    并标出位置。空白、占位符号、扫描损坏另有规则。
    原因：不可衡量：读不懂就没法计分。

    Bad:
        产出/数量 | 培训费 | ≥5外星币

        产出/数量 | 培训人数 | 几十人

        产出/质量 | 合格率 | ≥90%以下

        产出/成本 | 绿化、水电费等成本 | M.8万元

        产出/数量 | 培训人数 | 30人或40人

        产出/时效 | 完成时间 | 12月底前
    Good:
        产出/数量 | 培训人数 | ≥30人
        年度 2024
        产出/时效 | 完成时间 | 12月底前
    """
    for row in sheet.rows:
        error = _error(row)
        if error is not None and not _is_told_elsewhere(row, error):
            yield Hit(row, _why(error), span=error.span)


def _error(row: Row) -> ReadingError | None:
    target = row.indicator.target
    return target.error if isinstance(target, TargetError) else None


def _is_told_elsewhere(row: Row, error: ReadingError) -> bool:
    if isinstance(error, NoTargetError | OcrDamageError):
        return True
    return _is_blank(row) or _filler(row) is not None


def _why(error: ReadingError) -> Note:
    """The sentence of an error: what is at fault decides what to do."""
    marked, code = _marked(error), error.code
    match error:
        case UnknownUnitError():
            unit, near = error.params.get("unit", ""), error.params.get("near", "")
            return Note.of("L00.unit", marked=marked, code=code, unit=unit, near=near)
        case MissingYearError():
            return Note.of("L00.year", marked=marked, code=code)
        case (
            VagueNumberError() | AlternativesError() | AmbiguousScaleError() | RecurringDateError()
        ):
            return Note.of("L00.vague", marked=marked, code=code)
        case ContradictionError() | ReversedBoundsError() | ImpossibleDateError():
            return Note.of("L00.contradiction", marked=marked, code=code)
        case _:
            return Note.of("L00", marked=marked, code=code)


def _marked(error: ReadingError) -> str:
    """The text with the fault marked; of a long text only what stands around it."""
    start, end = error.span
    before, found, after = error.source[:start], error.source[start:end], error.source[end:]
    if len(before) > _AROUND:
        before = f"…{before[-_AROUND:]}"
    return f"{before}【{_cut(found, 2 * _AROUND)}】{_cut(after, _AROUND)}"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


_AROUND = 20


@rule("L09", Severity.ERROR, family="unread")
def nothing_written(sheet: Sheet) -> Iterator[Hit]:
    """The cell holds no target.

    What: it is empty, a dash, 待定, a placeholder (≥**人次), or only a sign or a unit. A row that
    says itself that it does not apply is a note; the form's own row of the budget execution needs
    no value. A file in which no row has a value is a blank template and told once.
    Why: a required field is missing (不可衡量).

    标题：没有填写指标值
    检查：空白、“/”“—”“待定”、占位符号（≥**人次），或者只有符号、只有单位。
    名称写明不适用的行只作提示；表格自带的预算执行行不必填。整份文件都没有值时是空白模板，
    只说一次。
    原因：不可衡量：必填项缺失。

    Bad:
        产出/数量 | 培训人次 | ≥**人次
        产出/质量 | 合格率 | ≥90%

        产出/数量 | 培训人数 | 待定

        产出/数量 | 培训人数 | ≥/

        产出/数量 | 培训人次 | ≥**人次
        产出/质量 | 合格率 | ≥**%

        效益/生态 | 本项目不适用此指标 | 无
    Good:
        产出/数量 | 培训人次 | ≥600人次
        产出/质量 | 安全事故 | 无事故
        预算执行/预算执行 | 预算执行率 | —
    """
    for row in sheet.rows:
        if not _is_blank(row) or (is_execution(row) and row.says("cost", "execution")):
            continue
        if _says_none(row):
            note = Note.of("L09.none", name=row.name, text=row.text)
            yield Hit(row, note, severity=Severity.NOTE)
        else:
            yield Hit(row, Note.of("L09", text=row.text))


def _is_blank(row: Row) -> bool:
    """Whether nothing is asked: no target at all, or a sign before a word for nothing."""
    if isinstance(_error(row), NoTargetError):
        return True
    if _error(row) is None and not isinstance(row.constraint, Statement):
        return False
    rest = without_sign(row.text)
    return rest != row.text and rest in wordlists.words("empty", "words")


def _says_none(row: Row) -> bool:
    """Whether the row says that it does not apply, or never was given a name."""
    levels = (row.indicator.level1, row.indicator.level2, "")
    unnamed = row.name.strip() in levels or lexicon.holds(row.name, "blank", "names")
    weighted = row.indicator.weight is not None and row.indicator.weight > 0
    return unnamed and not weighted and row.text.strip() in lexicon.words("blank", "none")


@rule("L11", Severity.ERROR, family="unread")
def filler_in_number(sheet: Sheet) -> Iterator[Hit]:
    """Filler characters or spaces stand where the number should be.

    What: * or _ beside the figures, a dash that makes no range, spaces between figures. A range
    needs the form 5-6人, without a sign. Cells that can be read are let be.
    Why: the value cannot be scored as it stands (不可衡量), and platforms do not save it.

    标题：数字里混有填充符号
    检查：数字旁边有 * 或 _，横线两边不成区间，数字中间有空格。区间写成“5-6人”，前面不写符号。
    能读懂的不提示。
    原因：不可衡量：这样的值没法计分，许多平台也不能保存。

    Bad:
        产出/数量 | 培训次数 | ≥5-6*

        产出/数量 | 培训人数 | ≥5_人

        产出/质量 | 合格率 | ≥9 0%

        产出/数量 | 培训人数 | ≥5-6人

        产出/质量 | 合格率 | ≥90%*
    Good:
        产出/数量 | 培训人数 | 5-6人
        产出/质量 | 合格率 | ≥ 90 %
        产出/成本 | 培训费 | ≤1 000元
        产出/数量 | 培训人次 | ≥**人次
    """
    for row in sheet.rows:
        error, span = _error(row), _filler(row)
        if error is None or span is None or _is_blank(row):
            continue
        yield Hit(row, Note.of("L11", text=row.text), _cleaned(row), span)


_FILLER = re.compile(
    r"(?<=[0-9%])\s*[*＊_＿]+|[*＊_＿]+\s*(?=[0-9])"  # beside a figure
    r"|(?<=[^0-9\s])\s*[0-9.]+\s*[-—–~～－]+\s*[0-9.]+"  # a range after a sign
    r"|(?<=[0-9])[-—–－]{2,}(?=[0-9])|(?<=[0-9])[-—–－_]+(?![0-9])"  # a dash that joins nothing
    r"|(?<=[0-9])\s+(?=[0-9])"  # a gap
    r"|(?<=[^0-9\s])[*＊_＿]+$|^[*＊_＿~～]+(?=\D?[0-9])"  # at an end
)


def _filler(row: Row) -> Span | None:
    """The place of the first filler of a cell that was refused for its form; None without one."""
    error = _error(row)
    formal = TargetSyntaxError | UnknownUnitError | NumeralError | ReversedBoundsError
    if not isinstance(error, formal) or len(row.text) > _LONGEST:
        return None
    found = _FILLER.search(row.text)
    return found.span() if found else None


_LONGEST = 20
"""Longer cells are sentences, in which a dash means something else."""


def _cleaned(row: Row) -> str:
    """The cell without fillers, a range without its sign, if that can be read; else ""."""
    text = re.sub(r"[*＊_＿]+|^[~～]+", "", row.text).strip()
    ranged = re.search(r"[0-9]\s*[-—–~～－]\s*[0-9]", text)
    if re.search(r"[0-9]\s+[0-9]", text):
        return ""  # nobody can say whether one figure was meant, or two
    candidate = without_sign(text) if ranged else text
    try:
        parse_target(candidate, name=row.name)
    except ReadingError:
        return ""
    return candidate


@rule("L45", Severity.NOTE, family="unread")
def scanned_wrongly(sheet: Sheet) -> Iterator[Hit]:
    """The value looks damaged by character recognition.

    What: a percentage above 100 %, or a text, that makes sense once its first character is taken
    for a damaged ≥; an odd count only where the table has such damage and another row says the
    same with a sign. The repair is proposed and never applied. An error where the cell cannot be
    read at all.
    Why: the score would follow a figure that nobody wrote (不可衡量).

    标题：像是扫描识别出错
    检查：超过 100% 的百分比或读不懂的文字，把第一个字看作认错的“≥”就说得通；
    数量只有在同表已有这种损坏、另一行写着同样的数时才提示。只提出更正的建议，不自动更正；
    完全读不懂的是错误。
    原因：不可衡量：会按一个谁也没有写过的数计分。

    Bad:
        效益/社会 | 群众对脱毒种薯的认知度 | 250%

        效益/经济 | 种薯亩均收入 | 工5%

        产出/质量 | 报告合格率 | 二100百分比

        产出/质量 | 种薯合格率 | 乙90%
        产出/数量 | 举办培训 | 26次
        产出/数量 | 下乡培训 | ≥6次
    Good:
        效益/社会 | 群众对脱毒种薯的认知度 | ≥50%
        效益/经济 | 产值增长率 | 220%
        产出/数量 | 举办培训 | 26次
        产出/数量 | 下乡培训 | ≥6次
    """
    scanned = any(map(_repair, sheet.rows))
    for row in sheet.rows:
        repair = _repair(row) or (_odd_count(sheet, row) if scanned else "")
        if repair:
            unread = isinstance(_error(row), OcrDamageError)
            severity = Severity.ERROR if unread else None
            note = Note.of("L45", text=row.text, proposal=repair)
            yield Hit(row, note, repair, severity=severity)


def _repair(row: Row) -> str:
    """What the reader takes the value for; "" where it suspects nothing."""
    error = _error(row)
    if isinstance(error, OcrDamageError):
        return str(error.params["proposal"])
    if row.target is None or row.is_change or row.says("bound", "signed"):
        return ""
    found = (note for note in row.target.notes if note.code == "ocr.suspected")
    return next((dict(note.params)["proposal"] for note in found), "")


def _odd_count(sheet: Sheet, row: Row) -> str:
    """A count without its sign's damaged character, if a sibling asks for just that."""
    if not row.is_bare or _repair(row):
        return ""
    target = proposal(row.text, lambda text: parse_target(text, name=row.name))
    clean = any(
        target is not None
        and other.target is not None
        and other is not row
        and other.target.constraint == target.constraint
        for other in sheet.rows
    )
    return target.canonical if clean and target is not None else ""
