"""Folders, patterns and files that cannot be used, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run, table

from kpieval.cli.inputs import MAX_FILES, inputs
from kpieval.errors import UnreadableFileError

ROW = "{},数量指标,培训人数,≥600人,640人,90"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Tables in a folder and one below it, among what is no table."""
    made = tmp_path / "表"
    for name in ("b.csv", "a.csv", "下/c.CSV", "~$a.csv", ".d.csv", ".git/e.csv", "f.jpg", "g.md"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        table(made, ROW.format(name), name=name)
    return made


def test_a_folder_is_all_tables_below_it_in_order(folder: Path) -> None:
    found = inputs([str(folder)])
    assert [Path(path).name for path in found.paths] == ["a.csv", "b.csv", "c.CSV"]
    assert [Path(path).name for path in found.left_out] == ["f.jpg", "g.md"]


def test_a_file_is_read_once_and_never_the_output_or_the_actuals(folder: Path) -> None:
    named = str(folder / "下" / ".." / "b.csv")
    found = inputs([named, str(folder)], [str(folder / "a.csv"), None, "-"])
    assert [Path(path).name for path in found.paths] == ["b.csv", "c.CSV"]
    assert inputs([named, named]).paths == (named, named)
    assert inputs(["-", "none.csv"]).paths == ("-", "none.csv")


def test_a_pattern_that_no_shell_filled_in(folder: Path) -> None:
    assert [Path(it).name for it in inputs([str(folder / "*.csv")]).paths] == ["a.csv", "b.csv"]
    assert [Path(it).name for it in inputs([str(folder / "?.md")]).paths] == ["g.md"]
    odd = table(folder, ROW.format("x"), name="x*.csv")
    assert inputs([odd]).paths == (odd,)


@pytest.mark.parametrize(
    ("name", "reason", "told"),
    [
        ("空", "folder", "直接写出文件名"),
        ("表/*.xlsx", "pattern", "没有文件符合"),
    ],
)
def test_nothing_to_read_is_an_error_with_advice(
    name: str, reason: str, told: str, folder: Path
) -> None:
    (folder.parent / "空").mkdir()
    with pytest.raises(UnreadableFileError) as caught:
        inputs([str(folder.parent / name)])
    assert caught.value.params["reason"] == reason
    assert told in caught.value.message()


def test_a_folder_may_be_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_FILES > 1000
    monkeypatch.setattr("kpieval.cli.inputs.MAX_FILES", 3)
    with pytest.raises(UnreadableFileError) as caught:
        inputs([str(folder)])
    assert caught.value.params["reason"] == "folder_large"


def test_a_folder_is_scored_and_what_was_left_out_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = folder / "result.csv"
    for _ in range(2):  # the result of the first run is no input of the second
        code, out, told = run(capsys, "score", str(folder), "-o", str(result), "--lang", "en")
        assert (code, out) == (0, "")
        assert "2" in told and "f.jpg, g.md" in told
    text = result.read_text("utf-8-sig")
    assert all(name in text for name in ("a.csv", "b.csv", "下/c.CSV"))


@pytest.mark.parametrize(
    ("verb", "options"), [("score", []), ("lint", []), ("audit", []), ("monitor", ["--month", "6"])]
)
def test_what_can_be_read_is_done_and_the_rest_named(
    verb: str, options: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04 no archive")
    code, out, told = run(capsys, verb, str(folder), *options, "--format", "json", "--year", "2024")
    assert code == 2
    assert [Path(it["name"]).name for it in json.loads(out)["sources"]] == [
        "a.csv",
        "b.csv",
        "c.CSV",
    ]
    assert "[KP306]" in told and "bad.xlsx" in told


@pytest.mark.parametrize("verb", ["score", "lint", "audit"])
def test_no_file_that_can_be_read_is_one_line(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("x", "utf-8")
    code, out, told = run(capsys, verb, str(tmp_path))
    assert (code, out, told.count("\n")) == (2, "", 1)


def test_a_template_is_never_made_of_a_part(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.xlsx").write_bytes(b"PK\x03\x04 no archive")
    made = folder.parent / "form.csv"
    assert run(capsys, "template", str(folder), "-o", str(made))[0] == 2
    assert not made.exists()


def test_convert_asks_for_one_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, told = run(capsys, "convert", str(folder), "--show", "--lang", "en")
    assert (code, "one file is asked for" in told) == (2, True)


def test_a_project_in_two_files_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [table(tmp_path, ROW.format("甲"), name=name) for name in ("a.csv", "b.csv")]
    _, out, _ = run(capsys, "score", *files, "--year", "2024")
    assert "项目「甲」在 2 张表里都有" in "".join(out.split("\n  "))
