"""Where one may go. A screen names a place, and only `ui.places` knows which screen stands there."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from radar_tui.domain.company import Filters
    from radar_tui.reports.kinds import Subject

Main = Literal["radar", "follow_ups", "company", "ourselves", "sync"]
"""The five main screens, in the order of their digits."""


class Room(Enum):
    """A place that needs no more than its name."""

    ACTIONS = auto()
    SEARCH = auto()
    KEYS = auto()
    SETTINGS = auto()
    REPORT_LOOK = auto()
    INTRODUCTION = auto()
    JOINED = auto()
    IMPORT = auto()
    EXPORT_TABLES = auto()
    EXPORT_CALENDAR = auto()


class CustomerAt(NamedTuple):
    """A customer, at a tab and with the cursor on a row where these are given."""

    customer_id: str
    tab: str = ""
    row: str = ""


class BriefOf(NamedTuple):
    """The car-park card of a customer."""

    customer_id: str


class CardOf(NamedTuple):
    """The scorecard of a customer."""

    customer_id: str


class OverTimeAt(NamedTuple):
    """A customer over time, or one of its measures."""

    customer_id: str
    measure_id: str = ""


class ExportContacts(NamedTuple):
    """The contacts of one customer, of this name, or of all, as a file."""

    customer_id: str | None = None
    customer: str = ""


class VisitAt(NamedTuple):
    """A visit that has begun, at the step with this key or where it was left."""

    visit_id: str
    step: str = ""


class VisitTo(NamedTuple):
    """The running visit to a customer (None: to ourselves), or else the start of one; `planned_id` is held now."""

    customer_id: str | None
    planned_id: str | None = None


class VisitAsText(NamedTuple):
    """What a visit came to, as text for an e-mail."""

    visit_id: str


class FollowUpAt(NamedTuple):
    """One follow-up."""

    follow_up_id: str


class OurselvesAt(NamedTuple):
    """The main screen Ourselves, at a tab and with the cursor on a row."""

    tab: str
    row: str


class ReportOf(NamedTuple):
    """The report of a subject; a company has no id, but is looked at through filters."""

    of: Subject
    id: str = ""
    filters: Filters | None = None


class EntryAt(NamedTuple):
    """One entry of the hub's log."""

    seq: int


Place = (
    Room | CustomerAt | BriefOf | CardOf | OverTimeAt | ExportContacts | VisitAt | VisitTo | VisitAsText | FollowUpAt
    | OurselvesAt | ReportOf | EntryAt
)  # fmt: skip
