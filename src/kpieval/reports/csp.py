"""The Content-Security-Policy of a page that holds all it needs."""

from __future__ import annotations

import base64
import hashlib


def security_policy(style: str, script: str | None = None) -> str:
    """The policy under which only this style counts, and only this script, if there is one.

    >>> security_policy("", "")[:40]
    "default-src 'none'; style-src 'sha256-47"
    >>> "script-src" in security_policy("")
    False
    """
    rules = ["default-src 'none'", f"style-src {_hash(style)}"]
    if script is not None:
        rules.append(f"script-src {_hash(script)}")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
