"""Working time as it is set in a file, with the public holidays of real countries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from radar_tui.domain.working_time import STANDARD
from radar_tui.errors import RadarError
from radar_tui.settings import Settings
from radar_tui.store.rows.working_time import holidays_of, working_time


@pytest.mark.parametrize(
    ("country", "day", "free"),
    [
        ("IT", date(2026, 12, 8), True),
        ("it", date(2026, 12, 25), True),
        ("DE", date(2026, 1, 6), False),
        ("DE-BY", date(2026, 1, 6), True),
        ("GB-ENG", date(2026, 4, 6), True),
        ("SE", date(2026, 6, 6), True),
        ("IT", date(2027, 1, 1), True),
        ("IT", date(2026, 12, 9), False),
        ("", date(2026, 12, 25), False),
    ],
)
def test_public_holidays_by_country(country: str, day: date, free: bool) -> None:
    assert holidays_of(country)(day) is free


@pytest.mark.parametrize("country", ["XX", "DE-ZZ", "Italy", "I", "-", "[/]", "../x", "IT-"])
def test_a_place_that_nobody_knows_is_said(country: str) -> None:
    if country == "IT-":
        assert holidays_of(country)(date(2026, 12, 8))
        return
    with pytest.raises(RadarError, match="No public holidays"):
        holidays_of(country)


def test_what_is_set_counts() -> None:
    found = working_time(Settings(working_days="1234", country="IT", day_start=8, day_end=16, call_hours=4))
    assert (found.days, found.start, found.end, found.call_hours) == (frozenset({1, 2, 3, 4}), 8, 16, 4)
    assert not found.works(date(2026, 12, 8))
    assert not found.works(date(2026, 12, 4))
    assert found.works(date(2026, 12, 7))


@pytest.mark.parametrize(
    "wrong",
    [
        {"working_days": ""},
        {"working_days": "x"},
        {"working_days": "189"},
        {"country": "Atlantis"},
        {"day_start": 20},
        {"day_end": 99},
        {"call_hours": 0},
    ],
)
def test_what_cannot_be_read_has_its_standard(wrong: dict[str, object]) -> None:
    assert working_time(replace(Settings(), **wrong)) == STANDARD  # type: ignore[arg-type]
