"""Following the log entry by entry, and over one that nobody can take.

An entry N that cannot be read, does not fit or is of a newer Radar stops everybody, with nothing changed. Where nobody
has a good copy of it, the team may leave it out: entry N+1 is of the kind *void*, names N, and its parent is the hash
of N's bytes as they lie there. The head then moves over both and no row does; who had taken N gives it back.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import apsw

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError
from radar_tui.sync.hub.entry import HubDamaged, NewerRadar
from radar_tui.sync.hub.hub import entry_name
from radar_tui.sync.hub.stores import TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from radar_tui.sync.base import Base, Pulled
    from radar_tui.sync.hub.entry import Entry
    from radar_tui.sync.hub.hub import Hub
    from radar_tui.sync.sync_folder import SyncFolder

VOID = "void"


class Lifted(Exception):
    """An entry that could not be taken is void: take back what was begun, and follow again."""


class HubLog:
    """The log of a hub as a base follows it."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._voids: dict[int, Entry] = {}

    def follow(self, base: Base, seq: int, pulled: Pulled) -> Entry:
        """Move on by entry `seq`, or over it; returns the entry at which the base is then, a void one with what it
        turned round.

        Raises Lifted, HubDamaged or RadarError; the caller rolls back.
        """
        if (void := self._voids.get(seq)) is not None:
            base.moved(seq + 1, void.digest, len(void.raw))
            return void
        try:
            entry = self.hub.read(seq, base.digest)
            if entry.header.kind == VOID:
                entry = self._turned(base, entry)
            base.apply(entry, pulled)
        except RadarError as error:
            if (void := self.void_behind(seq)) is None:
                raise _with_a_way_out(error, seq) from error
            self._voids[seq] = void
            raise Lifted from error
        return entry

    def follow_alone(self, base: Base, seq: int, pulled: Pulled) -> Entry | None:
        """`follow` as a step of its own; None for one that the entry before it left out."""
        if seq <= base.head:
            return None
        while True:
            with contextlib.suppress(Lifted), base.moving():
                return self.follow(base, seq, pulled)

    def _turned(self, base: Base, void: Entry) -> Entry:
        """A void entry with what gives back the entry before it, which this base has taken."""
        before = self.hub.read(base.head, None)
        if (void.header.void, void.header.parent) != (base.head, before.digest):
            raise HubDamaged(
                f"Entry {void.header.seq} on the hub leaves out another entry than the one before it. Nothing on this "
                "laptop was changed.",
                "Bring it back from a copy of the hub; `radar hub verify` looks at the whole log.",
            )
        return replace(void, body=apsw.Changeset.invert(before.body))

    def void_behind(self, seq: int) -> Entry | None:
        """The entry that leaves `seq` out, if there is one and it speaks of the bytes that lie there."""
        try:
            void = self.hub.read(seq + 1, None)
            said = (void.header.kind, void.header.void, void.header.parent)
            return void if said == (VOID, seq, self.hub.digest(seq)) else None
        except RadarError:
            return None

    def take_back(self, base: Base) -> None:
        """Undo the newest entry of the base. Raises HubDamaged if it is not the hub's any more."""
        entry = self.hub.read(base.head, None)
        if entry.digest != base.digest:
            raise other_history(entry, None)
        if entry.header.kind != VOID:
            base.take_back(entry)
        else:
            left = entry.header.seq - 2
            base.back_to(left, self.hub.read(left, None).digest if left else "")


def _with_a_way_out(error: RadarError, seq: int) -> RadarError:
    """The same, and how a team goes on where nobody can bring the entry back."""
    if isinstance(error, HubDamaged | NewerRadar | TooLarge) and "hub void" not in error.hint:
        error.hint = f"{error.hint.rstrip('.')}. If nobody can: radar hub void {seq}"
    return error


def other_history(there: Entry, known: Entry | None) -> HubDamaged:
    """The hub tells otherwise of an entry that this laptop has seen."""
    seq = there.header.seq
    ours = f" by {_by(known)}" if known is not None and known.header.seq == seq else ""
    return HubDamaged(
        f"The hub tells another history than this laptop knows: entry {seq}{ours} was replaced by one by {_by(there)}. "
        "Nothing was changed.",
        "Ask the team whether the hub was mended or brought back from a copy. If so, take its history: radar hub "
        "join ADDRESS – what only this laptop knows goes along. If not, bring the log back from a copy.",
    )


def _by(entry: Entry) -> str:
    return f"{one_line(entry.header.author) or entry.header.device} of {one_line(entry.header.time)[:16]}"


def copies(hub: Hub, files: SyncFolder, head: tuple[int, str]) -> list[Entry]:
    """The entries up to `head` (number, hash) that are missing in the log and lie whole beside the database, the newest
    first: each is the one that the entry after it names, or that this laptop has taken last."""
    there = set(numbers(hub.objects.names("log")))
    # What lies here bounds the search: a head that somebody else wrote may be any number.
    here = numbers(path.name for path in files.log.iterdir()) if files.log.is_dir() else []
    found: list[Entry] = []
    first = min(there, default=1)
    for seq in sorted({seq for seq in here if first <= seq <= head[0]} - there, reverse=True):
        known = head[1] if seq == head[0] else _parent_of(seq + 1, hub, files, seq + 1 in there)
        copy = files.mirrored(seq)
        if copy is not None and copy.digest == known and copy.header.hub == hub.charter.hub:
            found.append(copy)
    return found


def numbers(names: Iterable[str]) -> list[int]:
    """The numbers of the entries among the names of files."""
    return [int(name) for name in names if name.isdecimal() and len(name) == len(entry_name(0))]


def _parent_of(seq: int, hub: Hub, files: SyncFolder, on_hub: bool) -> str:
    """The hash that entry `seq` names as the one before it, "" if it cannot be read."""
    try:
        entry = hub.read(seq, None) if on_hub else files.mirrored(seq)
    except HubDamaged:
        return ""
    return entry.header.parent if entry else ""
