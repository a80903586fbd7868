"""Every text in every row, and every actual against every target of its kind, as the package has it.

The corpora hold what was written somewhere; here each column meets each way to write a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from attrs import evolve

from kpieval.errors import ReadingError
from kpieval.judging import score_indicator
from kpieval.modifying import step
from kpieval.outcomes import Met, Undetermined, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import OverCompletion, Policy
from kpieval.presets import policy
from kpieval.results import IndicatorResult
from kpieval.tables import Indicator
from recorded.answers import Line, answer, noted

TEXTS = (
    *("90", "≥90", "＜90", "90%", "≥90%以上", "约90%", "3-5", "≥3且≤5人", "3万", "≤2.7万元", "5人"),
    *("每人50元", "50元/人", "1/3", "0.95", "零", "0起", "-5%", "增长5%", "下降不超过3个百分点"),
    *(
        "2024",
        "2200",
        "≥1900",
        "≥2199",
        "1899",
        "2024.12",
        "12",
        "12月",
        "7月底前",
        "2024年12月31日前",
        "每年4月15日前",
    ),
    *(
        "优",
        "良好以上",
        "是",
        "确保平稳",
        "不超过预算",
        "分别3次、4次",
        "≥3人、5人和6人",
        "3人；2次",
    ),
    *(
        "26次",
        "292%",
        "5G",
        "30个工作日内",
        "100M",
        "3次（含）以上",
        "/",
        "≥",
        "人",
        "近百人",
        "三百百人",
    ),
)
ROWS: tuple[dict[str, Any], ...] = (
    {"year": 2024},
    *({"year": 2024, "sign": sign} for sign in ("≥", "<", "=", "定性", "？")),
    *(
        {"unit": unit}
        for unit in ("%", "人", "万元", "年", "月", "年月", "≥人", "元/人", "人/次", "/", "某")
    ),
    {"sign": "≤", "unit": "%", "year": 2024},
    *(
        {"name": name, "year": 2024}
        for name in ("培训人数（≥**人）", "合格率（%）", "完成时间", "管网长度")
    ),
    {"name": "资金（万元）", "unit": "元"},
    {"name": "2023年收入较上年增长（%）", "year": 2024},
    {"name": "甲类活动和乙类活动", "level1": "产出指标"},
    {"name": "项目支出", "level1": "成本指标", "level2": "经济成本指标"},
)

KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "数量": (
        ("≥100人", ">100人", "≤100人", "<100人", "=100人", "100人", "80-100人", "约100人", "≥1万人", "0人", "≤0人"),
        ("100人", "99人", "101人", "130人", "0人", "约100人", "90余人", "≥100人", "≤100人", "90-110人", "100", "1.2万人", "-5人", "100个", ">100人", "<100人"),
    ),
    "比率": (
        ("≥90%", "≤5%", "=100%", "-3%~5%", ">0.9", "≤0.05", "≥200", "1-5", "约95%"),
        ("90%", "0.9", "0.95", "100%", "4.9%", "-4%", "-5%~-1%", "≤-1%", "95%以上", "<5%", "完成", "900‰", "0.03万%", ">90%"),
    ),
    "增减": (
        ("增长10%", "增长≥5%", "下降不超过3%", "较上年增长2%~4%", "提高≥2个百分点", "降低3万元"),
        ("增长10%", "下降2%", "增长约5%", "同比增长4%", "10%", "增长3个百分点", "减少5万元", "增长0%"),
    ),
    "时间": (
        ("2024年6月底前", "2024年6月30日前", "12月前", "2024年3月至5月", "2024年6月起", "≤30天", "3个月内", "30个工作日内"),
        ("2024年6月30日", "2024年7月2日", "2024年12月15日", "2023年11月", "2024年5月", "完成", "31天", "2个月", "2024年3月1日至2024年4月10日"),
    ),
    "文字": (
        ("优", "良好以上", "明显", "是", "确保平稳运行", "不超过预算"),
        ("优", "良", "差", "明显", "是", "否", "达成预期指标", "部分达成", "未达成", "已完成", "确保平稳运行", "正常", ""),
    ),
    "几项": (
        ("≥3人；≤2万元", "不少于3次、5次和8次", "≥3人，2024年6月底前", "≥3人且≤5人；增长≥5%"),
        ("3人；2万元", "2人；3万元", "4人", "5次、5次、8次", "4人，2024年7月1日", "4人；增长6%", "4人；2万元；7个", "达成"),
    ),
}  # fmt: skip
"""Targets and actuals of one kind; each meets each."""

NAMES = ("指标", "事故起数", "合格率", "单位成本")

LADDER = OverCompletion(
    noted_at=Fraction(11, 10),
    reason_at=Fraction(6, 5),
    mandatory=True,
    ladder=((Fraction(13, 10), Fraction(1, 5)), (Fraction(11, 10), Fraction(1, 10))),
    document="某财〔2024〕1号",
)


def by_steps() -> Policy:
    """Half a point off for each unit short, and points off for over-completion."""
    return evolve(step(policy("platform-standard"), Fraction(1, 2)), over_completion=LADDER)


def cells() -> Iterator[Line]:
    """Each text in each row."""
    for text, row in product(TEXTS, ROWS):
        yield {"text": text} | row | answer(text, **row)


def rows() -> Iterator[Line]:
    """Each actual against each target of its kind, under a ratio and under steps."""
    rules = policy("mof-2020"), by_steps()
    for kind, (wanted, found) in KINDS.items():
        for place, (text, actual) in enumerate(product(wanted, found)):
            name = f"{kind}{NAMES[place % len(NAMES)]}"
            yield {"name": name, "target": text, "actual": actual} | _scored(
                text, actual, name, rules
            )


def _scored(text: str, actual: str, name: str, rules: tuple[Policy, ...]) -> Line:
    level = "成本指标" if name.endswith("成本") else "产出指标"
    target = parse_target(text, year=2024, name=name)
    try:
        read = parse_actual(actual, like=target, year=2024)
    except ReadingError as error:
        return {"error": error.code}
    row = Indicator(level, level, name, text, target, weight=Fraction(10))
    ratio, stepped = (score_indicator(row, read, rule) for rule in rules)
    return _told(ratio) | (
        {"by_steps": _points(stepped)} if _points(stepped) != _points(ratio) else {}
    )


def _told(row: IndicatorResult) -> Line:
    reached = row.judgement.attainment
    return {
        "verdict": _verdict(row.verdict),
        "reached": None if reached is None else f"{reached.low}–{reached.high}",
        "points": _points(row),
        "notes": [*map(noted, row.notes)],
    }


def _points(row: IndicatorResult) -> list[str]:
    return [str(row.score), *map(noted, row.judgement.steps)]


def _verdict(verdict: Verdict) -> str:
    if isinstance(verdict, Undetermined):
        return f"open: {noted(verdict.reason)}"
    return f"met {verdict.margin}" if isinstance(verdict, Met) else f"unmet {verdict.gap}"
