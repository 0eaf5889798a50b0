"""Keys of rows: when one was made, which the key itself tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from radar_tui.store.ids import fact_id, made_at, new_id


def test_a_key_tells_when_it_was_made() -> None:
    # The example of RFC 9562, appendix A.6: 2022-02-22 14:22:22.000 -05:00.
    assert made_at("017f22e2-79b0-7cc3-98c4-dc0c0c07398f") == datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC)
    made = made_at(new_id())
    assert made is not None
    assert abs(datetime.now(UTC) - made) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "key", ["", "aurora", fact_id("finding", "v", "i"), "ffffffff-ffff-7fff-bfff-ffffffffffff"]
)
def test_another_key_tells_nothing(key: str) -> None:
    assert made_at(key) is None
