"""What the Sync screen says: of the file, of the hub, of a sync at work, of changes and conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.conflict import Me
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

    from radar_tui.store.lists.conflict import ConflictRow, Decided, OpenConflict
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
    ListColumn("Customer", 16, grow=True),
    ListColumn("What", 24, grow=True),
    ListColumn("Who", 14),
    ListColumn("When", 14, priority=1),
]
EMPTY = """The hub has everything, and no conflict is left to look at.
What you change from now on stands here until s sends it."""
NOBODY = Me("", "")
KINDS = {
    "both changed": "Changed on several laptops; the first on the hub stands for now.",
    "both added": "Added on several laptops; the first on the hub stands for now.",
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
    """What the list shows: rows with open conflicts, those that concern `me` first, then what was decided by others,
    then what is unsynced by customer."""

    conflicts: Sequence[ConflictRow] = ()
    decided: Sequence[Decided] = ()
    unsynced: Sequence[Unsynced] = ()
    me: Me = NOBODY


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
        writers = [one for open in row.conflicts for side in open.sides for one in side.writers]
        edited = [text for one in writers if (text := one.last or one.sent)]
        cells: list[ListCell] = [
            (glyphs.due, "due") if row.concerns(lists.me) else ("", ""),
            (row.customer or EVERYTHING_ELSE, "" if row.customer else "muted"),
            [(what(row), ""), (f": {fields_of(row)}", "muted")],
            (", ".join(dict.fromkeys(one.author for one in writers if one.author)), "muted"),
            (_moment_words(max(edited, default=""), now), "muted"),
        ]
        rows.append(ListRow(f"!{row.table}/{row.key}", cells))
    for decided in lists.decided:
        said = decided.stands if not decided.differently else f"{decided.stands} stands, decided differently"
        cells = [
            (glyphs.due, "due") if decided.differently else (glyphs.done, "muted"),
            (decided.customer or EVERYTHING_ELSE, "" if decided.customer else "muted"),
            [(what(decided), ""), (f", {decided.fields}: {said}", "muted")],
            (", ".join(dict.fromkeys(one.author for one, _ in decided.decisions if one.author)), "muted"),
            (_moment_words(decided.decisions[-1][0].at, now), "muted"),
        ]
        rows.append(ListRow(decided.customer_id or "", cells))
    for unsynced in lists.unsynced:
        name = (unsynced.customer or EVERYTHING_ELSE, "" if unsynced.customer_id else "muted")
        rows.append(ListRow(unsynced.customer_id or "", [(glyphs.unsynced, "muted"), name, unsynced.words]))
    return rows


def what(row: ConflictRow | Decided) -> str:
    """`Item W-014`; of a customer itself, whose name stands beside it, `Details`."""
    return "Details" if row.table == "customer" else row.words


def fields_of(row: ConflictRow) -> str:
    """`model, refurbished on`."""
    return ", ".join(conflict.words for conflict in row.conflicts)


def kind_words(one: OpenConflict) -> str:
    """How it came to it."""
    if one.kind in ("both changed", "both added") and not one.sides[0].writers:
        return "Changed on several laptops, and once more since."
    return KINDS.get(one.kind, "")


def words_of(lists: SyncLists, place: int, width: int) -> list[SheetLine]:
    """The whole words of the row at `place`, below the list."""
    if place < len(lists.conflicts):
        row = lists.conflicts[place]
        title = f"{row.customer or EVERYTHING_ELSE}: {what(row)}, {fields_of(row)}"
        return [
            *([(text, "")] for text in wrapped(title, width, 2)),
            [("enter decides", "muted"), (f"  {kind_words(row.conflicts[0])}", "muted")],
        ]
    if (place := place - len(lists.conflicts)) < len(lists.decided):
        return [[(text, "")] for text in wrapped(decided_words(lists.decided[place]), width, 3)]
    if (place := place - len(lists.decided)) < len(lists.unsynced):
        unsynced = lists.unsynced[place]
        return [
            [(text, "")]
            for text in wrapped(f"{unsynced.customer or EVERYTHING_ELSE}: {unsynced.words}", width, 3)
        ]
    return []


def decided_words(one: Decided) -> str:
    """`Aurora Tissue: Details, annual value. Anna left it as it was, Bruno took € 90,000. € 90,000 stands.`"""
    by = ", ".join(f"{decision.author or 'somebody'} {words}" for decision, words in one.decisions)
    differently = "Decided differently: " if one.differently else ""
    return f"{one.customer or EVERYTHING_ELSE}: {what(one)}, {one.fields}. {differently}{by}. {one.stands} stands."


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
    return _moment_words(entry.time, now)


def _moment_words(text: str, now: datetime) -> str:
    written = written_moment(text, now.tzinfo)
    return when(written, now) if written else text
