"""When a contact may be asked again."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from radar_tui.domain.response import Response, resting_until

TODAY = date(2026, 12, 3)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (None, None),
        (date(2026, 12, 3), date(2027, 2, 16)),
        (date(2026, 9, 20), date(2026, 12, 4)),
        (date(2026, 9, 19), None),  # the 75 days end today
        (date(2025, 1, 1), None),
    ],
)
def test_a_contact_rests_75_days(asked: date | None, until: date | None) -> None:
    assert resting_until(asked, TODAY, 75) == until


@pytest.mark.parametrize("score", [-1, 11])
def test_a_score_is_between_0_and_10(score: int) -> None:
    with pytest.raises(ValidationError):
        Response(id="r", customer_id="c", contact_id="k", question="recommend", score=score, asked_on=TODAY)
