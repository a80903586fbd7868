"""One readable sentence for every row, and the same story step by step.

Only what was recorded is told: the words of the sentence stand in the message catalogue, its facts
in the result.
"""

from __future__ import annotations

import re
from typing import assert_never

from kpieval import exact
from kpieval.actuals import Actual, Missing, Stated
from kpieval.constraints import Statement, Target, TargetError
from kpieval.errors import KpiEvalError
from kpieval.notes import Note, merged
from kpieval.outcomes import Decision, Met, Undetermined, Unmet, Verdict
from kpieval.phrases import bare, listed, phrase, span
from kpieval.readings import describe
from kpieval.rendering import canonical
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.retracing import attained, way

_ZERO = re.compile(r"0(?![0-9./])")
"""A distance of nothing: the actual stands on the very bound."""

DECIDED_BY = (
    "bare.direction",
    "bare.zero",
    "bare.exact",
    "bare.cost_ceiling",
    "bare.bad_ceiling",
    "bare.floor",
    "bare.change",
    "about.width",
)
"""The notes that say why an open target is meant as it was taken."""


def verdict_name(value: Verdict) -> str:
    """``met``, ``unmet`` or ``undetermined``."""
    match value:
        case Met():
            return "met"
        case Unmet():
            return "unmet"
        case Undetermined():
            return "undetermined"
        case _:
            assert_never(value)


def verdict_word(verdict: Verdict, lang: str = "zh") -> str:
    """达标, 未达标 or 待定."""
    return phrase(f"verdict.{verdict_name(verdict)}", lang)


def row_word(result: IndicatorResult, lang: str = "zh") -> str:
    """The word for a row: its verdict, or that no score counts it."""
    if result.left_out:
        return phrase("verdict.left_out", lang)
    return verdict_word(result.verdict, lang)


def fault(result: IndicatorResult) -> KpiEvalError | None:
    """What keeps the row from being read or scored as it stands, if anything does."""
    if result.error is not None:
        return result.error
    target = result.indicator.target
    return target.error if isinstance(target, TargetError) else None


def plainly_met(result: IndicatorResult) -> bool:
    """Whether the row needs no word: met, at full points, by the machine alone, without fault."""
    full = result.score is None or (result.score.is_exact and result.score.low == result.weight)
    clear = fault(result) is None and not result.indicator.problems
    return isinstance(result.verdict, Met) and result.decision is None and full and clear


def all_notes(result: IndicatorResult) -> tuple[Note, ...]:
    """Everything that was assumed on the way to the outcome, each once, in order."""
    target = result.indicator.target
    read = target.notes if isinstance(target, Target) else ()
    return merged(
        result.indicator.notes,
        read,
        result.actual.notes,
        result.judgement.verdict.notes,
        result.notes,
    )


def project_notes(result: ProjectResult) -> tuple[Note, ...]:
    """What was assumed for a project as a whole, each once."""
    return merged(result.project.notes, result.notes)


def notes_beside_execution(result: ProjectResult) -> tuple[Note, ...]:
    """What was assumed for a project, to stand below a line that tells the execution rate."""
    spent = () if result.execution is None else result.execution.notes
    return merged(project_notes(result), [it for it in spent if it.code != "execution.rate"])


def project_problems(result: ProjectResult) -> tuple[KpiEvalError, ...]:
    """What is wrong with a project as a whole, each once."""
    found = (*result.project.problems, *result.problems)
    return tuple({id(problem): problem for problem in found}.values())


def explanation(result: IndicatorResult, lang: str = "zh") -> str:
    """What was asked, what was done, the verdict and why, and the points, as one sentence.

    ``lang`` is ``"zh"`` or ``"en"``; ValueError for any other.

    >>> from fractions import Fraction
    >>> from kpieval.parsing import parse_actual, parse_target
    >>> from kpieval.presets import policy
    >>> from kpieval.scoring import score_indicator
    >>> from kpieval.tables import Indicator
    >>> row = Indicator("产出指标", "成本指标", "补助金", "≤2.7万元", parse_target("≤2.7万元"))
    >>> actual = parse_actual("26500元", like=row.target)
    >>> explanation(score_indicator(row, actual, policy(), weight=Fraction(5)))
    '目标 ≤2.7万元，实际 26500元，在目标之内（余 500元），达标，得 5 分（满分 5 分）。'
    """
    parts = [_asked(result, lang), _done(result, lang), _outcome(result, lang)]
    error = fault(result)
    if error is not None and not isinstance(result.indicator.target, TargetError):
        parts.append(bare(error.message(lang)))
    if result.decision is not None:
        parts.append(_decided(result.decision, lang))
    parts += [bare(note.message(lang)) for note in result.notes if note.code == "deduction.taken"]
    parts.append("" if result.left_out else _points(result, lang))
    return phrase("explain.sentence", lang, parts=phrase("comma", lang).join(filter(None, parts)))


