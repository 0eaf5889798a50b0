"""The integrity report: one key an item, the cursor moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import short_day
from radar_tui.domain.integrity import VERDICT_KEYS
from radar_tui.domain.room import is_ours
from radar_tui.domain.text import plural
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.finding import HISTORY
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.step import Marked, StepPane, StepTable
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.verdicts import VERDICT_STYLES, history

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.integrity import Verdict
    from radar_tui.store.rows.finding import Before, ReportRow
    from radar_tui.ui.widgets.cells import ListCell, Part

COLUMNS = [
    ListColumn("Item", 10),
    ListColumn("Model", 7, priority=1),
    ListColumn("Refurb.", 7, priority=2, right=True),
    ListColumn("History", 7),
    ListColumn("Today", 15),
    ListColumn("Note", 8, grow=True),
]
EMPTY = """No items of ours in this plant yet: here each one gets its verdict.
Press + to add the first one you see."""
HISTORY_STYLES = {**VERDICT_STYLES, "serviceable": "muted"}


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """Graded of all items."""
    graded, of = book.store.finding.graded(book.visit.id)
    return StepTally(bool(of) and graded == of, f"{graded}/{of}" if of else "")


def recap(book: Book, step: Step) -> ListCell:
    """How many items were graded, by verdict."""
    graded, of = book.store.finding.graded(book.visit.id)
    counted = book.store.finding.counted(book.visit.id)
    if not of:
        return ("no items here", "muted")
    parts: list[Part] = [(f"{graded} of {plural(of, 'item')}", "")]
    for verdict, style in (
        ("serviceable", ""),
        ("deteriorating", "due"),
        ("unserviceable", "late"),
        ("not inspected", "muted"),
    ):
        if counted.get(verdict):
            parts += [(", " if len(parts) > 1 else ": ", ""), (f"{counted[verdict]} {verdict}", style)]
    return parts


class Pane(StepPane):
    """Verdicts by key; the value of what is found follows at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"grade('{verdict}')", "verdict", id=f"integrity.{key}", tooltip=verdict.capitalize())
            for key, verdict in VERDICT_KEYS.items()
        ),
        Binding("n", "note", "note", id="integrity.note", tooltip="A note on the item just graded, or this one"),
        Binding("a", "rest", "rest serviceable", id="integrity.rest", tooltip="All not graded yet: serviceable"),
        Binding("plus", "add", "found on site", key_display="+", id="integrity.add", tooltip="An item not in the list"),
        Binding("backspace,delete", "take_back", "take back", show=False, id="integrity.take_back",
                tooltip="Take this item's verdict back"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.rows: list[ReportRow] = []
        self._hinted = 0

    def compose(self) -> ComposeResult:
        yield Line(("Integrity report", "strong"), classes="heading")
        yield StepTable(COLUMNS, empty=EMPTY)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an item only adding one has a meaning."""
        return action not in ("grade", "note", "rest", "take_back") or bool(self.rows)

    @property
    def table(self) -> StepTable:
        return self.query_one(StepTable)

    def on_mount(self) -> None:
        self._read()
        self.reload()
        self.table.cursor = self._resume_at()
        self.table.focus()

    def _read(self) -> None:
        self.rows = self.store.finding.report(self.book.visit.id)

    def _resume_at(self) -> int:
        """The item after the one graded last, so that a visit goes on where it stopped."""
        graded = [(row.found_at, index) for index, row in enumerate(self.rows) if row.found_at]
        return min(max(graded)[1] + 1, len(self.rows) - 1) if graded else 0

    def reload(self) -> None:
        self._read()
        graded = sum(row.verdict is not None for row in self.rows)
        words = f"{graded} of {plural(len(self.rows), 'item')} graded" if self.rows else ""
        self.query_one(".heading", Line).show(("Integrity report", "strong"), (words, "muted"))
        self.table.load(len(self.rows), self._page)

    def _page(self, offset: int, limit: int) -> list[ListRow]:
        return [
            ListRow(row.item_id, self._cells(row, index))
            for index, row in enumerate(self.rows[offset : offset + limit], offset)
        ]

    def _cells(self, row: ReportRow, index: int) -> list[ListCell]:
        glyphs = self.host.glyphs
        if row.item_id in self.unsaved:
            today: ListCell = [("! ", "late"), (self.unsaved[row.item_id], "")]
        elif row.verdict is not None:
            today = (row.verdict, VERDICT_STYLES[row.verdict])
        elif index == self.table.cursor:
            today = [("s ", "accent"), ("d ", "due"), ("u ", "late"), ("x", "muted")]
        else:
            today = (glyphs.none, "muted")
        refurbished = short_day(row.refurbished_on, self.book.today) or glyphs.none
        return [
            row.tag,
            (row.model, ""),
            (refurbished, "muted"),
            history(row.history, HISTORY, glyphs, HISTORY_STYLES),
            today,
            self.noted(row.note, row.ours),
        ]

    def on_row_table_moved(self, event: StepTable.Moved) -> None:
        """The row under the cursor shows the keys for its verdict."""
        for index in {self._hinted, event.index}:
            if index < len(self.rows):
                self.table.set_row(index, self._page(index, 1)[0])
        self._hinted = event.index

    # Keys

    def _current(self) -> ReportRow | None:
        return self.rows[self.table.cursor] if self.rows else None

    def action_grade(self, verdict: Verdict) -> None:
        """Commit the verdict, then move on to the next item."""
        if (row := self._current()) is None:
            return
        decided = self._decided(row, verdict)
        self._grade(row.item_id, verdict)
        if decided:
            self.host.tell(f"{decided} went with the verdict; ctrl+z brings it back.")
        self.table.action_move(1)

    def _decided(self, row: ReportRow, verdict: Verdict) -> str:
        """The line with the customer's decision that another verdict would take along, in words."""
        if row.verdict in (None, verdict):
            return ""
        lines = self.store.opportunity.derived(self.book.visit.id, row.item_id).lines
        return ", ".join(f"{row.tag}: {line.decision}" for line in lines if line.decision != "to quote")

    def _grade(self, item: str, verdict: Verdict | None) -> None:
        """Commit a verdict (None takes it back); ctrl+z brings back note, quantity and decision as well."""
        findings, visit = self.store.finding, self.book.visit.id
        before: list[Before] = []
        self.save(
            lambda: before.append(findings.grade(visit, item, verdict)),
            key=item,
            words=verdict or "",
            undo=lambda: findings.put_back(*before),
        )

    def action_take_back(self) -> None:
        row = self._current()
        if row is not None and row.verdict is not None:
            self._grade(row.item_id, None)

    def action_rest(self) -> None:
        """Everything not graded yet is serviceable; ctrl+z takes all of it back."""
        rest = [row.item_id for row in self.rows if row.verdict is None]
        if not rest:
            return
        findings, visit = self.store.finding, self.book.visit.id
        before: list[Before] = []
        self.save(
            lambda: before.extend(findings.grade_rest(visit, rest, "serviceable")),
            undo=lambda: findings.put_back(*before),
        )

    def _to_note(self) -> ReportRow | None:
        """The item of a note: a verdict moves the cursor on, and what is said next is about the item it left."""
        row = self._current()
        if row is None or row.verdict is not None or not self.table.cursor:
            return row
        above = self.rows[self.table.cursor - 1]
        newest = max((one.found_at for one in self.rows if one.found_at), default=None)
        return above if newest and above.found_at == newest else row

    def action_note(self) -> None:
        """Without a verdict the form asks for one too: the letters of a note must never become verdicts."""
        self.visit_screen.must_be_open()
        if (row := self._to_note()) is None:
            return
        self.may_open(row.note, row.ours)
        from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

        findings, visit, item, before = self.store.finding, self.book.visit.id, row.item_id, row.note
        verdicts = {str(verdict): verdict for verdict in VERDICT_KEYS.values()}
        id = fact_id("finding", visit, item)

        def put_back() -> None:
            findings.note(visit, item, before)
            findings.mark(id, row.ours)

        def keep(values: FormValues) -> str:
            note = str(values["note"])
            if "verdict" in values:
                self._grade(item, verdicts[str(values["verdict"])])
            self.save(
                lambda: findings.note(visit, item, note),
                key=item,
                words=row.verdict or "",
                undo=put_back,
            )
            self.typed(before, note)
            return item

        hint = "stands in the report" + ("" if self.book.discreet else "; ctrl+o afterwards: ours")
        fields = [FormField("note", "Note", value=row.note, hint=hint)]
        if row.verdict is None:
            options = [(verdict, verdict) for verdict in verdicts]
            fields.append(FormField("verdict", "Verdict", "choice", "not inspected", options))
        self.app.push_screen(FormScreen(f"Note on {row.tag}", fields, keep))

    def to_mark(self) -> Marked | None:
        row = self._to_note()
        if row is None or not row.note:
            return None
        id = fact_id("finding", self.book.visit.id, row.item_id)
        return Marked(self.store.finding, id, is_ours(row.ours, row.note))

    def action_add(self) -> None:
        """An item that is in the plant but not in our list."""
        self.visit_screen.must_be_open()
        from radar_tui.ui.forms.customer import item_form

        customer = self.book.customer
        if customer is not None:
            self.app.push_screen(item_form(self.host, customer.id, None), self._added)

    def _added(self, item_id: str | None) -> None:
        self.reload()
        ids = [row.item_id for row in self.rows]
        if item_id in ids:
            self.table.cursor = ids.index(item_id)
        self.visit_screen.show_progress()
