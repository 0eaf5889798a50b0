"""What is asked about before it is taken."""

from __future__ import annotations

from datetime import date

import pytest

from radar_tui.domain.doubts import doubt

TODAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (date(2026, 12, 2), "2 Dec was 1 day ago"),
        (date(2025, 12, 3), "3 Dec 2025 was 365 days ago"),
        (TODAY, ""),
        (date(2026, 12, 4), ""),
        (None, ""),
        (0, ""),
    ],
)
def test_a_day_ahead_that_has_passed(value: object, said: str) -> None:
    assert doubt(value, TODAY, ahead=True) == said
    assert doubt(value, TODAY) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0 is none at all"), (0.0, "0 is none at all"), (1, ""), (0.1, ""), (None, ""), ("0", "")],
)
def test_a_quantity_of_none(value: object, said: str) -> None:
    assert doubt(value, TODAY, some=True) == said
