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


def place_of(store: Store, hit: SearchHit) -> Place:
    """The place that shows it, with the cursor on its row. Raises RadarError if it has none."""
    if hit.table in OUR_TABS:
        return OurselvesAt(OUR_TABS[hit.table], hit.key)
    if hit.table == "follow_up":
        return FollowUpAt(hit.key)
    if hit.table == "response" and (known := store.follow_up.where("response_id = ?", [hit.key])):
        return FollowUpAt(known[0].id)
    if hit.table in ("answer", *STEP_KINDS) and (visit := _visit(store, hit)):
        return visit
    if hit.customer_id is not None:
        return CustomerAt(hit.customer_id, CUSTOMER_TABS.get(hit.table, "overview"), hit.key)
    if hit.table == "action":
        return Room.ACTIONS
    raise RadarError("This belongs to no customer and has no place of its own.", "Its words stand below.")


def _visit(store: Store, hit: SearchHit) -> VisitAt | None:
    """The visit where something was noted, at its step; None for one that has not begun."""
    visit = store.visit.find(hit.visit_id)
    if visit is None or visit.status not in ("in progress", "completed"):
        return None
    return VisitAt(visit.id, _step(store, hit, visit))


def _step(store: Store, hit: SearchHit, visit: Visit) -> str:
    """The key of the step; "" where the checklist has none for it."""
    checklist = store.checklist.of_visit(visit)
    if hit.table == "answer":
        answer = store.answer.find(hit.key)
        placed = checklist.question(answer.question) if answer else None
        return placed[0].key if placed else ""
    kind = STEP_KINDS[hit.table]
    return next((step.key for step in checklist.steps if step.kind == kind), "")
