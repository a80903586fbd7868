"""Which actual belongs to which row, and that none is dropped without being named."""

from __future__ import annotations

import pytest
from scored import entry, faults, indicator, table

from kpieval import matching
from kpieval.matching import key, match
from kpieval.parsing.folding import Folded, fold
from kpieval.tables import ActualEntry, Actuals, Place, Project


def project(name: str, *rows: str | tuple[str, str]) -> Project:
    """A project with rows of these names, or of these (second level, name)."""
    made = []
    for row in rows:
        level2, label = ("数量指标", row) if isinstance(row, str) else row
        made.append(indicator("≥10人", name=label, level2=level2))
    return table(*made, name=name)


ONE, OTHER = project("项目甲", "培训人次", "合格率"), project("项目乙", "培训人次", "满意度")


def test_rows_are_found_by_name() -> None:
    found = match([ONE], Actuals((entry("合格率", "1"), entry("培训人次", "2"))))
    assert {place: given.value for place, given in found.rows.items()} == {
        (0, 1): "1",
        (0, 0): "2",
    }
    assert found.count == 2
    assert found.problems == ()


@pytest.mark.parametrize("written", ["培训人次", " 培训 人次", "培训　人次"])
def test_white_space_does_not_matter(written: str) -> None:
    assert match([ONE], Actuals((entry(written, "1"),))).count == 1


def test_full_width_signs_do_not_matter() -> None:
    rows = project("甲", "覆盖率（%）")
    assert match([rows], Actuals((entry("覆盖率(％)", "1"),))).count == 1
    assert key("Ａ１（％）") == key("A1(%)")


@pytest.mark.parametrize("written", ["培训人数", "培训", "培训人次数", "", "合格 率 "])
def test_matching_is_never_fuzzy(written: str) -> None:
    found = match([ONE], Actuals((entry(written, "5"),)))
    if key(written) == "合格率":
        assert found.count == 1
        return
    assert found.count == 0 and not found.rows
    (problem,) = found.problems
    assert problem.code == "KP206"
    assert "5" in problem.message()


def test_an_actual_that_fits_two_projects_is_used_for_neither() -> None:
    found = match([ONE, OTHER], Actuals((entry("培训人次", "7"),)))
    assert not found.rows
    (problem,) = found.problems
    assert problem.code == "KP207"
    assert "培训人次" in problem.message() and "2" in problem.message()


def test_the_project_tells_them_apart() -> None:
    given = Actuals((entry("培训人次", "7", project="项目乙"), entry("满意度", "8")))
    found = match([ONE, OTHER], given)
    assert {place: row.value for place, row in found.rows.items()} == {(1, 0): "7", (1, 1): "8"}


def test_the_second_level_tells_them_apart() -> None:
    rows = project("甲", ("数量指标", "完成情况"), ("质量指标", "完成情况"))
    assert faults(match([rows], Actuals((entry("完成情况", "7"),))).problems) == ["KP207"]
    found = match([rows], Actuals((entry("完成情况", "7", level2="质量指标"),)))
    assert list(found.rows) == [(0, 1)]
    none = match([rows], Actuals((entry("完成情况", "7", level2="时效指标"),)))
    assert faults(none.problems) == ["KP206"]


def test_two_actuals_for_one_row_are_used_neither() -> None:
    given = Actuals(
        (
            ActualEntry("培训人次", "7", place=Place("a.csv", row=2)),
            ActualEntry("培训人次", "8", place=Place("b.csv", row=5)),
            entry("合格率", "9"),
        )
    )
    found = match([ONE], given)
    assert list(found.rows) == [(0, 1)]
    assert found.count == 1
    (problem,) = found.problems
    assert problem.code == "KP207"
    assert "a.csv:2" in problem.message() and "b.csv:5" in problem.message()
    assert found.doubled == {(0, 0): problem}


def test_even_two_equal_actuals_for_one_row_are_reported() -> None:
    found = match([ONE], Actuals((entry("合格率", "9"), entry("合格率", "9"))))
    assert faults(found.problems) == ["KP207"]


def test_two_lines_that_complete_each_other_are_one() -> None:
    value = ActualEntry("合格率", "95%", place=Place("a.csv", row=2))
    before = ActualEntry("合格率", "", previous="90%", place=Place("b.csv", row=3))
    decided = entry("合格率", "", decided=("达成", "", "核查"))
    for given in ((value, before, decided), (decided, before, value), (before, value, decided)):
        found = match([ONE], Actuals(given))
        assert found.problems == ()
        one = found.rows[(0, 1)]
        assert (one.value, one.previous, one.place) == ("95%", "90%", Place("a.csv", row=2))
        assert one.decision == decided.decision


