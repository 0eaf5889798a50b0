"""Every screen, step and panel: on the sample at three sizes, without colour, and with hostile text everywhere."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual import _wait
from textual.command import CommandPalette

from radar_tui import paths
from radar_tui.domain.customer import Customer
from radar_tui.domain.scorecard import Measure
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.settings.keys import KeysScreen
from radar_tui.ui.steps.handing_over.screen import HandedOverScreen
from radar_tui.ui.widgets.key_bar import KeyBar
from radar_tui.ui.widgets.line import Line
from radar_tui.ui.widgets.row_table import RowTable
from tests.fresh import NOW
from tests.ui.every_place import PARTS, visits_of, walk
from tests.ui.world import HOSTILE, build, shown, strips_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime
    from pathlib import Path


SIZES = [(80, 24), (100, 30), (160, 45)]
HEADINGS = ".heading, #title, #summary, #form > Line"
MEANING = {
    "checklist": {"key"}, "customer": {"currency"}, "part": {"currency"}, "opportunity": {"currency"},
    "contact": {"language"}, "visit": {"current_step"}, "answer": {"question", "subject_id"},
}  # fmt: skip
"""Text that the app itself writes and reads: keys, and codes that a form checks."""
ENDLESS = ("long", "words")
HARMLESS = str.maketrans("[]", "()")
OURS = {"conflict", "local", "touched", "customer_due", "quarter_count", "search_stale"}
TIMES = re.compile(r"_(on|at|by)$|^(as_of|definition)$")


@pytest.fixture(autouse=True)
def quick_and_on_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "user_checklists", lambda: tmp_path / "none")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    # Textual's pilot looks every 20 ms whether the app has come to rest; a walk is thousands of such looks.
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.006)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.003)


def text_columns(store: Store) -> list[tuple[str, str]]:
    """Every column that holds words of people: TEXT, no key, no time, no closed set of words."""
    found = []
    for table, statement in store.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if table in OURS or table.startswith(("sqlite", "_")):
            continue
        for _, column, kind, *_ in store.rows(f"PRAGMA table_info({table})"):
            closed = re.search(rf"CHECK \({column} IN", statement)
            key = column == "id" or column.endswith("_id")
            known = column in MEANING.get(table, ())
            if kind == "TEXT" and not (closed or key or known or TIMES.search(column)):
                found.append((table, column))
    return found


def write_everywhere(store: Store, text: str) -> None:
    """Put `text` into every column of `text_columns`."""
    with store.transaction() as connection:
        for table, column in text_columns(store):
            connection.execute(f"UPDATE {table} SET {column} = ?", [text])


def stands_well(app: RadarApp, place: str) -> None:
    """What holds in every place."""
    assert app.is_running, place
    screen = app.screen
    if isinstance(screen, CommandPalette):
        return
    if screen.focus_chain:
        assert screen.focused is not None, f"{place}: the keys go nowhere"
        assert screen.focused.display, place
    for strip in strips_of(app):
        assert strip.cell_length <= app.size.width, place
    if not isinstance(screen, HandedOverScreen):
        words = [entry[1] for entry in screen.query_one(KeyBar).shown()]
        assert words, f"{place}: no keys"
        assert isinstance(screen, KeysScreen) or words[-1] == "keys", f"{place}: {words}"


def is_uncut(app: RadarApp, place: str) -> None:
    """No heading and no head of a column is cut."""
    for table in app.screen.query(RowTable):
        for _, column, width in table._placed if table.head and table.display else []:
            assert len(column.title) <= width, f"{place}: column {column.title!r}"
    for line in app.screen.query(HEADINGS).results(Line):
        words = line.render().plain
        assert "…" not in words.replace(" …", ""), f"{place}: {words!r}"


def is_clean(app: RadarApp, place: str) -> None:
    """Nothing that a terminal would obey."""
    for strip in strips_of(app):
        for segment in strip:
            assert not segment.control, place
            for letter in segment.text:
                assert unicodedata.category(letter) != "Cc", f"{place}: {segment.text!r}"
                assert letter not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", place


async def each_place(
    store: Store,
    customer_id: str,
    size: tuple[int, int],
    look: Callable[[RadarApp, str], None],
    parts: Collection[str] = PARTS,
) -> int:
    """Walk through the app and `look` at every place; how many there were."""
    others = store.customer.where("id <> ? AND archived_at IS NULL", [customer_id], "name, id")
    other = next(row.id for row in others if store.visit.in_progress(row.id) is None)
    app, count = RadarApp(store), 0
    async with app.run_test(size=size) as pilot:
        async for place in walk(pilot, customer_id, other, visits_of(store, customer_id), parts):
            look(app, place)
            count += 1
    return count


@pytest.fixture
def sample(tmp_path: Path, clock: Callable[[], datetime]) -> Store:
    file = tmp_path / "sample.db"
    shutil.copyfile(paths.sample(), file)
    return Store.open(file, clock=clock)


def busiest(store: Store) -> str:
    """The customer that the Radar names first."""
    return str(store.radar.page(NOW.date(), 0, 1)[0].customer_id)


def hostile_world(store: Store) -> str:
    """A customer with a row of everything, and a second one; the id of the first."""
    world = build(store)
    store.customer.save(Customer(id=new_id(), name="Second"))
    store.measure.add(Measure(id=new_id(), customer_id=world.customer, perspective="internal", name="Stops"))
    return world.customer


@pytest.mark.parametrize("part", PARTS)
async def test_hostile_text_is_painted_like_any_other(
    tmp_path: Path, clock: Callable[[], datetime], part: str
) -> None:
    """Every place looks as it does with the same text in harmless brackets."""
    text = " ".join(words for name, words in HOSTILE.items() if name not in ENDLESS)
    file, pristine = tmp_path / "radar.db", tmp_path / "pristine.db"
    with Store.open(pristine, clock=clock) as store:
        customer = hostile_world(store)
    seen: dict[str, list[str]] = {}

    def look(app: RadarApp, place: str) -> None:
        stands_well(app, place)
        is_clean(app, place)
        seen.setdefault(place, []).append(shown(app))

    for words in (text, text.translate(HARMLESS)):
        shutil.copyfile(pristine, file)
        with Store.open(file, clock=clock) as store:
            write_everywhere(store, words)
            await each_place(store, customer, (80, 24), look, [part])
    for place, (hostile, harmless) in seen.items():
        assert hostile.translate(HARMLESS) == harmless.translate(HARMLESS), place
    many = sum(HOSTILE["markup"] in hostile for hostile, _ in seen.values())
    assert many > 15, many


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_every_place_on_the_sample(sample: Store, size: tuple[int, int]) -> None:
    def look(app: RadarApp, place: str) -> None:
        stands_well(app, place)
        is_clean(app, place)
        is_uncut(app, place)

    with sample:
        assert await each_place(sample, busiest(sample), size, look) > 80


async def test_without_colour_and_glyphs_the_cursor_and_the_chosen_number_show(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    customer, seen = hostile_world(store), set()
    store.local.save(replace(store.local.settings(), ascii=True))

    def look(app: RadarApp, place: str) -> None:
        stands_well(app, place)
        assert shown(app).isascii(), place
        table = app.screen.focused
        if isinstance(table, RowTable) and table.count:
            y = table.cursor - int(table.scroll_y) + table.head
            assert table.render_line(y).text.startswith(app.glyphs.cursor), place
            seen.add("cursor")
        if place == "handed over, chosen":
            strip = next(strip for strip in strips_of(app) if re.search(r"\b6\b.*\b7\b", strip.text))
            turned = [piece.text.strip() for piece in strip if piece.style and piece.style.reverse]
            assert [text for text in turned if text] == ["7"]
            seen.add("number")

    await each_place(store, customer, (80, 24), look)
    assert seen == {"cursor", "number"}


def test_text_columns_are_found_by_themselves(store: Store) -> None:
    found = text_columns(store)
    assert {("customer", "name"), ("want", "title"), ("ticket", "comment"), ("answer", "value")} <= set(found)
    assert not {("customer", "kind"), ("visit", "planned_on"), ("item", "stream_id")} & set(found)


@pytest.mark.parametrize("name", ENDLESS)
async def test_every_place_with_endless_text(store: Store, name: str) -> None:
    customer = hostile_world(store)
    write_everywhere(store, HOSTILE[name])

    def look(app: RadarApp, place: str) -> None:
        stands_well(app, place)
        is_clean(app, place)

    assert await each_place(store, customer, (80, 24), look) > 80
