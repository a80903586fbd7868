"""Policies from files: the JSON form of a policy, or TOML with the same keys.

A file may start from a shipped policy, named under ``base``, and say only what differs.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from attrs import define, field

from kpieval import exact
from kpieval.errors import (
    KpiEvalError,
    MalformedFileError,
    MalformedPolicyError,
    TakenNameError,
    UnknownKeyError,
    UnreadableFileError,
)
from kpieval.formulas import (
    Band,
    Bands,
    Binary,
    ByActual,
    DateRule,
    Formula,
    Grace,
    Ladder,
    Linear,
    PassGate,
    PerDay,
    Ratio,
    Rounding,
    Step,
)
from kpieval.policies import (
    Allocation,
    Execution,
    Flags,
    Grades,
    HandChange,
    NotApplicable,
    OverCompletion,
    Policy,
    Source,
    WeightPlan,
)
from kpieval.presets import policies
from kpieval.presets import policy as preset
from kpieval.wire.basics import day_from
from kpieval.wire.policies import policy_wire

BASE = "base"


def read_policy(path: str) -> Policy:
    """The policy of a JSON or TOML file; numbers are exact, however they are written."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFileError(path=path, reason=reason) from fault
    try:
        if path.lower().endswith(".toml"):
            found: Any = tomllib.loads(text, parse_float=str)
        else:
            found = json.loads(text, parse_float=str, object_pairs_hook=_each_once)
    except (ValueError, RecursionError) as fault:
        raise MalformedFileError(where=path, reason=str(fault)) from fault
    try:
        made = policy_from(found)
        _own_name(made)
    except KpiEvalError as error:
        error.where = path if error.where is None else f"{path} {error.where}"
        raise
    return made


