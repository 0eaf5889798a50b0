"""Whether a promise was kept: one row a promise and visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.store.rows.promise_check import PromiseChecks
from tests.ui.world import build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


@pytest.mark.parametrize("kept", [True, False, None])
def test_what_was_said_last_stands(store: Store, kept: bool | None) -> None:
    world = build(store)
    checks = PromiseChecks(store)
    checks.put(world.planned, world.promise, True, "before")
    checks.put(world.planned, world.promise, kept, "after")
    [row] = checks.where("visit_id = ?", [world.planned])
    assert (row.kept, row.note) == (kept, "after")


def test_a_check_that_came_with_another_id_is_changed_and_not_doubled(store: Store) -> None:
    world = build(store)
    checks = PromiseChecks(store)
    checks.put(world.visit, world.promise, False, "")
    assert [row.kept for row in checks.where("visit_id = ?", [world.visit])] == [False]


def test_putting_back(store: Store) -> None:
    world = build(store)
    checks = PromiseChecks(store)
    before = checks.of(world.visit, world.promise)
    checks.put(world.visit, world.promise, False, "")
    checks.put_back(world.visit, world.promise, before)
    assert checks.of(world.visit, world.promise) == before
    checks.put_back(world.visit, world.promise, None)
    checks.put_back(world.visit, world.promise, None)
    assert checks.of(world.visit, world.promise) is None
