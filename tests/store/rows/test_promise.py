"""Promises on a real file: never a fourth one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.promise import Promise
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from radar_tui.store.store import Store

TODAY = date(2026, 12, 3)


def promise(n: int) -> Promise:
    return Promise(id=f"p{n}", title=f"Promise {n}", made_on=date(2026, 1, n))


def test_a_fourth_promise_is_refused_and_the_three_stay(store: Store) -> None:
    store.promise.save_all(promise(n) for n in (3, 1, 2))
    with pytest.raises(RadarError, match="at most 3"):
        store.promise.save(promise(4))
    assert [row.id for row in store.promise.in_force(TODAY)] == ["p1", "p2", "p3"]


def test_a_retired_promise_makes_room(store: Store) -> None:
    store.promise.save_all(promise(n) for n in (1, 2, 3))
    store.promise.save(promise(1).model_copy(update={"retired_on": TODAY}))
    store.promise.save(promise(4))
    assert [row.id for row in store.promise.in_force(TODAY)] == ["p2", "p3", "p4"]
    with pytest.raises(RadarError, match="at most 3"):
        store.promise.save(promise(1))


def test_a_fourth_one_that_came_by_sync_may_be_reworded_and_retired(store: Store) -> None:
    store.promise.save_all(promise(n) for n in (1, 2, 3))
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO promise (id, title, made_on) VALUES ('p4', 'From afar', '2026-01-04')"
        )
    store.promise.save(promise(4).model_copy(update={"title": "Reworded"}))
    store.promise.save(promise(1).model_copy(update={"retired_on": TODAY}))
    assert len(store.promise.in_force(TODAY)) == 3
