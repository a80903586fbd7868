"""LibreOffice and Chromium, where they are installed, turn one table into files that others make."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_SECONDS = 180


def converted(source: Path, kind: str, folder: Path) -> Path:
    """The file that LibreOffice makes of another; the test is skipped without it."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    return folder / source.with_suffix(f".{kind.partition(':')[0]}").name


def printed(page: Path, folder: Path) -> Path:
    """The PDF that Chromium prints of a page; the test is skipped without it."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    made = folder / "printed.pdf"
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={folder}/user",
    ]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)
    return made
