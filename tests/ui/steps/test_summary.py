"""The summary: what the visit came to, what is left, completing and opening it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.question import Question
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.rows.promise_check import PromiseChecks
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.screens.reports.email_text import EmailTextScreen
from radar_tui.ui.screens.reports.screen import ReportScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.complete_visit import CompleteVisit
from radar_tui.ui.steps.next_visit import Pane as NextVisit
from radar_tui.ui.steps.questions import Pane as Questions
from radar_tui.ui.steps.summary import Pane, tally
from tests.ui.steps.standing import app_on, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.visit import Visit
    from radar_tui.store.store import Store


def question(key: str, **more: Any) -> Question:
    return Question.model_validate({"key": key, "ask": f"About {key}?", "type": "yes/no", **more})


FIRST = question("ready", required=True, flag="no")
STEPS = [
    step("questions", FIRST, question("glad")), step("people"), step("integrity"), step("replacements"),
    step("spares"), step("new_streams"), step("tickets"), step("feedback"), step("kpis"), step("promises"),
    step("nps"), step("actions"), step("next_visit"), step("summary"),
]  # fmt: skip


@pytest.fixture
def visit(store: Store, world: World) -> str:
    id = visit_with(store, world.customer, STEPS)
    store.visit.set_step(id, "summary")
    return id


def row(store: Store, visit: str) -> Visit:
    """The visit as another process reads it."""
    with on_disk(store) as other:
        return other.visit.get(visit)


def said(pilot: Pilot[None]) -> list[str]:
    """The notices on screen, the newest last."""
    return [notice.message for notice in pilot.app._notifications]


def line_of(text: str, words: str) -> str:
    """The line of the pane that begins with a step's title."""
    return next(
        line.split("│", 1)[1] for line in text.splitlines() if "│" in line and words in line.split("│", 1)[1]
    )


async def test_every_step_says_what_it_came_to(store: Store, world: World, visit: str) -> None:
    store.answer.answer(visit, FIRST, "no", note="not yet")
    Attendees(store).put(visit, world.contact, here=True)
    store.finding.grade(visit, world.item, "deteriorating")
    line = store.opportunity.lines_of(visit, "spares")[0]
    store.opportunity.set_decision(line.id, "agreed")
    PromiseChecks(store).put(visit, world.promise, False, "")
    store.response.seal(
        customer_id=world.customer, contact_id=world.contact, visit_id=visit, question="recommend", score=9
    )
    async with app_on(store).run_test(size=(120, 44)) as pilot:
        await opened(pilot, visit, Pane)
        text = shown(pilot.app)
        assert "1 of 2 answered, 1 flagged" in line_of(text, "Questions")
        assert "Paolo Conti" in line_of(text, "People  ")
        assert "1 of 1 item: 1 deteriorating" in line_of(text, "Integrity  ")
        assert "1 agreed" in line_of(text, "Spares  ")
        assert "1 not kept" in line_of(text, "Promises  ")
        assert "Paolo Conti: 1 answer sealed" in line_of(text, "Nps  ")
        assert "9 Dec" in line_of(text, "Next_visit")
        assert "Flagged" in text
        assert "About ready?  not yet" in text


async def test_what_is_required_is_listed_and_enter_goes_there(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 40)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "1 required answer left" in shown(pilot.app)
        assert "Still required" in shown(pilot.app)
        assert tally(screen_of(pilot).book, STEPS[-1]).words == "1 left"
        pane.table.go_to("step 0 ready ")
        await pilot.press("enter")
        await pilot.pause()
        assert screen_of(pilot).here == 0


def asked(store: Store, world: World, visit: str) -> None:
    store.response.seal(
        customer_id=world.customer, contact_id=world.contact, visit_id=visit, question="recommend", score=9
    )


async def test_with_nothing_left_one_key_completes_and_stays(store: Store, world: World, visit: str) -> None:
    store.answer.answer(visit, FIRST, "yes")
    asked(store, world, visit)
    async with app_on(store).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)
        assert "completed 3 Dec 2026" in shown(pilot.app)
        assert said(pilot) == [
            "Visit completed. Aurora Tissue was seen 3 Dec, due again 3 Mar 2027. r makes its report, m an e-mail."
        ]
        done = row(store, visit)
        assert (done.status, done.completed_at) == ("completed", store.clock())
        with on_disk(store) as other:
            assert other.radar.page(store.clock().date())[0].last_seen == store.clock().date()
        for key, screen in (("r", ReportScreen), ("m", EmailTextScreen)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(pilot.app.screen, screen)
            await pilot.app.workers.wait_for_complete()
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RadarScreen)
        assert "in 90 days" in shown(pilot.app)


async def test_what_one_would_not_leave_out_is_named_first(store: Store, world: World, visit: str) -> None:
    store.answer.answer(visit, FIRST, "yes")
    store.visit.delete(world.planned)
    async with app_on(store).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CompleteVisit)
        text = shown(pilot.app)
        assert "Before it is completed" in text
        assert "Two questions not asked" in text
        assert "Next visit not planned" in text
        assert "with a note on why" not in text
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen.query_one("#pane").children[0], NextVisit)
        assert row(store, visit).status == "in progress"
        await pilot.press("right_square_bracket")
        await pilot.pause()
        await pilot.press("c", "f")
        await pilot.pause()
        await pilot.pause()
        assert row(store, visit).status == "completed"
        assert row(store, visit).summary == ""
        assert said(pilot)[-1].endswith("Left: Two questions not asked; Next visit not planned.")


