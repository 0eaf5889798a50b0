"""The reports for the office: every figure that the screens have, marked as internal, whatever the texts are."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.domain.scorecard import Scorecard
from radar_tui.errors import RadarError
from radar_tui.reports.company import company_report
from radar_tui.reports.customer import customer_report
from radar_tui.reports.document import Plots
from radar_tui.reports.inside import INTERNAL
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.reports.read import packed, pages_of
from tests.ui.world import HOSTILE, build

if TYPE_CHECKING:
    from pathlib import Path


def test_the_review_of_a_customer(store: Store) -> None:
    world = build(store)
    text = " ".join(pages_of(store, customer_report(store, world.customer)))
    for words in (
        "Customer review Aurora Tissue", "Lucca, Italy · 3 December 2026", "€ 186,000", "Two tissue lines.",
        "planned 9 Dec 2026", "14 Jul 2026 last seen", "Over time Recommend", "Paolo Conti decision maker 6",
        "recover Paolo Conti recommend 6 Too slow to answer.", "Train the night shift Anneli Strand 1 Dec 2026",
        "Spares for RX-40 spares idea 20 % € 760", "Weighted by chance € 152.",
        "9 Dec 2026 Refurbishment visit planned",
        "management Paolo Conti Anneli Strand, receivables 2 Mar 2026", "1 of 2 contacts have met a counterpart.",
    ):  # fmt: skip
        assert words in text, f"{words!r} is not in {text!r}"


def test_the_review_has_the_decision_makers_score_of_the_radar(store: Store) -> None:
    world = build(store)
    first, other = store.contact.get(world.contact), store.contact.get(world.stranger)
    store.contact.save(other.model_copy(update={"role": "decision maker"}))
    [answer] = store.response.where()
    store.response.save(answer.model_copy(update={"id": new_id(), "contact_id": other.id, "score": 9}))
    text = " ".join(pages_of(store, customer_report(store, world.customer)))
    assert "6 recommend, lowest of 2 decision makers – retain, no decision maker" in text
    # Who leaves next week is still there.
    store.contact.save(first.model_copy(update={"left_on": store.clock().date() + timedelta(days=7)}))
    assert "Paolo Conti decision maker 6" in " ".join(pages_of(store, customer_report(store, world.customer)))
    for one in (first, other):
        store.contact.save(one.model_copy(update={"role": "user"}))
    text = " ".join(pages_of(store, customer_report(store, world.customer)))
    assert "– recommend, no decision maker" in text


def test_a_plot_shows_the_movement(store: Store) -> None:
    world = build(store)
    for days, value in ((300, 52.0), (200, 61.0)):
        day = store.clock().date() - timedelta(days=days)
        store.scorecard.save(
            Scorecard(id=new_id(), customer_id=world.customer, as_of=day, value=value, coverage=1)
        )
    [plots] = [one for one in customer_report(store, world.customer).blocks if isinstance(one, Plots)]
    [card] = [plot for plot in plots.plots if plot.title == "Card"]
    assert (card.low, card.high) == (50, 65)
    # A score never stands above the end of its scale.
    assert all(plot.high <= 10 for plot in plots.plots if plot is not card)


def test_the_quarter_of_the_company(store: Store) -> None:
    build(store)
    text = " ".join(pages_of(store, company_report(store)))
    for words in (
        "Company, Q4 2026 Toller As of 3 December 2026", "0 % (0 of 1) customers seen in time",
        "−100 (0/0/1) n 1 · benchmark +24", "Q3 2026 −100 (0/0/1) n 1",
        "pooled respondents −100", "Benchmarks: Paper and tissue: Invented for a test, 2025.",
        "Whom to move", "Paolo Conti Aurora Tissue decision maker 6 +200.0 recover open, 142 d ago",
        "Q3 2026 1 – € 760 – – € 760 –", "Spares in 48 hours 1 Jan 2026 67 % (2 of 3)",
    ):  # fmt: skip
        assert words in text, f"{words!r} is not in {text!r}"


def test_an_empty_file_has_a_report_too(store: Store) -> None:
    [page] = pages_of(store, company_report(store))
    assert "Company, Q4 2026 Ourselves" in page
    assert "Nobody has answered in this time." in page
    with pytest.raises(RadarError, match="no longer there"):
        customer_report(store, "gone")


@pytest.mark.parametrize(
    "text", [HOSTILE["escapes"], HOSTILE["rtl"], HOSTILE["wide"], "#panic() *b* $x$ @a <l>"]
)
def test_any_text_is_text(store: Store, text: str) -> None:
    world = build(store, text)
    for report in (customer_report(store, world.customer), company_report(store)):
        pages = pages_of(store, report)
        assert all(INTERNAL in page for page in pages)
        if text.startswith("#"):
            assert "".join(text.split()) in packed(pages)


def test_the_sample_makes_both(tmp_path: Path) -> None:
    copy = tmp_path / "sample.db"
    copy.write_bytes(paths.sample().read_bytes())
    with Store.open(copy) as store:
        customer = store.row("SELECT customer_id FROM visit GROUP BY 1 ORDER BY count(*) DESC")[0]
        for report in (customer_report(store, customer), company_report(store)):
            pages = pages_of(store, report)
            assert 2 <= len(pages) <= 8
            assert all(INTERNAL in page for page in pages)
