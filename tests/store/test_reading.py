"""Days and moments out of text: what is none is said in words, whoever wrote it."""

from __future__ import annotations

from datetime import date

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.reading import local_day, local_moment, stored_day, stored_moment


@pytest.mark.parametrize("text", ["never", "2026-02-30", "Inf", "0000-00-00", 7, b"x", "\x1b[2J", "20261"])
def test_what_is_no_date_is_said(text: str) -> None:
    for read in (stored_day, stored_moment, local_day, local_moment):
        with pytest.raises(RadarError, match="date in this database cannot be read") as found:
            read(text)
        assert "radar check" in found.value.hint
        assert "\x1b" not in found.value.message


def test_a_moment_that_has_no_place_in_our_time_zone_is_said() -> None:
    with pytest.raises(RadarError):
        local_moment("9999-12-31T23:59:59.999Z")


def test_what_is_one_is_read() -> None:
    assert stored_day("2026-12-03T23:30:00.000Z") == date(2026, 12, 3)
    assert local_day("2026-12-03T23:30:00.000Z") == date(2026, 12, 4)
    assert (stored_day(None), stored_day(""), local_day(None)) == (None, None, None)
