"""Laptops of a team that change the same things: what becomes a question, and who is told to have written what when."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.conflict import Me, Writer
from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Item
from radar_tui.domain.money import money
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.visit import Answer, Visit
from radar_tui.store.lists.conflict import ConflictRow, OpenConflict, decided, open_count, open_rows
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from radar_tui.sync.log import LocalLog
from radar_tui.sync.sync_folder import me
from tests.fresh import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXAMPLES = int(os.environ.get("RADAR_CONFLICTS", "6"))
ANSWER = Answer(id="a", visit_id="v", question="late", answered_at=NOW)
NAMES = ("Anna", "Bruno", "Carla", "Dora")
THIRD, FOURTH = "2026-12-03T09:00:00.000Z", "2026-12-04T15:30:00.000Z"


@contextmanager
def team(folder: Path, count: int = 3) -> Iterator[list[Store]]:
    """Laptops with one hub, each of a colleague of its own, and one customer."""
    stores = []
    for name in NAMES[:count]:
        (folder / name).mkdir(parents=True)
        store = Store.open(fresh(folder / name / "radar.db"), clock=lambda: NOW)
        stores.append(store)
        if len(stores) == 1:
            store.colleague.save_all(Colleague(id=one.lower(), name=one) for one in NAMES)
            store.customer.save(Customer(id="aurora", name="Aurora", annual_value=8_000_000, owner_id="anna"))
            store.connection.execute(
                "INSERT INTO checklist (id, key, version, title, definition) VALUES ('c', 'k', 1, 't', '{}')"
            )
            store.visit.save(Visit(id="v", customer_id="aurora", checklist_id="c"))
            store.answer.save(ANSWER)
            joining.create(store, str(folder / "hub"))
        else:
            joining.join(store, str(folder / "hub"))
        store.local.put("me", name.lower())
    try:
        for store in stores:
            engine.sync(store)
        yield stores
    finally:
        for store in stores:
            store.close()


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Store]]:
    with team(tmp_path) as stores:
        yield stores


def edit(store: Store, at: str, **values: object) -> None:
    """An edit of the customer at this moment."""
    before = store.customer.get("aurora")
    store.customer.change(before, before.model_copy(update=values))
    store.connection.execute("UPDATE touched SET edited_at = julianday(?) WHERE tbl = 'customer'", [at])


def test_a_conflict_says_when_the_two_sides_were_edited_and_not_when_they_met(three: list[Store]) -> None:
    anna, bruno, carla = three
    edit(anna, THIRD, annual_value=9_100_000)
    edit(bruno, FOURTH, annual_value=9_000_000)
    edit(bruno, THIRD, notes="Two lines")
    edit(carla, FOURTH, annual_value=9_500_000)
    for store in (anna, bruno, carla, anna):
        engine.sync(store)
    found = {one.author: one for one in anna.conflict.where("col = 'annual_value'")}
    assert {(who, one.member, one.at) for who, one in found.items()} == {
        ("Bruno", "bruno", datetime.fromisoformat(THIRD)),
        ("Carla", "carla", datetime.fromisoformat(FOURTH)),
    }
    for one in found.values():
        kept = Writer.of_text(one.kept_by)
        assert (kept.author, kept.member, kept.first, kept.last) == ("Anna", "anna", THIRD, THIRD)


def test_what_stands_is_by_who_wrote_it_and_not_by_who_touched_the_row_last(three: list[Store]) -> None:
    anna, bruno, carla = three
    edit(carla, THIRD, annual_value=9_500_000)
    edit(anna, THIRD, annual_value=9_100_000)
    engine.sync(anna)
    engine.sync(bruno)
    edit(bruno, FOURTH, notes="Two lines")
    engine.sync(bruno)
    engine.sync(carla)
    [conflict] = carla.conflict.where("col = 'annual_value'")
    assert (Writer.of_text(conflict.kept_by).author, conflict.entry) == ("Anna", 3)


def test_a_merge_does_not_move_the_moment_of_an_edit(three: list[Store]) -> None:
    anna, bruno, _ = three
    edit(anna, THIRD, notes="Theirs")
    edit(bruno, FOURTH, annual_value=9_000_000)
    engine.sync(anna)
    with engine.opened(bruno) as one:
        one.level()
        one._take()
        assert one.live.edited([("customer", "aurora")]) == {("customer", "aurora"): FOURTH}


def test_an_entry_of_an_older_radar_does_not_say_when_its_rows_were_edited(three: list[Store]) -> None:
    anna, bruno, _ = three
    edit(anna, THIRD, annual_value=9_100_000)
    anna.connection.execute("UPDATE touched SET edited_at = 0")
    edit(bruno, FOURTH, annual_value=9_000_000)
    for store in (anna, bruno):
        engine.sync(store)
    [conflict] = bruno.conflict.where("col = 'annual_value'")
    said = json.loads(str(conflict.kept_by))
    assert (said["author"], said["sent"], "first" in said) == ("Anna", "2026-12-03T09:42:07.000Z", False)


# One question about one thing


def meet(stores: list[Store]) -> None:
    """All sync until everybody has everything."""
    for store in (*stores, *stores):
        engine.sync(store)


def only_question(store: Store) -> OpenConflict:
    [row] = open_rows(store)
    [one] = row.conflicts
    return one


def sides(store: Store) -> list[tuple[str, list[str]]]:
    """What stands and what else was written, and by whom."""
    return [
        (" ".join(side.texts), [one.author for one in side.writers]) for side in only_question(store).sides
    ]


@pytest.fixture
def asked(three: list[Store]) -> list[Store]:
    """Three laptops changed one value: 91, 90 and 95 thousand."""
    for store, value, at in zip(
        three, (9_100_000, 9_000_000, 9_500_000), (THIRD, FOURTH, THIRD), strict=True
    ):
        edit(store, at, annual_value=value)
    meet(three)
    return three


def test_three_values_of_one_field_are_one_question_and_what_stands_is_what_is_in_the_file(
    asked: list[Store],
) -> None:
    for store in asked:
        assert sides(store) == [("€ 91,000", ["Anna"]), ("€ 95,000", ["Carla"]), ("€ 90,000", ["Bruno"])]
        assert open_count(store) == 1


@pytest.mark.parametrize(("place", "value"), [(0, 9_100_000), (1, 9_500_000), (2, 9_000_000)])
def test_one_choice_decides_all_of_it(asked: list[Store], place: int, value: int) -> None:
    anna = asked[0]
    one = only_question(anna)
    if place:
        anna.conflict.take_mine(one.sides[place].ids[:1])
    else:
        anna.conflict.keep_theirs(one.ids[:1])
    meet(asked)
    for store in asked:
        assert store.customer.get("aurora").annual_value == value
        assert open_count(store) == 0


def test_leaving_it_leaves_what_stands_now(asked: list[Store]) -> None:
    anna, bruno, _ = asked
    edit(anna, FOURTH, annual_value=9_300_000)
    meet(asked)
    assert sides(bruno)[0] == ("€ 93,000", []), "nobody who met wrote that"
    bruno.conflict.keep_theirs(only_question(bruno).ids)
    meet(asked)
    assert {store.customer.get("aurora").annual_value for store in asked} == {9_300_000}


def test_mine_is_of_this_laptop_or_of_this_person_whatever_the_name(asked: list[Store]) -> None:
    _, bruno, carla = asked
    before = bruno.colleague.get("bruno")
    bruno.colleague.change(before, before.model_copy(update={"name": "Bruno Neri"}))
    mine = [me(bruno).wrote(side.writers) for side in only_question(bruno).sides]
    assert mine == [False, False, True]
    second = Me("another laptop", "bruno")
    assert [second.wrote(side.writers) for side in only_question(carla).sides] == [False, False, True]
    assert not any(Me("", "").wrote(side.writers) for side in only_question(carla).sides)


def test_it_concerns_whoever_wrote_a_side_and_whose_customer_it_is(tmp_path: Path) -> None:
    with team(tmp_path, 4) as (anna, bruno, carla, dora):
        edit(bruno, THIRD, annual_value=1)
        edit(carla, THIRD, annual_value=2)
        meet([anna, bruno, carla, dora])
        concerned = [open_rows(store)[0].concerns(me(store)) for store in (anna, bruno, carla, dora)]
        assert concerned == [True, True, True, False]


def test_what_reads_the_same_is_not_asked(three: list[Store]) -> None:
    anna, bruno, _ = three
    edit(anna, THIRD, notes="Two lines")
    edit(bruno, THIRD, notes="Two lines ")
    meet(three)
    assert [open_rows(store) for store in three] == [[], [], []]
    assert len(anna.conflict.where()) == 1, "it is kept all the same"


def test_an_answer_is_one_side_s_with_flag_and_note(three: list[Store]) -> None:
    anna, bruno, carla = three
    anna.answer.change(ANSWER, ANSWER.model_copy(update={"value": "yes", "note": "since May"}))
    bruno.answer.change(ANSWER, ANSWER.model_copy(update={"value": "no", "flagged": True}))
    meet(three)
    for store in three:
        said = store.answer.get("a")
        assert (said.value, said.flagged, said.note) == ("yes", False, "since May")
        assert only_question(store).fields == ("value", "flagged", "note")
    carla.conflict.take_mine(only_question(carla).sides[1].ids[:1])
    meet(three)
    for store in three:
        said = store.answer.get("a")
        assert (said.value, said.flagged, said.note) == ("no", True, "")
        assert open_count(store) == 0


# Everybody hears


def test_who_decided_is_heard_by_whom_it_concerns(asked: list[Store]) -> None:
    anna, bruno, carla = asked
    anna.conflict.take_mine(only_question(anna).sides[2].ids)
    assert [engine.sync(store).decided for store in asked] == [0, 1, 1]
    for store, news in ((anna, False), (bruno, True), (carla, True)):
        [one] = decided(store)
        assert [(by.author, words) for by, words in one.decisions] == [("Anna", "took € 90,000")]
        assert (one.stands, one.differently, one.is_news(me(store))) == ("€ 90,000", False, news)


@pytest.mark.parametrize("first", ["Anna", "Bruno"])
def test_two_who_decide_differently_are_told_and_what_is_shown_is_what_stands(
    asked: list[Store], first: str
) -> None:
    anna, bruno, carla = asked
    anna.conflict.keep_theirs(only_question(anna).ids)
    bruno.conflict.take_mine(only_question(bruno).sides[2].ids)
    meet([anna, bruno, carla] if first == "Anna" else [bruno, anna, carla])
    for store in asked:
        [one] = decided(store)
        told = {by.author: words for by, words in one.decisions}
        assert told == {"Anna": "left it as it was", "Bruno": "took € 90,000"}
        assert one.decisions[0][0].author == first
        assert one.differently
        assert one.is_news(me(store))
        assert (one.stands, store.customer.get("aurora").annual_value) == ("€ 90,000", 9_000_000)
        assert open_count(store) == 0


# The log


def test_the_log_tells_decisions_in_words(asked: list[Store]) -> None:
    anna, bruno, _ = asked
    anna.conflict.keep_theirs(only_question(anna).ids)
    bruno.conflict.take_mine(only_question(bruno).sides[2].ids)
    meet(asked)
    lines = [line for told in LocalLog(anna, 3, "aurora") for line in told.lines]
    assert not [line for line in lines if "{" in line]
    assert any("decided by somebody else, too" in line for line in lines)
    assert any("resolution – → kept theirs" in line or "changed (resolution)" in line for line in lines)


def test_the_log_of_a_customer_tells_an_import_on_one_line(three: list[Store]) -> None:
    anna = three[0]
    anna.item.save_all(Item(id=f"i{n:02}", customer_id="aurora", tag=f"W-{n:03}") for n in range(40))
    engine.sync(anna)
    anna.item.save_all(
        Item(id=f"i{n:02}", customer_id="aurora", tag=f"W-{n:03}", model="RX-40") for n in range(12)
    )
    edit(anna, THIRD, notes="Two lines")
    engine.sync(anna)
    newest, before = (told.lines for told in LocalLog(anna, 2, "aurora"))
    assert before == ("40 items added: W-000, W-001, W-002 and 37 more",)
    assert newest == (
        "Customer Aurora: notes – → Two lines",
        "12 items changed (model): W-000, W-001, W-002 and 9 more",
    )


# Whatever laptops do


VALUES = st.sampled_from([9_000_000, 9_100_000, 9_200_000, 9_500_000])
MOVES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["value", "notes", "answer", "sync", "decide"]),
        VALUES,
        st.integers(0, 4),
    ),
    min_size=6,
    max_size=24,
)


def screen_is_the_file(store: Store) -> None:
    """What every open question says stands is in the file, and each side can be told from the others."""
    for row in open_rows(store):
        for one in row.conflicts:
            texts = [side.texts for side in one.sides]
            assert len(texts) == len(set(texts)) > 1
            assert texts[0] == stands(store, row, one)
            assert {id for side in one.sides for id in side.ids} <= set(one.ids)
            assert {store.conflict.get(id).resolution for id in one.ids} == {None}


def stands(store: Store, row: ConflictRow, one: OpenConflict) -> tuple[str, ...]:
    """What is in the file, as people read it."""
    now = store.row(f"SELECT * FROM {row.table} WHERE id = ?", [row.key])
    found = []
    for column in one.columns:
        value = now[str(column)]
        if column == "annual_value":
            value = money(value, "EUR")
        elif column == "flagged":
            value = "yes" if value else "no"
        found.append(value or "–")
    return tuple(found)


def decide(store: Store, place: int) -> None:
    """Decide the first open question for one of its sides, and see that this stands then."""
    for row in open_rows(store)[:1]:
        one = row.conflicts[0]
        side = one.sides[place % len(one.sides)]
        if side.ids:
            store.conflict.take_mine(side.ids[:1])
        else:
            store.conflict.keep_theirs(one.ids[:1])
        assert side.texts == stands(store, row, one)
        assert one.group not in {left.group for row in open_rows(store) for left in row.conflicts}


@settings(max_examples=EXAMPLES, deadline=None)
@given(count=st.integers(3, 4), moves=MOVES)
def test_whatever_laptops_do_each_screen_equals_its_file_and_in_the_end_nothing_is_asked(
    count: int, moves: list[tuple[int, str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with team(tmp_path_factory.mktemp("team"), count) as stores:
        for who, what, value, place in moves:
            store = stores[who % count]
            if what == "value":
                edit(store, THIRD, annual_value=value)
            elif what == "notes":
                edit(store, FOURTH, notes=f"note {value}")
            elif what == "answer":
                said = {"value": f"v{value}", "flagged": place > 2, "note": "n" * (place % 3)}
                now = store.answer.get("a")
                store.answer.change(now, now.model_copy(update=said))
            elif what == "decide":
                decide(store, place)
            else:
                engine.sync(store)
            screen_is_the_file(store)
        for turn in range(12):
            meet(stores)
            for store in stores:
                screen_is_the_file(store)
            if not any(open_rows(store) for store in stores):
                break
            decide(stores[turn % count], turn)
        rows = [[tuple(row) for row in store.rows("SELECT * FROM conflict ORDER BY id")] for store in stores]
        assert all(found == rows[0] for found in rows)
        assert len({store.customer.get("aurora") for store in stores}) == 1
        assert len({store.answer.get("a") for store in stores}) == 1
        assert [open_rows(store) for store in stores] == [[]] * count
