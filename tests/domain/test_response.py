"""When a contact may be asked again."""

from __future__ import annotations

from datetime import date
from functools import partial

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
    sealed = partial(Response, id="r", customer_id="c", contact_id="k", question="recommend", asked_on=TODAY)
    with pytest.raises(ValidationError):
        sealed(score=score)
    assert [sealed(score=at).score for at in (0, 10)] == [0, 10]
