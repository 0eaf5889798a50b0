"""New process streams: how many widgets, housings and spares, and what that is worth at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypedDict

from textual.binding import Binding, BindingType

from radar_tui.domain.money import money, priced
from radar_tui.domain.room import is_ours
from radar_tui.domain.text import plural
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.step import Marked, StepPane, StepTable
from radar_tui.ui.widgets.cells import ListColumn, ListRow
from radar_tui.ui.widgets.line import Line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from radar_tui.domain.checklist import Step
    from radar_tui.store.rows.opportunity import StreamOffer
    from radar_tui.ui.forms.common import Options
    from radar_tui.ui.frame.form import FormScreen, FormValues
    from radar_tui.ui.widgets.cells import ListCell

COLUMNS = [
    ListColumn("New stream", 14, grow=True),
    ListColumn("Widgets", 7, right=True),
    ListColumn("Housings", 8, priority=1, right=True),
    ListColumn("Spares", 6, priority=1, right=True),
    ListColumn("Value", 11, right=True, secret=True),
    ListColumn("Stage", 6),
]
EMPTY = """No new stream noted: “What are you planning that runs on things like ours?”
Press n to note one; its value shows at once."""
SPARES_PERCENT = 10


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many new streams were noted on this visit."""
    count = len(book.store.opportunity.new_streams(book.visit.id))
    return StepTally(bool(count), str(count or ""))


def recap(book: Book, step: Step) -> ListCell:
    """Each stream with its value."""
    return book.seen(
        ", ".join(
            offer.name if book.discreet else f"{offer.name} {priced(offer.value, offer.currency)}"
            for offer in book.store.opportunity.new_streams(book.visit.id)
            if not book.hides(offer.ours, offer.name)
        )
    )


class Pane(StepPane):
    """The list of new streams, and the form that adds one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "n", "add", "new stream", id="new_streams.add", tooltip="Note a new process stream and its value"
        ),
        Binding(
            "e,enter", "edit", "edit", key_display="e", id="new_streams.edit", tooltip="Change its numbers"
        ),
    ]

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.offers: list[StreamOffer] = []

    def compose(self) -> ComposeResult:
        yield Line((self.step.title, "strong"), classes="heading")
        yield StepTable(COLUMNS, empty=EMPTY)

    def on_mount(self) -> None:
        self.reload()
        self.query_one(StepTable).focus()

    def reload(self) -> None:
        self.offers = [
            offer
            for offer in self.store.opportunity.new_streams(self.book.visit.id)
            if not self.book.hides(offer.ours, offer.name)
        ]
        rows = [
            ListRow(
                offer.opportunity_id,
                [
                    [*self.tag(offer.ours, offer.name), (offer.name, "")],
                    f"{offer.widgets:,}",
                    f"{offer.housings:,}",
                    f"{offer.spares:,}",
                    priced(offer.value, offer.currency),
                    (offer.stage, "muted"),
                ],
            )
            for offer in self.offers
        ]
        words = plural(len(rows), "new stream") if rows else ""
        self.query_one(".heading", Line).show((self.step.title, "strong"), (words, "muted"))
        self.query_one(StepTable).show_rows(rows)

    def to_mark(self) -> Marked | None:
        if not self.offers:
            return None
        offer = self.offers[self.query_one(StepTable).cursor]
        return Marked(self.store.opportunity, offer.opportunity_id, is_ours(offer.ours, offer.name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to edit before the first one."""
        return action != "edit" or bool(self.offers)

    def action_add(self) -> None:
        if self.book.customer is not None:
            self.app.push_screen(self._form(None))

    def action_edit(self) -> None:
        if self.offers:
            offer = self.offers[self.query_one(StepTable).cursor]
            self.may_open(offer.name)
            self.app.push_screen(self._form(offer))

    def _form(self, before: StreamOffer | None) -> FormScreen:
        from radar_tui.ui.frame.form import FormField, FormScreen

        models = self.store.part.models()
        usual = self.store.item.usual_model(self.book.visit.customer_id or "")
        model = before.model if before else usual or (models[0] if models else None)
        options: Options = [(name, name) for name in models] or [(None, "no models in the price list")]
        fields = [
            FormField(
                "name", "Name", value=before.name if before else "", required=True, hint="e.g. Tissue line 3"
            ),
            FormField("model", "Model", "choice", model, options),
            FormField(
                "widgets",
                "Widgets",
                "number",
                before.widgets if before else None,
                required=True,
                hint="how many",
                some=True,
            ),
            FormField("housings", "Housings", "number", before.housings if before else 1, some=True),
            FormField(
                "spares",
                "Spares (%)",
                "number",
                before.spares_percent if before else SPARES_PERCENT,
                hint="of widgets",
            ),
        ]
        worth = None if self.book.discreet else self._worth
        title = "New process stream" if before is None else f"Process stream {before.name}"
        return FormScreen(title, fields, lambda values: self._keep(values, before), preview=worth)

    def _worth(self, values: FormValues) -> str:
        """The value of what stands in the form."""
        currency = self.book.customer.currency if self.book.customer else "EUR"
        worth = self.store.opportunity.new_stream_value(**_numbers(values), currency=currency)
        return f"Value {money(worth, currency)}" if worth else "Value: no price for it in the price list"

    def _keep(self, values: FormValues, before: StreamOffer | None) -> str:
        opportunities, visit = self.store.opportunity, self.book.visit.id
        name, numbers = str(values["name"]).strip(), _numbers(values)
        if before is None:
            id = new_id()
            self.save(
                lambda: opportunities.new_stream(visit, name, **numbers, id=id),
                undo=lambda: opportunities.drop_new_stream(id),
            )
        else:
            id = before.opportunity_id
            stood = opportunities.stream_as_it_stands(id)
            self.save(
                lambda: opportunities.change_new_stream(id, name, **numbers),
                undo=lambda: opportunities.put_stream_back(stood),
            )
        self.typed(before.name if before else "", name)
        return name


class Numbers(TypedDict):
    """What the store asks for."""

    model: str
    widgets: int
    housings: int
    percent: int


def _numbers(values: FormValues) -> Numbers:
    """The numbers that stand in the form. Raises ValueError with words that name the field."""
    found = {}
    for name, label, most in (
        ("widgets", "Widgets", 100_000),
        ("housings", "Housings", 100_000),
        ("spares", "Spares", 1000),
    ):
        number = values[name] or 0
        if not isinstance(number, int) or not 0 <= number <= most:
            raise ValueError(f"{label}: a whole number from 0 to {most:,}.")
        found[name] = number
    return Numbers(
        model=str(values["model"] or ""),
        widgets=found["widgets"],
        housings=found["housings"],
        percent=found["spares"],
    )
