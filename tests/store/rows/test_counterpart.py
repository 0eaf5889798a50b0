"""Pairs on a real file: the domain's formula, the company's and the card's are one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague, Counterpart, counterpart_map, coverage
from radar_tui.domain.visit import Visit
from radar_tui.store.facts import derived
from radar_tui.store.ids import new_id
from radar_tui.store.lists.company import company
from radar_tui.store.lists.ourselves import OurselvesLists
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.counterpart import introduction_id
from radar_tui.store.store import Store
from tests.ui.world import build

MEETING = """
import sys
from radar_tui.store.store import Store
path, visit_id, contact, colleagues = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
print("at work", flush=True)
with Store.open(path) as store:
    visit, pairs = store.visit.get(visit_id), store.counterpart
    for colleague in colleagues:
        pairs.introduce(contact, store.colleague.get(colleague), None, visit_id)
        print("introduced", colleague, flush=True)
        pairs.tick(visit, contact, here=True, met=[colleague])
        print("met", colleague, flush=True)
        undo = pairs.tick(visit, contact, here=False)
        pairs.untick(undo)
        print("again", colleague, flush=True)
"""
TODAY = date(2026, 12, 3)
DAYS = st.sampled_from((None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)))
FUNCTIONS = st.sampled_from(("", "Payables", "payables", "maintenance"))
COMPANIES = st.lists(  # customers: archived, status, contacts (function, left, pairs (colleague, met))
    st.tuples(
        st.booleans(),
        st.sampled_from(("active", "former")),
        st.lists(
            st.tuples(FUNCTIONS, DAYS, st.lists(st.tuples(st.integers(0, 2), DAYS), max_size=3)), max_size=3
        ),
    ),
    max_size=3,
)
COLLEAGUES = st.lists(st.tuples(FUNCTIONS, DAYS, st.booleans()), min_size=3, max_size=3)


def written(store: Store, ours: list[Any], customers: list[Any]) -> list[Customer]:
    """Exactly these people stand in the file."""
    with store.transaction() as connection:
        for table in ("counterpart", "contact", "customer", "colleague"):
            connection.execute(f"DELETE FROM {table}")
        known = [
            store.colleague.save(
                Colleague(id=new_id(), name="o", function=of, left_on=left, direct_contact=direct)
            )
            for of, left, direct in ours
        ]
        made = []
        for archived, status, contacts in customers:
            moment = store.clock() if archived else None
            row = Customer(id=new_id(), name="c", status=status, archived_at=moment)
            made.append(store.customer.save(row))
            for function, left, pairs in contacts:
                person = Contact(id=new_id(), customer_id=row.id, name="x", function=function, left_on=left)
                store.contact.save(person)
                # Two rows of one pair too, as two laptops may have made them.
                store.counterpart.save_all(
                    Counterpart(id=new_id(), contact_id=person.id, colleague_id=known[place].id, met_on=met)
                    for place, met in pairs
                )
    return made


@settings(max_examples=25)
@given(COLLEAGUES, COMPANIES)
def test_company_card_map_visit_and_domain_count_the_same(
    store: Store, ours: list[Any], customers: list[Any]
) -> None:
    made = written(store, ours, customers)
    met, people = 0, 0
    for customer in made:
        links = store.counterpart.links(customer.id)
        part, whole = coverage(links, TODAY)
        shown = counterpart_map(links, TODAY)
        assert coverage(shown, TODAY) == (part, whole)
        known = derived.known(store, "counterparts", customer.id, TODAY, 365)
        assert (known.value, known.n) == ((100 * part / whole, whole) if whole else (None, 0))
        none = Visit(id="none", customer_id=customer.id, checklist_id="none")
        on_visit = VisitLists(store, none).people()
        assert (sum(one.paired for one in on_visit), len(on_visit)) == (part, whole)
        for one in on_visit:
            # The mark of the step and the names beside it say the same.
            assert one.paired == any(day is not None and day <= TODAY for _, _, day in one.counterparts)
        if customer.archived_at is None and customer.status != "former":
            met, people = met + part, people + whole
    found = company(store, TODAY)
    assert (found.paired.part, found.paired.whole) == (met, people)
    there = [direct for _, left, direct in ours if left is None or left > TODAY]
    assert (found.in_contact.part, found.in_contact.whole) == (sum(there), len(there))
    assert len(store.colleague.here()) == len(there)


def test_contacts_who_left_are_no_pairs_of_ours(store: Store) -> None:
    world = build(store)
    contact = store.contact.get(world.contact)
    store.contact.save(contact.model_copy(update={"left_on": TODAY}))
    rows = OurselvesLists(store).colleagues()
    assert [row.counterparts for row in rows] == [0, 0]


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_an_introduction_and_a_tick_are_whole_and_what_was_said_is_there(
    store: Store, seed: int
) -> None:
    world, path = build(store), store.path
    me = store.local.settings().me
    checklist = store.visit.get(world.visit).checklist_id
    visit = store.visit.start(world.customer, checklist, me)
    ours = [store.colleague.save(Colleague(id=new_id(), name=f"o{n}")).id for n in range(200)]
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-c", MEETING, str(path), visit.id, world.stranger, *ours],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.2, 0.7))
    process.send_signal(signal.SIGKILL)
    said = [line.split() for line in process.stdout.read().split("\n")[:-1]]  # the last one may have been cut
    process.wait()
    process.stdout.close()
    with Store.open(path) as again:
        pairs = {pair.colleague_id: pair for pair in again.counterpart.of(world.stranger)}
        actions = {row.id: row for row in again.action.where("title GLOB 'Introduce*'")}
        remembered = {
            row[0].split()[-1] for row in again.rows("SELECT key FROM local WHERE key GLOB 'met before*'")
        }
        here = bool(again.rows("SELECT 1 FROM attendee WHERE visit_id = ?", [visit.id]))
    assert set(actions) == {introduction_id(world.stranger, colleague) for colleague in pairs}
    assert {colleague for word, colleague in said if word == "introduced"} <= set(pairs)
    for colleague, pair in pairs.items():
        action = actions[introduction_id(world.stranger, colleague)]
        met = pair.met_on is not None
        assert met == (action.status == "done") == (pair.id in remembered), "a tick is whole or not there"
        assert here or not met
    # What is said last is in the file: only the next step may have begun.
    finished = [colleague for word, colleague in said if word == "again"]
    assert all(pairs[colleague].met_on for colleague in finished[:-1]) or not here
