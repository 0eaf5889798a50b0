"""Pairs on a real file: the domain's formula, the company's and the card's are one."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from itertools import product

import pytest

from radar_tui.domain.customer import Contact
from radar_tui.domain.relationship import Colleague, Counterpart, coverage
from radar_tui.store import derived
from radar_tui.store.company_lists import company
from radar_tui.store.counterpart import introduction_id
from radar_tui.store.ids import new_id
from radar_tui.store.ourselves_lists import OurselvesLists
from radar_tui.store.store import Store
from tests.ui.world import build

MEETING = """
import sys
from radar_tui.domain.action import Action
from radar_tui.store.store import Store
path, visit_id, contact, colleagues = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
print("at work", flush=True)
with Store.open(path) as store:
    visit, pairs = store.visit.get(visit_id), store.counterpart
    for colleague in colleagues:
        pairs.introduce(Action(id="new", title="Introduce"), contact, colleague)
        print("introduced", colleague, flush=True)
        pairs.tick(visit, contact, here=True, met=[colleague])
        print("met", colleague, flush=True)
        undo = pairs.tick(visit, contact, here=False)
        pairs.untick(undo)
        print("again", colleague, flush=True)
"""
TODAY = date(2026, 12, 3)
DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))


def crowd(store: Store, customer: str) -> None:
    """A contact for each way in which a pair may stand."""
    with store.transaction():
        for left, gone, met in product(DAYS, repeat=3):
            contact = store.contact.save(Contact(id=new_id(), customer_id=customer, name="x", left_on=left))
            ours = store.colleague.save(Colleague(id=new_id(), name="o", left_on=gone, direct_contact=True))
            store.counterpart.save(
                Counterpart(id=new_id(), contact_id=contact.id, colleague_id=ours.id, met_on=met)
            )


def test_company_card_and_domain_count_the_same(store: Store) -> None:
    world = build(store)
    crowd(store, world.customer)
    met, people = coverage(store.counterpart.links(world.customer), TODAY)
    found = company(store, TODAY)
    assert (found.paired.part, found.paired.whole) == (met, people)
    known = derived.known(store, "counterparts", world.customer, TODAY, 365)
    assert known.value == 100 * met / people
    there = [one for one in store.colleague.where() if one.left_on is None or one.left_on > TODAY]
    assert found.in_contact.whole == len(there)


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
        actions = {row.id: row for row in again.action.where("title = 'Introduce'")}
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
