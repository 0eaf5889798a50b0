"""What replacements and spares share: lines with a price, a quantity and the customer's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast, get_args

from textual.binding import Binding, BindingType

from radar_tui.domain.days import short_day
from radar_tui.domain.money import money, priced
from radar_tui.domain.opportunity import Decision, OpportunityKind
from radar_tui.domain.room import is_ours, mark_after
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.step import Marked, StepPane, StepTable
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.domain.opportunity import OpportunityLine
    from radar_tui.store.rows.opportunity import DerivedLines, VisitLineRow
    from radar_tui.ui.frame.form import FormField, FormValues
    from radar_tui.ui.widgets.cells import ListCell, Part

DECISION_KEYS: dict[str, Decision] = {"a": "agreed", "q": "to quote", "d": "declined"}
STYLES: dict[Decision, str] = {"agreed": "accent", "to quote": "", "declined": "muted"}
COLUMNS = [
    ListColumn("Item", 7),
    ListColumn("Part", 10, priority=1, grow=True),
    ListColumn("Qty", 4, right=True),
    ListColumn("Price", 8, priority=2, right=True, secret=True),
    ListColumn("Value", 9, right=True, secret=True),
    ListColumn("Needed", 6, right=True),
    ListColumn("Decision", 8),
]


def lines_recap(book: Book, kind: OpportunityKind) -> ListCell:
    """Lines and value by decision; empty without any."""
    lines = [
        line
        for line in book.store.opportunity.lines_of(book.visit.id, kind)
        if not book.hides(line.ours, line.description)
    ]
    return by_decision(lines, valued=not book.discreet) if lines else ""


def by_decision(lines: Sequence[VisitLineRow], *, valued: bool = True) -> list[Part]:
    """`2 agreed € 1,240, 1 to quote € 860`: lines and (where `valued`) value by decision, a currency each."""
    parts: list[Part] = []
    for decision, style in (("agreed", "accent"), ("to quote", ""), ("declined", "muted")):
        for currency in sorted({line.currency for line in lines}):
            chosen = [line for line in lines if line.decision == decision and line.currency == currency]
            if chosen:
                value = priced(sum(line.value for line in chosen), currency)
                parts += [
                    (", " if parts else "", ""),
                    (f"{len(chosen)} {decision}", style),
                    (f" {value}" if valued else "", ""),
                ]
    return parts


def lines_tally(book: Book, kind: OpportunityKind) -> StepTally:
    """How many lines; done when none is left to quote."""
    lines = book.store.opportunity.lines_of(book.visit.id, kind)
    return StepTally(bool(lines) and all(row.decision != "to quote" for row in lines), str(len(lines) or ""))


class LinesPane(StepPane):
    """Lines that the verdicts made, and those added by hand."""

    kind: ClassVar[OpportunityKind]
    empty: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(key, f"decide('{decision}')", "decision", id=f"lines.{key}", tooltip=decision.capitalize())
            for key, decision in DECISION_KEYS.items()
        ),
        Binding("plus", "quantity(1)", "quantity", key_display="+", id="lines.more", tooltip="One more"),
        Binding("minus", "quantity(-1)", "quantity", key_display="-", id="lines.fewer", tooltip="One fewer"),
        Binding("equals_sign", "quantity(1)", "quantity", show=False, key_display="=", tooltip="One more"),
        Binding("e,enter", "edit", "edit", key_display="e", id="lines.edit", tooltip="Quantity, price, day needed"),
        Binding("n", "add", "add a part", id="lines.add", tooltip="A line of the price list"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.rows: list[VisitLineRow] = []

    def compose(self) -> ComposeResult:
        yield Line((self.step.title, "strong"), classes="heading")
        yield StepTable(COLUMNS, empty=self.empty)

    @property
    def table(self) -> StepTable:
        return self.query_one(StepTable)

    def on_mount(self) -> None:
        self.reload()
        undecided = [index for index, row in enumerate(self.rows) if row.decision == "to quote"]
        self.table.cursor = undecided[0] if undecided else 0
        self.table.focus()

    def reload(self) -> None:
        self.rows = [
            row
            for row in self.store.opportunity.lines_of(self.book.visit.id, self.kind)
            if not self.book.hides(row.ours, row.description)
        ]
        total = by_decision(self.rows, valued=not self.book.discreet)
        self.query_one(".heading", Line).show((self.step.title, "strong"), total)
        self.table.show_rows([ListRow(row.id, self.cells(row)) for row in self.rows])

    def cells(self, row: VisitLineRow) -> list[ListCell]:
        """One line in the order of the columns."""
        decision: ListCell = (row.decision, STYLES[row.decision])
        if row.id in self.unsaved:
            decision = [("! ", "late"), (self.unsaved[row.id], "")]
        price: ListCell = money(row.unit_price, row.currency) if row.unit_price else ("no price", "due")
        ours = self.tag(row.ours, row.description)
        since = [f"since {short_day(row.since, self.book.today)}"] if row.since else []
        about = " · ".join([*since, *([row.description] if row.tag else [])])
        return [
            row.tag or [*ours, (row.description, "")],
            [*(ours if row.tag else []), (about, "")],
            str(row.quantity),
            price,
            money(row.value, row.currency) if row.unit_price else price,
            short_day(row.needed_by, self.book.today) or (self.host.glyphs.none, "muted"),
            decision,
        ]

    def _current(self) -> VisitLineRow | None:
        return self.rows[self.table.cursor] if self.rows else None

    def _restoring(self, row: VisitLineRow) -> OpportunityLine:
        """The line as it was, for undo."""
        return self.store.opportunity.lines.get(row.id)

    def to_mark(self) -> Marked | None:
        row = self._current()
        return row and Marked(self.store.opportunity.lines, row.id, is_ours(row.ours, row.description))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a line only adding one has a meaning."""
        return action not in ("decide", "quantity", "edit") or bool(self.rows)

    def action_decide(self, decision: Decision) -> None:
        """Commit the customer's decision, then move on."""
        if (row := self._current()) is None:
            return
        lines, id = self.store.opportunity, row.id
        before: list[DerivedLines] = []
        self.save(
            lambda: before.append(lines.set_decision(id, decision)),
            key=id,
            words=decision,
            undo=lambda: lines.put_line_back(before[-1]),
        )
        self.table.action_move(1)

    def action_quantity(self, by: int) -> None:
        row = self._current()
        if row is None or row.quantity + by < 1:
            return
        lines, id, before = self.store.opportunity, row.id, row.quantity
        self.save(
            lambda: lines.set_quantity(id, before + by),
            key=id,
            words=str(before + by),
            undo=lambda: lines.set_quantity(id, before),
        )

    def action_edit(self) -> None:
        if (row := self._current()) is None:
            return
        self.may_open(row.description)
        from radar_tui.ui.frame.form import FormScreen

        lines, before = self.store.opportunity, self._restoring(row)

        def keep(values: FormValues) -> str:
            decision = cast("Decision", values["decision"])
            now = before if decision == before.decision else before.decided(decision, self.book.today)
            line = before.model_validate(
                {
                    **now.model_dump(),
                    "quantity": values["quantity"],
                    "unit_price": values.get("unit_price", row.unit_price) or 0,
                    "needed_by": values["needed_by"],
                    "description": values["description"],
                    "ours": mark_after(before.ours, before.description, str(values["description"])),
                }
            )
            self.save(
                lambda: lines.change_line(before, line),
                key=row.id,
                words=line.decision,
                undo=lambda: lines.change_line(line, before),
            )
            self.typed(before.description, line.description)
            return row.id

        self.app.push_screen(FormScreen(row.tag or row.description, self._fields(row), keep))

    def _fields(self, row: VisitLineRow) -> list[FormField]:
        """What may be changed on a line; while discreet not its price."""
        from radar_tui.ui.frame.form import FormField

        price = FormField(
            "unit_price", "Unit price", "money", row.unit_price or None, hint="e.g. 1240", some=True
        )
        return [
            FormField("quantity", "Quantity", "number", row.quantity, required=True, some=True),
            *([] if self.book.discreet else [price]),
            FormField("needed_by", "Needed by", "date", row.needed_by, ahead=True),
            FormField(
                "decision", "Decision", "choice", row.decision, [(word, word) for word in get_args(Decision)]
            ),
            FormField("description", "Part", value=row.description),
        ]

    def action_add(self) -> None:
        """A part of the price list that no verdict asked for."""
        from radar_tui.ui.frame.form import FormField, FormScreen

        opportunities, visit, kind = self.store.opportunity, self.book.visit.id, self.kind
        parts = self.store.part.on_list()
        if not parts:
            self.host.tell("The price list is empty: add parts under 4 Ourselves.")
            return

        def keep(values: FormValues) -> str:
            part, count, line = str(values["part_id"]), values["quantity"], new_id()
            if not isinstance(count, int) or count < 1:
                raise ValueError("Quantity: a whole number, 1 or more.")
            self.save(
                lambda: opportunities.add_line(visit, kind, part, count, line),
                undo=lambda: opportunities.remove_line(line),
            )
            return part

        options = [(part.id, f"{part.name} · {part.sku}") for part in parts]
        fields = [
            FormField("part_id", "Part", "choice", parts[0].id, options),
            FormField("quantity", "Quantity", "number", 1, required=True),
        ]
        self.app.push_screen(FormScreen(f"Add a part to {self.step.title.lower()}", fields, keep))
