"""What no Radar writes is left out of everything that is read, whatever it is and wherever it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import pytest
from pydantic import ValidationError

from radar_tui.domain.row import Day, Moment
from radar_tui.store.rows.models import row_models
from radar_tui.store.schema.touched import SYNCED
from radar_tui.store.schema.unreadable import RULES, broken, broken_column, unreadable_ids
from tests.ui.world import build
from tests.unreadable import hostile, planted, put

if TYPE_CHECKING:
    from radar_tui.store.store import Store

ALL = [(table, column) for table, rules in RULES.items() for column in rules]


@pytest.mark.parametrize(("table", "column"), ALL)
def test_a_rule_takes_what_its_model_takes_and_refuses_what_that_refuses(
    store: Store, table: str, column: str
) -> None:
    model, rule = row_models()[table], RULES[table][column]
    if " * " in column:
        return
    for value in (*hostile(column, rule), *good(rule)):
        wrong = store.row(f"SELECT {broken('x', rule)} FROM (SELECT ? AS x)", [value])[0]
        assert bool(wrong) == (value not in good(rule)), value
        try:
            model.__pydantic_validator__.validate_assignment(model.model_construct(id="x"), column, value)
        except ValidationError:
            assert wrong, value


def good(rule: str) -> tuple[Any, ...]:
    """Values that Radar writes under a rule."""
    if ".." in rule:
        low, high = rule.split("..")
        return int(low), int(high)
    if "'" in rule:
        return tuple(word.strip("'") for word in rule.split("|"))
    return {
        "day": ("2026-12-03", "1900-01-01", "2200-12-31", "2024-02-29"),
        "moment": ("2026-12-03T10:42:07.000Z", "1900-01-01T00:00:00.000Z", "2200-12-31T23:59:59.999Z"),
        "name": ("Aurora", " x ", "\x1b[31m"),
        "3 letters": ("EUR", "eur"),
        "2 letters": ("it",),
        "0|1": (0, 1),
    }[rule.rstrip("?")] + ((None,) if rule.endswith("?") else ())


def test_every_day_and_moment_of_every_model_has_a_rule() -> None:
    for table, model in row_models().items():
        for name, found in model.model_fields.items():
            kinds = {found.annotation, *get_args(found.annotation)}
            for kind, rule in ((get_args(Day)[0], "day"), (get_args(Moment)[0], "moment")):
                if kind in kinds:
                    assert RULES[table][name].startswith(rule), (table, name)
    assert set(RULES) == set(row_models()) - {"attendee"}


def test_every_column_whose_model_takes_less_than_its_type_has_a_rule() -> None:
    """So that a new word, number or name cannot come unseen from another program."""
    without = {
        (table, name)
        for table, model in row_models().items()
        for name, field in model.model_fields.items()
        for kinds in [{field.annotation, *get_args(field.annotation)}]
        if name not in RULES.get(table, {})
        and (
            kinds & {bool, int, float} or field.metadata or any(get_origin(kind) is Literal for kind in kinds)
        )
    }
    assert without == {("conflict", "entry")}, "any number"
    for table, rules in RULES.items():
        for name, rule in rules.items():
            if "'" in rule:
                [words] = [
                    get_args(kind)
                    for kind in (row_models()[table].model_fields[name].annotation,)
                    for kind in (kind, *get_args(kind))
                    if get_origin(kind) is Literal
                ]
                assert {f"'{word}'" for word in words} == set(rule.split("|")), (table, name)


def test_what_is_found_costs_nothing_where_nothing_is(store: Store) -> None:
    for table in RULES:
        plan = " ".join(row[3] for row in store.rows(f"EXPLAIN QUERY PLAN {unreadable_ids(table)}"))
        assert f"{table}_unreadable" in plan
    assert store.row("SELECT count(*) FROM temp.sqlite_master")[0] == 0


def test_unreadable_rows_and_what_hangs_on_them_are_read_nowhere(store: Store) -> None:
    build(store)
    before = {table: ids(store, table) for table in SYNCED}
    connection = store.connection
    bad = {(table, id) for table, id, _, _ in planted(connection)}
    assert len(bad) > 250
    hang(store, bad)
    assert {table: ids(store, table) for table in SYNCED} == before
    for table, id in bad:
        sql = f"SELECT {broken_column(table)} FROM main.{table} WHERE id = ?"
        assert connection.execute(sql, [id]).fetchone()[0], (table, id)


def hang(store: Store, bad: set[tuple[str, str]]) -> None:
    """A readable child of every kind for every unreadable row."""
    for table in SYNCED:
        names = [row[1] for row in store.rows(f"PRAGMA main.table_info({table})")]
        first = store.connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()
        for key in store.rows(f"PRAGMA main.foreign_key_list({table})"):
            needed = any(row[3] for row in store.rows(f"PRAGMA main.table_info({table})") if row[1] == key[3])
            if first is None or not (needed or key[2] == "customer"):
                continue
            for parent, id in bad:
                if parent == key[2]:
                    row = {**{name: first[name] for name in names}, "id": f"{table} on {id}", key[3]: id}
                    put(store.connection, table, row)


def ids(store: Store, table: str) -> list[str]:
    return [row[0] for row in store.rows(f"SELECT id FROM {table} ORDER BY id")]


def test_another_connection_that_is_open_already_leaves_them_out_at_once(store: Store) -> None:
    build(store)
    with store.again() as other:
        before = ids(other, "finding")
        with store.transaction() as connection:
            connection.execute("UPDATE finding SET found_at = '0000-00-00' WHERE id = ?", [before[0]])
        assert ids(other, "finding") == before[1:]
        with store.transaction() as connection:
            good_again = "UPDATE main.finding SET found_at = '2026-12-03T10:00:00.000Z' WHERE id = ?"
            connection.execute(good_again, [before[0]])
        assert ids(other, "finding") == before
