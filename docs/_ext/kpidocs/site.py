"""What Sphinx calls: make the pages, mend the links, speak the language of the page."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx import addnodes
from sphinx.environment.adapters.toctree import TocTree
from sphinx.locale import _

import kpieval
from kpidocs import links, making, speaking
from kpidocs.searching import ChineseSearch

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the functions."""
    app.add_search_language(ChineseSearch)
    app.add_lexer("csv", TextLexer)
    logging.getLogger("sphinx.sphinx.directives.other").addFilter(_is_no_empty_section)
    app.connect("builder-inited", _make)
    app.connect("source-read", _mend)
    app.connect("doctree-read", _close_up)
    app.connect("missing-reference", _public)
    # Before the theme draws the navigation from what stands in the context.
    app.connect("html-page-context", _speak, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _is_no_empty_section(record: logging.LogRecord) -> bool:
    """False for a pattern of pages that no page matches yet.

    Sphinx gives this warning no type, so that ``suppress_warnings`` cannot name it.
    """
    return getattr(record, "subtype", None) != "empty_glob"


def _make(app: Sphinx) -> None:
    docs = Path(app.srcdir)
    making.write(docs, dict(making.pages(docs.parent)))


def _mend(app: Sphinx, docname: str, source: list[str]) -> None:
    page = f"docs/{docname}.md"
    source[0] = links.placed(source[0], page, page, Path(app.srcdir).parent)


def _close_up(app: Sphinx, doctree: nodes.document) -> None:
    """The end of a line is no space between Chinese words."""
    for node in list(doctree.findall(nodes.Text)):
        if node != "\n" or isinstance(node.parent, nodes.FixedTextElement):
            continue
        at = node.parent.index(node)
        around = [it.astext() for it in node.parent[max(0, at - 1) : at + 2]]
        if len(around) == 3 and speaking.is_chinese_break(around[0], around[2]):
            node.parent.remove(node)


def _public(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, missing: nodes.Element
) -> nodes.Node | None:
    """A type by the module that it lives in is found by its public name."""
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in kpieval.__all__:
        return None
    return env.domains["py"].resolve_xref(
        env, node["refdoc"], app.builder, "obj", f"kpieval.{name}", node, missing
    )


def _speak(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object
) -> None:
    """The words of the theme, and the navigation, in the language of the page."""
    lang = speaking.language_of(pagename)
    if lang == "en":
        context["language"] = "en"
        context["_"] = context["gettext"] = str
        context["ngettext"] = lambda one, many, count: one if count == 1 else many
    else:
        context["_"] = lambda word: speaking.THEME.get(word) or str(_(word))
    context["toctree"] = lambda **how: _tree(app, pagename, f"{lang}/index", **how)
    other = speaking.counterpart(pagename, set(app.env.found_docs))
    context["other_language"] = context["pathto"](other), speaking.OTHER[lang]


def _tree(app: Sphinx, pagename: str, index: str, **how: Any) -> str:
    """The navigation of one language, drawn as the theme would draw that of the whole site."""
    found = [
        TocTree(app.env).resolve(pagename, app.builder, node, **{"prune": False, **how})
        for node in app.env.get_doctree(index).findall(addnodes.toctree)
    ]
    first, *others = [tree for tree in found if tree is not None]
    for tree in others:
        first.extend(tree.children)
    return str(app.builder.render_partial(first)["fragment"])
