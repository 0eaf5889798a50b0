"""`kill -9` among people and at ourselves: who was met or introduced, what was kept, wanted, seen and scored is in the
file once it is painted.

Real processes in real terminals. Each place is played twice: killed the moment a change is painted, then gone on with
and killed at a random moment after keys.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.promise import Promise
from radar_tui.domain.relationship import Colleague
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.test_kill import asked, here

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("pty", reason="needs a Unix terminal")
from tests.benchmarks.terminal import Terminal


class Writing(NamedTuple):
    """Keys, the words that stand in one line of the picture once they are painted, and the SQL that finds them."""

    keys: list[str]
    shown: tuple[str, ...]
    kept: str

    def painted(self, lines: list[str]) -> bool:
        return any(all(word in line for word in self.shown) for line in lines if "unsaved" not in line)


MET = "SELECT 1 FROM attendee a JOIN contact c ON c.id = a.contact_id JOIN counterpart k ON k.contact_id = c.id "
PLACES = {
    "people": ("refurbishment", "people", [
        Writing(["home", "space"], ("✓ Ada",), MET + "WHERE c.name = 'Ada' AND k.met_on NOT NULL"),
        Writing(["home", "down", "m"], ("✓ Bo",), MET + "WHERE c.name = 'Bo' AND k.met_on NOT NULL"),
        Writing(["end", "p"], ("introduction agreed",),
                "SELECT 1 FROM action a, counterpart k JOIN contact c ON c.id = k.contact_id "
                "WHERE c.name = 'Cy' AND a.title = 'Introduce Anneli to Cy'"),
    ]),
    "promises": ("refurbishment", "promises", [
        Writing(["home", "y"], ("On time", " kept"), "SELECT 1 FROM promise_check WHERE kept"),
        Writing(["w", *"hotline", "enter"], ("hotline", "today"), "SELECT 1 FROM want WHERE title = 'hotline'"),
        Writing(["end", "t"], ("hotline", "tied"), "SELECT 1 FROM want WHERE promise_id NOT NULL"),
        Writing(["end", "s"], ("hotline", "served"), "SELECT 1 FROM want WHERE decision = 'served'"),
        Writing(["end", "p", *"later", "enter"], ("hotline", "parked"),
                "SELECT 1 FROM want WHERE decision = 'parked' AND note = 'later'"),
    ]),
    "half hours": ("follow_me_home", "notes", [
        Writing(["home", "enter", *"unpacks", "enter"], ("do?", "unpacks"),
                "SELECT 1 FROM answer WHERE question = 'note_does' AND value = 'unpacks' AND subject_id GLOB '??:?0'"),
        Writing(["home", "down", "enter", *"tape", "enter"], ("else?", "tape"),
                "SELECT 1 FROM answer WHERE question = 'note_with' AND value = 'tape'"),
    ]),
    "self-check": ("business_with_yourself", "call", [
        Writing(["end", "7"], ("call?", " 7"),
                "SELECT 1 FROM answer WHERE question = 'call_score' AND value = '7'"),
        Writing(["home", "down", "n"], ("answer?", "no"),
                "SELECT 1 FROM answer n, action a WHERE n.question = 'call_answered' AND n.value = 'no' "
                "AND a.visit_id = n.visit_id"),
    ]),
}  # fmt: skip


def prepared(path: Path, key: str, step: str) -> None:
    """A customer with three contacts, one promise, and a visit of this checklist in progress at a step."""
    with Store.open(path) as store:
        me = store.colleague.save(Colleague(id=new_id(), name="Marta"))
        owen = store.colleague.save(Colleague(id=new_id(), name="Owen"))
        store.colleague.save(Colleague(id=new_id(), name="Anneli", function="receivables"))
        settings = store.local.settings()
        store.local.save(type(settings)(me=me.id, company="Toller"))
        customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
        for name, ours in (("Ada", me.id), ("Bo", owen.id), ("Cy", None)):
            contact = Contact(id=new_id(), customer_id=customer.id, name=name, function="payables")
            store.contact.save(contact)
            if ours:
                store.counterpart.pair(contact.id, ours, None)
        store.promise.save(Promise(id=new_id(), title="On time", made_on=date(2026, 1, 1)))
        checklist = next(one for one in shipped() if one.key == key)
        of = None if checklist.occasion == "self-check" else customer.id
        visit = store.visit.start(of, store.checklist.pin(checklist), me.id, occasion=checklist.occasion)
        store.visit.set_step(visit.id, step)


@pytest.mark.parametrize("place", PLACES)
def test_killed_at_any_moment_nothing_painted_is_lost(tmp_path: Path, place: str) -> None:
    key, step, writings = PLACES[place]
    file, chance = tmp_path / "radar.db", random.Random(place)
    prepared(file, key, step)
    until = chance.randrange(1, len(writings))
    for part, waits in ((writings[:until], True), (writings[until:], False)):
        with Terminal([sys.executable, "-m", "radar_tui", "--db", str(file)], rows=40, cols=180) as terminal:
            terminal.wait_for("Aurora Tissue", timeout=30)
            terminal.press(*(["4"] if key == "business_with_yourself" else []), "v")
            terminal.wait_for(lambda lines: bool(here(lines)), timeout=30)
            for writing in part:
                last = writing is part[-1] and not waits
                terminal.press(*writing.keys)
                if last:
                    time.sleep(chance.uniform(0, 0.3))
                else:
                    terminal.wait_for(writing.painted, timeout=20)
            terminal.kill()
            lines = terminal.screen()
        for writing in part:
            kept = bool(asked(file, writing.kept))
            superseded = place == "promises" and writing is not part[-1]
            assert kept or superseded or not writing.painted(lines), "\n".join(lines)
        assert asked(file, "PRAGMA integrity_check") == [("ok",)]
        assert asked(file, "PRAGMA foreign_key_check") == []
