"""One sync, start to end: take what the others wrote, then write what is ours.

The live file is only ever opened by Python's own sqlite3 and the base file only by apsw, so that no file is open in two
SQLite libraries of one process (sqlite.org/howtocorrupt.html §2.2.1). Both happen in the thread that syncs.

    take   apply new entries to the base, and merge them into the live file in one transaction that also moves its head;
           mine stays on top, what clashes becomes a row of `conflict` like any other change of mine
    give   the touched rows, as they differ from the base, are one entry; if another laptop was faster, take again

So a merge happens in one place, against rows as they are at that moment, and editing goes on meanwhile. A crash leaves
the live file at a head it has wholly taken. The base is at the same head, or behind it (the entries are applied again),
or ahead of a restored live file (they are taken back). An entry of ours that arrived without our hearing of it is known
by its hash, which stands in the live file before it leaves. Steps are bounded (CHUNK), so that no transaction of the
live file makes an edit wait for long, however much there is to take.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.domain.changes import count_words
from radar_tui.domain.days import iso
from radar_tui.errors import RadarError
from radar_tui.store.facts.clock import HUB_TIME
from radar_tui.store.schema.touched import SYNCED
from radar_tui.sync import outbox
from radar_tui.sync.asking import ASK, Asks, SyncAnswers, is_large, losses
from radar_tui.sync.base import SCHEMA, Base, Forget, Pulled, alone
from radar_tui.sync.comparing import compare
from radar_tui.sync.following import Lifted, copies, other_history
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.entry import Entry, HubDamaged, digest
from radar_tui.sync.hub.hub import (
    SNAPSHOT_BYTES,
    SNAPSHOT_ENTRIES,
    EntryMissing,
    Hub,
    LogBegins,
    NoHub,
    Outbox,
    entry_name,
)
from radar_tui.sync.hub.stores import HubUnreachable
from radar_tui.sync.live import Live
from radar_tui.sync.progress import SyncProgress
from radar_tui.sync.session import Session, SyncResult, quiet
from radar_tui.sync.sync_folder import SyncFolder, join_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from radar_tui.store.schema.touched import RowKey
    from radar_tui.store.store import Store
    from radar_tui.sync.merge import SqlValue

CHUNK = 4_000
"""Rows that one step moves; more are moved in several."""

COUNTED_DAILY = 100_000
"""Of more rows than this the counts are compared once a day: at a million they cost as much as the sync itself."""

MOST_NAMED = 3
"""Copies that are named; more are counted."""

STEPS = ("levelled", "pulled", "taking", "taken", "kept", "intended", "put", "given", "moved", "snapshot")
"""The moments at which a test may end the process."""


class Sync(Session):
    """A database and its hub, opened for one sync."""

    def run(self, *, known: bool = False) -> SyncResult:
        """Take and give until nothing is left; `known`: the end of the log was read just now. Raises RadarError; what
        was done until then stands."""
        self.recall(read=not known)
        self.level()
        self.at("levelled")
        if self.result.copied or not self.live.trusted(SCHEMA):
            compare(self)
        if self.result.copied:
            self.files.looked_at()
        while True:
            self.go_on()
            if self._take_or_again():
                continue
            if self.hub.charter.keeper not in ("", self.device):
                waiting = outbox.leave(self)
                self.result = replace(self.result, waiting=waiting)
                break
            if self.hub.charter.keeper:
                outbox.withdraw(self)
            if not self._give():
                break
        self._check_counts()
        self.live.synced()
        self._snapshot()
        self.result = replace(self.result, head=self.base.head, unreadable=self.came_unreadable())
        return self.result

    def take_over(self) -> None:
        """Become the keeper, knowing all that the one before wrote, as far as it has come here."""
        self.level()
        while self._take_or_again():
            self.go_on()
        self.hub.take_over(author=self.live.author(), device=self.device, at=iso(self.live.store.clock()))
        self.result = replace(self.result, entries=0)  # those that it moves itself are told
        self.at("kept")

    def level(self) -> None:
        """Bring the base to the entry that the live file has taken: on after a crash, back after a restore."""
        head, taken = self.live.head()
        if self.base.head > head:
            self.live.compare_next_time()
        while self.base.digest != taken:
            with contextlib.suppress(Lifted), self.base.moving():
                while self.base.head > head:
                    self.log.take_back(self.base)
                while self.base.head < head:
                    entry = self.log.follow(self.base, self.base.head + 1, Pulled())
                    self.files.mirror(entry.header.seq, entry.raw)
                if self.base.digest != taken:
                    raise join_again("It comes from another state of the hub.")

    def recall(self, *, read: bool = True) -> None:
        """Look again at what this laptop has seen last, so that nobody rewrites the past unseen. Raises HubDamaged."""
        for seq, known in sorted({self.live.head(), self.files.seen()}) if read else ():
            # Where the log begins later, what comes next tells whether this laptop can go on.
            with contextlib.suppress(LogBegins):
                self._look_again(seq, known)

    def _look_again(self, seq: int, known: str) -> None:
        """That an entry that was seen still stands there. Raises HubDamaged."""
        if seq and (there := self._read_again(seq, known)).digest != known:
            raise other_history(there, self.files.mirrored(seq))

    def _read_again(self, seq: int, known: str) -> Entry:
        """An entry that was seen. Raises HubDamaged with the way out, where it is no longer whole there."""
        try:
            return self.hub.read(seq, None)
        except HubDamaged as error:
            if self.log.void_behind(seq) is not None:
                raise join_again(f"Entry {seq} was damaged on the hub and left out for everybody.") from error
            if (copy := self.files.mirrored(seq)) is not None and copy.digest == known:
                error.hint = (
                    f"This laptop has a good copy: {self.files.log / entry_name(seq)}. Put it into the hub's log/, "
                    "then sync again. Or take the hub's history: radar hub join ADDRESS"
                )
            raise

    def _check_counts(self) -> None:
        """The cheapest alarm: after anything moved, as many rows must stand here as the log comes to. Raises
        RadarError, and the next sync compares everything."""
        if not (self.result.entries or self.result.pushed):
            return
        there, today = self.base.tally().counts, self.live.store.clock().date()
        if sum(there.values()) > COUNTED_DAILY and self.live.counted_on() == today.isoformat():
            return
        here = self.live.counts()
        self.live.note(sync_counted=today.isoformat())
        # Asked afterwards: what was edited while they were counted is touched by now.
        if here != there and not self.live.store.touched.count(1):
            self.live.compare_next_time()
            table = next(t for t in SYNCED if here.get(t) != there.get(t))
            raise RadarError(
                f"This laptop has {count_words(table, here.get(table, 0))} and the team {there.get(table, 0):,}. What "
                "you changed was sent, and nothing else.",
                "Sync again: everything is compared then, and nothing is taken for deleted without asking you.",
            )

    def _take_or_again(self) -> bool:
        """`_take`; again where an entry turned out to be void."""
        try:
            return self._take()
        except Lifted:
            return True
        except HubDamaged:
            # What does not fit may as well be at fault here.
            self.base.check_sound()
            raise

    def _take(self) -> bool:
        """Take new entries up to a chunk; whether there are more."""
        numbers = self.hub.numbers(self.base.head)
        if not numbers:
            return False
        pulled, start = Pulled(), self.base.head
        read: list[Entry] = []
        with self.base.moving():
            for seq in numbers:
                if pulled.changes >= CHUNK:
                    break
                self._read(seq, pulled, read, numbers)
            if not self.answers.take and self._is_large(pulled):
                # What is asked about is all that waits on the hub; a later entry may have put it right.
                for seq in numbers:
                    self._read(seq, pulled, read, numbers)
            self.at("pulled")
            self._ask_first(pulled, read)
            conflicts = self.merge_into_live(start, pulled)
            self.at("taken")
            if read:
                self.live.note(**{HUB_TIME: read[-1].header.time})
            # Mirror only after the merge: a refused entry must not remain on disk.
            for entry in read:
                self.files.mirror(entry.header.seq, entry.raw)
        self.files.see(self.base.head, self.base.digest)
        outbox.settle(self)
        self.at("moved")
        self.result = replace(
            self.result,
            pulled=self.result.pulled + pulled.changes,
            conflicts=self.result.conflicts + conflicts,
            entries=self.result.entries + self.base.head - start,
        )
        return self.base.head < numbers[-1]

    def _read(self, seq: int, pulled: Pulled, read: list[Entry], numbers: Sequence[int]) -> None:
        """Apply the next entry to the base, if it was not taken already, or left out."""
        if seq <= self.base.head:
            return
        self.go_on()
        self.report(SyncProgress(f"Taking entry {seq}", seq - numbers[0], len(numbers)))
        entry = self.log.follow(self.base, seq, pulled)
        read.append(entry)
        if entry.digest in self.live.sent():
            self.base.written_by_us(entry, pulled)
        elif entry.header.outbox:
            outbox.recognise(self, entry, pulled)
        elif entry.header.void and entry.body and self._is_ours(entry.header.void):
            # What this laptop wrote into an entry that was left out counts as unsent. It may not have fitted the others
            # because this base is other than theirs.
            self.base.check_sound()
            self.base.written_by_us(entry, pulled)

    def _is_ours(self, seq: int) -> bool:
        return self.hub.read(seq, None).header.device == self.device

    def _is_large(self, pulled: Pulled) -> bool:
        return is_large(self.live.store, self._going(pulled))

    def _ask_first(self, pulled: Pulled, read: Sequence[Entry]) -> None:
        """Before much goes away here: a backup if that was answered, else the question."""
        if not self._is_large(pulled):
            return
        store = self.live.store
        if not self.answers.take:
            gone = self._going(pulled)
            entries = {pulled.last[key][0] for key in gone}
            authors = [entry.header.author for entry in read if entry.header.seq in entries]
            raise Asks("take", losses(store, gone), sorted(entries), authors)
        if not self._backed_up:
            self.report(SyncProgress("Writing a backup"))
            store.backup.make()
            self._backed_up = True

    def _going(self, pulled: Pulled) -> dict[RowKey, dict[str, SqlValue]]:
        """Rows that stand here and would be taken away; those that were changed here stay."""
        rows, going = self.live.rows, {}
        for key in pulled.gone:
            known = pulled.before[key]
            if known is not None and rows.get(key) == known:
                going[key] = rows.shape.as_object(key[0], known) or {}
        return going

    def _give(self) -> bool:
        """Write what is ours as one entry; whether there is more to do. What is changed meanwhile goes with the next
        sync: on a slow hub somebody who types would else make one entry of every word."""
        waiting = self.live.store.touched.count(CHUNK + 1)
        mine = self.live.touched(CHUNK)
        if not mine:
            return False
        self.report(SyncProgress("Sending your changes", 0, len(mine)))
        start = self.base.head
        self._look_again(start, self.base.digest)
        won = False
        # An entry that lost the race must leave no trace in the base.
        with self.base.moving():
            changeset = self.changes_of(mine)
            if changeset:
                raw = self.packed(changeset, mine)
                self.live.intend(digest(raw))
                self.at("intended")
                if not self.hub.append(start + 1, raw):
                    raise Forget
                self.at("put")
                self.base.moved(start + 1, digest(raw), len(raw))
                self.base.note(vouch="")  # the entry said it
                self.files.mirror(start + 1, raw)
            with self.live.transaction(start):
                self.forget(mine, mine)
                self.live.move(self.base.head, self.base.digest)
            self.at("given")
            won = True
        if won and changeset:
            self.result = replace(self.result, pushed=self.result.pushed + self.base.count(changeset))
        self.files.see(self.base.head, self.base.digest)
        self.at("moved")
        return not won or waiting > len(mine)

    def _snapshot(self) -> None:
        """Write one if the log has grown enough since the newest and this laptop may write. It is an optimisation:
        where there is no room for it, the sync has gone through all the same, and the next one tries again."""
        keeper = self.hub.charter.keeper
        if keeper != self.device and (keeper or not self.result.pushed):
            return
        last = self.base.number("snapshot")
        grown = self.base.number("log_bytes") - self.base.number("snapshot_bytes")
        if self.base.head - last < SNAPSHOT_ENTRIES and grown < SNAPSHOT_BYTES:
            return
        newest, hash = next(iter(self.hub.snapshots()), 0), ""
        if self.base.head - newest >= SNAPSHOT_ENTRIES or grown >= SNAPSHOT_BYTES:
            self.report(SyncProgress("Writing a snapshot for laptops that join"))
            copy = self.files.folder / "snapshot.db"
            try:
                self.base.copy_to(copy)
                self.at("snapshot")
                with open(copy, "rb") as database, tempfile.TemporaryFile(dir=copy.parent) as packed:
                    hash = self.hub.write_snapshot(self.header(self.base.head), database, packed)
            except HubUnreachable:
                return
            finally:
                copy.unlink(missing_ok=True)
            newest = self.base.head
        with self.base.moving():
            self.base.note(snapshot=newest, snapshot_bytes=self.base.noted("log_bytes") or 0)
            if hash:
                self.base.note(vouch=f"{newest}/{hash}")


@contextlib.contextmanager
def opened(
    store: Store,
    *,
    answers: SyncAnswers = ASK,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> Iterator[Sync]:
    """The sync of a database that has a hub. Raises RadarError if it has none, or must join again."""
    live = Live(store)
    hub_id, address = live.joined()
    files = SyncFolder(store.path)
    with alone(files.folder):
        if not files.base.exists():
            raise join_again("What it had in common with the hub is not beside it; it was copied or moved.")
        report(SyncProgress("Opening the hub"))
        try:
            hub = Hub.open(open_store(address))
        except NoHub as error:
            # A share that is not connected often leaves its empty folder behind.
            raise NoHub(
                f"There is no hub at {address} any more; your changes are safe on this laptop.",
                "Connect the share or stick, then sync again. If the hub is lost for good: radar hub leave",
            ) from error
        if hub.charter.hub != hub_id:
            raise RadarError(
                f"Another hub stands at {hub.objects.address} now. Nothing was changed.",
                "Bring yours back there, or join the new one with a new database: radar hub join",
            )
        with contextlib.closing(Base(files.base)) as base:
            if base.hub != hub_id:
                raise join_again("What lies beside it belongs to another hub.")
            hub.must_be(base.noted("charter"))
            if not base.noted("charter"):
                base.note(charter=hub.founded)
            yield Sync(live, files, base, hub, answers=answers, report=report, cancelled=cancelled, at=at)


def sync(
    store: Store,
    *,
    answers: SyncAnswers = ASK,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> SyncResult:
    """Take what is new and give what is ours. `store` belongs to this thread. `report` hears of progress, `cancelled`
    is asked between steps, `at` is called with each name of STEPS.

    Raises RadarError in words (HubUnreachable, HubDamaged, Cancelled …); the database is valid, the next sync goes on.
    """
    store.backup.make_if_due()
    with opened(store, answers=answers, report=report, cancelled=cancelled, at=at) as session:
        try:
            return session.run()
        except EntryMissing as error:
            found = copies(session.hub, session.files, session.live.head())
            error.copies = tuple(entry.header.seq for entry in reversed(found))
            if found:
                names = ", ".join(entry_name(seq) for seq in error.copies[:MOST_NAMED])
                more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
                error.hint = (
                    f"Copies lie beside this database, in {session.files.log}: {names}{more}. In Radar, p on 5 Sync "
                    "puts them back."
                )
            raise


def keep(
    store: Store,
    *,
    take_over: bool = False,
    answers: SyncAnswers = ASK,
    report: Callable[[SyncProgress], None] = quiet,
    cancelled: Callable[[], bool] = lambda: False,
    at: Callable[[str], None] = quiet,
) -> SyncResult:
    """Sync, and move what waits in the outboxes into the log. `take_over` makes this laptop the keeper first, where
    the one before is lost. An outbox that cannot be moved is told in `refused` and does not hold up the others.

    Raises RadarError if this laptop is not the keeper.
    """
    with opened(store, answers=answers, report=report, cancelled=cancelled, at=at) as sync:
        if take_over and sync.hub.charter.keeper not in ("", sync.device):
            sync.take_over()
        if not sync.hub.charter.keeper:
            raise RadarError(
                "This hub needs no keeper: every laptop writes its own entries.",
                "Look at it: radar hub status",
            )
        if sync.hub.charter.keeper != sync.device:
            raise RadarError(
                "This laptop is not the keeper of the hub.",
                "See who is: radar hub status. If that laptop is lost: radar hub keep --take-over",
            )
        sync.run()
        refused = [words for box in sync.hub.outboxes() if (words := _kept(sync, box))]
        return replace(sync.result, refused=tuple(refused))


def _kept(sync: Sync, box: Outbox | RadarError) -> str:
    """Move one outbox into the log, if it is not there yet; what is wrong with it if it cannot be moved, in words."""
    if not isinstance(box, Outbox):
        return box.message
    if outbox.is_taken(sync.base, box.entry.digest, box.device, box.number):
        return ""
    sync.report(SyncProgress(f"Moving the changes of {box.entry.header.author or box.device} into the log"))
    try:
        if not outbox.move(sync, box):
            raise HubDamaged("Somebody else wrote into the log that this laptop keeps.", "radar hub verify")
    except outbox.Refused as error:
        return error.message
    sync.run()
    return ""
