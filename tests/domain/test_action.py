"""By when what was agreed is to be done."""

from __future__ import annotations

from radar_tui.domain.action import DUE_IN_DAYS
from radar_tui.domain.question import ACTION_DAYS


def test_what_is_agreed_on_the_spot_is_due_like_what_a_checklist_raises() -> None:
    assert DUE_IN_DAYS == ACTION_DAYS == 14
