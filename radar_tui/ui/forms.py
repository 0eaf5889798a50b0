"""The forms of the nouns that a user adds and edits: which fields, and how they become rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, TypeVar, cast, get_args

from radar_tui.domain.action import Action, ActionStatus
from radar_tui.domain.customer import (
    Benchmark,
    Contact,
    ContactRole,
    Customer,
    CustomerKind,
    CustomerStatus,
    Market,
)
from radar_tui.domain.days import DAY_HINT
from radar_tui.domain.integrity import Item, Stream, StreamStatus
from radar_tui.domain.opportunity import Opportunity, OpportunityKind, Part, PartKind, Stage
from radar_tui.domain.promise import Promise, Want, WantDecision, decided
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.row import Row
from radar_tui.errors import RadarError
from radar_tui.store.ids import new_id
from radar_tui.ui.frame.form import Field, FormScreen, Value, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

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


def words(closed_set: object) -> Options:
    """The words of a Literal as options."""
    return [(word, word) for word in get_args(closed_set)]


def build(model: type[R], before: R | None, values: Values, **fixed: Value | datetime) -> R:
    """A new row of `model`, or `before` with `values` in it; validated either way."""
    known = before.model_dump() if before is not None else {"id": new_id()}
    return model.model_validate({**known, **fixed, **values})


def without_none(values: Values, *names: str) -> Values:
    """Values without those of `names` that were left empty, so that the model's default stands."""
    return {name: value for name, value in values.items() if value is not None or name not in names}


def customer_form(app: RadarApp, before: Customer | None) -> FormScreen:
    """Add or edit a customer."""
    store, row = app.store, before or Customer(id="new", name="?", currency=app.settings.currency)
    markets = market_options(app)
    owners = colleague_options(app, row.owner_id)

    def save(values: Values) -> str:
        market = str(values.pop("new_market") or "").strip()
        with store.transaction():
            if market:
                values["market_id"] = store.market.save(Market(id=new_id(), name=market)).id
            values["annual_value"] = values["annual_value"] or 0
            customer = build(Customer, before, without_none(values, "cadence_days"))
            return store.customer.change(before, customer).id

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
            Field(
                "annual_value",
                "Value a year",
                "money",
                row.annual_value or None,
                hint="e.g. 120000",
                currency=row.currency,
            ),
            Field("currency", "Currency", value=row.currency, hint="EUR, GBP, USD …", required=True),
            Field("city", "City", value=row.city),
            Field("country", "Country", value=row.country),
            Field("notes", "Notes", value=row.notes),
        ],
        save,
    )


def colleague_options(app: RadarApp, current: str | None = None) -> Options:
    """Our people who are still here, and the one that stands there already, for a choice."""
    today = app.today.isoformat()
    found = app.store.colleague.where(
        "left_on IS NULL OR left_on > ? OR id = ?", [today, current], "name, id"
    )
    return [(None, "–"), *((row.id, row.name) for row in found)]


def market_options(app: RadarApp) -> Options:
    """All markets, for a choice."""
    return [(None, "–"), *((market.id, market.name) for market in app.store.market.where(order="name, id"))]


def contact_form(app: RadarApp, customer_id: str, before: Contact | None) -> FormScreen:
    """Add or edit a contact of a customer."""
    row = before or Contact(id="new", customer_id=customer_id, name="?", **_usual(app, customer_id))

    def save(values: Values) -> str:
        return app.store.contact.change(before, build(Contact, before, values, customer_id=customer_id)).id

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
            Field("left_on", "Left on", "date", row.left_on, hint="only if they left", past=True),
        ],
        save,
    )


class Usual(TypedDict):
    """What is proposed for a new contact."""

    role: ContactRole
    language: str


def _usual(app: RadarApp, customer_id: str) -> Usual:
    """Somebody must decide, so the first who is named does; the newest contact's language is proposed."""
    known = app.store.contact.where("customer_id = ? AND left_on IS NULL", [customer_id], "id DESC")
    decided = any(contact.role == "decision maker" for contact in known)
    return Usual(role="user" if decided else "decision maker", language=known[0].language if known else "en")


