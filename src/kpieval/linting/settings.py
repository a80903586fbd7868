"""The configuration of the lint in ``kpieval.toml``, or under ``[tool.kpieval]`` of a project.

Under ``[lint]`` stand ``select``, ``ignore``, ``fail_on``, the thresholds by the names of
:class:`LintConfig`, and ``[[lint.exempt]]`` tables with ``project``, ``codes`` and ``reason``.
Numbers are exact: write 85% or 0.85 as text or as a number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import fields

from kpieval import exact
from kpieval.errors import (
    KpiEvalError,
    MalformedConfigError,
    MalformedFileError,
    UnknownKeyError,
    UnreadableFileError,
)
from kpieval.findings import Severity
from kpieval.linting.config import DEFAULTS, Exemption, LintConfig

FILES = ("kpieval.toml", "pyproject.toml")
"""The files that are looked for, in this order, from a folder up."""

_LISTS = ("select", "ignore")


def found_config(folder: Path) -> LintConfig:
    """The configuration of the nearest file from a folder up; the defaults where there is none."""
    path = found_file(folder)
    return DEFAULTS if path is None else read_config(str(path))


def found_file(folder: Path) -> Path | None:
    """The nearest file from a folder up that says something of us."""
    candidates = (place / name for place in (folder, *folder.parents) for name in FILES)
    return next((it for it in candidates if it.is_file() and _table(it) is not None), None)


def read_config(path: str) -> LintConfig:
    """The configuration of one file.

    Raises UnreadableFileError, MalformedFileError, UnknownKeyError or MalformedConfigError.
    """
    said = _table(Path(path))
    return _config(said or {}, Path(path))


def _table(path: Path) -> Mapping[str, Any] | None:
    """What the file says of the lint; None for a ``pyproject.toml`` that says nothing of us."""
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"), parse_float=str)
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFileError(path=path, reason=reason) from fault
    except tomllib.TOMLDecodeError as fault:
        raise MalformedFileError(where=path, reason=str(fault)) from fault
    if path.name == "pyproject.toml":
        ours = found.get("tool", {}).get("kpieval")
        if ours is None:
            return None
        found = ours
    _known(found, ["lint"], str(path))
    said = found.get("lint", {})
    if not isinstance(said, dict):
        raise MalformedConfigError(where=path, key="lint", found=said)
    return said


def _known(found: Mapping[str, Any], keys: list[str], where: str) -> None:
    for key in found:
        if key not in keys:
            near = get_close_matches(key, keys, n=3, cutoff=0.5)
            raise UnknownKeyError(where=where, key=key, near=", ".join(near or keys))


def _config(said: Mapping[str, Any], path: Path) -> LintConfig:
    _known(said, [field.name for field in fields(LintConfig)], f"{path} [lint]")
    try:
        return LintConfig(**{key: _value(key, value) for key, value in said.items()})
    except KpiEvalError as error:
        error.where = path
        raise


def _value(key: str, value: Any) -> Any:
    """A value in the type that the key has."""
    if key in _LISTS:
        return _texts(key, value)
    if key == "exempt":
        return tuple(_exemption(each) for each in _list(key, value))
    if key == "fail_on":
        return severity(value)
    if key == "weight_sums":
        return tuple(_number(key, each) for each in _list(key, value))
    if key == "longest_name":
        return int(_number(key, value))
    return _number(key, value)


def severity(value: object) -> Severity | None:
    """A severity by its word; None for "never"."""
    if value == "never":
        return None
    known = [one.value for one in Severity]
    if value not in known:
        raise MalformedConfigError(key="fail_on", found=value)
    return Severity(value)


def _list(key: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedConfigError(key=key, found=value)
    return value


def _texts(key: str, value: Any) -> tuple[str, ...]:
    found = _list(key, value)
    for each in found:
        if not isinstance(each, str):
            raise MalformedConfigError(key=key, found=each)
    return tuple(found)


def _exemption(said: Any) -> Exemption:
    if not isinstance(said, dict):
        raise MalformedConfigError(key="exempt", found=said)
    _known(said, ["project", "codes", "reason"], "[[lint.exempt]]")
    for key in ("project", "reason"):
        if not isinstance(said.get(key), str) or not said[key].strip():
            raise MalformedConfigError(key=f"exempt.{key}", found=said.get(key, ""))
    return Exemption(said["project"], _texts("exempt.codes", said.get("codes")), said["reason"])


def _number(key: str, value: Any) -> Fraction:
    """An exact number that is not below 0: 0.85, "0.85", "85%" or 30."""
    text = str(value).strip()
    percent = text.endswith("%")
    try:
        found = exact.from_text(text.removesuffix("%").strip())
    except ValueError:
        raise MalformedConfigError(key=key, found=value) from None
    if isinstance(value, bool) or found < 0:
        raise MalformedConfigError(key=key, found=value)
    return found / 100 if percent else found
