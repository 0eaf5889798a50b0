"""Where the objects of a hub are kept: a folder or a bucket, behind one small interface.

A store has to do one thing well: of two laptops that create the same name at the same moment exactly one succeeds, and
nobody ever sees half an object. Objects are never rewritten; names look like `log/0000000001`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1 << 26
"""Bytes of the largest object that is read into memory; what Radar writes is far smaller."""
LARGEST_FILE = 1 << 30
"""Bytes of the largest object that is read into a file."""
SAFE = "your changes are safe on this laptop"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_BUCKETS = ("s3", "az", "gs")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,253}")
_OWN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class HubUnreachable(RadarError):
    """The hub cannot be used now: not there, no permission, full, read-only, no network, or unfit for two laptops.

    Says what happened, that nothing is lost and what to do; never a credential, never the text of a library's error.
    """


class TooLarge(HubUnreachable):
    """An object is larger than any that Radar writes in its place; it was not read."""


class BadAddress(RadarError):
    """The address of a hub that Radar cannot use as it is written; what it holds is not repeated."""


class ObjectStore(Protocol):
    """Objects by name. Every method raises HubUnreachable when the place cannot be used.

    `address` is printable and holds no credentials. `kept_by_cloud`: the folder is one that OneDrive, Dropbox or the
    like copies between laptops, so that creating a name here says nothing about the others.
    """

    @property
    def address(self) -> str: ...

    @property
    def kept_by_cloud(self) -> bool: ...

    def create(self, name: str, data: bytes) -> bool:
        """Put `data` under `name` unless something stands there. True: `data` stands there now, also when an earlier
        try of ours had arrived; False: other bytes stand there."""

    def get(self, name: str, most: int = LARGEST) -> bytes | None:
        """The object's bytes; None if there is no such object. Raises TooLarge, before anything is read, if it has more
        than `most`."""

    def pieces(self, name: str, most: int = LARGEST_FILE) -> Iterator[bytes]:
        """The same piece by piece, for a large one; none if there is no such object. Raises TooLarge."""

    def names(self, folder: str, after: str = "") -> list[str]:
        """The names in a folder (last part of the path), sorted, only those > `after`; strangers included, except
        temporary files of ours. A folder that is not there is empty."""

    def remove(self, name: str) -> None:
        """Remove an object of an outbox; one that is gone is no error."""

    def probe(self) -> None:
        """Prove that the place keeps two laptops apart: create a scratch name twice and read it back."""


def open_store(address: str) -> ObjectStore:
    """The store at a folder (also `~`, UNC and `file://`) or at `s3://bucket/prefix`, `az://container/prefix`,
    `gs://bucket/prefix`. Nothing is opened or made yet. Raises BadAddress."""
    from radar_tui.sync.folder import FolderStore

    address = address.strip()
    if not address or one_line(address) != address:
        raise BadAddress(
            "A hub needs an address of one line.", "Name a folder, or a bucket as s3://bucket/team."
        )
    if (found := _SCHEME.match(address)) is None:
        if without_secrets(address) != address:
            raise _holds_a_secret()
        return FolderStore(_expanded(address))
    scheme = found[1].lower()
    if scheme == "file":
        return FolderStore(_from_file_url(address))
    if scheme not in _BUCKETS:
        raise BadAddress(
            f"Radar has no way to reach a hub by {scheme}://.",
            "Name a folder, or a bucket as s3://bucket/team, az://container/team or gs://bucket/team.",
        )
    from radar_tui.sync.bucket import BucketStore

    bucket, prefix = _bucket_and_prefix(address)
    return BucketStore(scheme, bucket, prefix)


def own_name(name: str) -> str:
    """`name`, if it is one that Radar gives to objects; ValueError is a mistake of ours, not of a user."""
    if not _OWN_NAME.fullmatch(name):
        raise ValueError(f"no name of an object: {name!r}")
    return name


def outbox_name(name: str) -> str:
    """`name`, if it is one of an outbox: nothing else on a hub is ever removed."""
    if not own_name(name).startswith("outbox/"):
        raise ValueError(f"not in an outbox: {name!r}")
    return name


def readable_parts(name: str) -> tuple[str, ...] | None:
    """The parts of a name that may be a stranger's, or None where it would lead out of the hub."""
    parts = tuple(name.split("/"))
    if any(part in ("", ".", "..") or any(letter in part for letter in "\\:\0") for part in parts):
        return None
    return parts


def unfit(address: str) -> HubUnreachable:
    """The place let a second create-only put through, or has no such thing."""
    return HubUnreachable(
        f"{address} cannot keep two laptops apart; {SAFE}.",
        "Choose another place for the hub: a network share, a stick or a bucket with create-only writes.",
    )


def too_large(address: str, name: str) -> TooLarge:
    """Something that Radar never wrote stands in an object's place."""
    return TooLarge(
        f"“{one_line(name)}” on {address} is larger than anything that Radar writes there; {SAFE}.",
        "This file is not Radar's. Whoever keeps the hub removes it, or brings it back from a copy of the hub.",
    )


def _expanded(address: str) -> Path:
    if os.name != "nt" and address.startswith("\\\\"):
        raise BadAddress(
            "A share written with \\\\ can only be named on Windows.",
            "Connect the share first and name the folder it has here, such as /mnt/team/radar.",
        )
    try:
        return Path(os.path.abspath(Path(address).expanduser()))
    except (RuntimeError, ValueError):
        raise BadAddress("Radar does not know whose home folder that is.", "Name the whole folder.") from None


def _from_file_url(address: str) -> Path:
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _holds_a_secret()
    host = "" if parts.netloc.lower() == "localhost" else parts.netloc
    path = unquote(parts.path)
    if os.name == "nt":
        from urllib.request import url2pathname

        return _expanded(f"\\\\{host}{url2pathname(parts.path)}" if host else url2pathname(parts.path))
    if host or not path.startswith("/") or one_line(path) != path:
        raise BadAddress(
            "A file:// address names a folder of this laptop.", "Write it as file:///mnt/team/radar."
        )
    return _expanded(path)


def _bucket_and_prefix(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise BadAddress("That is no address of a bucket.", "Write it as s3://bucket/team.") from None
    if "@" in address or "?" in address or "#" in address:
        raise _holds_a_secret()
    prefix = parts.path.strip("/")
    if not _BUCKET.fullmatch(parts.netloc) or (prefix and not _OWN_NAME.fullmatch(prefix)):
        raise BadAddress(
            "That is no address of a bucket that Radar can use.",
            "Write it as s3://bucket/team: letters, digits, dots, dashes and underscores.",
        )
    return parts.netloc, prefix


def _holds_a_secret() -> BadAddress:
    return BadAddress(
        "The address holds a password, a key or a signature: Radar does not take these, so that it cannot spread them.",
        "Name the place alone, as az://container/team, and give the credentials by the environment.",
    )
