"""What is ticked on a visit while a sync is under way, at each of its steps, is there on every laptop afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.checklists.loader import shipped
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.store.store import Store
from tests.fresh import NOW
from tests.sync.laptops import World

if TYPE_CHECKING:
    from pathlib import Path

CONTACTS = 24


def test_ticks_during_a_sync_are_on_every_laptop(tmp_path: Path) -> None:
    world = World(tmp_path)
    mine = world.add()
    store, day = mine.store, NOW.date()
    store.customer.save(Customer(id="aurora", name="Aurora"))
    store.colleague.save_all(Colleague(id=name, name=name) for name in ("marta", "owen"))
    for place in range(CONTACTS):
        store.contact.save(Contact(id=f"c{place}", customer_id="aurora", name=f"C {place}"))
        store.counterpart.pair(f"c{place}", "owen", None)
    checklist = store.checklist.pin(next(one for one in shipped() if one.key == "refurbishment"))
    visit = store.visit.start("aurora", checklist, "marta")
    mine.sync()
    theirs = world.add()
    theirs.sync()
    # Elsewhere all of them met Owen yesterday.
    for place in range(CONTACTS):
        theirs.store.counterpart.pair(f"c{place}", "owen", day - timedelta(days=1))
    theirs.sync()
    ticked: list[str] = []

    def at(step: str) -> None:
        if step == "taking":
            return  # the file is locked: the screen keeps the tick and tries again
        contact = f"c{len(ticked)}"
        with Store.open(store.path, clock=store.clock) as screen:
            screen.counterpart.tick(visit, contact, here=True, met=["owen"])
        ticked.append(contact)

    for _ in range(2):
        mine.sync(at)
    mine.sync()
    theirs.sync()
    assert len(ticked) > 4
    for laptop in (mine, theirs):
        rows = laptop.store.rows("SELECT contact_id FROM attendee WHERE visit_id = ?", [visit.id])
        assert {row[0] for row in rows} == set(ticked)
        met = {pair.contact_id: pair.met_on for pair in laptop.store.counterpart.where()}
        assert all(met[contact] == day for contact in ticked)
        assert set(met.values()) == {day, day - timedelta(days=1)}
        assert laptop.store.rows("SELECT 1 FROM conflict") == []
    world.check()
