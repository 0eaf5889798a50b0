"""Whether promises were kept, as customers said on visits."""

from __future__ import annotations

from radar_tui.domain.promise import PromiseCheck
from radar_tui.domain.room import mark_after
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.table import Table


class PromiseChecks(Table[PromiseCheck]):
    """The `promise_check` table; its key is the promise and the visit, so that two laptops make one row."""

    name = "promise_check"
    model = PromiseCheck

    def of(self, visit_id: str, promise_id: str) -> PromiseCheck | None:
        """What was noted about a promise on a visit."""
        return self.first("visit_id = ? AND promise_id = ?", [visit_id, promise_id])

    def put(self, visit_id: str, promise_id: str, kept: bool | None, note: str | None = None) -> None:
        """Say whether a promise was kept (None: not asked); a `note` of None keeps the one that stands there."""
        with self.db.transaction():
            id = fact_id("promise_check", promise_id, visit_id)
            check = self.of(visit_id, promise_id) or PromiseCheck(
                id=id, promise_id=promise_id, visit_id=visit_id
            )
            changes: dict[str, object] = {"kept": kept}
            if note is not None:
                changes |= {"note": note, "ours": mark_after(check.ours, check.note, note)}
            self.save(check.model_copy(update=changes))

    def put_back(self, visit_id: str, promise_id: str, before: PromiseCheck | None) -> None:
        """Let stand again what stood before; None takes the check back."""
        if before is not None:
            self.save(before)
        elif (now := self.of(visit_id, promise_id)) is not None:
            self.delete(now.id)
