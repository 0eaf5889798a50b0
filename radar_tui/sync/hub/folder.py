"""A hub in a folder: on a network share, a USB stick or a disk that several laptops reach.

An object is written whole into a temporary file, flushed to the medium and only then given its name, by a hard link;
where there are none (exFAT sticks, some shares) by a rename that does not replace. Both fail if the name is taken, in
one step of the file system itself, so that one laptop wins and no half object is ever seen under a name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
from functools import cached_property
from typing import IO, TYPE_CHECKING, Final

from radar_tui.domain.text import one_line
from radar_tui.files import NO_LINKS, NOT_OFFERED, flush, settle
from radar_tui.sync.hub.cloud import cloud_of
from radar_tui.sync.hub.stores import (
    LARGEST,
    LARGEST_FILE,
    SAFE,
    HubUnreachable,
    Misplaced,
    NotThere,
    outbox_name,
    own_name,
    readable_parts,
    too_large,
    unfit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PART = re.compile(r"\.radar-[0-9a-f]{16}\.part")
_DEAD_AFTER = 24 * 60 * 60
"""Seconds after which the temporary file of another run is that of a dead one."""
_CHUNK = 1 << 24
_SPECIAL = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SPECIAL
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _SPECIAL
_ABSENT = (FileNotFoundError, NotADirectoryError)

_GONE = ("is not there", "Plug in the stick or connect to the network, then sync again.")
_FORBIDDEN = (
    "does not let you read and write",
    "Ask whoever keeps the folder for the right to read and write there.",
)
_READ_ONLY = (
    "can only be read",
    "Take the write protection off, or connect it again so that it can be written.",
)
_FULL = ("is full", "Make room there or ask whoever keeps it, then sync again.")
_SILENT = ("does not answer", "See whether the stick or the network is still connected, then sync again.")
_REASONS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOENT: _GONE,
    errno.ENOTDIR: (
        "is not a folder",
        "Name a folder that is there, or bring the hub's folder back from a copy.",
    ),
    errno.EISDIR: ("has a folder where a file should be", "Look at the hub with whoever keeps it."),
    errno.ELOOP: ("has a link where a file should be", "Look at the hub with whoever keeps it."),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _READ_ONLY,
    errno.ENOSPC: _FULL,
    errno.EFBIG: ("does not take a file of this size", "Choose a place for the hub that takes large files."),
    errno.ENAMETOOLONG: ("has a name that is too long", "Move the hub to a folder with a shorter name."),
    **dict.fromkeys(
        (
            number
            for name in (
                "EIO",
                "ENXIO",
                "ENODEV",
                "ESTALE",
                "ETIMEDOUT",
                "EHOSTDOWN",
                "EHOSTUNREACH",
                "ENETDOWN",
            )
            if (number := getattr(errno, name, None)) is not None
        ),
        _SILENT,
    ),
    **dict.fromkeys(
        (
            number
            for name in ("ENETUNREACH", "ENOTCONN", "ECONNRESET", "ECONNABORTED", "ESHUTDOWN", "EREMOTEIO")
            if (number := getattr(errno, name, None)) is not None
        ),
        _SILENT,
    ),
}
if hasattr(errno, "EDQUOT"):
    _REASONS[errno.EDQUOT] = _FULL
# Windows says these only by its own numbers: write-protected; path, name or share not found; no answer; disk full.
_WINDOWS_REASONS: Final[dict[int, tuple[str, str]]] = {
    19: _READ_ONLY,
    21: _GONE,
    39: _FULL,
    53: _GONE,
    59: _SILENT,
    64: _SILENT,
    67: _GONE,
    112: _FULL,
    121: _SILENT,
    1231: _SILENT,
    1326: _FORBIDDEN,
}


class FolderStore:
    """The objects of a hub as files of one folder. Its laptops may run different systems; each uses what it has."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._links = os.name != "nt"  # a rename on Windows never replaces, also where there are no links
        self._renames = os.name == "nt"
        self._swept: set[Path] = set()

    @property
    def address(self) -> str:
        """The whole path of the folder."""
        return str(self._root)

    @cached_property
    def cloud(self) -> str:
        """Who copies this folder between laptops, as a name to show; "" if nobody does."""
        return cloud_of(self._root)

    @property
    def kept_by_cloud(self) -> bool:
        """Whether a name made here says nothing about the other laptops."""
        return bool(self.cloud)

    def create(self, name: str, data: bytes) -> bool:
        """See ObjectStore. After any failure what stands under the name decides, since an answer can get lost."""
        own_name(name)
        most = max(LARGEST, len(data))
        standing = self.get(name, most)
        if standing is None:
            failure: OSError | None = None
            try:
                if self._put(name, data):
                    return True
            except OSError as error:
                failure = error
            standing = self._standing_after(name, failure, most)
        if standing != data:
            return False
        with self._in_words():
            settle(self._path(tuple(name.split("/"))).parent)
        return True

    def get(self, name: str, most: int = LARGEST) -> bytes | None:
        """See ObjectStore. Only a plain file is read: no link, no pipe."""
        with self._opened(name, most) as file:
            # No more than that is there: to ask for the most would ask for its memory.
            return None if file is None else file.read(os.fstat(file.fileno()).st_size + 1)

    def pieces(self, name: str, most: int = LARGEST_FILE) -> Iterator[bytes]:
        """See ObjectStore."""
        with self._opened(name, most) as file:
            while file is not None and most > 0 and (part := file.read(min(_CHUNK, most))):
                most -= len(part)
                yield part

    @contextlib.contextmanager
    def _opened(self, name: str, most: int) -> Iterator[IO[bytes] | None]:
        """The plain file of an object of at most `most` bytes; None if there is none."""
        parts = readable_parts(name)
        with self._in_words(), contextlib.ExitStack() as left:
            file: IO[bytes] | None = None
            try:
                if parts is not None:
                    path = self._path(parts)
                    if not stat.S_ISREG(os.lstat(path).st_mode):
                        raise self._no_file(name)
                    file = left.enter_context(open(os.open(path, _READ), "rb"))
            except _ABSENT:
                self._must_be_there()
            if file is not None:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode):
                    raise self._no_file(name)
                if found.st_size > most:
                    raise too_large(self.address, name)
            yield file

    def names(self, folder: str, after: str = "") -> list[str]:
        """See ObjectStore. Names that are no text are shown with replacement characters."""
        if (parts := readable_parts(folder)) is None:
            return []
        with self._in_words():
            try:
                found = os.listdir(self._path(parts))
            except _ABSENT:
                self._must_be_there()
                return []
        names = (os.fsencode(name).decode("utf-8", "replace") for name in found if not _PART.fullmatch(name))
        return sorted(name for name in names if name > after)

    def remove(self, name: str) -> None:
        """See ObjectStore."""
        parts = tuple(outbox_name(name).split("/"))
        with self._in_words():
            try:
                path = self._path(parts)
                path.unlink()
                settle(path.parent)
            except _ABSENT:
                self._must_be_there()

    def probe(self) -> None:
        """See ObjectStore. The folder itself is made if only its last part is missing."""
        name = f"probe-{secrets.token_hex(8)}"
        first, second = secrets.token_bytes(32), secrets.token_bytes(32)
        with self._in_words():
            if not self._root.exists():
                self._root.mkdir()
                settle(self._root.parent)
            try:
                if not self._put(name, first) or self._put(name, second) or self.get(name) != first:
                    raise unfit(self.address)
            finally:
                with contextlib.suppress(OSError):
                    (self._root / name).unlink()

    # How an object gets its name

    def _put(self, name: str, data: bytes) -> bool:
        """Write, flush, name. False if the name is taken; OSError or HubUnreachable if it cannot be done."""
        *folders, last = name.split("/")
        folder = self._made(tuple(folders))
        part = _write_part(folder, data)
        try:
            self._sweep(folder, part)
            if not self._named(part, folder / last):
                return False
            settle(folder)
            return True
        finally:
            with contextlib.suppress(OSError):
                part.unlink()

    def _named(self, part: Path, target: Path) -> bool:
        """Give `part` its name; False if another has it."""
        if self._links:
            try:
                os.link(part, target)
                return True
            except FileExistsError:
                return False
            except OSError as error:
                if error.errno not in NO_LINKS:
                    raise
                self._links = False
        if not self._renames and not _renames_keep(part.parent):
            raise unfit(self.address)
        self._renames = True
        try:
            _rename_without_replacing(part, target)
        except FileExistsError:
            return False
        return True

    def _sweep(self, folder: Path, own: Path) -> None:
        """Clear the temporary files of dead runs, once; how old they are is told by the folder's own clock."""
        if folder in self._swept:
            return
        self._swept.add(folder)
        with contextlib.suppress(OSError):
            dead = own.stat().st_mtime - _DEAD_AFTER
            for name in os.listdir(folder):
                if _PART.fullmatch(name):
                    with contextlib.suppress(OSError):
                        found = os.lstat(folder / name)
                        if stat.S_ISREG(found.st_mode) and found.st_mtime < dead:
                            (folder / name).unlink()

    def _standing_after(self, name: str, failure: OSError | None, most: int) -> bytes:
        """What stands under `name` after a try that did not go through; HubUnreachable in its words if nothing does."""
        try:
            standing = self.get(name, most)
        except HubUnreachable:
            if failure is None:
                raise
            standing = None
        if standing is None:
            raise self._words(failure or OSError(errno.EIO, "")) from failure
        return standing

    # Where an object is

    def _path(self, parts: tuple[str, ...]) -> Path:
        """The path of an object; HubUnreachable if a folder on the way is a link that leads elsewhere."""
        path = self._root
        for part in parts[:-1]:
            path = path / part
            if stat.S_ISLNK(os.lstat(path).st_mode):
                raise self._no_file(part)
        return path / parts[-1]

    def _made(self, folders: tuple[str, ...]) -> Path:
        """The folder, made if missing; never the hub's own, whose absence means an unplugged stick."""
        self._must_be_there()
        path = self._root
        for folder in folders:
            try:
                (path / folder).mkdir()
                settle(path)
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(path / folder).st_mode):
                    raise self._no_file(folder) from None
            path = path / folder
        return path

    def _must_be_there(self) -> None:
        if not stat.S_ISDIR(os.stat(self._root).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "")

    # Words

    @contextlib.contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise self._words(error) from error

    def _words(self, error: OSError) -> HubUnreachable:
        number = getattr(error, "winerror", None)
        reason = _WINDOWS_REASONS.get(number) if number else None
        reason = reason or _REASONS.get(error.errno or 0)
        happened, advice = reason or (
            "cannot be used",
            "See whether you can read and write there, then sync again.",
        )
        kind = NotThere if happened == _GONE[0] else HubUnreachable
        return kind(f"The hub's folder {self.address} {happened}; {SAFE}.", advice)

    def _no_file(self, name: str) -> Misplaced:
        return Misplaced(
            f"“{one_line(name)}” in the hub's folder {self.address} is not what Radar put there; {SAFE}.",
            "Look at the folder with whoever keeps it: a link or a folder stands in the way.",
        )