def language_options(current: str) -> Options:
    """The languages of the handed-over screen, and the one that stands there already."""
    known = [code for code, _ in LANGUAGES]
    return LANGUAGES if current in known else [*LANGUAGES, (current, current)]


def colleague_form(app: RadarApp, before: Colleague | None) -> FormScreen:
    """Add or edit one of our people."""
    row = before or Colleague(id="new", name="?")

    def save(values: Values) -> str:
        return app.store.colleague.change(before, build(Colleague, before, values)).id

    return FormScreen(
        "New colleague" if before is None else "Colleague",
        [
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("function", "Function", value=row.function, hint="receivables, workshop, service …"),
            Field("email", "E-mail", value=row.email),
            Field("phone", "Phone", value=row.phone),
            Field("direct_contact", "Meets customers", "yes/no", row.direct_contact),
            Field("left_on", "Left on", "date", row.left_on, hint="only if they left", past=True),
        ],
        save,
    )


def stream_form(app: RadarApp, customer_id: str, before: Stream | None) -> FormScreen:
    """Add or edit a process stream of a customer."""
    row = before or Stream(id="new", customer_id=customer_id, name="?")

    def save(values: Values) -> str:
        return app.store.stream.change(before, build(Stream, before, values, customer_id=customer_id)).id

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
        return app.store.item.change(before, build(Item, before, values, customer_id=customer_id)).id

    if len(streams) == 1:
        streams = [(None, "– they are added under Streams")]
    return FormScreen(
        "New item" if before is None else "Item",
        [
            Field("tag", "Tag", value=before.tag if before else "", required=True, hint="as on the plate"),
            Field("model", "Model", value=row.model),
            Field("stream_id", "Process stream", "choice", row.stream_id, streams),
            Field("installed_on", "Installed on", "date", row.installed_on, past=True),
            Field("refurbished_on", "Refurbished on", "date", row.refurbished_on, past=True),
            Field("retired_on", "Retired on", "date", row.retired_on, hint="only if it is gone", past=True),
        ],
        save,
    )


def part_form(app: RadarApp, before: Part | None) -> FormScreen:
    """Add or edit a line of our price list."""
    row = before or Part(id="new", sku="?", name="?", currency=app.settings.currency)

    def save(values: Values) -> str:
        listed = values.pop("listed")
        archived_at = None if listed else (row.archived_at or app.store.clock())
        zero = {name: values[name] or 0 for name in ("unit_price", "lead_days")}
        part = build(Part, before, {**values, **zero}, archived_at=archived_at)
        return app.store.part.change(before, part).id

    return FormScreen(
        "New part" if before is None else "Part",
        [
            Field("sku", "SKU", value=before.sku if before else "", required=True),
            Field("name", "Name", value=before.name if before else "", required=True),
            Field("model", "Fits model", value=row.model, hint="the items' model, e.g. RX-40"),
            Field("kind", "Used as", "choice", row.kind, words(PartKind)),
            Field(
                "unit_price",
                "Unit price",
                "money",
                row.unit_price or None,
                hint="e.g. 1240 or 12.50",
                currency=row.currency,
            ),
            Field("currency", "Currency", value=row.currency, required=True),
            Field("lead_days", "Lead time (days)", "number", row.lead_days or None),
            Field("listed", "On the price list", "yes/no", row.archived_at is None),
        ],
        save,
    )


def promise_form(app: RadarApp, before: Promise | None) -> FormScreen:
    """Make or edit one of the three promises."""

    def save(values: Values) -> str:
        made, retired = cast("date", values["made_on"]), cast("date | None", values["retired_on"])
        if retired is not None and retired < made:
            raise ValueError("Retired on: not before the day on which it was made.")
        return app.store.promise.change(before, build(Promise, before, values)).id

    fields: Sequence[Field] = [
        Field("title", "We promise", value=before.title if before else "", required=True),
        Field(
            "made_on", "Made on", "date", before.made_on if before else app.today, required=True, past=True
        ),
        Field(
            "retired_on",
            "Retired on",
            "date",
            before.retired_on if before else None,
            hint="only if it no longer stands",
            past=True,
        ),
    ]
    return FormScreen("New promise" if before is None else "Promise", fields, save)


