"""``kpieval policies NAME``: the whole page of every shipped policy, as people read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import run

from kpieval import messages
from kpieval.presets import policies

GOLDEN = Path(__file__).parent / "golden"
NAMES = [policy.name for policy in policies()]
MODIFIED = "platform-standard+step(1)+tianjin-2024+deduction"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_page_is_the_golden_one(
    name: str, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Made by `kpieval policies NAME --lang LANG > tests/golden/policies.NAME.LANG.txt`, and then
    # read by a person.
    code, out, _ = run(capsys, "policies", name, "--lang", lang)
    assert code == 0
    assert out == (GOLDEN / f"policies.{name}.{lang}.txt").read_text("utf-8")


def test_every_golden_page_belongs_to_a_policy() -> None:
    wanted = {f"policies.{name}.{lang}.txt" for name in NAMES for lang in messages.LANGUAGES}
    assert {file.name for file in GOLDEN.glob("policies.*.txt")} == wanted


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_page_of_a_modified_policy_tells_its_modifiers(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "policies", MODIFIED, "--lang", lang)
    assert code == 0
    assert out.startswith(MODIFIED)
    assert "扣减分数" in out and "120%" in out


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_list_names_every_policy_and_its_evidence(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "policies", "--lang", lang)
    assert code == 0
    assert all(name in out for name in NAMES)
    words = {messages.term(f"evidence.{one.source.evidence}", lang) for one in policies()}
    assert len(words) == 2 and all(word in out for word in words)


def test_the_page_tells_that_satisfaction_shares_the_forty_of_the_effect(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "policies", "hubei-department", "--lang", "zh")
    shared = next(line for line in out.splitlines() if line.startswith("无分值表格的分值"))
    assert "满意度" in shared