def _write_part(folder: Path, data: bytes) -> Path:
    """A temporary file in `folder` that holds `data`, on the medium; the team may read it, so no private mode."""
    part = folder / f".radar-{secrets.token_hex(8)}.part"
    handle = os.open(part, _WRITE, 0o666)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest[:_CHUNK]) :]
            flush(handle)
        finally:
            os.close(handle)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
    return part


def _renames_keep(folder: Path) -> bool:
    """Try it: does a rename onto a taken name fail here and leave both files alone?"""
    first = _write_part(folder, b"first")
    second = None
    try:
        second = _write_part(folder, b"second")
        try:
            _rename_without_replacing(second, first)
        except FileExistsError:
            return first.read_bytes() == b"first" and second.exists()
        except OSError as error:
            if error.errno not in NOT_OFFERED:
                raise
        return False
    finally:
        for part in (first, second):
            if part is not None:
                with contextlib.suppress(OSError):
                    part.unlink()


def _rename_without_replacing(source: Path, target: Path) -> None:
    """Rename, but fail with FileExistsError if the name is taken; OSError(ENOSYS) where the system has no such call.

    Linux: renameat2(2), RENAME_NOREPLACE. macOS: renamex_np(2), RENAME_EXCL. Windows: what os.rename does anyway.
    """
    if sys.platform == "win32":
        os.rename(source, target)
        return
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(source), os.fsencode(target)
    try:
        if sys.platform == "darwin":
            failed = libc.renamex_np(old, new, ctypes.c_uint(0x4))
        else:
            here = ctypes.c_int(-100)  # AT_FDCWD
            failed = libc.renameat2(here, old, here, new, ctypes.c_uint(1))
    except AttributeError:
        raise OSError(errno.ENOSYS, "no rename that keeps what is there") from None
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