def want_form(app: RadarApp, before: Want | None) -> FormScreen:
    """Something a customer asked for, and what we decided: served, or parked with the reason."""
    store, row = app.store, before or Want(id="new", title="?")
    found = store.promise.where(order="retired_on IS NOT NULL, made_on, id")
    promises: Options = [(None, "–"), *((promise.id, promise.title) for promise in found)]

    def save(values: Values) -> str:
        after = build(Want, before, values)
        return store.want.change(before, decided(after, after.decision, after.note, after.promise_id)).id

    return FormScreen(
        "New want" if before is None else "Want",
        [
            Field("title", "They ask for", value=before.title if before else "", required=True),
            Field("promise_id", "Tied to", "choice", row.promise_id, promises),
            Field("decision", "Decision", "choice", row.decision, words(WantDecision)),
            Field("note", "Reason or note", value=row.note, hint="why, if it is parked"),
        ],
        save,
    )


def counterpart_form(app: RadarApp, contact: Contact, colleague_id: str | None = None) -> FormScreen:
    """Who of ours a contact should know, and since when they do; without a colleague the pair is taken back.

    `colleague_id` is whose pair is edited; None makes a new one.
    """
    pairs = app.store.counterpart
    before = next((pair for pair in pairs.of(contact.id) if pair.colleague_id == colleague_id), None)
    met_before = before.met_on if before else None

    def save(values: Values) -> str:
        chosen, met_on = values["colleague_id"], cast("date | None", values["met_on"])
        if met_on is not None and met_on > app.today:
            raise ValueError("Met on: a day until today; leave it empty while they have not met.")
        if (chosen, met_on) != (colleague_id, met_before):
            with app.store.transaction():
                if before is not None and chosen != colleague_id:
                    pairs.part(contact.id, before.colleague_id)
                if chosen:
                    pairs.pair(contact.id, str(chosen), met_on)
        return contact.id

    return FormScreen(
        f"Counterpart of {contact.name}",
        [
            Field("colleague_id", "Of ours", "choice", colleague_id, colleague_options(app, colleague_id)),
            Field("met_on", "Met on", "date", met_before, hint="empty: not yet", past=True),
        ],
        save,
    )


def newest_pair(app: RadarApp, contact_id: str) -> str | None:
    """The colleague whose pair a contact's key edits where no pair is shown: who met them last and is still here."""
    here = {one.id for one in app.store.colleague.here()}
    pairs = [pair for pair in app.store.counterpart.of(contact_id) if pair.colleague_id in here]
    found = max(pairs, key=lambda pair: pair.met_on or date.min, default=None)
    return found.colleague_id if found else None


def opportunity_form(app: RadarApp, customer_id: str, before: Opportunity | None) -> FormScreen:
    """Write down business heard of, or change how likely it is."""
    store = app.store
    currency = before.currency if before else store.customer.get(customer_id).currency
    row = before or Opportunity(id="new", customer_id=customer_id, kind="service", title="?")

    def save(values: Values) -> str:
        found = build(Opportunity, before, values, customer_id=customer_id, currency=currency)
        return store.opportunity.change(before, found).id

    return FormScreen(
        "New opportunity" if before is None else "Opportunity",
        [
            Field("title", "Title", value=before.title if before else "", required=True),
            Field("kind", "Kind", "choice", row.kind, words(OpportunityKind)),
            Field("stage", "Stage", "choice", row.stage, words(Stage)),
            Field("probability", "Probability (%)", "number", row.probability, required=True),
            Field("expected_on", "Expected on", "date", row.expected_on),
        ],
        save,
    )


