"""Adds the parser's tables to a wheel, so that the first reading need not build them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_MAKE = """
import sys
from pathlib import Path
from kpieval.parsing import language, prebuilt
(Path(sys.argv[1]) / prebuilt.FILE).write_bytes(prebuilt.of(language.built()))
"""


class ParserTables(BuildHookInterface):
    """Builds the parser from the grammar and lays its tables beside it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files; an editable install reads the grammar where it is edited, without."""
        if version == "editable":
            return
        self.folder = tempfile.TemporaryDirectory()
        # What an isolated build has installed stands on the path, too.
        path = os.pathsep.join([str(Path(self.root) / "src"), *filter(None, sys.path)])
        known = os.environ | {"PYTHONPATH": path}
        subprocess.run([sys.executable, "-c", _MAKE, self.folder.name], env=known, check=True)
        for made in sorted(Path(self.folder.name).iterdir()):
            build_data["force_include"][str(made)] = f"kpieval/grammar/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary files."""
        if version != "editable":
            self.folder.cleanup()
