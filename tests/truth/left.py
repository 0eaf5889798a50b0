"""Visits that were begun by mistake, with what hangs on them: nobody is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.lists.brief import brief
from radar_tui.store.lists.customer import CustomerLists

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from random import Random

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth


def fill(connection: sqlite3.Connection, dice: Random, customer: str) -> None:
    """An action or none on every visit of a customer, and one between visits."""
    visits = [row[0] for row in connection.execute("SELECT id FROM visit WHERE customer_id = ?", [customer])]
    for place, visit in enumerate([None, *visits]):
        if dice.random() < 0.5:
            connection.execute(
                "INSERT INTO action (id, customer_id, visit_id, title, status) VALUES (?, ?, ?, 'Call', ?)",
                [f"{customer} a{place}", customer, visit, dice.choice(["open", "open", "done", "dropped"])],
            )


def differences(store: Store, truth: Truth) -> Iterator[tuple[str, str, object, object]]:
    """Where actions are told of, and the words for each visit."""
    for one in truth.rows.customers:
        lists = CustomerLists(store, one.id)
        there = [action for action in truth.rows.actions if action.customer_id == one.id]
        opened = {action.id for action in there if action.status == "open"}
        yield (
            "customer",
            f"{one.name} actions",
            {row.id for row in lists.actions(0, 99)},
            {row.id for row in there},
        )
        yield "customer", f"{one.name} count", lists.count("actions"), len(there)
        loops = [loop for loop in brief(store, one.id, truth.today).loops if loop.kind == "action"]
        yield "brief", f"{one.name} actions", len(loops), len(opened)
        words = {row.id: row.status for row in lists.visits(0, 99)}
        so = {
            visit.id: "discarded" if visit.status == "cancelled" and visit.started_at else visit.status
            for visit in truth.rows.visits
            if visit.customer_id == one.id
        }
        yield "customer", f"{one.name} visits", words, so
