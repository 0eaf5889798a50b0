"""Who is in the room: one key each, decision makers first, somebody new."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest

from radar_tui.domain.customer import Contact, ContactRole
from radar_tui.domain.relationship import Counterpart
from radar_tui.store.ids import new_id
from radar_tui.ui.steps.people import Pane, tally
from tests.ui.steps.standing import app_on, on_disk, opened, screen_of, step, typed, visit_with
from tests.ui.world import HOSTILE, World, build, shown, some_hostile

if TYPE_CHECKING:
    from radar_tui.store.store import Store

STEPS = [step("people"), step("summary")]
TODAY = date(2026, 12, 3)


@pytest.fixture
def visit(store: Store, world: World) -> str:
    return visit_with(store, world.customer, STEPS)


def here(store: Store, visit: str) -> set[str]:
    """Names of those in the room, as another process reads them."""
    with on_disk(store) as other:
        rows = other.contact.where("id IN (SELECT contact_id FROM attendee WHERE visit_id = ?)", [visit])
        return {row.name for row in rows}


async def test_decision_makers_stand_first_with_counterpart_and_last_meeting(
    store: Store, visit: str
) -> None:
    async with app_on(store).run_test(size=(120, 36)) as pilot:
        await opened(pilot, visit, Pane)
        lines = [line for line in shown(pilot.app).splitlines() if "Paolo Conti" in line or "Zoe" in line]
        row = next(line for line in lines if "management" in line and "│" in line)
        assert "Anneli Strand" in row
        assert "14 Jul" in row
        assert shown(pilot.app).index("management") < shown(pilot.app).index("Zoe")


async def test_space_ticks_and_the_cursor_goes_on(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space")
        assert here(store, visit) == {"Paolo Conti"}
        await pilot.press("space")
        assert here(store, visit) == {"Paolo Conti", "Zoe"}
        assert "2 of 2 in the room" in shown(pilot.app)
        await pilot.press("space")
        assert here(store, visit) == {"Paolo Conti"}


async def test_undo(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space", "ctrl+z")
        assert here(store, visit) == set()
        await pilot.press("ctrl+z")
        assert here(store, visit) == set(), "nothing is left to take back"


async def test_somebody_found_on_site_is_in_the_room_at_once(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("n")
        await typed(pilot, "Ada Bruni")
        await pilot.press("enter")
        await pilot.pause()
        assert here(store, visit) == {"Ada Bruni"}
        row = pane.table.current
        assert row is not None
        assert [person.name for person in pane.people if person.id == row.key] == ["Ada Bruni"]


async def test_a_contact_is_edited(store: Store, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("e")
        await typed(pilot, " jr")
        await pilot.press("enter")
        await pilot.pause()
        assert "Paolo Conti jr" in shown(pilot.app)


async def test_who_left_is_not_asked_for_unless_they_are_here(store: Store, world: World, visit: str) -> None:
    gone = Contact(id=new_id(), customer_id=world.customer, name="Old Hand", left_on=store.clock().date())
    store.contact.save(gone)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        assert "Old Hand" not in shown(pilot.app)


async def test_nobody_known_says_what_to_do(store: Store, world: World) -> None:
    store.contact.save_all(
        row.model_copy(update={"left_on": store.clock().date()}) for row in store.contact.where()
    )
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space", "e", "down")
        assert "Press n to add the first contact." in shown(pilot.app)


async def test_the_list_of_steps_counts_them(store: Store, world: World, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        book = screen_of(pilot).book
        assert not tally(book, STEPS[0]).done
        await pilot.press("space")
        assert tally(book, STEPS[0]).words == "1 met"
        assert tally(book, STEPS[0]).done


async def test_a_completed_visit_is_not_changed(store: Store, visit: str) -> None:
    store.visit.complete(visit)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space", "n")
        await pilot.pause()
        assert here(store, visit) == set()
        assert len(pilot.app.screen_stack) == 2, "no form opened"


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    visit = visit_with(store, world.customer, STEPS)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.press("space", "up")
        assert "\x1b" not in shown(pilot.app)
        if name in ("markup", "closing", "link"):
            assert f"✓ {HOSTILE[name]}"[:12] in shown(pilot.app)


async def test_a_tick_says_that_the_brm_met_them_and_taking_it_away_unsays_it(
    store: Store, world: World, visit: str
) -> None:
    before = date(2026, 3, 2)
    me = store.local.settings().me
    pair = store.counterpart.save(
        Counterpart(id=new_id(), contact_id=world.contact, colleague_id=me, met_on=before)
    )

    def met() -> date | None:
        with on_disk(store) as other:
            return other.counterpart.get(pair.id).met_on

    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("space")
        assert met() == TODAY
        await pilot.press("ctrl+z")
        assert (met(), here(store, visit)) == (before, set())
        pane.table.go_to(world.contact)
        await pilot.press("space")
        pane.table.go_to(world.contact)
        await pilot.press("space")
        assert here(store, visit) == set()
        assert met() == before, "what stood there before the tick"
        await pilot.press("ctrl+z")
        assert met() == TODAY


async def test_their_counterpart_was_there_too(store: Store, world: World, visit: str) -> None:
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("m")
        assert [row.met_on for row in store.counterpart.of(world.contact)] == [TODAY]
        assert here(store, visit) == {"Paolo Conti"}
        await pilot.press("ctrl+z")
        assert [row.met_on for row in store.counterpart.of(world.contact)] == [date(2026, 3, 2)]
        pane.table.go_to(world.stranger)
        await pilot.press("m")
        assert store.counterpart.of(world.stranger) == []


async def test_an_introduction_is_one_key_and_one_action(store: Store, world: World, visit: str) -> None:
    stranger = store.contact.get(world.stranger)
    store.contact.save(stranger.model_copy(update={"function": "Payables"}))
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        await pilot.press("p")
        assert store.action.where("visit_id = ?", [visit]) == [], "Paolo knows his counterpart"
        pane.table.go_to(world.stranger)
        await pilot.press("p", "p")
        with on_disk(store) as other:
            [action] = other.action.where("visit_id = ?", [visit])
            [pair] = other.counterpart.of(world.stranger)
        assert action.title == "Introduce Anneli Strand to Zoe"
        assert (action.due_on, action.customer_id) == (date(2026, 12, 17), world.customer)
        assert (pair.colleague_id, pair.met_on) == (world.colleague, None)
        await pilot.press("ctrl+z")
        assert store.action.where("visit_id = ?", [visit]) == []
        assert store.counterpart.of(world.stranger) == []


async def test_what_stood_before_a_tick_is_known_after_a_restart(
    store: Store, world: World, visit: str
) -> None:
    """Each time the visit is opened anew: nothing of the sitting before is remembered but what is in the file."""
    me = store.local.settings().me
    typed_in = date(2026, 3, 2)
    pair = store.counterpart.pair(world.contact, me, typed_in)
    for expected in (TODAY, typed_in, TODAY):
        with on_disk(store) as again:
            async with app_on(again).run_test(size=(80, 24)) as pilot:
                pane = await opened(pilot, visit, Pane)
                pane.table.go_to(world.contact)
                await pilot.press("space")
                assert again.counterpart.get(pair.id).met_on == expected
    store.visit.complete(visit)
    assert store.rows("SELECT key FROM local WHERE key GLOB 'met before*'") == []


async def test_what_a_sync_or_another_radar_brings_into_a_pair_stays(
    store: Store, world: World, visit: str
) -> None:
    me = store.local.settings().me
    mine = store.counterpart.pair(world.contact, me, None)
    gone = store.counterpart.pair(world.stranger, me, None)
    async with app_on(store).run_test(size=(80, 24)) as pilot:
        pane = await opened(pilot, visit, Pane)
        with on_disk(store) as other:
            other.counterpart.delete(gone.id)
            other.counterpart.save(mine.model_copy(update={"met_on": date(2026, 12, 9)}))
        for contact in (world.contact, world.stranger):
            pane.table.go_to(contact)
            await pilot.press("space")
        assert here(store, visit) == {"Paolo Conti", "Zoe"}
        assert store.counterpart.find(gone.id) is None, "a pair that was taken back does not come back"
        assert store.counterpart.get(mine.id).met_on == date(2026, 12, 9)
        await pilot.press("ctrl+z", "ctrl+z")
        assert here(store, visit) == set()
        assert store.counterpart.get(mine.id).met_on == date(2026, 12, 9)


async def test_with_several_counterparts_m_asks_whom_they_met(store: Store, world: World, visit: str) -> None:
    me = store.local.settings().me
    store.counterpart.pair(world.contact, me, None)

    def met() -> dict[str, date | None]:
        with on_disk(store) as other:
            return {pair.colleague_id: pair.met_on for pair in other.counterpart.of(world.contact)}

    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        place = [id for id, _, _ in pane.people[0].counterparts].index(me)
        await pilot.press("m")
        await pilot.pause()
        assert "Whom of ours has Paolo Conti met today?" in shown(pilot.app)
        pilot.app.screen.query_one(f"#field-counterpart-{place}").focus()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert met() == {me: TODAY, world.colleague: date(2026, 3, 2)}
        assert here(store, visit) == {"Paolo Conti"}
        await pilot.press("ctrl+z")
        assert met() == {me: None, world.colleague: date(2026, 3, 2)}


async def test_m_again_takes_it_back_and_an_introduction_that_took_place_is_done(
    store: Store, world: World, visit: str
) -> None:
    stranger = store.contact.get(world.stranger)
    store.contact.save(stranger.model_copy(update={"function": "Payables"}))
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(world.stranger)
        await pilot.press("p")
        assert "introduction agreed by 17 Dec" in " ".join(
            word for word in shown(pilot.app).split() if word != "│"
        )
        [action] = store.action.where("visit_id = ?", [visit])

        def state() -> tuple[object, ...]:
            now = store.action.get(action.id)
            return now.status, now.done_on, store.counterpart.of(world.stranger)[0].met_on

        for key, expected in (
            ("m", ("done", TODAY, TODAY)),
            ("ctrl+z", ("open", None, None)),
            ("m", ("done", TODAY, TODAY)),
            ("m", ("open", None, None)),
            ("ctrl+z", ("done", TODAY, TODAY)),
        ):
            pane.table.go_to(world.stranger)
            await pilot.press(key)
            assert state() == expected, key


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_who_knows_nobody_is_told_without_colour_at_any_width(
    store: Store, visit: str, size: tuple[int, int]
) -> None:
    async with app_on(store).run_test(size=size) as pilot:
        await opened(pilot, visit, Pane)
        await pilot.pause()
        lines = shown(pilot.app).splitlines()
        [zoe] = [line for line in lines if "Zoe" in line and "│" in line]
        [paolo] = [line for line in lines if "Paolo Conti" in line and "14 Jul" in line]
        assert " ! " in zoe
        assert "✓" in paolo.split("│")[1]
        assert ("1 know their counterpart" in "\n".join(lines)) == (size[0] > 80)


async def test_on_a_visit_opened_again_m_still_takes_back_that_they_met(
    store: Store, world: World, visit: str
) -> None:
    visits, pairs = store.visit, store.counterpart
    pairs.tick(visits.get(visit), world.contact, here=True, met=[world.colleague])
    visits.complete(visit)
    visits.reopen(visit)
    async with app_on(store).run_test(size=(100, 30)) as pilot:
        pane = await opened(pilot, visit, Pane)
        pane.table.go_to(world.contact)
        await pilot.press("m")
        assert [pair.met_on for pair in pairs.of(world.contact)] == [None]
        await pilot.press("ctrl+z")
        assert [pair.met_on for pair in pairs.of(world.contact)] == [TODAY]
        pane.table.go_to(world.contact)
        await pilot.press("space")
        assert [pair.met_on for pair in pairs.of(world.contact)] == [TODAY], (
            "they may have met elsewhere that day"
        )


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_role_is_no_word_for_the_room(store: Store, visit: str, size: tuple[int, int]) -> None:
    """In the header, the list, below it, and in the forms: the job title, else the function, else the name only."""
    async with app_on(store).run_test(size=size) as pilot:
        await opened(pilot, visit, Pane)
        seen = ""
        for keys in ((), ("space",), ("e",), ("escape", "n"), ("escape", "down")):
            await pilot.press(*keys)
            await pilot.pause()
            seen += shown(pilot.app)
        assert "Plant director" in seen
        assert not [role for role in get_args(ContactRole) if role in seen]
    newest = store.contact.where()[-1]
    assert newest.name == "Zoe"
