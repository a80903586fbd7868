"""A Spark of two local workers that run this Python and this checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SOURCE = Path(__file__).resolve().parents[1] / "src"
_ALWAYS = {
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
}


def session(**settings: str) -> SparkSession:
    """A session with these settings, ``_`` for a dot in their names; it changes the environment."""
    from pyspark.sql import SparkSession

    os.environ |= {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": str(SOURCE)}
    builder = SparkSession.builder.master("local[2]")
    told = {name.replace("_", "."): value for name, value in settings.items()}
    for name, value in (_ALWAYS | told).items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made
