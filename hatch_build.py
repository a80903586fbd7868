"""Adds to a wheel what is quicker to read than its source: the parser's tables, TOML as JSON."""

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
from kpieval import messages
from kpieval.parsing import language, prebuilt
from kpieval.resources import TWIN, grammar_dir, twin
from kpieval.unitfile import unit_rows
made = Path(sys.argv[1])
folders = {"grammar": grammar_dir(), "messages": Path(messages.__file__).parent}
for name, folder in folders.items():
    for file in folder.rglob("*.toml"):
        place = (made / name / file.relative_to(folder)).with_suffix(TWIN)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(twin(str(file)))
units = made / "grammar" / "units.json"
units.write_bytes(twin(str(grammar_dir() / "units.txt"), unit_rows))
(made / "grammar" / prebuilt.FILE).write_bytes(prebuilt.of(language.built()))
"""


class Prebuilt(BuildHookInterface):
    """Builds the parser and lays its tables beside the grammar, and twins beside TOML files."""

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
        for made in sorted(Path(self.folder.name).rglob("*.*")):
            place = made.relative_to(self.folder.name).as_posix()
            build_data["force_include"][str(made)] = f"kpieval/{place}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary files."""
        if version != "editable":
            self.folder.cleanup()
