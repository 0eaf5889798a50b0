"""The forms that plan a visit, a self-check or an observation day, and move it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from radar_tui.domain.text import one_line, plural
from radar_tui.domain.visit import Visit
from radar_tui.errors import RadarError
from radar_tui.ui.forms.common import Options, build
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.customer import Customer
    from radar_tui.ui.base.host import Host


def planned_visit_form(app: Host, customer_id: str | None, before: Visit | None) -> FormScreen:
    """Plan a visit, move a planned one, or say that it did not or will not take place; None plans a self-check."""
    store = app.store
    status: Options = [("planned", "planned"), ("missed", "missed"), ("cancelled", "cancelled")]
    stood = before.planned_on if before else None
    day = FormField("planned_on", "Planned on", "date", stood, required=True, ahead=True)
    if before is not None:
        return FormScreen(
            "Planned visit",
            [day, FormField("status", "Status", "choice", before.status, status)],
            lambda values: store.visit.change(before, build(Visit, before, values)).id,
        )
    from radar_tui import paths
    from radar_tui.checklists.loader import library
    from radar_tui.domain.checklist import fitting_checklists

    found = library(paths.user_checklists())
    customer = store.customer.get(customer_id) if customer_id else None
    lists: Options = [(one.key, str(one.title)) for one in fitting_checklists(found.checklists, customer)]

    def save(values: FormValues) -> str:
        return _plan(app, customer, found.get(str(values["checklist"])), cast("date", values["planned_on"]))

    return FormScreen(
        "Plan a visit" if customer else "Plan a self-check",
        [day, FormField("checklist", "Checklist", "choice", lists[0][0], lists)],
        save,
    )


def observation_form(app: Host) -> FormScreen:
    """Plan a day beside the people of a customer, named by how it begins."""
    from radar_tui import paths
    from radar_tui.checklists.loader import library
    from radar_tui.store.lists.brief import customers_like

    found = library(paths.user_checklists())
    lists: Options = [
        (one.key, str(one.title)) for one in found.checklists if one.occasion == "observation day"
    ]

    def save(values: FormValues) -> str:
        words = str(values["customer"])
        like = customers_like(app.store, words)
        if len(like) != 1:
            names = ", ".join(one_line(name) for _, name in like[:3])
            raise RadarError(
                f"{plural(len(like), 'customer')} called “{one_line(words)}”{': ' if names else ''}{names}.",
                "Give more of the name." if like else "Give the name, or how it begins.",
            )
        customer = app.store.customer.get(like[0][0])
        return _plan(app, customer, found.get(str(values["checklist"])), cast("date", values["planned_on"]))

    return FormScreen(
        "Plan an observation day",
        [
            FormField("customer", "Customer", hint="name, or how it begins", required=True),
            FormField("planned_on", "Planned on", "date", required=True, ahead=True),
            FormField("checklist", "Checklist", "choice", lists[0][0], lists),
        ],
        save,
    )


def _plan(app: Host, customer: Customer | None, checklist: Checklist, day: date) -> str:
    store, brm = app.store, (customer.owner_id if customer else None) or app.settings.me or None
    with store.transaction():
        pinned = store.checklist.pin(checklist)
        of = customer.id if customer else None
        return store.visit.plan(of, pinned, day, brm, checklist.occasion).id
