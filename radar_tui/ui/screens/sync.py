"""5 Sync: where this database is and what would bring it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.ui.screens.page import Page
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from textual.app import ComposeResult

LABEL = 12


class SyncScreen(Page):
    """This database is on this laptop only; backups are what protects it."""

    CSS_PATH = "sync.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "b", "back_up", "back up now", id="sync.backup", tooltip="Write a checked copy beside the file"
        ),
    ]

    def compose(self) -> ComposeResult:
        yield HeaderLine("sync")
        yield Sheet()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def reload(self) -> None:
        from radar_tui.store.backup import good_backups, made_at

        path, now = self.store.path, self.store.clock()
        size = path.stat().st_size if path.exists() else 0
        made = [made_at(file) for file in good_backups(path, checked=False)]
        self.query_one(Sheet).show(lambda width: lines(width, path.resolve(), size, made, now))

    def action_back_up(self) -> None:
        made = self.store.backup.make()
        self.radar.tell(f"Backup written and checked: {made.name}")
        self.reload()


def lines(width: int, path: Path, size: int, made: Sequence[datetime], now: datetime) -> list[SheetLine]:
    """What is said of the database at `path`, of `size` bytes, with backups `made` (newest first)."""
    from radar_tui import paths
    from radar_tui.store.backup import KEPT

    newest: SheetLine = [("none yet", "due"), ("  b writes one", "muted")]
    if made:
        newest = [(when(made[0], now), "strong"), (f"  {kept(made, now)}", "muted")]
    room = max(20, width - LABEL)
    return [
        [("This database is on this laptop only.", "strong")],
        *([(text, "muted")] for text in wrapped(
            "It is not joined to a team's hub, so nobody else sees what you enter, and nothing waits to be sent.",
            width)),
        [],
        *labelled("File", [[(text, "")] for text in wrapped(str(path), room)]),
        *labelled("Size", [[(file_size(size), "")]]),
        [],
        *labelled("Backups", [newest]),
        *labelled("", [[(text, "muted")] for text in wrapped(
            f"One is written on start when the last is older than a day; the last {KEPT} are kept in "
            f"{paths.backups(path).name}, beside the file.", room)]),
        *labelled("", [[(text, "muted")] for text in wrapped(
            "After a loss, `radar restore` in a terminal brings the newest good one back.", room)]),
    ]  # fmt: skip


def labelled(label: str, found: list[SheetLine]) -> list[SheetLine]:
    """Lines behind a label, which stands before the first one."""
    return [[(f"{label if place == 0 else '':<{LABEL}}", "muted"), *line] for place, line in enumerate(found)]


def when(moment: datetime, now: datetime) -> str:
    """`today 10:42`, `yesterday 17:05`, `14 Jul 9:00`."""
    days = (now.date() - moment.date()).days
    day = {0: "today", 1: "yesterday"}.get(days, day_month(moment.date(), now.date()))
    return f"{day} {moment:%H:%M}"


def kept(made: Sequence[datetime], now: datetime) -> str:
    """How many copies there are and how far back they go."""
    if len(made) == 1:
        return "the only one"
    return f"{plural(len(made), 'copy', 'copies')}, the oldest of {day_month(made[-1].date(), now.date())}"


def file_size(size: int) -> str:
    """`640 kB`, `12.4 MB`."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
