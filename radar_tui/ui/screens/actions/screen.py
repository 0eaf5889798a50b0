"""The action plan: what everybody will do by when, for which customer, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import short_day
from radar_tui.domain.text import plural
from radar_tui.store.lists.action import STATES, ActionFilter, ActionLists
from radar_tui.ui.base.place import CustomerAt
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.frame.words.actions import action_band, aim_words, came_to, signed
from radar_tui.ui.frame.words.common import dotted, due_words, heading
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.filter_line import FilterLine
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from radar_tui.ui.widgets.sheet import Sheet, SheetLine, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.app import ComposeResult

    from radar_tui.domain.action import ActionStatus
    from radar_tui.store.lists.action import ActionRow
    from radar_tui.ui.base.glyphs import Glyphs
    from radar_tui.ui.frame.form import FormScreen
    from radar_tui.ui.widgets.cells import ListCell

COLUMNS = [
    ListColumn("", 2, right=True),
    ListColumn("Action", 24, grow=True),
    ListColumn("Customer", 14, grow=True),
    ListColumn("Owner", 14),
    ListColumn("Due", 13, right=True),
    ListColumn("Done", 7, priority=1, right=True),
    ListColumn("To raise", 18, priority=2),
    ListColumn("Expected", 8, priority=3, right=True),
    ListColumn("Came to", 7, priority=3, right=True),
]
EMPTY = """No actions here: what a colleague will do by a date to raise a customer's score.
n adds one; visits, follow-ups and the scorecard bring more. s and o show others."""
_NEEDS_ROW = ("done", "drop", "edit")


class ActionsScreen(Undoing):
    """Actions of all customers, filtered by owner, state and letters."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "done", "done", id="plan.done", tooltip="The action is done, or open again"),
        Binding("x", "drop", "drop", id="plan.drop", tooltip="Drop it, or open it again"),
        Binding("e", "edit", "edit", id="plan.edit", tooltip="Change title, owner, day or what it is to raise"),
        Binding("n", "new", "new", id="plan.new", tooltip="An action of our own; those for a customer begin there"),
        Binding("o", "owner", "owner", id="plan.owner", tooltip="Whose: everybody's, mine, then each colleague's"),
        Binding("s", "state", "state", id="plan.state", tooltip="Open, late, done, dropped or all"),
        Binding("slash", "filter", "filter", id="plan.filter", tooltip="Only those with these letters"),
        Binding("i", "about", "about", id="plan.about", tooltip="Where each figure comes from"),
        Binding("ctrl+z", "app.undo", "undo", show=False, id="plan.undo", tooltip="Take the last one-key change back"),
        Binding("escape", "back", "back", id="plan.back", tooltip="All again, then back"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.wanted = ActionFilter()
        self._found: dict[str, ActionRow] = {}

    def compose(self) -> ComposeResult:
        table = RowTable(COLUMNS, empty=EMPTY)
        yield Line(id="title")
        yield FilterLine(table, "letters of an action, a customer or an owner")
        yield table
        yield Sheet(id="detail")
        yield KeyBar()

    @property
    def table(self) -> RowTable:
        return self.query_one(RowTable)

    def on_mount(self) -> None:
        self.table.focus()

    def reload(self) -> None:
        actions, today, glyphs = ActionLists(self.store), self.today, self.host.glyphs
        ids = actions.ids(self.wanted, today)
        self.query_one("#title", Line).show(
            [("Actions", "strong"), (f"   {self._whose()}   ", "")],
            [(plural(len(ids), "action"), ""), (f"   {self.wanted.state}", "muted")],
        )
        self._found.clear()

        def page(offset: int, limit: int) -> Sequence[ListRow]:
            made = []
            for row in actions.rows(ids[offset : offset + limit]):
                self._found[row.id] = row
                made.append(ListRow(row.id, cells(row, today, glyphs)))
            return made

        self.table.load(len(ids), page)
        self._show_detail()
        self.refresh_bindings()

    def _whose(self) -> str:
        if self.wanted.owner_id is None:
            return "everybody's"
        if self.wanted.owner_id == self.host.settings.me:
            return "mine"
        return next(
            (f"{name}'s" for id, name in ActionLists(self.store).owners() if id == self.wanted.owner_id), ""
        )

    @property
    def current(self) -> ActionRow | None:
        """The action under the cursor."""
        row = self.table.current if self.is_mounted and self.query(RowTable) else None
        return self._found.get(row.key) if row else None

    def on_row_table_moved(self) -> None:
        self._show_detail()
        self.refresh_bindings()

    def _show_detail(self) -> None:
        row, today = self.current, self.today
        self.query_one("#detail", Sheet).show(lambda width: detail(row, today, width) if row else [])

    # Which ones

    def action_owner(self) -> None:
        """Everybody's, mine, then those of each colleague who has any."""
        me = self.host.settings.me
        others = [id for id, _ in ActionLists(self.store).owners() if id != me]
        order: list[str | None] = [None, *([me] if me else []), *others]
        here = order.index(self.wanted.owner_id) if self.wanted.owner_id in order else 0
        self._want(self.wanted._replace(owner_id=order[(here + 1) % len(order)]))

    def action_state(self) -> None:
        here = STATES.index(self.wanted.state)
        self._want(self.wanted._replace(state=STATES[(here + 1) % len(STATES)]))

    def action_filter(self) -> None:
        self.query_one(FilterLine).open()

    def on_filter_line_filtered(self, event: FilterLine.Filtered) -> None:
        self._want(self.wanted._replace(words=event.words))

    def _want(self, wanted: ActionFilter) -> None:
        self.wanted = wanted
        self.table.start_over()
        self.reload()

    def action_back(self) -> None:
        if self.wanted.words:
            self.query_one(FilterLine).action_clear()
        else:
            super().action_back()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.current is not None if action in _NEEDS_ROW else True

    def on_row_table_chosen(self) -> None:
        row = self.current
        if row is not None and row.customer_id is not None:
            self.host.open(CustomerAt(row.customer_id))
        else:
            self.action_edit()

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import PLAN, AboutScreen

        self.app.push_screen(AboutScreen(PLAN))

    def action_new(self) -> None:
        from radar_tui.ui.forms.business import action_form

        self._open(action_form(self.host, None, None))

    def action_edit(self) -> None:
        from radar_tui.ui.forms.business import action_form

        if row := self.current:
            self._open(action_form(self.host, row.customer_id, self.store.action.get(row.id)))

    def _open(self, form: FormScreen) -> None:
        from radar_tui.ui.frame.form import after_saving

        self.app.push_screen(form, after_saving(self.host))

    def action_done(self) -> None:
        self._set("done")

    def action_drop(self) -> None:
        self._set("dropped")

    def _set(self, status: ActionStatus) -> None:
        if row := self.current:
            self.turn_action(row.id, row.status, status)


def cells(row: ActionRow, today: date, glyphs: Glyphs) -> list[ListCell]:
    """The cells of one action, in the order of COLUMNS."""
    mark, style = action_band(row, today, glyphs)
    is_open = row.status == "open"
    due: ListCell = (glyphs.none, "muted") if row.due_on is None else (due_words(row.due_on, today), style)
    return [
        (mark, style),
        (row.title, "" if is_open else "muted"),
        (row.customer or "ourselves", "" if row.customer else "muted"),
        (row.owner or glyphs.none, "muted"),
        due if is_open else (row.status, "muted"),
        (short_day(row.done_on, today) or glyphs.none, "muted"),
        (row.measure, "muted"),
        (signed(row.expected_gain) or glyphs.none, "muted"),
        came_to(row.gain, glyphs),
    ]


def detail(row: ActionRow, today: date, width: int) -> list[SheetLine]:
    """Whose it is, what it is to raise and what came of that, and the whole title."""
    aim = aim_words(row.measure, row.expected_gain, row.gain, today)
    source = "agreed on a visit" if row.from_visit else ""
    head = heading(row.customer or "ourselves", row.owner or "nobody yet", source)
    return [head, *([(line, "")] for line in wrapped(dotted(row.title, aim), width, 2))]
