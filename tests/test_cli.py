"""The command line: what it prints, where it writes, and its exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import kpieval
from kpieval import demo, messages, schemas
from kpieval.cli import main
from kpieval.cli.language import asked_language, language
from kpieval.cli.output import write_atomically
from kpieval.errors import UnwritableFileError
from kpieval.presets import policies
from kpieval.reports.width import display_width

GOLDEN = Path(__file__).parent / "golden"
TABLE = "项目名称,二级指标,三级指标,指标值,实际完成值,分值\n"
WIDE = 100


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(list(args))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def feed(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def table(folder: Path, *rows: str, name: str = "table.csv") -> str:
    path = folder / name
    path.write_text(TABLE + "".join(row + "\n" for row in rows), "utf-8")
    return str(path)


def validate(name: str, data: Any) -> None:
    Draft202012Validator(schemas.load(name)).validate(data)


def process(*args: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, in a fixed environment."""
    source = str(Path(__file__).parents[1] / "src")
    inherited = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    known = inherited | {"PYTHONPATH": source, "PYTHONUTF8": "1"} | environ
    return subprocess.run(
        [sys.executable, "-m", "kpieval", *args], capture_output=True, env=known, check=False
    )


# --- parse


def test_parse_answers_every_text_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "parse", "--format", "jsonl", "≤2.7万元", "≥5外星币", "1次")
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        validate("parse", line)
    assert code == 1
    assert [line["text"] for line in lines] == ["≤2.7万元", "≥5外星币", "1次"]
    assert [line["error"] is None for line in lines] == [True, False, True]
    assert lines[0]["constraint"]["value"] == {"magnitude": "27000", "unit": "元"}


def test_parse_exits_0_when_all_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "parse", "≥90%")
    assert (code, err) == (0, "")
    assert "≥90%" in out


def test_parse_reads_one_value_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "\ufeff≥90%\r\n\n≤3人\n")
    code, out, _ = run(capsys, "parse", "--format", "json")
    assert code == 1
    assert [value["text"] for value in json.loads(out)] == ["≥90%", "", "≤3人"]


def test_parse_joins_the_columns_of_json_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = {"text": "90", "sign": "≥", "unit": "%", "year": 2024, "level1": None}
    validate("parse-input", line)
    feed(monkeypatch, json.dumps(line) + "\n")
    code, out, _ = run(capsys, "parse", "--input", "jsonl")
    assert code == 0
    assert json.loads(out)["canonical"] == "≥90%"


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"sign": "≥"}', '{"text": "9", "extra": 1}', '{"text": "9", "year": "x"}']
)
def test_parse_names_the_line_that_is_no_input(
    line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, f'{{"text": "≥9人"}}\n{line}\n')
    code, _, err = run(capsys, "parse", "--input", "jsonl", "--lang", "en")
    assert code == 2
    assert "line 2" in err
    assert err.count("\n") == 1


def test_parse_says_that_bytes_are_no_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "≥90%".encode("gb18030"))
    code, _, err = run(capsys, "parse")
    assert code == 2
    assert err.count("\n") == 1


def test_a_text_that_looks_like_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "parse", "--format", "jsonl", "--", "-2%")
    assert json.loads(out)["text"] == "-2%"
    assert code == 0


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


# --- exit codes and complaints


@pytest.mark.parametrize(
    "args",
    [
        ["frob"],
        ["score"],
        ["score", "no-such-file.csv"],
        ["score", "x", "--bogus"],
        ["score", "x", "--year", "24"],
        ["score", "x", "--fail-on", "everything"],
        ["score", "x", "--fail-under", "1e9"],
        ["score", "x", "--format", "psd"],
        ["parse", "x", "--lang", "fr"],
        ["policies", "no-such-policy"],
        ["schema", "no-such-schema"],
        ["explain", "KP999"],
    ],
)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_wrong_usage_is_one_line_and_2(
    args: list[str], lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "--lang", lang, *args)
    assert (code, out) == (2, "")
    assert err.startswith("kpieval: ")
    assert err.count("\n") == 1


def test_an_internal_fault_is_3_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("kpieval.cli.verbs.schema.run", broken)
    code, _, err = run(capsys, "schema")
    assert code == 3
    assert "ZeroDivisionError: boom" in err
    assert err.count("\n") == 1


def test_interrupted_is_130(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kpieval.cli.verbs.schema.run", interrupted)
    assert run(capsys, "schema")[0] == 130


def test_without_click_one_line_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "kpieval.cli.app", raising=False)
    monkeypatch.setitem(sys.modules, "click", None)
    monkeypatch.delitem(sys.modules, "kpieval.cli.options", raising=False)
    code, _, err = run(capsys, "demo")
    assert code == 2
    assert "kpieval[cli]" in err
    assert err.count("\n") == 1


