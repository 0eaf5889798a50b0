"""`kill -9` at any moment of a visit: all that was painted as answered is in the file, and the visit resumes there.

Real processes in real terminals. Each lane plays one visit with random keys, kills the app at a random moment, compares
the last picture with the file, starts again and looks where it resumed. 64 kills in the ordinary suite; RADAR_KILLS=208
plays more.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.integrity import VERDICT_KEYS, Item
from radar_tui.domain.opportunity import Part
from radar_tui.domain.promise import Promise
from radar_tui.domain.relationship import Colleague
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal

LANES = 8
KILLS_A_LANE = int(os.environ.get("RADAR_KILLS", "64")) // LANES
STEPS = ("people", "integrity", "replacements", "spares", "promises", "nps")
KEYS = {
    "people": ["space", "down", "space"],
    "integrity": ["s", "d", "u", "x", "s"],
    "replacements": ["a", "q", "d", "+"],
    "spares": ["a", "q", "d", "-"],
    "promises": ["y", "n", "y"],
    "nps": [],
}
VERDICTS = tuple(VERDICT_KEYS.values())
DECISION_KEYS = {"a": "agreed", "q": "to quote", "d": "declined"}
DECISIONS = tuple(DECISION_KEYS.values())


def prepared(path: Path) -> None:
    """A plant with twelve items, and a visit to it in progress at its integrity report."""
    with Store.open(path) as store:
        me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
        settings = store.local.settings()
        store.local.save(type(settings)(me=me.id, company="Toller Refurbishing"))
        customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
        for index in range(40):
            store.contact.save(Contact(id=new_id(), customer_id=customer.id, name=f"Person {index:02}"))
        for index in range(12):
            store.item.save(
                Item(id=new_id(), customer_id=customer.id, tag=f"W-{index + 10:03}", model="RX-40")
            )
        for kind in ("replacement", "spares"):
            store.part.save(
                Part.model_validate(
                    {
                        "id": new_id(),
                        "sku": kind,
                        "name": kind,
                        "model": "RX-40",
                        "kind": kind,
                        "unit_price": 124000,
                    }
                )
            )
        store.promise.save(Promise(id=new_id(), title="On time", made_on=date(2026, 1, 1)))
        refurbishment = next(checklist for checklist in shipped() if checklist.key == "refurbishment")
        visit = store.visit.start(customer.id, store.checklist.pin(refurbishment), me.id)
        store.visit.set_step(visit.id, "integrity")


def asked(file: Path, sql: str) -> list[Any]:
    """Rows read with nothing of Radar's between the test and the file."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def painted(lines: list[str], words: tuple[str, ...]) -> dict[str, str]:
    """Item tag to the word that its row shows."""
    found = {}
    for line in lines:
        tag = next((cell for cell in line.split() if cell.startswith("W-")), None)
        word = next((word for word in words if f" {word}" in line), None)
        if tag and word and "unsaved" not in line:
            found[tag] = word
    return found


def here(lines: list[str]) -> str:
    """The title of the step we are at, from the list on the left."""
    line = next((line for line in lines if line.lstrip().startswith("▶")), "")
    return " ".join(line.split("│")[0].split()[2:])


