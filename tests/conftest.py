"""What every test may ask for: a fixed clock, and an empty database of its own."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2026, 12, 3, 10, 42, 7, tzinfo=timezone(timedelta(hours=1)))
"""A Thursday morning in Rome, in winter."""


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands still at NOW."""
    return lambda: NOW


@pytest.fixture
def store(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    """A new, empty database file."""
    with Store.open(tmp_path / "radar.db", clock=clock) as opened:
        yield opened