def test_a_closed_pipe_is_silent() -> None:
    command = f"'{sys.executable}' -m kpieval schema score | true"
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(command, shell=True, capture_output=True, env=environ, check=False)
    assert done.stderr == b""


def test_an_encoding_that_lacks_a_sign_is_no_fault() -> None:
    done = process("parse", "≥90%", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"\\u2265" in done.stdout
    piped = process("parse", "≥90%", "--format", "jsonl", PYTHONIOENCODING="ascii")
    assert json.loads(piped.stdout)["text"] == "≥90%"


# --- languages and colours


def test_only_a_terminal_heeds_the_environment() -> None:
    environ = {"KPIEVAL_LANG": "en", "LANG": "zh_CN.UTF-8"}
    assert language(None, terminal=True, environ=environ) == "en"
    assert language(None, terminal=False, environ=environ) == "zh"
    assert language("en", terminal=False, environ={}) == "en"


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("zh_CN.UTF-8", "zh"), ("en_US.UTF-8", "en"), ("de_DE", "en"), ("C.UTF-8", "zh"), ("", "zh")],
)
def test_the_locale_decides_last(locale: str, expected: str) -> None:
    assert language(None, terminal=True, environ={"LANG": locale}) == expected


def test_lang_may_stand_before_or_after_the_verb(capsys: pytest.CaptureFixture[str]) -> None:
    before = run(capsys, "--lang", "en", "parse", "1次")
    after = run(capsys, "parse", "--lang", "en", "1次")
    assert before == after
    assert asked_language(["parse", "--lang=en"]) == "en"


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


# --- demo, explain, policies, schema


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_demo_prints_the_golden_report(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
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


def test_demo_actuals_say_that_they_are_made_up() -> None:
    lines = demo.actuals_file().read_text("utf-8").splitlines()
    assert all(line.startswith("虚构示例,") for line in lines[1:])


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_explain_prints_the_page_of_every_code(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for code in (*messages.codes("error"), *messages.codes("note")):
        exit_code, out, _ = run(capsys, "explain", code, "--lang", lang)
        assert exit_code == 0
        assert out.startswith(code)


def test_explain_tells_a_value_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "≤２.7万元", "--actual", "26500元")
    assert code == 0
    assert "读作：≤27000元" in out
    assert "实际读作：26500 元" in out
    assert "达标" in out
    assert run(capsys, "explain", "≥5外星币")[0] == 1


@pytest.mark.parametrize("policy", [it.name for it in policies()])
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_policies_tell_their_numbers_and_an_example(
    policy: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "policies", policy, "--lang", lang)
    assert code == 0
    assert out.startswith(policy)
    assert "81%" in out.splitlines()[-2]


def test_policies_as_json_follow_their_schema(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "policies", "--format", "json")
    validate("policies", json.loads(out))


def test_schemas_are_listed_and_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "schema")
    assert out.split() == list(schemas.names())
    _, out, _ = run(capsys, "schema", "score")
    assert json.loads(out) == schemas.load("score")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("verb", ["demo", "explain", "parse", "policies", "schema", "score"])
def test_every_verb_has_help_in_both_languages(
    verb: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--lang", lang, verb, "--help")
    assert code == 0
    assert messages.term("help.options", lang) in out


# --- start


def test_scoring_starts_without_heavy_libraries(tmp_path: Path) -> None:
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    code = (
        "import sys; from kpieval.cli import main; "
        f"assert main(['score', {path!r}]) == 0; "
        "heavy = {'pint', 'numpy', 'rich', 'openpyxl', 'jsonschema'} & set(sys.modules); "
        "assert not heavy, heavy"
    )
    environ = {"PYTHONPATH": str(Path(__file__).parents[1] / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=os.environ | environ, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def test_every_public_name_is_there_and_names_no_module() -> None:
    modules = {file.stem for file in Path(kpieval.__path__[0]).iterdir()}
    for name in kpieval.__all__:
        assert getattr(kpieval, name) is not None
        assert name not in modules
    assert set(kpieval.__all__) <= set(dir(kpieval))
    with pytest.raises(AttributeError, match="no_such_name"):
        kpieval.no_such_name  # noqa: B018


def test_importing_the_package_loads_nothing() -> None:
    code = (
        "import sys, kpieval; "
        "assert not {'attr', 'lark', 'click', 'pint'} & set(sys.modules), 'not lazy'"
    )
    environ = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environ, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
