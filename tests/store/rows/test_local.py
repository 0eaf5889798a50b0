"""Settings stay in their file and survive what other programs write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from radar_tui.settings import Settings
from radar_tui.store.store import Store
from tests.fresh import fresh

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(fresh(tmp_path / "radar.db"))


def test_defaults_of_the_design(store: Store) -> None:
    found = store.local.settings()
    assert found == Settings()
    assert (found.rest_days, found.currency, found.ascii) == (75, "EUR", False)
    assert not found.introduced


def test_kept_and_seen_by_the_next_store(store: Store) -> None:
    wanted = Settings("b", "Toller [/] \x1b", 30, "GBP", "radar-light", True)
    store.local.save(wanted)
    with store.again() as other:
        assert other.local.settings() == wanted
    assert wanted.introduced


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    st.builds(
        Settings,
        me=st.text(),
        company=st.text(),
        rest_days=st.integers(0, 9999),
        theme=st.text(),
        ascii=st.booleans(),
    )
)
def test_every_setting_comes_back(store: Store, wanted: Settings) -> None:
    store.local.save(wanted)
    assert store.local.settings() == wanted


@pytest.mark.parametrize("text", ["many", "", "-1", "1.5"])
def test_what_is_unreadable_has_its_default(store: Store, text: str) -> None:
    with store.transaction() as connection:
        connection.execute(
            "INSERT INTO local VALUES ('rest_days', ?), ('stranger', 'x'), ('me', 'b')", [text]
        )
    found = store.local.settings()
    assert (found.rest_days, found.me) == (75, "b")


@pytest.mark.parametrize("text", ["9" * 5000, "10000", "-1", "1.5", "soon", ""])
def test_a_number_that_leads_out_of_the_calendar_is_not_taken(store: Store, text: str) -> None:
    store.local.put("rest_days", text)
    assert store.local.settings().rest_days == 75
