"""Pairs on a real file: the domain's formula, the company's and the card's are one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

from radar_tui.domain.customer import Contact
from radar_tui.domain.relationship import Colleague, Counterpart, coverage
from radar_tui.store import derived
from radar_tui.store.company_lists import company
from radar_tui.store.ids import new_id
from radar_tui.store.ourselves_lists import OurselvesLists
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store

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
    rows = OurselvesLists(store).colleagues(0, 10)
    assert [row.counterparts for row in rows] == [0, 0]
