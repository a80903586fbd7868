"""Twins of lists: what an installed package reads in place of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kpieval import messages, unitfile
from kpieval.resources import grammar_dir, read_toml, twin

FILES = [*grammar_dir().glob("*.toml"), *Path(messages.__file__).parent.rglob("*.toml")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text('[stated]\nfully = ["达成"]\n', "utf-8")
    return path


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_twin_holds_what_its_file_does(file: Path) -> None:
    assert json.loads(twin(str(file)))["content"] == read_toml(str(file))


def test_the_twin_of_the_units_holds_what_their_file_does() -> None:
    file = grammar_dir() / "units.txt"
    rows = json.loads(twin(str(file), unitfile.unit_rows))["content"]
    assert [unitfile.defined(row) for row in rows] == list(
        unitfile.read_units(file.read_text("utf-8")).values()
    )


def test_a_twin_is_read_in_place_of_its_file(file: Path) -> None:
    changed = twin(str(file)).replace("达成".encode(), "实现".encode())
    file.with_suffix(".json").write_bytes(changed)
    assert read_toml(str(file)) == {"stated": {"fully": ["实现"]}}


def test_the_twin_of_another_text_is_left_alone(file: Path) -> None:
    file.with_suffix(".json").write_bytes(twin(str(file)))
    file.write_text('[stated]\nfully = ["完成"]\n', "utf-8")
    assert read_toml(str(file)) == {"stated": {"fully": ["完成"]}}


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"of": 1}', b"\xff"])
def test_a_twin_that_cannot_be_read_is_left_alone(file: Path, broken: bytes) -> None:
    file.with_suffix(".json").write_bytes(broken)
    assert read_toml(str(file)) == {"stated": {"fully": ["达成"]}}
