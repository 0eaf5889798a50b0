"""From something found to the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.search import Found
    from radar_tui.ui.app import RadarApp
    from radar_tui.ui.frame.tabbed import TabbedPage

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
STEP_KINDS = {"finding": "integrity", "promise_check": "promises", "want": "promises", "visit": "summary"}
"""The kind of step in which the rows of a table are written; an answer stands where its question does."""


def go_to(app: RadarApp, found: Found) -> None:
    """Open the screen that shows it, with the cursor on its row. Raises RadarError if it is gone."""
    if found.table in OUR_TABS:
        app.action_main("ourselves")
        _point(app.screen, OUR_TABS[found.table], found.key)  # type: ignore[arg-type]
    elif found.table == "follow_up":
        _follow_up(app, found.key)
    elif found.table == "response" and (of := _follow_up_of(app, found.key)):
        _follow_up(app, of)
    elif found.table in ("answer", *STEP_KINDS) and _visit(app, found):
        return
    elif found.table == "action" and found.customer_id is None:
        from radar_tui.ui.screens.actions.screen import ActionsScreen

        app.push_screen(ActionsScreen())
    else:
        _customer(app, found)


def _follow_up(app: RadarApp, id: str) -> None:
    from radar_tui.ui.screens.follow_ups.one import FollowUpScreen

    app.push_screen(FollowUpScreen(id))


def _follow_up_of(app: RadarApp, response_id: str) -> str | None:
    known = app.store.follow_up.where("response_id = ?", [response_id])
    return known[0].id if known else None


def _visit(app: RadarApp, found: Found) -> bool:
    """Open the visit where something was noted, at its step; False for one that has not begun."""
    from radar_tui.ui.screens.visit.screen import VisitScreen

    visit = app.store.visit.find(found.visit_id)
    if visit is None or visit.status not in ("in progress", "completed"):
        return False
    app.push_screen(VisitScreen(visit.id, _step(app, found, visit)))
    return True


def _step(app: RadarApp, found: Found, visit: Visit) -> str:
    """The key of the step; "" where the checklist has none for it."""
    checklist = app.store.checklist.of_visit(visit)
    if found.table == "answer":
        answer = app.store.answer.find(found.key)
        placed = checklist.question(answer.question) if answer else None
        return placed[0].key if placed else ""
    kind = STEP_KINDS[found.table]
    return next((step.key for step in checklist.steps if step.kind == kind), "")


def _customer(app: RadarApp, found: Found) -> None:
    from radar_tui.ui.screens.customer.screen import CustomerScreen

    if found.customer_id is None:
        raise RadarError("This belongs to no customer and has no place of its own.", "Its words stand below.")
    screen = CustomerScreen(found.customer_id)
    app.push_screen(screen)
    _point(screen, CUSTOMER_TABS.get(found.table, "overview"), found.key)


def _point(screen: TabbedPage, tab: str, key: str) -> None:
    """Show a tab with the cursor on a row, once the screen is there."""

    def point() -> None:
        if screen.is_attached:
            screen.go_to(tab)
            if (table := screen.table) is not None:
                table.go_to(key)

    screen.call_after_refresh(point)
