"""A visit as text for an e-mail: what the customer is told, in their language, and nothing of ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.integrity import Finding, Item
from radar_tui.errors import RadarError
from radar_tui.reports.customer import customer_report
from radar_tui.reports.document import ReportColumn, ReportTable, VerdictCell
from radar_tui.reports.email import MOST_ROWS, email_text
from radar_tui.reports.visit import visit_report
from radar_tui.store.ids import new_id
from tests.ui.world import HOSTILE, build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


def test_what_the_customer_is_told(store: Store) -> None:
    world = build(store)
    text = email_text(visit_report(store, world.visit))
    for words in (
        "Visit report\nAurora Tissue\nVisit of 14 July 2026\n\nPresent: Paolo Conti\n", "Marta Ricci",
        "1 deteriorating", "Train the night shift · Anneli Strand · By when 1 Dec 2026", "Wednesday, 9 December 2026",
        "1. Spares in 48 hours", "- W-010 · RX-40 · Refurbished 12 Mar 2026 · deteriorating · seat worn",
    ):  # fmt: skip
        assert words in text, f"{words!r} is not in {text}"
    assert "\n\n\n" not in text
    store.local.save(replace(store.local.settings(), language="it"))
    assert "Visit report" not in email_text(visit_report(store, world.visit))
    store.local.save(replace(store.local.settings(), language="fr"))
    assert "Présents\u00a0: Paolo Conti" in email_text(visit_report(store, world.visit))


def test_nothing_of_ours_stands_in_it(store: Store) -> None:
    world = build(store)
    with store.transaction() as connection:
        for table, column in (
            ("customer", "notes"), ("visit", "summary"), ("response", "verbatim"), ("opportunity", "title"),
            ("follow_up", "cause"), ("promise_check", "note"), ("stream", "note"),
        ):  # fmt: skip
            connection.execute(f"UPDATE {table} SET {column} = 'Zyx'")
        connection.execute("UPDATE opportunity SET probability = 73")
    text = email_text(visit_report(store, world.visit)).casefold()
    for word in ("zyx", "73", "internal", "detractor", "promoter", "nps", "score", "follow-up", "pipeline"):
        assert word not in text
    with pytest.raises(RadarError, match="for your own house"):
        email_text(customer_report(store, world.customer))


@pytest.mark.parametrize("hostile", [*HOSTILE.values(), "a\x1b]52;c;x\x07b"])
def test_hostile_text_stays_text(store: Store, hostile: str) -> None:
    world = build(store, hostile)
    text = email_text(visit_report(store, world.visit))
    assert not {letter for letter in text if letter < " " and letter != "\n"}
    assert "\u202e" not in text


def test_what_is_in_order_is_counted_and_long_lists_end(store: Store) -> None:
    world = build(store)
    day = store.visit.get(world.visit).completed_at or store.clock()
    for verdict, count in (("serviceable", 5), ("unserviceable", MOST_ROWS + 5)):
        for number in range(count):
            item = store.item.save(
                Item(id=new_id(), customer_id=world.customer, tag=f"{verdict[0]}-{number}")
            )
            store.finding.save(
                Finding(id=new_id(), visit_id=world.visit, item_id=item.id, verdict=verdict, found_at=day)
            )
    text = email_text(visit_report(store, world.visit))
    assert "5 serviceable" in text
    assert "s-1 " not in text
    assert "- …\n" in text
    assert text.count("· unserviceable") <= MOST_ROWS
    table = ReportTable(
        [ReportColumn("Item"), ReportColumn("")], [["a", VerdictCell("serviceable", "in ordine")]]
    )
    made = replace(visit_report(store, world.visit), blocks=[table])
    assert "ordine" not in email_text(made)
