"""Weights for projects that have none, the same that ``kpieval score`` gives them.

A weight hangs on all rows of its project, so that the rows are gone through twice: a
:class:`Survey` keeps four whole numbers of each, and what it comes to stands beside the rows when
they are scored. The rows of a project may lie anywhere in their file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import groupby

import polars as pl
import pyarrow as pa
from attrs import define, field, frozen

from kpieval.actuals import Missing
from kpieval.bulk.columns import Layout
from kpieval.bulk.encoding import coded, distinct
from kpieval.bulk.facts import Numbered
from kpieval.bulk.memo import Memo
from kpieval.bulk.single import SCALE, Context, actual_of
from kpieval.constraints import TargetError
from kpieval.errors import (
    ImpossiblePolicyError,
    NoTargetError,
    PartialWeightsError,
    UnallocatableError,
)
from kpieval.policies import Allocation, NotApplicable, Policy
from kpieval.readers.columns import Role
from kpieval.tables import EXECUTED, Indicator, Project
from kpieval.weighting import Weights, category_of, weigh

_BLANK, _GIVEN, _REFUSED, _ASIDE = range(4)
"""A weight cell; and a row that has no weight at all: the spending of a project."""

_UNREAD = TargetError("", NoTargetError(""))


@frozen
class Beside:
    """What is said of a row by its project's weights: the code of an error, codes of notes."""

    error: str | None
    notes: tuple[str, ...]


@frozen
class Allocated:
    """The weights of all rows of a source, in their order.

    ``amounts`` are in the last place of a score, null where the row has none from here; ``said``
    are places in ``beside``, null where nothing is said.
    """

    amounts: pl.Series
    said: pl.Series
    beside: tuple[Beside, ...]


@define
class Survey:
    """The rows of a source as their weights see them, batch by batch."""

    memo: Memo
    projects: Numbered = field(factory=Numbered)
    firsts: Numbered = field(factory=Numbered)
    seconds: Numbered = field(factory=Numbered)
    years: Numbered = field(factory=Numbered)
    dropped: dict[str, bool] = field(factory=dict)
    parts: list[pl.DataFrame] = field(factory=list)

    def add(self, batch: pa.RecordBatch, layout: Layout) -> None:
        """Look at the rows of a batch."""
        columns: tuple[tuple[str, Role, Callable[[str], int | None], type[pl.DataType]], ...] = (
            ("project", Role.PROJECT, self.projects.of, pl.Int32),
            ("first", Role.LEVEL1, self.firsts.of, pl.Int32),
            ("second", Role.LEVEL2, self.seconds.of, pl.Int32),
            ("year", Role.YEAR, self._year, pl.Int16),
            ("state", Role.WEIGHT, self._state, pl.Int8),
            ("aside", Role.NAME, lambda name: int(name == EXECUTED), pl.Int8),
            ("dropped", Role.ACTUAL, self._dropped, pl.Int8),
        )
        made = []
        for name, role, number, kind in columns:
            column = layout.column(batch, role)
            if column is None:
                blank = number("")
                made.append(pl.repeat(blank, batch.num_rows, dtype=kind, eager=True).alias(name))
            else:
                found = coded(column)
                values = pl.Series(name, [number(text) for text in found.values], dtype=kind)
                made.append(values.gather(found.codes))
        self.parts.append(_one_state(pl.DataFrame(made)))

    def allocated(self) -> Allocated:
        """The weights, now that all rows are known."""
        if not self.parts:
            return Allocated(pl.Series(dtype=pl.Int64), pl.Series(dtype=pl.Int32), ())
        rows = pl.concat(self.parts)
        self.parts.clear()
        return _Allocating(self, self.memo.policy).done(_owned(rows, len(self.projects)))

    def _year(self, text: str) -> int | None:
        """The number of a year; none for a blank or a bad one, which is that of the row above."""
        found = self.memo.year(Context(year=text)).year if text else None
        return None if found is None else self.years.of(found)

    def _state(self, text: str) -> int:
        found = self.memo.weight(text)
        if found.error is not None:
            return _REFUSED
        return _BLANK if found.points is None else _GIVEN

    def _dropped(self, text: str) -> bool:
        """Whether an actual leaves its row out, as the policy has it; no number does."""
        if self.memo.policy.not_applicable is NotApplicable.ASK or any(map(str.isdigit, text)):
            return False
        known = self.dropped.get(text)
        if known is None:
            reading = actual_of(text, None, None)[0].reading
            known = isinstance(reading, Missing) and reading.reason == "not_applicable"
            self.dropped[text] = known
        return known


