"""Whether promises were kept, as customers said on visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.promise import PromiseCheck
from radar_tui.store.ids import fact_id
from radar_tui.store.table import Table

if TYPE_CHECKING:
    from radar_tui.domain.promise import PromiseCheck as Check


class PromiseChecks(Table[PromiseCheck]):
    """The `promise_check` table; its key is the promise and the visit, so that two laptops make one row."""

    name = "promise_check"
    model = PromiseCheck

    def of(self, visit_id: str, promise_id: str) -> Check | None:
        """What was noted about a promise on a visit."""
        found = self.where("visit_id = ? AND promise_id = ?", [visit_id, promise_id])
        return found[0] if found else None

    def put(self, visit_id: str, promise_id: str, kept: bool | None, note: str) -> None:
        """Note whether a promise was kept (None: not asked)."""
        id = fact_id("promise_check", promise_id, visit_id)
        before = self.of(visit_id, promise_id)
        self.save(
            PromiseCheck(
                id=before.id if before else id, promise_id=promise_id, visit_id=visit_id, kept=kept, note=note
            )
        )

    def put_back(self, visit_id: str, promise_id: str, before: Check | None) -> None:
        """Let stand again what stood before; None takes the check back."""
        if before is not None:
            self.save(before)
        elif (now := self.of(visit_id, promise_id)) is not None:
            self.delete(now.id)
