"""Make the pictures of the HTML report from the demonstration: ``python tests/pictures.py``.

Needs kpieval with the extra ``test``, Chromium and its driver.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import browser
from commands import process
from PIL import Image

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LIMIT = 150_000
COLOURS = 96
OPENED = "开展培训班次数量"
"""The row of the fourth project that is shown with its reasons."""


def main() -> int:
    """Write the pictures; 1 when there is no browser to make them."""
    lacking = browser.missing()
    if lacking:
        print(lacking, file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, browser.started() as driver:
        page = Path(folder) / "report.html"
        made = process("-m", "kpieval", "demo", "--format", "html", "--lang", "zh")
        page.write_bytes(made.stdout)
        browser.show(driver, page, width=1120)
        top = driver.execute_script(_TOP, "#overview", 8)
        bottom = driver.execute_script(_TOP, "#tasks", 8)
        _save("report-overview.png", browser.picture(driver, top=top, height=bottom - top))
        driver.execute_script(_OPEN, OPENED)
        top = driver.execute_script(_TOP, "#p4", 0)
        bottom = driver.execute_script(_TOP, "#p4 .opened + .row", 0)
        _save("report-project.png", browser.picture(driver, top=top, height=bottom - top))
    return 0


_TOP = """
const box = document.querySelector(arguments[0]).getBoundingClientRect();
return Math.max(0, Math.floor(box.top + window.scrollY) - arguments[1]);
"""
_OPEN = """
const rows = Array.from(document.querySelectorAll("#p4 button.opener"));
rows.find((button) => button.textContent === arguments[0]).click();
"""


def _save(name: str, picture: bytes) -> None:
    # Chromium writes quickly, not small; few colours are enough for a page of text.
    small = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS).save(
        small, "png", optimize=True
    )
    data = small.getvalue()
    if len(data) > LIMIT:
        raise SystemExit(f"{name} has {len(data)} bytes, at most {LIMIT} are wanted")
    (FOLDER / name).write_bytes(data)
    print(f"docs/pictures/{name}: {len(data)} bytes")


if __name__ == "__main__":
    sys.exit(main())
