"""The measuring itself: its comparisons can fail, and what was reached is not lost again."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from measure import others, tables
from measure.__main__ import between_markers, replaced
from measure.corpora import FILES, PEERS, ROWS, all_lines, differing, read_json_lines
from measure.gold import differences, nearest, wanted
from measure.others import Facts, right
from measure.ours import Outcome, Result, measured, verdicts, warns

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "accuracy.md"

# What was reached when these were set. They may be raised; a change that lowers one says why.
LEAST_RIGHT = {"real_values.jsonl": 249, "wild_values.jsonl": 172, PEERS: 502}
MOST_MISREAD = {"real_values.jsonl": 2, "wild_values.jsonl": 2, PEERS: 13}
MOST_SILENT = {"real_values.jsonl": 2, "wild_values.jsonl": 0, PEERS: 4}


@cache
def results() -> list[Result]:
    return measured(all_lines())


def at_most(magnitude, unit):
    return {"type": "at_most", "value": {"magnitude": magnitude, "unit": unit}}


def gold(op, value, unit, text, **more):
    row = {"value": text, "operator_column": None, "year": 2024}
    filled = dict.fromkeys(("low", "high", "date_last"))
    return wanted({"kind": "quantity", "op": op, "value": value, "unit": unit} | filled | more, row)


# --- the comparisons can fail --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "aspects"),
    [
        (at_most("27000", "元"), set()),
        (at_most("270000", "角"), set()),
        (at_most("2.7", "元"), {"number"}),
        (at_most("27000", "人"), {"unit"}),
        (at_most("2.7", "人"), {"number", "unit"}),
        ({"type": "at_least", "value": {"magnitude": "27000", "unit": "元"}}, {"comparator"}),
        ({"type": "statement", "text": "≤2.7万元"}, {"kind"}),
        ({"error": True, "code": "KP101"}, {"refusal"}),
    ],
)
def test_a_reading_is_compared_aspect_by_aspect(found, aspects):
    assert differences(at_most("27000", "元"), found) == aspects


def test_other_units_are_compared_as_written():
    assert differences(at_most("1", "天"), at_most("24", "小时")) == {"number", "unit"}
    assert differences(at_most("0.03", "%"), at_most("3", "万分率")) == set()


def test_a_bare_gold_is_a_bare_number_unless_the_row_says_equal():
    (bare,) = gold("=", "12", "次", "12次")
    (equal,) = gold("=", "12", "次", "=12次")
    assert (bare["type"], equal["type"]) == ("bare", "equal")
    assert nearest((bare,), equal) == {"comparator"}
    assert {choice["type"] for choice in gold("=", "100", "%", "为100%")} == {"bare", "equal"}


def test_ranges_dates_changes_and_parts_can_differ():
    by = {"type": "by", "date": "2024-12-31", "from": None}
    change = {"type": "change", "direction": "increase", "basis": None}
    size = {"constraint": at_most("3", "%")}
    between = {"type": "between", "lower": {"magnitude": "3", "unit": "个"}, "lower_closed": True}
    between |= {"upper": {"magnitude": "5", "unit": "个"}, "upper_closed": True}
    assert differences(by, by | {"date": "2024-12-30"}) == {"date"}
    assert differences(by, by | {"from": "2024-12-01"}) == {"date"}
    assert differences(change | size, change | size | {"direction": "decrease"}) == {"direction"}
    assert differences(change | size, change | size | {"basis": "2020"}) == {"basis"}
    assert differences(between, between | {"upper_closed": False}) == {"bounds"}
    parts = {"type": "all_of", "parts": [by, by]}
    assert differences(parts, parts) == set()
    assert differences(parts, parts | {"parts": [by]}) == {"parts"}
    assert differences(parts, parts | {"parts": [by, by | {"date": "2024-12-30"}]}) == {"date"}


def test_a_missing_year_is_no_other_refusal():
    row = {"value": "6月底前", "operator_column": None, "year": None}
    choices = wanted({"kind": "deadline", "needs_year": True, "date_last": None}, row)
    assert nearest(choices, {"error": True, "code": "KP103"}) == set()
    assert nearest(choices, {"error": True, "code": "KP101"}) == {"refusal"}


def test_only_a_note_on_what_is_wrong_is_a_warning():
    assert warns(["bare"], {"comparator"})
    assert not warns(["bare"], {"date"})
    assert not warns(["fold.lookalike"], {"comparator"})
    assert warns(["reading.remainder", "bare"], {"date"})


def test_others_are_judged_in_what_the_value_has():
    said = Facts((Fraction(90),), ("%",), ("at_least",))
    assert right(said, said) == {"number": True, "unit": True, "comparator": True}
    assert right(said, Facts((Fraction(9, 10),))) == {
        "number": True,
        "unit": True,
        "comparator": False,
    }
    assert not any(right(said, Facts((Fraction(2),), ("人",), ("at_most",))).values())
    deadline = Facts(comparators=("by",), dates=("2024-12-31",))
    assert right(deadline, Facts(dates=("2024-12-01", "2024-12-31")))["date"]
    assert not right(deadline, Facts(dates=("2024-12-01",)))["date"]
    assert right(Facts(), said) == {}


def test_an_unknown_unit_of_another_parser_is_wrong_and_no_fault():
    said = Facts((Fraction(90),), ("%",))
    assert right(said, Facts((Fraction(90),), (others.UNKNOWN,))) == {"number": True, "unit": False}


# --- the files -----------------------------------------------------------------------------------


def test_the_lines_that_differ_from_the_gold_say_why_and_do_differ():
    entries = read_json_lines("gold_differs.jsonl")
    assert len(differing()) == len(entries)
    rows = {file: read_json_lines(file) for file in ROWS}
    for entry in entries:
        assert set(entry) <= {"file", "line", "text", "reason", "expect", "note"}
        row = rows[entry["file"]][entry["line"] - 1]
        assert (entry["text"], bool(entry["reason"])) == (row["value"], True)
        try:
            choices = wanted(row["gold"], row)
        except (ValueError, AssertionError):
            continue  # the gold has no parts, or more terms than can be compared
        assert nearest(choices, entry["expect"]), entry


def test_every_line_is_measured():
    counted = Counter(result.line.file for result in results())
    assert counted == {"real_values.jsonl": 251, "wild_values.jsonl": 185, PEERS: 559}


# --- what was reached ----------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_what_was_reached_is_kept(file):
    of_file = [result for result in results() if result.line.file == file]
    outcomes = Counter(result.outcome for result in of_file)
    silent = [result.line.name for result in of_file if result.outcome is Outcome.SILENT]
    assert tables.good(of_file) >= LEAST_RIGHT[file]
    assert outcomes[Outcome.NOTED] + outcomes[Outcome.SILENT] <= MOST_MISREAD[file]
    assert len(silent) <= MOST_SILENT[file], silent


def test_the_verdicts_of_other_suites_agree():
    assert verdicts(results()) == (25, 25)


def test_the_document_says_what_a_fresh_run_says():
    text = DOCUMENT.read_text(encoding="utf-8")
    hint = "run: PYTHONPATH=src:tests python -m measure --ours --write docs/accuracy.md"
    assert between_markers(text, "ours") == tables.ours(results()), hint


def test_the_document_gives_kpieval_the_same_figures_beside_the_others():
    text = between_markers(DOCUMENT.read_text(encoding="utf-8"), "others")
    for file in FILES:
        of_file = [result for result in results() if result.line.file == file]
        row = tables.others({name: [others.tally_ours(of_file)] for name in FILES})
        line = next(line for line in row.splitlines() if line.startswith("| kpieval |"))
        assert line in text, file


def test_only_the_section_between_the_markers_is_replaced():
    text = "a\n<!-- measured: ours -->\nold\n<!-- end: ours -->\nb\n"
    assert between_markers(replaced(text, "ours", "new"), "ours") == "new"
    assert replaced(text, "ours", r"\1").startswith("a\n<!-- measured: ours -->\n\n\\1\n")
    with pytest.raises(SystemExit):
        replaced(text, "others", "new")
