"""The conflict screen: three values side by side with who and when, and deciding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.conflict import Me, Writer
from radar_tui.store.lists.conflict import open_count, open_rows
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.sync.conflict import ConflictScreen
from radar_tui.ui.screens.sync.conflict_rows import edited_words
from radar_tui.ui.screens.sync.screen import SyncScreen
from radar_tui.ui.widgets.side_by_side import SideBySide
from tests.fresh import NOW
from tests.ui.every_place import settle
from tests.ui.hub import columns, conflict, with_hub
from tests.ui.world import HOSTILE, World, shown, strips_of

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store

SIZES = [(80, 24), (100, 30)]


async def opened(pilot: Pilot[None]) -> ConflictScreen:
    """The first conflict of the list."""
    await pilot.press("5")
    for _ in range(50):
        await settle(pilot)
        if isinstance(pilot.app.screen, SyncScreen) and pilot.app.screen.table.current is not None:
            break
        await pilot.pause(0.02)
    await pilot.press("enter")
    for _ in range(50):
        await settle(pilot)
        if isinstance(pilot.app.screen, ConflictScreen):
            break
        await pilot.pause(0.02)
    assert isinstance(pilot.app.screen, ConflictScreen)
    return pilot.app.screen


def two_fields(store: Store, world: World) -> tuple[str, str]:
    """The model and the tag of an item, each changed on two laptops; ids of the conflicts."""
    with_hub(store)
    row = ("item", world.item)
    return (
        conflict(store, "both changed", row, "model", ("RX-30", "RX-40", "RX-60")),
        conflict(store, "both changed", row, "tag", ("W-009", "W-010", "W-011")),
    )


def resolution(store: Store, id: str) -> str | None:
    return store.conflict.get(id).resolution


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_what_stands_and_what_else_was_written_with_who_and_when(
    store: Store, world: World, size: tuple[int, int]
) -> None:
    two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        text = shown(app)
    assert "Aurora Tissue · Item W-010" in text
    assert "2 of 2 left" in text
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Before Stands Mine" in lines
    assert "Luca Bianchi Marta Ricci" in lines
    assert "last edit yesterday 17:05 today 09:42" in lines
    assert "▌ Model RX-30 RX-40 RX-60" in lines
    assert "Tag W-009 W-010 W-011" in lines
    assert "k leave it" in text
    assert "M all mine" in text


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_all_who_wrote_stand_beside_each_other_and_one_is_chosen(
    store: Store, world: World, size: tuple[int, int]
) -> None:
    with_hub(store)
    for author, model in (("Olof", "RX-60"), ("Luca Bianchi", "RX-80"), ("Ada", "RX-60")):
        conflict(store, "both changed", ("item", world.item), "model", ("RX-30", "RX-40", model), author)
    app = RadarApp(store)
    async with app.run_test(size=size) as pilot:
        await opened(pilot)
        lines = [" ".join(line.split()) for line in shown(app).splitlines()]
        assert "▌ Model RX-30 RX-40 RX-60 RX-80" in lines
        assert "enter take this" not in shown(app)
        assert "take the other" not in shown(app), "there are two"
        await pilot.press("right", "right", "right")
        lines = [" ".join(line.split()) for line in shown(app).splitlines()]
        assert "Before Stands Not taken ▶ Not taken" in lines
        await pilot.press("left", "left", "right", "enter")
        await settle(pilot)
        assert store.item.get(world.item).model == "RX-60"
        assert isinstance(app.screen, SyncScreen)
        assert open_count(store) == 0


async def test_more_sides_than_fit_are_gone_through(store: Store, world: World) -> None:
    with_hub(store)
    for number in range(7):
        values = ("RX-30", "RX-40", f"RX-5{number}")
        conflict(store, "both changed", ("item", world.item), "model", values, f"Person {number}")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown(app)
        assert "+ 4 more" in text
        assert "RX-40" in text
        assert "RX-56" not in text
        await pilot.press(*["right"] * 9)
        text = shown(app)
        assert "RX-40" in text, "what stands is always there"
        assert "RX-56" in text
        await pilot.press("enter")
        await settle(pilot)
        assert store.item.get(world.item).model == "RX-56"


async def test_what_belongs_together_is_one_question(store: Store, world: World) -> None:
    with_hub(store)
    line = store.row("SELECT * FROM opportunity_line ORDER BY id LIMIT 1")
    row = ("opportunity_line", str(line["id"]))
    for column, mine in (("quantity", 7), ("unit_price", 12_300), ("decision", line["decision"])):
        conflict(store, "both changed", row, column, (None, line[column], mine), "Luca Bianchi")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown(app)
        assert "Quantity" in text
        assert "Unit price" in text
        assert "Decision" not in text, "both say the same"
        assert "left" not in text
        await pilot.press("m")
        await settle(pilot)
    after = store.row("SELECT * FROM opportunity_line WHERE id = ?", [line["id"]])
    assert (after["quantity"], after["unit_price"]) == (7, 12_300)


async def test_all_mine_takes_nothing_of_a_colleague(store: Store, world: World) -> None:
    with_hub(store)
    row = ("item", world.item)
    conflict(store, "both changed", row, "model", ("RX-30", "RX-40", "RX-60"))
    theirs = conflict(store, "both changed", row, "tag", ("W-009", "W-010", "W-011"), "Luca Bianchi")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("M")
        await settle(pilot)
        assert isinstance(app.screen, ConflictScreen), "one is still open"
    item = store.item.get(world.item)
    assert (item.model, item.tag) == ("RX-60", "W-010")
    assert resolution(store, theirs) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-12-02T16:05:00.000Z/2026-12-02T16:05:00.000Z", "yesterday 17:05"),
        ("2026-11-28T08:00:00.000Z/2026-12-02T16:05:00.000Z", "28 Nov to 2 Dec"),
        ("2026-12-02T08:00:00.000Z/2026-12-02T16:05:00.000Z", "2 Dec"),
        ("", "sent 30 Nov 09:00"),
        ("nonsense/nonsense", "sent 30 Nov 09:00"),
    ],
)
def test_when_a_side_was_edited_or_else_when_it_was_sent(text: str, words: str) -> None:
    first, _, last = text.partition("/")
    writer = Writer("Luca", "d", "luca", first, last, "2026-11-30T08:00:00.000Z")
    assert edited_words(writer, NOW) == words


async def test_each_field_is_decided_by_one_key_and_then_the_screen_closes(
    store: Store, world: World
) -> None:
    model, tag = two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        await pilot.press("m")
        await pilot.pause()
        assert store.item.get(world.item).model == "RX-60"
        assert resolution(store, model) == "took mine"
        assert "✓ taken" in shown(app)
        assert screen.query_one(SideBySide).cursor == 1
        await pilot.press("k")
        await settle(pilot)
        assert resolution(store, tag) == "kept theirs"
        assert store.item.get(world.item).tag == "W-010"
        assert isinstance(app.screen, SyncScreen)
        assert "no conflict" not in shown(app), "the item that was changed is unsynced now"
        assert "!" not in shown(app).replace("!!", "")


@pytest.mark.parametrize(
    ("key", "model", "said"), [("K", "RX-40", "kept theirs"), ("M", "RX-60", "took mine")]
)
async def test_all_fields_of_a_row_are_decided_together(
    store: Store, world: World, key: str, model: str, said: str
) -> None:
    ids = two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(app.screen, SyncScreen)
    assert [resolution(store, id) for id in ids] == [said, said]
    assert store.item.get(world.item).model == model


async def test_decisions_are_taken_back(store: Store, world: World) -> None:
    ids = two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("m", "ctrl+z")
        await settle(pilot)
        assert store.item.get(world.item).model == "RX-40"
        assert "2 of 2 left" in shown(app)
        await pilot.press("M", "ctrl+z")
        await settle(pilot)
        assert isinstance(app.screen, SyncScreen), "it closed, and the list takes it back"
        item = store.item.get(world.item)
        assert (item.model, item.tag) == ("RX-40", "W-010")
        assert [resolution(store, id) for id in ids] == [None, None]
        assert "Item W-010: model, tag" in shown(app)


async def test_a_third_value_is_typed(store: Store, world: World) -> None:
    model, _ = two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("e")
        assert isinstance(app.screen, FormScreen)
        assert "RX-60" in shown(app)
        await pilot.press("X", "enter")
        await settle(pilot)
        assert store.item.get(world.item).model == "RX-60X"
        assert resolution(store, model) == "edited"
        assert "✓ edited" in shown(app)


async def test_a_value_that_does_not_fit_is_refused_in_the_form(store: Store, world: World) -> None:
    with_hub(store)
    id = conflict(store, "both changed", ("item", world.item), "installed_on", (None, None, "2026-01-02"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await pilot.press("e", "x", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert "is a day" in shown(app)
    assert resolution(store, id) is None


async def test_what_another_wrote_is_not_called_mine(store: Store, world: World) -> None:
    with_hub(store)
    row = ("item", world.item)
    conflict(store, "both changed", row, "model", ("RX-30", "RX-40", "RX-60"), author="Luca Bianchi")
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown(app)
        assert "Mine" not in text
        assert "Not taken" in text
        assert "k leave it" in text
        assert "m take the other" in text
        await pilot.press("m")
        await settle(pilot)
    assert store.item.get(world.item).model == "RX-60"


async def test_what_changed_since_is_shown_as_it_is_now(store: Store, world: World) -> None:
    with_hub(store)
    conflict(store, "both changed", ("item", world.item), "model", ("RX-30", "RX-39", "RX-60"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown(app)
        assert "Stands now" in text
        assert "changed since" in text
        assert "RX-40" in text


async def test_a_row_taken_back_there_and_changed_here_is_only_looked_at(store: Store, world: World) -> None:
    with_hub(store)
    row = columns(store, "item", world.item)
    id = conflict(store, "deleted there", ("item", world.item), None, ({**row, "model": "RX-30"}, row, row))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        text = shown(app)
        assert "Taken back by one, changed by another; the change stands." in text
        assert "Whole row" in text
        assert "take mine" not in text
        assert "e edit" not in text
        await pilot.press("k")
        await settle(pilot)
    assert resolution(store, id) == "kept theirs"
    assert store.item.get(world.item).model == "RX-40"


async def test_what_was_decided_elsewhere_meanwhile_cannot_be_decided_again(
    store: Store, world: World
) -> None:
    model, _ = two_fields(store, world)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        with store.again() as other:
            other.conflict.keep_theirs([model])
        app.reload()
        await settle(pilot)
        assert "✓ decided" in shown(app)
        assert "k leave" not in shown(app)
        await pilot.press("down")
        assert "k leave it" in shown(app)


async def test_long_texts_wrap_and_scroll_by_line_page_and_field(store: Store, world: World) -> None:
    with_hub(store)
    row = ("customer", world.customer)
    long = "word " * 400 + "end"
    conflict(store, "both changed", row, "city", ("A", "B", "C"))
    conflict(store, "both changed", row, "notes", ("Old", "Two tissue lines.", long))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        fields = screen.query_one(SideBySide)
        await pilot.press("down")
        assert fields.cursor == 1
        top = fields.scroll_y
        await pilot.press("down", "down")
        assert fields.scroll_y == top + 2
        await pilot.press("end")
        assert "end" in shown(app)
        assert fields.cursor == 1
        await pilot.press("home")
        assert (fields.cursor, fields.scroll_y) == (0, 0)
        await pilot.press("pagedown")
        assert fields.cursor == 1
        await pilot.press("pageup")
        assert fields.cursor == 0


@pytest.mark.parametrize("name", ["markup", "escapes", "words", "wide", "override"])
async def test_hostile_text_is_painted_as_it_is(store: Store, world: World, name: str) -> None:
    with_hub(store)
    text = HOSTILE[name]
    conflict(store, "both changed", ("customer", world.customer), "notes", (text, text, text), author=text)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for strip in strips_of(app):
            assert strip.cell_length == 80
            assert not any(ord(letter) < 32 for letter in strip.text)
        if name == "markup":
            assert shown(app).count("[red]x[/]") == 3
        await pilot.press("e", "escape", "k")
        await settle(pilot)
        assert isinstance(app.screen, SyncScreen)


@pytest.mark.usefixtures("world")
async def test_a_sealed_answer_is_chosen_and_not_edited(store: Store) -> None:
    with_hub(store)
    response = store.response.where()[0]
    conflict(store, "both added", ("response", response.id), "score", (None, 6, 9))
    [row] = open_rows(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(ConflictScreen(row, Me("", ""), lambda _: None))
        await settle(pilot)
        text = shown(app)
        assert "k leave it" in text
        assert "e edit" not in text
