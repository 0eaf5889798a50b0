"""Questions: every type by key, what follows from an answer, taking back, resuming."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from textual.actions import parse as parse_action
from textual.binding import Binding

from radar_tui.checklists.loader import shipped
from radar_tui.domain.question import Question
from radar_tui.domain.question_type import TYPES
from radar_tui.store.connection import SaveFailed
from radar_tui.ui.steps.base.answering import AskedQuestion
from radar_tui.ui.steps.base.detail import how
from radar_tui.ui.steps.base.question_keys import allowed, starts_typing
from radar_tui.ui.steps.questions import Pane
from tests.ui.steps.standing import app_on, burst, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.domain.visit import Answer
    from radar_tui.store.store import Store


def question(key: str, type: str = "yes/no", **more: Any) -> Question:
    return Question.model_validate({"key": key, "ask": f"About {key}?", "type": type, **more})


PUMPS = {"north": "North pump", "south": "South pump", "spare": "Spare pump"}
EVERY_TYPE = (
    question(
        "running", required=True, flag="no", action="Restart the line with them", help="Look at the line."
    ),
    question("why", "text", when={"running": "no"}),
    question("pump", "choice", options=PUMPS),
    question("worn", "several", options=PUMPS),
    question("joy", "rating", min=0, max=10, flag="< 7"),
    question("hours", "number", unit="h", min=0, max=20000),
    question("shutdown", "date"),
    question("goal", "text", required=True),
)


@pytest.fixture
def visit(store: Store, world: World) -> str:
    steps = [step("questions", *EVERY_TYPE), step("summary")]
    return visit_with(store, world.customer, steps)


def answers(store: Store, visit: str) -> dict[str, Answer]:
    """What another process reads now, by question."""
    with on_disk(store) as other:
        return {row.question: row for row in other.answer.where("visit_id = ?", [visit])}


def values(store: Store, visit: str) -> dict[str, str | None]:
    return {key: row.value for key, row in answers(store, visit).items()}


def here(pane: Pane) -> str:
    return pane.current.question.key if pane.current else ""


async def test_one_key_answers_and_the_cursor_goes_on(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert here(pane) == "running"
        await pilot.press("y")
        assert values(store, visit) == {"running": "yes"}
        assert here(pane) == "pump", "the text that hangs on a “no” is not asked"
        await pilot.press("2")
        assert values(store, visit)["pump"] == "south"
        assert here(pane) == "worn"


async def test_every_type_is_answered_by_keyboard(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("y", "1", "1", "3", "enter", "t")
        assert here(pane) == "hours"
        await typed(pilot, "8400")
        await pilot.press("enter")
        await typed(pilot, "3.2.2027")
        await pilot.press("enter")
        await typed(pilot, "nobody waits for us")
        await pilot.press("enter")
        assert values(store, visit) == {
            "running": "yes",
            "pump": "north",
            "worn": json.dumps(["north", "spare"]),
            "joy": "10",
            "hours": "8400",
            "shutdown": "2027-02-03",
            "goal": "nobody waits for us",
        }
        assert "7 of 7 answered" in shown(pilot.app)


@pytest.mark.parametrize("digit", range(10))
async def test_a_digit_is_a_rating(store: Store, visit: str, digit: int) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("joy ")
        await pilot.press(str(digit))
        row = answers(store, visit)["joy"]
        assert (row.value, row.flagged) == (str(digit), digit < 7)


async def test_when_shows_and_hides_at_once(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("n")
        assert here(pane) == "why"
        assert "About why?" in shown(pilot.app)
        await typed(pilot, "belt")
        await pilot.press("enter", "home", "y")
        assert "About why?" not in shown(pilot.app)
        assert values(store, visit)["why"] == "belt", "a hidden answer is kept in case it comes back"


async def test_a_flagged_answer_is_marked_and_raises_its_action(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "up")
        assert "! About running?" in shown(pilot.app)
        assert "! action: Restart the line with them" in shown(pilot.app)
        with on_disk(store) as other:
            assert [row.title for row in other.action.where("visit_id = ?", [visit])] == [
                "Restart the line with them"
            ]


async def test_the_question_under_the_cursor_stands_below_in_full(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "Look at the line." in shown(pilot.app)
        assert "y yes" in shown(pilot.app)
        pane.table.go_to("worn ")
        await pilot.pause()
        assert "1 North pump" in shown(pilot.app)


async def test_required_ones_are_marked_and_counted(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "* About running?" in shown(pilot.app)
        assert "2 required left" in shown(pilot.app)
        await pilot.press("y")
        assert "1 required left" in shown(pilot.app)


@pytest.mark.parametrize("key", ["minus", "x"])
async def test_not_applicable_leaves_the_denominator(store: Store, visit: str, key: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press(key)
        assert values(store, visit) == {"running": "n/a"}
        assert "0 of 6" in shown(pilot.app)


async def test_typing_starts_with_the_first_letter_whatever_it_is(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("goal ")
        await typed(pilot, "xylene on 3")
        await pilot.press("enter")
        assert values(store, visit) == {"goal": "xylene on 3"}


async def test_no_letter_is_lost_however_fast_one_types(store: Store, visit: str) -> None:
    text = "nobody waits, yes xyz 123 [red]x[/]"
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("goal ")
        await burst(pilot, f"{text}⏎")
        assert values(store, visit) == {"goal": text}


async def test_keys_behind_an_answer_go_where_they_belong(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await burst(pilot, "nbelt torn⏎2")
        assert values(store, visit) == {"running": "no", "why": "belt torn", "pump": "south"}


async def test_what_cannot_be_is_said_and_nothing_typed_is_lost(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("hours ")
        await typed(pilot, "99999")
        await pilot.press("enter")
        assert "Please give a number from 0 to 20000 h" in shown(pilot.app)
        assert pane.ask_line.field.value == "99999"
        assert values(store, visit) == {}
        await pilot.press("backspace", "enter")
        assert values(store, visit) == {"hours": "9999"}


async def test_esc_drops_what_was_typed_only_when_pressed_twice(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("goal ")
        await typed(pilot, "half a thought")
        await pilot.press("escape")
        assert pane.ask_line.is_open
        await pilot.press("escape")
        assert not pane.ask_line.is_open
        assert values(store, visit) == {}
        assert screen_of(pilot).pane is pane, "the visit is still there"


async def test_the_next_step_takes_along_what_is_being_typed(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("goal ")
        await typed(pilot, "trust")
        await pilot.press("pagedown")
        await pilot.pause()
        assert values(store, visit) == {"goal": "trust"}
        assert screen_of(pilot).here == 1


async def test_a_click_on_another_step_takes_it_along_too(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("goal ")
        await typed(pilot, "trust")
        await pilot.click("StepList", offset=(5, 1))
        await pilot.pause()
        assert values(store, visit) == {"goal": "trust"}
        assert screen_of(pilot).here == 1


async def test_a_note_on_any_answer(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("y", "home", "ctrl+n")
        await typed(pilot, "night shift only")
        await pilot.press("enter")
        row = answers(store, visit)["running"]
        assert (row.value, row.note) == ("yes", "night shift only")
        assert here(pane) == "running"
        await pilot.press("n")
        assert answers(store, visit)["running"].note == "night shift only", "another answer keeps the note"


async def test_taking_back_and_undo(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("n", "home", "y")
        await pilot.press("ctrl+z")
        assert values(store, visit) == {"running": "no"}
        await pilot.press("home", "backspace")
        assert values(store, visit) == {}
        with on_disk(store) as other:
            assert other.action.where("visit_id = ?", [visit]) == []
        await pilot.press("ctrl+z")
        assert values(store, visit) == {"running": "no"}
        await pilot.press("ctrl+z")
        assert values(store, visit) == {}


async def test_yes_on_a_choice_says_which_keys_choose(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24), notifications=True) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("pump ")
        await pilot.press("y")
        await pilot.pause()
        assert "choose here" in shown(pilot.app)
        assert values(store, visit) == {}


async def test_arrows_go_through_choices(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to("pump ")
        await pilot.press("right", "right")
        assert values(store, visit) == {"pump": "south"}
        await pilot.press("left", "left")
        assert values(store, visit) == {"pump": "spare"}
        assert here(pane) == "pump"


async def test_it_resumes_below_the_newest_answer(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("y", "1")
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert here(pane) == "worn"


async def test_the_keys_shown_are_those_of_the_type(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert "y yes   n no" in shown(pilot.app)
        pane.table.go_to("pump ")
        await pilot.pause()
        assert "1 2 3 choose" in shown(pilot.app)
        assert "y yes" not in shown(pilot.app)
        pane.table.go_to("joy ")
        await pilot.pause()
        assert "0–9 rate" in shown(pilot.app)


async def test_each_item_is_asked_under_its_own_name(store: Store, world: World) -> None:
    asked = step("questions", question("noise"), key="each_item", each="item")
    visit = visit_with(store, world.customer, [asked])
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "W-010  RX-40" in shown(pilot.app)
        await pilot.press("n")
        with on_disk(store) as other:
            assert [(row.subject_id, row.value) for row in other.answer.where("visit_id = ?", [visit])] == [
                (world.item, "no")
            ]


@pytest.mark.parametrize(
    ("each", "name"), [("contact", "Paolo Conti"), ("stream", "Tissue line 1"), ("promise", "Spares in 48")]
)
async def test_every_subject_has_its_heading(store: Store, world: World, each: str, name: str) -> None:
    visit = visit_with(store, world.customer, [step("questions", question("glad"), key="each", each=each)])
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        assert name in shown(pilot.app)
        await pilot.press("up", "up", "up")
        assert pane.current is not None, "the cursor never rests on a heading"


async def test_an_answer_that_the_disk_refused_stays_on_screen(
    store: Store, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        whole = store.answer.answer

        def refused(*_: object, **__: object) -> None:
            raise SaveFailed("The disk is full.", "Free some space.")

        monkeypatch.setattr(store.answer, "answer", refused)
        await pilot.press("y")
        assert "Yes unsaved" in shown(pilot.app)
        assert values(store, visit) == {}
        monkeypatch.setattr(store.answer, "answer", whole)
        screen_of(pilot)._retry()
        await pilot.pause()
        assert values(store, visit) == {"running": "yes"}
        assert "unsaved" not in shown(pilot.app)
        assert pane.unsaved == {}


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is_and_kept_whole(store: Store, name: str) -> None:
    text = HOSTILE[name]
    world = build(store, text)
    asked = step("questions", question("goal", "text"), key="each_item", each="item")
    visit = visit_with(store, world.customer, [asked])
    store.answer.answer(visit, asked.questions[0], text, subject_id=world.item, note=text)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert text in shown(pilot.app)
        await pilot.press("enter", "enter", "ctrl+n", "enter")
        with on_disk(store) as other:
            row = other.answer.where("visit_id = ?", [visit])[0]
            assert (row.value, row.note) == (text, text.strip())


async def test_a_completed_visit_is_read_and_not_changed(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("y", "ctrl+n")
        await pilot.pause()
        assert values(store, visit) == {}
        assert "completed, to read" in shown(pilot.app)
        assert {note.title for note in pilot.app._notifications} == {
            "This visit is completed: nothing was changed."
        }
        assert not screen_of(pilot).query_one(Pane).ask_line.is_open


def test_every_type_of_question_can_be_answered_with_a_key() -> None:
    answering: list[tuple[str, tuple[object, ...]]] = [
        ("say", ("yes",)), ("pick", (1,)), ("rate", (5,)), ("today", ()), ("type", ()),
    ]  # fmt: skip
    assert {one.type for one in EVERY_TYPE} == set(TYPES)
    for one in EVERY_TYPE:
        assert any(allowed(one, *key) for key in answering), f"no key answers a {one.type} question"


@pytest.mark.parametrize("asks", EVERY_TYPE, ids=lambda one: one.type)
def test_the_keys_told_below_are_the_keys_that_answer(asks: Question) -> None:
    told = {key for chip, _, _ in how(AskedQuestion(asks, None, "", None), "x") for key in keys_of(chip)}
    bound = [one for one in Pane.BINDINGS if isinstance(one, Binding) and len(one.key) == 1]
    actions = {(one.key, *parse_action(one.action)[1:]) for one in bound}
    assert told == {key for key, action, more in actions if allowed(asks, action, more)} - {"x"}


def keys_of(chip: str) -> list[str]:
    """The keys of `y` or `1–9`; what is typed has none of its own."""
    return (
        [str(digit) for digit in range(int(chip[0]), int(chip[2]) + 1)]
        if "–" in chip
        else [chip][: len(chip) == 1]
    )


@pytest.mark.parametrize(
    ("type", "letter", "starts"),
    [("text", "x", True), ("text", "?", False), ("text", "]", False), ("text", "-", False), ("number", "7", True),
     ("number", "x", False), ("date", "3", True), ("yes/no", "y", False)],
)  # fmt: skip
def test_which_letters_start_an_answer(type: str, letter: str, starts: bool) -> None:
    assert starts_typing(question("q", type, **({"min": 0} if type == "number" else {})), letter) is starts


def test_a_number_below_zero_starts_with_its_sign() -> None:
    assert starts_typing(question("q", "number"), "-")


async def test_an_observation_day_goes_on_half_hour_by_half_hour(store: Store) -> None:
    world = build(store)
    checklist = next(one for one in shipped() if one.key == "follow_me_home")
    visit = store.visit.start(
        world.customer, store.checklist.pin(checklist), None, occasion="observation day"
    ).id
    store.visit.set_step(visit, "notes")
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "10:30" in shown(pilot.app)
        for number in range(6):
            for words in "abc":
                await pilot.press("enter")
                await typed(pilot, f"{words}{number}")
                await pilot.press("enter")
                await pilot.pause()
        with on_disk(store) as other:
            kept = {
                (row.subject_id, row.question): row.value
                for row in other.answer.where("visit_id = ?", [visit])
            }
    assert len(kept) == 18
    assert kept["10:30", "note_does"] == "a0"
    assert kept["13:00", "note_struggle"] == "c5"


async def test_a_day_ahead_that_has_passed_is_asked_about(store: Store, world: World) -> None:
    visit = visit_with(store, world.customer, [step("questions", question("stop", "date", ahead=True))])
    async with app_on(store).run_test(size=(110, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("enter")
        await typed(pilot, "3.11.2026")
        await pilot.press("enter")
        assert "3 Nov was 30 days ago: enter again takes it" in shown(pilot.app)
        assert values(store, visit) == {}
        await pilot.press("backspace", "5", "enter")
        assert "was 395 days ago: enter again takes it" in shown(pilot.app)
        await pilot.press("enter")
        assert values(store, visit) == {"stop": "2025-11-03"}
