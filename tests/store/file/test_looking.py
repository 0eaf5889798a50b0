"""A file on a disk that can only be read: tests/test_disk.py mounts one, here the app looks at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.connection import SaveFailed
from radar_tui.store.file import opening
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


@pytest.fixture
def looking(tmp_path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch) -> Store:
    with Store.open(tmp_path / "radar.db", clock=clock) as store:
        build(store)
    monkeypatch.setattr(opening, "only_readable", lambda path: path == tmp_path / "radar.db")
    return Store.open(tmp_path / "radar.db", clock=clock)


def test_a_write_says_why_it_is_not_kept(looking: Store) -> None:
    with pytest.raises(SaveFailed, match="may only be read"):
        looking.customer.save(Customer(id="x", name="X"))
    assert looking.looks_only
    assert "can only be read" in looking.notice


async def test_the_app_shows_and_searches_and_a_form_keeps_what_was_typed(looking: Store) -> None:
    app = RadarApp(looking)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert "Aurora Tissue" in shown(app)
        app.action_search()
        await pilot.press(*"aurora")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Aurora Tissue" in shown(app)
        assert "place" in shown(app)
        app.pop_screen()
        await pilot.pause()
        await pilot.press("n", *"Nuova", "enter")
        await pilot.pause()
        assert app.screen.is_modal
        assert "may only be read" in shown(app)
