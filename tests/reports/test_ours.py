"""What is ours stands in nothing that a customer reads: every kind of row, by its mark and by its word, everywhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import pytest

from radar_tui.domain.action import Action
from radar_tui.domain.brief import openers
from radar_tui.domain.promise import Want
from radar_tui.reports.email import email_text
from radar_tui.reports.service import service_report
from radar_tui.reports.visit import visit_report
from radar_tui.reports.words import all_words
from radar_tui.store.ids import new_id
from radar_tui.store.lists.brief import brief
from tests.reports.read import pages_of
from tests.ui.world import World, build

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.store.rows.table import Table
    from radar_tui.store.store import Store

SECRET = "Zyxwvu"
How = Literal["marked", "by its word", "marked as theirs"]


def note(store: Store, world: World, text: str) -> tuple[Table[Any], str]:
    [finding] = store.finding.where("visit_id = ?", [world.visit])
    store.finding.save(finding.model_copy(update={"note": text}))
    return store.finding, finding.id


def action(store: Store, world: World, text: str) -> tuple[Table[Any], str]:
    return store.action, store.action.save(
        Action(
            id=new_id(),
            customer_id=world.customer,
            visit_id=world.visit,
            title=text,
            due_on=store.clock().date(),
        )
    ).id


def line(store: Store, world: World, text: str) -> tuple[Table[Any], str]:
    id = store.opportunity.add_line(world.visit, "replacement", world.part, 1)
    made = store.opportunity.lines.get(id)
    store.opportunity.save_line(made.model_copy(update={"description": text}))
    return store.opportunity.lines, id


def stream(store: Store, world: World, text: str) -> tuple[Table[Any], str]:
    id = store.opportunity.new_stream(world.visit, text, model="RX-40", widgets=2, housings=1, percent=10)
    return store.opportunity, id


def want(store: Store, world: World, text: str) -> tuple[Table[Any], str]:
    made = Want(id=new_id(), customer_id=world.customer, visit_id=world.visit, title=text)
    return store.want, store.want.save(made).id


KINDS: dict[str, Callable[[Store, World, str], tuple[Table[Any], str]]] = {
    "note": note, "action": action, "line": line, "new stream": stream, "want": want,
}  # fmt: skip
TOLD = {"note": "report", "action": "report", "line": "report", "new stream": "report", "want": "brief"}
"""Where it is read when it is not ours."""


def read_by_customers(store: Store, world: World) -> dict[str, str]:
    """Everything that a customer reads of a visit or is told on the next one, by what it is."""
    found = {}
    for language in all_words():
        store.local.save(replace(store.local.settings(), language=language))
        for name, report in (("report", visit_report), ("service", service_report)):
            made = report(store, world.visit)
            found[f"{name} {language}"] = " ".join(pages_of(store, made)) + email_text(made)
    card = brief(store, world.customer, store.clock().date())
    found["brief"] = " ".join(each.text for each in openers(card))
    return found


@pytest.mark.parametrize("how", ["marked", "by its word", "marked as theirs"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_ours_is_read_by_no_customer(store: Store, kind: str, how: How) -> None:
    world = build(store)
    with store.transaction() as connection:
        # It is all they have to be told of.
        connection.execute("UPDATE follow_up SET status = 'closed', closed_at = due_at")
        connection.execute("UPDATE finding SET verdict = 'serviceable'")
        connection.execute("UPDATE promise_check SET kept = 1")
    text = SECRET if how == "marked" else f"Internal {SECRET}"
    table, id = KINDS[kind](store, world, text)
    table.mark(id, {"marked": True, "by its word": None, "marked as theirs": False}[how])
    telling = {place for place, words in read_by_customers(store, world).items() if SECRET in words}
    if how == "marked as theirs":
        assert {place.split()[0] for place in telling} >= {TOLD[kind]}
    else:
        assert telling == set()
