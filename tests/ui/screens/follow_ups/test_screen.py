"""The Follow-ups screen: what is due first, what to do, and why they said it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.follow_up import FollowUp, called
from radar_tui.domain.response import Response
from radar_tui.domain.text import one_line
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.base.glyphs import UNICODE
from radar_tui.ui.frame.words.follow_ups import due_time_words, follow_up_band
from radar_tui.ui.screens.customer.brief import BriefScreen
from radar_tui.ui.screens.follow_ups.one import FollowUpScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.every_place import settle
from tests.ui.world import HOSTILE, World, build, introduce, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from radar_tui.domain.follow_up import Play
    from radar_tui.store.store import Store

NOW = datetime(2026, 12, 3, 10, 0, tzinfo=UTC)


def another(store: Store, world: World, play: Play, score: int, due: timedelta) -> str:
    """One more answer of the stranger, with a follow-up due at that distance from now."""
    response = store.response.save(
        Response(
            id=new_id(), customer_id=world.customer, contact_id=world.stranger, question="retain", score=score,
            asked_on=store.clock().date(),
        )
    )  # fmt: skip
    due_at = store.clock() + due
    return store.follow_up.save(FollowUp(id=new_id(), response_id=response.id, play=play, due_at=due_at)).id


def lines(app: RadarApp) -> list[str]:
    table = app.screen.query_one(RowTable)
    return [table.render_line(y).text.replace("▌", "").strip() for y in range(1, 1 + table.count)]


async def test_the_soonest_due_stands_first_with_what_to_do(store: Store) -> None:
    world = build(store)
    another(store, world, "learn", 9, timedelta(days=6))
    another(store, world, "nudge", 7, timedelta(days=1))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        first, second, third = lines(app)
        assert (
            " ".join(first.split()) == "!! 3 days late Aurora Ti… Paolo Conti 6 rec. call and find the cause"
        )
        assert " ".join(second.split()) == "! tomorrow 10:42 Aurora Ti… Zoe 7 ret. ask what just missed"
        assert " ".join(third.split()) == "· in 6 days Aurora Ti… Zoe 9 ret. ask what we did right"
        assert "3 follow-ups open   1 late" in shown(app)


async def test_the_reason_of_the_one_under_the_cursor_stands_below(store: Store) -> None:
    world = build(store)
    another(store, world, "learn", 9, timedelta(days=6))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert "Paolo Conti   Aurora Tissue   recommend 6, 14 Jul   Marta Ricci follows up" in shown(app)
        assert "Too slow to answer." in shown(app)
        await pilot.press("down")
        await pilot.pause()
        assert "Zoe   Aurora Tissue   retain 9, 3 Dec" in shown(app)
        assert "No reason given." in shown(app)


async def test_voided_and_closed_ones_are_gone(store: Store) -> None:
    world = build(store)
    closed = store.follow_up.get(another(store, world, "learn", 9, timedelta(days=6)))
    store.follow_up.save(closed.model_copy(update={"status": "closed", "closed_at": store.clock()}))
    voided = store.follow_up.get(another(store, world, "nudge", 7, timedelta(days=6)))
    response = store.response.get(voided.response_id)
    store.response.save(response.model_copy(update={"voided_at": store.clock(), "void_reason": "test"}))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        assert len(lines(app)) == 1


async def test_enter_opens_it_and_b_the_brief(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        assert isinstance(app.screen, FollowUpScreen)
        assert app.screen.follow_up_id == world.follow_up
        await pilot.press("escape", "b")
        assert isinstance(app.screen, BriefScreen)


def ended(store: Store, id: str, told: str, outcome: str) -> None:
    """A nudge or a story, called and closed."""
    store.follow_up.move(id, called)
    store.follow_up.close(id, outcome, told)


async def test_closed_ones_and_stories_have_their_tabs(store: Store) -> None:
    world = build(store)
    ended(
        store, another(store, world, "learn", 9, timedelta(days=6)), "Called before they noticed", "told all"
    )
    ended(store, another(store, world, "nudge", 7, timedelta(days=6)), "The date", "promised anew")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "c")
        await settle(pilot)
        text = shown(app)
        assert "promised anew" in text
        assert "told all" in text
        await pilot.press("s")
        await settle(pilot)
        text = shown(app)
        assert "Called before they noticed" in text
        assert "What we do with it  told all" in text
        assert "promised anew" not in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, FollowUpScreen)
        assert "✓ closed 3 Dec" in shown(app)
        await pilot.press("escape", "t")
        await settle(pilot)
        assert "1 follow-up open   1 late" in shown(app)


async def test_what_has_no_room_beside_the_scroll_bar_ends_in_a_mark(store: Store) -> None:
    world = build(store)
    for _ in range(30):
        ended(store, another(store, world, "nudge", 7, timedelta(days=6)), "The date", "promised " * 9)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "c")
        await settle(pilot)
        listed = [line for line in shown(app).splitlines() if "nudge" in line]
        assert len(listed) == 10
        assert all("…" in line for line in listed)


async def test_stories_are_searched_by_their_words(store: Store) -> None:
    world = build(store)
    ended(
        store, another(store, world, "learn", 9, timedelta(days=6)), "Called before they noticed", "told all"
    )
    ended(
        store, another(store, world, "learn", 10, timedelta(days=6)), "Same two people", "kept for the roster"
    )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "s", "slash", *"ROSTER")
        await settle(pilot)
        assert "Same two people" in shown(app)
        assert "Called before" not in shown(app)
        await pilot.press(*"xx")
        await settle(pilot)
        assert "Nothing with these letters" in shown(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Called before" in shown(app)


async def test_the_queue_is_filtered_by_name(store: Store) -> None:
    world = build(store)
    another(store, world, "learn", 9, timedelta(days=6))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "slash", *"zoe", "enter")
        await settle(pilot)
        table = app.screen.query_one(RowTable)
        assert table.count == 1
        assert "Zoe   Aurora Tissue   retain 9, 3 Dec" in shown(app)
        await pilot.press("escape")
        await settle(pilot)
        assert table.count == 2


async def test_each_empty_tab_says_how_it_fills(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "c")
        await settle(pilot)
        assert "Nothing is closed yet" in shown(app)
        await pilot.press("s")
        await settle(pilot)
        assert "No stories yet" in shown(app)


async def test_a_step_taken_shows_in_the_queue_at_once(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        await settle(pilot)
        await pilot.press("c", "escape")
        await settle(pilot)
        assert "find the cause, fix it" in shown(app)


async def test_an_empty_list_says_what_it_is_for(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "v", "b", "enter")
        await pilot.pause()
        text = shown(app)
    assert "Nothing to follow up" in text
    assert "Press 1" in text


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    build(store, HOSTILE[name])
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        await pilot.press("2")
        await pilot.pause()
        for strip in strips_of(app):
            assert strip.cell_length == 160
            assert not any(ord(letter) < 32 for letter in strip.text)
        start = one_line(HOSTILE[name])[:6]
        assert lines(app)[0].count(start) >= 3
        assert any(line.startswith(f" {start}") for line in shown(app).splitlines()[-8:])


def test_a_due_time_beyond_the_clock_change_has_its_hour_on_the_wall() -> None:
    saturday = datetime(2026, 3, 28, 18, tzinfo=timezone(timedelta(hours=1)))
    # On Sunday at two the clocks go to three: Sunday 17:00 there is 15:00 UTC.
    assert due_time_words(datetime(2026, 3, 29, 15, tzinfo=UTC), saturday) == "tomorrow 17:00"


@pytest.mark.parametrize(
    ("due", "words", "mark"),
    [
        (timedelta(days=-3), "3 days late", "!!"),
        (timedelta(hours=-2), "2 hours late", "!!"),
        (timedelta(minutes=-5), "1 hour late", "!!"),
        (timedelta(hours=6), "today 16:00", "!"),
        (timedelta(days=1), "tomorrow 10:00", "!"),
        (timedelta(days=2), "in 2 days", "·"),
    ],
)
def test_due_times_in_words(due: timedelta, words: str, mark: str) -> None:
    assert due_time_words(NOW + due, NOW) == words
    assert follow_up_band(NOW + due, NOW, UNICODE)[0] == mark
