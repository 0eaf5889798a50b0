"""What we agreed to do: a title is enough, the owner is me and it is due in two weeks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.action import DUE_IN_DAYS, Action
from radar_tui.domain.days import DAY_HINT, short_day
from radar_tui.domain.room import is_ours, mark_after
from radar_tui.errors import RadarError
from radar_tui.store.lists.action import ActionLists
from radar_tui.store.lists.visit import VisitLists
from radar_tui.ui.forms.business import measure_fields
from radar_tui.ui.forms.common import build, colleague_options, in_languages, translations_of
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import ListPane
from radar_tui.ui.steps.base.step import Marked
from radar_tui.ui.widgets.cells import ListColumn, ListRow, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.domain.action import ActionStatus
    from radar_tui.domain.checklist import Step
    from radar_tui.store.lists.visit import VisitActionRow
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.widgets.cells import ListCell, Part


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many actions this visit brought."""
    agreed = VisitLists(book.store, book.visit).actions_agreed()
    return StepTally(agreed > 0, str(agreed or ""))


def recap(book: Book, step: Step) -> ListCell:
    """What was agreed today."""
    agreed = [row for row in shown(book) if row.today and row.status != "dropped"]
    words = f"{len(agreed)} agreed: {', '.join(row.title for row in agreed)}" if agreed else ""
    return book.seen(words)


def shown(book: Book) -> list[VisitActionRow]:
    """The customer's open actions and those of today; while discreet those that they heard of."""
    rows, heard = VisitLists(book.store, book.visit).actions(), ActionLists(book.store).heard()
    return [row for row in rows if not book.discreet or heard(row.id, row.visit_id, row.ours, row.title)]


class Pane(ListPane):
    """The customer's open actions and those of today."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("   Action", 20, grow=True),
        ListColumn("Owner", 12),
        ListColumn("Due", 6, right=True),
        ListColumn("Agreed", 6, priority=1),
    ]
    empty = """No open actions: here stands what a colleague will do by a date.
Press n to agree on the first one."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "add", "new action", id="actions.new", tooltip="Agree on an action; title and enter are enough"),
        Binding("space", "status('done')", "done", id="actions.done", tooltip="Done, or open again"),
        Binding("e", "edit", "edit", id="actions.edit", tooltip="Change title, owner or day"),
        Binding("enter", "edit", "edit", show=False, tooltip="Change title, owner or day"),
        Binding("x", "status('dropped')", "drop", id="actions.drop", tooltip="Drop it, or open again"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.actions: list[VisitActionRow] = []

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Without an action only agreeing on one has a meaning."""
        return action not in ("status", "edit") or bool(self.actions)

    def reload(self) -> None:
        self.actions = shown(self.book)
        still = sum(action.status == "open" for action in self.actions)
        agreed = sum(action.today and action.status != "dropped" for action in self.actions)
        self.head((f"{still} open, {agreed} agreed today" if self.actions else "", "muted"))
        self.show_rows([ListRow(row.id, self._cells(row)) for row in self.actions])

    def _cells(self, row: VisitActionRow) -> list[ListCell]:
        glyphs, today = self.host.glyphs, self.book.today
        late = row.status == "open" and row.due_on is not None and row.due_on < today
        mark = (f"{glyphs.late} ", "late") if late else ("   ", "")
        if row.status == "done":
            mark = (f"{glyphs.done}  ", "accent")
        words: list[Part] = [
            *self.tag(row.ours, row.title),
            (row.title, "" if row.status == "open" else "muted"),
        ]
        if row.status == "dropped":
            words.insert(0, ("dropped: ", "muted"))
        return [
            [mark, *parts_of(self.with_unsaved(row.id, words))],
            (row.owner or glyphs.none, "muted"),
            (short_day(row.due_on, today) or glyphs.none, "late" if late else ""),
            ("today" if row.today else "before", "muted"),
        ]

    def in_full(self, key: str) -> str:
        row = next((one for one in self.actions if one.id == key), None)
        return f"{row.title} ({row.owner or 'nobody'})" if row else ""

    def _current(self) -> VisitActionRow | None:
        return self.actions[self.table.cursor] if self.actions else None

    def to_mark(self) -> Marked | None:
        row = self._current()
        return Marked(self.store.action, row.id, is_ours(row.ours, row.title)) if row else None

    # Keys

    def action_status(self, status: ActionStatus) -> None:
        """Done or dropped; the same key opens it again."""
        if (row := self._current()) is None:
            return
        actions = self.store.action
        try:
            before, after = actions.turned(row.id, row.status, status, self.book.today)
        except RadarError:
            self.reload()
            raise
        self.save(
            lambda: actions.change(before, after),
            key=row.id,
            words=row.title,
            undo=lambda: actions.change_back(before, after),
        )

    def action_add(self) -> None:
        self.visit_screen.must_be_open()
        visit = self.book.visit
        new = Action(
            id="new",
            customer_id=visit.customer_id,
            visit_id=visit.id,
            title="?",
            owner_id=self.host.settings.me or None,
            due_on=self.book.today + timedelta(days=DUE_IN_DAYS),
        )
        self.app.push_screen(action_form(self.host, new, self._keep_new, new=True))

    def _keep_new(self, action: Action) -> str:
        actions = self.store.action
        self.save(
            lambda: actions.save(action),
            key=action.id,
            words=action.title,
            undo=lambda: actions.delete(action.id),
        )
        self.typed("", action.title)
        self.table.go_to(action.id)
        return action.id

    def action_edit(self) -> None:
        if (row := self._current()) is None:
            return
        self.may_open(row.title)
        actions, before = self.store.action, self.store.action.get(row.id)

        def keep(after: Action) -> str:
            self.save(
                lambda: actions.change(before, after),
                key=row.id,
                words=after.title,
                undo=lambda: actions.change_back(before, after),
            )
            self.typed(before.title, after.title)
            return after.id

        self.app.push_screen(action_form(self.host, before, keep))


def action_form(app: Host, row: Action, keep: Callable[[Action], str], *, new: bool = False) -> FormScreen:
    """Title, owner, day, and (but for a discreet visit) the measure an action aims at with the gain expected; `keep`
    gets the validated action."""

    def save(values: FormValues) -> str:
        values["title"] = title = str(values["title"])
        values["ours"] = mark_after(row.ours, "" if new else row.title, title)
        values["translations"] = translations_of(values, row.translations)
        fixed = {"customer_id": row.customer_id, "visit_id": row.visit_id} if new else {}
        if row.customer_id and (aimed := values.get("measure_id")):
            # A default that nobody has edited becomes a row, so that the action can refer to it.
            app.store.measure.write_down(row.customer_id, str(aimed))
        return keep(build(Action, None if new else row, values, **fixed))

    fields = [
        FormField(
            "title", "We will", value="" if new else row.title, required=True, hint="what will be done"
        ),
        FormField("owner_id", "Owner", "choice", row.owner_id, colleague_options(app)),
        FormField("due_on", "Due on", "date", row.due_on, hint=DAY_HINT, ahead=True),
    ]
    if row.customer_id:
        fields += [
            *([] if app.discreet else measure_fields(app, row.customer_id, row)),
            *in_languages(app, row.translations, row.customer_id),
        ]
    return FormScreen("New action" if new else "Action", fields, save)
