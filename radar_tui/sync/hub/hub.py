"""The hub: where the team's databases meet, as an append-only log in a store of objects.

    hub.json                 hub id, format, founded when and by whom      (created once)
    log/0000000001 …         one entry each, written with a create-only put: the store decides who was first. Entries
                             before a snapshot may be taken away by hand, from the first on; never the newest
    snapshot/0000000200      the whole database as of that entry; an optimisation, never the truth: the next entry
                             of its writer carries its hash, and the state of entry 200 is that of its rows
    outbox/DEVICE/0000000001 only where a cloud folder cannot keep two laptops apart: changes for the keeper
    keeper/0000000001        there too: another laptop is the keeper from now on; the highest number counts

No clock is trusted and no server of ours runs. What costs how much, with n entries on the log: a sync reads the names
after the last known entry and that one (a bucket lists from there, a folder and Azure list all names: 0.1 s at 100,000
in a folder, one request per 5,000 names on Azure), and the new entries. Joining reads the newest snapshot and at most
SNAPSHOT_ENTRIES entries, whatever n is.

On paper, for 10,000 laptops: a laptop that syncs five times a day appends five small entries, 50,000 a day for all, and
every laptop would read all of them. One log is good for some hundred laptops (a day's entries at 300 laptops: 1,500,
about 5 MB). Beyond that the customers are divided into territories: one log each (`territory/NAME/log/…` under the same
`hub.json`), a shared log for what belongs to nobody (price list, markets, checklists, colleagues, promises), and a
laptop follows the shared log and its own territories. Rows hang on a customer, so a territory is the closure of its
customers; a customer that moves is copied by an entry in the new log and archived in the old one. An entry stays as it
is, only the number of logs a laptop folds grows; `radar hub join --territory` is kept free for that.
"""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import asdict, dataclass, replace
from typing import IO, TYPE_CHECKING, NamedTuple

from radar_tui.errors import RadarError
from radar_tui.sync.hub.entry import Entry, Header, HubDamaged, NewerRadar, pack_into, unpack, unpack_into
from radar_tui.sync.hub.stores import Misplaced, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.sync.hub.stores import ObjectStore

FORMAT = 1
SNAPSHOT_ENTRIES = 200
SNAPSHOT_BYTES = 16 * 1024 * 1024
_MOST_WORDS = 1 << 16
"""Bytes of hub.json and of a keeper's file."""
_MOST_DATABASE = 1 << 32
_ROOM, _MOST_OF_A_ROW, _MOST_TIMES_PACKED = 1 << 26, 1 << 14, 50
"""Bytes of a small snapshot, and what a large one may have for each row that the log counts and each byte it is packed
in: a database has some hundred bytes for a row and packs to a fifth."""
_NUMBER = re.compile(r"\d{10}")
_COPY = re.compile(r"\d{10}\D.*|.*\D\d{10}(\D.*)?|.*[(\[].*\d{10}.*")
_ADVICE = "Keep the hub in a folder that no cloud copies, or let one laptop keep it: radar hub keep"


@dataclass(frozen=True, slots=True)
class Charter:
    """What `hub.json` says. `keeper` is the device that moves outboxes into the log, "" where every laptop appends."""

    format: int
    hub: str
    founded_at: str
    founded_by: str
    keeper: str


class Outbox(NamedTuple):
    """One file in which a laptop left its changes for the keeper."""

    name: str
    device: str
    number: int
    entry: Entry

    @property
    def mark(self) -> str:
        """How the log says that it was taken."""
        return f"{self.device}/{self.number}/{self.entry.digest}"


class NoHub(RadarError):
    """The place is there, and no hub in it."""


class EntryMissing(HubDamaged):
    """An entry is not in the log any more. `copies`: the numbers of those missing that lie beside this database."""

    copies: tuple[int, ...] = ()


class LogBegins(RadarError):
    """The log begins behind what was asked for; a snapshot holds what was before."""