def _asked(result: IndicatorResult, lang: str) -> str:
    row = result.indicator
    target = row.target
    if isinstance(target, TargetError):
        return phrase("explain.target_quoted", lang, target=row.text)
    prose = isinstance(target.constraint, Statement)
    key = "explain.target_quoted" if prose else "explain.target"
    asked = phrase(key, lang, target=row.text)
    if result.resolved is None or result.resolved == target.constraint:
        return asked
    resolved, why = canonical(result.resolved), _why(result, lang)
    if not why:
        return asked + phrase("explain.taken_as", lang, resolved=resolved)
    return asked + phrase("explain.taken_as_why", lang, resolved=resolved, why=why)


def _why(result: IndicatorResult, lang: str) -> str:
    """What decided how an open target is meant, in a few words."""
    notes = [note for note in result.judgement.verdict.notes if note.code in DECIDED_BY]
    words = [phrase(f"explain.why.{note.code}", lang, **dict(note.params)) for note in notes]
    return phrase("comma", lang).join(dict.fromkeys(words))


def _done(result: IndicatorResult, lang: str) -> str:
    actual = result.actual
    if isinstance(actual.reading, Missing):
        # Where the target was read, the reason says that the actual is missing.
        unread = isinstance(result.indicator.target, TargetError)
        return phrase("explain.no_actual", lang) if unread else ""
    prose = isinstance(actual.reading, Stated)
    key = "explain.actual_quoted" if prose else "explain.actual"
    return phrase(key, lang, actual=actual.source)


def _outcome(result: IndicatorResult, lang: str) -> str:
    """The machine's verdict with its reason; a decision is told after it."""
    verdict = result.judgement.verdict
    suffix = "" if result.decision is None else ".machine"
    if result.left_out:
        reading = result.actual.reading
        applies = not (isinstance(reading, Missing) and reading.reason == "not_applicable")
        return phrase("explain.not_due" if applies else "explain.not_applicable", lang)
    if isinstance(verdict, Undetermined):
        return _open(result, verdict, suffix, lang)
    return _compared(verdict, lang, suffix)


def _compared(verdict: Verdict, lang: str, suffix: str = "") -> str:
    """The verdict with its margin or gap."""
    match verdict:
        case Met(margin=distance) | Unmet(gap=distance):
            how = "" if distance is None else "_at" if _ZERO.match(distance) else "_by"
            key = f"explain.{verdict_name(verdict)}{how}{suffix}"
            return phrase(key, lang, distance=distance)
        case Undetermined(reason=reason):
            told = bare(reason.message(lang))
            return phrase(f"explain.undetermined{suffix}", lang, reason=told)
        case _:
            assert_never(verdict)


def _open(result: IndicatorResult, verdict: Undetermined, suffix: str, lang: str) -> str:
    """Why nobody can tell, and that a person can where the reason does not say so itself."""
    target, reading = result.indicator.target, result.actual.reading
    if isinstance(target, TargetError):
        reason, says_so = target.error.message(lang), False
    else:
        reason, says_so = verdict.reason.message(lang), isinstance(reading, Missing | Stated)
    told = phrase(f"explain.undetermined{suffix}", lang, reason=bare(reason))
    if says_so or result.decision is not None:
        return told
    return told + phrase("comma", lang) + phrase("explain.or_decide", lang)


def _points(result: IndicatorResult, lang: str) -> str:
    """The points, after the sum that gives them; a decision needs no sum."""
    if result.weight is None or result.score is None:
        return phrase("explain.no_weight", lang)
    score, weight = result.score, exact.text(result.weight)
    key = "explain.points" if score.is_exact else "explain.points_open"
    told = [phrase(key, lang, points=score, weight=weight)]
    if result.decision is None:
        told = [*_reached(result, lang), *way(result, lang), *told]
    elif not score.is_exact:
        told = [phrase("explain.decided_band", lang), *told]
    return phrase("comma", lang).join(told)


