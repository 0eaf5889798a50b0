"""A world of laptops around a hub, built once a module and put up again for every test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sync.yard import Yard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sync.laptops import World


@pytest.fixture(scope="module")
def built(request: pytest.FixtureRequest) -> Iterator[Yard]:
    """The world that the module's `build` makes, or the usual one."""
    made = Yard(getattr(request.module, "build", None))
    yield made
    made.close()


@pytest.fixture
def world(built: Yard) -> Iterator[World]:
    """That world, anew."""
    with built.world() as world:
        yield world
