"""What the forms of a monitoring report have in common: its cells and sentences."""

from __future__ import annotations

from kpieval import exact
from kpieval.amounts import Amount
from kpieval.explaining import fault
from kpieval.monitored import (
    Forecast,
    MonitoredExecution,
    MonitoredIndicator,
    MonitoredProject,
    Monitoring,
    Status,
    StatusCounts,
)
from kpieval.notes import Note
from kpieval.phrases import bare, listed, percent, phrase
from kpieval.rendering import amount as rendered

_UNCUT = "monitor.whole_year"


def opening(found: Monitoring, lang: str) -> str:
    """The month, the year and the policy."""
    key = "monitor.opening" if found.year is None else "monitor.opening_year"
    return phrase(key, lang, policy=found.policy, month=found.month, year=found.year)


def status_word(possible: tuple[Status, ...], lang: str) -> str:
    """The colour; all that are possible; or a dash.

    >>> status_word((Status.RED, Status.YELLOW), "zh")
    '红灯 或 黄灯'
    """
    words = [phrase(f"status.{status.value}", lang) for status in possible]
    return listed(words, lang) if words else phrase("status.none", lang)


def shown(value: Amount | None) -> str:
    """An amount for people: at most two places, half-up; the exact one stands in the JSON.

    >>> from kpieval.amounts import money
    >>> shown(Amount(exact.from_text("100/3"), money(1).unit))
    '33.33元'
    """
    if value is None:
        return ""
    places = exact.number(exact.half_up(value.value, 2))
    return rendered(Amount(places, value.unit))


def progress(row: MonitoredIndicator | MonitoredExecution) -> str:
    """The progress in percent; "" where there is none."""
    return "" if row.progress is None else percent(row.progress)


def heading(value: Forecast | None, lang: str) -> str:
    """The forecast with its gap and what every month that is left must bring, as one phrase."""
    if value is None:
        return ""
    parts = [phrase("monitor.heads_for", lang, value=shown(value.value))]
    if value.gap.value:
        parts.append(phrase("monitor.gap", lang, gap=shown(value.gap)))
    if value.per_month is not None and value.per_month.value:
        parts.append(phrase("monitor.per_month", lang, amount=shown(value.per_month)))
    return phrase("comma", lang).join(parts)


def story(row: MonitoredIndicator, lang: str) -> str:
    """Why the row has its status, where it is heading, and what is to be known about it."""
    parts = [heading(row.forecast, lang)]
    if row.likelihood:
        parts.append(phrase("monitor.likely", lang, words=row.likelihood))
    error = fault(row.result)
    if error is not None:
        parts.append(bare(error.message(lang)))
    elif row.reason is not None:
        parts.append(bare(row.reason.message(lang)))
    parts += [bare(note.message(lang)) for note in row.notes if _is_told(note)]
    return phrase("semicolon", lang).join(part for part in parts if part)


def _is_told(note: Note) -> bool:
    """Whether a note is of monitoring and of this row; what holds for a category is told once."""
    return note.code.startswith("monitor.") and note.code != _UNCUT


def uncut(project: MonitoredProject, lang: str) -> str:
    """The categories that were compared with the whole target; "" when there are none."""
    found = [
        dict(note.params)["level"]
        for row in project.indicators
        for note in row.notes
        if note.code == _UNCUT
    ]
    levels = phrase("list", lang).join(dict.fromkeys(found))
    return phrase("monitor.uncut", lang, levels=levels) if levels else ""


def spending(value: MonitoredExecution, lang: str) -> str:
    """The spending, its rate and its status, as one phrase."""
    if value.rate is None:
        reason = "" if value.reason is None else bare(value.reason.message(lang))
        return phrase("monitor.spending_open", lang, reason=reason)
    return phrase(
        "monitor.spending",
        lang,
        rate=percent(value.rate),
        expected=percent(value.expected),
        progress=progress(value),
        status=status_word(() if value.status is None else (value.status,), lang),
    )


def counted(value: StatusCounts, lang: str) -> str:
    """How many rows have each status."""
    return phrase(
        "monitor.counts",
        lang,
        red=value.red,
        yellow=value.yellow,
        green=value.green,
        blue=value.blue,
        none=value.none,
    )
