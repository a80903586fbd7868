"""What is wrong with a table is told by every form of every report, in both languages."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from commands import TABLE, run

from kpieval.messages import LANGUAGES
from kpieval.readers import read_tables
from kpieval.reports.recognised import recognised

UNTIDY = """\
甲,数量指标,人数,≥5外星币,6人,十
甲,数量指标,场次,≥5场,6场,20
甲,质量指标,合格率,≥90%,95%,70
"""
"""A unit that nobody knows, a weight that is no number, and so no total."""
WRONG = {
    "zh": ("「十」", "没有分值的指标：人数", "外星币"),
    "en": ("'十'", "人数", "外星币"),
}


@pytest.fixture
def untidy(tmp_path: Path) -> str:
    path = tmp_path / "t.csv"
    path.write_text(TABLE + UNTIDY, "utf-8")
    return str(path)


def told(path: Path) -> str:
    """The text of a file: of an office file its parts; white space does not count."""
    data = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = [name for name in parts.namelist() if name.endswith(".xml")]
            text = "".join(parts.read(name).decode("utf-8") for name in names)
    else:
        text = data.decode("utf-8-sig")
    plain = text.replace("&#39;", "'").replace("&apos;", "'").replace("&#x27;", "'")
    return "".join(plain.split())


@pytest.mark.parametrize("form", ["txt", "html", "xlsx", "docx", "json"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_names_what_is_wrong_and_makes_no_total(
    form: str, lang: str, untidy: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"out.{form}"
    code, _, err = run(capsys, "score", untidy, "--lang", lang, "-o", str(out))
    assert (code, err) == (0, "")
    for words in WRONG[lang]:
        assert "".join(words.split()) in told(out)


@pytest.mark.parametrize(
    ("lang", "no_total", "mean"), [("zh", "无法计总分", "平均"), ("en", "no total", "mean")]
)
@pytest.mark.parametrize("form", ["text", "md"])
def test_a_project_without_a_total_has_no_grade_and_no_mean(
    form: str,
    lang: str,
    no_total: str,
    mean: str,
    untidy: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "score", untidy, "--lang", lang, "--format", form)
    assert no_total in out
    assert mean not in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_of_a_hundred_leave_no_row_for_spending(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE + "甲,质量指标,合格率,≥90%,95%,100\n", "utf-8")
    spent, said = {
        "zh": ("执行率未知", "预算执行率不另计分"),
        "en": ("execution rate unknown", "execution rate is not scored"),
    }[lang]
    _, out, _ = run(capsys, "score", str(path), "--lang", lang)
    assert said in out and spent not in out
    for form in ("docx", "xlsx", "html"):
        file = tmp_path / f"out.{form}"
        assert run(capsys, "score", str(path), "--lang", lang, "-o", str(file))[0] == 0
        assert "100" in told(file)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_waits_where_all_is_known(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    rows = [f"{name},质量指标,合格率,≥90%,95%,100\n" for name in "甲乙"]
    path.write_text(TABLE + "".join(rows), "utf-8")
    waiting = {"zh": "需要人处理", "en": "need a person"}[lang]
    for form in ("text", "md"):
        _, out, _ = run(capsys, "score", str(path), "--lang", lang, "--format", form)
        assert waiting not in out
        assert out.count("95%") >= 2


@pytest.mark.parametrize(("lang", "word"), [("zh", "找不到对应的指标"), ("en", "册数")])
@pytest.mark.parametrize("verb", ["score", "monitor"])
def test_an_actual_without_a_row_is_a_problem_of_all(
    verb: str,
    lang: str,
    word: str,
    untidy: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    actuals = tmp_path / "a.csv"
    actuals.write_text("项目名称,三级指标,实际完成值\n甲,册数,3册\n甲,场次,6场\n", "utf-8")
    code, out, _ = run(capsys, verb, untidy, "--actuals", str(actuals), "--lang", lang)
    assert code == 0
    assert word in "".join(out.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_monitoring_names_what_is_wrong(
    lang: str, untidy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "monitor", untidy, "--lang", lang)
    squeezed = "".join(out.split())
    assert code == 0
    for words in ("「十」" if lang == "zh" else "'十'", "外星币"):
        assert words in squeezed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_recognised_is_told_with_what_was_not(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    header = TABLE.strip().replace("项目名称", "项目名称,,备忘")
    rows = "".join(f"{row.replace('甲,', '甲,,看,', 1)}\n" for row in UNTIDY.splitlines())
    path.write_text(f"{header}\n{rows}", "utf-8")
    text = recognised(read_tables(path, year=2024), lang)
    lines = text.splitlines()
    assert any(line.startswith("  备忘 → ") for line in lines)
    assert not any(line.startswith(("   → ", "  - → ")) for line in lines)
    assert any("外星币" in line and line.startswith("    ") for line in lines)
    assert any("十" in line and line.startswith("    ") for line in lines)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_actuals_alone_are_told_as_such(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("三级指标,实际完成值\n册数,3册\n", "utf-8")
    text = recognised(read_tables(path, year=2024), lang)
    assert "  2 册数 3册" in text.splitlines()
