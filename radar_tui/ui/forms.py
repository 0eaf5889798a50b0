"""The forms of the nouns that a user adds and edits: which fields, and how they become rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from radar_tui.domain.customer import Contact, ContactRole, Customer, CustomerKind, CustomerStatus, Market
from radar_tui.domain.integrity import Item, Stream, StreamStatus
from radar_tui.domain.opportunity import Part, PartKind
from radar_tui.domain.promise import Promise
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.row import Row
from radar_tui.store.ids import new_id
from radar_tui.ui.screens.form import Field, FormScreen, Value, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.ui.app import RadarApp

R = TypeVar("R", bound=Row)
Options = list[tuple[str | None, str]]

LANGUAGES: Options = [
    ("en", "English"),
    ("it", "Italian"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
]
NEW_MARKET = "+"


def words(closed_set: object) -> Options:
    """The words of a Literal as options."""
    return [(word, word) for word in get_args(closed_set)]


def build(model: type[R], before: R | None, values: Values, **fixed: Value) -> R:
    """A new row of `model`, or `before` with `values` in it; validated either way."""
    known = before.model_dump() if before is not None else {"id": new_id()}
    return model.model_validate({**known, **fixed, **values})


def without_none(values: Values, *names: str) -> Values:
    """Values without those of `names` that were left empty, so that the model's default stands."""
    return {name: value for name, value in values.items() if value is not None or name not in names}


def customer_form(app: RadarApp, before: Customer | None) -> FormScreen:
    """Add or edit a customer."""
    store, row = app.store, before or Customer(id="new", name="?", currency=app.settings.currency)
    markets: Options = [
        (None, "–"),
        *((market.id, market.name) for market in store.market.where(order="name")),
    ]
    owners = colleague_options(app)

    def save(values: Values) -> str:
        market = str(values.pop("new_market") or "").strip()
        with store.transaction():
            if market:
                values["market_id"] = store.market.save(Market(id=new_id(), name=market)).id
            customer = build(
                Customer, before, without_none(values, "cadence_days", "annual_value", "currency")
            )
            return store.customer.save(customer).id

    return FormScreen(
        "New customer" if before is None else "Customer",
        [
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("kind", "We supply", "choice", row.kind, words(CustomerKind)),
            Field("status", "Status", "choice", row.status, words(CustomerStatus)),
            Field("market_id", "Market", "choice", row.market_id, markets),
            Field("new_market", "or a new market", hint="only if it is not in the list"),
            Field("owner_id", "BRM", "choice", row.owner_id or app.settings.me, owners),
            Field("cadence_days", "Visit every (days)", "number", row.cadence_days),
            Field("annual_value", "Value a year", "money", row.annual_value, hint="e.g. 120000"),
            Field("currency", "Currency", value=row.currency, hint="EUR, GBP, USD …"),
            Field("city", "City", value=row.city),
            Field("country", "Country", value=row.country),
            Field("notes", "Notes", value=row.notes),
        ],
        save,
    )


def colleague_options(app: RadarApp) -> Options:
    """Our people who are still here, for a choice."""
    return [
        (None, "–"),
        *((row.id, row.name) for row in app.store.colleague.where("left_on IS NULL", order="name")),
    ]


def contact_form(app: RadarApp, customer_id: str, before: Contact | None) -> FormScreen:
    """Add or edit a contact of a customer."""
    row = before or Contact(id="new", customer_id=customer_id, name="?")

    def save(values: Values) -> str:
        return app.store.contact.save(build(Contact, before, values, customer_id=customer_id)).id

    return FormScreen(
        "New contact" if before is None else "Contact",
        [
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("role", "Role", "choice", row.role, words(ContactRole)),
            Field("job_title", "Job title", value=row.job_title),
            Field("function", "Function", value=row.function, hint="maintenance, purchasing, payables …"),
            Field("email", "E-mail", value=row.email),
            Field("phone", "Phone", value=row.phone),
            Field("language", "Reads", "choice", row.language, language_options(row.language)),
            Field("left_on", "Left on", "date", row.left_on, hint="only if they left"),
        ],
        save,
    )


def language_options(current: str) -> Options:
    """The languages of the handed-over screen, and the one that stands there already."""
    known = [code for code, _ in LANGUAGES]
    return LANGUAGES if current in known else [*LANGUAGES, (current, current)]


