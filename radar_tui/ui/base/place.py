"""Where one may go. A screen names a place, and only `ui.places` knows which screen stands there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
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


@dataclass(frozen=True, slots=True)
class CustomerAt:
    """A customer, at a tab and with the cursor on a row where these are given."""

    customer_id: str
    tab: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class BriefOf:
    """The car-park card of a customer."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class CardOf:
    """The scorecard of a customer."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """A customer over time, or one of its measures."""

    customer_id: str
    measure_id: str = ""


@dataclass(frozen=True, slots=True)
class ExportContacts:
    """The contacts of one customer, of this name, or of all, as a file."""

    customer_id: str | None = None
    customer: str = ""


@dataclass(frozen=True, slots=True)
class VisitAt:
    """A visit that has begun, at the step with this key or where it was left."""

    visit_id: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class VisitTo:
    """The running visit to a customer (None: to ourselves), or else the start of one; `planned_id` is held now."""

    customer_id: str | None
    planned_id: str | None = None


@dataclass(frozen=True, slots=True)
class VisitAsText:
    """What a visit came to, as text for an e-mail."""

    visit_id: str


@dataclass(frozen=True, slots=True)
class FollowUpAt:
    """One follow-up."""

    follow_up_id: str


@dataclass(frozen=True, slots=True)
class OurselvesAt:
    """The main screen Ourselves, at a tab and with the cursor on a row."""

    tab: str
    row: str


@dataclass(frozen=True, slots=True)
class ReportOf:
    """The report of a subject; a company has no id."""

    of: Subject
    id: str = ""


@dataclass(frozen=True, slots=True)
class EntryAt:
    """One entry of the hub's log."""

    seq: int


Place = (
    Room | CustomerAt | BriefOf | CardOf | OverTime | ExportContacts | VisitAt | VisitTo | VisitAsText | FollowUpAt
    | OurselvesAt | ReportOf | EntryAt
)  # fmt: skip