class Hub:
    """One hub, opened."""

    def __init__(self, objects: ObjectStore, charter: Charter) -> None:
        self.objects = objects
        self.charter = charter
        self.founded = json.dumps(asdict(charter))
        """What hub.json says: it is written once, so that each laptop can hold on to it."""

    @classmethod
    def found(cls, objects: ObjectStore, *, author: str, device: str, at: str) -> Hub:
        """Create the hub. Raises RadarError if there is one already or if the place is not fit for one."""
        objects.probe()
        if objects.get("hub.json", _MOST_WORDS) is not None:
            raise _there_already(objects)
        keeper = device if objects.kept_by_cloud else ""
        charter = Charter(FORMAT, str(uuid.uuid4()), at, author, keeper)
        if not objects.create("hub.json", json.dumps(asdict(charter), indent=1).encode()):
            raise _there_already(objects)
        return cls(objects, charter)

    @classmethod
    def open(cls, objects: ObjectStore) -> Hub:
        """Raises RadarError if there is no hub, one of a newer Radar, or one whose charter cannot be read."""
        raw = objects.get("hub.json", _MOST_WORDS)
        if raw is None:
            raise NoHub(
                f"There is no hub at {objects.address}.",
                "Look at the address, or start one there: radar hub create ADDRESS",
            )
        charter = _charter(raw, objects.address)
        if objects.kept_by_cloud and not charter.keeper:
            raise RadarError(
                f"{objects.address} is kept by a cloud service here, but this hub was founded where it is not.",
                "Two laptops could write the same entry. Use the original folder, or found the hub anew here.",
            )
        hub = cls(objects, charter)
        if charter.keeper:
            hub.charter = replace(charter, keeper=hub.keeper()[1])
        return hub

    def must_be(self, known: str) -> None:
        """Raises HubDamaged if hub.json does not say what it said when this laptop read it first (`known`, if it did):
        with another keeper in it everybody would leave changes where nobody takes them."""
        if known not in ("", self.founded):
            was, now = json.loads(known), json.loads(self.founded)
            said = "; ".join(
                f"{key} was “{was[key]}”, is “{now[key]}”" for key in now if now[key] != was[key]
            )
            raise HubDamaged(
                f"hub.json at {self.objects.address} was changed since this laptop joined: {said}. Nothing was changed "
                "here.",
                "Bring hub.json back from a copy of the hub. If your team meant it, join again: radar hub join ADDRESS",
            )

    # Who keeps the log, where it needs a keeper

    def keeper(self) -> tuple[int, str]:
        """How often the keeper has changed, and which device it is now. Raises HubDamaged if that is not clear."""
        names = self.objects.names("keeper")
        if copies := [name for name in names if not _NUMBER.fullmatch(name) and _COPY.fullmatch(name)]:
            raise HubDamaged(
                f"Two laptops became the keeper at once: keeper/{copies[0]}. Nothing was changed.",
                "Agree on one of them, remove that file, and give there: radar hub keep --take-over",
            )
        numbers = [int(name) for name in names if _NUMBER.fullmatch(name)]
        if not numbers:
            return 0, self.charter.keeper
        name = f"keeper/{entry_name(numbers[-1])}"
        if numbers[-1] != len(numbers):
            raise HubDamaged(
                f"{name} on the hub does not follow the one before it. Nothing was changed.",
                "Wait until the whole folder has arrived here. If nobody of the team wrote that file, remove it.",
            )
        try:
            told = json.loads(self.objects.get(name, _MOST_WORDS) or b"")
            if told["hub"] == self.charter.hub and isinstance(told["keeper"], str) and told["keeper"]:
                return numbers[-1], told["keeper"]
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        raise HubDamaged(
            f"{name} on the hub cannot be read. Nothing on this laptop was changed.",
            "Bring it back from a copy of the hub.",
        )

    def take_over(self, *, author: str, device: str, at: str) -> None:
        """Make `device` the keeper. The one before sees it when it syncs next, and writes only its outbox then.

        No cloud folder can promise that it does not write once more before it sees this: the two entries with one
        number show as a conflicted copy, which is refused. Raises RadarError if another laptop took over just now.
        """
        last, _ = self.keeper()
        said = {"hub": self.charter.hub, "keeper": device, "at": at, "by": author}
        if not self.objects.create(f"keeper/{entry_name(last + 1)}", json.dumps(said, indent=1).encode()):
            raise _kept_by_another()
        self.charter = replace(self.charter, keeper=device)

    def first(self) -> int:
        """The number with which the log begins, 0 if it is empty: 1, or higher where entries before a snapshot were
        taken away."""
        return next((int(name) for name in self.objects.names("log") if _NUMBER.fullmatch(name)), 0)

    def numbers(self, after: int) -> list[int]:
        """The numbers of the entries after `after`, without a gap. Raises HubDamaged if one is missing, if `after`
        itself is gone (unless the log begins right behind it), or if two files claim one number; LogBegins if it begins
        later and a snapshot holds what was before."""
        entries = []
        for name in self.objects.names("log", entry_name(after - 1) if after > 1 else ""):
            if _NUMBER.fullmatch(name):
                entries.append(int(name))
            elif _COPY.fullmatch(name):
                raise HubDamaged(
                    f"The hub's log has a conflicted copy: log/{name}. Nothing was changed.", _ADVICE
                )
        start = max(after, 1)
        if after and not entries:
            raise _missing(after)
        if entries and entries[0] != start:
            if entries[0] != self.first():
                raise _missing(start)
            if entries[0] != after + 1:
                snapshots = self.snapshots()
                raise _begins(entries[0]) if snapshots and snapshots[0] >= entries[0] - 1 else _missing(start)
        for expected, number in enumerate(entries, entries[0] if entries else 0):
            if number != expected:
                raise _missing(expected)
        return [number for number in entries if number > after]

    def all_numbers(self) -> list[int]:
        """The numbers of all entries that the log still has. Raises HubDamaged as `numbers` does."""
        return self.numbers(max(self.first() - 1, 0))

    def read(self, seq: int, parent: str | None) -> Entry:
        """Entry `seq`; `parent` is the hash that it must carry (None: not known). Raises HubDamaged."""
        raw = self.objects.get(f"log/{entry_name(seq)}")
        if raw is None:
            first = self.first()
            raise _begins(first) if 0 < seq < first else _missing(seq)
        return self.accept(unpack(raw, f"entry {seq}"), seq, parent)

    def digest(self, seq: int) -> str:
        """The hash of entry `seq` as it lies there, whatever it holds. Raises HubDamaged if there is none."""
        hash = hashlib.sha256()
        for piece in self.objects.pieces(f"log/{entry_name(seq)}"):
            hash.update(piece)
        return hash.hexdigest()

    def accept(self, entry: Entry, seq: int, parent: str | None) -> Entry:
        """`entry` if it belongs at `seq` of this hub, after the entry with the hash `parent`."""
        header = entry.header
        if header.hub != self.charter.hub:
            raise _wrong(seq, "it belongs to another hub")
        if header.seq != seq:
            raise _wrong(seq, f"it is entry {header.seq} under a wrong name")
        if parent is not None and header.parent != parent:
            raise _wrong(seq, "it does not follow the entry before it; one of the two was replaced")
        return entry

    def append(self, seq: int, raw: bytes) -> bool:
        """Whether `raw` stands as entry `seq` now; False if another laptop was faster. Raises RadarError if another
        laptop has become the keeper meanwhile."""
        if self.charter.keeper and self.keeper()[1] != self.charter.keeper:
            raise _kept_by_another()
        return self.objects.create(f"log/{entry_name(seq)}", raw)

    def snapshots(self) -> list[int]:
        """The numbers of all snapshots, newest first."""
        return sorted((int(n) for n in self.objects.names("snapshot") if _NUMBER.fullmatch(n)), reverse=True)

    def read_snapshot(
        self, seq: int, packed: IO[bytes], file: IO[bytes], rows: int = 0
    ) -> tuple[Header, str] | None:
        """Write the snapshot as stored to `packed` and its database to `file`; its header and hash, or None if it
        cannot be used: the log is the truth, so that is no fault. `rows`: how many the log counts there, 0: unsaid."""

        def most(stored: int) -> int:
            by_log = _ROOM + rows * _MOST_OF_A_ROW if rows else _MOST_DATABASE
            return min(_MOST_DATABASE, by_log, _ROOM + stored * _MOST_TIMES_PACKED)

        try:
            for piece in self.objects.pieces(f"snapshot/{entry_name(seq)}"):
                packed.write(piece)
            header, hash = unpack_into(file, packed, f"snapshot {seq}", most)
        except (HubDamaged, NewerRadar, TooLarge):
            return None
        return (header, hash) if (header.hub, header.seq) == (self.charter.hub, seq) else None

    def write_snapshot(self, header: Header, database: IO[bytes], packed: IO[bytes]) -> str:
        """Its hash, or "" if another laptop has written the same one, which is as good. `packed` is for scratch."""
        hash = pack_into(packed, replace(header, kind="snapshot"), database)
        packed.seek(0)
        return hash if self.objects.create(f"snapshot/{entry_name(header.seq)}", packed.read()) else ""

    def outboxes(self) -> Iterator[Outbox | RadarError]:
        """Every outbox file, each device's in its order; for one that is not whole, what is wrong with it."""
        for device in self.objects.names("outbox"):
            try:
                names = self.objects.names(f"outbox/{device}")
            except Misplaced as error:
                yield error
                continue
            for name in names:
                if not _NUMBER.fullmatch(name):
                    continue
                place = f"outbox/{device}/{name}"
                try:
                    raw = self.objects.get(place)
                    if raw is None:
                        continue
                    entry = unpack(raw, place)
                except (HubDamaged, NewerRadar, TooLarge, Misplaced) as error:
                    yield error
                    continue
                if entry.header.hub != self.charter.hub or entry.header.device != device:
                    yield HubDamaged(
                        f"{place} belongs to another hub or laptop. It was left where it is.", _ADVICE
                    )
                    continue
                yield Outbox(place, device, int(name), entry)


