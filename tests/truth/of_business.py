"""What each surface says of business, against the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.company import Filters
from radar_tui.domain.opportunity import LINE_OF
from radar_tui.store.facts.derived import known
from radar_tui.store.lists.company_value import found_on_visits
from radar_tui.store.lists.customer import CustomerLists
from tests.truth.business import Business

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth

SHOWN = 730


def of_business(store: Store, truth: Truth) -> Iterator[tuple[str, str, object, object]]:
    """Every sum, and which lines stand on which visit."""
    so = Business(truth)
    for one in truth.rows.customers:
        lists = CustomerLists(store, one.id)
        told = {
            (stage, currency): (count, value)
            for stage, rows in lists.pipeline().items()
            for count, value, currency in rows
        }
        yield "overview", f"{one.name} pipeline", told, so.pipeline(one)
        rows = {row.id: (row.value, row.open) for row in lists.opportunities(0, 999)}
        here = [offer for offer in truth.rows.opportunities if offer.customer_id == one.id]
        yield (
            "opportunities",
            f"{one.name} values",
            rows,
            {each.id: (so.value(each), so.left(each)) for each in here},
        )
        visits = {row.id: row.found for row in lists.visits(0, 999)}
        held = [visit for visit in truth.rows.visits if visit.customer_id == one.id]
        yield "visits", f"{one.name} found", visits, {visit.id: so.found_on(visit) for visit in held}
        orders = known(store, "orders", one.id, truth.today, 365)
        count, value = so.orders(one)
        expected = (100 * value / one.annual_value, count) if one.annual_value else (None, 0)
        yield "card", f"{one.name} orders", (orders.value, orders.n), expected
        for visit in held:
            for kind in LINE_OF.values():
                told_lines = {line.id for line in store.opportunity.lines_of(visit.id, kind)}
                yield "visit", f"{visit.id} {kind}", told_lines, so.on_visit(visit, kind)
    quarters = so.by_quarter()
    for row in found_on_visits(store, truth.today, Filters()):
        said = (row.visits, row.value, row.won)
        yield "company", f"{row.start} {row.currency} found", said, quarters.pop((row.start, row.currency))
    recent = [start for start, _ in quarters if 0 <= (truth.today - start).days < SHOWN - 92]
    yield "company", "quarters left out", recent, []
