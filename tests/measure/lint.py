"""How many findings of the lint a careful auditor would keep.

``python -m measure.lint --sheet FILE`` writes what is to be judged: each row with the message and
the suggestion, and nothing of the rule. The answers stand in ``tests/corpus/lint_judged.jsonl``.
``python -m measure.lint --write docs/lint.md`` writes the shares by rule between the markers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from kpieval import demo
from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.findings import Finding, Severity
from kpieval.linting import lint_tables
from kpieval.linting.pages import page
from kpieval.linting.rule import Rule
from kpieval.linting.rules import RULES
from kpieval.parsing import parse_target
from kpieval.readers import read
from kpieval.tables import Indicator, Project
from measure.__main__ import replaced
from measure.tables import percent, table

CORPUS = Path(__file__).parents[1] / "corpus"
JUDGED = CORPUS / "lint_judged.jsonl"
_WHOLE = "tianjin-2024"


@cache
def projects() -> tuple[Project, ...]:
    """The rows of the real corpus by the document that they were taken from.

    Only the tables of 2024 are whole, with their budgets; of the others the corpus has some rows,
    so that nothing is asked there of the table as a whole.
    """
    rows: dict[tuple[str, int], list[Indicator]] = defaultdict(list)
    for line in (CORPUS / "real_values.jsonl").read_text("utf-8").splitlines():
        found = json.loads(line)
        if found["source"] != _WHOLE:
            rows[found["source"], found["year"]].append(_row(found))
    parts = (Project(name, tuple(own), year=year) for (name, year), own in rows.items())
    return (*read(demo.targets_file(), year=demo.YEAR), *parts)


def _row(line: dict[str, Any]) -> Indicator:
    text, sign, unit = line["value"], line["operator_column"], line["unit_column"]
    name, levels = line["indicator"], (line["level1"] or "", line["level2"] or "")
    try:
        target: Target | TargetError = parse_target(text, year=line["year"], sign=sign, unit=unit)
    except ReadingError as error:
        target = TargetError(text, error)
    shown = f"{sign or ''}{text}{unit or ''}"
    return Indicator(*levels, name, shown, target)


@cache
def findings() -> tuple[Finding, ...]:
    """What is judged: findings of rows, and those of whole tables where the table is whole."""
    found = []
    for project in projects():
        whole = project.budget is not None
        found += [one for one in lint_tables([project]) if one.indicator or whole]
    return tuple(found)


def key(one: Finding) -> str:
    """What an answer is found by: the row, the rule, the sentence."""
    said = "|".join((one.project, one.indicator, one.text, one.note.code, one.message()))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def sheet() -> list[dict[str, str]]:
    """What a judge sees; one of each kind of sentence about equal rows is enough."""
    levels = {
        (project.name, row.name, row.text): f"{row.level1} {row.level2}".strip()
        for project in projects()
        for row in project.indicators
    }
    return [
        {
            "id": key(one),
            "project": one.project,
            "levels": levels.get((one.project, one.indicator, one.text), ""),
            "indicator": one.indicator,
            "target": one.text,
            "message": one.message(),
            "suggestion": one.suggestion(),
        }
        for one in findings()
    ]


def answers() -> dict[str, bool]:
    """The answers by their keys: whether the finding is to be kept."""
    lines = map(json.loads, JUDGED.read_text("utf-8").splitlines())
    return {line["id"]: line["keep"] for line in lines}


def by_rule() -> dict[str, tuple[int, int]]:
    """For each rule how many findings were judged, and how many of them are kept."""
    known = answers()
    judged, kept = Counter[str](), Counter[str]()
    for one in findings():
        if key(one) in known:
            judged[one.code] += 1
            kept[one.code] += known[key(one)]
    return {code: (judged[code], kept[code]) for code in sorted(judged)}


def overall() -> tuple[int, int]:
    """Judged and kept among errors and warnings."""
    known = answers()
    grave = [one for one in findings() if one.severity is not Severity.NOTE and key(one) in known]
    return len(grave), sum(known[key(one)] for one in grave)


def section() -> str:
    """The shares by rule as a table."""
    found = by_rule()
    rows = [
        [
            rule.code,
            page(rule).title,
            rule.severity.value,
            str(found[rule.code][0]),
            percent(found[rule.code][1], found[rule.code][0]),
        ]
        for rule in RULES
        if rule.code in found
    ]
    judged, kept = overall()
    total = f"错误和警告共 {judged} 条，应当保留的占 {percent(kept, judged)}。"
    silent = "、".join(rule.code for rule in RULES if rule.code not in found)
    heads = ["代码", "检查", "程度", "判断过的条数", "应当保留"]
    return f"{table(heads, rows)}\n\n{total}\n\n在这些表上没有发现的检查：{silent}。"


def rules() -> str:
    """The pages of all rules, in Chinese and English, with their example tables."""
    return "\n\n".join(_page(rule) for rule in RULES)


def _page(rule: Rule) -> str:
    chinese, english = page(rule, "zh"), page(rule, "en")
    lines = [f"### {rule.code} {chinese.title} · {english.title}", "", f"`{rule.severity.value}`"]
    for shown, why in ((chinese, "原因"), (english, "Why")):
        lines += ["", shown.what, "", f"{why}: {shown.why}"]
    for head, examples in (("不好 · Bad", chinese.bad), ("好 · Good", chinese.good)):
        tables = "\n\n".join(example.text for example in examples)
        lines += ["", f"{head}:", "", "```text", tables, "```"]
    return "\n".join(lines)


def main() -> None:
    """Write the sheet, or the table between its markers."""
    parser = argparse.ArgumentParser(prog="measure.lint", description=__doc__)
    parser.add_argument("--sheet", type=Path, metavar="FILE")
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    if options.sheet is not None:
        lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in sheet()]
        options.sheet.write_text("".join(lines), encoding="utf-8")
    if options.write is not None:
        text = options.write.read_text(encoding="utf-8")
        text = replaced(replaced(text, "lint", section()), "rules", rules())
        options.write.write_text(text, encoding="utf-8")
    if options.write is None and options.sheet is None:
        print(section())


if __name__ == "__main__":
    main()
