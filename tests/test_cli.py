"""The command line: texts, languages, exit codes, streams, start."""

from __future__ import annotations

import errno
import gc
import importlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import SOURCE, process, run, table, validate

import kpieval
from kpieval import messages, schemas
from kpieval.cli import main
from kpieval.cli.language import asked_language, language
from kpieval.presets import policies
from kpieval.versions import PACKAGE_VERSION

VERBS = Path(SOURCE, "kpieval", "cli", "verbs")


def feed(monkeypatch: pytest.MonkeyPatch, text: str | bytes) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


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
    environ = os.environ | {"PYTHONPATH": SOURCE}
    done = subprocess.run(command, shell=True, capture_output=True, env=environ, check=False)
    assert done.stderr == b""


def test_an_encoding_that_lacks_a_sign_is_no_fault() -> None:
    done = process("-m", "kpieval", "parse", "≥90%", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"\\u2265" in done.stdout
    piped = process("-m", "kpieval", "parse", "≥90%", "--format", "jsonl", PYTHONIOENCODING="ascii")
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


# --- explain, policies, schema


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
@pytest.mark.parametrize(
    "verb", ["demo", "explain", "monitor", "parse", "policies", "schema", "score"]
)
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
    done = process("-c", code)
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
    done = process("-c", code)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("verb", ["audit", "monitor"])
@pytest.mark.parametrize("form", ["html", "xlsx"])
def test_a_form_that_is_not_written_is_refused_with_those_that_are(
    verb: str, form: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = table(tmp_path, "甲,数量指标,培训人数,≥600人,640人,90")
    for option, value in (("--format", form), ("-o", str(tmp_path / f"r.{form}"))):
        code, out, told = run(capsys, verb, path, option, value, "--lang", "en")
        assert (code, out) == (2, "")
        assert "[KP305]" in told and form in told
        assert all(known in told for known in ("text", "json", "csv", "md"))


# --- what hardly ever happens


class _Full(io.StringIO):
    """A stream on a disk that is full."""

    def write(self, text: str, /) -> int:
        raise OSError(errno.ENOSPC, "no space left on device")


def test_the_exit_code_is_told_even_when_nothing_can_be_complained(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr", _Full())
    assert main(["frob"]) == 2


def test_json_goes_to_a_stream_that_takes_text_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = run(capsys, "parse", "≥5人", "--format", "json")
    caught = io.StringIO()
    monkeypatch.setattr("sys.stdout", caught)
    assert main(["parse", "≥5人", "--format", "json"]) == wanted[0]
    assert caught.getvalue() == wanted[1]


def test_only_a_process_of_its_own_is_told_how_to_look_for_garbage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    monkeypatch.setattr(gc, "set_threshold", lambda *_: told.append("set_threshold"))
    monkeypatch.setattr(gc, "freeze", lambda: told.append("freeze"))
    monkeypatch.setattr(sys, "argv", ["kpieval", "--version"])
    assert main(["--version"]) == 0
    assert told == []
    assert main() == 0
    assert told == ["set_threshold", "freeze"]
    monkeypatch.delattr(gc, "freeze")  # not every Python has it
    assert main() == 0
    assert told == ["set_threshold", "freeze"]
    assert capsys.readouterr().out == 3 * f"kpieval {PACKAGE_VERSION}\n"


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"kpieval {PACKAGE_VERSION}\n", "")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_help_names_every_verb_with_what_it_does(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--lang", lang, "--help")
    lines = out.splitlines()
    end = lines.index(messages.term("help.examples", lang))
    rows = lines[lines.index(messages.term("help.verbs", lang)) + 1 : end]
    told = dict(row.split(maxsplit=1) for row in rows if row.startswith("  ") and row[2] != " ")
    assert code == 0
    assert set(told) == {path.stem for path in VERBS.glob("[a-z]*.py")}
    assert all(told.values())


def test_a_module_of_ours_that_is_missing_is_not_taken_for_click(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "kpieval.cli.app", None)
    with pytest.raises(ModuleNotFoundError, match=r"kpieval\.cli\.app"):
        main(["demo"])


def test_the_module_that_is_run_does_nothing_when_it_is_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never() -> int:
        raise AssertionError

    monkeypatch.setattr("kpieval.cli.main", never)
    monkeypatch.delitem(sys.modules, "kpieval.__main__", raising=False)
    assert importlib.import_module("kpieval.__main__").main is never


@pytest.mark.parametrize(("lang", "said"), [("zh", "读不懂"), ("en", "is not understood")])
def test_parse_tells_people_why_a_text_was_refused(
    lang: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "parse", "≥5外星币", "≥5人", "--format", "text", "--lang", lang)
    first, second = out.splitlines()
    assert code == 1
    assert "≥5外星币" in first and "[KP102]" in first and said in first
    assert "≥5人" in second


def test_a_value_alone_is_told_without_a_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    alone = run(capsys, "explain", "≥5人")[1]
    compared = run(capsys, "explain", "≥5人", "--actual", "6人")[1]
    assert compared.startswith(alone)
    assert "6人" in compared.removeprefix(alone)
