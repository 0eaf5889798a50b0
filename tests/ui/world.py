"""A small territory for tests of screens: one customer with a row of everything, in words of the test's choice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zlib import crc32

from radar_tui.checklists.loader import shipped
from radar_tui.domain.action import Action
from radar_tui.domain.customer import Benchmark, Contact, Customer, Market
from radar_tui.domain.follow_up import FollowUp
from radar_tui.domain.integrity import Finding, Item, Stream
from radar_tui.domain.opportunity import Opportunity, OpportunityLine, Part
from radar_tui.domain.promise import Promise, PromiseCheck
from radar_tui.domain.relationship import Colleague, Counterpart
from radar_tui.domain.response import Response
from radar_tui.domain.scorecard import Scorecard
from radar_tui.domain.visit import Attendee, Visit
from radar_tui.store.ids import new_id
from radar_tui.store.rows.benchmark import Benchmarks
from tests.fresh import built_once

if TYPE_CHECKING:
    from textual.app import App
    from textual.strip import Strip

    from radar_tui.domain.integrity import Verdict
    from radar_tui.store.store import Store

HOSTILE = {
    "markup": "[red]x[/]",
    "closing": "[/]",
    "link": "[@click=app.quit]q[/]",
    "escapes": "\x1b[31mred\x1b[0m\x1b]0;title\x07",
    "long": "x" * 10_000,
    "words": "word " * 1_999 + "end",
    "rtl": "مؤسسة שלום",
    "wide": "🧑‍🔧👩🏽‍🚀 株式会社",
    "lines": "a\nb\tc",
    "override": "\u202eevil\u202c",
}
"""Texts that must be painted as they are and never be parsed or sent to the terminal as control codes."""


def some_hostile(screen: str) -> list[str]:
    """Three of HOSTILE for a screen, others for each; every widget is tried with all of them.

    What could reach the terminal as a control code is always among them.
    """
    others = [name for name in HOSTILE if name != "escapes"]
    at = crc32(screen.encode()) % len(others)
    return ["escapes", others[at], others[(at + 4) % len(others)]]


def strips_of(app: App[Any]) -> list[Strip]:
    """The lines of the terminal as they are sent to it."""
    return app.screen._compositor.render_strips()


def shown(app: App[Any]) -> str:
    """The text of the terminal, line by line, with every space in its place."""
    return "\n".join(strip.text.rstrip() for strip in strips_of(app))


@dataclass(frozen=True)
class World:
    """Ids of what stands in the territory."""

    customer: str
    contact: str
    stranger: str
    colleague: str
    stream: str
    item: str
    visit: str
    planned: str
    opportunity: str
    action: str
    market: str
    promise: str
    part: str
    follow_up: str


def introduce(store: Store) -> str:
    """Make the BRM known, so that the app opens without asking; returns their id."""
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci", function="relationship"))
    store.local.save(replace(store.local.settings(), me=me.id, company="Toller"))
    return me.id


def build(store: Store, text: str | None = None) -> World:
    """One customer, last seen 142 days ago, 52 days late. `text` stands in every text column there is."""
    return built_once(store, text, lambda: _build(store, text))


def _build(store: Store, text: str | None) -> World:
    me = introduce(store)
    t = text if text is not None else ""
    with store.transaction():
        people = _people(store, me, text)
        visits = _visits(store, me, people, text)
        business = _business(store, people, visits, text)
        promise = store.promise.save(
            Promise(id=new_id(), title=t or "Spares in 48 hours", made_on=date(2026, 1, 1))
        )
        for place, visit in enumerate(visits["seen"]):
            note = t or "late twice"
            _checks(
                store,
                PromiseCheck(id=new_id(), promise_id=promise.id, visit_id=visit, kept=place > 0, note=note),
            )
    return World(
        promise=promise.id,
        visit=visits["seen"][-1],
        planned=visits["planned"][0],
        **{name: people[name] for name in ("customer", "contact", "stranger", "colleague", "market")},
        **business,
    )


def _checks(store: Store, row: PromiseCheck) -> None:
    from radar_tui.store.rows.promise_check import PromiseChecks

    PromiseChecks(store).save(row)


def _people(store: Store, me: str, text: str | None) -> dict[str, str]:
    t = text if text is not None else ""
    market = store.market.save(Market(id=new_id(), name=t or "Paper and tissue")).id
    Benchmarks(store).save(
        Benchmark(
            id=new_id(),
            market_id=market,
            nps=24,
            source=t or "Invented for a test",
            year=2025,
            region=t or "EU",
        )
    )
    customer = Customer(
        id=new_id(), name=t or "Aurora Tissue", market_id=market, owner_id=me, annual_value=18_600_000,
        city=t or "Lucca", country=t or "Italy", notes=t or "Two tissue lines.",
    )  # fmt: skip
    store.customer.save(customer)
    colleague = Colleague(
        id=new_id(),
        name=t or "Anneli Strand",
        function=t or "receivables",
        email=t or "a@x.example",
        phone=t or "+39 1",
    )
    store.colleague.save(colleague)
    contact = Contact(
        id=new_id(), customer_id=customer.id, name=t or "Paolo Conti", job_title=t or "Plant director",
        function=t or "management", role="decision maker", email=t or "p@x.example", phone=t or "+39 2",
    )  # fmt: skip
    store.contact.save(contact)
    stranger = store.contact.save(Contact(id=new_id(), customer_id=customer.id, name=f"Zoe {t}".strip()))
    store.counterpart.save(
        Counterpart(id=new_id(), contact_id=contact.id, colleague_id=colleague.id, met_on=date(2026, 3, 2))
    )
    return {
        "customer": customer.id, "contact": contact.id, "stranger": stranger.id, "colleague": colleague.id,
        "market": market, "me": me,
    }  # fmt: skip


def _visits(store: Store, me: str, people: dict[str, str], text: str | None) -> dict[str, list[str]]:
    from radar_tui.store.rows.attendee import Attendees

    checklist = store.checklist.pin(shipped()[0])
    seen = []
    for days in (330, 236, 142):
        done = store.clock() - timedelta(days=days)
        visit = Visit(
            id=new_id(), customer_id=people["customer"], checklist_id=checklist, status="completed", started_at=done,
            completed_at=done, brm_id=me, summary=text if text is not None else "12 items seen.",
        )  # fmt: skip
        store.visit.save(visit)
        Attendees(store).save(Attendee(id=new_id(), visit_id=visit.id, contact_id=people["contact"]))
        seen.append(visit.id)
    planned = Visit(
        id=new_id(),
        customer_id=people["customer"],
        checklist_id=checklist,
        planned_on=date(2026, 12, 9),
        brm_id=me,
    )
    store.visit.save(planned)
    return {"seen": seen, "planned": [planned.id]}


def _business(
    store: Store, people: dict[str, str], visits: dict[str, list[str]], text: str | None
) -> dict[str, str]:
    t = text if text is not None else ""
    customer, last = people["customer"], visits["seen"][-1]
    stream = store.stream.save(
        Stream(id=new_id(), customer_id=customer, name=t or "Tissue line 1", note=t or "Sand.")
    )
    item = Item(
        id=new_id(), customer_id=customer, stream_id=stream.id, tag=t or "W-010", model=t or "RX-40",
        refurbished_on=date(2026, 3, 12),
    )  # fmt: skip
    store.item.save(item)
    verdicts: tuple[Verdict, ...] = ("serviceable", "serviceable", "deteriorating")
    for visit, verdict in zip(visits["seen"], verdicts, strict=True):
        moment = store.visit.get(visit).completed_at or store.clock()
        note = t or "seat worn"
        store.finding.save(
            Finding(id=new_id(), visit_id=visit, item_id=item.id, verdict=verdict, note=note, found_at=moment)
        )
    part = Part(
        id=new_id(), sku=t or "RX40-S", name=t or "Seat and seal set", model=t or "RX-40", unit_price=38_000
    )
    store.part.save(part)
    opportunity = Opportunity(
        id=new_id(),
        customer_id=customer,
        visit_id=last,
        kind="spares",
        title=t or "Spares for RX-40",
        probability=20,
    )
    store.opportunity.save(opportunity)
    store.opportunity.save_line(
        OpportunityLine(
            id=new_id(), opportunity_id=opportunity.id, part_id=part.id, item_id=item.id, description=t,
            quantity=2, unit_price=38_000,
        )
    )  # fmt: skip
    action = Action(
        id=new_id(), customer_id=customer, visit_id=last, title=t or "Train the night shift",
        owner_id=people["colleague"], due_on=date(2026, 12, 1),
    )  # fmt: skip
    store.action.save(action)
    response = Response(
        id=new_id(), customer_id=customer, contact_id=people["contact"], visit_id=last, question="recommend", score=6,
        verbatim=t or "Too slow to answer.", asked_on=date(2026, 7, 14),
    )  # fmt: skip
    store.response.save(response)
    due = store.clock() - timedelta(days=3)
    follow_up = FollowUp(
        id=new_id(), response_id=response.id, play="recover", owner_id=people["me"], due_at=due
    )
    store.follow_up.save(follow_up)
    store.scorecard.save(
        Scorecard(id=new_id(), customer_id=customer, as_of=date(2026, 11, 30), value=58, coverage=0.8)
    )
    return {
        "stream": stream.id, "item": item.id, "opportunity": opportunity.id, "action": action.id, "part": part.id,
        "follow_up": follow_up.id,
    }  # fmt: skip
