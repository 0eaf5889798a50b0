"""`kill -9` while a visit is left: discarded, taken up again, gone on with as another one, completed. Each is in the
file as a whole or not at all, and once it is painted it is there.

Real processes in real terminals, killed at a random moment after the key, or the moment the change is painted.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.relationship import Colleague
from radar_tui.store.ids import fact_id, new_id
from radar_tui.store.store import Store
from tests.test_kill import asked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal

MOST_TRIES = 6


def prepared(path: Path) -> str:
    """A planned visit that is in progress, with a row of much that hangs on it; returns its id."""
    with Store.open(path) as store:
        me = store.colleague.save(Colleague(id=new_id(), name="Marta"))
        store.local.save(type(store.local.settings())(me=me.id, company="Toller"))
        customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
        ada = store.contact.save(Contact(id=new_id(), customer_id=customer.id, name="Ada"))
        item = store.item.save(Item(id=new_id(), customer_id=customer.id, tag="W-010", model="RX-40"))
        store.counterpart.pair(ada.id, me.id, None)
        refurbishment, service = (next(one for one in shipped() if one.key == key) for key in KEYS)
        store.checklist.pin(service)
        day = store.clock().date() + timedelta(days=6)
        planned = store.visit.plan(customer.id, store.checklist.pin(refurbishment), day, me.id)
        visit = store.visit.start(customer.id, planned.checklist_id, me.id, planned=planned)
        store.finding.grade(visit.id, item.id, "unserviceable")
        store.counterpart.tick(visit, ada.id, here=True, met=[me.id])
        later = visit.model_copy(
            update={"id": fact_id("visit", "next after", visit.id), "status": "planned", "started_at": None,
                    "planned_on": day + timedelta(days=90)}
        )  # fmt: skip
        store.visit.plan_next(visit.id, None, later)
    return visit.id


KEYS = ("refurbishment", "service")


class Lane:
    """One file, and what must hold of it whenever it is looked at."""

    def __init__(self, file: Path, seed: int) -> None:
        self.file, self.visit, self.chance = file, prepared(file), random.Random(seed)

    def one(self, sql: str) -> Any:
        return asked(self.file, sql)[0][0]

    @property
    def status(self) -> str:
        return str(self.one(f"SELECT status FROM visit WHERE id = '{self.visit}'"))

    @property
    def key(self) -> str:
        checklist = "SELECT k.key FROM visit v JOIN checklist k ON k.id = v.checklist_id"
        return str(self.one(f"{checklist} WHERE v.id = '{self.visit}'"))

    def until(self, done: Callable[[Lane], bool], play: Callable[[Lane, Terminal], str]) -> None:
        """Play the same keys and be killed, until it is done; whatever happened, all of it did, or nothing."""
        for _ in range(MOST_TRIES):
            with Terminal(
                [sys.executable, "-m", "radar_tui", "--db", str(self.file)], rows=40, cols=160
            ) as terminal:
                terminal.wait_for("Aurora Tissue", timeout=30)
                painted = play(self, terminal)
                if self.chance.random() < 0.3:
                    terminal.wait_for(painted, timeout=20)
                else:
                    time.sleep(self.chance.uniform(0, 0.25))
                terminal.kill()
                shown = "\n".join(terminal.screen())
            self.is_whole()
            if done(self):
                return
            assert painted not in shown
        pytest.fail("it was never done")

    def is_whole(self) -> None:
        """What goes with a visit went, or all of it is there."""
        assert asked(self.file, "PRAGMA integrity_check") == [("ok",)]
        assert asked(self.file, "PRAGMA foreign_key_check") == []
        assert (
            self.one("SELECT count(*) FROM finding") == self.one("SELECT count(*) FROM opportunity_line") == 1
        )
        after, again = (fact_id("visit", words, self.visit) for words in ("next after", "planned again"))
        statuses = dict(asked(self.file, "SELECT id, status FROM visit"))
        met = self.one("SELECT count(*) FROM counterpart WHERE met_on IS NOT NULL")
        cards = self.one("SELECT count(*) FROM scorecard")
        kept = {
            row[0].split(" ")[-1]
            for row in asked(self.file, "SELECT key FROM local WHERE key GLOB 'before *'")
        }
        if self.status == "cancelled":
            assert (statuses[after], statuses[again], met) == ("cancelled", "planned", 0)
            assert "discarded" in kept
        else:
            assert (statuses[after], statuses.get(again), met) == ("planned", None, 1)
            assert "discarded" not in kept
        assert cards == (1 if self.status == "completed" else 0)
        if self.status == "completed":
            assert kept == set()


def to_the_visit(lane: Lane, terminal: Terminal) -> None:
    terminal.press("v")
    terminal.wait_for("ctrl+d", timeout=30)


def discard(lane: Lane, terminal: Terminal) -> str:
    to_the_visit(lane, terminal)
    terminal.press("ctrl+d")
    terminal.wait_for("Discard this visit to Aurora Tissue?", timeout=20)
    terminal.press("enter")
    return "Visit discarded."


def discard_and_undo(lane: Lane, terminal: Terminal) -> str:
    discard(lane, terminal)
    terminal.wait_for("Visit discarded.", timeout=20)
    terminal.press("ctrl+z")
    return "Taken back: Visit discarded."


def take_up(lane: Lane, terminal: Terminal) -> str:
    terminal.press("enter")
    terminal.wait_for("Overview", timeout=20)
    terminal.press("t")
    terminal.wait_for("discarded", timeout=20)
    # Below the one that is planned again.
    terminal.press("end")
    for _ in range(3):
        if any("▌" in line and "discarded" in line for line in terminal.screen()):
            break
        terminal.press("up")
        time.sleep(0.2)
    terminal.press("enter")
    terminal.wait_for("Take this discarded visit up again?", timeout=20)
    terminal.press("enter")
    return "ctrl+d discard"


def follow(lane: Lane, terminal: Terminal) -> str:
    to_the_visit(lane, terminal)
    terminal.press("ctrl+k")
    other = "Service review" if lane.key == KEYS[0] else "Refurbishment visit"
    terminal.wait_for("Instead of", timeout=20)
    for _ in range(4):
        if any("▌" in line and other in line for line in terminal.screen()):
            break
        terminal.press("down")
        time.sleep(0.2)
    terminal.press("enter")
    return f"Goes on as {other}."


def complete(lane: Lane, terminal: Terminal) -> str:
    terminal.press("v")
    terminal.wait_for("complete visit", timeout=30)
    terminal.press("c")
    terminal.wait_for("complete anyway", timeout=20)
    terminal.press("f")
    time.sleep(0.3)
    if any("why it is completed" in line for line in terminal.screen()):
        terminal.press(*"gate", "enter")
    return "Visit completed."


@pytest.mark.parametrize("seed", range(2))
def test_a_visit_is_left_as_a_whole_or_not_at_all(tmp_path: Path, seed: int) -> None:
    lane = Lane(tmp_path / "radar.db", seed)
    lane.is_whole()
    lane.until(lambda lane: lane.status == "cancelled", discard)
    lane.until(lambda lane: lane.status == "in progress", take_up)
    lane.until(lambda lane: lane.key == KEYS[1], follow)
    lane.until(lambda lane: lane.key == KEYS[0], follow)
    for _ in range(2):
        with Terminal(
            [sys.executable, "-m", "radar_tui", "--db", str(lane.file)], rows=40, cols=160
        ) as terminal:
            terminal.wait_for("Aurora Tissue", timeout=30)
            discard_and_undo(lane, terminal)
            time.sleep(lane.chance.uniform(0, 0.3))
            terminal.kill()
        lane.is_whole()
        if lane.status == "cancelled":
            lane.until(lambda lane: lane.status == "in progress", take_up)
    with Store.open(lane.file) as store:
        store.visit.set_step(lane.visit, "summary")
        today = store.clock().date().isoformat()
    lane.until(lambda lane: lane.status == "completed", complete)
    assert lane.one("SELECT last_seen FROM customer_due") == today
