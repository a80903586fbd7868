"""Links of Markdown pages that leave the folder of the documentation.

The checkout is not part of the site. A link to one of the papers that the site shows becomes a link
to its page, a link to another file a download, and a link to a folder plain text. What is not there
is an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

PAPERS = {
    "CHANGELOG.md": "docs/project/changelog.md",
    "CONTRIBUTING.md": "docs/project/contributing.md",
    "SECURITY.md": "docs/project/security.md",
    "tests/conformance/README.md": "docs/project/conformance.md",
}
"""Papers of the checkout that the site shows, with the pages that they become."""

STANDS_FOR = {
    "README.md": "docs/en/index.md",
    "README.zh.md": "docs/zh/index.md",
    "docs/README.md": "docs/index.md",
    **PAPERS,
}
"""Pages of the site that stand for papers of the checkout."""

_LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^()\s]+)\)")
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/")


class LinkError(ValueError):
    """A link to what is not there."""


def papers(root: Path) -> Iterator[tuple[str, str]]:
    """The pages that show papers of the checkout: path under ``docs/``, Markdown."""
    for paper, page in PAPERS.items():
        if (root / paper).is_file():
            text = (root / paper).read_text("utf-8")
            yield page.removeprefix("docs/"), placed(text, paper, page, root)


def placed(text: str, origin: str, page: str, root: Path) -> str:
    """The Markdown of the file ``origin`` with its links as they must be on ``page``.

    Both are paths in the checkout ``root``.
    """
    return "".join(
        line if is_code else _relinked(line, lambda target: _target(target, origin, page, root))
        for line, is_code in _lines(text)
    )


def targets(text: str) -> list[str]:
    """The targets of all links of a page outside code.

    >>> targets("[a](b.md) ![c](d.png)")
    ['b.md', 'd.png']
    """
    return [
        link["target"]
        for line, is_code in _lines(text)
        if not is_code
        for link in _LINK.finditer(line)
    ]


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Every line, and whether it stands in a fenced block."""
    fence = ""
    for line in text.splitlines(keepends=True):
        found = re.match(r"\s*(`{3,}|~{3,})", line)
        if not found:
            yield line, bool(fence)
            continue
        if not fence:
            fence = found[1]
        elif found[1].startswith(fence) and not line.strip().strip("`~"):
            fence = ""
        yield line, True


def _relinked(line: str, target_of: Callable[[str], str]) -> str:
    def link(found: re.Match[str]) -> str:
        target = target_of(found["target"])
        # A folder has no page: its name stays.
        return f"{found['image']}[{found['text']}]({target})" if target else found["text"]

    return _LINK.sub(link, line)


def _target(target: str, origin: str, page: str, root: Path) -> str:
    if _OUTSIDE.match(target):
        return target
    path, mark, anchor = target.partition("#")
    place = os.path.normpath(Path(origin).parent / path).replace(os.sep, "/")
    home = Path(page).parent
    if place in STANDS_FOR and (place not in PAPERS or (root / place).is_file()):
        return _relative(STANDS_FOR[place], home) + mark + anchor
    whole = root / place
    if place.startswith("docs/"):
        # What is made when the site is built is not there before; Sphinx looks at these links.
        return _relative(place, home) + mark + anchor
    if whole.is_dir():
        return ""
    if not whole.is_file():
        raise LinkError(f"{origin}: the link {target} leads nowhere")
    return f"path:{_relative(place, home)}"


def _relative(place: str, home: Path) -> str:
    return os.path.relpath(place, home).replace(os.sep, "/")
