"""What tests of the app may ask for besides a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.world import World, build

if TYPE_CHECKING:
    from radar_tui.store.store import Store


@pytest.fixture
def world(store: Store) -> World:
    """A small territory with a row of everything; a module that needs more has its own."""
    return build(store)