async def test_who_was_asked_a_short_time_ago_is_not_missed(store: Store, world: World, visit: str) -> None:
    store.answer.answer(visit, FIRST, "yes")
    for contact in (world.contact, world.stranger):
        store.response.seal(
            customer_id=world.customer, contact_id=contact, visit_id=None, question="retain", score=9
        )
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c")
        await pilot.pause()
        assert row(store, visit).status == "completed"


async def test_the_point_that_is_meant_is_gone_to(store: Store, world: World) -> None:
    """Not only its step: the very question, also where the step was resumed at another one."""
    questions = [question(f"q{place}", required=place == 1, flag="no") for place in range(4)]
    visit = visit_with(store, world.customer, [step("questions", *questions), step("summary")])
    store.answer.answer(visit, questions[2], "no")
    store.visit.set_step(visit, "summary")
    async with app_on(store).run_test(size=(80, 40)) as pilot:
        pane = await opened(pilot, visit, Pane)
        for key, about in (("step 0 q1 ", "q1"), ("step 0 flag q2 ", "q2")):
            pane = pilot.app.screen.query_one(Pane)
            pane.table.go_to(key)
            await pilot.press("enter")
            await pilot.pause()
            await pilot.pause()
            current = pilot.app.screen.query_one(Questions).current
            assert current is not None
            assert current.question.key == about
            await pilot.press("right_square_bracket")
            await pilot.pause()
        await pilot.press("c", "enter")
        await pilot.pause()
        await pilot.pause()
        current = pilot.app.screen.query_one(Questions).current
        assert current is not None
        assert current.question.key == "q1"


async def test_with_answers_left_it_is_completed_only_with_a_note(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 44)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CompleteVisit)
        assert "About ready?" in shown(pilot.app)
        await pilot.press("f", "enter")
        assert isinstance(pilot.app.screen, CompleteVisit), "a note is needed"
        await typed(pilot, "gate closed")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)
        assert row(store, visit).summary == "Completed with 1 required answer left: gate closed"
        assert "Left: Two questions not asked; “About ready?”." in said(pilot)[-1]
        assert "About ready?" in shown(pilot.app).split("Still required")[1]


async def test_many_answers_left_are_counted_and_listed(store: Store, world: World) -> None:
    questions = [question(f"q{place}", required=True) for place in range(3)]
    visit = visit_with(store, world.customer, [step("questions", *questions), step("summary")])
    store.visit.set_step(visit, "summary")
    async with app_on(store).run_test(size=(80, 44)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c", "f", *"late", "enter")
        await pilot.pause()
        await pilot.pause()
        assert said(pilot)[-1].endswith("Left: 3 required answers.")
        listed = shown(pilot.app).split("Still required")[1]
        assert all(f"About q{place}?" in listed for place in range(3))


async def test_the_warning_leads_to_the_question_or_back(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("c", "escape")
        await pilot.pause()
        assert row(store, visit).status == "in progress"
        await pilot.press("c", "f", "x", "escape")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert screen_of(pilot).here == 0
        assert row(store, visit).status == "in progress"


async def test_the_summary_is_written_kept_and_taken_back(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 40)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("e")
        await typed(pilot, "Sand in line 1.")
        await pilot.press("enter")
        assert row(store, visit).summary == "Sand in line 1."
        assert "Sand in line 1." in shown(pilot.app)
        await pilot.press("ctrl+z")
        assert row(store, visit).summary == ""


async def test_a_completed_visit_opens_again_only_when_asked(store: Store, visit: str) -> None:
    store.answer.answer(visit, FIRST, "yes")
    store.visit.complete(visit, "Done.")
    first = row(store, visit).completed_at
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "completed 3 Dec 2026" in shown(pilot.app)
        await pilot.press("c", "e")
        assert row(store, visit).status == "completed"
        await pilot.press("o")
        await pilot.pause()
        assert row(store, visit).status == "in progress"
        pane = pilot.app.screen.query_one(Pane)
        assert not pane.book.closed
        await pilot.press("c", "f")
        await pilot.pause()
        again = row(store, visit)
        assert (again.status, again.completed_at, again.summary) == ("completed", first, "Done.")


async def test_a_completed_visit_is_looked_through_without_a_trace(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    before = row(store, visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert screen_of(pilot).here == len(STEPS) - 3
        await pilot.press("escape")
        assert row(store, visit) == before


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is_and_kept_whole(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    visit = visit_with(store, world.customer, STEPS)
    store.visit.set_step(visit, "summary")
    store.answer.answer(visit, FIRST, "no", note=text)
    store.visit.set_summary(visit, text)
    Attendees(store).put(visit, world.contact, here=True)
    async with app_on(store).run_test(size=(120, 44)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert shown(pilot.app).count(text) >= 3
        await pilot.press("e", "enter")
        assert row(store, visit).summary == text.strip()
