"""Notes: every assumption that a reading, verdict or score rests on.

A note is a stable code and its parameters; the sentence is composed from the message
catalogue only when somebody wants to read it, in the language that they read.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from kpieval import messages
from kpieval.showing import Shown


@frozen(repr=False)
class Note(Shown):
    """One assumption or observation, such as "the unit was taken from the target".

    >>> Note.of("unit.from_target", unit="人").message("zh")
    '实际值未写单位，按目标值的单位「人」理解'
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, /, **params: object) -> Note:
        """Make a note; parameters become text at once, so that a note stays plain data."""
        return cls(code, tuple([(name, str(value)) for name, value in params.items()]))

    def message(self, lang: str = "zh") -> str:
        """The sentence, in ``"zh"`` or ``"en"``."""
        return messages.sentence("note", self.code, lang, dict(self.params))

    def advice(self, lang: str = "zh") -> str:
        """What to do about it, in ``"zh"`` or ``"en"``; "" where the catalogue has no advice."""
        return messages.sentence("note", self.code, lang, dict(self.params), part="advice")

    def __str__(self) -> str:
        return self.message()


def merged(*groups: Iterable[Note]) -> tuple[Note, ...]:
    """All notes of the groups in order, each once."""
    said = [note for group in groups for note in group]
    return tuple(dict.fromkeys(said) if len(said) > 1 else said)
