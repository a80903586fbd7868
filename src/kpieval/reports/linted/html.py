"""The findings as one self-contained page: a table a project, nothing that runs or is fetched."""

from __future__ import annotations

from html import escape
from itertools import groupby

from kpieval.linting import Finding
from kpieval.phrases import phrase
from kpieval.reports.csp import security_policy
from kpieval.reports.linted.report import LintReport, counted
from kpieval.reports.linted.tables import COLUMNS, cells, heads
from kpieval.unseen import spelled

_STYLE = """
:root { color-scheme: light dark; }
body { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
  sans-serif; line-height: 1.5; margin: 1.5rem auto; max-width: 75rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8888; padding: .35rem .5rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #8882; }
td.error, td.warning { font-weight: 600; }
td.error { border-left: .3rem solid #c62828; }
td.warning { border-left: .3rem solid #b26a00; }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; } thead { display: none; }
  tr { margin-bottom: 1rem; } td { border-top: 0; } }
@page { size: A4 landscape; }
"""


def render(report: LintReport) -> str:
    """The page; equal findings give equal bytes."""
    title = escape(phrase("lint.title", report.lang))
    body = [f"<h1>{title}</h1>", f"<p>{escape(counted(report))}</p>"]
    for project, found in groupby(report.findings, key=lambda one: one.project):
        body += [f"<h2>{escape(spelled(project))}</h2>", _table(list(found), report.lang)]
    told = [note.message(report.lang) for note in report.notes]
    told += [problem.message(report.lang) for problem in report.problems]
    body += [f"<p>{escape(spelled(sentence))}</p>" for sentence in told]
    head = (
        f'<!doctype html>\n<html lang="{report.lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(security_policy(_STYLE))}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
    )
    return "\n".join([head, "<body>", *body, "</body></html>", ""])


def _table(found: list[Finding], lang: str) -> str:
    """The findings of one project, without its name in every row."""
    names = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads(lang)[1:])
    rows = "".join(_row(one, lang) for one in found)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"


def _row(one: Finding, lang: str) -> str:
    told = [
        f'<td class="{one.severity.value}">{escape(spelled(cell))}</td>'
        if column == "severity"
        else f"<td>{escape(spelled(cell))}</td>"
        for column, cell in zip(COLUMNS[1:], cells(one, lang)[1:], strict=True)
    ]
    return f"<tr>{''.join(told)}</tr>"