def _one_state(rows: pl.DataFrame) -> pl.DataFrame:
    state = pl.when(pl.col("aside") == 1).then(pl.lit(_ASIDE, dtype=pl.Int8)).otherwise("state")
    return rows.select("project", "first", "second", "year", state.alias("state"), "dropped")


def _owned(rows: pl.DataFrame, projects: int) -> pl.DataFrame:
    """The rows with the number of their project, of which one name has one for each year.

    A row without a year goes with the one above it, and those at the top with the first.
    """
    if rows["year"].null_count() not in (0, len(rows)):
        filled = pl.col("year").forward_fill().over("project")
        rows = rows.with_columns(filled).with_columns(
            pl.col("year").backward_fill().over("project")
        )
    year = rows["year"].fill_null(-1).cast(pl.Int64) + 1
    most = int(year.max() or 0) + 1  # type: ignore[arg-type]
    owner = distinct((rows["project"].cast(pl.Int64), projects), (year, most)).codes
    return rows.drop("project", "year").with_columns(owner=owner)


Sizes = tuple[tuple[int, int], ...]
"""A project as its weights see it: the key of each group of alike rows, and how many they are."""


@frozen
class Share:
    """The weight of each row of a group but its last, that of the last, and what is said of it."""

    each: int | None
    last: int | None
    said: int


@frozen
class Weighed:
    """The weights of a project's rows, and what is said of rows with a category and without."""

    amounts: list[int | None]
    said: int
    homeless: int

    def said_of(self, category: int) -> int:
        """The place of what is said of a row of that category."""
        return self.homeless if category < 0 else self.said


