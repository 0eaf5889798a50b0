"""At most three promises, so that everybody knows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.promise import KeptRate, Promise, Want, check_count, decided, kept_rates
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


def test_a_want_is_parked_only_with_the_reason() -> None:
    want = Want(id="w", title="A hotline")
    with pytest.raises(RadarError, match="reason"):
        decided(want, "parked", "  ", None)
    parked = decided(want, "parked", " no staff ", "p")
    assert (parked.note, parked.promise_id) == ("no staff", "p")
    assert decided(want, "served", "", None).decision == "served"


def test_kept_rates_by_quarter() -> None:
    checks = [
        ("a", date(2026, 1, 5), True), ("a", date(2026, 3, 31), False), ("a", date(2026, 4, 1), True),
        ("b", date(2026, 1, 5), None), ("c", date(2026, 5, 5), True), ("c", date(2026, 5, 6), True),
    ]  # fmt: skip
    found = kept_rates(checks)
    assert found == [
        ("a", date(2026, 1, 1), 1, 2),
        ("a", date(2026, 4, 1), 1, 1),
        ("c", date(2026, 4, 1), 2, 2),
    ]
    assert [rate.share for rate in found] == [50, 100, 100]
    assert KeptRate("a", TODAY, 0, 0).share is None


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.dates(), st.sampled_from([True, False, None]))))
def test_every_answer_stands_in_one_quarter(checks: list[tuple[str, date, bool | None]]) -> None:
    found = kept_rates(checks)
    assert sum(rate.asked for rate in found) == sum(kept is not None for _, _, kept in checks)
    assert all(0 <= rate.kept <= rate.asked for rate in found)
    assert [rate.start for rate in found] == sorted(rate.start for rate in found)
