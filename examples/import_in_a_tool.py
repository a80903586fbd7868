"""在财务系统里引用：一个目标、一个实际值、一个结论。Judge one value inside a finance tool."""

from __future__ import annotations

import kpieval


def judge(target_text: str, actual_text: str, *, year: int) -> str:
    """Met, unmet or undetermined, in one line; a text that cannot be read says why."""
    try:
        target = kpieval.parse_target(target_text, year=year)
        actual = kpieval.parse_actual(actual_text, like=target, year=year)
    except kpieval.KpiEvalError as error:
        return f"unreadable ({error.code}): {error.message('en')}"
    verdict = kpieval.evaluate(target, actual)
    match verdict:
        case kpieval.Met(margin=margin):
            return f"met, {margin} to spare" if margin else "met"
        case kpieval.Unmet(gap=gap):
            return f"unmet by {gap}" if gap else "unmet"
        case kpieval.Undetermined(reason=reason):
            return f"undetermined: {reason.message('en')}"


if __name__ == "__main__":
    for pair in (
        ("≤2.7万元", "26500元"),
        ("≥90%", "88%"),
        ("≥3人", "3个"),
        ("2024年12月底前", "2024-12-20"),
        ("≥90百分", "95"),
    ):
        print(*pair, "->", judge(*pair, year=2024))
