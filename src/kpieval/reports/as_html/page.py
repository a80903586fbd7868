"""The page from its templates: everything escaped, style and script allowed by their hashes."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kpieval.phrases import phrase
from kpieval.reports.as_html.views import whole
from kpieval.reports.csp import security_policy
from kpieval.reports.report import Report
from kpieval.unseen import spelled

_TEMPLATES = Path(__file__).parent / "templates"


def page(report: Report) -> str:
    """The whole document, ending in a line feed."""
    style, script = _text("style.css"), _text("script.js")
    made = _environment().get_template("page.html.j2")
    told = made.render(
        page=whole(report),
        t=partial(_phrase, report.lang),
        lang=report.lang,
        # A page in another language says of its cells that they are Chinese.
        of_cell="" if report.lang == "zh" else "zh-CN",
        style=style,
        script=script,
        policy=security_policy(style, script),
    )
    return told.rstrip("\n") + "\n"


def _phrase(lang: str, key: str, /, **params: object) -> str:
    return phrase(key, lang, **params)


@cache
def _text(name: str) -> str:
    """A file that stands in the page as it is."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _plain(value: object) -> object:
    """What a template puts out, with control and invisible characters spelled out.

    Bidirectional signs would turn the text around that stands beside them. Markup of the templates
    themselves stays as it is.
    """
    return spelled(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
