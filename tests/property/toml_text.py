"""The JSON form of a policy written as TOML, for the way there and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def toml(data: Mapping[str, Any]) -> str:
    """One key a line, tables inline; a null is left out, for TOML has none.

    >>> print(toml({"name": "own", "grades": None, "rounding": {"places": 2}}), end="")
    name = "own"
    rounding = {places = 2}
    """
    return "".join(f"{key} = {_value(value)}\n" for key, value in _said(data).items())


def _said(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def _value(value: Any) -> str:
    match value:
        case Mapping():
            pairs = ", ".join(f"{key} = {_value(one)}" for key, one in _said(value).items())
            return f"{{{pairs}}}"
        case list():
            return f"[{', '.join(_value(one) for one in value)}]"
        case _:
            # Texts, numbers and booleans are written alike in both.
            return json.dumps(value, ensure_ascii=False)
