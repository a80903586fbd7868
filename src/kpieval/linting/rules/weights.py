"""Weights: what they make, what each must be, and how much one row holds: L29, L30, L31."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpieval import exact
from kpieval.errors import CellError, KpiEvalError, WeightValueError
from kpieval.findings import Severity
from kpieval.linting.rule import Hit, rule
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note
from kpieval.tables import LevelPoints

ZERO = Fraction(0)


@rule("L29", Severity.ERROR)
def wrong_sums(sheet: Sheet) -> Iterator[Hit]:
    """The weights do not make what they must.

    What: all weights together make none of ``weight_sums`` (100, 90 or 80 points), or the rows of a
    level make another sum than stands behind its name (产出指标（50分）). Tables without weights,
    and those where a row lacks its weight, are let be: the latter is L30.
    Why: a table whose weights are off is sent back, and scores the wrong total.

    标题：分值合计不对
    检查：全部分值之和不是 ``weight_sums`` 里的数（100、90、80），或者一级、二级指标名称后面写的分
    值与它下面各行之和不同。有行缺分值的由 L30 提示。
    原因：合计不对的表会被退回，总分也会算错。

    Bad:
        产出/数量 | 培训人数 | ≥30人 | 分值=50
        效益/社会 | 就业率 | ≥60% | 分值=35
    Good:
        产出/数量 | 足额保障率 | =100% | 分值=22.5
        产出/数量 | 科目调整次数 | ≤10次 | 分值=22.5
        产出/时效 | 按时发放率 | =100% | 分值=22.5
        效益/经济 | 结余率 | ≤5% | 分值=22.5

        产出/数量 | 培训人数 | ≥30人
    """
    weights = _weights(sheet.rows)
    if weights is not None and sum(weights, ZERO) not in sheet.config.weight_sums:
        wanted = "、".join(exact.text(each) for each in sheet.config.weight_sums)
        total = exact.text(sum(weights, ZERO))
        yield Hit(None, Note.of("L29", total=total, wanted=wanted))
    levels = list(dict.fromkeys(sheet.project.level_points))
    for level in levels:
        made = _made(level, sheet.rows, levels)
        if made is not None and made != level.points:
            name, said = level.level2 or level.level1, exact.text(level.points)
            yield Hit(None, Note.of("L29.level", level=name, total=exact.text(made), said=said))


def _weights(rows: Sequence[Row]) -> list[Fraction] | None:
    """The weights of rows that all have one that can be; else None."""
    found = [row.indicator.weight for row in rows]
    usable = [weight for weight in found if weight is not None and weight >= 0]
    return usable if usable and len(usable) == len(found) else None


def _made(
    level: LevelPoints, rows: Sequence[Row], levels: Sequence[LevelPoints]
) -> Fraction | None:
    """What stands under a level makes together: its rows, else its second levels."""
    own = [row for row in rows if level.holds(row.indicator)]
    weights = _weights(own)
    if weights is not None:
        return sum(weights, ZERO)
    below = {each.level2: each.points for each in levels if each.level1 == level.level1}
    names = {row.indicator.level2 for row in own}
    if level.level2 or not names or not names <= below.keys() - {""}:
        return None
    return sum((below[name] for name in names), ZERO)


@rule("L30", Severity.ERROR)
def impossible_weight(sheet: Sheet) -> Iterator[Hit]:
    """A weight is below 0, no number, or missing; or it is 0 or has more than two decimals.

    What: each row's weight by itself. A weight of 0, or with more than two decimals, is a warning;
    rows without a weight are an error where other rows have one, told once a project.
    Why: such a table cannot be scored; a weight of 0 says that the row does not matter.

    标题：分值不能用
    检查：分值小于 0、不是数，或者有的行有分值、有的没有（一个项目提示一次）；分值为 0、多于两位小
    数的给出警告。
    原因：这样的表无法计分；分值为 0 等于这一行可有可无。

    Bad:
        产出/数量 | 培训人数 | ≥30人 | 分值=-5

        产出/数量 | 培训人数 | ≥30人 | 分值=0

        产出/数量 | 培训人数 | ≥30人 | 分值=33.333

        产出/数量 | 培训人数 | ≥30人 | 分值=50
        产出/质量 | 合格率 | ≥90%
    Good:
        产出/数量 | 培训人数 | ≥30人 | 分值=22.5
        产出/质量 | 合格率 | ≥90% | 分值=67.5

        产出/数量 | 培训人数 | ≥30人
    """
    for row in sheet.rows:
        yield from _of_one(row)
    blank = [row for row in sheet.rows if row.indicator.weight is None and _unread(row) is None]
    if blank and len(blank) < len(sheet.rows):
        names = "、".join(row.name for row in blank)
        yield Hit(None, Note.of("L30.none", n=len(blank), names=names))


def _of_one(row: Row) -> Iterator[Hit]:
    weight, unread = row.indicator.weight, _unread(row)
    if unread is not None:
        yield Hit(row, Note.of("L30.number", found=unread))
    elif weight is None:
        return
    elif weight < 0:
        yield Hit(row, Note.of("L30", weight=exact.text(weight)))
    elif weight == 0:
        yield Hit(row, Note.of("L30.zero", name=row.name), severity=Severity.WARNING)
    elif (weight * 100).denominator != 1:
        note = Note.of("L30.decimals", weight=exact.text(weight))
        yield Hit(row, note, severity=Severity.WARNING)


def _unread(row: Row) -> str | None:
    """The cell of a weight that the reader could take for no number."""
    found = next(filter(_is_of_weight, row.indicator.problems), None)
    if found is None:
        return None
    return str(found.params.get("found") or found.params.get("value", ""))


def _is_of_weight(problem: KpiEvalError) -> bool:
    in_column = isinstance(problem, CellError) and problem.params.get("column") == "分值"
    return in_column or isinstance(problem, WeightValueError)


@rule("L31", Severity.NOTE)
def one_row_decides(sheet: Sheet) -> Iterator[Hit]:
    """One row holds much of the total.

    What: a weight above ``heaviest`` (30 of 100 points unless changed).
    Why: one row decides the grade; the bound is a convention.

    标题：一行的分值过大
    检查：一个三级指标的分值超过 ``heaviest``（默认 100 分中的 30 分）。
    原因：一行就决定了等级；界限可以配置。

    Bad:
        产出/数量 | 培训人数 | ≥30人 | 分值=40
        产出/质量 | 合格率 | ≥90% | 分值=25
        效益/社会 | 就业率 | ≥60% | 分值=25
    Good:
        产出/数量 | 培训人数 | ≥30人 | 分值=30
        产出/质量 | 合格率 | ≥90% | 分值=30
        效益/社会 | 就业率 | ≥60% | 分值=30
    """
    heaviest = sheet.config.heaviest
    for row in sheet.rows:
        weight = row.indicator.weight
        if weight is not None and weight > heaviest:
            said, most = exact.text(weight), exact.text(heaviest)
            yield Hit(row, Note.of("L31", weight=said, most=most))
