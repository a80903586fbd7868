"""Raised and lowered text as characters of its own, so that 10 with a raised 4 is never 104."""

from __future__ import annotations

_SIGNS = "0123456789+-=()"
_RAISED = dict(zip(f"{_SIGNS}ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))


def raised(text: str) -> str:
    """The text as superscript; where Unicode lacks a character, at least its figures and signs.

    >>> raised("2"), raised("-n"), raised("注1"), raised("in m")
    ('²', '⁻ⁿ', '注¹', 'in m')
    """
    return _moved(text, _RAISED)


def lowered(text: str) -> str:
    """The text as subscript; where Unicode lacks a character, at least its figures and signs.

    >>> lowered("2"), lowered("x1")
    ('₂', 'x₁')
    """
    return _moved(text, _LOWERED)


def wholly_raised(text: str) -> str | None:
    """The text as superscript; None where Unicode lacks a character.

    >>> wholly_raised("2"), wholly_raised("注1")
    ('²', None)
    """
    return _every(text, _RAISED)


def wholly_lowered(text: str) -> str | None:
    """The text as subscript; None where Unicode lacks a character."""
    return _every(text, _LOWERED)


def _moved(text: str, table: dict[str, str]) -> str:
    whole = _every(text, table)
    if whole is not None:
        return whole
    return "".join(table[sign] if sign in _SIGNS else sign for sign in text)


def _every(text: str, table: dict[str, str]) -> str | None:
    return "".join(table[sign] for sign in text) if all(sign in table for sign in text) else None
