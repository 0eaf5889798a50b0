"""The state of a database: whatever the order and the way, the same rows come to the same number and others do not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from radar_tui.sync.state import State, row_hash

if TYPE_CHECKING:
    from radar_tui.sync.merge import SqlValue, SqlValues

COLUMNS = {"market": ("id", "name"), "item": ("id", "a", "b", "c")}
DEFAULTS: dict[str, SqlValues] = {"market": (None, None), "item": (None, "", 0, 1.5)}

values: st.SearchStrategy[SqlValue] = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False).map(lambda number: number + 0.0),
    st.text(st.characters(codec="utf-8")),
    st.binary(),
    st.sampled_from(["", "0", "a:t1:b;c:n", ";", 0, 0.0, 1, 1.0, 1.5, b"", b"0"]),
)
rows: st.SearchStrategy[tuple[str, SqlValues]] = st.one_of(
    st.tuples(st.just("market"), st.tuples(values, values)),
    st.tuples(st.just("item"), st.tuples(values, values, values, values)),
)


def of(*found: tuple[str, SqlValues]) -> str:
    state = State(COLUMNS, DEFAULTS)
    for table, row in found:
        state.add(table, row)
    return state.hex()


def typed(one: tuple[str, SqlValues]) -> object:
    return one[0], tuple((type(value), value) for value in one[1])


@given(st.lists(rows).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_rows_is_nothing(
    two: tuple[list[tuple[str, SqlValues]], list[tuple[str, SqlValues]]],
) -> None:
    assert of(*two[0]) == of(*two[1])


@given(st.lists(rows), st.lists(rows))
def test_what_was_added_and_removed_is_nothing(
    there: list[tuple[str, SqlValues]], more: list[tuple[str, SqlValues]]
) -> None:
    state = State(COLUMNS, DEFAULTS)
    for table, row in more:
        state.remove(table, row)
    for table, row in there:
        state.add(table, row)
    going_on = State(COLUMNS, DEFAULTS, state.total())
    for table, row in more:
        going_on.add(table, row)
    assert going_on.hex() == of(*there)
    assert going_on.total() == State(COLUMNS, DEFAULTS, going_on.total()).total()


@given(rows, rows)
def test_rows_that_differ_in_a_value_its_type_or_their_table_come_to_another_state(
    one: tuple[str, SqlValues], other: tuple[str, SqlValues]
) -> None:
    assert (of(one) == of(other)) == (typed(one) == typed(other))
    assert of(one) != of()
    assert of(one, one) != of(one)


@given(rows)
def test_a_column_that_a_migration_appends_changes_nothing(one: tuple[str, SqlValues]) -> None:
    table, row = one
    columns, defaults = (*COLUMNS[table], "later", "last"), (*DEFAULTS[table], "calm", None)
    known = row_hash(table, COLUMNS[table], row, DEFAULTS[table])
    assert row_hash(table, columns, (*row, "calm", None), defaults) == known
    assert row_hash(table, columns, (*row, "angry", None), defaults) != known
    assert known < 2**4096


def test_the_state_is_the_same_on_every_machine_and_in_every_version() -> None:
    """Figures of any other program that follows the definition."""
    nothing = hashlib.sha256(bytes(512)).hexdigest()
    assert of() == nothing
    one, other = "market;id:t1:m;name:t8:Märkte 😀", "item;id:t1:i;b:i-7;c:f0.1"
    summed = sum(int.from_bytes(hashlib.shake_256(row.encode()).digest(512), "big") for row in (one, other))
    both = of(("market", ("m", "Märkte 😀")), ("item", ("i", "", -7, 0.1)))
    assert both == hashlib.sha256((summed % 2**4096).to_bytes(512, "big")).hexdigest()
    assert both == "e05fc28cdc83bfd6788870a080cba38f346fe7c5af2bfd436ba321fab7e5b688"
