"""The errors that kpieval raises: stable codes, sentences for people, the place of the fault.

``KP1xx`` a text that cannot be read, ``KP2xx`` something that cannot be compared or scored,
``KP3xx`` a file that cannot be used. Each class has one code; its sentence is in the message
catalogue in Chinese and English, and its page is printed by ``kpieval explain CODE``.
"""

from __future__ import annotations

from typing import ClassVar

from kpieval import messages

Span = tuple[int, int]


class KpiEvalError(Exception):
    """Base of all errors of kpieval.

    ``params`` fill the sentence; ``where`` names the place (file, sheet, row) when known, and
    ``place`` is what was given for it: a text, or a ``Place`` of which ``where`` is the text.
    """

    code: ClassVar[str] = "KP000"

    def __init__(self, *, where: object = None, **params: object) -> None:
        super().__init__(self.code)
        self.place = where
        # A tuple holds keys of the catalogue's terms; they become words in the reader's language.
        self.params = {
            name: value if isinstance(value, tuple) else str(value)
            for name, value in params.items()
        }

    @property
    def where(self) -> str | None:
        """The place in words."""
        return None if self.place is None else str(self.place)

    @where.setter
    def where(self, place: object) -> None:
        self.place = place

    def message(self, lang: str = "zh") -> str:
        """Where, what was found, what was expected and what to do, as one sentence."""
        words = {
            name: value if isinstance(value, str) else messages.listed(value, lang)
            for name, value in self.params.items()
        }
        text = messages.sentence("error", self.code, lang, words)
        if self.where is None:
            return text
        return f"{self.where}：{text}" if lang == "zh" else f"{self.where}: {text}"

    def __str__(self) -> str:
        return f"[{self.code}] {self.message()}"

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is made anew from its arguments; these keep theirs as plain attributes.
        return _revived, (type(self), dict(self.__dict__))


def _revived(kind: type[KpiEvalError], state: dict[str, object]) -> KpiEvalError:
    error = kind.__new__(kind)
    error.args = (kind.code,)
    error.__dict__.update(state)
    return error


class ReadingError(KpiEvalError):
    """A text that is not understood whole. ``span`` is the place of the fault in ``source``."""

    def __init__(
        self,
        source: str,
        span: Span | None = None,
        *,
        where: object = None,
        **params: object,
    ) -> None:
        start, end = span if span is not None else (0, len(source))
        start = min(start, len(source))
        end = min(max(end, start), len(source))
        self.source = source
        self.span: Span = (start, end)
        marked = {"before": source[:start], "found": source[start:end], "after": source[end:]}
        super().__init__(where=where, text=source, **marked, **params)


class TargetSyntaxError(ReadingError):
    """The text is no indicator value that the grammar knows."""

    code = "KP101"


class UnknownUnitError(ReadingError):
    """A number stands before a word that is no known unit."""

    code = "KP102"


class MissingYearError(ReadingError):
    """A date without a year, and nobody said which year is meant."""

    code = "KP103"


class ImpossibleDateError(ReadingError):
    """A date that the calendar does not have."""

    code = "KP104"


class NoTargetError(ReadingError):
    """The cell holds no target: blank, a dash, a placeholder, a sign or a unit alone."""

    code = "KP105"


class TooLongError(ReadingError):
    """The text or a number in it is longer than any indicator value can be."""

    code = "KP106"


class ForbiddenCharacterError(ReadingError):
    """An invisible, bidirectional, combining or control character, or a picture, in the value."""

    code = "KP107"


class VagueNumberError(ReadingError):
    """A vague count (几万, 近百, 十几) that no exact comparison can use."""

    code = "KP108"


class ContradictionError(ReadingError):
    """Two signs, or a sign, unit or name column and the text, say different things."""

    code = "KP109"


class ReversedBoundsError(ReadingError):
    """A range or period whose end lies before its start."""

    code = "KP110"


class AlternativesError(ReadingError):
    """The value offers alternatives (或); a target must be one thing."""

    code = "KP111"


class RecurringDateError(ReadingError):
    """A date that recurs or hangs on another day (每年4月15日前, 次日): no single day is meant."""

    code = "KP112"


class RatioTermsError(ReadingError):
    """A ratio of three or more terms."""

    code = "KP113"


