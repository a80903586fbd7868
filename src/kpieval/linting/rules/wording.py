"""Targets in words, and targets that say too little: L24, L25, L26, L27, L32."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpieval import exact
from kpieval.findings import Severity
from kpieval.linting import lexicon
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note

# L24, L26 and L27 look at one cell from three sides. The first of them that fires speaks, and the
# gravest is the first: what nobody can judge must be mended, and its advice mends the others too.


@rule("L24", Severity.WARNING, family="prose")
def nothing_to_judge_by(sheet: Sheet) -> Iterator[Hit]:
    """A value in words has no grade, and nothing that could prove it.

    What: a sentence that holds no word of a grade (优良中差, 明显, 基本, 全部, 无 ...) and nothing
    that can be shown (标准, 制度, 验收, 报告 ...). Levels and yes or no are grades.
    Why: it cannot be measured (不可衡量): whatever happens, nobody can say that it was missed.

    标题：定性指标没有分档，也没有凭据
    检查：指标值是一句话，里面没有分档的词（优良中差、明显、基本、全部、无……），也没有查得到的凭据
    （标准、制度、验收、报告……）。
    原因：不可衡量：无论做成什么样，都无法说没有达到。

    Bad:
        效益/可持续 | 营商环境 | 助力我市营商环境持续改善

        效益/社会 | 服务保障民生 | 有力保障
    Good:
        效益/社会 | 居民生活质量 | 明显改善
        产出/质量 | 经费支出合规性 | 严格执行相关制度规定
        产出/质量 | 档案质量 | 优良
        效益/社会 | 安全责任事故 | 未发生
        效益/社会 | 危房改造 | 应改尽改
    """
    for row in sheet.rows:
        if row.is_prose and not _has(row.text, "grades") and not _has(row.text, "proofs"):
            yield Hit(row, Note.of("L24", text=row.text))


def _has(text: str, key: str) -> bool:
    return lexicon.holds(text, "prose", key)


@rule("L25", Severity.NOTE)
def mostly_words(sheet: Sheet) -> Iterator[Hit]:
    """Too many of the targets are words.

    What: more than ``most_prose`` of the rows (30 % unless changed) or ``most_prose_in_benefits``
    of the benefits (50 %) are levels, yes or no, or sentences. Tables of fewer than five rows, and
    fewer than two benefits, are let be.
    Why: the table is too vague (过于笼统); both shares are conventions.

    标题：定性指标过多
    检查：定性指标超过全部指标的 ``most_prose``（默认 30%），或者超过效益指标的
    ``most_prose_in_benefits``（默认 50%）。不足五行、效益不足两行的不查。
    原因：过于笼统；两个界限都可以配置。

    Bad:
        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训质量 | 优良
        产出/时效 | 完成及时性 | 及时
        效益/社会 | 从业水平 | 明显提升
        满意度/满意度 | 学员满意度 | ≥90%

        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训合格率 | ≥90%
        产出/时效 | 完成及时率 | 100%
        产出/成本 | 培训费用 | ≤3万元
        效益/社会 | 从业水平 | 明显提升
        效益/经济 | 从业收入 | 明显提升
        满意度/满意度 | 学员满意度 | ≥90%
    Good:
        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 培训合格率 | ≥90%
        产出/时效 | 完成及时率 | 100%
        效益/社会 | 从业水平 | 明显提升
        效益/社会 | 就业率 | ≥60%
        满意度/满意度 | 学员满意度 | ≥90%
    """
    config = sheet.config
    over = _share(sheet.rows, 5)
    if over is not None and over > config.most_prose:
        said, most = exact.text(round(over * 100)), exact.text(config.most_prose * 100)
        yield Hit(None, Note.of("L25", percent=said, most=most))
        return
    over = _share(sheet.in_category("效益"), 2)
    if over is not None and over > config.most_prose_in_benefits:
        said, most = exact.text(round(over * 100)), exact.text(config.most_prose_in_benefits * 100)
        yield Hit(None, Note.of("L25.benefits", percent=said, most=most))


def _share(rows: Sequence[Row], least: int) -> Fraction | None:
    """The share of the rows in words; None when there are too few rows to say."""
    if len(rows) < least:
        return None
    return Fraction(sum(row.is_qualitative for row in rows), len(rows))


@rule("L26", Severity.NOTE, family="prose")
def vague_verbs(sheet: Sheet) -> Iterator[Hit]:
    """A value promises only to strengthen, promote or improve.

    What: a sentence with such verbs (加强, 推进, 提升, 促进, 保障, 改善) and nothing that can be
    shown.
    Why: it is too vague (过于笼统), even with an adverb such as 明显.

    标题：只有空泛的动词
    检查：指标值只说加强、推进、提升、促进、保障、改善一类的话，没有查得到的凭据。
    原因：过于笼统，加上“明显”“显著”也还是说不清。

    Bad:
        效益/社会 | 群众生活质量 | 显著改善

        效益/社会 | 补助对象生活 | 维护社会安定，帮助生活困难的原工商业者
    Good:
        效益/社会 | 群众生活质量 | 优良
        产出/质量 | 制度建设 | 出台管理办法并通过审批
        效益/社会 | 就业人数 | ≥50人
    """
    for row in sheet.rows:
        if row.is_prose and _has(row.text, "vague") and not _has(row.text, "proofs"):
            yield Hit(row, Note.of("L26", text=row.text))


@rule("L27", Severity.NOTE, family="prose")
def says_the_name_again(sheet: Sheet) -> Iterator[Hit]:
    """A value, or most descriptions, only repeat the name.

    What: without filling words, three quarters of what the value says stands in the name. Of the
    descriptions (反映……情况) it is told once a table, from the share ``described`` on.
    Why: it adds nothing to the name (过于笼统).

    标题：指标值或者描述只是重复名称
    检查：去掉虚词以后，指标值的四分之三都是名称里的字。指标描述（反映……情况）超过 ``described``
    的，一张表提示一次。
    原因：过于笼统：没有比名称多说什么。

    Bad:
        效益/可持续 | 营商环境改善 | 助力我市营商环境持续改善

        产出/数量 | 培训人数 | ≥30人 | 描述=反映培训人数
        产出/质量 | 培训合格率 | ≥90% | 描述=反映培训合格情况
        产出/成本 | 培训费用 | ≤3万元 | 描述=反映培训费用情况
    Good:
        效益/可持续 | 营商环境改善 | 优良
        产出/质量 | 经费支出合规性 | 符合财务制度
        产出/数量 | 培训人数 | ≥30人 | 描述=签到表上参加全部课程的人数
        产出/质量 | 培训合格率 | ≥90% | 描述=考试合格人数除以参训人数
        产出/成本 | 培训费用 | ≤3万元 | 描述=反映培训费用
    """
    for row in sheet.rows:
        if row.is_prose and _repeats(row.text, row.name):
            yield Hit(row, Note.of("L27", text=row.text, name=row.name))
    told = [row for row in sheet.rows if row.indicator.description.strip()]
    again = [row for row in told if _repeats(row.indicator.description, row.name)]
    if len(told) >= _FEWEST and Fraction(len(again), len(told)) > sheet.config.described:
        yield Hit(None, Note.of("L27.descriptions", again=len(again), all=len(told)))


_FEWEST = 3
"""Descriptions from which on a share says something."""
_OF_NAME = Fraction(3, 4)


def _repeats(text: str, name: str) -> bool:
    """Whether most of what a text says stands in the name."""
    said, known = _content(text), _content(name)
    shared = sum(letter in known for letter in said)
    return not said or Fraction(shared, len(said)) >= _OF_NAME


def _content(text: str) -> str:
    """A text without brackets, marks and filling words."""
    rest = re.sub(r"[（(][^（()）]*[）)]|\W", "", text)
    for word in lexicon.words("prose", "fillers"):
        rest = rest.replace(word, "")
    return rest


@rule("L32", Severity.NOTE)
def all_certain(sheet: Sheet) -> Iterator[Hit]:
    """More than half of the rows ask for 100 %.

    What: rows of which every percentage is 100, against all rows; rates of compliance, payment and
    acceptance are not counted, for which 100 % is a matter of course. From five rows on.
    Why: the table is too vague (过于笼统): it says of everything that it must simply be done.

    标题：多半的指标要求百分之百
    检查：指标值为 100% 的行占全部行的比例超过 ``most_certain``（默认一半）；合规、支付、验收一类
    的比率不算。不足五行的不查。
    原因：过于笼统：没有说明要做到多少、多好。

    Bad:
        产出/数量 | 任务完成率 | 100%
        产出/数量 | 疫苗使用率 | 100%
        产出/时效 | 完成及时率 | 100%
        效益/社会 | 需求满足率 | 100%
        满意度/满意度 | 居民满意度 | ≥90%
    Good:
        产出/数量 | 培训人数 | ≥30人
        产出/质量 | 验收合格率 | 100%
        产出/质量 | 资金支出合规率 | 100%
        产出/时效 | 完成及时率 | 100%
        效益/社会 | 参训人员就业率 | ≥60%
    """
    rows = sheet.rows
    certain = [row for row in rows if _asks_for_all(row) and not row.says("rows", "certain")]
    if len(rows) >= 5 and Fraction(len(certain), len(rows)) > sheet.config.most_certain:
        yield Hit(None, Note.of("L32", certain=len(certain), all=len(rows)))


def _asks_for_all(row: Row) -> bool:
    percentages = set(row.percentages)
    return percentages == {Fraction(100)}
