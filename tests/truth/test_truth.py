"""What Radar says, on the sample and in random worlds, at four clocks. `RADAR_WORLDS=1000` plays more."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from radar_tui import paths
from radar_tui.store.store import Store
from tests.fresh import fresh
from tests.truth.compare import differences
from tests.truth.facts import Truth
from tests.truth.rows import read
from tests.truth.worlds import CLOCKS, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

WORLDS = int(os.environ.get("RADAR_WORLDS", "30"))
_BATCH = 10


@contextmanager
def opened(path: Path, zone: str, wall: datetime) -> Iterator[tuple[Store, Truth]]:
    """The file on a laptop there, at that time on its wall, and what is so."""
    before = os.environ["TZ"]
    os.environ["TZ"] = zone
    time.tzset()
    try:
        now = wall.replace(tzinfo=ZoneInfo(zone))
        with Store.open(path, clock=lambda: now) as store:
            yield store, Truth(read(path), now)
    finally:
        os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize("first", range(0, WORLDS, _BATCH))
def test_nothing_is_said_that_is_not_so(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in range(first, min(first + _BATCH, WORLDS)):
        path = fresh(tmp_path / f"{seed}.db")
        with Store.open(path) as store:
            fill(store, seed)
        for zone, wall in CLOCKS:
            with opened(path, zone, wall) as (store, truth):
                assert differences(store, truth, monkeypatch, capsys) == [], (seed, zone)


@pytest.mark.skipif(not paths.sample().exists(), reason="the sample is built by python -m tests.sample")
@pytest.mark.parametrize(("zone", "wall"), CLOCKS)
def test_nor_of_the_sample(
    zone: str,
    wall: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "sample.db"
    path.write_bytes(paths.sample().read_bytes())
    with opened(path, zone, wall) as (store, truth):
        assert differences(store, truth, monkeypatch, capsys) == []