class PairingError(ReadingError):
    """分别 with a number of values that does not fit what they belong to."""

    code = "KP114"


class NumeralError(ReadingError):
    """A numeral that is not well formed, such as 1,20 or 三十百."""

    code = "KP115"


class AmbiguousScaleError(ReadingError):
    """兆 means a million in one place and a million millions in another."""

    code = "KP116"


class OcrDamageError(ReadingError):
    """The text looks damaged by character recognition; a repair is proposed, never applied."""

    code = "KP117"


class PlannedActualError(ReadingError):
    """An actual that speaks of a plan: what was aimed at was not measured."""

    code = "KP118"


class BracketedNumberError(ReadingError):
    """A number alone in brackets: accounts write -5 so, others only set it apart."""

    code = "KP119"


class UnattainedError(ReadingError):
    """An actual whose words say that its number is not what was attained."""

    code = "KP120"


class UnpairedActualError(ReadingError):
    """An actual of which nobody can tell which named part of its target each value is of."""

    code = "KP121"


class ScoringError(KpiEvalError):
    """Something that cannot be compared or scored as it stands."""


class PartialWeightsError(ScoringError):
    """Some rows have a weight and some have none."""

    code = "KP201"


class WeightSumError(ScoringError):
    """The weights of a project do not add up to what the policy leaves for indicators."""

    code = "KP202"


class WeightValueError(ScoringError):
    """A weight that is no number, negative or out of reach."""

    code = "KP203"


class DecisionError(ScoringError):
    """A person's decision without a reason, or with points outside its band or weight."""

    code = "KP204"


class UnknownPolicyError(ScoringError):
    """No policy of that name."""

    code = "KP205"


class UnmatchedActualError(ScoringError):
    """An actual that belongs to no indicator of the tables."""

    code = "KP206"


class DoubledActualError(ScoringError):
    """An actual that fits several indicators, or several actuals for one indicator."""

    code = "KP207"


class UnallocatableError(ScoringError):
    """The policy has no weight for a row's first-level category."""

    code = "KP208"


class ExecutionError(ScoringError):
    """The spending or the budget of a project cannot be used for its execution rate."""

    code = "KP209"


class ImpossiblePolicyError(ScoringError):
    """A policy with numbers that cannot be: shares above 1, weights that do not make 100."""

    code = "KP210"


class UnknownKeyError(ScoringError):
    """A key of a policy file that means nothing."""

    code = "KP211"


class MalformedPolicyError(ScoringError):
    """A key of a policy file is missing, or holds what it cannot hold."""

    code = "KP212"


class DeductionError(ScoringError):
    """A 扣减分数 cell that is no number of points."""

    code = "KP213"


class LevelSumError(ScoringError):
    """A level that says its weight, and whose indicators make another."""

    code = "KP214"


class UnknownCodeError(ScoringError):
    """A code that no rule of the lint has."""

    code = "KP215"


class MalformedConfigError(ScoringError):
    """A key of a configuration file that holds what it cannot hold."""

    code = "KP216"


class TakenNameError(ScoringError):
    """A policy file that changes a shipped policy and keeps its name."""

    code = "KP217"


class FileError(KpiEvalError):
    """A file that cannot be used."""


class UnreadableFileError(FileError):
    """The file does not exist or cannot be opened."""

    code = "KP301"


class EncodingError(FileError):
    """The bytes are neither UTF-8 nor GB18030 text."""

    code = "KP302"


class NotATableError(FileError):
    """Nothing in the file is a performance table that kpieval knows."""

    code = "KP303"


class MissingColumnError(FileError):
    """A column that is always needed is missing."""

    code = "KP304"


class UnsupportedFormatError(FileError):
    """A file format that cannot be read or written."""

    code = "KP305"


class MalformedFileError(FileError):
    """The file breaks its own format (JSON that does not parse, a damaged workbook)."""

    code = "KP306"


class MissingExtraError(FileError):
    """An optional library is not installed."""

    code = "KP307"


class CellError(FileError):
    """A cell that must hold a number, a year or a known word holds something else."""

    code = "KP308"


class UnwritableFileError(FileError):
    """The output cannot be written, or would overwrite an input."""

    code = "KP309"
