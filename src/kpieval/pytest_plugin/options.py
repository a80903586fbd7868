"""What the user chose, on the command line or in the settings; the command line comes first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import frozen

from kpieval.cli.language import language
from kpieval.cli.scoring import policy_called
from kpieval.cli.streams import is_terminal
from kpieval.errors import KpiEvalError
from kpieval.messages import LANGUAGES
from kpieval.phrases import phrase
from kpieval.policies import Policy
from kpieval.presets import DEFAULT, policies

FAILURES = ("unmet", "undetermined", "error")
"""The outcomes that ``--kpi-fail-on`` can list."""

POLICY, YEAR, FAIL_ON, LANG = "kpi_policy", "kpi_year", "kpi_fail_on", "kpi_lang"
_METAVARS = {
    POLICY: "NAME|FILE",
    YEAR: "Y",
    FAIL_ON: ",".join(FAILURES),
    LANG: "|".join(LANGUAGES),
}
_FAIL_ON = "unmet,error"
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


@frozen
class Options:
    """The choices of a run, checked."""

    policy: Policy
    year: int | None
    fail_on: frozenset[str]
    lang: str


KEY = pytest.StashKey[Options]()


def register(parser: pytest.Parser) -> None:
    """The options, each with a setting of the same name."""
    lang = language(None, terminal=is_terminal())
    group = parser.getgroup("kpieval")
    for name, metavar in _METAVARS.items():
        told = phrase(f"help.{name}", lang)
        group.addoption(_option(name), dest=name, metavar=metavar, default=None, help=told)
        parser.addini(name, told, default=None)


def chosen(config: pytest.Config) -> Options:
    """The choices of this run. Raises UsageError with the valid values for any other."""
    lang = _lang(config)
    return Options(_policy(config, lang), _year(config, lang), _fail_on(config, lang), lang)


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _given(config: pytest.Config, name: str) -> tuple[str | None, str]:
    """The value of a choice, and what it was called where it was made."""
    option: str | None = config.getoption(name, None)
    if option is not None:
        return option, _option(name)
    setting = config.getini(name)
    return (str(setting) if setting else None), name


def _wrong(name: str, fault: str, lang: str) -> pytest.UsageError:
    return pytest.UsageError(phrase("cli.bad_value", lang, parameter=name, fault=fault))


def _none_of(name: str, value: str, known: tuple[str, ...], lang: str) -> pytest.UsageError:
    fault = phrase("cli.no_choice", lang, value=value, known=", ".join(known))
    return _wrong(name, fault, lang)


def _lang(config: pytest.Config) -> str:
    worker: dict[str, str] | None = getattr(config, "workerinput", None)
    if worker is not None:
        return worker[LANG]
    value, name = _given(config, LANG)
    lang = language(value, terminal=is_terminal())
    if value is not None and value not in LANGUAGES:
        raise _none_of(name, value, LANGUAGES, lang)
    return lang


def _policy(config: pytest.Config, lang: str) -> Policy:
    value, name = _given(config, POLICY)
    value = value or DEFAULT
    in_settings = name == POLICY and config.inipath is not None
    base = config.inipath.parent if in_settings and config.inipath else Path.cwd()
    shipped = any(policy.name == value for policy in policies())
    try:
        return policy_called(
            str(base / value) if not shipped and (base / value).is_file() else value
        )
    except KpiEvalError as fault:
        raise _wrong(name, f"[{fault.code}] {fault.message(lang)}", lang) from fault


def _year(config: pytest.Config, lang: str) -> int | None:
    value, name = _given(config, YEAR)
    if value is None:
        return None
    if not _YEAR.fullmatch(value):
        raise _wrong(name, phrase("cli.no_year", lang, value=value), lang)
    return int(value)


def _fail_on(config: pytest.Config, lang: str) -> frozenset[str]:
    value, name = _given(config, FAIL_ON)
    text = _FAIL_ON if value is None else value
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word not in FAILURES:
            raise _none_of(name, word, FAILURES, lang)
    return frozenset(words)
