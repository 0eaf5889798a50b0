"""`kill -9` while a loop is closed: each step of a follow-up, an action, a reading, a measure, a benchmark that was
painted as done is in the file, and none is there by half.

Real processes in real terminals, as in test_kill_service. Snapshots of all cards are killed on their way, too.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from radar_tui.domain import follow_up as steps
from radar_tui.domain.action import Action
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.scorecard import Measure
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.test_kill import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal

CUSTOMERS = 400


def prepared(path: Path) -> None:
    """Two follow-ups to call, two without their cause, two fixed, two to close as stories; two actions, one measure."""
    with Store.open(path) as store:
        me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
        store.local.save(type(store.local.settings())(me=me.id, company="Toller"))
        customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
        ways: list[list[Callable[[steps.FollowUp], steps.FollowUp]]] = [
            [], [steps.called], [steps.called, lambda duty: steps.cause_found(duty, "slow"), steps.fixed],
            [steps.called],
        ]  # fmt: skip
        for number in range(8):
            contact = store.contact.save(
                Contact(id=new_id(), customer_id=customer.id, name=f"Person {number}")
            )
            store.response.seal(customer_id=customer.id, contact_id=contact.id, visit_id=None,
                                question="recommend", score=3 if number < 6 else 10, channel="phone")  # fmt: skip
            [duty] = store.follow_up.where(
                "response_id = (SELECT id FROM response WHERE contact_id = ?)", [contact.id]
            )
            later = store.clock() + timedelta(days=number + 1)
            store.follow_up.save(duty.model_copy(update={"due_at": later}))
            for step in ways[number // 2]:
                store.follow_up.move(duty.id, step)
        for number in range(2):
            store.action.save(Action(id=f"a{number}", customer_id=customer.id, title=f"Second desk {number}",
                                     owner_id=me.id, due_on=store.clock().date() + timedelta(days=number)))  # fmt: skip
        store.measure.add(
            Measure(id="m", customer_id=customer.id, perspective="financial", name="Aaa first", unit="h")
        )


def follow_up(terminal: Terminal, row: int) -> None:
    terminal.press("2")
    terminal.wait_for(f"  Person {row} ", timeout=20)
    people = [line for line in terminal.screen() if "  Person " in line]
    # Each step sets the next day, so that they do not stand in the order of their numbers.
    place = next(place for place, line in enumerate(people) if f"  Person {row} " in line)
    terminal.press(*["down"] * place, "enter")
    terminal.wait_for(lambda lines: any(f"· Person {row} ·" in line for line in lines), timeout=20)


def plan(terminal: Terminal, row: int) -> None:
    terminal.press("ctrl+p")
    terminal.wait_for("Search for commands", timeout=20)
    terminal.send("action plan")
    terminal.wait_for(
        lambda lines: (
            any("who does what" in line for line in lines) and not any("Go to" in line for line in lines)
        ),
        timeout=20,
    )
    terminal.press("enter")
    terminal.wait_for("everybody's", timeout=20)
    terminal.press(*["down"] * row)


def card(terminal: Terminal, row: int) -> None:
    del row
    terminal.press("enter")
    terminal.wait_for("Overview", timeout=20)
    terminal.press("k")
    terminal.wait_for("Aaa first", timeout=20)


def markets(terminal: Terminal, row: int) -> None:
    del row
    terminal.press("3")
    terminal.wait_for("Seen in time", timeout=20)
    terminal.press("k")
    terminal.wait_for("Customers", timeout=20)


class Writing(NamedTuple):
    """Where something is written, its keys, the words it is painted with, and the SQL that finds it in the file."""

    place: Callable[[Terminal, int], None]
    row: int
    keys: list[str]
    painted: str
    kept: str

    def shown(self, lines: list[str]) -> bool:
        """On the screen itself: what is still being typed stands in a form, between its borders."""
        return any(self.painted in line and "│" not in line for line in lines)


def moved(row: int, keys: list[str], painted: str, condition: str) -> Writing:
    return Writing(
        follow_up, row, keys, painted,
        "SELECT 1 FROM follow_up f JOIN response r ON r.id = f.response_id JOIN contact c ON c.id = r.contact_id "
        f"WHERE c.name = 'Person {row}' AND {condition}",
    )  # fmt: skip


def done(row: int) -> Writing:
    sql = f"SELECT 1 FROM action WHERE id = 'a{row}' AND status = 'done' AND done_on IS NOT NULL"
    return Writing(plan, row, ["space"], f"Second desk {row} is done.", sql)


def read(value: int) -> Writing:
    return Writing(
        card, 0, ["r", *str(value), "enter"], f" {value} ", f"SELECT 1 FROM reading WHERE value = {value}"
    )


def measure(name: str) -> Writing:
    return Writing(
        card, 0, ["n", *name, "enter"], f"  {name} ", f"SELECT 1 FROM measure WHERE name = '{name}'"
    )


def benchmark(name: str) -> Writing:
    sql = (
        "SELECT 1 FROM benchmark b JOIN market m ON m.id = b.market_id "
        f"WHERE m.name = '{name}' AND b.source = '{name}'"
    )
    keys = ["n", "tab", *name, "tab", "3", "0", "tab", *name, "enter"]
    return Writing(markets, 0, keys, f", {name}", sql)


WAYS = {
    "called": [moved(row, ["c"], "✓ Called", "f.status = 'called'") for row in (0, 1)],
    "cause": [
        moved(row, ["w", *f"why{row}", "enter"], "✓ Cause", f"f.cause = 'why{row}' AND f.status = 'cause'")
        for row in (2, 3)
    ],
    "confirmed": [moved(row, ["k"], "✓ Customer confirmed", "f.status = 'confirmed'") for row in (4, 5)],
    "closed": [
        moved(row, ["d", *f"told{row}", "tab", *"kept", "enter"], "✓ closed",
              f"f.cause = 'told{row}' AND f.outcome = 'kept' AND f.status = 'closed' AND f.closed_at IS NOT NULL")
        for row in (7, 6)
    ],
    "action": [done(0), done(1)],
    "reading": [read(71), read(83)],
    "measure": [measure("Uptime"), measure("Backlog")],
    "benchmark": [benchmark("Dairy"), benchmark("Paper")],
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_killed_while_writing_nothing_painted_is_lost(tmp_path: Path, way: str) -> None:
    file = tmp_path / "radar.db"
    prepared(file)
    for writing, waits in zip(WAYS[way], (True, False), strict=True):
        with Terminal([sys.executable, "-m", "radar_tui", "--db", str(file)], rows=40, cols=140) as terminal:
            terminal.wait_for("Aurora Tissue", timeout=30)
            writing.place(terminal, writing.row)
            assert not writing.shown(terminal.screen())
            terminal.press(*writing.keys)
            if waits:
                terminal.wait_for(writing.shown, timeout=20)
            else:
                time.sleep(random.Random(way).uniform(0, 0.3))
            terminal.kill()
            painted = writing.shown(terminal.screen())
        kept = bool(asked(file, writing.kept))
        assert painted or not waits
        assert kept or not painted, "\n".join(terminal.screen())
        assert asked(file, "PRAGMA integrity_check") == [("ok",)]
        assert asked(file, "PRAGMA foreign_key_check") == []


def test_snapshots_of_all_cards_killed_on_their_way_are_whole_and_go_on(tmp_path: Path) -> None:
    file = tmp_path / "radar.db"
    with Store.open(file) as store:
        store.customer.save_all([Customer(id=new_id(), name=f"C {number}") for number in range(CUSTOMERS)])
    command = [sys.executable, "-m", "radar_tui", "scorecard", "--all", "--db", str(file)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not (found := asked(file, "SELECT count(*) FROM scorecard")[0][0]) and time.monotonic() < deadline:
        time.sleep(0.002)
    running.kill()
    running.wait()
    assert found, "the first cards are there before all are computed"
    there = asked(file, "SELECT count(*), count(DISTINCT customer_id) FROM scorecard")[0]
    assert there[0] == there[1]
    assert asked(file, "PRAGMA integrity_check") == [("ok",)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=60)
    assert asked(file, "SELECT count(*), count(DISTINCT customer_id) FROM scorecard") == [
        (CUSTOMERS, CUSTOMERS)
    ]