class Lane:
    """One file and its random keys."""

    def __init__(self, file: Path, seed: int) -> None:
        self.file = file
        self.random = random.Random(seed)
        refurbishment = next(checklist for checklist in shipped() if checklist.key == "refurbishment")
        self.titles = {step.key: str(step.title) for step in refurbishment.steps}
        self.sent: list[str] = []

    def step(self) -> str:
        return str(asked(self.file, "SELECT current_step FROM visit")[0][0])

    def run_until_killed(self) -> list[str]:
        """Start, resume, press some keys, die; returns the last picture."""
        self.sent = []
        expected = self.step()
        with Terminal([sys.executable, "-m", "radar_tui", "--db", str(self.file)]) as terminal:
            terminal.wait_for("Aurora Tissue", timeout=30)
            terminal.press("v")
            terminal.wait_for(lambda lines: bool(here(lines)), timeout=30)
            assert here(terminal.screen()).startswith(self.titles[expected]), (
                "the visit resumed at another step"
            )
            if expected == "integrity":
                self._resumed_at_its_item(terminal)
            self._press_some(terminal, expected)
            time.sleep(self.random.uniform(0, 0.12))
            terminal.kill()
            return terminal.screen()

    def _resumed_at_its_item(self, terminal: Terminal) -> None:
        newest = asked(
            self.file,
            "SELECT i.tag FROM finding f JOIN item i ON i.id = f.item_id ORDER BY f.found_at DESC LIMIT 1",
        )
        last = int(newest[0][0][2:]) if newest else 9
        tag = f"W-{min(last + 1, 21):03}"
        terminal.wait_for(lambda lines: any("▌" in line and tag in line for line in lines), timeout=10)

    def _press_some(self, terminal: Terminal, step: str) -> None:
        if step == "nps" and not asked(self.file, "SELECT 1 FROM response"):
            terminal.press("enter")
            terminal.wait_for("ctrl+g", timeout=10)
            for keys in (["enter"], ["8"], ["enter"], ["enter"], ["9"], ["enter"], ["enter"]):
                terminal.press(*keys)
                time.sleep(self.random.uniform(0, 0.15))
            return
        for _ in range(self.random.randint(1, 5)):
            key = self.random.choice(KEYS[step] or ["down"])
            self.sent.append(key)
            terminal.press(key)
            time.sleep(self.random.uniform(0, 0.03))
        if self.random.random() < 0.4:
            terminal.press("]" if self.random.random() < 0.7 else "[")

    def turn_back(self) -> None:
        """Out of the steps that this test plays: back into them."""
        if self.step() not in STEPS:
            with closing(sqlite3.connect(self.file)) as connection, connection:
                connection.execute("UPDATE visit SET current_step = ?", [self.random.choice(STEPS)])

    def compare(self, lines: list[str]) -> None:
        """Everything painted is in the file; nothing in the file is half-written."""
        kept = dict(
            asked(self.file, "SELECT i.tag, f.verdict FROM finding f JOIN item i ON i.id = f.item_id")
        )
        shown = painted(lines, VERDICTS) if "graded" in "\n".join(lines) else {}
        later = {VERDICT_KEYS[key] for key in self.sent if key in VERDICT_KEYS}
        for tag, verdict in shown.items():
            assert kept.get(tag) == verdict or (tag == "W-021" and kept.get(tag) in later), (
                tag,
                verdict,
                kept,
            )
        if "Decision" in "\n".join(lines):
            self._compare_lines(painted(lines, DECISIONS))
        if "Thank you" in "\n".join(lines):
            assert len(asked(self.file, "SELECT 1 FROM response")) == 2
        self._nothing_is_half_written(kept)

    def _compare_lines(self, shown: dict[str, str]) -> None:
        kept = dict(
            asked(
                self.file, "SELECT i.tag, l.decision FROM opportunity_line l JOIN item i ON i.id = l.item_id"
            )
        )
        later = {DECISION_KEYS[key] for key in self.sent if key in DECISION_KEYS}
        for tag, decision in shown.items():
            assert kept[tag] == decision or kept[tag] in later, (tag, decision, kept)

    def _nothing_is_half_written(self, kept: dict[str, str]) -> None:
        assert asked(self.file, "PRAGMA integrity_check") == [("ok",)]
        assert asked(self.file, "PRAGMA foreign_key_check") == []
        wanted = {tag for tag, verdict in kept.items() if verdict in ("unserviceable", "deteriorating")}
        lines = asked(self.file, "SELECT i.tag FROM opportunity_line l JOIN item i ON i.id = l.item_id")
        assert {row[0] for row in lines} == wanted
        assert (
            asked(
                self.file,
                "SELECT r.id FROM response r LEFT JOIN follow_up f ON f.response_id = r.id WHERE f.id IS NULL",
            )
            == []
        )


@pytest.mark.parametrize("seed", range(LANES))
def test_killed_at_random_moments_nothing_painted_is_lost(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "radar.db"
    prepared(file)
    lane = Lane(file, seed)
    for _ in range(KILLS_A_LANE):
        lane.turn_back()
        lane.compare(lane.run_until_killed())
    assert asked(file, "SELECT 1 FROM finding"), "the lane never graded anything"
