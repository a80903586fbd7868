"""kpieval reads indicator values of budget performance tables, compares actuals and scores them.

The names in ``__all__`` are the public interface; each is imported when it is first used, so that
``import kpieval`` costs nothing. Everything else is private until it is documented.
"""

from __future__ import annotations

from importlib import import_module

# Checkers take the name for true; typing itself would double what a bare Python needs to start.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from kpieval.actuals import (
        Actual,
        Answered,
        Attained,
        Changed,
        Dated,
        Every,
        Graded,
        Measured,
        Missing,
        Stated,
    )
    from kpieval.amounts import Amount
    from kpieval.auditing import (
        AuditedProject,
        AuditedRow,
        Checked,
        Limits,
        Rule,
        audit_project,
        audit_tables,
    )
    from kpieval.calendars import Calendar
    from kpieval.constraints import (
        About,
        AllOf,
        AtLeast,
        AtMost,
        Bare,
        Between,
        By,
        Change,
        Constraint,
        Direction,
        During,
        Equal,
        LessThan,
        Level,
        MoreThan,
        NotBefore,
        Statement,
        Target,
        TargetError,
        YesNo,
    )
    from kpieval.errors import (
        AlternativesError,
        AmbiguousScaleError,
        BracketedNumberError,
        CellError,
        ContradictionError,
        DecisionError,
        DoubledActualError,
        EncodingError,
        ExecutionError,
        FileError,
        ForbiddenCharacterError,
        ImpossibleDateError,
        KpiEvalError,
        MalformedFileError,
        MissingColumnError,
        MissingExtraError,
        MissingYearError,
        NoTargetError,
        NotATableError,
        NumeralError,
        OcrDamageError,
        PairingError,
        PartialWeightsError,
        PlannedActualError,
        RatioTermsError,
        ReadingError,
        RecurringDateError,
        ReversedBoundsError,
        ScoringError,
        TargetSyntaxError,
        TooLongError,
        UnallocatableError,
        UnattainedError,
        UnknownPolicyError,
        UnknownUnitError,
        UnmatchedActualError,
        UnpairedActualError,
        UnreadableFileError,
        UnsupportedFormatError,
        UnwritableFileError,
        VagueNumberError,
        WeightSumError,
        WeightValueError,
    )
    from kpieval.explaining import explanation
    from kpieval.findings import Finding, Severity
    from kpieval.formulas import Band, Bands, Ladder, Linear, PassGate, Ratio, Rounding, Step
    from kpieval.intervals import Bound, Interval
    from kpieval.linting import Exemption, History, LintConfig, lint_project, lint_tables
    from kpieval.monitored import (
        Forecast,
        MonitoredExecution,
        MonitoredIndicator,
        MonitoredProject,
        Monitoring,
        Status,
        StatusCounts,
    )
    from kpieval.monitoring import MonitoringRules, monitor_project, monitor_tables
    from kpieval.notes import Note
    from kpieval.official_days import OfficialCalendar
    from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet, Verdict
    from kpieval.parsing import parse_actual, parse_target
    from kpieval.policies import (
        Allocation,
        Execution,
        Grades,
        OverCompletion,
        Policy,
        Source,
        WeightPlan,
    )
    from kpieval.presets import policy
    from kpieval.readers import read, read_actuals, read_published
    from kpieval.rendering import canonical
    from kpieval.results import (
        Compliance,
        ExecutionResult,
        IndicatorResult,
        Judgement,
        ProjectResult,
        Summary,
    )
    from kpieval.scoring import score_indicator, score_project, score_tables
    from kpieval.tables import (
        ActualEntry,
        Actuals,
        DecisionCells,
        Indicator,
        Place,
        Project,
        Published,
        ScoreEntry,
        TotalEntry,
    )
    from kpieval.verdicts import evaluate
    from kpieval.wire.values import from_wire, to_wire

    __version__: str

