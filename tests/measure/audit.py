"""What the audit says of published scores, beside what a person noted about each.

``python -m measure.audit --write docs/audit.md`` writes the table between its markers.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from kpieval.auditing import AuditedRow
from kpieval.auditing.reading import audit_files
from kpieval.auditing.telling import said
from kpieval.presets import policy
from measure.tables import percent, table

CORPUS = Path(__file__).parents[1] / "corpus" / "real_values.jsonl"
FOLLOWS, NOT, OPEN = "follows", "does not follow", "cannot tell"

_COLUMNS = {
    "source": "项目名称",
    "year": "年度",
    "level1": "一级指标",
    "level2": "二级指标",
    "indicator": "三级指标",
    "value": "指标值",
    "operator_column": "计算符号",
    "unit_column": "度量单位",
    "weight": "分值",
    "actual": "实际完成值",
    "score": "得分",
}
_PARTLY = ("基本达到", "部分达成")
_FULLY = ("达成预期指标",)

Line = dict[str, Any]


@frozen
class Compared:
    """One published score: the line of the corpus, what is wanted, what the audit said."""

    line: Line
    wanted: str
    row: AuditedRow

    @property
    def found(self) -> str:
        """What the audit said, without the name of the rule."""
        return {True: FOLLOWS, False: NOT, None: OPEN}[self.row.checked.consistent]

    @property
    def agrees(self) -> bool:
        """Whether the audit said what is wanted."""
        return self.found == self.wanted


def wanted(line: Line) -> str:
    """What is to be said of a score, from the gold and its note alone, not from the engine."""
    note, kind = line["gold"]["note"], line["gold"]["kind"]
    actual = line["actual"]
    if "INCONSISTENT" in note:
        return NOT
    if not line["weight"] or not actual:
        return OPEN
    if any(word in note for word in ("misread", "rounded", "published 9", "qualitative")):
        # A guess at damaged text, and a rounding that one or two rows of a table show.
        return OPEN
    if actual in _PARTLY:
        share = float(line["score"]) / float(line["weight"])
        return FOLLOWS if 0.6 <= share < 0.8 else NOT
    in_words = kind in ("qualitative", "boolean", "compound")
    if in_words and actual != line["value"] and actual not in _FULLY:
        return OPEN
    return FOLLOWS


@cache
def results() -> tuple[Compared, ...]:
    """Every published score of the corpus, audited in the table that it stands in."""
    lines = [json.loads(text) for text in CORPUS.read_text(encoding="utf-8").splitlines()]
    scored = [line for line in lines if line["score"]]
    rows = [
        {name: str(line[key]) for key, name in _COLUMNS.items() if line[key]} for line in scored
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scores.json"
        path.write_text(json.dumps({"rows": rows}, ensure_ascii=False), encoding="utf-8")
        report = audit_files([str(path)], policy())
    audited = {row.result.indicator.place.row: row for row in report.rows if _placed(row)}
    return tuple(
        Compared(line, wanted(line), audited[at]) for at, line in enumerate(scored, start=1)
    )


def _placed(row: AuditedRow) -> bool:
    return row.result.indicator.place is not None


def section(found: Sequence[Compared]) -> str:
    """The figures and the table."""
    agreeing = sum(each.agrees for each in found)
    counts = Counter((each.wanted, each.found) for each in found)
    words = (FOLLOWS, NOT, OPEN)
    grid = [[f"wanted: {want}", *(str(counts[want, got]) for got in words)] for want in words]
    noted = [each for each in found if "INCONSISTENT" in each.line["gold"]["note"]]
    passed = sum(each.found == FOLLOWS for each in noted)
    return "\n\n".join(
        [
            f"{agreeing} of {len(found)} rows agree ({percent(agreeing, len(found))}). Of "
            f"{len(noted)} scores that a note calls inconsistent, {passed} are passed as following.",
            table(["", *words], grid),
            table(
                ["row", "target", "actual", "score", "gold note", "wanted", "audit says", "why"],
                [_cells(each) for each in found],
            ),
        ]
    )


def _cells(each: Compared) -> list[str]:
    line, checked = each.line, each.row.checked
    return [
        str(line["indicator"]),
        str(line["value"]),
        str(line["actual"] or ""),
        f"{line['score']} of {line['weight'] or '?'}",
        str(line["gold"]["note"]),
        each.wanted,
        said(checked, "en") if each.agrees else f"**{said(checked, 'en')}**",
        checked.reason.message("en"),
    ]


def main() -> None:
    """Print the section, or write it into a document."""
    from measure.__main__ import replaced

    parser = argparse.ArgumentParser(prog="measure.audit", description=__doc__)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write between its markers")
    options = parser.parse_args()
    made = section(results())
    if options.write is None:
        print(made)
        return
    text = options.write.read_text(encoding="utf-8")
    options.write.write_text(replaced(text, "audit", made), encoding="utf-8")


if __name__ == "__main__":
    main()
