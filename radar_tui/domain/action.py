"""What a colleague will do by a date to raise a customer's score."""

from __future__ import annotations

from typing import Literal

from radar_tui.domain.row import Day, Name, Number, Row

ActionStatus = Literal["open", "done", "dropped"]
DUE_IN_DAYS = 14
"""By when something agreed on the spot is to be done, until somebody says another day."""


class Action(Row):
    """Something a named colleague will do by a date; `expected_gain` in points of the measure it aims at."""

    customer_id: str | None = None
    visit_id: str | None = None
    title: Name
    owner_id: str | None = None
    due_on: Day | None = None
    status: ActionStatus = "open"
    measure_id: str | None = None
    expected_gain: Number | None = None
    done_on: Day | None = None
    translations: str = ""
    ours: bool | None = None