_HOMES = {
    "actuals": "Actual Answered Attained Changed Dated Every Graded Measured Missing Stated",
    "amounts": "Amount",
    "auditing": ("AuditedProject AuditedRow Checked Limits Rule audit_project audit_tables"),
    "calendars": "Calendar",
    "constraints": (
        "About AllOf AtLeast AtMost Bare Between By Change Constraint Direction During Equal "
        "LessThan Level MoreThan NotBefore Statement Target TargetError YesNo"
    ),
    "errors": (
        "AlternativesError AmbiguousScaleError BracketedNumberError CellError ContradictionError "
        "DecisionError DoubledActualError EncodingError ExecutionError FileError "
        "ForbiddenCharacterError ImpossibleDateError KpiEvalError MalformedFileError "
        "MissingColumnError MissingExtraError MissingYearError NoTargetError NotATableError "
        "NumeralError OcrDamageError PairingError PartialWeightsError PlannedActualError "
        "RatioTermsError ReadingError RecurringDateError ReversedBoundsError ScoringError "
        "TargetSyntaxError TooLongError UnallocatableError UnattainedError UnknownPolicyError "
        "UnknownUnitError UnmatchedActualError UnpairedActualError UnreadableFileError "
        "UnsupportedFormatError UnwritableFileError VagueNumberError WeightSumError "
        "WeightValueError"
    ),
    "explaining": "explanation",
    "findings": "Finding Severity",
    "formulas": "Band Bands Ladder Linear PassGate Ratio Rounding Step",
    "intervals": "Bound Interval",
    "linting": "Exemption History LintConfig lint_project lint_tables",
    "monitored": (
        "Forecast MonitoredExecution MonitoredIndicator MonitoredProject Monitoring Status "
        "StatusCounts"
    ),
    "monitoring": "MonitoringRules monitor_project monitor_tables",
    "notes": "Note",
    "official_days": "OfficialCalendar",
    "outcomes": "Attainment Decision Met Score Undetermined Unmet Verdict",
    "parsing": "parse_actual parse_target",
    "policies": "Allocation Execution Grades OverCompletion Policy Source WeightPlan",
    "presets": "policy",
    "readers": "read read_actuals read_published",
    "rendering": "canonical",
    "results": "Compliance ExecutionResult IndicatorResult Judgement ProjectResult Summary",
    "scoring": "score_indicator score_project score_tables",
    "tables": (
        "ActualEntry Actuals DecisionCells Indicator Place Project Published ScoreEntry TotalEntry"
    ),
    "verdicts": "evaluate",
    "wire.values": "from_wire to_wire",
}
"""The public names by the module that each lives in."""

_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "About",
    "Actual",
    "ActualEntry",
    "Actuals",
    "AllOf",
    "Allocation",
    "AlternativesError",
    "AmbiguousScaleError",
    "Amount",
    "Answered",
    "AtLeast",
    "AtMost",
    "Attained",
    "Attainment",
    "AuditedProject",
    "AuditedRow",
    "Band",
    "Bands",
    "Bare",
    "Between",
    "Bound",
    "BracketedNumberError",
    "By",
    "Calendar",
    "CellError",
    "Change",
    "Changed",
    "Checked",
    "Compliance",
    "Constraint",
    "ContradictionError",
    "Dated",
    "Decision",
    "DecisionCells",
    "DecisionError",
    "Direction",
    "DoubledActualError",
    "During",
    "EncodingError",
    "Equal",
    "Every",
    "Execution",
    "ExecutionError",
    "ExecutionResult",
    "Exemption",
    "FileError",
    "Finding",
    "ForbiddenCharacterError",
    "Forecast",
    "Graded",
    "Grades",
    "History",
    "ImpossibleDateError",
    "Indicator",
    "IndicatorResult",
    "Interval",
    "Judgement",
    "KpiEvalError",
    "Ladder",
    "LessThan",
    "Level",
    "Limits",
    "Linear",
    "LintConfig",
    "MalformedFileError",
    "Measured",
    "Met",
    "Missing",
    "MissingColumnError",
    "MissingExtraError",
    "MissingYearError",
    "MonitoredExecution",
    "MonitoredIndicator",
    "MonitoredProject",
    "Monitoring",
    "MonitoringRules",
    "MoreThan",
    "NoTargetError",
    "NotATableError",
    "NotBefore",
    "Note",
    "NumeralError",
    "OcrDamageError",
    "OfficialCalendar",
    "OverCompletion",
    "PairingError",
    "PartialWeightsError",
    "PassGate",
    "Place",
    "PlannedActualError",
    "Policy",
    "Project",
    "ProjectResult",
    "Published",
    "Ratio",
    "RatioTermsError",
    "ReadingError",
    "RecurringDateError",
    "ReversedBoundsError",
    "Rounding",
    "Rule",
    "Score",
    "ScoreEntry",
    "ScoringError",
    "Severity",
    "Source",
    "Stated",
    "Statement",
    "Status",
    "StatusCounts",
    "Step",
    "Summary",
    "Target",
    "TargetError",
    "TargetSyntaxError",
    "TooLongError",
    "TotalEntry",
    "UnallocatableError",
    "UnattainedError",
    "Undetermined",
    "UnknownPolicyError",
    "UnknownUnitError",
    "UnmatchedActualError",
    "Unmet",
    "UnpairedActualError",
    "UnreadableFileError",
    "UnsupportedFormatError",
    "UnwritableFileError",
    "VagueNumberError",
    "Verdict",
    "WeightPlan",
    "WeightSumError",
    "WeightValueError",
    "YesNo",
    "__version__",
    "audit_project",
    "audit_tables",
    "canonical",
    "evaluate",
    "explanation",
    "from_wire",
    "lint_project",
    "lint_tables",
    "monitor_project",
    "monitor_tables",
    "parse_actual",
    "parse_target",
    "policy",
    "read",
    "read_actuals",
    "read_published",
    "score_indicator",
    "score_project",
    "score_tables",
    "to_wire",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from kpieval.versions import PACKAGE_VERSION

        return PACKAGE_VERSION
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
