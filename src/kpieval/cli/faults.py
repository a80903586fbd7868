"""Why an output cannot be written, in the language of the reader and not of the system."""

from __future__ import annotations

import errno

from kpieval.errors import UnwritableFileError
from kpieval.readers.faults import Reasoned

STDOUT = "stdout"
"""What standard output is called in an error."""

_KEYS = {
    errno.ENOSPC: "no_space",
    errno.EDQUOT: "no_space",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "no_folder",
    errno.ENOTDIR: "no_folder",
    errno.EISDIR: "directory",
    errno.ENAMETOOLONG: "long_name",
    errno.EFBIG: "too_big",
    errno.EINTR: "interrupted",
    errno.EIO: "broken",
    errno.EBADF: "closed",
}


class Unwritable(Reasoned, UnwritableFileError):
    """``path`` cannot be written."""


def unwritable(path: str, fault: OSError) -> Unwritable:
    """The error for what the system says of a path.

    >>> full = unwritable("out.json", OSError(errno.ENOSPC, "No space left on device"))
    >>> full.message("zh"), full.message("en")
    ('写不了「out.json」：磁盘已满', "cannot write 'out.json': the disk is full")
    """
    key = _KEYS.get(fault.errno or 0, "os")
    return Unwritable(key, path=path, detail=fault.strerror or str(fault))
