"""Three-way merge of rows, field by field, and of the references between them."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.conflict import GROUPS, Decision, Writer, decisions, decisions_text
from radar_tui.store.schema.touched import SYNCED, RowKey
from radar_tui.sync.merge import (
    Brought,
    Clash,
    Fold,
    Shape,
    SqlValue,
    SqlValues,
    SyncedRows,
    conflict_rows,
    merged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from radar_tui.store.store import Store

KEY = ("market", "m")
MARKET = Shape(
    {"market": ("id", "name", "note"), "conflict": ("id", "kind", "resolution")},
    {"market": (None, None, ""), "conflict": (None, None, None)},
    {"market": (), "conflict": ()},
    {"market": (), "conflict": ()},
)


def market(name: SqlValue = "base", note: SqlValue = "base") -> SqlValues:
    return ("m", name, note)


def clash(column: str | None, base: object, kept: object, mine: object, kind: str = "both changed") -> Clash:
    return Clash(kind, "market", "m", column, base, kept, mine)


# One row


@pytest.mark.parametrize(
    ("theirs", "mine", "stands"),
    [
        (market(), market("mine"), market("mine")),
        (market("theirs"), market(), market("theirs")),
        (market("theirs"), market(note="mine"), market("theirs", "mine")),
        (market("same"), market("same"), market("same")),
        (market("same", "theirs"), market("same"), market("same", "theirs")),
        (None, market(), None),
        (market(), None, None),
        (None, None, None),
    ],
)
def test_what_one_side_changed_is_taken(
    theirs: SqlValues | None, mine: SqlValues | None, stands: object
) -> None:
    assert merged(MARKET, KEY, market(), theirs, mine) == (stands, [])


def test_what_both_changed_keeps_theirs_and_records_mine() -> None:
    stands, clashes = merged(MARKET, KEY, market(), market("theirs"), market("mine", "only mine"))
    assert stands == market("theirs", "only mine")
    assert clashes == [clash("name", "base", "theirs", "mine")]


def test_a_value_that_the_hub_had_on_the_way_was_superseded() -> None:
    asked = []

    def passed(key: RowKey, place: int) -> set[SqlValue]:
        asked.append((key, place))
        return {"mine"}

    stands, clashes = merged(MARKET, KEY, market(), market("theirs"), market("mine"), passed)
    assert (stands, clashes, asked) == (market("theirs"), [], [(KEY, 1)])
    other = merged(MARKET, KEY, market(), market("theirs"), market("else"), passed)
    assert other[1] == [clash("name", "base", "theirs", "else")]


PAIR = Shape(
    {"counterpart": ("id", "contact_id", "colleague_id", "met_on")},
    {"counterpart": (None, None, None, None)},
    {"counterpart": ()},
    {"counterpart": ()},
)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "stands"),
    [
        ("2026-01-01", "2026-12-01", "2026-12-03", "2026-12-03"),
        ("2026-01-01", "2026-12-03", "2026-12-01", "2026-12-03"),
        (None, "2026-12-01", "2026-12-03", "2026-12-03"),
        ("2026-12-03", None, "2026-12-04", "2026-12-04"),
        ("2026-12-03", "2026-12-02", None, "2026-12-02"),
    ],
)
def test_of_two_days_on_which_a_pair_met_the_later_stands(
    base: SqlValue, theirs: SqlValue, mine: SqlValue, stands: SqlValue
) -> None:
    """Two ticks on two laptops are no question to anybody, also where both made the pair."""
    seen, key = ("k", "c", "o", base), ("counterpart", "k")
    for before in (seen, None):
        found = merged(PAIR, key, before, ("k", "c", "o", theirs), ("k", "c", "o", mine))
        assert found == (("k", "c", "o", stands), [])


def test_the_same_key_made_twice() -> None:
    stands, clashes = merged(MARKET, KEY, None, market("theirs", "same"), market("mine", "same"))
    assert stands == market("theirs", "same")
    assert clashes == [clash("name", None, "theirs", "mine", "both added")]


def test_a_field_set_to_nothing_is_a_value_of_a_row_made_twice() -> None:
    stands, clashes = merged(MARKET, KEY, None, market("n", None), market("n", "mine"))
    assert stands == market("n", None)
    assert clashes == [clash("note", None, None, "mine", "both added")]
    stands, clashes = merged(MARKET, KEY, None, market("n", "theirs"), market("n", None))
    assert clashes == [clash("note", None, "theirs", None, "both added")]


def test_an_edit_wins_over_taking_back() -> None:
    whole = {"id": "m", "name": "base", "note": "base"}
    mine = {**whole, "name": "mine"}
    assert merged(MARKET, KEY, market(), None, market("mine")) == (
        market("mine"),
        [clash(None, whole, mine, mine, "deleted there")],
    )
    theirs = {**whole, "name": "theirs"}
    assert merged(MARKET, KEY, market(), market("theirs"), None) == (
        market("theirs"),
        [clash(None, whole, theirs, None, "deleted here")],
    )


def test_a_conflict_about_a_conflict_is_never_made() -> None:
    rows = (("c", "k", None), ("c", "k", "kept theirs"), ("c", "k", "took mine"))
    assert merged(MARKET, ("conflict", "c"), *rows) == (rows[1], [])


cells = st.sampled_from(["base", "a", "b", None, 1])
rows = st.none() | st.tuples(st.just("m"), cells, cells)


@settings(max_examples=300, derandomize=True)
@given(seen=rows, theirs=rows, mine=rows)
def test_no_value_of_mine_is_lost(
    seen: SqlValues | None, theirs: SqlValues | None, mine: SqlValues | None
) -> None:
    stands, clashes = merged(MARKET, KEY, seen, theirs, mine)
    if theirs == seen:
        assert (stands, clashes) == (mine, [])
    if mine == seen:
        assert (stands, clashes) == (theirs, [])
    recorded = {one.column: one.mine for one in clashes}
    if mine is not None and None not in recorded and stands is not None:
        for place, column in enumerate(MARKET.columns["market"]):
            changed = seen is None or mine[place] != seen[place]
            if changed and stands[place] != mine[place]:
                assert recorded[column] == mine[place]
    for one in clashes:
        if one.column is not None:
            assert stands is not None
            assert one.kept == stands[MARKET.columns["market"].index(one.column)] != one.mine
    # Whoever merges again with what came of it finds nothing more to do.
    assert merged(MARKET, KEY, theirs, stands, stands) == (stands, [])


@settings(max_examples=200, derandomize=True)
@given(seen=rows, theirs=rows, mine=rows)
def test_both_ways_clash_in_the_same_fields(
    seen: SqlValues | None, theirs: SqlValues | None, mine: SqlValues | None
) -> None:
    one, other = merged(MARKET, KEY, seen, theirs, mine), merged(MARKET, KEY, seen, mine, theirs)
    assert [c.column for c in one[1]] == [c.column for c in other[1]]
    if not one[1]:
        assert one[0] == other[0]


# What a database says of itself


def test_a_shape_has_columns_defaults_and_references(store: Store) -> None:
    shape = Shape.of(store.connection)
    assert tuple(shape.columns) == SYNCED
    place = shape.columns["customer"].index
    defaults = shape.defaults["customer"]
    assert defaults[place("cadence_days")] == 90
    assert defaults[place("kind")] == "product"
    assert defaults[place("market_id")] is None
    assert set(shape.parents["item"]) == {(1, "customer"), (2, "stream")}
    assert ("item", "stream_id") in shape.children["stream"]
    assert shape.children["attendee"] == ()
    assert shape.as_object("market", ("m", "Tissue")) == {"id": "m", "name": "Tissue"}
    assert shape.as_object("market", None) is None


def test_parents_come_before_their_children(store: Store) -> None:
    shape = Shape.of(store.connection)
    for child, parents in shape.parents.items():
        assert all(SYNCED.index(parent) < SYNCED.index(child) for _, parent in parents)


# Rows and their references in a database

CUSTOMER = ("customer", "c")
CONTACT = ("contact", "p")
STREAM = ("stream", "s")
ITEM = ("item", "i")
VISIT = ("visit", "v")
FINDING = ("finding", "f")


@pytest.fixture
def target(store: Store) -> Iterator[SyncedRows]:
    """Rows of a database in the middle of a transaction, references not looked at before its end."""
    for statement in (
        "INSERT INTO checklist (id, key, version, title, definition) VALUES ('k', 'k', 1, 't', '{}')",
        "INSERT INTO customer (id, name) VALUES ('c', 'Aurora')",
        "INSERT INTO stream (id, customer_id, name) VALUES ('s', 'c', 'Press')",
        "INSERT INTO item (id, customer_id, stream_id, tag) VALUES ('i', 'c', 's', 'W-1')",
        "INSERT INTO visit (id, customer_id, checklist_id) VALUES ('v', 'c', 'k')",
        "INSERT INTO finding (id, visit_id, item_id, verdict, found_at) "
        "VALUES ('f', 'v', 'i', 'serviceable', '2026-12-03T09:00:00.000Z')",
    ):
        store.connection.execute(statement)
    store.connection.execute("BEGIN")
    store.connection.execute("PRAGMA defer_foreign_keys = ON")
    yield SyncedRows(store.connection, Shape.of(store.connection), sqlite3.IntegrityError)
    assert store.rows("PRAGMA foreign_key_check") == []
    store.connection.execute("COMMIT")


def changed(rows: SyncedRows, key: RowKey, **values: SqlValue) -> SqlValues:
    """The row as it is in the database but for these columns."""
    row = rows.shape.as_object(key[0], rows.get(key)) or {}
    return tuple({**row, **values}.values())


def fold_of(
    target: SyncedRows,
    seen: dict[RowKey, SqlValues | None],
    theirs: dict[RowKey, SqlValues | None],
    spare: Callable[[RowKey], SqlValues | None] | None = None,
) -> Fold:
    """What comes of it where mine is what stands in the database."""
    fold = Fold(target, spare or (lambda key: seen.get(key) or theirs.get(key)))
    fold.run(theirs, seen.get, theirs.get, target.get)
    return fold


def kinds(fold: Fold) -> set[tuple[str, RowKey]]:
    return {(one.kind, (one.table, one.key)) for one in fold.clashes}


def test_a_row_of_theirs_is_brought(target: SyncedRows) -> None:
    new = ("m", "Tissue")
    fold = fold_of(target, {}, {KEY: new})
    assert target.get(KEY) == new
    assert (fold.written, fold.removed, fold.clashes) == ({KEY}, set(), [])


def test_a_row_that_stands_already_is_not_written(target: SyncedRows) -> None:
    row = target.get(CUSTOMER)
    fold = fold_of(target, {CUSTOMER: changed(target, CUSTOMER, name="before")}, {CUSTOMER: row})
    assert (fold.written, fold.removed) == (set(), set())


def test_a_row_that_they_took_back_goes(target: SyncedRows) -> None:
    fold = fold_of(target, {FINDING: target.get(FINDING)}, {FINDING: None})
    assert target.get(FINDING) is None
    assert (fold.written, fold.removed, fold.clashes) == (set(), {FINDING}, [])


def test_parents_are_brought_before_their_children(target: SyncedRows) -> None:
    target.database.execute("PRAGMA defer_foreign_keys = OFF")
    shape = target.shape
    market = ("m", "Tissue")
    customer = changed(target, CUSTOMER, id="n", market_id="m")
    fold = Fold(target, lambda key: None)
    theirs: dict[RowKey, SqlValues | None] = {("customer", "n"): customer, KEY: market}
    fold.run(theirs, lambda key: None, theirs.get, target.get)
    assert target.get(("customer", "n")) == customer
    assert target.parents("customer", customer) == [KEY]
    assert shape.columns["customer"][4] == "market_id"


def test_a_parent_comes_back_where_a_child_of_mine_needs_it(target: SyncedRows) -> None:
    stream = target.get(STREAM)
    fold = fold_of(target, {STREAM: stream}, {STREAM: None})
    assert target.get(STREAM) == stream
    whole = target.shape.as_object("stream", stream)
    assert fold.clashes == [Clash("parent back", "stream", "s", None, whole, whole, None)]
    assert (fold.written, fold.removed) == ({STREAM}, set())


def test_a_whole_chain_of_parents_comes_back(target: SyncedRows) -> None:
    gone: dict[RowKey, SqlValues | None] = {
        key: target.get(key) for key in (CUSTOMER, STREAM, ITEM, VISIT, FINDING)
    }
    mine = changed(target, FINDING, note="mine")
    target.put("finding", mine)
    fold = fold_of(target, gone, dict.fromkeys(gone))
    assert {key: target.get(key) for key in gone} == {**gone, FINDING: mine}
    assert kinds(fold) == {
        ("deleted there", FINDING),
        ("parent back", ITEM),
        ("parent back", VISIT),
        ("parent back", STREAM),
        ("parent back", CUSTOMER),
    }


def test_a_child_whose_parent_is_nowhere_is_kept_whole(target: SyncedRows) -> None:
    contact: SqlValues = tuple(
        {"id": "p", "customer_id": "nowhere", "name": "Paolo"}.get(column, default)
        for column, default in zip(
            target.shape.columns["contact"], target.shape.defaults["contact"], strict=True
        )
    )
    fold = fold_of(target, {}, {CONTACT: contact})
    assert target.get(CONTACT) is None
    assert fold.clashes == [
        Clash("parent gone", "contact", "p", None, None, None, target.shape.as_object("contact", contact))
    ]
    assert (fold.written, fold.removed) == (set(), {CONTACT})


def test_a_child_that_lost_two_parents_is_kept_once(target: SyncedRows) -> None:
    item = changed(target, ITEM, id="n", customer_id="nowhere", stream_id="nowhere")
    fold = fold_of(target, {}, {("item", "n"): item})
    assert fold.clashes == [
        Clash("parent gone", "item", "n", None, None, None, target.shape.as_object("item", item))
    ]


def test_children_of_a_child_that_is_kept_aside_go_with_it(target: SyncedRows) -> None:
    """The stream loses its customer, the item its stream and customer, the finding its item; the visit its customer."""
    whole = {key: target.get(key) for key in (STREAM, ITEM, VISIT, FINDING)}
    fold = fold_of(target, {CUSTOMER: target.get(CUSTOMER)}, {CUSTOMER: None}, spare=lambda key: None)
    assert all(target.get(key) is None for key in (CUSTOMER, *whole))
    assert kinds(fold) == {("parent gone", key) for key in whole}
    for one in fold.clashes:
        assert one.mine == target.shape.as_object(one.table, whole[one.table, one.key])


def test_a_parent_that_was_kept_aside_is_not_brought_back_by_its_child(target: SyncedRows) -> None:
    """The stream points to nothing and goes; its item could have it back, and it would go again for ever."""
    stream, item = changed(target, STREAM, customer_id="nowhere"), target.get(ITEM)
    fold = fold_of(
        target, {STREAM: target.get(STREAM)}, {STREAM: stream}, spare={STREAM: stream, ITEM: item}.get
    )
    assert target.get(STREAM) is None
    assert target.get(ITEM) is None
    assert kinds(fold) == {("parent gone", key) for key in (STREAM, ITEM, FINDING)}


def test_a_parent_that_the_database_refuses_does_not_come_back(target: SyncedRows) -> None:
    broken = changed(target, STREAM, status="upside down")
    fold = fold_of(target, {STREAM: target.get(STREAM)}, {STREAM: None}, spare={STREAM: broken}.get)
    assert target.get(STREAM) is None
    assert kinds(fold) == {("parent gone", ITEM), ("parent gone", FINDING)}


def test_a_mix_of_both_sides_that_breaks_a_rule_keeps_theirs(target: SyncedRows) -> None:
    """They complete the visit while I correct its time to none: completed without a time is refused."""
    at = "2026-12-03T09:00:00.000Z"
    seen = changed(target, VISIT, completed_at=at)
    mine = changed(target, VISIT, completed_at=None, summary="mine")
    theirs = changed(target, VISIT, completed_at=at, status="completed", summary="theirs")
    target.put("visit", mine)
    fold = fold_of(target, {VISIT: seen}, {VISIT: theirs})
    assert target.get(VISIT) == theirs
    objects = (target.shape.as_object("visit", row) for row in (seen, theirs, mine))
    assert fold.clashes == [Clash("refused", "visit", "v", None, *objects)]


def test_what_is_referred_to_and_refers_is_found(target: SyncedRows) -> None:
    assert set(target.children(CUSTOMER)) == {STREAM, ITEM, VISIT}
    item = target.get(ITEM)
    assert item is not None
    assert set(target.parents("item", item)) == {CUSTOMER, STREAM}
    assert target.parents("item", changed(target, ITEM, stream_id=None)) == [CUSTOMER]
    assert target.there(ITEM)
    assert not target.there(("item", "other"))


def test_a_fold_goes_on_after_a_row_was_removed_and_brought_again(target: SyncedRows) -> None:
    finding = target.get(FINDING)
    assert finding is not None
    fold = Fold(target, lambda key: None)
    fold._bring(FINDING, None)
    fold._bring(FINDING, finding)
    assert (fold.written, fold.removed) == ({FINDING}, set())
    fold._bring(FINDING, None)
    assert (fold.written, fold.removed) == (set(), {FINDING})


# Conflicts as rows


def made(
    shape: Shape, *clashes: Clash, device: str = "d", at: str = "2026-12-03T09:00:00.000Z"
) -> list[dict[str, SqlValue]]:
    found = conflict_rows(
        shape,
        clashes,
        mine=Writer("Marta", device, "marta"),
        brought=lambda key, column: Brought(7, "hash", "{}"),
        edited=lambda key: at,
    )
    return [shape.as_object("conflict", row) or {} for row in found]


def test_a_conflict_says_what_clashed_and_who_and_when(target: SyncedRows) -> None:
    [row] = made(target.shape, clash("name", "base", "theirs è", None))
    id = row.pop("id")
    assert row == {
        "kind": "both changed",
        "tbl": "market",
        "key": "m",
        "col": "name",
        "base": '"base"',
        "kept": '"theirs è"',
        "mine": "null",
        "device": "d",
        "author": "Marta",
        "entry": 7,
        "at": "2026-12-03T09:00:00.000Z",
        "resolution": None,
        "member": "marta",
        "kept_by": "{}",
        "decided": None,
    }
    assert isinstance(id, str)
    assert len(id) == 36


def test_the_same_conflict_meets_itself(target: SyncedRows) -> None:
    one = clash("name", "base", "theirs", "mine")
    [first] = made(target.shape, one)
    [again] = made(target.shape, one, device="other", at="2027-01-01T00:00:00.000Z")
    # Laptops of every version from now on give it this one.
    assert first["id"] == again["id"] == "88e61a0d-9023-5a85-9db0-7468b3897bb5"
    others = [
        clash("name", "base", "theirs", "else"),
        clash("name", "base", "else", "mine"),
        clash("name", "else", "theirs", "mine"),
        clash("note", "base", "theirs", "mine"),
        clash("name", "base", "theirs", "mine", "both added"),
        Clash("both changed", "market", "n", "name", "base", "theirs", "mine"),
        Clash("both changed", "stream", "m", "name", "base", "theirs", "mine"),
        clash(None, "base", "theirs", "mine"),
        clash("name", None, "theirs", "mine"),
        clash("name", "None", "theirs", "mine"),
    ]
    assert made(target.shape, clash(None, "base", "theirs", "mine"))[0]["id"] == (
        "409f09a1-a986-506b-94f5-e7b84b6125a4"
    )
    ids = {str(row["id"]) for row in made(target.shape, one, *others)}
    assert len(ids) == len(others) + 1


def test_a_whole_row_has_the_same_id_whatever_the_order_of_its_columns(target: SyncedRows) -> None:
    one, other = {"id": "m", "name": "x"}, {"name": "x", "id": "m"}
    first, second = made(target.shape, clash(None, None, one, None), clash(None, None, other, None))
    assert first["id"] == second["id"]
    assert json.loads(str(first["kept"])) == one


def test_two_that_made_the_same_at_another_moment_are_not_asked(target: SyncedRows) -> None:
    def answer(column: str, kind: str = "both added", mine: str | None = "mine") -> Clash:
        return Clash(kind, "answer", "a", column, None, "theirs", mine)

    def resolutions(*clashes: Clash) -> list[SqlValue]:
        return [row["resolution"] for row in made(target.shape, *clashes)]

    assert resolutions(answer("answered_at")) == ["only the time differs"]
    assert resolutions(answer("answered_at"), answer("value")) == [None, None]
    assert resolutions(answer("answered_at", "both changed")) == ["only the time differs"]
    assert resolutions(answer("answered_at"), answer("value", mine="theirs")) == ["only the time differs"] * 2
    whole = Clash("deleted there", "answer", "a", None, None, {}, {})
    assert resolutions(answer("answered_at"), whole) == ["only the time differs", None]
    other = Clash("both added", "answer", "b", "value", None, "theirs", "mine")
    assert resolutions(answer("answered_at"), other) == ["only the time differs", None]


@pytest.mark.parametrize(
    ("column", "mine", "asked"),
    [
        ("planned_on", "2026-12-08", True),
        ("completed_at", "2026-12-07T14:05:59.000Z", False),
        ("completed_at", "2026-12-07T14:06:00.000Z", True),
        ("completed_at", None, True),
        ("started_at", "2026-12-07T09:00:00.000Z", False),
    ],
)
def test_two_moments_of_one_minute_are_not_asked_about(
    target: SyncedRows, column: str, mine: str | None, asked: bool
) -> None:
    """The screen would show "7 Dec 14:05" against "7 Dec 14:05"."""
    kept = "2026-12-07" if column == "planned_on" else "2026-12-07T14:05:03.000Z"
    [row] = made(target.shape, Clash("both changed", "visit", "v", column, None, kept, mine))
    assert row["resolution"] == (None if asked else "only the time differs")


ANSWER = ("id", "visit_id", "question", "subject_id", "value", "note", "flagged", "answered_at")
ANSWERS = Shape({"answer": ANSWER}, {"answer": (None,) * 8}, {"answer": ()}, {"answer": ()})


def test_what_belongs_together_is_one_side_s() -> None:
    """One said no, which is flagged by rule, the other yes with a note: nobody said a flagged yes."""

    def answer(value: str, note: str, flagged: int, at: str) -> SqlValues:
        return ("a", "v", "q", None, value, note, flagged, at)

    base, yes, no = answer("", "", 0, "1"), answer("yes", "late", 0, "2"), answer("no", "", 1, "3")
    for theirs, mine in ((yes, no), (no, yes)):
        stands, clashes = merged(ANSWERS, ("answer", "a"), base, theirs, mine)
        assert stands == theirs
        sides = {one.column: (one.kept, one.mine) for one in clashes}
        assert sides == {
            column: (theirs[ANSWER.index(column)], mine[ANSWER.index(column)])
            for column in ("value", "note", "flagged", "answered_at")
        }
    # What only one of them changed is still taken alone.
    noted = answer("", "late", 0, "1")
    assert merged(ANSWERS, ("answer", "a"), base, noted, noted)[1] == []
    assert merged(ANSWERS, ("answer", "a"), base, base, no) == (no, [])


@pytest.mark.parametrize("table", sorted(GROUPS))
def test_what_belongs_together_are_columns_of_one_table(target: SyncedRows, table: str) -> None:
    columns = [column for group in GROUPS[table] for column in group]
    assert len(columns) == len(set(columns))
    assert set(columns) <= set(target.shape.columns[table])


def test_two_who_decided_one_conflict_are_both_told() -> None:
    shape = Shape(
        {"conflict": ("id", "resolution", "decided")}, {"conflict": (None,) * 3}, {"conflict": ()}, {}
    )
    first, second = (decisions_text((Decision(who, who, "t", how),)) for who, how in (("A", "k"), ("B", "t")))
    theirs, mine = ("c", "kept theirs", first), ("c", "took mine", second)
    stands, clashes = merged(shape, ("conflict", "c"), ("c", None, None), theirs, mine)
    assert clashes == []
    assert stands is not None
    assert stands[1] == "kept theirs"
    assert [one.author for one in decisions(str(stands[2]))] == ["A", "B"]


def test_where_a_visit_stands_is_nobody_s_to_decide(target: SyncedRows) -> None:
    step = Clash("both changed", "visit", "v", "current_step", "a", "b", "c")
    other = Clash("both changed", "visit", "v", "summary", "a", "b", "c")
    assert [row["resolution"] for row in made(target.shape, step, other)] == ["kept theirs", None]


# Any mixture of rows in a database

TABLES = ("customer", "stream", "item")


@settings(max_examples=60, derandomize=True)
@given(st.data())
def test_after_a_fold_every_reference_holds_and_no_row_of_mine_is_lost(data: st.DataObject) -> None:
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        shape = _shape_of_everything(connection)
        target = SyncedRows(connection, shape, sqlite3.IntegrityError)
        keys = [(table, f"{table}{n}") for table in TABLES for n in range(3)]
        sides = [_side(data, shape, keys) for _ in range(3)]
        seen, theirs, mine = sides
        for key in keys:
            if (row := mine[key]) is not None:
                target.put(key[0], row)
        fold = Fold(target, lambda key: seen.get(key) or theirs.get(key))
        # All that is in somebody's hands may have changed.
        fold.run(keys, seen.get, theirs.get, mine.get)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        recorded = {(c.table, c.key): c.mine for c in fold.clashes if c.column is None}
        fields = {(c.table, c.key, c.column): c.mine for c in fold.clashes}
        for key in keys:
            row, before, stands = mine[key], seen[key], target.get(key)
            if row is None or row == before:
                continue
            whole = shape.as_object(key[0], row)
            if stands is None:
                assert recorded[key] is not None
                continue
            for column, value in (whole or {}).items():
                place = shape.columns[key[0]].index(column)
                if (before is None or before[place] != value) and stands[place] != value:
                    assert fields.get((*key, column)) == value or recorded.get(key) == whole


def _shape_of_everything(connection: sqlite3.Connection) -> Shape:
    from sqlite_utils import Database

    from radar_tui.store.schema.migrations import migrations

    migrations().apply(Database(connection, execute_plugins=False))
    connection.execute("PRAGMA foreign_keys = OFF")
    return Shape.of(connection)


def _side(data: st.DataObject, shape: Shape, keys: list[RowKey]) -> dict[RowKey, SqlValues | None]:
    """One state of all rows in which every reference holds."""
    side: dict[RowKey, SqlValues | None] = {}
    for key in keys:
        table, id = key
        wanted: dict[str, SqlValue] = {"id": id}
        customers = [k for (t, k), row in side.items() if t == "customer" and row is not None]
        streams = [k for (t, k), row in side.items() if t == "stream" and row is not None]
        there = data.draw(st.booleans(), label=id) and (table == "customer" or bool(customers))
        if not there:
            side[key] = None
            continue
        word = data.draw(st.sampled_from("abc"), label=f"{id} words")
        wanted["tag" if table == "item" else "name"] = word
        if table != "customer":
            wanted["customer_id"] = data.draw(st.sampled_from(customers), label=f"{id} customer")
        if table == "item":
            wanted["stream_id"] = data.draw(st.sampled_from([None, *streams]), label=f"{id} stream")
        side[key] = tuple(
            wanted.get(column, default)
            for column, default in zip(shape.columns[table], shape.defaults[table], strict=True)
        )
    return side


def test_nobody_is_asked_which_computed_value_is_right(store: Store) -> None:
    shape = Shape.of(store.connection)
    clashes = [Clash("both added", table, "a", "value", None, 1, 2) for table in ("scorecard", "reading")]
    assert [row["resolution"] for row in made(shape, *clashes)] == ["kept theirs", None]