@define
class _Allocating:
    survey: Survey
    policy: Policy
    beside: Numbered = field(factory=Numbered)
    known: dict[Sizes, tuple[Share, ...]] = field(factory=dict)
    categories: Numbered = field(factory=Numbered)
    examples: list[str] = field(factory=list)

    def done(self, rows: pl.DataFrame) -> Allocated:
        """The weights of rows with their ``owner``."""
        state = pl.col("state")
        rows = rows.with_row_index("row").with_columns(
            has_given=(state == _GIVEN).any().over("owner"),
            has_refused=(state == _REFUSED).any().over("owner"),
            is_odd=((pl.col("dropped") == 1) & (state != _ASIDE)).any().over("owner"),
        )
        counts = (state == _BLANK) & ~pl.col("has_refused")
        partial = rows.filter(counts & pl.col("has_given"))["row"]
        wanted = rows.filter(counts & ~pl.col("has_given"))
        amounts = pl.repeat(None, len(rows), dtype=pl.Int64, eager=True)
        said = pl.repeat(None, len(rows), dtype=pl.Int32, eager=True)
        said = said.scatter(partial, self._said(PartialWeightsError.code))
        for made in (
            self._alike(wanted.filter(~pl.col("is_odd"))),
            self._odd(wanted.filter("is_odd")),
        ):
            amounts = amounts.scatter(made["row"], made["amount"])
            said = said.scatter(made["row"], made["said"])
        return Allocated(amounts, said, tuple(self.beside.values))

    def _said(self, error: str | None, notes: tuple[str, ...] = ()) -> int:
        return self.beside.of(Beside(error, notes))

    def _category(self, first: str) -> int:
        """The number of the plan's category for a first level; -1 for none."""
        sample = Indicator(first, "", "", "", _UNREAD)
        found = category_of(sample, self.policy.weights)
        if found is None:
            return -1
        number = self.categories.of(found)
        if number == len(self.examples):
            self.examples.append(first)
        return number

    def _alike(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Projects in which only how many rows stand where makes the weights."""
        firsts = pl.Series([self._category(it) for it in self.survey.firsts.values], dtype=pl.Int64)
        category = firsts.gather(rows["first"])
        key = category + 1
        if self.policy.weights.allocation is Allocation.BY_LEVEL2:
            key = key * len(self.survey.seconds) + rows["second"].cast(pl.Int64)
        owners = int(rows["owner"].max() or 0) + 1  # type: ignore[arg-type]
        most = int(key.max() or 0) + 1  # type: ignore[arg-type]
        group = distinct((rows["owner"], owners), (key, most)).codes
        rows = rows.select("row", "owner", group=group, category=category)
        groups = rows.group_by("group", maintain_order=True).agg(
            pl.col("owner").first(), pl.col("category").first(),
            size=pl.len(), last_row=pl.col("row").max(),
        )  # fmt: skip
        shares = self._shares(groups.sort("owner", maintain_order=True))
        joined = rows.join(
            groups.select("group", "last_row"), on="group", how="left", maintain_order="left"
        )
        joined = joined.join(shares, on="group", how="left", maintain_order="left")
        amount = pl.when(pl.col("row") == pl.col("last_row")).then("last").otherwise("each")
        return joined.select("row", amount.alias("amount"), "said")

    def _shares(self, groups: pl.DataFrame) -> pl.DataFrame:
        """The share of each group, project by project."""
        made: list[Share] = []
        cells = zip(groups["owner"], groups["category"], groups["size"], strict=True)
        for _, own in groupby(cells, key=lambda cell: cell[0]):
            sizes = tuple((category, size) for _, category, size in own)
            found = self.known.get(sizes)
            if found is None:
                found = self.known[sizes] = self._divided(sizes)
            made += found
        return pl.DataFrame(
            {
                "group": groups["group"],
                "each": pl.Series([it.each for it in made], dtype=pl.Int64),
                "last": pl.Series([it.last for it in made], dtype=pl.Int64),
                "said": pl.Series([it.said for it in made], dtype=pl.Int32),
            }
        )

    def _divided(self, sizes: Sizes) -> tuple[Share, ...]:
        """The shares of a project's groups, from the weights of one that looks like it."""
        made = [
            Indicator("" if category < 0 else self.examples[category], str(at), "", "", _UNREAD)
            for at, (category, size) in enumerate(sizes)
            for _ in range(size)
        ]
        given = self._weighed(made)
        found, at = [], 0
        for category, size in sizes:
            amounts, at = given.amounts[at : at + size], at + size
            found.append(Share(amounts[0], amounts[-1], given.said_of(category)))
        return tuple(found)

    def _odd(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Projects of which rows are left out: their weights are handed on, row by row."""
        numbers: list[tuple[int, int | None, int]] = []
        names = self.survey.firsts.values, self.survey.seconds.values
        for _, own in rows.group_by("owner", maintain_order=True):
            made = [
                Indicator(names[0][first], names[1][second], "", "", _UNREAD)
                for first, second in zip(own["first"], own["second"], strict=True)
            ]
            dropped = frozenset(own["dropped"].cast(pl.Boolean).arg_true())
            given = self._weighed(made, dropped)
            for row, amount, one in zip(own["row"], given.amounts, made, strict=True):
                numbers.append((row, amount, given.said_of(self._category(one.level1))))
        schema = {"row": pl.UInt32, "amount": pl.Int64, "said": pl.Int32}
        return pl.DataFrame(numbers, schema=schema, orient="row")

    def _weighed(self, rows: Sequence[Indicator], dropped: frozenset[int] = frozenset()) -> Weighed:
        """The weights of a project, by the code for a single one."""
        found = weigh(Project("", tuple(rows)), self.policy, left_out=dropped)
        lost = [error for error in found.problems if isinstance(error, UnallocatableError)]
        if lost:
            refused = self._said(UnallocatableError.code)
            # Where the plan has no points for anything that is there, no row has a place.
            said = self._said(None) if len(lost) < len(rows) else refused
            return Weighed([None] * len(rows), said, refused)
        plain = self._said(None, tuple(dict.fromkeys(note.code for note in found.notes)))
        return Weighed(_amounts(found, self.policy), plain, plain)


def _amounts(found: Weights, policy: Policy) -> list[int | None]:
    made: list[int | None] = []
    for weight in found.rows:
        scaled = None if weight is None else weight * Fraction(10**SCALE)
        if scaled is not None and scaled.denominator != 1:
            raise ImpossiblePolicyError(where=policy.name, fields="weights.level1")
        made.append(None if scaled is None else scaled.numerator)
    return made
