"""Examples that are read when the pages are made; one that is not read as it should breaks them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from kpidocs import markdown, saying
from kpieval import messages
from kpieval.actuals import Stated
from kpieval.constraints import Statement
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.notes import merged
from kpieval.parsing import parse_actual, parse_target
from kpieval.readings import describe
from kpieval.rendering import canonical
from kpieval.resolving import Open, Resolved, RowContext, resolve

YEAR = 2024
"""The year of the table that the examples stand in."""


class ExampleError(AssertionError):
    """An example that is not read as the page says."""


@frozen
class Shown:
    """What a text is read as, with what was assumed, or the code it is refused with."""

    text: str
    reading: str = ""
    notes: tuple[str, ...] = ()
    refused: str = ""

    @property
    def outcome(self) -> tuple[str, tuple[str, ...], str]:
        """All but the text."""
        return self.reading, self.notes, self.refused


_COLUMNS = {"名称": "name", "一级": "level1", "方向": "direction", "单位": "unit", "符号": "sign"}


def target(text: str, lang: str, *, prose: bool = False) -> Shown:
    """A text that must be read as a target; after @ stand other cells of its row.

    With a name, a level or a direction the reading is what the row makes of the value. Prose, in
    which nothing was read, counts only where it is expected.

    >>> target("不低于90%", "zh").reading, target("3人 @ 名称=死亡人数", "zh").reading
    ('≥90%', '≤3人')
    """
    value, row = _row(text)
    known = {key: said for key, said in row.items() if key != "direction"}
    try:
        read = parse_target(value, year=YEAR, **known)  # type: ignore[arg-type]  # texts alone
    except ReadingError as error:
        raise ExampleError(f"the target {text!r} is refused: {error.message('en')}") from error
    if isinstance(read.constraint, Statement) and not prose:
        raise ExampleError(f"the target {text!r} is taken for prose")
    reading, notes = read.canonical, read.notes
    about = {key: said for key, said in row.items() if key in ("name", "level1", "direction")}
    if about:
        match resolve(read.constraint, RowContext(**about)):
            case Resolved(constraint=constraint, notes=more):
                reading, notes = canonical(constraint), (*notes, *more)
            case Open(reason=reason):
                notes = (*notes, reason)
    return Shown(text, reading, tuple(note.message(lang) for note in merged(notes)))


def _row(text: str) -> tuple[str, dict[str, str]]:
    """The value and the other cells: ``3人 @ 名称=死亡人数``."""
    value, _, cells = text.partition(" @ ")
    pairs = (cell.split("=", 1) for cell in cells.split() if cell)
    return value, {_COLUMNS[key]: said for key, said in pairs}


def actual(text: str, lang: str) -> Shown:
    """A text that must be read as an actual.

    >>> actual("200余人", "zh").reading
    '[200, 300) 人'
    """
    try:
        read = parse_actual(text, year=YEAR)
    except ReadingError as error:
        raise ExampleError(f"the actual {text!r} is refused: {error.message('en')}") from error
    if isinstance(read.reading, Stated) and read.reading.attained is None:
        raise ExampleError(f"the actual {text!r} is taken for prose")
    reading = describe(read.reading, lang)
    return Shown(text, reading, tuple(note.message(lang) for note in read.notes))


def refused(text: str, lang: str) -> Shown:
    """A text that must be refused as a target.

    >>> refused("≥5兆元", "zh").refused
    'KP116'
    """
    try:
        read = parse_target(text, year=YEAR)
    except KpiEvalError as error:
        return Shown(text, refused=error.code)
    raise ExampleError(f"the target {text!r} should be refused, and is read as {read.canonical}")


def refused_actual(text: str, lang: str) -> Shown:
    """A text that must be refused as an actual.

    >>> refused_actual("计划完成3次", "zh").refused
    'KP118'
    """
    try:
        read = parse_actual(text, year=YEAR)
    except KpiEvalError as error:
        return Shown(text, refused=error.code)
    raise ExampleError(f"the actual {text!r} should be refused, and is {describe(read.reading)}")


READ: dict[str, Callable[[str, str], Shown]] = {
    "例": target,
    "实际": actual,
    "拒绝": refused,
    "不是实际": refused_actual,
}
"""How an example is read, by the word that it stands behind in a comment."""


def noted(comments: Iterable[str]) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """The lines of a comment that say something, and its examples, each behind its kind.

    >>> noted(["大约。Roughly.", "例 约3人 | 约5人"])
    (['大约。Roughly.'], (('例', '约3人'), ('例', '约5人')))
    """
    said, shown = [], []
    for line in comments:
        kind, _, texts = line.partition(" ")
        if kind in READ:
            shown += [(kind, text.strip()) for text in texts.split(" | ")]
        else:
            said.append(line)
    return said, tuple(shown)


def outcome(shown: Shown, lang: str) -> str:
    """What became of a text, as Markdown."""
    if not shown.refused:
        return markdown.code(shown.reading)
    title = messages.catalogue(lang)["error"][shown.refused]["title"]
    link = f"[{shown.refused} {markdown.escaped(title)}](#{lang}-{shown.refused.lower()})"
    return saying.word("example.refused", lang, code=link)


def table(shown: list[Shown], lang: str) -> str:
    """A row an outcome, with all texts that have it, in their order."""
    outcomes: dict[tuple[str, tuple[str, ...], str], list[Shown]] = {}
    for one in shown:
        outcomes.setdefault(one.outcome, []).append(one)
    as_written = [same[0] for same in outcomes.values() if _is_as_written(same)]
    rows = [
        [outcome(same[0], lang), _texts(same), _notes(same[0])]
        for same in outcomes.values()
        if not _is_as_written(same)
    ]
    if as_written:
        rows.append([saying.word("example.as_written", lang), _texts(as_written), ""])
    heads = [saying.word(f"example.{head}", lang) for head in ("reading", "texts", "notes")]
    # The column of the notes is left out where there are none.
    width = 3 if any(row[2] for row in rows) else 2
    return markdown.table(heads[:width], (row[:width] for row in rows))


def _is_as_written(same: list[Shown]) -> bool:
    """Whether nothing but one text is read as just this text, with nothing assumed."""
    texts = {one.text for one in same}
    return texts == {same[0].reading} and not same[0].notes


def _texts(same: list[Shown]) -> str:
    return markdown.codes(dict.fromkeys(one.text for one in same))


def _notes(shown: Shown) -> str:
    return "<br>".join(markdown.prose(note) for note in shown.notes)
