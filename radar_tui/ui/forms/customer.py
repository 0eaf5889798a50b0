"""The forms of a customer and what belongs to one: contacts, streams, items, counterparts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast

from radar_tui.domain.customer import (
    Contact,
    ContactRole,
    Customer,
    CustomerKind,
    CustomerStatus,
    Market,
)
from radar_tui.domain.integrity import Item, Stream, StreamStatus
from radar_tui.store.ids import new_id
from radar_tui.ui.forms.common import (
    LANGUAGES,
    Options,
    build,
    colleague_options,
    market_options,
    without_none,
    words,
)
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host


def customer_form(app: Host, before: Customer | None) -> FormScreen:
    """Add or edit a customer."""
    store, row = app.store, before or Customer(id="new", name="?", currency=app.settings.currency)
    markets = market_options(app)
    owners = colleague_options(app, row.owner_id)

    def save(values: FormValues) -> str:
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
            FormField("name", "Name", value=before.name if before else "", required=True),
            FormField("kind", "We supply", "choice", row.kind, words(CustomerKind)),
            FormField("status", "Status", "choice", row.status, words(CustomerStatus)),
            FormField("market_id", "Market", "choice", row.market_id, markets),
            FormField("new_market", "or a new market", hint="only if it is not in the list"),
            FormField("owner_id", "BRM", "choice", row.owner_id or app.settings.me, owners),
            FormField("cadence_days", "Visit every (days)", "number", row.cadence_days),
            FormField(
                "annual_value",
                "Value a year",
                "money",
                row.annual_value or None,
                some=True,
                hint="e.g. 120000",
                currency=row.currency,
            ),
            FormField("currency", "Currency", value=row.currency, hint="EUR, GBP, USD …", required=True),
            FormField("city", "City", value=row.city),
            FormField("country", "Country", value=row.country),
            FormField("notes", "Notes", value=row.notes),
        ],
        save,
    )


def contact_form(app: Host, customer_id: str, before: Contact | None, *, seen: bool = False) -> FormScreen:
    """Add or edit a contact of a customer; without their role where that contact may see the screen."""
    row = before or Contact(id="new", customer_id=customer_id, name="?", **_usual(app, customer_id))

    def save(values: FormValues) -> str:
        found = build(Contact, before, {"role": row.role, **values}, customer_id=customer_id)
        return app.store.contact.change(before, found).id

    role = [] if seen else [FormField("role", "Role", "choice", row.role, words(ContactRole))]
    return FormScreen(
        "New contact" if before is None else "Contact",
        [
            FormField("name", "Name", value=before.name if before else "", required=True),
            *role,
            FormField("job_title", "Job title", value=row.job_title),
            FormField("function", "Function", value=row.function, hint="maintenance, purchasing, payables …"),
            FormField("email", "E-mail", value=row.email),
            FormField("phone", "Phone", value=row.phone),
            FormField("language", "Reads", "choice", row.language, language_options(row.language)),
            FormField("left_on", "Left on", "date", row.left_on, hint="only if they left", past=True),
        ],
        save,
    )


class Usual(TypedDict):
    """What is proposed for a new contact."""

    role: ContactRole
    language: str


def _usual(app: Host, customer_id: str) -> Usual:
    """Somebody must decide, so the first who is named does; the newest contact's language is proposed."""
    known = app.store.contact.here(customer_id)
    decided = any(contact.role == "decision maker" for contact in known)
    return Usual(role="user" if decided else "decision maker", language=known[0].language if known else "en")


def language_options(current: str) -> Options:
    """The languages of the handed-over screen, and the one that stands there already."""
    known = [code for code, _ in LANGUAGES]
    return LANGUAGES if current in known else [*LANGUAGES, (current, current)]


def stream_form(app: Host, customer_id: str, before: Stream | None) -> FormScreen:
    """Add or edit a process stream of a customer."""
    row = before or Stream(id="new", customer_id=customer_id, name="?")

    def save(values: FormValues) -> str:
        return app.store.stream.change(before, build(Stream, before, values, customer_id=customer_id)).id

    return FormScreen(
        "New process stream" if before is None else "Process stream",
        [
            FormField(
                "name", "Name", value=before.name if before else "", required=True, hint="e.g. Tissue line 2"
            ),
            FormField("status", "Status", "choice", row.status, words(StreamStatus)),
            FormField("note", "Note", value=row.note),
        ],
        save,
    )


def item_form(app: Host, customer_id: str, before: Item | None) -> FormScreen:
    """Add or edit an item of ours in a customer's plant."""
    row = before or Item(id="new", customer_id=customer_id, tag="?")
    streams: Options = [
        (None, "–"),
        *((stream.id, stream.name) for stream in app.store.stream.where("customer_id = ?", [customer_id])),
    ]

    def save(values: FormValues) -> str:
        return app.store.item.change(before, build(Item, before, values, customer_id=customer_id)).id

    if len(streams) == 1:
        streams = [(None, "– they are added under Streams")]
    return FormScreen(
        "New item" if before is None else "Item",
        [
            FormField(
                "tag", "Tag", value=before.tag if before else "", required=True, hint="as on the plate"
            ),
            FormField("model", "Model", value=row.model),
            FormField("stream_id", "Process stream", "choice", row.stream_id, streams),
            FormField("installed_on", "Installed on", "date", row.installed_on, past=True),
            FormField("refurbished_on", "Refurbished on", "date", row.refurbished_on, past=True),
            FormField(
                "retired_on", "Retired on", "date", row.retired_on, hint="only if it is gone", past=True
            ),
        ],
        save,
    )


def counterpart_form(app: Host, contact: Contact, colleague_id: str | None = None) -> FormScreen:
    """Who of ours a contact should know, and since when they do; without a colleague the pair is taken back.

    `colleague_id` is whose pair is edited; None makes a new one.
    """
    pairs = app.store.counterpart
    before = next((pair for pair in pairs.of(contact.id) if pair.colleague_id == colleague_id), None)
    met_before = before.met_on if before else None

    def save(values: FormValues) -> str:
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
            FormField(
                "colleague_id", "Of ours", "choice", colleague_id, colleague_options(app, colleague_id)
            ),
            FormField("met_on", "Met on", "date", met_before, hint="empty: not yet", past=True),
        ],
        save,
    )


def newest_pair(app: Host, contact_id: str) -> str | None:
    """The colleague whose pair a contact's key edits where no pair is shown: who met them last and is still here."""
    here = {one.id for one in app.store.colleague.here()}
    pairs = [pair for pair in app.store.counterpart.of(contact_id) if pair.colleague_id in here]
    found = max(pairs, key=lambda pair: pair.met_on or date.min, default=None)
    return found.colleague_id if found else None
