"""2 Follow-ups: the duties that answers created, by due time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.text import plural
from radar_tui.ui.screens.page import Page
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.widgets.header_line import HeaderLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import Column, Row, RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from textual.app import ComposeResult

    from radar_tui.store.follow_up_lists import FollowUpRow
    from radar_tui.ui.glyphs import Glyphs
    from radar_tui.ui.widgets.cells import Cell, Part

COLUMNS = [
    Column("", 2, right=True),
    Column("Due", 14, right=True),
    Column("Customer", 16, grow=True),
    Column("Contact", 18, priority=1),
    Column("Score", 7),
    Column("To do", 28),
    Column("Owner", 16, priority=2),
    Column("Reason", 20, grow=True, priority=3),
]
EMPTY = """Nothing to follow up. Each answer to the two questions lands here,
with what to do and by when.
Press 1 for the Radar and v there for a visit: its NPS step asks."""
NEXT = {
    ("recover", "open"): "call, find the cause, fix it",
    ("recover", "called"): "find the cause, fix it",
    ("recover", "cause"): "fix it",
    ("recover", "fixed"): "ask whether it is fixed",
    ("recover", "confirmed"): "write down the outcome",
}
PLAYS = {
    "recover": NEXT["recover", "open"],
    "nudge": "ask what just missed",
    "learn": "ask what we did right",
}
SHORT = {"recommend": "rec.", "retain": "ret."}
VERBATIM_LINES = 3


class FollowUpsScreen(Page):
    """All open follow-ups; enter goes to the customer."""

    CSS_PATH = "follow_ups.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "visit", "visit", id="follow_ups.visit", tooltip="Start or resume a visit there"),
        Binding("b", "brief", "brief", id="follow_ups.brief", tooltip="The card to read in the car park"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, FollowUpRow] = {}

    def compose(self) -> ComposeResult:
        yield HeaderLine("follow_ups")
        yield Line(id="summary")
        yield RowTable(COLUMNS, empty=EMPTY)
        yield Sheet(id="verbatim")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.table.focus()

    def reload(self) -> None:
        from radar_tui.domain.row import iso
        from radar_tui.store.follow_up_lists import FollowUpLists

        lists, now, glyphs = FollowUpLists(self.store), self.store.clock(), self.radar.glyphs
        count, late = lists.counts(iso(now))
        self.query_one("#summary", Line).show(
            [
                (f"{count:,}", "strong"),
                (" follow-up open   " if count == 1 else " follow-ups open   ", "muted"),
                (f"{late:,}", "late" if late else "muted"),
                (" late", "muted"),
            ]
        )
        self._found.clear()

        def page(offset: int, limit: int) -> Sequence[Row]:
            found = lists.page(offset, limit)
            self._found.update({row.id: row for row in found})
            return [Row(row.id, cells(row, now, glyphs)) for row in found]

        self.table.load(count, page)
        self._show_verbatim()
        self.refresh_bindings()

    @property
    def current(self) -> FollowUpRow | None:
        """The follow-up under the cursor."""
        row = self.table.current
        return self._found.get(row.key) if row else None

    def on_row_table_moved(self) -> None:
        self._show_verbatim()

    def _show_verbatim(self) -> None:
        row, today = self.current, self.today
        self.query_one("#verbatim", Sheet).show(lambda width: verbatim(row, width, today) if row else [])

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("visit", "brief"):
            return bool(self.is_mounted and self.query(RowTable) and self.table.count)
        return True

    def on_row_table_chosen(self) -> None:
        from radar_tui.ui.screens.customer import CustomerScreen

        if row := self.current:
            self.app.push_screen(CustomerScreen(row.customer_id))

    def action_visit(self) -> None:
        from radar_tui.ui.visiting import start_visit

        if row := self.current:
            start_visit(self.radar, row.customer_id)

    def action_brief(self) -> None:
        from radar_tui.ui.screens.brief import BriefScreen

        if row := self.current:
            self.app.push_screen(BriefScreen(row.customer_id))


def cells(row: FollowUpRow, now: datetime, glyphs: Glyphs) -> list[Cell]:
    """The cells of one follow-up, in the order of COLUMNS."""
    mark, style = follow_up_band(row.due_at, now, glyphs)
    return [
        (mark, style),
        (due_time_words(row.due_at, now), style),
        row.customer,
        (row.contact, "muted"),
        [(f"{row.score:>2} ", ""), (SHORT[row.question], "muted")],
        to_do(row.play, row.status),
        (row.owner or glyphs.none, "muted"),
        (row.verbatim, "muted"),
    ]


def verbatim(row: FollowUpRow, width: int, today: date) -> list[SheetLine]:
    """Who said it and when, and the reason they gave."""
    asked = day_month(date.fromisoformat(row.asked_on), today)
    head: SheetLine = [
        (row.contact, "strong"),
        (f"   {row.customer}", ""),
        (f"   {row.question} {row.score}, {asked}", "muted"),
    ]
    if row.owner:
        head.append((f"   {row.owner} follows up", "muted"))
    if not row.verbatim.strip():
        return [head, [("No reason given.", "muted")]]
    return [head, *([(line, "")] for line in wrapped(row.verbatim, width, VERBATIM_LINES))]


def to_do(play: str, status: str = "open") -> str:
    """What the play asks for next, in words."""
    return NEXT.get((play, status), PLAYS[play])


def follow_up_band(due_at: datetime, now: datetime, glyphs: Glyphs) -> Part:
    """The mark of a due time and its style: late, due by tomorrow, or in order."""
    if due_at < now:
        return (glyphs.late, "late")
    soon = due_at.astimezone(now.tzinfo).date() <= now.date() + timedelta(days=1)
    return (glyphs.due, "due") if soon else (glyphs.fine, "")


def due_time_words(due_at: datetime, now: datetime) -> str:
    """`3 days late`, `2 hours late`, `today 16:00`, `tomorrow 9:30`, `in 4 days`."""
    due_at = due_at.astimezone(now.tzinfo)
    days = (due_at.date() - now.date()).days
    if due_at < now:
        if days < 0:
            return f"{plural(-days, 'day')} late"
        return f"{plural(max(1, round((now - due_at).total_seconds() / 3600)), 'hour')} late"
    if days == 0:
        return f"today {due_at:%H:%M}"
    return f"tomorrow {due_at:%H:%M}" if days == 1 else f"in {plural(days, 'day')}"
