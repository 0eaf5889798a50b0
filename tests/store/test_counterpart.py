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

INTRODUCING = """
import sys
from radar_tui.domain.action import Action
from radar_tui.store.store import Store
path, contact, colleagues = sys.argv[1], sys.argv[2], sys.argv[3:]
print("at work", flush=True)
with Store.open(path) as store:
    for colleague in colleagues:
        store.counterpart.introduce(Action(id="new", title="Introduce"), contact, colleague)
        print("introduced", colleague, flush=True)
        store.counterpart.met(store.counterpart.of(contact), store.clock().date())
        print("met", colleague, flush=True)
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
def test_killed_at_any_moment_an_introduction_is_whole_and_what_was_said_is_there(
    store: Store, seed: int
) -> None:
    world, path = build(store), store.path
    ours = [store.colleague.save(Colleague(id=new_id(), name=f"o{n}")).id for n in range(200)]
    store.close()
    process = subprocess.Popen(
        [sys.executable, "-c", INTRODUCING, str(path), world.stranger, *ours],
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
        pairs = {pair.colleague_id: pair.met_on for pair in again.counterpart.of(world.stranger)}
        actions = {row.id for row in again.action.where("title = 'Introduce'")}
    assert actions == {introduction_id(world.stranger, colleague) for colleague in pairs}
    assert {colleague for word, colleague in said if word == "introduced"} <= set(pairs)
    assert all(pairs[colleague] is not None for word, colleague in said if word == "met")
