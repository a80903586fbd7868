"""A real Chromium for the tests and pictures of the HTML report, driven through selenium."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDE, HEIGHT = 1280, 900
PHONE = 360

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def missing() -> str:
    """Why no browser can be started here; nothing where one can."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "selenium is not installed (kpieval[test])"
    if not any(map(shutil.which, _CHROMIUM)):
        return "chromium is not installed"
    return "" if shutil.which("chromedriver") else "chromedriver is not installed"


@contextmanager
def started() -> Iterator[Any]:
    """A headless Chromium that keeps its console and the requests that it makes."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = next(path for path in map(shutil.which, _CHROMIUM) if path)
    # Containers run as root and have a small /dev/shm.
    for flag in (
        "headless=new",
        "no-sandbox",
        "disable-dev-shm-usage",
        "disable-gpu",
        "hide-scrollbars",
    ):
        options.add_argument(f"--{flag}")
    # What the browser itself asks for, updates and the like, would stand among the page's requests.
    for flag in ("disable-background-networking", "disable-component-update", "no-first-run"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # With the driver named, selenium looks for none and downloads none.
    driver = webdriver.Chrome(options, Service(executable_path=shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def show(driver: Any, page: Path, *, width: int = WIDE, dark: bool = False) -> None:
    """Open a page in a window of a width, in a light or a dark scheme; forget what was logged."""
    mobile = width <= PHONE
    metrics = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": mobile}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": [scheme]})
    driver.get("about:blank")
    for kind in ("browser", "performance"):
        driver.get_log(kind)
    driver.get(page.as_uri())


def console(driver: Any) -> list[str]:
    """What stood on the console since the last look, violations of the policy among it."""
    return [entry["message"] for entry in driver.get_log("browser")]


def requests(driver: Any) -> list[str]:
    """The addresses that were asked for since the last look."""
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]


def picture(driver: Any, *, height: int | None = None, top: int = 0) -> bytes:
    """A PNG of the page; of the whole of it, or of ``height`` pixels from ``top`` on."""
    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    tall = size["height"] - top if height is None else height
    clip = {"x": 0, "y": top, "width": size["width"], "height": tall, "scale": 1}
    asked = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    made = driver.execute_cdp_cmd("Page.captureScreenshot", asked)
    return base64.b64decode(made["data"])


def printed(driver: Any) -> bytes:
    """The page as PDF, on the paper that it asks for."""
    asked = {"preferCSSPageSize": True, "printBackground": False}
    return base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", asked)["data"])
