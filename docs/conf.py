"""The settings of the documentation site: ``make docs``, or ``sphinx-build -W -n docs OUT``.

One project in two languages. The reference pages are made from the package before the sources are
read: see ``_ext/kpidocs``.
"""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "kpieval"
author = "kpieval contributors"
project_copyright = author
version = release = version_of("kpieval")

extensions = ["myst_parser", "sphinx.ext.autodoc", "kpidocs.site"]
source_suffix = {".md": "markdown"}
# README.md is the list of pages for readers of the checkout.
exclude_patterns = ["_ext", "README.md"]
# The words of the theme are Chinese; kpidocs.site makes them English on the English pages.
language = "zh_CN"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

# The docstrings are the reference: signatures with short types, members as they are written.
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_display_short_literal_types = True
maximum_signature_line_length = 88

nitpicky = True
nitpick_ignore = [
    # A type variable, and a cache that callers only hand on: neither has anything to say.
    ("py:class", "kpieval.intervals.T"),
    ("py:class", "kpieval.bulk.memo.Memo"),
]
nitpick_ignore_regex = [
    # The standard library and the libraries have their own sites, and the build asks no network.
    (r"py:.*", r"(?!kpieval\b).*"),
]

html_theme = "furo"
html_title = "kpieval"
templates_path = ["_templates"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/languages.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_static_path = ["_static"]
html_css_files = ["kpieval.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "top_of_page_buttons": [],
}
