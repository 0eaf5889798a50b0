"""What every test may ask for: a fixed clock, and an empty database of its own."""

from __future__ import annotations

import gc
import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from radar_tui.store.store import Store
from tests.fresh import NOW, fresh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

# Days and pictures are those of one place, whatever this machine's zone, colours and folders.
os.environ["TZ"] = "Europe/Rome"
if hasattr(time, "tzset"):
    time.tzset()
for setting in ("NO_COLOR", "FORCE_COLOR", "RADAR_DB", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM"):
    os.environ.pop(setting, None)

# An app in a test leaves its widgets behind in circles: to look for them a thousand times a test takes a quarter of it.
gc.set_threshold(100_000, 20, 20)

# How fast a laptop is says nothing about what is so; a fixture that a test leaves as it was may serve every example.
hypothesis_settings.register_profile(
    "radar",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("radar")


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands still at NOW."""
    return lambda: NOW


@pytest.fixture
def store(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Store]:
    """A new, empty database file."""
    with Store.open(fresh(tmp_path / "radar.db"), clock=clock) as opened:
        yield opened
