"""The NPS step: whom to ask, handing over, what is sealed on the disk, resting, voiding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast, get_args

import pytest

from radar_tui.checklists.nps import nps_words
from radar_tui.domain.checklist import Checklist, Step, Words
from radar_tui.domain.customer import Contact, ContactRole, Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.errors import RadarError
from radar_tui.store.connection import SaveFailed
from radar_tui.store.ids import new_id
from radar_tui.store.lists.response import ResponseLists
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.steps.base import saving
from radar_tui.ui.steps.base.book import Book
from radar_tui.ui.steps.handing_over.before import BeforeHandOver, next_language
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from radar_tui.ui.steps.handing_over.sealing import CHANGED
from radar_tui.ui.steps.nps import Pane, recap, tally
from radar_tui.ui.widgets.cells import text_of
from tests.ui.painted import painted

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.nps import ResponseQuestion
    from radar_tui.domain.response import Response

CHORD = ("ctrl+g", "ctrl+r")
PEOPLE: list[tuple[str, ContactRole, str]] = [
    ("Paolo Conti", "decision maker", "it"),
    ("Giulia Ferri", "influencer", "de"),
    ("Hans Weber", "user", "pt"),
]


@dataclass
class Place:
    """A visit to a customer with three contacts, standing at its NPS step."""

    store: Store
    customer_id: str
    visit_id: str
    contacts: dict[str, str]

    def app(self) -> RadarApp:
        return RadarApp(self.store)

    def here(self, name: str) -> None:
        Attendees(self.store).put(self.visit_id, self.contacts[name], here=True)

    def asked(self, name: str, days_ago: int) -> None:
        """An answer of an earlier day."""
        made = self.store.response.seal(
            customer_id=self.customer_id,
            contact_id=self.contacts[name],
            visit_id=None,
            question="recommend",
            score=3,
            verbatim="earlier",
        )
        day = self.store.clock().date() - timedelta(days=days_ago)
        self.store.response.save(made.model_copy(update={"asked_on": day}))

    def sealed(self) -> list[Response]:
        """What another process reads from the file now."""
        with Store.open(self.store.path, clock=self.store.clock) as other:
            return other.response.where("visit_id = ?", [self.visit_id])

    def scores(self) -> list[tuple[str, int, str]]:
        """Question, score and reason of what stands."""
        return [(row.question, row.score, row.verbatim) for row in self.sealed() if row.voided_at is None]


@pytest.fixture
def place(store: Store) -> Place:
    me = store.colleague.save(Colleague(id=new_id(), name="Marta Ricci"))
    store.local.save(replace(store.local.settings(), me=me.id, company="Toller Refurbishing"))
    customer = store.customer.save(Customer(id=new_id(), name="Aurora Tissue", owner_id=me.id))
    contacts = {
        name: store.contact.save(
            Contact(id=new_id(), customer_id=customer.id, name=name, role=role, language=language)
        ).id
        for name, role, language in PEOPLE
    }
    steps = (
        Step(key="people", kind="people", title=Words("People")),
        Step(key="nps", kind="nps", title=Words("Two questions")),
    )
    checklist = Checklist(key="asking", version=1, title=Words("Asking"), steps=steps)
    visit = store.visit.start(customer.id, store.checklist.pin(checklist), me.id)
    store.visit.set_step(visit.id, "nps")
    return Place(store, customer.id, visit.id, contacts)


async def open_visit(pilot: Pilot[None], place: Place) -> Pane:
    await pilot.pause()
    pilot.app.push_screen(VisitScreen(place.visit_id))
    await pilot.pause()
    await pilot.pause()
    return pilot.app.screen.query_one(Pane)


def current(pane: Pane) -> str:
    return pane.whom.rows[pane.table.cursor].name


# Whom to ask


async def test_the_decision_maker_is_proposed(place: Place) -> None:
    async with place.app().run_test() as pilot:
        pane = await open_visit(pilot, place)
        assert [row.name for row in pane.whom.rows] == ["Paolo Conti", "Giulia Ferri", "Hans Weber"]
        assert current(pane) == "Paolo Conti"


async def test_who_is_in_the_room_comes_first(place: Place) -> None:
    place.here("Hans Weber")
    async with place.app().run_test() as pilot:
        assert current(await open_visit(pilot, place)) == "Hans Weber"


async def test_who_rests_is_not_proposed(place: Place) -> None:
    place.here("Paolo Conti")
    place.asked("Paolo Conti", 10)
    async with place.app().run_test() as pilot:
        assert current(await open_visit(pilot, place)) == "Giulia Ferri"


@pytest.mark.parametrize(("days_ago", "words"), [(74, "from 4 Dec"), (75, "now"), (0, "from 16 Feb")])
async def test_the_rest_ends_on_its_day(place: Place, days_ago: int, words: str) -> None:
    place.asked("Paolo Conti", days_ago)
    async with place.app().run_test(size=(100, 30)) as pilot:
        await open_visit(pilot, place)
        named = [line for line in painted(pilot.app).splitlines() if "Paolo Conti" in line]
        line = named[1]  # the first is the title of the visit
        assert words in line


async def test_the_rest_is_a_setting(place: Place) -> None:
    place.store.local.save(replace(place.store.local.settings(), rest_days=5))
    place.asked("Paolo Conti", 6)
    async with place.app().run_test() as pilot:
        pane = await open_visit(pilot, place)
        assert pane.whom.rests_until(pane.whom.rows[0]) is None


async def test_who_left_is_not_asked(place: Place) -> None:
    contact = place.store.contact.get(place.contacts["Paolo Conti"])
    place.store.contact.save(contact.model_copy(update={"left_on": place.store.clock().date()}))
    async with place.app().run_test() as pilot:
        pane = await open_visit(pilot, place)
        assert "Paolo Conti" not in [row.name for row in pane.whom.rows]


async def test_nobody_known_says_what_to_do(place: Place) -> None:
    for id in place.contacts.values():
        contact = place.store.contact.get(id)
        place.store.contact.save(contact.model_copy(update={"left_on": place.store.clock().date()}))
    async with place.app().run_test(size=(120, 30)) as pilot:
        await open_visit(pilot, place)
        assert "Press n to add a contact" in painted(pilot.app)
        await pilot.press("enter", "x", "l")
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)


# Handing over


async def test_seven_keys_and_the_chord(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        keys = ["enter", "enter", "8", "enter", "enter", "9", "enter", "enter"]
        for key in [*keys, *CHORD]:
            await pilot.press(key)
            await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)
        assert place.scores() == [("recommend", 8, ""), ("retain", 9, "")]
        plays = {row.play for row in place.store.follow_up.where()}
        assert plays == {"nudge", "learn"}


async def test_the_panel_says_whom_how_and_the_way_back(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter")
        await pilot.pause()
        shown = painted(pilot.app)
        assert isinstance(pilot.app.screen, BeforeHandOver)
        for words in (
            "Paolo Conti",
            "Italian",
            "ctrl+g then ctrl+r",
            "recommend and retain",
            "not according to",
        ):
            assert words in shown
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, VisitScreen)
        assert place.sealed() == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Paolo Conti", "it"), ("Giulia Ferri", "de"), ("Hans Weber", "en")],
)
async def test_the_contact_reads_their_language(place: Place, name: str, shown: str) -> None:
    place.here(name)
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert nps_words(shown).reason in painted(pilot.app)


async def test_another_language_this_time_only(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press("l", "enter", "l", "enter")
        await pilot.pause()
        assert " ".join(nps_words("fr").reason.split()) in " ".join(painted(pilot.app).split())
        await pilot.press(*CHORD)
        await pilot.pause()
        assert "French this time" in painted(pilot.app)
        assert place.store.contact.get(place.contacts["Paolo Conti"]).language == "it"


def test_languages_go_round() -> None:
    seen = ["xx"]
    for _ in range(6):
        seen.append(next_language(seen[-1]))
    assert seen[1:] == ["en", "it", "de", "fr", "es", "en"]


async def test_the_question_needs_our_name(place: Place) -> None:
    app = place.app()
    async with app.run_test(notifications=True) as pilot:
        await open_visit(pilot, place)
        app.settings = replace(app.settings, company=" ")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
        assert "company's" in painted(app)


async def test_a_completed_visit_asks_nobody(place: Place) -> None:
    place.store.visit.complete(place.visit_id)
    app = place.app()
    async with app.run_test(notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
        assert "completed" in painted(app)


async def test_the_customer_sees_nothing_of_the_visit(place: Place) -> None:
    place.asked("Paolo Conti", 10)
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        pane = await open_visit(pilot, place)
        pane.table.cursor = 0
        await pilot.press("enter", "o", "enter")
        app.notify("Giulia Ferri 3 detractor")
        for key in ("3", "enter", "enter", "2", "enter", "enter"):
            await pilot.press(key)
            await pilot.pause()
            shown = painted(app)
            for words in (
                "Aurora",
                "Giulia",
                "Hans",
                "Marta",
                "saved",
                "asked",
                "rests",
                "ctrl",
                "detractor",
            ):
                assert words not in shown
        assert nps_words("it").hand_back in painted(app)
        await pilot.press(*CHORD)
        await pilot.pause()
        assert "Giulia Ferri 3 detractor" in painted(app)


# Never lose an answer


async def test_the_first_answer_is_on_the_disk_before_the_second_question(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "tab", *"late", "enter")
        assert isinstance(pilot.app.screen, HandedOverScreen)
        assert place.scores() == [("recommend", 8, "late")]


async def test_the_words_of_a_question_are_kept_as_they_were_asked(place: Place) -> None:
    async with place.app().run_test(size=(80, 24)) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "9", "enter", "enter", "8", "enter")
    words = nps_words("it")
    assert {row.question: row.asked for row in place.sealed()} == {
        question: words.question(question, "Toller Refurbishing") for question in ("recommend", "retain")
    }


async def test_after_a_crash_only_the_open_question_is_asked(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "enter", "enter", "9")
    async with place.app().run_test(size=(100, 30)) as pilot:
        await open_visit(pilot, place)
        assert isinstance(pilot.app.screen, VisitScreen)
        assert "one left" in painted(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "recommend" not in painted(pilot.app)[painted(pilot.app).index("Questions") :]
        await pilot.press("enter", "7", "enter", "enter", *CHORD)
        await pilot.pause()
        assert place.scores() == [("recommend", 8, ""), ("retain", 7, "")]


async def test_a_change_of_mind_voids_and_seals_beside(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await open_visit(pilot, place)
        await pilot.press(
            "enter",
            "enter",
            "8",
            "enter",
            "enter",
            "backspace",
            "6",
            "enter",
            "enter",
            "9",
            "enter",
            "enter",
            *CHORD,
        )
        await pilot.pause()
    assert sorted(place.scores()) == [("recommend", 6, ""), ("retain", 9, "")]
    voided = [row for row in place.sealed() if row.voided_at is not None]
    assert [(row.question, row.score, row.void_reason) for row in voided] == [("recommend", 8, CHANGED)]
    duties = {row.response_id: row.status for row in place.store.follow_up.where()}
    assert duties[voided[0].id] == "closed"
    assert sorted(duties.values()) == ["closed", "open", "open"]


async def test_a_choice_without_enter_is_sealed_and_said(place: Place) -> None:
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "enter", "enter", "4", *CHORD)
        await pilot.pause()
        assert place.scores() == [("recommend", 8, ""), ("retain", 4, "")]
        await pilot.pause()
        assert "chose without pressing enter" in painted(app)


async def test_a_reason_without_a_score_is_shown_to_the_brm(place: Place) -> None:
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "tab", *"[/]later", *CHORD)
        await pilot.pause()
        await pilot.pause()
        assert place.sealed() == []
        assert "[/]later" not in painted(app)
        await pilot.press("s")
        await pilot.pause()
        assert "[/]later" in painted(app)


async def test_a_full_disk_loses_nothing_and_shows_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)
    responses = place.store.response
    seal, full = responses.seal, [True]

    def refusing(**answer: object) -> Response:
        if full[0]:
            raise SaveFailed("The disk is full.", "Free some space.")
        return seal(**answer)  # type: ignore[arg-type]

    monkeypatch.setattr(responses, "seal", refusing)
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        pane = await open_visit(pilot, place)
        await pilot.press(
            "enter",
            "enter",
            "8",
            "tab",
            *"late",
            "enter",
            "backspace",
            "7",
            "enter",
            "enter",
            "9",
            "enter",
            "enter",
        )
        await pilot.pause(0.2)
        shown = painted(app)
        assert shown.split() == nps_words("it").hand_back.split()
        await pilot.press(*CHORD)
        await pilot.pause()
        shown = painted(app)
        assert "The disk is full." in shown
        assert "unsaved" in shown
        assert pane.whom.open(pane.whom.rows[0]) == []
        assert place.sealed() == []
        full[0] = False
        await pilot.pause(0.3)
        assert sorted(place.scores()) == [("recommend", 7, "late"), ("retain", 9, "")]
        assert pane.unsaved == {}


async def test_an_answer_is_kept_though_a_sync_completed_the_visit_meanwhile(place: Place) -> None:
    """Another laptop closed it while the customer was thinking."""
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter")
        await pilot.pause()
        with Store.open(place.store.path, clock=place.store.clock) as other:
            other.visit.complete(place.visit_id, "done there")
        app.reload()
        await pilot.press("9", "enter", "enter", "2", "enter", "enter")
        await pilot.pause()
        assert sorted(place.scores()) == [("recommend", 9, ""), ("retain", 2, "")]
        await pilot.press(*CHORD)
        await pilot.pause()
        assert "Not saved" not in painted(app)
        assert "completed, to read" in painted(app)


async def test_an_answer_that_is_refused_is_told_with_its_words(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(**answer: object) -> Response:
        raise RadarError("The database refused this change.", "Look closer.")

    monkeypatch.setattr(place.store.response, "seal", refusing)
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        pane = await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "tab", *"late", "enter")
        await pilot.pause()
        assert nps_words("it").progress(2, 2) in painted(app)
        await pilot.press(*CHORD)
        await pilot.pause()
        assert "Not saved: an answer of Paolo Conti" in " ".join(painted(app).split())
        assert "late" not in painted(app)
        await pilot.press("s")
        await pilot.pause()
        assert "8!" in painted(app)
        assert "Recommend, not saved: 8 late" in " ".join(painted(app).split())
        assert pane.whom.open(pane.whom.rows[0]) == ["recommend", "retain"]


async def test_an_answer_refused_only_when_it_is_tried_again_is_told_too(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saving, "RETRY_SECONDS", 0.05)
    errors: list[RadarError] = [SaveFailed("The disk is full."), RadarError("The database refused it.")]

    def refusing(**answer: object) -> Response:
        raise errors.pop(0) if len(errors) > 1 else errors[0]

    monkeypatch.setattr(place.store.response, "seal", refusing)
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "enter", "enter")
        await pilot.pause(0.3)
        assert app.is_running
        assert nps_words("it").progress(2, 2) in painted(app)
        await pilot.press(*CHORD)
        await pilot.pause()
        assert "Not saved: an answer of Paolo Conti" in " ".join(painted(app).split())


# Resting


async def test_who_rests_is_asked_only_after_an_override(place: Place) -> None:
    place.asked("Paolo Conti", 21)
    async with place.app().run_test() as pilot:
        pane = await open_visit(pilot, place)
        pane.table.cursor = 0
        await pilot.press("enter")
        await pilot.pause()
        shown = painted(pilot.app)
        assert "asked 12 Nov, rests until 26 Jan" in shown
        assert "ask anyway" in shown
        assert "hand over" not in shown.splitlines()[-8]
        await pilot.press("enter", "enter", "l")
        assert isinstance(pilot.app.screen, BeforeHandOver)
        await pilot.press("o")
        await pilot.pause()
        assert "ctrl+g then ctrl+r" in painted(pilot.app)
        assert "Asked anyway" in painted(pilot.app)
        assert "asked 12 Nov, rests until 26 Jan" in painted(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HandedOverScreen)
        await pilot.press("9", "enter", "enter", "9", "enter", "enter", *CHORD)
        await pilot.pause()
    assert place.scores() == [("recommend", 9, ""), ("retain", 9, "")]


async def test_who_has_answered_is_not_asked_again(place: Place) -> None:
    app = place.app()
    async with app.run_test(notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter", "enter", "8", "enter", "enter", "9", "enter", "enter", *CHORD)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
        assert "x voids one" in painted(app)


# Voiding


async def answered(pilot: Pilot[None], place: Place) -> Pane:
    pane = await open_visit(pilot, place)
    await pilot.press("enter", "enter", "8", "tab", *"late", "enter", "9", "enter", "enter", *CHORD)
    await pilot.pause()
    return pane


async def test_voiding_wants_a_reason(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await answered(pilot, place)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        await pilot.press("tab", "space", "enter")
        await pilot.pause()
        assert len(place.scores()) == 2


async def test_a_voided_answer_closes_its_follow_up_and_may_be_asked_again(place: Place) -> None:
    async with place.app().run_test(size=(100, 30)) as pilot:
        pane = await answered(pilot, place)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("tab", *"wrong", "enter")
        await pilot.pause()
        await pilot.pause()
        assert place.scores() == [("retain", 9, "")]
        voided = next(row for row in place.sealed() if row.voided_at is not None)
        assert voided.void_reason == "wrong"
        duty = place.store.follow_up.where("response_id = ?", [voided.id])[0]
        assert duty.status == "closed"
        await pilot.press("s")
        await pilot.pause()
        assert "voided: wrong" in painted(pilot.app)
        assert pane.whom.open(pane.whom.rows[0]) == ["recommend"]
        await pilot.press("enter", "enter", "5", "enter", "enter", *CHORD)
        await pilot.pause()
        assert sorted(place.scores()) == [("recommend", 5, ""), ("retain", 9, "")]


async def test_both_answers_are_voided_at_once(place: Place) -> None:
    async with place.app().run_test() as pilot:
        await answered(pilot, place)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("left", "tab", *"wrong", "enter")
        await pilot.pause()
        await pilot.pause()
        assert place.scores() == []
        assert {row.status for row in place.store.follow_up.where()} == {"closed"}


async def test_there_is_nothing_to_void_before_an_answer(place: Place) -> None:
    app = place.app()
    async with app.run_test(notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
        assert "Nothing of this contact was sealed" in painted(app)


# What is shown


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_answers_stand_with_reason_and_play(place: Place, size: tuple[int, int]) -> None:
    async with place.app().run_test(size=size) as pilot:
        await answered(pilot, place)
        await pilot.press("s")
        await pilot.pause()
        shown = painted(pilot.app)
        for words in (
            "Two questions",
            "answered",
            "“late”",
            "nudge by 10 Dec",
            "no reason given",
            "learn by 17 Dec",
        ):
            assert words in shown


SAID = ("“late”", "nudge", "learn", "10 Dec", "no reason given")


def says_what_was_answered(app: RadarApp) -> bool:
    """Whether anything of what Paolo sealed (8, late and 9) is readable; as long as not, `sealed` stands there."""
    shown = painted(app)
    found = [words for words in SAID if words in shown]
    (line,) = (line for line in shown.splitlines() if "Paolo Conti" in line and "answered" in line)
    scores = {"8", "9"} & set(line.split())
    assert bool(found) == bool(scores) == ("✓ sealed" not in line)
    return bool(found)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 45)])
async def test_what_was_sealed_is_hidden_from_the_next_person(place: Place, size: tuple[int, int]) -> None:
    app = place.app()
    async with app.run_test(size=size) as pilot:
        await answered(pilot, place)

        async def after(*keys: str) -> bool:
            await pilot.press(*keys)
            await pilot.pause()
            await pilot.pause()
            return says_what_was_answered(app)

        assert not await after()
        assert await after("s")
        assert not await after("s"), "the same key hides it again"
        for leaving in (("down",), ("left_square_bracket", "right_square_bracket"), ("n", "escape")):
            await after("s")
            await after(*leaving)
            app.screen.query_one(Pane).table.cursor = 0
            assert not await after(), leaving
        assert await after("s")
        await pilot.resize_terminal(size[0] + 1, size[1])
        assert not await after()
        # A hand-over that is only looked at hides it as well.
        assert await after("s")
        await after("down")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, BeforeHandOver)
        assert not set(SAID) & set(painted(app).split())
        await pilot.press("escape", "up")
        assert not await after()


async def test_what_is_voided_is_named_without_its_score(place: Place) -> None:
    async with place.app().run_test(size=(100, 30)) as pilot:
        await answered(pilot, place)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("right")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        shown = painted(pilot.app)
        assert "retain" in shown
        assert not {"8", "9"} & set(shown.split())


async def test_the_summary_names_who_answered_and_not_what(place: Place) -> None:
    checklist = place.store.checklist.of_visit(place.store.visit.get(place.visit_id))
    step = next(step for step in checklist.steps if step.kind == "nps")
    visit = place.store.visit.get(place.visit_id)
    book = Book(place.store, visit, place.store.customer.get(place.customer_id), checklist)
    assert text_of(recap(book, step)) == "not asked"
    answers: tuple[tuple[ResponseQuestion, int], ...] = (("recommend", 3), ("retain", 8))
    for question, score in answers:
        place.store.response.seal(
            customer_id=place.customer_id, contact_id=place.contacts["Paolo Conti"], visit_id=place.visit_id,
            question=question, score=score, verbatim="late",
        )  # fmt: skip
    assert text_of(recap(book, step)) == "Paolo Conti: 2 answers sealed"


async def test_a_role_is_no_word_for_the_room(place: Place) -> None:
    """Job title, else function, else the name only: in the list, below it, and before handing over."""
    for name, changes in (
        ("Paolo Conti", {"job_title": "Plant director"}),
        ("Giulia Ferri", {"function": "purchasing"}),
    ):
        contact = place.store.contact.get(place.contacts[name])
        place.store.contact.save(contact.model_copy(update=changes))
    app = place.app()
    async with app.run_test(size=(160, 45)) as pilot:
        await open_visit(pilot, place)
        seen = painted(app)
        for title in ("Plant director", "purchasing", ""):
            await pilot.press("enter")
            await pilot.pause()
            seen += painted(app)
            assert title in painted(app)
            await pilot.press("escape", "down")
            await pilot.pause()
        assert not [role for role in get_args(ContactRole) if role in seen]


def test_the_tally_counts_who_has_answered(place: Place) -> None:
    book = type("Book", (), {"store": place.store, "visit": place.store.visit.get(place.visit_id)})()
    step = cast("Step", None)
    assert tally(book, step) == (before := tally(book, step))
    assert (before.done, before.words) == (False, "")
    for question in ("recommend", "retain"):
        place.store.response.seal(
            customer_id=place.customer_id,
            contact_id=place.contacts["Paolo Conti"],
            visit_id=place.visit_id,
            question=question,
            score=8,
        )
    after = tally(book, step)
    assert (after.done, after.words) == (True, "1")
    assert ResponseLists(place.store, book.visit).answered() == (1, 2)


HOSTILE = [
    "[red]x[/]", "[/]", "\x1b[31mred\x1b]0;t\x07", "x" * 10_000,
    "مؤسسة", "🧑‍🔧 株式会社", "a\nb\tc", "[@click=app.quit]q[/]",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
async def test_any_name_and_reason_stands_as_it_is(place: Place, text: str) -> None:
    contact = place.store.contact.get(place.contacts["Paolo Conti"])
    place.store.contact.save(contact.model_copy(update={"name": text, "language": "en"}))
    app = place.app()
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await open_visit(pilot, place)
        await pilot.press("enter")
        await pilot.pause()
        assert "\x1b" not in painted(app)
        await pilot.press("enter", "8", "tab")
        cast("HandedOverScreen", app.screen).reason.value = text
        await pilot.press("enter", "9", *CHORD)
        await pilot.pause()
        await pilot.pause()
        shown = painted(app)
        assert "\x1b" not in shown
        assert "\x07" not in shown
        if text.startswith("["):
            assert shown.count(text) >= 2
        await pilot.press("x")
        await pilot.pause()
        assert "\x1b" not in painted(app)


async def test_a_clock_that_went_wrong_is_asked_about_before_the_laptop_is_handed_over(place: Place) -> None:
    app = place.app()
    async with app.run_test(size=(100, 30)) as pilot:
        await open_visit(pilot, place)
        right = place.store.clock
        place.store.clock = lambda: right().replace(year=2019)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        assert "Is it really 3 Dec 2019" in painted(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, VisitScreen)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BeforeHandOver)
        assert place.sealed() == []
