"""Words and figures as people read them, in the language of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from kpieval import exact, messages

if TYPE_CHECKING:
    from kpieval.outcomes import Score
    from kpieval.results import Compliance, ExecutionResult

_PLACES = 2
_STOPS = "。.；;"


def phrase(key: str, lang: str, /, **params: object) -> str:
    """A phrase of the reports with its places filled in.

    >>> phrase("verdict.met", "zh")
    '达标'
    """
    return messages.term(key, lang).format_map({name: str(it) for name, it in params.items()})


def percent(ratio: Fraction) -> str:
    """A ratio in percent with two places; never rounded up to a whole 100 %.

    >>> percent(Fraction(1)), percent(Fraction(999999, 1000000)), percent(Fraction(2, 3))
    ('100.00%', '99.99%', '66.67%')
    """
    shown = exact.half_up(ratio * 100, _PLACES)
    if ratio < 1 and shown >= 100:
        shown = 100 - exact.rounding_unit(_PLACES)
    if ratio > 1 and shown <= 100:
        shown = 100 + exact.rounding_unit(_PLACES)
    return f"{exact.fixed(shown, _PLACES)}%"


def points(value: Fraction) -> str:
    """Points for a column of a table: two places, more only where they are needed.

    >>> points(Fraction(5)), points(Fraction("8.125"))
    ('5.00', '8.125')
    """
    if exact.half_up(value, _PLACES) == value:
        return exact.fixed(value, _PLACES)
    return exact.text(value)


def span(score: Score, lang: str) -> str:
    """Points of a column, as a span when something is open."""
    if score.is_exact:
        return points(score.low)
    return phrase("span", lang, low=points(score.low), high=points(score.high))


def counted(value: Compliance, lang: str) -> str:
    """How many rows are met, unmet and undetermined, and the rate."""
    return phrase(
        "report.compliance",
        lang,
        met=value.met,
        unmet=value.unmet,
        undetermined=value.undetermined,
        rate="-" if value.rate is None else percent(value.rate),
    )


def executed(value: ExecutionResult | None, lang: str) -> str:
    """The budget execution and its points; nothing where it is not scored."""
    if value is None:
        return ""
    got, weight = span(value.score, lang), points(value.weight)
    if value.rate is None:
        return phrase("report.execution_open", lang, points=got, weight=weight)
    return phrase("report.execution", lang, rate=percent(value.rate), points=got, weight=weight)


def bare(sentence: str) -> str:
    """A sentence without its full stop, to stand inside another."""
    return sentence.strip().rstrip(_STOPS)


def listed(words: Sequence[str], lang: str, *, joined: str = "or") -> str:
    """Words as the language lists them, the last joined by 或 or ``and``.

    >>> listed(["优", "良", "中"], "zh"), listed(["优"], "zh")
    ('优、良 或 中', '优')
    """
    if len(words) < 2:
        return "".join(words)
    *first, last = words
    return phrase(joined, lang, first=phrase("list", lang).join(first), last=last)
