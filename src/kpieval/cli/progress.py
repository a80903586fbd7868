"""Which of many files is being read, on the last line of a terminal, once that takes a while.

The line stands on standard error, never on standard output; it has no colour, and it is gone before
anything else is said. Only its own thread writes it, so that a slow file shows it too.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import TextIO

from attrs import define, field

from kpieval.cli.language import language
from kpieval.cli.streams import STDIO, is_terminal
from kpieval.phrases import phrase
from kpieval.unseen import clean

DELAY = 1.0
"""Seconds before anything is shown: who waits less need not be told."""

INTERVAL = 0.1
_COLUMNS = 80
_ROOM_OF_CTRL_C = 3
"""Columns left free: a terminal may show ^C behind the line, which is wiped with it."""


@define(eq=False, repr=False)
class Line:
    """One line of a terminal that is written over and wiped."""

    stream: TextIO
    shown: str = ""

    def show(self, text: str) -> None:
        """Put the text in the place of what stands there; an empty one leaves nothing."""
        from kpieval.reports.width import cut, display_width

        columns = _columns(self.stream)
        told = cut(_writable(clean(text), self.stream), columns - _ROOM_OF_CTRL_C)
        if told == self.shown:
            return
        # Blanks wipe a line on every terminal; the codes that do it are not known to all.
        blanks = " " * (columns - 1 - display_width(told))
        self.stream.write(f"\r{told}{blanks}\r{told}")
        self.stream.flush()
        self.shown = told

    def wipe(self) -> None:
        """Leave the line blank, if anything was ever shown."""
        self.show("")


@define(eq=False, repr=False)
class Progress:
    """A context within which files are read: ``with Progress(40, "zh") as progress``.

    ``wait`` waits for seconds and says whether the work is done; tests give one that does not wait.
    """

    total: int
    lang: str
    line: Line | None = None
    wait: Callable[[float], bool] | None = None
    number: int = 0
    text: str = ""
    is_done: threading.Event = field(init=False, factory=threading.Event)
    _thread: threading.Thread | None = field(init=False, default=None)

    def __enter__(self) -> Progress:
        if self.line is not None:
            self._thread = threading.Thread(target=self.run, args=(self.line,), daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.end()

    def end(self) -> None:
        """Wipe the line, before a result or a complaint is written."""
        self.is_done.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def files(self, paths: Sequence[str]) -> Iterator[str]:
        """The paths one by one, each told while it is read; not standard input, which is typed."""
        for path in paths:
            self.number += 1
            told = {
                "number": self.number,
                "total": self.total,
                "file": os.path.basename(path) or path,
            }
            self.text = "" if path == STDIO else phrase("progress.reading", self.lang, **told)
            yield path
        self.text = ""

    def stage(self, key: str) -> None:
        """Tell what is done with all that was read: ``progress.scoring``, ``progress.writing``."""
        self.text = phrase(key, self.lang)

    def run(self, line: Line) -> None:
        """Keep the line true until the work is done, then wipe it."""
        wait = self.wait or self.is_done.wait
        if wait(DELAY):
            return
        line.show(self.text)
        while not wait(INTERVAL):
            line.show(self.text)
        line.wipe()


def progress(total: int, lang: str | None) -> Progress:
    """The progress of a verb; it shows nothing where nobody looks at standard error."""
    stream = sys.stderr
    line = Line(stream) if wants_line(stream) else None
    return Progress(total, language(lang, terminal=is_terminal(stream)), line)


def wants_line(stream: TextIO, environ: Mapping[str, str] | None = None) -> bool:
    """Whether a line can be written over: on a terminal that is not dumb."""
    known = os.environ if environ is None else environ
    return is_terminal(stream) and known.get("TERM") != "dumb"


def _columns(stream: TextIO) -> int:
    """The columns of the stream's own terminal: standard output may be a file."""
    try:
        found = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return _COLUMNS
    return found if found > 2 * _ROOM_OF_CTRL_C else _COLUMNS


def _writable(text: str, stream: TextIO) -> str:
    """The text as it will be written, so that its width is known."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)
