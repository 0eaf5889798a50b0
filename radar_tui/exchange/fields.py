"""Which columns each kind of import has, what each takes, and what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["tickets", "customers", "contacts", "colleagues", "items", "parts", "readings"]
WordList = Literal[
    "priority",
    "satisfied",
    "ticket_kind",
    "role",
    "customer_kind",
    "customer_status",
    "part_kind",
    "direct_contact",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
Type = Literal["text", "key", "moment", "day", "number", "whole", "money", "word", "ref"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column. Money stands in a file in major units (12.50).

    `column` is the table's own name of it, `of` the words it takes or what it refers to.

    An empty cell changes nothing, except where `clears`: a ticket without an end is open again.
    """

    name: str
    type: Type = "text"
    needed: bool = False
    of: WordList | str = ""
    column: str = ""
    clears: bool = False
    least: float | None = None
    most: float | None = None

    @property
    def stored(self) -> str:
        return self.column or self.name

    @property
    def id_heading(self) -> str:
        """Under which an export of ours also has the id of what it refers to: names may be had by two."""
        return f"{self.name} id" if self.type == "ref" else ""


_CUSTOMER = Field("customer", "ref", True, "customer", "customer_id")

FIELDS: dict[Kind, tuple[Field, ...]] = {
    "tickets": (
        _CUSTOMER,
        Field("reference", "key", True),
        Field("kind", "word", of="ticket_kind"),
        Field("category"),
        Field("priority", "word", of="priority"),
        Field("subject"),
        Field("opened_at", "moment", True),
        Field("closed_at", "moment", clears=True),
        Field("satisfied", "word", of="satisfied"),
        Field("comment"),
        Field("followed_up_by", "ref", of="colleague"),
        Field("followed_up_on", "day"),
        Field("outcome"),
        Field("shown_on", "day"),
    ),
    "customers": (
        Field("name", "key", True),
        Field("kind", "word", of="customer_kind"),
        Field("status", "word", of="customer_status"),
        Field("market", "ref", of="market", column="market_id"),
        Field("owner", "ref", of="colleague", column="owner_id"),
        Field("cadence_days", "whole", least=1, most=999),
        Field("annual_value", "money", least=0),
        Field("currency", "key"),
        Field("city"),
        Field("country"),
        Field("notes"),
        Field("archived_at", "moment"),
    ),
    "contacts": (
        _CUSTOMER,
        Field("name", "key", True),
        Field("job_title"),
        Field("function"),
        Field("role", "word", of="role"),
        Field("email"),
        Field("phone"),
        Field("language", "key"),
        Field("left_on", "day"),
    ),
    "colleagues": (
        Field("name", "key", True),
        Field("function"),
        Field("email"),
        Field("phone"),
        Field("direct_contact", "word", of="direct_contact"),
        Field("left_on", "day"),
    ),
    "items": (
        _CUSTOMER,
        Field("tag", "key", True),
        Field("model"),
        Field("stream", "ref", of="stream", column="stream_id"),
        Field("installed_on", "day"),
        Field("refurbished_on", "day"),
        Field("retired_on", "day"),
    ),
    "parts": (
        Field("sku", "key", True),
        Field("name", "key", True),
        Field("model"),
        Field("kind", "word", of="part_kind"),
        Field("unit_price", "money", least=0),
        Field("currency", "key"),
        Field("lead_days", "whole", least=0, most=999),
        Field("archived_at", "moment"),
        Field("translations"),
    ),
    "readings": (
        _CUSTOMER,
        Field("measure", "ref", True, "measure", "measure_id"),
        Field("as_of", "day", True),
        Field("value", "number", True),
    ),
}
