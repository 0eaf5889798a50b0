"""The Ourselves screen: promises and how they were kept, colleagues, the price list, checklists."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.checklists.loader import shipped
from radar_tui.domain.opportunity import Part
from radar_tui.domain.promise import Promise, Want
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.text import one_line
from radar_tui.domain.visit import Answer
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.ourselves.screen import TABS, OurselvesScreen
from radar_tui.ui.screens.visit.screen import VisitScreen
from radar_tui.ui.widgets.row_table import RowTable
from tests.ui.every_place import settle as settled
from tests.ui.world import HOSTILE, build, introduce, shown, some_hostile, strips_of

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from radar_tui.store.store import Store


@pytest.fixture(autouse=True)
def own_checklists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of checklists that is not the user's."""
    folder = tmp_path / "checklists"
    folder.mkdir()
    monkeypatch.setattr(paths, "user_checklists", lambda: folder)
    return folder


def held(store: Store, key: str, customer: str | None, days: int = 0, **answers: str) -> str:
    """A visit by a shipped checklist, completed so many days ago, with answers as another Radar may have sent them."""
    checklist = next(one for one in shipped() if one.key == key)
    me, done = store.local.settings().me or None, store.clock() - timedelta(days=days)
    visit = store.visit.start(customer, store.checklist.pin(checklist), me, occasion=checklist.occasion)
    store.visit.save(
        visit.model_copy(update={"status": "completed", "started_at": done, "completed_at": done})
    )
    for question, value in answers.items():
        store.answer.save(
            Answer(id=new_id(), visit_id=visit.id, question=question, value=value, answered_at=done)
        )
    return visit.id


async def opened(pilot: Pilot[None], *keys: str) -> OurselvesScreen:
    """The screen, after some keys."""
    await pilot.press("4")
    await settled(pilot)
    for key in keys:
        await pilot.press(key)
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, OurselvesScreen)
    return screen


def lines(screen: OurselvesScreen) -> list[str]:
    table = screen.table
    assert isinstance(table, RowTable)
    return [" ".join(table.render_line(y).text.replace("▌", "").split()) for y in range(1, 1 + table.count)]


