"""The commands of sync: they run the engine in this process and say in words what came of it."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from radar_tui.cli.running import (
    BUSY_SECONDS,
    Running,
    complain,
    database_path,
    opened,
    print_json,
    the_customer,
)
from radar_tui.domain.days import weekday_words, written_moment
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import datetime

    from radar_tui.store.store import Store
    from radar_tui.sync.audit import LogEntry, Status
    from radar_tui.sync.log import LocalLog, ToldEntry
    from radar_tui.sync.session import SyncResult

_INDENT = " " * 7


# Syncing


def sync(parsed: argparse.Namespace) -> int:
    """`radar sync`."""
    from radar_tui.sync import engine
    from radar_tui.sync.asking import Asks, SyncAnswers

    answers = SyncAnswers(take=parsed.yes, unnoted=parsed.unnoted)
    with opened(parsed, BUSY_SECONDS) as store:
        try:
            with Running() as running:
                result = engine.sync(
                    store, answers=answers, report=running.report, cancelled=running.cancelled
                )
        except Asks as asked:
            if parsed.json:
                losses = [asdict(loss) for loss in asked.losses]
                print_json({"asks": asked.kind, "entries": asked.entries, "losses": losses})
            else:
                _print([f"{loss.words}: {', '.join(loss.told)}" for loss in asked.losses])
            raise
        if parsed.json:
            print_json(asdict(result))
        else:
            _print(result_words(result))
    return 0


def create(parsed: argparse.Namespace) -> int:
    """`radar hub create PLACE`."""
    from radar_tui.sync import joining

    with opened(parsed, BUSY_SECONDS) as store:
        with Running() as running:
            result = joining.create(store, parsed.place, report=running.report, cancelled=running.cancelled)
        address = store.local.get("hub_address")
    _print([f"The hub is founded: {address}", *result_words(result), f"The others: radar hub join {address}"])
    return 0


def join(parsed: argparse.Namespace) -> int:
    """`radar hub join PLACE`: makes the database if this machine has none."""
    from radar_tui.domain.text import plural
    from radar_tui.store.store import Store
    from radar_tui.sync import joining

    if parsed.territory is not None:
        raise RadarError(
            "Joining only a territory is not possible yet; nothing was changed.",
            f"Join the whole hub: radar hub join {parsed.place}",
        )
    path = database_path(parsed.db)
    if not path.exists():
        _look_for_hub(parsed.place)
    with Store.open(path, busy_seconds=BUSY_SECONDS) as store:
        with Running() as running:
            result = joining.join(store, parsed.place, report=running.report, cancelled=running.cancelled)
        customers = store.radar.counts(store.clock().date()).all
        address = store.local.get("hub_address")
    _print([f"Joined {address}: {plural(customers, 'customer')} on the radar. The data is in {path}"])
    if result.pushed or result.conflicts or result.waiting or result.unreadable:
        _print(result_words(result))
    return 0


def _look_for_hub(place: str) -> None:
    """A mistyped place must not leave an empty database behind. Raises RadarError if no hub is there."""
    from radar_tui.sync.joining import hub_at

    hub_at(place)


def keep(parsed: argparse.Namespace) -> int:
    """`radar hub keep`, once or for as long as nobody presses Ctrl+C."""
    from radar_tui.sync.hub.stores import HubUnreachable

    with opened(parsed, BUSY_SECONDS) as store:
        first = True
        while True:
            now = store.clock()
            moment = f"{weekday_words(now.date(), now.date())} {now:%H:%M}  " if parsed.every else ""
            try:
                result = _keep_once(store, take_over=parsed.take_over and first, yes=parsed.yes and first)
                if parsed.take_over and first:
                    _print(["This laptop keeps the hub now."])
                first = False
                _print([moment + _kept_words(result)])
                for refused in result.refused:
                    complain(f"{moment}{refused}", "Look at the hub with whoever keeps it.")
            except HubUnreachable as error:
                # A share that is away for an hour must not end the keeper for good.
                if not parsed.every:
                    raise
                complain(f"{moment}{error.message}", error.hint)
            if not parsed.every:
                return 1 if result.refused else 0
            sys.stdout.flush()
            time.sleep(parsed.every * 60)


def _keep_once(store: Store, *, take_over: bool, yes: bool) -> SyncResult:
    from radar_tui.sync import engine
    from radar_tui.sync.asking import SyncAnswers

    with Running() as running:
        return engine.keep(
            store,
            take_over=take_over,
            answers=SyncAnswers(take=yes),
            report=running.report,
            cancelled=running.cancelled,
        )


def _kept_words(result: SyncResult) -> str:
    from radar_tui.domain.text import plural

    if not result.entries:
        return f"Nothing waits in the outboxes; the log ends with entry {result.head:,}."
    return f"{plural(result.entries, 'entry', 'entries')} put into the log, which ends with entry {result.head:,}."


# Looking


def log(parsed: argparse.Namespace) -> int:
    """`radar log [CUSTOMER]`."""
    from radar_tui.sync import audit
    from radar_tui.sync.log import LocalLog

    words = " ".join(parsed.customer)
    with opened(parsed) as store:
        if parsed.entry:
            entry, of_log = audit.entry(store, parsed.entry), LocalLog(store, 1)
            told = of_log.whole(entry, of_log.customers(entry))
            if parsed.json:
                print_json(_log_object(told))
            else:
                _print([_entry_words(told.entry, store.clock())])
                _print_indented(told.lines)
            return 0
        customer_id = the_customer(store, words)[0] if words else None
        of_log = LocalLog(store, parsed.last, customer_id)
        if parsed.json:
            entries = [_log_object(told) for told in of_log]
            print_json({"entries": entries, "only_on_hub": of_log.only_on_hub if of_log.ended else 0})
            return 0
        now, nothing = store.clock(), True
        for told in of_log:
            nothing = False
            _print([_entry_words(told.entry, now)])
            _print_indented(told.lines)
        _print(_end_of_log(of_log, parsed.last, nothing=nothing))
    return 0


def _entry_words(entry: LogEntry, now: datetime) -> str:
    return f"{entry.seq:>5}  {_author(entry)}  {_moment(entry.time, now)}"


def _author(entry: LogEntry) -> str:
    # Who has not said who they are is known by the end of the device id, which differs most.
    return entry.author or f"somebody on laptop …{entry.device[-6:]}"


def _end_of_log(log: LocalLog, last: int, *, nothing: bool) -> list[str]:
    """Why there is no more to read."""
    if not log.ended:
        return [f"Older entries: --last {2 * last}"] if log.oldest > 1 else []
    if log.only_on_hub:
        older = "Entry 1 is" if log.only_on_hub == 1 else f"Entries 1 to {log.only_on_hub:,} are"
        return [f"{older} only on the hub."]
    return ["Nothing yet." if log.oldest == 0 else "No entry is about this customer."] if nothing else []


def _log_object(told: ToldEntry) -> dict[str, object]:
    entry = told.entry
    return {
        "entry": entry.seq,
        "author": entry.author,
        "device": entry.device,
        "at": entry.time,
        "words": list(told.lines),
        "changes": [
            {"customer_id": id, "customer": name, **asdict(change)}
            for (id, name), change in zip(told.customers, entry.changes, strict=True)
        ],
    }


def status(parsed: argparse.Namespace) -> int:
    """`radar hub status`."""
    from radar_tui.sync import audit

    with opened(parsed, BUSY_SECONDS) as store:
        state = audit.status(store)
        if parsed.json:
            print_json(asdict(state))
        else:
            _print(_status_lines(state, store.clock()))
    return 0


def verify(parsed: argparse.Namespace) -> int:
    """`radar hub verify`: exit code 1 if anything is wrong."""
    from radar_tui.sync import audit

    with opened(parsed, BUSY_SECONDS) as store:
        with Running() as running:
            faults = audit.verify(store, full=parsed.full, report=running.report, cancelled=running.cancelled)
        if faults:
            _print([f"!! {fault}" for fault in faults])
            return 1
        status = audit.status(store)
    rows = " Every row here is as the log says." if parsed.full else ""
    _print([f"{status.address} is whole.{rows}"])
    return 0


def undo(parsed: argparse.Namespace) -> int:
    """`radar hub undo ENTRY`: only says what it would do until it is told --yes."""
    from radar_tui.sync import audit
    from radar_tui.sync.undo import undo as undone

    with opened(parsed, BUSY_SECONDS) as store:
        for seq in parsed.entries:
            _print([_entry_words(audit.entry(store, seq), store.clock())])
        _print_indented(undone(store, parsed.entries, write=parsed.yes).words())
    if not parsed.yes:
        numbers = " ".join(map(str, parsed.entries))
        return complain(
            "That is what it would do; nothing was changed.", f"Do it: radar hub undo {numbers} --yes"
        )
    _print(["Undone here, after a backup. Send it to the others: radar sync"])
    return 0


def void(parsed: argparse.Namespace) -> int:
    """`radar hub void ENTRY`."""
    from radar_tui.sync.voiding import void as voided

    with opened(parsed, BUSY_SECONDS) as store, Running() as running:
        result = voided(store, parsed.entry, report=running.report, cancelled=running.cancelled)
    _print([f"Entry {parsed.entry} is left out for everybody.", *result_words(result)])
    return 0


def leave(parsed: argparse.Namespace) -> int:
    """`radar hub leave`."""
    from radar_tui.sync import joining

    with opened(parsed, BUSY_SECONDS) as store:
        unsynced = store.touched.count()
        backup = joining.leave(store)
    _print(
        [
            "This database has no hub any more and keeps all it has. "
            + ("What was unsynced stays here. " if unsynced else "")
            + f"A backup from before: {backup.name}",
            "Found another: radar hub create PLACE, or join one: radar hub join PLACE",
        ]
    )
    return 0


# Words


def _status_lines(status: Status, now: datetime) -> list[str]:
    from radar_tui.domain.text import plural

    behind = status.entries - status.head
    keeper = "this laptop" if status.keeper == status.device else f"laptop …{status.keeper[-6:]}"
    told = {
        "Hub": status.address,
        "Founded": f"{_moment(status.founded_at, now)} by {status.founded_by or 'somebody'}",
        "Log": f"{plural(status.entries, 'entry', 'entries')}, the last by {status.last_author or 'somebody'}, "
        f"{_moment(status.last_time, now)}"
        if status.entries
        else "no entry yet",
        "Snapshot": f"as of entry {status.snapshot:,}" if status.snapshot else "none yet",
        "Keeper": f"{keeper} (radar hub keep)" if status.keeper else "",
        "Here": f"at entry {status.head:,}"
        + (f", {plural(behind, 'entry', 'entries')} to take: radar sync" if behind > 0 else ""),
        "Last sync": _moment(status.synced_at, now) if status.synced_at else "never",
        "Unsynced": plural(status.unsynced, "change") if status.unsynced else "nothing",
        "Conflicts": f"{status.conflicts:,} to decide in the app, on 5 Sync"
        if status.conflicts
        else "none open",
    }
    return [f"{label:<11}{words}" for label, words in told.items() if words]


def _moment(text: str, now: datetime) -> str:
    """`Thu 3 Dec 2026, 10:42` by this laptop's clock; as it stands where somebody else's program wrote it."""
    moment = written_moment(text, now.tzinfo)
    return f"{weekday_words(moment.date())}, {moment:%H:%M}" if moment else text or "–"


def result_words(result: SyncResult) -> list[str]:
    """What a sync did, the most important first."""
    from radar_tui.domain.text import plural

    sent, took = result.pushed, result.pulled
    if not sent and not took and not result.waiting:
        lines = [f"Nothing to send, nothing new on the hub; its log ends with entry {result.head:,}."]
    else:
        said = f"Sent {plural(sent, 'change')}" if sent else "Nothing to send"
        also = f"took {plural(took, 'change')} from the hub" if took else "nothing new on the hub"
        lines = [f"{said}, {also}; its log ends with entry {result.head:,}."]
    if result.waiting:
        lines.append("What you sent waits in your outbox until the keeper puts it into the log.")
    if result.conflicts:
        lines.append(
            f"{plural(result.conflicts, 'conflict')}: what the others wrote stands. Decide in the app, on 5 Sync."
        )
    if result.decided:
        lines.append(
            f"{plural(result.decided, 'conflict')} decided by somebody else. Who and how: in the app, on 5 Sync."
        )
    if result.unreadable:
        count, left = plural(result.unreadable, "row"), "is" if result.unreadable == 1 else "are"
        lines.append(
            f"{count} that came cannot be read and {left} left out of lists and figures: radar check"
        )
    if result.copied:
        lines.append("This file is a copy of another laptop's; it has a device id of its own now.")
    return lines


def _print(lines: list[str]) -> None:
    from radar_tui.domain.text import one_line

    for line in lines:
        print(one_line(line))


def _print_indented(lines: Sequence[str]) -> None:
    """Folded where somebody reads it in a terminal, whole for a pipe."""
    from shutil import get_terminal_size

    from radar_tui.domain.columns import wrapped

    room = max(get_terminal_size().columns, 40) - len(_INDENT)
    for line in lines:
        _print([_INDENT + part for part in (wrapped(line, room, 100) if sys.stdout.isatty() else [line])])
