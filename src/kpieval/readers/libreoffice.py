"""Word documents of other forms (.doc, .wps, .rtf): turned into .docx by LibreOffice.

It runs without a screen, with a profile of its own that is thrown away, macros and links off, and
a time limit. Without it the file is refused with the way to convert it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from kpieval.children.running import ChildFault, run
from kpieval.readers.faults import Malformed, Unsupported

SECONDS = 120
"""What a conversion may take."""

MAX_BYTES = 50 * 1024 * 1024
_COMMANDS = ("soffice", "libreoffice")
_FILTERS = {"doc": "MS Word 97", "rtf": "Rich Text Format"}
_SETTING = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
)
_SETTINGS = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3"} | {
    "DisableActiveContent": "true",
    "BlockUntrustedRefererLinks": "true",
}
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that answers nothing: what a document links to is not fetched."""


def command() -> str | None:
    """The path of LibreOffice; None when it is not installed."""
    return next((found for name in _COMMANDS if (found := shutil.which(name))), None)


def as_docx(data: bytes, kind: str, file: str) -> bytes:
    """The document as .docx; ``kind`` is ``doc`` or ``rtf``.

    Raises UnsupportedFormatError without LibreOffice, MalformedFileError when it cannot read the
    document or takes too long.
    """
    program = command()
    if program is None:
        raise Unsupported(kind, where=file, format=kind)
    with tempfile.TemporaryDirectory(prefix="kpieval-", ignore_cleanup_errors=True) as folder:
        return _converted(program, data, kind, file, Path(folder))


def _converted(program: str, data: bytes, kind: str, file: str, folder: Path) -> bytes:
    source, profile, out = folder / f"in.{kind}", folder / "profile", folder / "out"
    source.write_bytes(data)
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
    words = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    words += ["--nologo", "--nodefault", "--nolockcheck", f"--infilter={_FILTERS[kind]}"]
    words += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(out), str(source)]
    quiet = {"http_proxy": _NOWHERE, "https_proxy": _NOWHERE, "HOME": str(folder)}
    try:
        run(words, seconds=SECONDS, extra={**quiet, "TMPDIR": str(folder)})
    except ChildFault as fault:
        raise Malformed(fault.key, where=file, **fault.params) from None
    made = out / "in.docx"
    if not made.is_file():
        raise Malformed("not_converted", where=file)
    if os.path.getsize(made) > MAX_BYTES:
        raise Malformed("zip_size", where=file, most=MAX_BYTES // 1024 // 1024)
    return made.read_bytes()


def _profile() -> str:
    """The settings of a fresh profile."""
    items = "".join(_SETTING.format(name=name, value=value) for name, value in _SETTINGS.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n'
    )
