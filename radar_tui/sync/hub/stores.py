"""Where the objects of a hub are kept: a folder or a bucket, behind one small interface.

A store has to do one thing well: of two laptops that create the same name at the same moment exactly one succeeds, and
nobody ever sees half an object. Objects are never rewritten; names look like `log/0000000001`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 1 << 26
"""Bytes of the largest object that is read into memory; what Radar writes is far smaller."""
LARGEST_FILE = 1 << 30
"""Bytes of the largest object that is read into a file."""
SAFE = "your changes are safe on this laptop"
OWN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class HubUnreachable(RadarError):
    """The hub cannot be used now: not there, no permission, full, read-only, no network, or unfit for two laptops.

    Says what happened, that nothing is lost and what to do; never a credential, never the text of a library's error.
    """


class NotThere(HubUnreachable):
    """There is no such folder or bucket, or it is not connected."""


class TooLarge(HubUnreachable):
    """An object is larger than any that Radar writes in its place; it was not read."""


class Misplaced(HubUnreachable):
    """Something else than an object has an object's name, a link or a folder; it was not followed."""


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


def own_name(name: str) -> str:
    """`name`, if it is one that Radar gives to objects; ValueError is a mistake of ours, not of a user."""
    if not OWN_NAME.fullmatch(name):
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
