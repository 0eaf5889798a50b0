"""Files that are there whole or not at all: written beside, flushed, and only then given their name."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_OFFERED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a file system says that does not know links or flushing."""
JOURNALS = ("-journal", "-wal", "-shm")
"""What SQLite may keep next to a database, by how the name goes on."""
NO_LINKS = NOT_OFFERED | {errno.EPERM, errno.EACCES, errno.EMLINK, errno.EXDEV, errno.ENOTTY}
"""The same of links alone. The other file has just been made in the folder, so that it speaks not of permission."""
_NO_FILE = re.compile(r"\s*|:.*|file:.*", re.IGNORECASE | re.DOTALL)
"""What SQLite takes for memory, for a file that is gone when it is closed, or for an address of its own."""
_NO_FILE_ON_WINDOWS = r"(?i)(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$) *([.:].*)?|.+:.*"
"""Devices, whatever ends their name, and streams behind another file."""


private = partial(os.open, mode=0o600)
"""How `open` makes a file that only its owner may read, whatever the umask says: `open(path, "w", opener=private)`."""


def keep_private(path: Path) -> bool:
    """Take the rights of others to a file or folder of ours from them; whether they had any that are gone now."""
    if os.name != "posix":
        return False
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & 0o077:
            return False
        path.chmod(mode & 0o700)
        # Not on a disk that knows no rights, such as FAT.
        return not stat.S_IMODE(path.stat().st_mode) & 0o077
    except OSError:
        return False


def refuse_no_file(path: Path | str, *, windows: bool = os.name == "nt") -> None:
    """Raises RadarError if no database can be kept under this name: all that was written there would be gone."""
    own = Path(path)
    reserved = windows and re.fullmatch(_NO_FILE_ON_WINDOWS, own.name)
    if _NO_FILE.fullmatch(str(path)) or _NO_FILE.fullmatch(str(own)) or reserved:
        raise RadarError(
            f"“{path}” is no name of a file, so that nothing would be kept.",
            "Name a file, e.g. --db FOLDER/radar.db",
        )
    if own.exists() and not own.is_file():
        kind = "a folder" if own.is_dir() else "not a file"
        raise RadarError(f"{path} is {kind}.", "Name a file, e.g. --db FOLDER/radar.db")


@contextmanager
def written(path: Path, *, database: Path, force: bool = False) -> Iterator[Path]:
    """A new empty file beside `path`, readable by its owner only, to write what shall stand at `path`.

    It gets its name when the block ends well; else, after a kill or on a full disk, what was at `path` stays. Raises
    RadarError if something is there without `force`, if it is `database` or one of its journals, or if the disk does
    not take it.
    """
    import secrets  # costs a start more than all of this file

    try:
        refuse(named(path), database=database, force=force)
        place = named(path).resolve()
        scratch = place.with_name(f".radar-{secrets.token_hex(8)}.part")
        os.close(private(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            yield scratch
            keep(scratch, place, force=force)
        finally:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)
    except FileExistsError as error:
        raise _there_already(path) from error
    except OSError as error:
        raise RadarError(
            f"{path} cannot be written: {(error.strerror or str(error)).lower()}.",
            "What was there is untouched. Is the folder there, the disk full, the file open in another program?",
        ) from error


def named(text: str | Path) -> Path:
    """The file that somebody typed; `~` is their own folder. Where there is no such user it is a letter like others."""
    return Path(os.path.expanduser(text))


def refuse(path: Path, *, database: Path, force: bool) -> None:
    """Raises RadarError if nothing may be written to `path`, so that nobody waits for what can't be kept."""
    own = database.resolve()
    journals = {own.with_name(own.name + one) for one in ("-wal", "-shm", "-journal")}
    try:
        is_own, is_there = path.resolve() in {own, *journals}, path.exists()
    except (
        OSError,
        RuntimeError,
        ValueError,
    ) as error:  # too long, no permission, a circle of links, a zero byte
        why = getattr(error, "strerror", None) or str(error)
        # Without the path: what is wrong with one that is too long would stand behind its end.
        raise RadarError(f"No file can be written there: {why.lower()}.", "Name another one.") from error
    if is_own:
        raise RadarError(f"{path} is the database itself.", "Name another file.")
    if is_there and not path.is_file():
        raise RadarError(f"{path} is a folder or a device.", "Name a file in it.")
    if is_there and not force:
        raise _there_already(path)


def _there_already(path: Path) -> RadarError:
    return RadarError(f"There is a file {path} already.", "Name another file, or replace it with --force.")


def keep(scratch: Path, path: Path, *, force: bool) -> None:
    """Give a finished file its name, durably. Raises FileExistsError if there is one and no `force`, OSError if the
    disk does not take it."""
    with scratch.open("r+b") as file:
        flush(file.fileno())
    if force:
        os.replace(scratch, path)
    else:
        _name_anew(scratch, path)
    settle(path.parent)


def _name_anew(scratch: Path, path: Path) -> None:
    """A link fails where a name is taken, so that nobody's file is replaced that came in between."""
    try:
        os.link(scratch, path)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        # FAT and some network disks know no links.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        os.replace(scratch, path)
    else:
        scratch.unlink()


def replace_bytes(path: Path, data: bytes) -> None:
    """Make `data` the content of a file of Radar's own; a power cut leaves the old or the new one. Raises OSError."""
    scratch = path.with_name(path.name + ".part")
    with open(scratch, "wb", opener=private) as file:
        file.write(data)
    keep(scratch, path, force=True)


def flush(handle: int) -> None:
    """An open file onto the medium, as far as its file system can promise it."""
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS leaves the data in the drive's own cache (man fsync).
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in NOT_OFFERED:
            raise


def settle(folder: Path) -> None:
    """Flush the names in a folder; Windows and its file systems offer nothing of the kind."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        flush(handle)
    except OSError as error:
        if error.errno != errno.EBADF:  # some shares only flush what is open for writing
            raise
    finally:
        os.close(handle)
