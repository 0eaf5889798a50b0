"""Which columns each kind of import has, what each takes, and what is needed."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Kind = Literal["tickets", "customers", "contacts", "colleagues", "items", "parts", "readings"]
WordList = Literal[
    "priority",
    "satisfied",
    "ticket_kind",
    "ticket_status",
    "role",
    "customer_kind",
    "customer_status",
    "part_kind",
    "direct_contact",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Type = Literal["text", "key", "moment", "day", "number", "whole", "money", "word", "ref"]


class FileField(NamedTuple):
    """One column. Money stands in a file in major units (12.50).

    `column` is the table's own name of it, `of` the words it takes or what it refers to.

    An empty cell changes nothing, except where `clears`: a ticket without an end is open again. What does not stay
    only says what becomes of the others.
    """

    name: str
    type: Type = "text"
    needed: bool = False
    of: WordList | str = ""
    column: str = ""
    clears: bool = False
    least: float | None = None
    most: float | None = None
    stays: bool = True

    @property
    def stored(self) -> str:
        return self.column or self.name

    @property
    def id_heading(self) -> str:
        """Under which an export of ours also has the id of what it refers to: names may be had by two."""
        return f"{self.name} id" if self.type == "ref" else ""


_CUSTOMER = FileField("customer", "ref", True, "customer", "customer_id")

FIELDS: dict[Kind, tuple[FileField, ...]] = {
    "tickets": (
        _CUSTOMER,
        FileField("reference", "key", True),
        FileField("kind", "word", of="ticket_kind"),
        FileField("category"),
        FileField("priority", "word", of="priority"),
        FileField("subject"),
        FileField("opened_at", "moment", True),
        FileField("closed_at", "moment", clears=True),
        FileField("status", "word", of="ticket_status", stays=False),
        FileField("updated_at", "moment", stays=False),
        FileField("satisfied", "word", of="satisfied"),
        FileField("comment"),
        FileField("followed_up_by", "ref", of="colleague"),
        FileField("followed_up_on", "day"),
        FileField("outcome"),
        FileField("shown_on", "day"),
    ),
    "customers": (
        FileField("name", "key", True),
        FileField("kind", "word", of="customer_kind"),
        FileField("status", "word", of="customer_status"),
        FileField("market", "ref", of="market", column="market_id"),
        FileField("owner", "ref", of="colleague", column="owner_id"),
        FileField("cadence_days", "whole", least=1, most=999),
        FileField("annual_value", "money", least=0),
        FileField("currency", "key"),
        FileField("city"),
        FileField("country"),
        FileField("notes"),
        FileField("archived_at", "moment"),
    ),
    "contacts": (
        _CUSTOMER,
        FileField("name", "key", True),
        FileField("job_title"),
        FileField("function"),
        FileField("role", "word", of="role"),
        FileField("email"),
        FileField("phone"),
        FileField("language", "key"),
        FileField("left_on", "day"),
    ),
    "colleagues": (
        FileField("name", "key", True),
        FileField("function"),
        FileField("email"),
        FileField("phone"),
        FileField("direct_contact", "word", of="direct_contact"),
        FileField("left_on", "day"),
    ),
    "items": (
        _CUSTOMER,
        FileField("tag", "key", True),
        FileField("model"),
        FileField("stream", "ref", of="stream", column="stream_id"),
        FileField("installed_on", "day"),
        FileField("refurbished_on", "day"),
        FileField("retired_on", "day"),
    ),
    "parts": (
        FileField("sku", "key", True),
        FileField("name", "key", True),
        FileField("model"),
        FileField("kind", "word", of="part_kind"),
        FileField("unit_price", "money", least=0),
        FileField("currency", "key"),
        FileField("lead_days", "whole", least=0, most=999),
        FileField("archived_at", "moment"),
        FileField("translations"),
    ),
    "readings": (
        _CUSTOMER,
        FileField("measure", "ref", True, "measure", "measure_id"),
        FileField("as_of", "day", True),
        FileField("value", "number", True),
    ),
}