async def test_a_promise_shows_how_often_it_was_kept(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert lines(screen) == ["Spares in 48 hours 67 % 2 of 3 1 Jan –"]
        assert "last said: late twice" in shown(app)


async def test_a_fourth_promise_is_refused_in_the_form_and_nothing_typed_is_lost(store: Store) -> None:
    introduce(store)
    for title in ("one", "two", "three"):
        store.promise.save(Promise(id=new_id(), title=title, made_on=date(2026, 1, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("n", *"four", "enter")
        assert isinstance(app.screen, FormScreen)
        assert "at most 3 promises" in shown(app)
        assert "four" in shown(app)
    assert len(store.promise.where()) == 3


async def test_retiring_one_makes_room_and_it_stays_in_the_list(store: Store) -> None:
    introduce(store)
    old = store.promise.save(Promise(id=new_id(), title="old", made_on=date(2026, 1, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "e", "tab", "tab", *"1.12.2026", "enter")
        await settled(pilot)
        assert store.promise.get(old.id).retired_on == date(2026, 12, 1)
        assert lines(screen) == ["old – 1 Jan 1 Dec"]


@pytest.mark.parametrize(
    ("tab", "keys", "words"),
    [
        ("p", [*"Same day", "enter"], "Same day"),
        ("c", [*"Priya Nair", "enter"], "Priya Nair"),
        ("l", [*"RX-1", "tab", *"Seat", "tab", "tab", "tab", *"12,50", "enter"], "RX-1"),
    ],
)
async def test_n_adds_to_each_list(store: Store, tab: str, keys: list[str], words: str) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, tab, "n", *("space" if key == " " else key for key in keys))
        await settled(pilot)
        assert any(words in line for line in lines(screen))
    if tab == "l":
        assert store.part.where()[0].unit_price == 1250


@pytest.mark.parametrize("tab", ["p", "l"])
async def test_an_empty_list_says_what_it_is_for_and_which_key_fills_it(store: Store, tab: str) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, tab, "e", "enter")
        assert "yet" in shown(app)
        assert "Press n" in shown(app)


async def test_slash_filters_the_price_list_by_any_of_its_words(store: Store) -> None:
    introduce(store)
    for sku, name, model in (
        ("A-1", "Müller seat", "RX-40"),
        ("B-2", "Housing", "RX-60"),
        ("C-3", "Seat", "RX-60"),
    ):
        store.part.save(Part(id=new_id(), sku=sku, name=name, model=model))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "slash", *"seat")
        assert [line.split()[0] for line in lines(screen)] == ["A-1", "C-3"]
        await pilot.press("space", *"rx-60")
        assert [line.split()[0] for line in lines(screen)] == ["C-3"]
        await pilot.press("escape", "slash", *"MULLER")
        assert [line.split()[0] for line in lines(screen)] == ["A-1"]
        await pilot.press("x")
        assert "No part with these letters" in shown(app)
        await pilot.press("escape")
        assert len(lines(screen)) == 3


async def test_esc_shows_all_again_after_the_filter_was_kept(store: Store) -> None:
    build(store)
    store.part.save(Part(id=new_id(), sku="HX-1", name="Housing", model="RX-60", unit_price=1))
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "slash", *"housing", "enter")
        assert len(lines(screen)) == 1
        assert "esc all again" in shown(pilot.app)
        await pilot.press("escape")
        await settled(pilot)
        assert len(lines(screen)) == 2
        assert "esc all again" not in shown(pilot.app)


async def test_v_and_enter_start_to_do_business_with_ourselves(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("v", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VisitScreen)
        assert "Ourselves  Do business with yourself" in shown(pilot.app)
        assert "Found today" not in shown(pilot.app)
    assert store.visit.in_progress(None) is not None


async def test_the_palette_starts_to_do_business_with_ourselves_from_anywhere(store: Store) -> None:
    build(store)
    async with RadarApp(store).run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"yourself")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await settled(pilot)
        assert "Ourselves" in shown(pilot.app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, VisitScreen)


async def test_a_part_no_longer_sold_stands_last(store: Store) -> None:
    introduce(store)
    gone = store.part.save(Part(id=new_id(), sku="A-1", name="Old seat", model="RX"))
    store.part.save(Part(id=new_id(), sku="B-2", name="New seat", model="RX"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "l", "e", *["up"] * 5, "n", "enter")
        await pilot.pause()
        assert store.part.get(gone.id).archived_at == store.clock()
        assert [line.split()[0] for line in lines(screen)] == ["B-2", "A-1"]


async def test_who_left_stands_last(store: Store) -> None:
    introduce(store)
    store.colleague.save(Colleague(id=new_id(), name="Abel", left_on=date(2026, 11, 1)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "c")
        assert lines(screen) == ["Marta Ricci relationship no –", "Abel left 1 Nov no –"]


async def test_checklists_are_listed_with_what_is_wrong_in_the_users_files(
    store: Store, own_checklists: Path
) -> None:
    introduce(store)
    (own_checklists / "mine.toml").write_text(
        'key = "mine"\nversion = 1\ntitle = "My [b]own[/]"\n\n[[steps]]\nkey = "sum"\nkind = "summary"\ntitle = "End"\n'
    )
    (own_checklists / "broken.toml").write_text("key = \n")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "k")
        assert [line.rpartition(" ")[2] for line in lines(screen)[:1]] == ["Radar"]
        assert lines(screen)[-1] == "My [b]own[/] 1 1 0 mine.toml"
        assert "broken.toml:1:" in shown(app)
        await pilot.press("end")
        await pilot.pause()
        assert "End" in shown(app)


async def test_tabs_open_with_their_letter(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for tab in TABS:
            screen = await opened(pilot, tab.key)
            assert screen.here == tab.name
            assert tab.key in tab.words.lower()


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_any_text_is_painted_as_it_is(store: Store, name: str) -> None:
    world = build(store, HOSTILE[name])
    store.want.save(Want(id=new_id(), customer_id=world.customer, title=HOSTILE[name], note=HOSTILE[name]))
    held(store, "business_with_yourself", None, call_felt=HOSTILE[name])
    held(store, "follow_me_home", world.customer, surprise=HOSTILE[name])
    start = one_line(HOSTILE[name])[:6]
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        for tab in TABS:
            screen = await opened(pilot, tab.key)
            for strip in strips_of(app):
                assert strip.cell_length == 160
                assert not any(ord(letter) < 32 for letter in strip.text)
            if tab.name != "checklists":
                assert any(start in line for line in lines(screen))


async def test_self_checks_with_their_scores_and_when_the_next_is_due(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, "s")
        assert "Press v to do business with ourselves" in shown(app)
        assert "never done: due now" in shown(app)
        visit = held(
            store, "business_with_yourself", None, 40, call_score="6", order_score="9", call_minutes="12",
            order_minutes="4", call_felt="bother", call_problems='["menu", "waiting"]',
        )  # fmt: skip
        screen = await opened(pilot, "p", "s")
        assert lines(screen) == ["24 Oct 6 9 – 7.5 16 min bother 2 – Marta Ricci"]
        assert "!! next one 10 days late" in shown(app)
        assert "Self-checks" in shown(app).splitlines()[2]
        assert "Mean 7.5. Felt: bother. Went wrong: menu, waiting." in shown(app)
        await pilot.press("h")
        await settled(pilot)
        assert "1 self-check. What" in shown(app)
        await pilot.press("t")
        assert "24 Oct 2026" in shown(app)
        await pilot.press("escape", "enter")
        await settled(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert app.screen.visit_id == visit


async def test_observation_days_and_the_goal_of_the_year(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, "o")
        assert "Follow me home" in shown(app)
        assert "0 of 4 observation days in 2026" in shown(app)
        for days in (20, 400):
            held(
                store, "follow_me_home", world.customer, days, surprise="Tape", morning_1="a", afternoon_6="b",
                note_does="n/a",
            )  # fmt: skip
        screen = await opened(pilot, "p", "o")
        assert lines(screen)[0] == "13 Nov Aurora Tissue 2 – – Tape Marta Ricci"
        assert "1 of 4 observation days in 2026" in shown(app)
        assert "3 by now" in shown(app)


async def test_wants_are_decided_and_parked_only_with_the_reason(store: Store) -> None:
    world = build(store)
    want = store.want.save(Want(id=new_id(), customer_id=world.customer, title="A hotline"))
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "w")
        await pilot.press("e", "tab", "tab", "right", "right", "enter")
        await settled(pilot)
        assert "parked with the reason" in shown(app)
        await pilot.press("tab", *"no", "enter")
        await settled(pilot)
        row = store.want.get(want.id)
        assert (row.decision, row.note) == ("parked", "no")
        assert lines(screen) == ["A hotline Aurora Tissue parked –"]
        assert "1 parked" in shown(app)


async def test_promises_by_quarter_with_their_n(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert "1: Spares in 48" in shown(app)
        await pilot.press("t")
        found = [" ".join(line.split()) for line in shown(app).splitlines()]
        assert "Q3 2026 Promise 1 100 % 1" in found
        assert "Q1 2026 Promise 1 0 % 1" in found


async def test_a_fourth_promise_that_a_sync_brought_asks_to_retire_one(store: Store) -> None:
    introduce(store)
    with store.transaction() as connection:
        for number in range(4):
            connection.execute(
                "INSERT INTO promise (id, title, made_on) VALUES (?, 'From afar', '2026-01-04')",
                [f"p{number}"],
            )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "4 promises stand, at most 3 should" in shown(app)
        await pilot.press("e", "tab", "tab", *"1.12.2026", "enter")
        await settled(pilot)
        assert "promises stand" not in shown(app)


async def test_a_self_check_is_planned_moved_and_missed_and_only_what_is_ahead_stands_on_top(
    store: Store,
) -> None:
    build(store)
    held(store, "business_with_yourself", None, 20, call_score="6")
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, "s", "n", *"9.12.2026", "enter")
        [planned] = store.visit.planned(None)
        assert (planned.occasion, planned.planned_on) == ("self-check", date(2026, 12, 9))
        assert lines(screen)[0].startswith("9 Dec – – – – – planned")
        assert "planned for 9 Dec" in shown(app)
        screen = await opened(pilot, "s", "home", "e", *"1.11.2026", "tab", "m", "enter", "enter")
        await settled(pilot)
        assert store.visit.get(planned.id).status == "missed"
        assert [line.split()[0] for line in lines(screen)] == ["13", "1"], "what was missed is past"
        assert "planned for" not in shown(app)
        await pilot.press("end", "enter")
        await settled(pilot)
        assert isinstance(app.screen, FormScreen), "what was missed is planned anew"


async def test_a_planned_observation_day_stands_here_and_is_not_the_next_customer_visit(store: Store) -> None:
    """Enter starts it and no other; a customer visit that is planned stays planned."""
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await settled(pilot)
        await pilot.press("t", "n", *"4.12.2026", "tab", "f", "enter")
        await settled(pilot)
        [day] = [visit for visit in store.visit.planned(world.customer) if visit.id != world.planned]
        assert day.occasion == "observation day"
        await pilot.press("escape")
        await pilot.press("1", "v")
        await settled(pilot)
        customer_visit = store.visit.get(world.planned).planned_on
        assert customer_visit is not None
        assert f"Planned for {customer_visit:%A} {customer_visit.day} {customer_visit:%B}" in shown(app)
        await pilot.press("escape")
        screen = await opened(pilot, "o")
        assert lines(screen)[0].startswith("4 Dec Aurora Tissue – – – planned")
        await pilot.press("enter")
        await settled(pilot)
        assert "Planned for Friday 4 December: this becomes that visit." in shown(app)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, VisitScreen)
        assert app.screen.visit_id == day.id
    assert store.visit.get(world.planned).status == "planned"


async def test_whatever_a_sync_brings_these_lists_open(store: Store) -> None:
    build(store)
    held(
        store,
        "business_with_yourself",
        None,
        20,
        call_score="9" * 5000,
        order_minutes="9" * 400,
        call_felt="x" * 999,
    )
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO checklist (id, key, version, title, definition) VALUES ('b', 'b', 1, 'B', '{')"
        )
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, "s")
        assert len(lines(screen)) == 1
        await pilot.press("h", "escape", "o")
        await settled(pilot)
        assert "0 of 4 observation days" in shown(app)


async def test_a_late_self_check_is_seen_from_every_tab(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "Self-checks ! " in shown(app)
        held(store, "business_with_yourself", None, 40, call_score="6")
        await opened(pilot, "w")
        assert "Self-checks !! " in shown(app)
        assert "Checklists" in shown(app).splitlines()[2], "all tabs fit at 80"
        held(store, "business_with_yourself", None, 1, call_score="6")
        await opened(pilot, "p")
        assert "!" not in shown(app).splitlines()[2]


async def test_a_promise_is_not_retired_before_it_is_made(store: Store) -> None:
    build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("e", "tab", "tab", *"1.1.2020", "enter")
        assert "not before the day on which it was made" in shown(app)


async def test_an_observation_day_is_planned_for_a_customer_by_how_its_name_begins(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, "o")
        await pilot.press("n", *"zzz", "tab", *"9.12.2026", "enter")
        assert "0 customers called “zzz”" in shown(app)
        await pilot.press("shift+tab", "backspace", "backspace", "backspace", *"auro", "enter")
        await settled(pilot)
        [day] = store.visit.where("occasion = 'observation day'")
        assert (day.customer_id, day.planned_on, day.status) == (world.customer, date(2026, 12, 9), "planned")
        await pilot.press("e", "tab", "c", "enter")
        await settled(pilot)
        assert store.visit.get(day.id).status == "cancelled"
        assert "Press n to plan one" in shown(app)
