"""A visit with a customer beside the screen: what must not be seen is nowhere, and comes back with the same key."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.action import Action
from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.promise import Want
from radar_tui.domain.scorecard import Measure, Reading
from radar_tui.domain.service import Ticket
from radar_tui.store.ids import new_id
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.rows.measure import Readings
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.every_place import _visit, settle, visits_of
from tests.ui.world import World, build, shown

if TYPE_CHECKING:
    from radar_tui.domain.card import Perspective
    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.store.store import Store

ABSENT = ("Gisela Absent", "Ottone Lontano")
OURS = (
    "zyxnote",
    "zyxaction",
    "zyxline",
    "zyxstream",
    "zyxwant",
    "zyxoutcome",
    "zyxsummary",
    "zyxquestion",
    "zyxreason",
)
SECRETS = {
    "money": r"€|\bEUR\b|1,240|3,800|9,876",
    "a role": r"(?i)decision maker|influencer|gatekeeper",
    "a score": r"(?i)recommend +3|retain +4|“too slow”|detractor|recover by",
    "a rating": r"Answer and note[^│]*\n(.*\n)*?.*How easy.* 2\b",
    "names of others": "|".join(ABSENT),
    "what was found": "Found today",
    "what is ours": "|".join(OURS),
    "a measure of ours": "Churn risk",
}
SENT = ("money", "names of others")
"""What the e-mail holds that goes to the customer."""
SELF_CHECK = "business_with_yourself"


@pytest.fixture
def visits(store: Store) -> dict[str, str]:
    """A visit that follows each checklist, full of what nobody of theirs should see; Paolo Conti is in the room."""
    world = build(store)
    for name, role in zip(ABSENT, ("gatekeeper", "influencer"), strict=True):
        contact = {"id": new_id(), "customer_id": world.customer, "name": name, "role": role}
        store.contact.save(Contact.model_validate(contact))
    made = visits_of(store, world.customer)
    for key, visit in made.items():
        if key != SELF_CHECK:
            fill(store, world, visit)
    measures: tuple[tuple[Perspective, str, bool], ...] = (
        ("customer", "Churn risk", False), ("internal", "First reply", True),
    )  # fmt: skip
    for perspective, name, theirs in measures:
        measure = Measure(
            id=new_id(),
            customer_id=world.customer,
            perspective=perspective,
            name=name,
            target=50,
            for_customer=theirs,
        )
        store.measure.save(measure)
        Readings(store).save(
            Reading(id=new_id(), measure_id=measure.id, as_of=store.clock().date(), value=60)
        )
    opened = store.clock() - timedelta(days=9)
    store.ticket.save(
        Ticket(id=new_id(), customer_id=world.customer, subject="Pump", satisfied=False, opened_at=opened,
               closed_at=opened, outcome="INTERNAL : zyxoutcome", followed_up_on=opened.date())
    )  # fmt: skip
    return made


def fill(store: Store, world: World, visit: str) -> None:
    """Everything that a visit may hold."""
    for contact in (world.contact, world.stranger):
        Attendees(store).put(visit, contact, here=True)
    store.finding.grade(visit, world.item, "deteriorating", "internal: zyxnote")
    store.opportunity.add_line(visit, "spares", world.part, 1)
    [spares] = store.opportunity.where("visit_id = ?", [visit])
    for line in store.opportunity.lines.where("opportunity_id = ?", [spares.id]):
        store.opportunity.save_line(
            line.model_copy(update={"unit_price": 124_000, "description": f"seat for {ABSENT[0]}"})
        )
    line = store.opportunity.lines.get(store.opportunity.add_line(visit, "replacement", world.part, 1))
    store.opportunity.save_line(line.model_copy(update={"description": "zyxline", "ours": True}))
    store.opportunity.new_stream(
        visit, "interne : zyxstream", model="RX-40", widgets=3, housings=1, percent=10
    )
    store.opportunity.new_stream(visit, "Tissue line 9", model="RX-40", widgets=3, housings=1, percent=10)
    PromiseChecks(store).put(visit, world.promise, True, "(intern: zyxnote)")
    for title, ours in (("A discount, zyxwant", True), (f"A call for {ABSENT[1]}", None)):
        note = "internal: zyxreason"
        want = Want(
            id=new_id(), customer_id=world.customer, visit_id=visit, title=title, ours=ours, note=note
        )
        store.want.save(want)
    for title, ours in (
        ("Look at their credit, zyxaction", True),
        (f"Introduce {ABSENT[0]} to Anneli", None),
    ):
        store.action.save(
            Action(id=new_id(), customer_id=world.customer, visit_id=visit, title=title, ours=ours)
        )
    answers: tuple[tuple[ResponseQuestion, int], ...] = (("recommend", 3), ("retain", 4))
    for question, score in answers:
        store.response.seal(
            customer_id=world.customer, contact_id=world.contact, visit_id=visit, question=question, score=score,
            verbatim="too slow",
        )  # fmt: skip
    store.visit.set_summary(visit, "zyxsummary: they may leave us")
    answer_some(store, world, visit)


def answer_some(store: Store, world: World, visit: str) -> None:
    """Answers that are flagged, that rate, that raise an action, and a note of ours on each."""
    known = {
        "decision_maker": "no", "ahead": "tender", "relationship": "1", "person_ease": "2", "loops_closed": "no",
    }  # fmt: skip
    for step in store.checklist.of_visit(store.visit.get(visit)).steps:
        subject = world.contact if step.each == "contact" else None
        for question in step.questions:
            if question.key in known:
                store.answer.answer(
                    visit, question, known[question.key], subject_id=subject, note="interno: zyxquestion"
                )


async def looked_at(
    store: Store, visits: dict[str, str], size: tuple[int, int], *, discreet: bool
) -> dict[str, str]:
    """Place to everything that is painted there, row after row, in the steps of every visit."""
    app, seen = RadarApp(store), dict[str, str]()
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        app.discreet = discreet
        for key, visit in visits.items():
            async for place in _visit(pilot, key, visit):
                seen[place] = shown(app)
                for table in app.screen.query(RowTable):
                    here = table.cursor
                    for index in range(table.count):
                        table.cursor = index
                        await pilot.pause()
                        seen[place] += "\n" + shown(app)
                    table.cursor = here
                await pilot.pause()
    return seen


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["80x24", "160x45"])
async def test_nothing_that_must_not_be_seen_is_painted_in_any_step(
    store: Store, visits: dict[str, str], size: tuple[int, int]
) -> None:
    seen = await looked_at(store, visits, size, discreet=True)
    assert len(seen) > 40
    assert {key for key in visits if any(place.startswith(key) for place in seen)} == {
        one.key for one in shipped()
    }
    found = {
        (place, what, match[0])
        for place, text in seen.items()
        for what, secret in SECRETS.items()
        if not place.startswith(SELF_CHECK)
        and not (place.endswith("e-mail") and what in SENT)
        and (match := re.search(secret, text))
    }
    assert found == set()
    assert "First reply" in seen["service, kpis"]
    assert "Tissue line 9" in seen["refurbishment, new_streams"]
    assert "Introduce … to Anneli" in seen["refurbishment, actions"]
    assert "discreet" in seen["refurbishment, people"].splitlines()[0]


async def test_without_it_the_brm_sees_all_that(store: Store, visits: dict[str, str]) -> None:
    """The walk finds what it looks for, but for scores and roles: those are never shown in a visit."""
    text = "\n".join((await looked_at(store, visits, (160, 45), discreet=False)).values())
    missing = {what for what, secret in SECRETS.items() if not re.search(secret, text)}
    assert missing == {"a score"}
    assert [word for word in OURS if word not in text] == []


async def test_one_key_hides_and_shows_again(store: Store, visits: dict[str, str]) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        store.visit.set_step(visits["refurbishment"], "spares")
        app.push_screen(VisitScreen(visits["refurbishment"]))
        await settle(pilot)
        before = shown(app)
        assert "€" in before
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "€" not in shown(app)
        assert "discreet" in shown(app).splitlines()[0]
        # It holds for the next step, and for the next visit of this sitting.
        await pilot.press("right_square_bracket")
        await settle(pilot)
        assert "Value" not in shown(app)
        await pilot.press("left_square_bracket", "escape")
        app.push_screen(VisitScreen(visits["refurbishment"]))
        await settle(pilot)
        assert "€" not in shown(app)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert shown(app) == before


async def test_nothing_that_was_said_stays_when_somebody_sits_down(
    store: Store, visits: dict[str, str]
) -> None:
    visit, app = visits["refurbishment"], RadarApp(store)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        store.visit.set_step(visit, "actions")
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        await pilot.press("end", "ctrl+o")
        await settle(pilot)
        assert "customers do not read it" in " ".join(shown(app).split())
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "customers do not read it" not in " ".join(shown(app).split())
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert "customers" not in shown(app)


async def test_what_is_being_typed_is_kept_before_it_is_hidden(store: Store, visits: dict[str, str]) -> None:
    visit, app = visits["refurbishment"], RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        store.visit.set_step(visit, "summary")
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        await pilot.press("e", "end", "x", "ctrl+l")
        await settle(pilot)
        assert "zyxsummary" not in shown(app)
        assert store.visit.get(visit).summary.endswith("usx")


async def test_the_setting_says_how_a_visit_begins(store: Store) -> None:
    build(store)
    store.local.save(replace(store.local.settings(), discreet=True))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.discreet = False  # as the visit before left it
        await pilot.press("v", "enter")
        await settle(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert "discreet" in app.screen.query_one("#title", Line).render().plain


async def test_the_palette_names_nobody_while_discreet(store: Store, visits: dict[str, str]) -> None:
    store.customer.save(Customer(id=new_id(), name="Quarzwerk"))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        app.push_screen(VisitScreen(visits["refurbishment"]))
        await settle(pilot)
        for discreet in (False, True):
            await pilot.press("ctrl+p", *"quarz")
            await pilot.pause(0.4)
            assert ("Quarzwerk" in shown(app)) is not discreet
            await pilot.press("escape", "ctrl+l")
            await settle(pilot)


@pytest.mark.parametrize(
    ("step", "key", "veiled"),
    [("integrity", "n", False), ("promises", "ctrl+n", False), ("promises", "e", True), ("spares", "e", True),
     ("actions", "e", True)],
)  # fmt: skip
async def test_no_field_opens_with_what_is_not_shown(
    store: Store, visits: dict[str, str], step: str, key: str, veiled: bool
) -> None:
    """Neither what is ours nor the names of others stand in a field; that nothing opens is said."""
    visit, app = visits["refurbishment"], RadarApp(store)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        app.discreet = True
        store.visit.set_step(visit, step)
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        for table in app.screen.query(RowTable):
            table.go_to(next((row.key for row in table.rows() if veiled and "…" in str(row.cells)), ""))
        await pilot.press(key)
        await settle(pilot)
        text = shown(app)
        assert isinstance(app.screen, VisitScreen)
        assert "not shown while discreet" in " ".join(text.split())
        assert re.search(SECRETS["names of others"] + "|" + SECRETS["what is ours"], text) is None


@pytest.mark.parametrize("step", ["integrity", "promises"])
async def test_the_mark_of_a_note_that_is_not_shown_stays(
    store: Store, visits: dict[str, str], step: str
) -> None:
    """Else a key pressed by mistake shows it to who sits there, and prints it for them."""
    visit, app = visits["refurbishment"], RadarApp(store)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.discreet = True
        store.visit.set_step(visit, step)
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        await pilot.press("ctrl+o")
        await settle(pilot)
        assert re.search(SECRETS["what is ours"], shown(app)) is None
        assert "ctrl+o" not in shown(app)
        assert [row.ours for row in store.finding.where("visit_id = ?", [visit])] == [True]
        assert {row.ours for row in PromiseChecks(store).where("visit_id = ?", [visit])} == {True}


async def test_another_checklist_names_no_question_that_is_hidden(
    store: Store, visits: dict[str, str]
) -> None:
    visit, app = visits["refurbishment"], RadarApp(store)
    for row in store.response.where("visit_id = ?", [visit]):
        store.response.void(row.id, "a test")
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        await pilot.press("ctrl+k")
        await settle(pilot)
        assert "decision maker" in shown(app)
        await pilot.press("escape", "ctrl+l", "ctrl+k")
        await settle(pilot)
        assert "put aside." in shown(app)
        assert re.search(SECRETS["a role"], shown(app)) is None


async def test_the_reason_of_a_want_may_be_internal(store: Store, visits: dict[str, str]) -> None:
    visit, app = visits["refurbishment"], RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        store.visit.set_step(visit, "promises")
        app.push_screen(VisitScreen(visit))
        await settle(pilot)
        assert "ours internal: zyxreason" in shown(app)
        await pilot.press("ctrl+l")
        await settle(pilot)
        assert "A call for …" in shown(app)
        assert "zyxreason" not in shown(app)
