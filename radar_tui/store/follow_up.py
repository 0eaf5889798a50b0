"""Follow-ups as rows."""

from __future__ import annotations

from radar_tui.domain.follow_up import FollowUp
from radar_tui.store.table import Table


class FollowUps(Table[FollowUp]):
    """The `follow_up` table."""

    name = "follow_up"
    model = FollowUp
