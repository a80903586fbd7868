"""How help is laid out: by the columns that a terminal shows; Chinese characters take two."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kpieval.reports.width import display_width, pad, wrap

_LEAST = 20
"""The columns that the second column of a list has at least."""


class Formatter(click.HelpFormatter):
    """Headings as the phrases give them, with the colon of their language; text by its width.

    >>> told = Formatter(width=30)
    >>> told.write_dl([("--year Y", "年度，用于没有写年份的日期。")])
    >>> print(told.getvalue(), end="")
    --year Y  年度，用于没有写年份
              的日期。
    """

    def write_heading(self, heading: str) -> None:
        """One heading."""
        self.write(f"{'':>{self.current_indent}}{heading}\n")

    def write_text(self, text: str) -> None:
        """A paragraph."""
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """What stands at the left, and what is told of it; a long left side has its own line."""
        rows = list(rows)
        widest = max((display_width(term) for term, _ in rows), default=0)
        left = min(widest, col_max)
        gap = left + col_spacing
        for term, told in rows:
            lines = wrap(told, max(self.width - self.current_indent - gap, _LEAST))
            if display_width(term) > left:
                lines = [term, *(" " * gap + line for line in lines)]
            else:
                lines = [pad(term, gap) + lines[0], *(" " * gap + line for line in lines[1:])]
            for line in lines:
                self.write(f"{'':>{self.current_indent}}{line.rstrip()}\n")