def action_form(
    app: RadarApp,
    customer_id: str | None,
    before: Action | None,
    *,
    title: str = "",
    measure_id: str | None = None,
) -> FormScreen:
    """Something a colleague will do by a date, and the measure it is to raise; a new one may begin with both."""
    row = before or Action(id="new", title="?", owner_id=app.settings.me or None, measure_id=measure_id)

    def save(values: Values) -> str:
        done = values["status"] == "done"
        done_on = (row.done_on or app.today) if done else None
        with app.store.transaction():
            if customer_id and (aimed := values.get("measure_id")):
                app.store.measure.write_down(customer_id, str(aimed))
            found = build(Action, before, values, customer_id=customer_id, done_on=done_on)
            return app.store.action.change(before, found).id

    return FormScreen(
        "New action" if before is None else "Action",
        [
            Field("title", "What", value=before.title if before else title, required=True),
            Field("owner_id", "Who", "choice", row.owner_id, colleague_options(app, row.owner_id)),
            Field("due_on", "By", "date", row.due_on, hint=DAY_HINT),
            Field("status", "Status", "choice", row.status, words(ActionStatus)),
            *measure_fields(app, customer_id, row),
        ],
        save,
    )


def action_about(app: RadarApp, customer_id: str, contact: str, key: str) -> FormScreen:
    """A new action that is to change what a contact answers: it aims at the computed measure of this key."""
    measures = app.store.measure.of_customer(customer_id)
    aimed = next((measure.id for measure in measures if measure.key == key), None)
    return action_form(app, customer_id, None, title=f"{contact}: ", measure_id=aimed)


def measure_fields(app: RadarApp, customer_id: str | None, row: Action) -> list[Field]:
    """What an action aims at: a measure of its customer, and by how many points of its score."""
    gain = Field(
        "expected_gain", "Expected gain", "number", row.expected_gain, hint="points of its score 0–100"
    )
    if customer_id is None:
        return [gain]
    options: Options = [
        (None, "–"),
        *((one.id, one.name) for one in app.store.measure.of_customer(customer_id)),
    ]
    return [Field("measure_id", "To raise", "choice", row.measure_id, options), gain]


def market_form(app: RadarApp, before: Market) -> FormScreen:
    """Change what a market is called."""

    def save(values: Values) -> str:
        return app.store.market.change(before, build(Market, before, values)).id

    return FormScreen("Market", [Field("name", "Name", value=before.name, required=True)], save)


def benchmark_form(app: RadarApp, market_id: str | None, before: Benchmark | None) -> FormScreen:
    """A published NPS of a market, with its source; the market may be a new one."""
    from radar_tui.store.rows.benchmark import Benchmarks

    store = app.store
    markets = market_options(app)

    def save(values: Values) -> str:
        market = str(values.pop("new_market") or "").strip()
        with store.transaction():
            if market:
                values["market_id"] = store.market.save(Market(id=new_id(), name=market)).id
            if not values["market_id"]:
                raise RadarError("A benchmark belongs to a market.", "Choose one or name a new one.")
            return Benchmarks(store).change(before, build(Benchmark, before, values)).id

    return FormScreen(
        "New benchmark" if before is None else "Benchmark",
        [
            Field("market_id", "Market", "choice", before.market_id if before else market_id, markets),
            Field("new_market", "or a new market", hint="only if it is not in the list"),
            Field("nps", "NPS", "number", before.nps if before else None, hint="−100 to 100", required=True),
            Field("source", "Published by", value=before.source if before else "", required=True),
            Field("year", "Year", "number", before.year if before else app.today.year, required=True),
            Field("region", "Region", value=before.region if before else ""),
        ],
        save,
    )


def after_saving(app: RadarApp) -> Callable[[str | None], None]:
    """What a screen does when a form over it closes."""

    def closed(saved: str | None) -> None:
        if saved is not None:
            app.reload()

    return closed