def _own_name(made: Policy) -> None:
    """One name is one rule: a policy that differs from a shipped one must not bear its name."""
    if any(known.name == made.name and known != made for known in policies()):
        raise TakenNameError(name=made.name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A table of the file; a key that stands twice is refused, as TOML does."""
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(n for n in names if names.count(n) > 1)!r} stands twice")
    return found


def policy_from(data: Mapping[str, Any]) -> Policy:
    """The policy of its JSON form, with what ``base`` already says."""
    if not isinstance(data, Mapping):
        raise MalformedPolicyError(key="policy", found=_shown(data))
    if BASE in data:
        rest = {key: value for key, value in data.items() if key != BASE}
        data = _over(policy_wire(preset(_text(data[BASE], BASE))), rest)
    keys = _Keys(data)
    made = Policy(
        name=keys.text("name"),
        title=keys.text("title"),
        source=_source(keys.table("source")),
        weights=_plan(keys.table("weights")),
        execution=_execution(keys.table("execution")),
        floor=_formula(keys.table("floor")),
        ceiling=_formula(keys.table("ceiling")),
        qualitative=_bands(keys.table("qualitative")),
        rounding=_rounding(keys.table("rounding")),
        grades=_grades(keys.table_or_none("grades")),
        about_tolerance=keys.number("about_tolerance"),
        over_completion=_over_completion(keys.table("over_completion")),
        dates=_date_rule(keys.table_or_none("dates")),
        by_actual=tuple(_by_actual(rule) for rule in keys.tables("by_actual")),
        not_applicable=keys.choice("not_applicable", NotApplicable, NotApplicable.ASK),
        hand_change=_hand_change(keys.table_or_none("hand_change")),
        flags=_flags(keys.table_or_none("flags")),
        deducts=keys.boolean("deducts"),
        unverified=keys.boolean("unverified"),
    )
    keys.done()
    return made


def _over(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The base with the changes; a table is changed key by key, a formula as a whole."""
    made = dict(base)
    for key, value in changes.items():
        old = made.get(key)
        whole = not isinstance(old, Mapping) or not isinstance(value, Mapping) or "type" in old
        made[key] = value if whole else _over(made[key], value)
    return made


@define
class _Keys:
    """A table of the file while it is read: every key is asked for, or it is unknown."""

    data: Mapping[str, Any]
    at: str = ""
    known: list[str] = field(factory=list)

    def path(self, key: str) -> str:
        return f"{self.at}.{key}" if self.at else key

    def need(self, key: str) -> Any:
        self.known.append(key)
        if key not in self.data:
            self.refuse_unknown(near_to=key)
            raise MalformedPolicyError(key=self.path(key), found="—")
        return self.data[key]

    def get(self, key: str) -> Any:
        self.known.append(key)
        return self.data.get(key)

    def text(self, key: str) -> str:
        return _text(self.need(key), self.path(key))

    def text_or(self, key: str) -> str:
        found = self.get(key)
        return "" if found is None else _text(found, self.path(key))

    def number(self, key: str) -> Fraction:
        return _number(self.need(key), self.path(key))

    def boolean(self, key: str, default: bool = False) -> bool:
        found = self.get(key)
        if found is not None and not isinstance(found, bool):
            raise MalformedPolicyError(key=self.path(key), found=_shown(found))
        return default if found is None else found

    def choice(self, key: str, kind: Any, default: Any) -> Any:
        found = self.get(key)
        try:
            return default if found is None else kind(found)
        except ValueError:
            raise MalformedPolicyError(key=self.path(key), found=_shown(found)) from None

    def table(self, key: str) -> _Keys:
        return _table(self.need(key), self.path(key))

    def table_or_none(self, key: str) -> _Keys | None:
        found = self.get(key)
        return None if found is None else _table(found, self.path(key))

    def tables(self, key: str) -> list[_Keys]:
        return [_table(item, self.path(key)) for item in self.listed(key)]

    def listed(self, key: str) -> list[Any]:
        found = self.get(key)
        return [] if found is None else _listed(found, self.path(key))

    def pairs(self, key: str) -> list[tuple[Any, Any]]:
        at = self.path(key)
        found = [_listed(pair, at) for pair in self.listed(key)]
        if any(len(pair) != 2 for pair in found):
            raise MalformedPolicyError(key=at, found=_shown(self.get(key)))
        return [(one, other) for one, other in found]

    def numbers(self, key: str) -> tuple[tuple[Fraction, Fraction], ...]:
        at = self.path(key)
        return tuple((_number(a, at), _number(b, at)) for a, b in self.pairs(key))

    def named(self, key: str) -> tuple[tuple[str, Fraction], ...]:
        at = self.path(key)
        return tuple((_text(a, at), _number(b, at)) for a, b in self.pairs(key))

    def texts(self, key: str) -> tuple[tuple[str, str], ...]:
        at = self.path(key)
        return tuple((_text(a, at), _text(b, at)) for a, b in self.pairs(key))

    def done(self) -> None:
        self.refuse_unknown()

    def refuse_unknown(self, near_to: str = "") -> None:
        """Refuse a key that nobody asked for; with ``near_to`` only one that looks like it."""
        for key in self.data:
            if key in self.known:
                continue
            near = difflib.get_close_matches(str(key), [near_to] if near_to else self.known, 1)
            if near or not near_to:
                raise UnknownKeyError(key=self.path(str(key)), near="".join(near) or "—")


def _table(found: Any, at: str) -> _Keys:
    if not isinstance(found, Mapping):
        raise MalformedPolicyError(key=at, found=_shown(found))
    return _Keys(found, at)


def _listed(found: Any, at: str) -> list[Any]:
    if not isinstance(found, list):
        raise MalformedPolicyError(key=at, found=_shown(found))
    return found


def _text(found: object, at: str) -> str:
    if not isinstance(found, str):
        raise MalformedPolicyError(key=at, found=_shown(found))
    return found


def _number(found: object, at: str) -> Fraction:
    """An exact number: a text, or a figure as TOML and JSON write it."""
    if isinstance(found, int) and not isinstance(found, bool):
        return Fraction(found)
    try:
        return exact.from_text(_text(found, at))
    except ValueError:
        raise MalformedPolicyError(key=at, found=_shown(found)) from None


def _shown(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 80 else f"{text[:80]}..."


def _source(keys: _Keys) -> Source:
    evidence = keys.text("evidence")
    if evidence not in ("read", "remembered"):
        raise MalformedPolicyError(key=keys.path("evidence"), found=_shown(evidence))
    made = Source(
        # Before "reference": where that is missing, these are known and no misspelling of it.
        reference_en=keys.text_or("reference_en"),
        remarks_en=keys.text_or("remarks_en"),
        document=keys.text("document"),
        issuer=keys.text("issuer"),
        reference=keys.text("reference"),
        evidence=evidence,  # type: ignore[arg-type]
        remarks=keys.text_or("remarks"),
        in_force=_day(keys, "in_force"),
        until=_day(keys, "until"),
    )
    keys.done()
    return made


def _day(keys: _Keys, key: str) -> Any:
    found = keys.get(key)
    if found is None:
        return None
    try:
        return day_from(str(found))
    except ValueError:
        raise MalformedPolicyError(key=keys.path(key), found=_shown(found)) from None


def _plan(keys: _Keys) -> WeightPlan:
    made = WeightPlan(
        keys.named("level1"),
        keys.texts("joined"),
        keys.texts("handed_on"),
        keys.choice("allocation", Allocation, Allocation.BY_ROW),
    )
    keys.done()
    return made


def _execution(keys: _Keys) -> Execution:
    formula = _formula(keys.table("formula"))
    made = Execution(keys.number("weight"), formula, keys.boolean("when_finished"))
    keys.done()
    return made


def _bands(keys: _Keys) -> Bands:
    made = Bands(*(_band(keys.table(name)) for name in ("fully", "partly", "not")))
    keys.done()
    return made


def _band(keys: _Keys) -> Band:
    made = Band(keys.number("low"), keys.number("high"), keys.boolean("closed"))
    keys.done()
    return made


def _rounding(keys: _Keys) -> Rounding:
    places = keys.number("places")
    if places.denominator != 1:
        raise MalformedPolicyError(key=keys.path("places"), found=str(places))
    keys.done()
    return Rounding(int(places))


def _grades(keys: _Keys | None) -> Grades | None:
    if keys is None:
        return None
    made = Grades(keys.named("steps"), keys.text("lowest"))
    keys.done()
    return made


def _over_completion(keys: _Keys) -> OverCompletion:
    made = OverCompletion(
        keys.number("noted_at"),
        keys.number("reason_at"),
        keys.boolean("mandatory"),
        keys.numbers("ladder"),
        keys.text_or("document"),
    )
    keys.done()
    return made


def _by_actual(keys: _Keys) -> ByActual:
    made = ByActual(keys.text("level1"), keys.numbers("steps"))
    keys.done()
    return made


def _hand_change(keys: _Keys | None) -> HandChange | None:
    if keys is None:
        return None
    made = HandChange(
        keys.number("floor_at"),
        keys.boolean("ceiling_over", default=True),
        keys.boolean("equal_off", default=True),
    )
    keys.done()
    return made


def _flags(keys: _Keys | None) -> Flags | None:
    if keys is None:
        return None
    made = Flags(keys.number("outrun"), keys.number("unspent"))
    keys.done()
    return made


def _formula(keys: _Keys) -> Formula:
    kind = keys.text("type")
    match kind:
        case "ratio":
            made: Formula = Ratio()
        case "linear":
            made = Linear()
        case "pass_gate":
            made = PassGate(keys.number("at"))
        case "ladder":
            made = Ladder(keys.numbers("steps"))
        case "step":
            made = Step(keys.number("points"))
        case _:
            raise MalformedPolicyError(key=keys.path("type"), found=_shown(kind))
    keys.done()
    return made


def _date_rule(keys: _Keys | None) -> DateRule:
    if keys is None:
        return Binary()
    kind = keys.text("type")
    match kind:
        case "binary":
            made: DateRule = Binary()
        case "grace":
            days = keys.number("days")
            if days.denominator != 1 or days < 0:
                raise MalformedPolicyError(key=keys.path("days"), found=str(days))
            made = Grace(int(days), keys.number("share"))
        case "per_day":
            made = PerDay(keys.number("share"))
        case _:
            raise MalformedPolicyError(key=keys.path("type"), found=_shown(kind))
    keys.done()
    return made
