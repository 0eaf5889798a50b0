"""Pictures of the main screens on the sample, at a fixed size and clock; the README shows them.

After a change that was meant: `python -m pytest tests/ui/test_snapshots.py --snapshot-update`, then look at each.
"""

from __future__ import annotations

import re
import shutil
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from radar_tui import paths
from radar_tui.domain.integrity import Item
from radar_tui.store.store import Store
from radar_tui.ui.app import RadarApp
from tests.ui import hub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from syrupy.types import SerializableData, SerializedData

NOW = datetime(2026, 12, 3, 10, 42, 7, tzinfo=timezone(timedelta(hours=1)))
SIZES = [(80, 24), (120, 36)]
VISIT = ["v", "enter", "y", "y", "1", "right_square_bracket", "space", "right_square_bracket"]
GRADES = ["s", "s", "d", "s", "u", "s", "d"]
KEYS: dict[str, list[str]] = {
    "radar": [],
    "customer": ["enter"],
    "brief": ["b"],
    "visit": [*VISIT, *GRADES],
    "sync": ["5"],
    "conflict": ["5", "enter"],
    "handed-over": [*VISIT, *["right_square_bracket"] * 5, "enter", "enter", "8"],
}
AFTER_A_SYNC = {"sync", "conflict"}
LIGHT = {"visit", "handed-over"}


class Picture(SingleFileSnapshotExtension):
    """One SVG file a picture, named as the README links to it."""

    file_extension = "svg"
    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: Any) -> str:
        return str(super().dirname(test_location=test_location)).replace(
            "__snapshots__/test_snapshots", "snapshots"
        )

    @classmethod
    def get_snapshot_name(cls, *, test_location: Any, index: Any = 0) -> str:
        return str(index)

    def serialize(self, data: SerializableData, **_: Any) -> SerializedData:
        return str(data)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    """The sample as it is in the repository, on its own last day."""
    file = tmp_path / "radar.db"
    shutil.copyfile(paths.sample(), file)
    with Store.open(file, clock=lambda: NOW) as store:
        yield store


def a_conflict(store: Store) -> None:
    """The sample in a team: two fields changed on two laptops, and changes that the hub has not seen."""
    item = store.item.where("tag = 'W-001'")[0]
    hub.with_hub(store)
    theirs, mine = (
        {"model": "RX-60", "refurbished_on": "2026-11-24"},
        {"model": "RX-42", "refurbished_on": "2026-11-27"},
    )
    for column in theirs:
        before = hub.columns(store, "item", item.id)[column]
        hub.conflict(store, "both changed", ("item", item.id), column, (before, theirs[column], mine[column]))
    store.item.save(Item.model_validate({**item.model_dump(), **theirs}))
    for one in store.action.where("status = 'open'", [], "id LIMIT 4"):
        store.action.save(one.model_copy(update={"title": f"{one.title}, again"}))


def steady(svg: str) -> str:
    """The picture without what changes by itself: the ids that the exporter draws anew each time."""
    return re.sub(r"terminal-\d+", "terminal", svg)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", list(KEYS))
async def test_picture(
    sample: Store,
    name: str,
    size: tuple[int, int],
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    if name in AFTER_A_SYNC:
        a_conflict(sample)
    app = RadarApp(sample)
    async with app.run_test(size=size) as pilot:
        if name in LIGHT:
            app.theme = "radar-light"
        await pilot.pause(0.3)
        await app.workers.wait_for_complete()
        for key in KEYS[name]:
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.3)
        svg = steady(app.export_screenshot())
    assert svg == snapshot(name=f"{name}-{size[0]}x{size[1]}", extension_class=Picture)
