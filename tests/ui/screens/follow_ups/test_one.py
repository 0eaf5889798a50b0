"""One follow-up: its steps by one key each, its words, and what is kept when it starts over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.follow_up import FollowUp
from radar_tui.domain.response import Response
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.follow_ups.one import FollowUpScreen
from radar_tui.ui.screens.follow_ups.one_rows import PLAYS
from radar_tui.ui.widgets.key_bar import KeyBar
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, World, build, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.domain.follow_up import Play
    from radar_tui.store.store import Store


def duty(store: Store, world: World, play: Play, score: int, verbatim: str = "") -> str:
    """One more answer of the stranger and its follow-up, due in two days."""
    response = Response(
        id=new_id(), customer_id=world.customer, contact_id=world.stranger, question="retain", score=score,
        verbatim=verbatim, asked_on=store.clock().date(),
    )  # fmt: skip
    store.response.save(response)
    row = FollowUp(id=new_id(), response_id=response.id, play=play, due_at=store.follow_up.due(play))
    return store.follow_up.save(row).id


async def at(pilot: Pilot[None], id: str) -> None:
    pilot.app.push_screen(FollowUpScreen(id))
    await settle(pilot)


async def typed(pilot: Pilot[None], key: str, *texts: str) -> None:
    """Open the form behind a key, fill its fields and save."""
    await pilot.press(key)
    await settle(pilot)
    for place, text in enumerate(texts):
        await pilot.press(
            *(["tab"] if place else []), *["space" if letter == " " else letter for letter in text]
        )
    await pilot.press("enter")
    await settle(pilot)


def keys(app: RadarApp) -> list[str]:
    """What the footer offers, without what every screen has."""
    usual = {"new action", "edit", "customer", "brief", "visit", "back", "commands", "keys"}
    return [words for _, words, _ in app.screen.query_one(KeyBar).entries() if words not in usual]


async def test_a_recovery_from_the_call_to_the_outcome(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at(pilot, world.follow_up)
        assert "recommend 6   14 Jul, on a visit" in shown(app)
        assert "Too slow to answer." in shown(app)
        assert "▶ Called" in shown(app)
        assert keys(app) == ["called"]
        await pilot.press("c")
        await settle(pilot)
        assert "✓ Called" in shown(app)
        assert keys(app) == ["cause"]
        await typed(pilot, "w", "two desks")
        assert "✓ Cause" in shown(app)
        assert "two desks" in shown(app)
        assert keys(app) == ["fixed"]
        await pilot.press("f")
        assert keys(app) == ["confirmed"]
        await pilot.press("g")  # not before they confirmed
        await pilot.pause()
        assert isinstance(app.screen, FollowUpScreen)
        assert "The customer confirms first" in shown(app)
        await pilot.press("k")
        assert keys(app) == ["gesture", "close"]
        await typed(pilot, "g", "training")
        await typed(pilot, "d", "one desk now")
        assert "✓ closed 3 Dec" in shown(app)
        assert keys(app) == ["open again"]
    row = store.follow_up.get(world.follow_up)
    assert (row.status, row.cause, row.gesture, row.outcome) == (
        "closed",
        "two desks",
        "training",
        "one desk now",
    )


async def test_the_question_stands_there_as_it_was_asked(store: Store, world: World) -> None:
    [answer] = store.response.where("question = 'recommend'")
    store.response.save(answer.model_copy(update={"asked": "Wie wahrscheinlich empfehlen Sie Toller?"}))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        assert "Asked as    Wie wahrscheinlich empfehlen Sie Toller?" in shown(app)


async def test_a_key_is_on_the_disk_before_it_is_shown(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        await pilot.press("c")
        with closing(sqlite3.connect(store.path)) as other:
            found = other.execute("SELECT status FROM follow_up WHERE id = ?", [world.follow_up]).fetchone()
        assert found == ("called",)


async def test_a_full_disk_moves_nothing_and_says_so(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        store.connection.execute("PRAGMA query_only = ON")
        await pilot.press("c")
        await settle(pilot)
        assert "▶ Called" in shown(app)
        assert [note.severity for note in app._notifications] == ["error"]
        store.connection.execute("PRAGMA query_only = OFF")
        await pilot.press("c")
        await settle(pilot)
        assert "✓ Called" in shown(app)


async def test_one_key_is_taken_back(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        await pilot.press("c", "ctrl+z")
        await settle(pilot)
        assert "▶ Called" in shown(app)
        assert store.follow_up.get(world.follow_up).status == "open"
        await pilot.press("ctrl+z")
        assert store.follow_up.get(world.follow_up).status == "open"


@pytest.mark.parametrize(
    ("play", "score", "asks", "told"),
    [
        ("nudge", 8, "What just missed?", "What just missed *"),
        ("learn", 10, "What did we do right?", "What was right *"),
    ],
)
async def test_the_other_plays_end_with_what_they_asked(
    store: Store, world: World, play: Play, score: int, asks: str, told: str
) -> None:
    id, app = duty(store, world, play, score), RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, id)
        await pilot.press("d")  # not before the call
        assert isinstance(app.screen, FollowUpScreen)
        await pilot.press("c", "d")
        await settle(pilot)
        assert asks in shown(app)
        assert told in shown(app)
        assert "What follows *" in shown(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, FormScreen), "closed without an outcome"
        await pilot.press("escape")
        await typed(pilot, "d", "one name", "kept")
        assert "✓ closed 3 Dec" in shown(app)
    row = store.follow_up.get(id)
    assert (row.status, row.cause, row.outcome) == ("closed", "one name", "kept")


async def test_opened_again_it_shows_what_was(store: Store, world: World) -> None:
    id, app = duty(store, world, "nudge", 7), RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, id)
        await pilot.press("c")
        await typed(pilot, "d", "the date", "promised")
        await typed(pilot, "x", "slipped again")
        text = shown(app)
        assert "▶ Called" in text
        for words in ("Before it was opened again", "promised", "cause: the date", "slipped again"):
            assert words in text
    assert store.follow_up.get(id).status == "open"


async def test_a_play_that_a_decided_conflict_changed_goes_on_from_the_call(
    store: Store, world: World
) -> None:
    with store.transaction() as connection:
        connection.execute("UPDATE follow_up SET play = 'nudge', status = 'fixed', cause = 'two desks'")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert "note what just missed" in shown(app)
        await at(pilot, world.follow_up)
        assert "▶ Closed" in shown(app)
        assert keys(app) == ["close"]
        await pilot.press("d", "tab")
        await pilot.press(*"kept", "enter")
        await settle(pilot)
        assert "✓ closed 3 Dec" in shown(app)
    row = store.follow_up.get(world.follow_up)
    assert (row.status, row.cause, row.outcome) == ("closed", "two desks", "kept")


async def test_where_two_laptops_met_in_the_fields_it_shows_how_it_stands(store: Store, world: World) -> None:
    """One found the cause, the other closed it: the status of one stands, the rest of both."""
    row = store.follow_up.get(world.follow_up)
    both = {"status": "called", "cause": "two desks", "outcome": "all well", "closed_at": store.clock()}
    store.follow_up.save(row.model_copy(update=both))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        assert "✓ closed" not in shown(app)
        assert "▶ Cause" in shown(app)
        await typed(pilot, "w", "!")
        assert "two desks!" in shown(app), "what the other found is not lost"
    assert store.follow_up.get(world.follow_up).status == "cause"


async def test_who_and_by_when_can_be_changed(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        await typed(pilot, "e", "", "9.12.2026")
        assert "by Wed 9 Dec, 17:00" in shown(app)
        await pilot.press("e", "left", "enter")
        await settle(pilot)
    row = store.follow_up.get(world.follow_up)
    assert row.due_at.astimezone(store.clock().tzinfo).hour == 17
    assert row.owner_id == world.colleague


async def test_an_action_is_raised_and_the_customer_opens(store: Store, world: World) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        await typed(pilot, "n", "name one desk")
        await pilot.press("o")
        await settle(pilot)
        assert isinstance(app.screen, CustomerScreen)
    [action] = store.action.where("title LIKE '%: name one desk'")
    assert action.customer_id == world.customer
    assert action.measure_id is not None
    assert store.measure.get(action.measure_id).name == "Recommendation"


async def test_the_other_answer_of_the_day_is_named(store: Store, world: World) -> None:
    id = duty(store, world, "recover", 2)
    response = store.response.get(store.follow_up.get(id).response_id)
    other = response.model_copy(update={"id": new_id(), "question": "recommend", "score": 8})
    store.response.save(other)
    store.follow_up.save(
        FollowUp(id=new_id(), response_id=other.id, play="nudge", due_at=store.clock(), status="called")
    )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, id)
        assert "recommend 8 (nudge, called)   one call serves both" in shown(app)


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    row = store.follow_up.get(world.follow_up)
    store.follow_up.save(
        row.model_copy(update={"status": "cause", "cause": HOSTILE[name], "outcome": HOSTILE[name]})
    )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await at(pilot, world.follow_up)
        for strip in strips_of(app):
            assert strip.cell_length == 80
            assert not any(ord(letter) < 32 for letter in strip.text)


def test_no_play_begs_for_a_referral() -> None:
    words = " ".join(step.how for play in PLAYS.values() for step in play).lower()
    assert "refer" not in words
    assert "recommend us" not in words
