"""What the Sync screen says: of the file, of the hub, of a sync at work, of changes and conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.days import day_words, moment_words, written_moment
from radar_tui.domain.text import plural
from radar_tui.errors import without_secrets
from radar_tui.store.schema.touched import EVERYTHING_ELSE
from radar_tui.ui.base.host import MOST_UNSYNCED
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.sheet import LABEL, SheetLine, labelled, wrapped
from radar_tui.ui.widgets.wrapping import READABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from radar_tui.store.rows.conflict import ConflictRow
    from radar_tui.store.schema.touched import Unsynced
    from radar_tui.sync.audit import LogEntry
    from radar_tui.sync.progress import SyncProgress
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.frame.syncing import Syncing
    from radar_tui.ui.widgets.cells import ListCell

BAR = 16
MOST_COUNTED = 100_000
"""A larger total is in bytes: a share says more."""
ADDRESS_LINES = 2
HINT_LINES = 3
COLUMNS = [
    ListColumn("", 2, right=True),
    ListColumn("Customer", 18, grow=True),
    ListColumn("What", 28, grow=True),
    ListColumn("Who", 14, priority=1),
    ListColumn("When", 12),
]
EMPTY = """The hub has everything, and no conflict is left to look at.
What you change from now on stands here until s sends it."""
KINDS = {
    "both changed": "Changed on two laptops; what reached the hub first stands.",
    "both added": "Added on two laptops; what reached the hub first stands.",
    "deleted there": "Taken back by one, changed by another; the change stands.",
    "deleted here": "Taken back by one, changed by another; the change stands.",
    "refused": "The two changes do not go together; what reached the hub first stands.",
    "parent gone": "What it belongs to is no longer there; it is kept only in this conflict.",
    "unreadable": "No Radar wrote this, so nothing could read it; it is kept only in this conflict.",
    "parent back": "Taken back by one, but needed by another; it is there again.",
}
BEFORE_THE_FIRST = "s sends your changes to the hub and takes what the others sent there."
COPIED = "This file was copied from another laptop: from now on it syncs under a name of its own."
WHAT_A_HUB_IS = (
    "A hub is where your team's databases meet: a folder on a network share or a stick, or a bucket at Amazon, "
    "Azure or Google. Each laptop sends what it changed there and takes what the others changed, when it has a "
    "network."
)


class HubStanding(NamedTuple):
    """What this file says of its hub; the network is not asked. `synced_at` None: never."""

    address: str
    synced_at: datetime | None
    unsynced: int

    @classmethod
    def of(cls, address: str, synced_at: str, unsynced: int) -> HubStanding:
        """From what the `local` table says, and the count of the header."""
        return cls(without_secrets(address), written_moment(synced_at), unsynced)


class SyncLists(NamedTuple):
    """What the list shows: rows with open conflicts first, then what is unsynced by customer."""

    conflicts: Sequence[ConflictRow] = ()
    unsynced: Sequence[Unsynced] = ()


def no_hub_lines(
    width: int, path: Path, size: int, made: Sequence[datetime], now: datetime
) -> list[SheetLine]:
    """What is said of the database at `path`, of `size` bytes, with backups `made` (newest first)."""
    from radar_tui import paths
    from radar_tui.store.file.backup import KEPT

    room = max(20, width - LABEL)
    return [
        [("This database is on this laptop only.", "strong")],
        *([(text, "muted")] for text in wrapped(WHAT_A_HUB_IS, min(width, READABLE))),
        [],
        [("c", "accent"), ("  create the hub, as the first of your team", "muted")],
        [("j", "accent"), ("  join the hub that your team has", "muted")],
        [],
        *labelled("File", [[(text, "")] for text in wrapped(str(path), room)]),
        *labelled("Size", [[(file_size(size), "")]]),
        *labelled("Backups", [backups(made, now)]),
        *labelled("", [[(text, "muted")] for text in wrapped(
            f"One is written on start when the last is older than a day; {KEPT} stay in "
            f"{paths.backups(path).name}, beside the file.", room)]),
        *labelled("", [[(text, "muted")] for text in wrapped(
            "After a loss, `radar restore` in a terminal brings the newest good one back.", room)]),
    ]  # fmt: skip


def hub_lines(width: int, hub: HubStanding, made: Sequence[datetime], now: datetime) -> list[SheetLine]:
    """The hub, the last sync, and the backups."""
    room = max(20, width - LABEL)
    last: SheetLine = [("never went through yet", "due"), ("  s syncs", "muted")]
    if hub.synced_at is not None:
        last = [(when(hub.synced_at, now), "strong")]
    unsynced: SheetLine = [("nothing: the hub has everything", "muted")]
    if hub.unsynced:
        many = hub.unsynced >= MOST_UNSYNCED
        count = f"over {MOST_UNSYNCED - 1} changes" if many else plural(hub.unsynced, "change")
        unsynced = [(count, "strong"), ("  not in the hub yet", "muted")]
    return [
        *labelled("Hub", [[(text, "")] for text in wrapped(hub.address, room, ADDRESS_LINES)]),
        *labelled("Last sync", [last]),
        *labelled("Unsynced", [unsynced]),
        *labelled("Backups", [backups(made, now)]),
    ]


def state_lines(width: int, syncing: Syncing, glyphs: Glyphs, *, has_hub: bool) -> list[SheetLine]:
    """The sync at work with what it is doing, or how the last one since Radar was opened ended."""
    if syncing.running:
        if syncing.stopping:
            return [[("Stopping where it is safe …", "strong")], []]
        going_on = "Go on working: what you change meanwhile is sent by the next sync."
        return [progress_line(syncing.progress, glyphs), [(going_on, "muted")]]
    error = syncing.error
    if error is not None:
        style = "strong" if syncing.cancelled else "late"
        mark = "" if syncing.cancelled else f"{glyphs.late} "
        said: list[SheetLine] = [[(text, style)] for text in wrapped(mark + error.message, width, HINT_LINES)]
        return [*said, *([(text, "muted")] for text in wrapped(error.hint, width, HINT_LINES))]
    if words := syncing.words():
        copied = wrapped(COPIED, width, 2) if syncing.result is not None and syncing.result.copied else []
        return [
            *([(text, "strong")] for text in wrapped(f"{glyphs.done} {words}", width, 2)),
            *([(text, "muted")] for text in copied),
        ]
    return [[(BEFORE_THE_FIRST, "muted")]] if has_hub else []


def progress_line(progress: SyncProgress | None, glyphs: Glyphs) -> SheetLine:
    """`━━━━━━┄┄┄┄ 12 of 40  Taking entries from the hub`; without a total only the words."""
    if progress is None:
        return [("Looking for the hub …", "strong")]
    if progress.total <= 0:
        return [(f"{progress.words} …", "strong")]
    share = min(1.0, max(0.0, progress.done / progress.total))
    full = round(BAR * share)
    count = f"{progress.done:,} of {progress.total:,}"
    if progress.total > MOST_COUNTED:
        count = f"{share:.0%}"
    return [
        (glyphs.bar * full, "accent"),
        (glyphs.bar_left * (BAR - full), "muted"),
        (f"  {progress.words}", "strong"),
        (f"  {count}", "muted"),
    ]


def listed(lists: SyncLists, now: datetime, glyphs: Glyphs) -> list[ListRow]:
    """The rows of the list. Their keys: `!TABLE/ID` for a conflict, else the id of a customer or nothing."""
    rows = []
    for row in lists.conflicts:
        newest = max(row.conflicts, key=lambda unsynced: unsynced.at)
        cells: list[ListCell] = [
            (glyphs.due, "due"),
            (row.customer or EVERYTHING_ELSE, "" if row.customer else "muted"),
            [(what(row), ""), (f": {fields_of(row)}", "muted")],
            (newest.author, "muted"),
            (when(newest.at, now), "muted"),
        ]
        rows.append(ListRow(f"!{row.table}/{row.key}", cells))
    for unsynced in lists.unsynced:
        name = (unsynced.customer or EVERYTHING_ELSE, "" if unsynced.customer_id else "muted")
        rows.append(ListRow(unsynced.customer_id or "", [(glyphs.unsynced, "muted"), name, unsynced.words]))
    return rows


def what(row: ConflictRow) -> str:
    """`Item W-014`; of a customer itself, whose name stands beside it, `Details`."""
    return "Details" if row.table == "customer" else row.words


def fields_of(row: ConflictRow) -> str:
    """`model, refurbished on`."""
    return ", ".join(conflict.words for conflict in row.conflicts)


def words_of(lists: SyncLists, place: int, width: int) -> list[SheetLine]:
    """The whole words of the row at `place`, below the list."""
    if place < len(lists.conflicts):
        row = lists.conflicts[place]
        title = f"{row.customer or EVERYTHING_ELSE}: {what(row)}, {fields_of(row)}"
        return [
            *([(text, "")] for text in wrapped(title, width, 2)),
            [(KINDS.get(row.conflicts[0].kind, ""), "muted"), ("  enter decides", "muted")],
        ]
    if place - len(lists.conflicts) < len(lists.unsynced):
        unsynced = lists.unsynced[place - len(lists.conflicts)]
        return [
            [(text, "")]
            for text in wrapped(f"{unsynced.customer or EVERYTHING_ELSE}: {unsynced.words}", width, 3)
        ]
    return []


def backups(made: Sequence[datetime], now: datetime) -> SheetLine:
    """When the newest backup (first of `made`) was written, and how many there are."""
    if not made:
        return [("none yet", "due"), ("  b writes one", "muted")]
    return [(when(made[0], now), "strong"), (f"  {kept(made, now)}", "muted")]


def when(moment: datetime, now: datetime) -> str:
    """`today 10:42`, `yesterday 17:05`, `14 Jul 09:00`."""
    moment = moment.astimezone(now.tzinfo)
    day = {0: "today", 1: "yesterday"}.get((now.date() - moment.date()).days)
    return f"{day} {moment:%H:%M}" if day else moment_words(moment, now)


def kept(made: Sequence[datetime], now: datetime) -> str:
    """How many copies there are and how far back they go."""
    if len(made) == 1:
        return "the only one"
    return f"{plural(len(made), 'copy', 'copies')}, the oldest of {day_words(made[-1].date(), now.date())}"


def file_size(size: int) -> str:
    """`640 kB`, `12.4 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"


def who(entry: LogEntry) -> str:
    """By name, or by the end of the laptop's id, which differs most."""
    return entry.author or f"laptop …{entry.device[-6:]}"


def moment(entry: LogEntry, now: datetime) -> str:
    """When it was written, by the clock of the laptop that did."""
    written = written_moment(entry.time, now.tzinfo)
    return when(written, now) if written else entry.time
