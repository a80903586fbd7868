"""Office files and tables out: forms drawn as pages, pages as .xlsx and .docx, tables as text."""

from __future__ import annotations
