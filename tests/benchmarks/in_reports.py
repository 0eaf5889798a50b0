"""What a report costs in process, from the rows to the PDF, against typst setting one bare page in the same run."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Finding, Item
from radar_tui.reports import typeset
from radar_tui.reports.look import look_of
from radar_tui.reports.visit import visit_report
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.benchmarks.figures import Figure, median
from tests.benchmarks.in_store import timed

if TYPE_CHECKING:
    from pathlib import Path

GOALS = {12: 150, 500: 1000}
"""Items to milliseconds."""


def _visit(store: Store, items: int) -> str:
    """A completed visit to a customer with so many items, four visits of history, a note on every third."""
    customer = store.customer.save(Customer(id=new_id(), name=f"Plant with {items} items"))
    checklist = store.checklist.pin(next(one for one in shipped() if one.key == "refurbishment"))
    plant = [
        Item(id=new_id(), customer_id=customer.id, tag=f"W-{n:03}", model=f"RX-{n % 9}") for n in range(items)
    ]
    store.item.save_all(plant)
    visit = ""
    for ago in (400, 300, 200, 100, 0):
        at = store.clock() - timedelta(days=ago)
        row = store.visit.start(customer.id, checklist, None)
        store.visit.save(row.model_copy(update={"status": "completed", "started_at": at, "completed_at": at}))
        visit = row.id
        verdicts = ("serviceable", "serviceable", "deteriorating", "unserviceable", "not inspected")
        store.finding.save_all(
            Finding(
                id=new_id(), visit_id=visit, item_id=item.id, verdict=verdicts[(n + ago) % 5], found_at=at,
                note="seat worn" if n % 3 == 0 else "",
            )
            for n, item in enumerate(plant)
        )  # fmt: skip
    return visit


def figures(folder: Path, runs: int) -> list[Figure]:
    """The first of a size warms up; then each has other words, so that nothing is taken from what was set before."""
    found = []
    with Store.open(folder / "reports.db") as store:
        store.local.save(replace(store.local.settings(), company="Toller"))
        look = look_of(store.local.settings())
        empty = visit_report(store, _visit(store, 1))
        for items, goal in GOALS.items():
            visit = _visit(store, items)
            ours, bare = [], []
            for run in range(runs + 1):

                def make(run: int = run, visit: str = visit) -> None:
                    report = visit_report(store, visit)
                    typeset.pdf(replace(report, subject=f"{report.subject} {run}"), look)

                def page(run: int = run, items: int = items) -> None:
                    typeset.pdf(replace(empty, subject=f"{items} {run}", blocks=[]), look)

                ours.append(timed(make))
                bare.append(timed(page))
            ms = median(ours[1:]) * 1e3
            baseline = median(bare[1:]) * 1e3
            found.append(
                Figure(
                    f"PDF of a visit with {items} items", "ms", ms, goal,
                    notes=(f"{ms / baseline:.1f}× an empty page of the same run ({baseline:.1f} ms); first use "
                           f"{ours[0] * 1e3:.0f} ms",),
                )
            )  # fmt: skip
    return found
