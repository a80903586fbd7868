"""``kpieval score`` and ``kpieval demo``: forms, files, checks, colours."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from commands import run, table, validate

from kpieval import demo, messages
from kpieval.cli import main
from kpieval.cli.output import write_atomically
from kpieval.errors import UnwritableFileError
from kpieval.reports.width import display_width

GOLDEN = Path(__file__).parent / "golden"
WIDE = 100


# --- score


def test_score_gives_the_document_of_its_schema(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table(
        tmp_path,
        "甲,数量指标,培训人数,≥600人,640人,40",
        "甲,质量指标,合格率,≥90%,80%,30",
        "甲,质量指标,满意度,≥90%,,10",
        "甲,质量指标,坏行,≥5外星币,5,10",
    )
    code, out, _ = run(capsys, "score", path, "--year", "2024", "--format", "json")
    document = json.loads(out)
    validate("score", document)
    assert code == 0
    rows = document["projects"][0]["indicators"]
    assert [row["verdict"] for row in rows] == ["met", "unmet", "undetermined", "undetermined"]
    assert rows[2]["actual"] in (None, "")
    assert rows[3]["error"]["code"] == "KP102"
    assert document["sources"][0]["name"] == path
    assert list(document)[:8] == [
        "schema_version",
        "semantics_version",
        "kpieval_version",
        "policy",
        "year",
        "sources",
        "projects",
        "total",
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], 0),
        (["--fail-on", "unmet"], 1),
        (["--fail-on", "undetermined"], 0),
        (["--fail-on", "error,undetermined"], 0),
        (["--fail-under", "10"], 0),
        (["--fail-under", "99.5"], 1),
    ],
)
def test_checks_decide_the_exit_code(
    options: list[str], expected: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = ("甲,数量指标,培训人数,≥600人,640人,60", "甲,质量指标,合格率,≥90%,80%,30")
    assert run(capsys, "score", table(tmp_path, *rows), *options)[0] == expected


def test_each_kind_of_row_can_fail_the_run(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = table(tmp_path, "甲,数量指标,坏行,≥5外星币,5,90", name="bad.csv")
    assert run(capsys, "score", bad, "--fail-on", "error")[0] == 1
    assert run(capsys, "score", bad, "--fail-on", "undetermined")[0] == 1
    assert run(capsys, "score", bad, "--fail-on", "unmet")[0] == 0


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "md", "text"])
def test_every_form_takes_hostile_cells(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table(tmp_path, "甲,数量指标,=HYPERLINK(1)[bold]\x1b[31m,≥6人,7人,90")
    code, out, _ = run(capsys, "score", path, "--format", name)
    assert code == 0
    assert "[bold]" in out.replace("\\", "")
    assert "\x1b" not in out
    assert ",=HYPERLINK" not in out
    if name == "jsonl":
        validate("score-row", json.loads(out))


def test_columns_line_up_under_wide_characters(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = ("甲,数量指标,培训人数,≥600人,640人,60", "甲,质量指标,rate a,≥90%,80%,30")
    _, out, _ = run(capsys, "score", table(tmp_path, *rows))
    lines = [line for line in out.splitlines() if line.startswith(("培训人数", "rate a"))]
    places = {display_width(line[: line.index("达标")].removesuffix("未")) for line in lines}
    assert len(lines) == 2
    assert len(places) == 1
    assert all(display_width(line) <= WIDE for line in out.splitlines())


def test_output_goes_to_a_file_by_its_suffix(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPIEVAL_LANG", "en")
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    out_file = tmp_path / "out.json"
    code, out, _ = run(capsys, "score", path, "-o", str(out_file))
    document = json.loads(out_file.read_text("utf-8"))
    validate("score", document)
    assert (code, out) == (0, "")
    assert "达标" in document["projects"][0]["indicators"][0]["explanation"]
    assert sorted(os.listdir(tmp_path)) == ["out.json", "table.csv"]


def test_an_input_is_never_overwritten(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    before = Path(path).read_bytes()
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for output in (path, str(link)):
        code, _, err = run(capsys, "score", path, "-o", output)
        assert code == 2
        assert "KP309" in err
    assert Path(path).read_bytes() == before


def test_a_failed_write_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "result.txt"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UnwritableFileError):
        write_atomically(str(target), b"new")
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["result.txt"]


def test_a_form_that_nobody_writes_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    code, _, err = run(capsys, "score", path, "-o", str(tmp_path / "out.psd"))
    assert code == 2
    assert "KP305" in err


def test_explain_shows_every_step(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = table(tmp_path, "甲,数量指标,合格率,≥90%,80%,90")
    _, out, _ = run(capsys, "score", path, "--explain")
    for label in ("目标原文", "读作", "实际原文", "比较", "完成程度", "得分"):
        assert label in out


def test_a_policy_can_come_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = run(capsys, "policies", "mof-2020", "--format", "json")
    own = json.loads(out) | {"name": "own"}
    file = tmp_path / "own.json"
    file.write_text(json.dumps(own), "utf-8")
    path = table(tmp_path, "甲,数量指标,合格率,≥90%,80%,90")
    code, out, _ = run(capsys, "score", path, "--policy", str(file), "--format", "json")
    assert code == 0
    assert json.loads(out)["policy"] == "own"
    file.write_text("{}", "utf-8")
    assert run(capsys, "score", path, "--policy", str(file))[0] == 2


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_color", "painted"), [(None, True), ("1", False)])
def test_colour_is_for_terminals(
    no_color: str | None, painted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stdout", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if no_color is not None:
        monkeypatch.setenv("NO_COLOR", no_color)
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    assert main(["score", path, "--lang", "en"]) == 0
    assert ("\x1b[32mmet" in screen.getvalue()) is painted


# --- demo


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_demo_prints_the_golden_report(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    # Made by `kpieval demo --lang LANG > tests/golden/demo.LANG.txt`, and then read by a person.
    code, out, _ = run(capsys, "demo", "--lang", lang)
    assert code == 0
    assert out == (GOLDEN / f"demo.{lang}.txt").read_text("utf-8")


def test_demo_json_is_a_score_document(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "demo", "--format", "json")
    document = json.loads(out)
    validate("score", document)
    verdicts = {row["verdict"] for item in document["projects"] for row in item["indicators"]}
    assert code == 0
    assert verdicts == {"met", "unmet", "undetermined"}
    assert document["total"]["projects"] == 5
    assert document["total"]["indicators"] == 54


def test_demo_copies_its_files_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    code, out, _ = run(capsys, "demo", "-o", str(folder))
    assert code == 0
    assert "kpieval score" in out
    assert (folder / "actuals.csv").read_bytes() == demo.actuals_file().read_bytes()
    assert run(capsys, "demo", "-o", str(folder))[0] == 2


def test_demo_makes_no_folder_below_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("mine", "utf-8")
    code, out, err = run(capsys, "demo", "-o", str(file / "folder"))
    assert (code, out) == (2, "")
    assert str(file) in err and err.count("\n") == 1
    assert file.read_text("utf-8") == "mine"


def test_demo_actuals_say_that_they_are_made_up() -> None:
    lines = demo.actuals_file().read_text("utf-8").splitlines()
    assert all(line.startswith("虚构示例,") for line in lines[1:])


def test_a_file_that_cannot_be_used_does_not_keep_the_others_from_being_scored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = table(tmp_path, "甲,数量指标,场次,≥10场,10场,10")
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n", "utf-8")
    gone = str(tmp_path / "gone.csv")
    code, out, err = run(capsys, "score", str(bad), good, gone, "--format", "json")
    document = json.loads(out)
    validate("score", document)
    assert code == 2
    assert [project["name"] for project in document["projects"]] == ["甲"]
    assert "bad.csv" in err
    assert "gone.csv" in err
    assert len(err.splitlines()) == 2
    code, out, _ = run(capsys, "score", str(bad), gone, "--format", "json")
    assert (code, out) == (2, "")


def test_a_table_given_as_actuals_too_is_read_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    again = str(tmp_path / ".." / tmp_path.name / Path(path).name)
    options = ("--year", "2024", "--format", "json", "--lang", "zh")
    plain = json.loads(run(capsys, "score", path, *options)[1])
    code, out, _ = run(capsys, "score", path, "--actuals", path, "--actuals", again, *options)
    told = json.loads(out)
    assert code == 0
    assert told["projects"] == plain["projects"]
    assert "input.read_once" in {note["code"] for note in told["notes"]}