def entry_name(seq: int) -> str:
    return f"{seq:010d}"


def outbox_name(device: str, number: int) -> str:
    return f"outbox/{device}/{number:010d}"


def _charter(raw: bytes, address: str) -> Charter:
    try:
        told = json.loads(raw)
        format = told["format"]
        # What a later format says otherwise is not looked at.
        if isinstance(format, int) and format > FORMAT:
            raise RadarError(
                f"The hub at {address} was founded by a newer Radar. Nothing was changed.",
                "Install the newest Radar: pip install --upgrade radar-tui",
            )
        words = {name: told[name] for name in ("hub", "founded_at", "founded_by", "keeper")}
        if format != FORMAT or not all(isinstance(word, str) for word in words.values()):
            raise TypeError("not as Radar writes it")
        return Charter(FORMAT, **words)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HubDamaged(
            f"hub.json at {address} cannot be read. Nothing on this laptop was changed.",
            "Bring it back from a copy of the hub.",
        ) from error


def _kept_by_another() -> RadarError:
    return RadarError(
        "Another laptop has become the keeper of this hub. Nothing was written into the log.",
        "Sync again: what is yours goes through your outbox then.",
    )


def _there_already(objects: ObjectStore) -> RadarError:
    return RadarError(
        f"There is a hub at {objects.address} already.", "Join it instead: radar hub join ADDRESS"
    )


def _missing(seq: int) -> EntryMissing:
    return EntryMissing(
        f"Entry {seq} is missing on the hub. Nothing on this laptop was changed.",
        f"Bring it back from a copy of the hub, or from a laptop that has read it: log/{entry_name(seq)} in the folder "
        "NAME.db.sync beside its database. `radar hub verify` looks at the whole log.",
    )


def _begins(first: int) -> LogBegins:
    return LogBegins(
        f"The hub keeps its log from entry {first} on: this laptop was away longer. Nothing was changed.",
        "Join again: radar hub join ADDRESS – nothing is lost, your unsynced changes are carried over.",
    )


def _wrong(seq: int, what: str) -> HubDamaged:
    return HubDamaged(
        f"Entry {seq} on the hub is damaged: {what}. Nothing on this laptop was changed.",
        "Bring it back from a copy of the hub; `radar hub verify` looks at the whole log.",
    )
