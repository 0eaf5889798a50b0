"""A file on a disk that can only be read is looked at: nothing is written there, and a write says why it can't be."""

from __future__ import annotations

import atexit
import os
import shutil
import sqlite3
import tempfile
from functools import cache
from pathlib import Path

_JOURNALS = ("-wal", "-journal")


def only_readable(path: Path) -> bool:
    """Whether a file is there and its whole disk can only be read."""
    return path.exists() and hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def as_it_stands(path: Path, busy_seconds: float) -> sqlite3.Connection | None:
    """The file itself, which nothing can change; None if a journal waits beside it, without which it is not whole."""
    place = path.resolve()
    if any(os.path.exists(journal := f"{place}{name}") and os.path.getsize(journal) for name in _JOURNALS):
        return None
    return sqlite3.connect(
        f"{place.as_uri()}?immutable=1",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )


@cache
def copied(path: Path) -> Path:
    """A copy with its journal, private and gone when this process ends. Raises OSError if there is no room for one."""
    folder = Path(tempfile.mkdtemp(prefix="radar-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    place = path.resolve()
    for name in ("", *_JOURNALS):
        if os.path.exists(f"{place}{name}"):
            shutil.copyfile(f"{place}{name}", folder / f"{path.name}{name}")
    return folder / path.name
