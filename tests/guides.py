"""The pages for users, docs/zh and docs/en, done as a reader would do them, block after block.

=====================================  =============================================================
``sh`` (``sh exit=1``)                 command lines, run in the page's folder; they end with 0 (1)
``text`` after it                      what they print; a line of … or …… alone leaves lines out
``csv NAME``, ``toml NAME`` and so on  a file of that name
``<!-- fill: OLD NEW -->`` and table   the form OLD filled in as the table says, saved as NEW
``pycon``                              a doctest; the blocks of a page share their names
``<!-- shown -->`` before a block      is only shown
=====================================  =============================================================

``python -m guides --write`` writes into the pages what the commands print now.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from attrs import define, field, frozen

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
PAGES = sorted(
    page.relative_to(DOCS).as_posix()
    for lang in LANGUAGES
    for pattern in ("tutorial.md", "howto/*.md", "why/*.md")
    for page in (DOCS / lang).glob(pattern)
)
FILES = DOCS / "files"
_BLOCK = re.compile(
    r"^(?P<shown><!-- shown -->\n)?```(?P<info>[^\n`]+)\n(?P<text>.*?)^```$"
    r"|^<!-- fill: (?P<old>\S+) (?P<new>\S+) -->\n\n(?P<table>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
_LEFT_OUT = ("…", "……")


class LiesError(AssertionError):
    """A page says what is not so."""


@frozen
class Block:
    """A fenced block, or a table that is filled into a form, and where its text stands."""

    kind: str
    args: tuple[str, ...]
    text: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """What a page gives to do, in order."""
    for found in _BLOCK.finditer(page):
        if found["table"] is not None:
            files = (found["old"], found["new"])
            yield Block("fill", files, found["table"], *found.span("table"))
        elif found["shown"] is None:
            kind, *args = found["info"].split()
            yield Block(kind, tuple(args), found["text"], *found.span("text"))


@define
class Reader:
    """Somebody who does what a page says, in a folder of his own."""

    folder: Path
    printed: str | None = None
    ran: int = 0
    names: dict[str, object] = field(factory=dict)

    def do(self, block: Block) -> str | None:
        """Do it; for what is printed otherwise than the page says, what is printed."""
        match block:
            case Block(kind="sh"):
                code = int(block.args[0].removeprefix("exit=")) if block.args else 0
                self.printed = "".join(self.command(line, code) for line in _lines(block.text))
            case Block(kind="text"):
                return self.compared(block.text)
            case Block(kind="pycon"):
                self.doctest(block.text)
            case Block(kind="fill", args=(old, new)):
                fill_in(self.folder / old, self.folder / new, block.text)
            case Block(args=(name,)):
                (self.folder / name).write_text(block.text, "utf-8")
            case _:
                raise LiesError(f"a block that nobody runs: {block.kind} {block.text}")
        return None

    def command(self, line: str, wanted: int) -> str:
        """Run one command line; gives what it prints."""
        words = shlex.split(line, comments=True)
        self.ran += 1
        match words:
            case ["kpieval", *args]:
                code, printed = kpieval_here(args)
            case ["python", *args]:
                code, printed = _python(args)
            case ["pip", "install", *wishes]:
                _installable(wishes)
                return ""
            case _:
                raise LiesError(f"a command that nobody runs: {line}")
        if code != wanted:
            raise LiesError(f"{line}\nends with {code}, not {wanted}:\n{printed}")
        return printed

    def compared(self, told: str) -> str | None:
        """None where the page tells what is printed, else what is printed."""
        if self.printed is None:
            raise LiesError(f"nothing is run that prints this:\n{told}")
        return None if _fits(told, self.printed) else self.printed

    def doctest(self, text: str) -> None:
        """Run the examples of a block; those of a page share their names."""
        test = doctest.DocTestParser().get_doctest(text, {}, "page", None, None)
        test.globs = self.names
        said = io.StringIO()
        runner = doctest.DocTestRunner(verbose=False)
        if runner.run(test, out=said.write, clear_globs=False).failed:
            raise LiesError(said.getvalue())
        self.ran += 1


def kpieval_here(args: list[str]) -> tuple[int, str]:
    """The exit code of a command, and all that it printed."""
    from kpieval.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(args)
    return code, said.getvalue()


def _python(args: list[str]) -> tuple[int, str]:
    environ = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *args],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def _installable(wishes: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wish in wishes:
        found = re.fullmatch(r"kpieval\[([\w,]+)\]", wish)
        unknown = (
            set(found[1].split(",")) - set(project["optional-dependencies"]) if found else {wish}
        )
        if unknown:
            raise LiesError(f"nothing that can be installed: {unknown}")


def _lines(text: str) -> list[str]:
    joined = text.replace("\\\n", " ").splitlines()
    return [line for line in joined if line.strip() and not line.startswith("#")]


def _fits(told: str, printed: str) -> bool:
    """Whether a page tells what is printed, lines of … standing for lines that it leaves out."""
    parts = [
        r"(?:.*\n)*" if line.strip() in _LEFT_OUT else re.escape(line) + r"\n"
        for line in told.splitlines()
    ]
    return (
        re.fullmatch("".join(parts), printed if printed.endswith("\n") else printed + "\n")
        is not None
    )


def fill_in(old: Path, new: Path, table: str) -> None:
    """Save a workbook anew with the values of a Markdown table, each row found by its first cell."""
    import openpyxl
    from office import fill

    headers, _, *rows = (
        [cell.strip() for cell in row.strip().strip("|").split("|")] for row in table.splitlines()
    )
    book = openpyxl.load_workbook(old)
    for name, *values in rows:
        given = {header: value for header, value in zip(headers[1:], values, strict=True) if value}
        fill(book.worksheets[0], name, given)
    book.save(new)


def read(page: str, folder: Path) -> Reader:
    """Do a page in a folder, which becomes the current one. Raises LiesError where it lies."""
    reader = Reader(folder)
    text = (DOCS / page).read_text("utf-8")
    for found in FILES.iterdir():
        (folder / found.name).write_bytes(found.read_bytes())
    for block in blocks(text):
        printed = reader.do(block)
        if printed is not None:
            raise LiesError(f"{page} tells\n{block.text}\nand what is printed is\n{printed}")
    return reader


def write(page: str, folder: Path) -> bool:
    """Put what the commands print into a page, where it leaves nothing out; whether it changed."""
    reader = Reader(folder)
    text = (DOCS / page).read_text("utf-8")
    for found in FILES.iterdir():
        (folder / found.name).write_bytes(found.read_bytes())
    pieces, at = [], 0
    for block in blocks(text):
        printed = reader.do(block)
        if printed is None:
            continue
        if any(line.strip() in _LEFT_OUT for line in block.text.splitlines()):
            raise LiesError(f"{page}: mend by hand\n{block.text}\nnow printed:\n{printed}")
        pieces += [text[at : block.start], printed]
        at = block.end
    (DOCS / page).write_text("".join(pieces) + text[at:], "utf-8")
    return bool(pieces)


def main(args: list[str]) -> None:
    """Check the pages whose names hold one of the words, or all; or write them."""
    import tempfile

    writing, parts = "--write" in args, [part for part in args if part != "--write"]
    for page in [page for page in PAGES if not parts or any(part in page for part in parts)]:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            done = write(page, Path(folder)) if writing else read(page, Path(folder)).ran
        print(page, done)


if __name__ == "__main__":
    main(sys.argv[1:])
