"""At most three promises, so that everybody knows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from radar_tui.domain.promise import Promise, check_count
from radar_tui.errors import RadarError

TODAY = date(2026, 12, 3)


def promise(retired_on: date | None = None) -> Promise:
    return Promise(id="p", title="A part in 48 hours", made_on=date(2026, 1, 1), retired_on=retired_on)


def test_a_promise_is_in_force_until_the_day_it_is_retired() -> None:
    assert promise().in_force(TODAY)
    assert promise(TODAY + timedelta(days=1)).in_force(TODAY)
    assert not promise(TODAY).in_force(TODAY)


def test_three_are_enough() -> None:
    check_count([promise()] * 3, TODAY)
    check_count([*[promise()] * 3, promise(TODAY)], TODAY)
    with pytest.raises(RadarError, match="at most 3"):
        check_count([promise()] * 4, TODAY)