@pytest.mark.parametrize("twice", ["value", "previous", "decision", "so_far", "likelihood"])
def test_two_lines_that_say_one_thing_twice_are_doubled(twice: str) -> None:
    lines = {
        "value": ActualEntry("合格率", "95%"),
        "previous": ActualEntry("合格率", "", previous="90%"),
        "decision": entry("合格率", "", decided=("达成", "", "核查")),
        "so_far": ActualEntry("合格率", "", so_far="50%"),
        "likelihood": ActualEntry("合格率", "", likelihood="确定能"),
    }
    found = match([ONE], Actuals((lines[twice], lines[twice])))
    assert not found.rows
    assert faults(found.problems) == ["KP207"]


def test_an_unknown_project_is_reported_unless_the_file_is_known_to_hold_more() -> None:
    given = Actuals((entry("培训人次", "7", project="项目丙"),))
    assert faults(match([ONE], given).problems) == ["KP206"]
    assert match([ONE], given, strict=False).problems == ()
    assert "项目丙" in match([ONE], given).problems[0].message()


def test_an_actual_of_this_project_is_reported_also_when_not_strict() -> None:
    for made in (entry("没有", "7"), entry("没有", "7", project="项目甲")):
        assert faults(match([ONE], Actuals((made,)), strict=False).problems) == ["KP206"]


def test_the_spending_belongs_to_a_project() -> None:
    alone = match([ONE], Actuals((entry("全年执行数", "9万元"),)))
    assert alone.executed[0].value == "9万元"
    assert alone.count == 1
    both = match([ONE, OTHER], Actuals((entry("全年执行数", "9万元"),)))
    assert not both.executed
    assert faults(both.problems) == ["KP207"]
    told = match([ONE, OTHER], Actuals((entry("全年执行数", "9万元", project="项目乙"),)))
    assert list(told.executed) == [1]
    twice = match([ONE], Actuals((entry("全年执行数", "9万元"), entry("全年执行数", "8万元"))))
    assert not twice.executed
    assert faults(twice.problems) == ["KP207"]


def test_projects_of_one_name_are_not_told_apart() -> None:
    found = match([ONE, ONE], Actuals((entry("合格率", "9", project="项目甲"),)))
    assert not found.rows
    assert faults(found.problems) == ["KP207"]


def test_the_place_of_a_lost_actual_is_named() -> None:
    lost = ActualEntry("没有", "7", place=Place("a.csv", row=9))
    (problem,) = match([ONE], Actuals((lost,))).problems
    assert problem.where == "a.csv:9"


def test_every_actual_is_used_or_named() -> None:
    given = Actuals(
        (
            entry("培训人次", "1", project="项目甲"),
            entry("合格率", "2"),
            entry("没有", "3"),
            entry("培训人次", "4"),
            entry("满意度", "5"),
            entry("满意度", "6"),
            entry("全年执行数", "7", project="项目甲"),
            entry("全年执行数", "8"),
        )
    )
    found = match([ONE, OTHER], given)
    used = {one.value for one in (*found.rows.values(), *found.executed.values())}
    assert used == {"1", "2", "7"}
    assert found.count == 3
    assert faults(found.problems) == ["KP206", "KP207", "KP207", "KP207"]


@pytest.mark.parametrize(
    ("target", "written", "count", "noted"),
    [
        ("★培训人次", "培训人次", 1, 1),
        ("培训人次", "★ 培训人次", 1, 1),
        ("*培训人次", "★培训人次", 1, 1),
        ("★培训人次", "★培训人次", 1, 0),
        ("培训★人次", "培训人次", 0, 0),
    ],
)
def test_a_star_before_the_name_is_no_part_of_it(
    target: str, written: str, count: int, noted: int
) -> None:
    found = match([project("甲", target)], Actuals((entry(written, "1"),)))
    assert found.count == count
    assert [note.code for note in found.notes] == ["matching.star"] * noted


def test_the_name_that_is_exactly_the_same_comes_first() -> None:
    rows = project("甲", "★培训人次", "培训人次")
    found = match([rows], Actuals((entry("培训人次", "1"),)))
    assert list(found.rows) == [(0, 1)]


def test_what_was_read_of_one_row_twice_is_one_actual() -> None:
    at = Place("a.csv", row=2)
    once = ActualEntry("培训人次", "7", place=at)
    assert match([ONE], Actuals((once, once))).count == 1
    other = ActualEntry("培训人次", "8", place=at)
    (problem,) = match([ONE], Actuals((once, other))).problems
    assert str(problem.where) == "a.csv:2"


def test_names_are_read_once_however_many_entries_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    count, reads = 60, 0

    def folded(text: str) -> Folded:
        nonlocal reads
        reads += 1
        return fold(text)

    monkeypatch.setattr(matching, "_folded", folded)
    names = [f"指标{number}" for number in range(count)]
    projects = [project(f"项目{number}", *names) for number in range(3)]
    entries = [entry(name, "1", project="项目1") for name in names]
    assert match(projects, Actuals(tuple(entries))).count == count
    assert reads < 20 * count
