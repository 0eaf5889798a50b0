"""Days and moments out of text: what is none is said in words, whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import pytest

from radar_tui.errors import RadarError
from radar_tui.store.reading import (
    day_here,
    holding,
    local_day,
    local_moment,
    read,
    stored_day,
    stored_moment,
)


@dataclass(frozen=True)
class Told:
    """A row as a list has it."""

    name: str
    note: str
    day: date | None
    seen: date | None
    at: datetime | None
    late: bool
    kept: bool | None
    score: int | None
    gain: float = 0.0


class Pair(NamedTuple):
    """A row of two."""

    name: str
    day: date


@pytest.mark.parametrize("text", ["never", "2026-02-30", "Inf", "0000-00-00", 7, b"x", "\x1b[2J", "20261"])
def test_what_is_no_date_is_said(text: str) -> None:
    for reads in (stored_day, stored_moment, local_day, local_moment, day_here):
        with pytest.raises(RadarError, match="date in this database cannot be read") as found:
            reads(text)
        assert "radar check" in found.value.hint
        assert "\x1b" not in found.value.message


def test_a_moment_that_has_no_place_in_our_time_zone_is_said() -> None:
    with pytest.raises(RadarError):
        local_moment("9999-12-31T23:59:59.999Z")


def test_what_is_one_is_read() -> None:
    assert stored_day("2026-12-03T23:30:00.000Z") == date(2026, 12, 3)
    assert local_day("2026-12-03T23:30:00.000Z") == date(2026, 12, 4)
    assert (stored_day(None), stored_day(""), local_day(None)) == (None, None, None)


def test_a_row_is_read_by_the_words_of_its_fields() -> None:
    moment = "2026-12-03T23:30:00.000Z"
    row = {
        "name": "Aurora",
        "note": None,
        "day": "2026-12-03",
        "seen": moment,
        "at": moment,
        "late": 1,
        "kept": None,
    }
    found = read(Told, {**row, "score": 0, "left": "aside"})
    assert found == Told(
        "Aurora", "", date(2026, 12, 3), date(2026, 12, 4), local_moment(moment), True, None, 0
    )
    assert found.late is True
    assert read(Told, {**row, "score": 0, "kept": 0}, gain=2.5, note="given").gain == 2.5
    assert read(Pair, {"name": "W-014", "day": "2026-12-03"}) == ("W-014", date(2026, 12, 3))
    with pytest.raises(RadarError, match="cannot be read"):
        read(Pair, {"name": "W-014", "day": "never"})


def test_every_word_is_looked_for_without_case_and_accents() -> None:
    rows = [("a", "W-014 Küchler"), ("b", "W-015 Kuchler")]
    assert holding("KUCH w-01", rows) == rows
    assert holding("015", rows) == rows[1:]
    assert holding("", rows) == rows