def colleague_form(app: RadarApp, before: Colleague | None) -> FormScreen:
    """Add or edit one of our people."""
    row = before or Colleague(id="new", name="?")

    def save(values: Values) -> str:
        return app.store.colleague.save(build(Colleague, before, values)).id

    return FormScreen(
        "New colleague" if before is None else "Colleague",
        [
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("function", "Function", value=row.function, hint="receivables, workshop, service …"),
            Field("email", "E-mail", value=row.email),
            Field("phone", "Phone", value=row.phone),
            Field("direct_contact", "Speaks with customers", "yes/no", row.direct_contact),
            Field("left_on", "Left on", "date", row.left_on, hint="only if they left"),
        ],
        save,
    )


def stream_form(app: RadarApp, customer_id: str, before: Stream | None) -> FormScreen:
    """Add or edit a process stream of a customer."""
    row = before or Stream(id="new", customer_id=customer_id, name="?")

    def save(values: Values) -> str:
        return app.store.stream.save(build(Stream, before, values, customer_id=customer_id)).id

    return FormScreen(
        "New process stream" if before is None else "Process stream",
        [
            Field(
                "name", "Name", value=before.name if before else "", required=True, hint="e.g. Tissue line 2"
            ),
            Field("status", "Status", "choice", row.status, words(StreamStatus)),
            Field("note", "Note", value=row.note),
        ],
        save,
    )


def item_form(app: RadarApp, customer_id: str, before: Item | None) -> FormScreen:
    """Add or edit an item of ours in a customer's plant."""
    row = before or Item(id="new", customer_id=customer_id, tag="?")
    streams: Options = [
        (None, "–"),
        *((stream.id, stream.name) for stream in app.store.stream.where("customer_id = ?", [customer_id])),
    ]

    def save(values: Values) -> str:
        return app.store.item.save(build(Item, before, values, customer_id=customer_id)).id

    return FormScreen(
        "New item" if before is None else "Item",
        [
            Field("tag", "Tag", value=before.tag if before else "", required=True, hint="as on the plate"),
            Field("model", "Model", value=row.model),
            Field("stream_id", "Process stream", "choice", row.stream_id, streams),
            Field("installed_on", "Installed on", "date", row.installed_on),
            Field("refurbished_on", "Refurbished on", "date", row.refurbished_on),
            Field("retired_on", "Retired on", "date", row.retired_on, hint="only if it is gone"),
        ],
        save,
    )


def part_form(app: RadarApp, before: Part | None) -> FormScreen:
    """Add or edit a line of our price list."""
    row = before or Part(id="new", sku="?", name="?", currency=app.settings.currency)

    def save(values: Values) -> str:
        return app.store.part.save(build(Part, before, without_none(values, "unit_price", "lead_days"))).id

    return FormScreen(
        "New part" if before is None else "Part",
        [
            Field("sku", "SKU", value=before.sku if before else "", required=True),
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("model", "Fits model", value=row.model, hint="the items' model, e.g. RX-40"),
            Field("kind", "Used as", "choice", row.kind, words(PartKind)),
            Field("unit_price", "Unit price", "money", row.unit_price, hint="e.g. 1240 or 12.50"),
            Field("currency", "Currency", value=row.currency),
            Field("lead_days", "Lead time (days)", "number", row.lead_days),
        ],
        save,
    )


def promise_form(app: RadarApp, before: Promise | None) -> FormScreen:
    """Make or edit one of the three promises."""

    def save(values: Values) -> str:
        return app.store.promise.save(build(Promise, before, without_none(values, "made_on"))).id

    fields: Sequence[Field] = [
        Field("title", "We promise", value=before.title if before else "", required=True),
        Field("made_on", "Made on", "date", before.made_on if before else app.today),
        Field("retired_on", "Retired on", "date", before.retired_on if before else None),
    ]
    return FormScreen("New promise" if before is None else "Promise", fields, save)


def after_saving(app: RadarApp) -> Callable[[str | None], None]:
    """What a screen does when a form over it closes."""

    def closed(saved: str | None) -> None:
        if saved is not None:
            app.reload()

    return closed
