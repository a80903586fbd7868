"""一个财务工具，带一个舍入错误。A finance tool with a rounding bug: it compares in floats."""

from __future__ import annotations


def yuan(text: str) -> float:
    """'0.07万元' in 元."""
    number = text.removeprefix("≤").removesuffix("元")
    return float(number.removesuffix("万")) * 10000 if number.endswith("万") else float(number)


def within(limit: str, spent: str) -> bool:
    """Whether what was spent keeps within a limit such as '≤700元'."""
    return yuan(spent) <= yuan(limit)
