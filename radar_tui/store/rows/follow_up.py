"""Follow-ups as rows, and how they move on: each step is read, checked and written in one transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.domain import follow_up as steps
from radar_tui.domain.follow_up import FollowUp, Play
from radar_tui.errors import RadarError
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.table import Table
from radar_tui.store.rows.working_time import working_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from radar_tui.domain.working_time import WorkingTime


class FollowUps(Table[FollowUp]):
    """The `follow_up` table."""

    name = "follow_up"
    model = FollowUp

    def due(self, play: Play) -> datetime:
        """By when a duty of this play that starts now is due, in this laptop's time zone.

        The clock knows only today's offset from UTC; beyond a clock change the time on the wall is what holds.
        """
        return self._on_the_wall(lambda now, working: steps.due_at(play, now, working))

    def _on_the_wall(self, rule: Callable[[datetime, WorkingTime], datetime]) -> datetime:
        now = self.db.clock()
        due = rule(now, working_time(Local(self.db).settings()))
        return due - (_offset(due) - _offset(now))

    def move(self, id: str, step: Callable[[FollowUp], FollowUp]) -> tuple[FollowUp, FollowUp]:
        """Take one step of domain/follow_up.py from where it stands now; before and after. What comes after the step
        is due anew.

        Raises RadarError, with nothing changed, if it stands elsewhere by now, or if its answer was voided.
        """
        with self.db.transaction():
            before = self.get(id)
            if (
                self.db.row("SELECT voided_at FROM response WHERE id = ?", [before.response_id])[0]
                is not None
            ):
                raise RadarError("This answer was voided.", "Nothing follows from it any more.")
            after = step(before)
            if after.status not in (before.status, "open", "closed"):
                after = after.model_copy(update={"due_at": self._on_the_wall(steps.next_due)})
            self.change(before, after)
            return before, self.get(id)

    def close(self, id: str, outcome: str, told: str = "") -> tuple[FollowUp, FollowUp]:
        """End it with its outcome, and with what was told."""
        return self.move(id, lambda duty: steps.closed(duty, outcome, self.db.clock(), told))

    def reopen(self, id: str, reason: str) -> tuple[FollowUp, FollowUp]:
        """Start it over, due as if it were new; what was written is kept."""

        def step(duty: FollowUp) -> FollowUp:
            return steps.reopened(duty, reason, self.db.clock(), self.due(duty.play))

        return self.move(id, step)


def _offset(moment: datetime) -> timedelta:
    """How far this laptop's clock is ahead of UTC when the clocks on the wall show a moment."""
    return moment.replace(tzinfo=None).astimezone().utcoffset() or timedelta()
