"""From something found to the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.errors import RadarError
from radar_tui.ui.base.place import CustomerAt, FollowUpAt, OurselvesAt, Room, VisitAt

if TYPE_CHECKING:
    from radar_tui.domain.checklist import StepKind
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.search import SearchHit
    from radar_tui.store.store import Store
    from radar_tui.ui.base.place import Place

CUSTOMER_TABS = {
    "customer": "overview",
    "contact": "people",
    "item": "items",
    "stream": "streams",
    "visit": "visits",
    "opportunity": "opportunities",
    "action": "actions",
    "ticket": "service",
}
OUR_TABS = {"colleague": "colleagues", "part": "parts", "promise": "promises"}
STEP_KINDS: dict[str, StepKind] = {
    "finding": "integrity",
    "promise_check": "promises",
    "want": "promises",
    "visit": "summary",
}
"""The kind of step in which the rows of a table are written; an answer stands where its question does."""


def place_of(store: Store, found: SearchHit) -> Place:
    """The place that shows it, with the cursor on its row. Raises RadarError if it has none."""
    if found.table in OUR_TABS:
        return OurselvesAt(OUR_TABS[found.table], found.key)
    if found.table == "follow_up":
        return FollowUpAt(found.key)
    if found.table == "response" and (known := store.follow_up.where("response_id = ?", [found.key])):
        return FollowUpAt(known[0].id)
    if found.table in ("answer", *STEP_KINDS) and (visit := _visit(store, found)):
        return visit
    if found.customer_id is not None:
        return CustomerAt(found.customer_id, CUSTOMER_TABS.get(found.table, "overview"), found.key)
    if found.table == "action":
        return Room.ACTIONS
    raise RadarError("This belongs to no customer and has no place of its own.", "Its words stand below.")


def _visit(store: Store, found: SearchHit) -> VisitAt | None:
    """The visit where something was noted, at its step; None for one that has not begun."""
    visit = store.visit.find(found.visit_id)
    if visit is None or visit.status not in ("in progress", "completed"):
        return None
    return VisitAt(visit.id, _step(store, found, visit))


def _step(store: Store, found: SearchHit, visit: Visit) -> str:
    """The key of the step; "" where the checklist has none for it."""
    checklist = store.checklist.of_visit(visit)
    if found.table == "answer":
        answer = store.answer.find(found.key)
        placed = checklist.question(answer.question) if answer else None
        return placed[0].key if placed else ""
    kind = STEP_KINDS[found.table]
    return next((step.key for step in checklist.steps if step.kind == kind), "")
