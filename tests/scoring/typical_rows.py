"""Typical rows of self-evaluation tables, one for every way to points, with the rule of each."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, field, frozen
from scored import MOF, judged

from kpieval.actuals import Attained
from kpieval.formulas import Formula, Ladder, Linear, PassGate, Step
from kpieval.outcomes import Decision
from kpieval.policies import Policy
from kpieval.results import IndicatorResult


def ruled(formula: Formula) -> Policy:
    """The default policy with one formula for floors and ceilings."""
    return evolve(MOF, floor=formula, ceiling=formula)


GATE = ruled(PassGate(Fraction(3, 5)))
LADDER = ruled(Ladder(((Fraction(9, 10), Fraction(1)), (Fraction(3, 5), Fraction(2, 3)))))
STEP = ruled(Step(Fraction(1)))
LINEAR = ruled(Linear())
PLACE = evolve(MOF, rounding=evolve(MOF.rounding, places=1))

GOOD = Decision(Attained.FULLY, Fraction(9), "查阅了签到表和回访记录")
PART = Decision(Attained.PARTLY, None, "只完成了第一期")
POINTS = Decision(None, Fraction("8.5"), "按抽查的比例认定")


@frozen
class Case:
    """A row with what it shows."""

    title: str
    target: str
    actual: str
    weight: str | None = "10"
    by: Policy = MOF
    decision: Decision | None = None
    row: dict[str, str] = field(factory=dict)

    @property
    def result(self) -> IndicatorResult:
        """The row, scored."""
        return judged(
            self.target,
            self.actual,
            by=self.by,
            decision=self.decision,
            weight=self.weight,  # type: ignore[arg-type]
            **self.row,
        )


COST = {"level1": "成本指标", "level2": "经济成本指标"}
RATE = {"name": "群众满意率", "level1": "满意度指标", "level2": "满意度指标"}

CASES = (
    Case("floor met", "≥12次", "13次"),
    Case("floor missed", "≥12次", "9次"),
    Case("floor missed, rounded", "≥12次", "10次", weight="3.57"),
    Case("floor missed, per cent", "≥90%", "88%"),
    Case("floor missed, one place", "≥90%", "88%", by=PLACE),
    Case("floor at its bound", ">80%", "80%", weight="15"),
    Case("floor nearly reached", "≥1000000人", "999996人"),
    Case("floor of 0, missed below", "≥0元", "-100元"),
    Case("ceiling met", "≤2.7万元", "26500元", weight="5"),
    Case("ceiling missed", "≤86万元", "88.4万元", weight="5.55"),
    Case("ceiling in another unit", "≤1年", "13个月"),
    Case("ceiling of 0", "≤0起", "2起"),
    Case("ceiling far exceeded", "≤10天", "45天"),
    Case("equal met", "=10场", "10场"),
    Case("equal short", "=10场", "8场"),
    Case("equal exceeded", "=10场", "12场"),
    Case("range below", "20~40分贝", "16分贝"),
    Case("range above", "20~40分贝", "48分贝"),
    Case("range met", "20~40分贝", "30分贝"),
    Case("change met", "同比增长≥5%", "同比增长6%"),
    Case("change missed", "同比增长≥5%", "同比增长4%"),
    Case("change the other way", "同比增长≥5%", "同比下降2%"),
    Case("change without direction", "同比增长≥5%", "6%"),
    Case("date met", "2024年12月底前", "2024年12月20日"),
    Case("date missed", "2024年9月底前", "2024年10月15日"),
    Case("date unclear", "2024年10月15日前", "2024年10月"),
    Case("date done", "2024年12月底前", "已完成"),
    Case("level met", "优", "优"),
    Case("level missed", "优", "良"),
    Case("yes or no, missed", "是", "否"),
    Case("words", "持续改善", "有所改善"),
    Case("words stated reached", "持续改善", "达成预期指标"),
    Case("words stated partly", "持续改善", "部分达成"),
    Case("number stated not reached", "≥12次", "未达成"),
    Case("missing", "≥12次", ""),
    Case("unread", "≥5外星币", "5"),
    Case("other unit", "≥3个", "3份"),
    Case("rough actual", "≥90%", "约92%"),
    Case("rough actual at the bound", "≥100人", "100-120人"),
    Case("rough actual that missed", "≤15天", "≥20天"),
    Case("rough actual between", "≥40公里", "10-30公里"),
    Case("about", "约200人", "150人"),
    Case("bare floor", "12次", "9次"),
    Case("bare by its direction", "12次", "15次", row={"direction": "反向"}),
    Case("bare zero", "0起", "1起", row={"name": "安全事故次数"}),
    Case("bare standard", "500元", "450元", row={"name": "每人补助标准"}),
    Case("bare cost", "2万元", "2.5万元", row=COST),
    Case("bare bad thing", "3件", "4件", row={"name": "投诉件数"}),
    Case("bare change", "同比增长5%", "同比增长4%"),
    Case("bare cost that is no money", "5年", "4年", row=COST),
    Case("fraction against per cent", "≥0.97", "95%", row=RATE),
    Case("two parts", "≥3次；≥200人", "4次；150人"),
    Case("one part of two", "≥3次；≥200人", "3次"),
    Case("pass gate", "≥12次", "9次", by=GATE),
    Case("pass gate, a fraction", "≥12次", "10次", by=GATE),
    Case("pass gate, below", "≥12次", "6次", by=GATE),
    Case("ladder", "≥12次", "9次", by=LADDER),
    Case("ladder, top", "≥100次", "95次", by=LADDER),
    Case("ladder, below", "≥12次", "6次", by=LADDER),
    Case("step", "≥12次", "9次", by=STEP),
    Case("step begun", "≥12公里", "9.5公里", by=STEP),
    Case("step, nothing left", "≥120次", "20次", by=STEP),
    Case("linear", "≤100元", "110元", by=LINEAR),
    Case("linear, twice the target", "≤100元", "250元", by=LINEAR),
    Case("linear on a floor", "≥12次", "9次", by=LINEAR),
    Case("decided with points", "持续改善", "有所改善", decision=GOOD),
    Case("decided without points", "≥12次", "9次", decision=PART),
    Case("decided by points alone", "≥12次", "9次", decision=POINTS),
    Case("no weight", "≥12次", "9次", weight=None),
)
