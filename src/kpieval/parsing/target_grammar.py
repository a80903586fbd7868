"""Reading a target by the grammar.

The path of a value: fold the look-alikes, parse, finish the drafts with what is known about the
row. What the grammar refuses is a Statement when nothing in it counts as a figure; else it is an
error that says where and why.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lark.exceptions import UnexpectedInput

from kpieval import wordlists
from kpieval.constraints import (
    Bare,
    Change,
    Constraint,
    LessThan,
    MoreThan,
    Statement,
    Target,
    YesNo,
)
from kpieval.errors import (
    ContradictionError,
    NoTargetError,
    ReadingError,
    RecurringDateError,
    TargetSyntaxError,
    UnknownUnitError,
    VagueNumberError,
)
from kpieval.meaning import amounts_of, open_notes
from kpieval.notes import Note, merged
from kpieval.parsing import columns, damage, language, leftovers
from kpieval.parsing.drafting import Scope
from kpieval.parsing.faults import more_telling, refusal
from kpieval.parsing.folding import Folded, fold
from kpieval.parsing.hints import hint_of
from kpieval.parsing.items import Items, combined
from kpieval.parsing.rows import Row
from kpieval.parsing.rules import Hint
from kpieval.rendering import canonical

_SEPARATED = re.compile(r"\d[, ]\d{3}")
_TRAILING = " 。."
_DOTTED = re.compile(r"\d[.．]\d")


def by_grammar(text: str, row: Row, *, repair: bool = False) -> Target:
    """Read a value by the grammar, whatever its shape; what :func:`parse_target` is held to."""

    def read(candidate: str) -> Target:
        return _read(candidate, row)

    try:
        target = read(text)
    except TargetSyntaxError as error:
        return damage.explained(text, error, read, repair=repair)
    return damage.suspected(target, read, repair=repair)


def _read(text: str, row: Row) -> Target:
    folded = fold(columns.with_date_unit(text, row))
    if not _whole_word(folded):
        refuse_empty(text, folded.text)
    hint = columns.unit_column(text, row)
    scope = _scope(text, row, hint)
    constraint = _constraint(text, folded, scope, row)
    columns.check_units(constraint, hint or row.sense.hint, text)
    constraint = columns.with_sign(constraint, text, row)
    if hint is not None and hint.sign is not None:
        constraint = columns.signed(constraint, hint.sign, text, row.unit or "")
    constraint = _with_name_sign(constraint, scope, row)
    _refuse_days_counted(constraint, scope)
    _refuse_degrees(constraint, text, row)
    _refuse_classes(constraint, text, row)
    _note_name(constraint, scope, row)
    _note_months(constraint, scope, folded.text)
    notes = merged(folded.notes, number_notes(folded.text), scope.notes, open_notes(constraint))
    factors = tuple(scope.written_factors)
    if len(factors) != len(amounts_of(constraint)) or len(set(factors)) < 2:
        factors = ()
    return Target(text, constraint, canonical(constraint), notes, scope.written_factor, factors)


def read_cell(folded: Folded, scope: Scope, *, start: str, names: int = 0) -> Constraint:
    """The constraint of a folded text by the grammar alone; raises ReadingError."""
    torn = language.torn_comparator(folded.text)
    if torn is not None:
        raise TargetSyntaxError(scope.source, torn, expected=("comparator",))
    try:
        cell = language.parser().parse(folded.text, start=start)
    except UnexpectedInput as failure:
        prose = counts_nothing(folded.text)
        raise refusal(scope.source, folded.text, failure, prose=prose) from None
    assert isinstance(cell, Items)  # both start rules give items
    try:
        return combined(cell, scope, names)
    except (TargetSyntaxError, UnknownUnitError) as error:
        raise more_telling(scope.source, folded.text) or error from None


@lru_cache(maxsize=64)
def counts_nothing(text: str) -> bool:
    """Whether nothing in a folded text counts as a figure."""
    for char in text:
        if char.isnumeric() and not ("\u4e00" <= char <= "\u9fff" or char == "〇"):
            return False
    words = leftovers.without_idioms(text)
    if words.strip() and re.fullmatch(
        r"[零〇一二两三四五六七八九十百千万亿点壹贰叁肆伍陆柒捌玖拾佰仟 ,;、]+", words.strip()
    ):
        return False
    return not re.search(language.counts(), words)


def refuse_empty(source: str, folded: str) -> None:
    """Refuse a cell that holds no target: blank, a dash, a placeholder, a sign or a unit alone."""
    text = folded.strip(_TRAILING)
    if language.has_placeholder(text):
        raise NoTargetError(source)
    blanks: str = wordlists.context()["empty"]["blanks"]
    if text.strip(blanks) == "" or text in wordlists.words("empty", "words"):
        raise NoTargetError(source)
    if any(char.isdecimal() for char in text) or re.search(language.numeral(), text):
        return
    if hint_of(text) is not None:
        raise NoTargetError(source)


def _scope(text: str, row: Row, hint: Hint | None) -> Scope:
    from_name = row.sense.hint
    chosen = hint or from_name
    if hint and from_name and hint.unit == from_name.unit and hint.factor != from_name.factor:
        raise ContradictionError(text, what=f"{row.unit} / {row.name}")
    return Scope(
        source=text,
        year=row.year,
        date_row=row.sense.is_date,
        date_column=(row.unit or "").strip() in wordlists.words("columns", "dates"),
        length_row=row.sense.may_be_length,
        has_sign=row.has_sign,
        hint=chosen.unit if chosen else None,
        hint_factor=chosen.factor if chosen else 1,
    )


def _constraint(text: str, folded: Folded, scope: Scope, row: Row) -> Constraint:
    word = _whole_word(folded)
    if word is not None:
        return word
    try:
        return read_cell(folded, scope, start="target", names=row.sense.listed)
    except ReadingError as error:
        if not counts_nothing(folded.text) or not language.is_prose(error):
            raise
        _refuse_like_a_value(text, folded.text.strip(_TRAILING), error)
        scope.notes.clear()
        if language.holds_comparator(folded.text) or language.ends_including(folded.text):
            scope.note("statement.bound")
        return Statement(text.strip())


def _refuse_like_a_value(source: str, text: str, error: ReadingError) -> None:
    """Refuse what is no prose either: a blank for a number, a vague count, a day that recurs."""
    if language.has_blank_for_number(text):
        raise NoTargetError(source) from None
    if language.is_vague_count(text):
        raise VagueNumberError(source) from None
    if language.is_recurring(text):
        raise RecurringDateError(source) from None
    if not any("\u4e00" <= char <= "\u9fff" for char in text):
        raise error  # NaN, Infinity, letters alone


def _refuse_days_counted(constraint: Constraint, scope: Scope) -> None:
    """In a date row <7月 is no count of months, and no day that a deadline could name.

    Nor is ≤6.30, of which nobody can tell whether it is a day or a number.
    """
    counted = isinstance(constraint, LessThan | MoreThan) and constraint.value.unit.name == "月"
    counted = counted and "个" not in scope.source
    is_number = scope.unitless and scope.hint is None
    dotted = is_number and _DOTTED.search(scope.source)
    if (scope.date_column and is_number) or (scope.date_row and (dotted or counted)):
        raise TargetSyntaxError(scope.source, expected=("date",))


def _refuse_degrees(constraint: Constraint, text: str, row: Row) -> None:
    """18度 of a room is no electricity, and may be ℃ or an angle."""
    is_degree = wordlists.contains_any(f"{text}{row.name or ''}", "degree", "names")
    units = {amount.unit.name for amount in amounts_of(constraint)} if is_degree else set()
    if "千瓦时" in units and "度" in f"{text}{row.unit or ''}":
        place = text.rfind("度")
        span = (place, place + 1) if place >= 0 else (0, len(text))
        raise UnknownUnitError(text, span, unit="度", near="℃")


def _refuse_classes(constraint: Constraint, text: str, row: Row) -> None:
    """三类以上 of water is class three or better, and no number of classes."""
    if not wordlists.contains_any(f"{text}{row.name or ''}", "ranks", "graded"):
        return
    if any(amount.unit.name == "类" for amount in amounts_of(constraint)):
        raise UnknownUnitError(text, unit="类", near="—")


def _note_months(constraint: Constraint, scope: Scope, folded: str) -> None:
    """Note that 12月 after a sign was taken for a number of months."""
    said = re.search(r"([0-9]{1,2})[ ]*(月|季度)", folded)
    amounts = amounts_of(constraint)
    if said and amounts and amounts[-1].unit.name == said[2] and "个" not in folded:
        scope.note("date.months", number=said[1], unit=said[2])


def _whole_word(folded: Folded) -> YesNo | None:
    """A cell that is nothing but 是 or 否."""
    word = folded.text.strip().rstrip(_TRAILING)
    if word in wordlists.words("stated", "yes"):
        return YesNo(True)
    return YesNo(False) if word in wordlists.words("stated", "no") else None


def _with_name_sign(constraint: Constraint, scope: Scope, row: Row) -> Constraint:
    """The sign in the brackets of the name (≥**人), where the value has none."""
    hint = row.sense.hint
    if hint is None or hint.sign is None or row.sign:
        return constraint
    if not isinstance(constraint, Bare):
        return columns.signed(constraint, hint.sign, scope.source, row.name or "")
    scope.note("sign.from_name")
    made: Constraint = hint.sign(constraint.value)  # type: ignore[call-arg]
    return made


def _note_name(constraint: Constraint, scope: Scope, row: Row) -> None:
    """Note what the row's name says and the value leaves out: another year, a change."""
    for year in row.sense.years:
        if scope.took_year and year != scope.year:
            scope.note("date.other_year_in_name", name=year, year=scope.year)
    is_size = not isinstance(constraint, Change) and bool(amounts_of(constraint))
    if is_size and row.sense.speaks_of_change:
        scope.note("change.in_name")


def number_notes(folded: str) -> tuple[Note, ...]:
    """The note on thousands separators, if the text has any."""
    return (Note.of("number.separators"),) if _SEPARATED.search(folded) else ()
