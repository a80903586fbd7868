"""Made-up texts that differ in their numbers alone, and what a shape would get wrong of them.

Numbers lie where something changes: at the days and months of a calendar, at years, at 1 and 100,
at what a scanner makes of ≥, and anywhere else.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator

from kpieval import KpiEvalError
from kpieval import units as known_units
from kpieval.constraints import Target
from kpieval.parsing.plain import PlainTargets
from kpieval.parsing.rows import Row
from kpieval.parsing.target_grammar import by_grammar

YEAR = 2024

_SIGNS = (
    "", "", "≥", "≤", ">", "<", "=", "≧", "＞", "不少于", "不超过", "超过", "低于", "约", "增长", "下降", "达到", "完成", "第",
    "不低于 ", "每年", "至少", "工", "之", "近", "满意度", "累计", "平均每人", "PM", "Q", "前", "+",
)  # fmt: skip
_AFTER = (
    "", "万", "亿", "以上", "以内", "左右", "及以上", "人以上", "元以下", "%以上", "多人", "余个", "期", "级", "K", "G", "A级",
    "月", "日", "号", "年", "个月", "月前", "月底前", "点", "成", "折", "分", "分钟", "季度", "星级", "万元左右", "元/人天", "千元",
    "名额", "分公司", "家企业", "热线", "千", "百", "%（含）", "。", " 人", "人次以上", "个百分点",
)  # fmt: skip
_BETWEEN = ("-", "~", "至", "—", "%-", "万-", "元至", "/", ":", "、", "到")
_NAMES = (
    None, None, None, None, None, None, None, "培训人数", "完成时间", "合格率（%）", "补助（万元）", "道路长度", "2023年补助", "比上年增长", "男、女人数",
    "参训率（≥**%）",
)  # fmt: skip
_COLUMNS = (None, "万元", "%", "年", "月", "人", "个", "/", "年月")


def texts(seed: int) -> Iterator[tuple[str, Row]]:
    """Texts with their rows, without end, in runs of one shape, so that it is learnt."""
    rng = random.Random(seed)
    words = [*known_units.words(), *_AFTER, *_AFTER, *_AFTER]
    while True:
        before, after = rng.choice(_SIGNS), rng.choice(words)
        if rng.random() < 0.1:
            after = rng.choice("万亿") + after
        between = rng.choice(_BETWEEN) if rng.random() < 0.2 else ""
        beside = rng.random() < 0.3
        sign, unit = (
            (rng.choice((None, "≥", "=")), rng.choice(_COLUMNS)) if beside else (None, None)
        )
        row = Row(YEAR, sign, unit, rng.choice(_NAMES))
        for _ in range(40):
            first = _number(rng)
            text = (
                f"{before}{first}{between}{_above(rng, first)}{after}"
                if between
                else f"{before}{first}{after}"
            )
            yield text, row


def _number(rng: random.Random) -> str:
    """A number as people write it."""
    kind = rng.random()
    if kind < 0.3:
        whole = rng.randint(0, 40)
    elif kind < 0.4:
        whole = rng.randint(1890, 2210)
    elif kind < 0.5:
        whole = rng.choice(
            (2, 20, 29, 99, 100, 101, 110, 120, 200, 201, 290, 299, 2100, 12345, 299999)
        )
    else:
        whole = rng.randint(1, 10 ** rng.randint(1, 10))
    return f"{whole}{rng.choice(('', '', '', '.5', '.25', '.0', '.10', '.1234', '.12', '.31'))}"


def _above(rng: random.Random, first: str) -> str:
    whole = int(float(first)) + rng.choice((0, 1, 1, 2, 5, 30, 1000))
    return f"{whole}{rng.choice(('', '', '.5', '.12'))}"


def outcome(text: str, row: Row) -> Target | KpiEvalError:
    """What the grammar makes of a text: a target, or the error that refuses it."""
    try:
        return by_grammar(text, row)
    except KpiEvalError as error:
        return error


def differing(seed: int, wanted: int) -> Iterator[str | None]:
    """For so many texts that are read by their shape: None, or how the grammar's reading differs."""
    plain = PlainTargets(by_grammar)
    compared = 0
    for text, row in texts(seed):
        found = plain.target(text, row)
        if found is None:
            continue
        right = outcome(text, row)
        same = found == right and repr(found) == repr(right)
        yield None if same else f"{text} {row}: {found}, and {right} by the grammar"
        compared += 1
        if compared == wanted:
            return


def main() -> None:
    """``python -m shaped SEED WANTED``: the count, and the first texts that differ."""
    seed, wanted = map(int, sys.argv[1:])
    wrong = [told for told in differing(seed, wanted) if told]
    print(
        json.dumps(
            {"compared": wanted, "differ": len(wrong), "failures": wrong[:20]}, ensure_ascii=False
        )
    )


if __name__ == "__main__":
    main()
