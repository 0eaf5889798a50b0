"""Starting a visit, going on with the one that was interrupted, and with another checklist."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words, long_words
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.frame.right_clock import with_right_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.customer import Customer
    from radar_tui.domain.visit import Occasion, Visit
    from radar_tui.ui.base.host import Host


def open_visit(app: Host, visit_id: str, step: str = "") -> None:
    """Open a visit at a step, or where it was left; one that was discarded is taken up again, once that is said. Where
    it stands just below, it is gone back to.

    Raises RadarError if the visit is gone.
    """
    from radar_tui.ui.screens.visit.screen import VisitScreen

    def go_on(yes: bool | None = True) -> None:
        if not yes:
            return
        with app.saying():
            if app.store.visit.get(visit_id).discarded:
                app.store.leaving.restore(visit_id)
            app.push_screen(VisitScreen(visit_id, step))

    below = app.screen_stack[-2] if len(app.screen_stack) > 1 else None
    if not step and isinstance(below, VisitScreen) and below.visit_id == visit_id:
        app.pop_screen()
        return
    if not app.store.visit.get(visit_id).discarded:
        go_on()
        return
    stake = app.store.leaving.stake(visit_id).words()
    words = f"It comes back with {stake}." if stake else "Nothing hangs on it."
    app.push_screen(ConfirmScreen("Take this discarded visit up again?", words), go_on)


def start_visit(app: Host, customer_id: str | None, planned_id: str | None = None) -> None:
    """Resume the visit to this customer (None: ourselves) at once, or ask which checklist a new one follows.

    `planned_id` is the planned visit that is to be held now, which is asked about while another is in progress; else
    the next one of the same occasion is. Raises RadarError if the customer is gone.
    """
    running = app.store.visit.in_progress(customer_id)
    if running is None:
        _choose(app, customer_id, planned_id)
    elif planned_id is None:
        open_visit(app, running.id)
    else:
        title = app.store.checklist.of_visit(running).title
        since = day_words(running.day(app.store.clock()), app.today)
        beside = partial(_choose, app, customer_id, planned_id, beside=running.id)
        app.push_screen(
            ConfirmScreen(
                "Start the planned one, too?",
                f"Another visit is in progress here: {title}, since {since}. It stays as it is; v goes on with the "
                "one that was begun last, and enter under Visits with either.",
            ),
            lambda yes: beside() if yes else None,
        )


def _choose(app: Host, customer_id: str | None, planned_id: str | None, beside: str = "") -> None:
    """Ask which checklist a visit that starts now follows. One that another Radar has started meanwhile goes on, but
    for the one `beside` which it starts."""
    from radar_tui.ui.screens.visit.start import ChooseChecklist, offered_for

    store = app.store
    customer = store.customer.get(customer_id) if customer_id is not None else None
    offered = offered_for(app, customer)
    first, planned = _planned(app, customer, planned_id)

    def start(checklist: Checklist) -> str:
        with store.transaction():
            # Another Radar may have started it while this was read.
            running = store.visit.in_progress(customer_id)
            if running is not None and running.id != beside:
                return running.id
            app.discreet = app.settings.discreet
            return store.visit.start(
                customer_id,
                store.checklist.pin(checklist),
                app.settings.me or None,
                occasion=checklist.occasion,
                planned=planned.get(checklist.occasion),
            ).id

    name = customer.name if customer else "Ourselves"
    chooser = ChooseChecklist(
        [("Visit  ", "muted"), (name, "strong")],
        offered,
        lambda checklist: _planned_words(app, planned, checklist),
        start,
        _place(app, first, offered.checklists),
    )

    def started(visit_id: str | None) -> None:
        if visit_id is not None:
            open_visit(app, visit_id)

    with_right_clock(app, lambda: app.push_screen(chooser, started))


def _planned(
    app: Host, customer: Customer | None, planned_id: str | None
) -> tuple[Visit | None, dict[Occasion, Visit]]:
    """The planned visit to propose, and the one of each occasion that a visit of it would become."""
    found = app.store.visit.planned(customer.id if customer else None)
    planned = sorted(found, key=lambda visit: visit.id != planned_id)
    if planned_id is None and customer is not None:
        # What is begun without a word about it is a customer visit, not an observation day that is planned earlier.
        planned.sort(key=lambda visit: visit.occasion != "customer visit")
    return planned[0] if planned else None, {visit.occasion: visit for visit in reversed(planned)}


def _planned_words(app: Host, planned: Mapping[Occasion, Visit], checklist: Checklist) -> str:
    visit = planned.get(checklist.occasion)
    if visit is not None and visit.planned_on is not None:
        return f"Planned for {long_words(visit.planned_on, app.today)}: this becomes that visit."
    if planned:
        return "What is planned stays planned; this starts now."
    return "Nothing is planned; it starts now."


def _place(app: Host, planned: Visit | None, fitting: Sequence[Checklist]) -> int:
    """Where the checklist of the planned visit stands; else the first."""
    if planned is None:
        return 0
    stored = app.store.checklist.get(planned.checklist_id)
    keys = [one.key for one in fitting]
    return keys.index(stored.key) if stored.key in keys else 0
