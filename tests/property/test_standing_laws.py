"""Laws of lost points, of the next grade and of the overview, over whole generated projects."""

from __future__ import annotations

from fractions import Fraction

from generated_rows import MOF, Case, projects, totalled
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval.outcomes import Score, Undetermined
from kpieval.overview import grade_counts, pending
from kpieval.results import ProjectResult, Summary
from kpieval.shortfalls import next_grade, shortfalls

NOTHING = Fraction(0)


def whole(result: ProjectResult) -> Fraction:
    """All points that a project can get."""
    rows = sum((row.weight or NOTHING for row in result.indicators), NOTHING)
    return rows + (NOTHING if result.execution is None else result.execution.weight)


def total(result: ProjectResult) -> Score:
    assert result.score is not None
    return result.score


@few(60)
@given(projects())
def test_what_was_lost_and_what_was_got_make_the_weight(case: Case) -> None:
    result = totalled(case)
    lost = [one.lost for one in shortfalls(result)]
    assert sum((one.low for one in lost), total(result).high) == whole(result)
    assert sum((one.high for one in lost), total(result).low) == whole(result)
    if total(result).is_exact:
        assert all(one.is_exact for one in lost)


@few(60)
@given(projects())
def test_the_largest_loss_comes_first_and_none_is_more_than_the_weight(case: Case) -> None:
    found = shortfalls(totalled(case))
    sure = [one.lost.low for one in found]
    assert sure == sorted(sure, reverse=True)
    assert all(0 <= one.lost.low <= one.lost.high <= one.weight for one in found)
    assert all(one.lost.high > 0 and one.open >= 0 for one in found)


@few(60)
@given(projects())
def test_the_next_grade_is_the_first_that_is_not_certain(case: Case) -> None:
    result = totalled(case)
    wanted, certain = next_grade(result), MOF.grades.of(total(result).low)
    names = MOF.grades.names
    if wanted is None:
        assert certain == names[0]
        return
    assert names.index(wanted.name) == names.index(certain) - 1
    assert wanted.needed.high == wanted.least - total(result).low > 0
    assert MOF.grades.of(total(result).low + wanted.needed.high) == wanted.name
    assert (wanted.needed.low == 0) == (wanted.name in result.grades)


@few(60)
@given(projects())
def test_a_certain_row_gives_the_next_grade_and_no_other_does(case: Case) -> None:
    result = totalled(case)
    wanted = next_grade(result)
    if wanted is None:
        return
    listed = {id(one.shortfall.row): one for one in wanted.candidates}
    for one in shortfalls(result):
        found = listed.get(id(one.row))
        sure = total(result).low + one.lost.high >= wanted.least
        lucky = 0 < wanted.least - total(result).high <= one.lost.low
        assert (found is not None) == (sure or lucky)
        assert found is None or found.certain == sure


@few(30)
@given(st.lists(projects(), min_size=1, max_size=4))
def test_every_project_is_counted_once_and_every_open_point_is_somebodys(
    cases: list[Case],
) -> None:
    results = tuple(map(totalled, cases))
    summary = Summary(results, MOF.name)
    assert sum(one.projects for one in grade_counts(summary)) == len(results)
    waiting = pending(summary)
    stakes = [one.stake or NOTHING for one in waiting]
    assert stakes == sorted(stakes, reverse=True)
    assert sum(stakes, NOTHING) == sum(
        (total(result).high - total(result).low for result in results), NOTHING
    )
    undetermined = [
        row
        for result in results
        for row in result.indicators
        if isinstance(row.verdict, Undetermined)
    ]
    named = {id(one.row) for one in waiting}
    assert all(id(row) in named for row in undetermined)
