"""Starting a visit, or going on with the one that was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.checklist import fitting_checklists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.visit import Visit
    from radar_tui.ui.base.host import Host
    from radar_tui.ui.screens.visit.start import StartVisit


def start_visit(app: Host, customer_id: str | None, planned_id: str | None = None) -> None:
    """Resume the visit to this customer (None: ourselves) at once, or ask which checklist a new one follows.

    `planned_id` is the planned visit that is to be held now; else the next one of the same occasion is. Raises
    RadarError if the customer is gone.
    """
    from radar_tui.ui.screens.visit.screen import VisitScreen

    running = app.store.visit.in_progress(customer_id)
    if running is not None:
        app.push_screen(VisitScreen(running.id))
        return

    def started(visit_id: str | None) -> None:
        if visit_id is not None:
            app.push_screen(VisitScreen(visit_id))

    app.push_screen(_chooser(app, customer_id, planned_id), started)


def _chooser(app: Host, customer_id: str | None, planned_id: str | None) -> StartVisit:
    from radar_tui.checklists.loader import library
    from radar_tui.paths import user_checklists
    from radar_tui.ui.screens.visit.start import StartVisit

    store = app.store
    customer = store.customer.get(customer_id) if customer_id is not None else None
    known = library(user_checklists())
    fitting = fitting_checklists(store.checklist.available(user_checklists()), customer)
    planned = sorted(store.visit.planned(customer_id), key=lambda visit: visit.id != planned_id)
    if planned_id is None and customer is not None:
        # What is begun without a word about it is a customer visit, not an observation day that is planned earlier.
        planned.sort(key=lambda visit: visit.occasion != "customer visit")
    return StartVisit(
        customer,
        fitting,
        {visit.occasion: visit for visit in reversed(planned)},
        sources=[known.sources.get(one.key, "an earlier visit") for one in fitting],
        problems=len(known.problems),
        first=_planned_place(app, planned[0] if planned else None, fitting),
    )


def _planned_place(app: Host, planned: Visit | None, fitting: Sequence[Checklist]) -> int:
    """Where the checklist of the planned visit stands; else the first."""
    if planned is None:
        return 0
    stored = app.store.checklist.get(planned.checklist_id)
    keys = [one.key for one in fitting]
    return keys.index(stored.key) if stored.key in keys else 0