def _reached(result: IndicatorResult, lang: str) -> list[str]:
    """The attainment that a formula was given; a met row and one without a formula need none."""
    verdict, workings = result.judgement.verdict, result.judgement.workings
    earns = any(working.points for working in workings)
    if not workings or not (isinstance(verdict, Unmet) or earns):
        return []
    opposite = any(note.code == "change.opposite" for note in verdict.notes)
    told = [phrase("explain.opposite", lang)] if opposite else []
    return [*told, phrase("explain.attained", lang, attained=attained(result, lang))]


def _decided(decision: Decision, lang: str) -> str:
    """The person's decision in words."""
    said = [
        None if decision.attained is None else phrase(f"attained.{decision.attained.value}", lang),
        None
        if decision.points is None
        else phrase("explain.decided_points", lang, points=exact.text(decision.points)),
    ]
    words = listed([word for word in said if word], lang, joined="and")
    return phrase("explain.decided", lang, decision=words, reason=bare(decision.reason))


def steps(result: IndicatorResult, lang: str = "zh") -> list[str]:
    """The way from the text to the points, one line a step."""
    return [
        *_target_steps(result, lang),
        *_actual_steps(result.actual, lang),
        *_score_steps(result, lang),
    ]


def _target_steps(result: IndicatorResult, lang: str) -> list[str]:
    row = result.indicator
    lines = _reading_steps(row.text, row.target, row.notes, lang)
    target = row.target
    if isinstance(target, TargetError):
        return lines
    if result.resolved is not None and result.resolved != target.constraint:
        lines.append(_line("resolved", canonical(result.resolved), lang))
    return lines


def value_steps(target: Target | TargetError, lang: str = "zh") -> list[str]:
    """How a text alone is read: the text, what the grammar sees, the reading, what was assumed."""
    return _reading_steps(target.source, target, (), lang)


def _reading_steps(
    text: str, target: Target | TargetError, notes: tuple[Note, ...], lang: str
) -> list[str]:
    lines = [_line("text", text, lang)]
    if isinstance(target, TargetError):
        lines.append(_line("refused", f"{target.error.code} {target.error.message(lang)}", lang))
        return lines
    lines.append(_line("reading", target.canonical, lang))
    return lines + [_line("assumed", it.message(lang), lang) for it in merged(notes, target.notes)]


def comparison_steps(actual: Actual, verdict: Verdict, lang: str = "zh") -> list[str]:
    """How an actual alone is read and what comparing it gives."""
    lines = _actual_steps(actual, lang)
    lines.append(_line("comparison", _compared(verdict, lang), lang))
    return lines + [_line("assumed", note.message(lang), lang) for note in verdict.notes]


def _actual_steps(actual: Actual, lang: str) -> list[str]:
    lines = [] if not actual.source else [_line("actual", actual.source, lang)]
    lines.append(_line("actual_reading", describe(actual.reading, lang), lang))
    return lines + [_line("assumed", note.message(lang), lang) for note in actual.notes]


def _score_steps(result: IndicatorResult, lang: str) -> list[str]:
    told: set[Note] = {*result.indicator.notes, *result.actual.notes}
    if isinstance(result.indicator.target, Target):
        told |= set(result.indicator.target.notes)
    later = [note for note in all_notes(result) if note not in told]
    lines = [_line("comparison", _compared(result.judgement.verdict, lang), lang)]
    if result.judgement.attainment is not None:
        lines.append(_line("attainment", attained(result, lang), lang))
    lines += [_line("assumed", note.message(lang), lang) for note in later]
    lines += [_line("formula", told, lang) for told in _formula_steps(result, lang)]
    if result.judgement.score is not None and result.weight is not None:
        machine = span(result.judgement.score, lang)
        lines.append(
            _line("points", phrase("of", lang, part=machine, whole=exact.text(result.weight)), lang)
        )
    if result.decision is not None:
        lines.append(_line("decision", _decided(result.decision, lang), lang))
        final = "" if result.score is None else span(result.score, lang)
        lines.append(_line("final", f"{verdict_word(result.verdict, lang)} {final}".strip(), lang))
    problems = (*result.indicator.problems, *(() if result.error is None else (result.error,)))
    lines += [_line("problem", f"{it.code} {it.message(lang)}", lang) for it in problems]
    return lines


def _formula_steps(result: IndicatorResult, lang: str) -> list[str]:
    """The way to the points, and the plain steps that a sentence has no need of."""
    plain = ("step.full", "step.open")
    rest = [step.message(lang) for step in merged(result.judgement.steps) if step.code in plain]
    return [*way(result, lang), *rest]


def _line(label: str, text: str, lang: str) -> str:
    return phrase("step.line", lang, label=phrase(f"step.{label}", lang), text=text)
