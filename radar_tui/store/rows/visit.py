"""Visits as rows: planned, started, resumed, completed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from radar_tui.domain.visit import Occasion, Visit
from radar_tui.store.ids import new_id
from radar_tui.store.rows.counterpart import Counterparts
from radar_tui.store.rows.local import Local
from radar_tui.store.rows.scorecard import Scorecards
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from datetime import date


def memory_of(visit_id: str, what: str = "") -> str:
    """Where this laptop keeps how something stood before a visit changed it: nobody else needs it."""
    return f"before {visit_id} {what}"


class Visits(Table[Visit]):
    """The `visit` table."""

    name = "visit"
    model = Visit

    def in_progress(self, customer_id: str | None) -> Visit | None:
        """The visit to resume, the newest if there are several; None stands for ourselves."""
        return self.first("customer_id IS ? AND status = 'in progress'", [customer_id], "started_at DESC")

    def planned(self, customer_id: str | None) -> list[Visit]:
        """The planned visits, the next one first."""
        return self.where("customer_id IS ? AND status = 'planned'", [customer_id], "+planned_on, id")

    def begun(self, customer_id: str) -> list[Visit]:
        """The visits that took place or are being held at a customer, the newest first."""
        return self.where(
            "customer_id = ? AND status IN ('completed', 'in progress') AND occasion = 'customer visit'",
            [customer_id],
            "started_at DESC, id",
        )

    def plan(
        self,
        customer_id: str | None,
        checklist_id: str,
        planned_on: date,
        brm_id: str | None,
        occasion: Occasion = "customer visit",
    ) -> Visit:
        """Plan a visit."""
        return self.save(
            Visit(
                id=new_id(),
                customer_id=customer_id,
                occasion=occasion,
                checklist_id=checklist_id,
                planned_on=planned_on,
                brm_id=brm_id,
            )
        )

    def start(
        self,
        customer_id: str | None,
        checklist_id: str,
        brm_id: str | None,
        *,
        occasion: Occasion = "customer visit",
        planned: Visit | None = None,
    ) -> Visit:
        """Start a visit now; a planned one becomes it.

        One that another Radar started, cancelled or completed since it was read is not started over: that one goes on,
        or a new one begins.
        """
        with self.db.transaction():
            now = self.find(planned.id) if planned else None
            if now is not None and now.status == "in progress":
                return now
            fresh = Visit(id=new_id(), customer_id=customer_id, checklist_id=checklist_id)
            visit = now if now is not None and now.status == "planned" else fresh
            if visit is now:
                was = visit.model_dump(include={"checklist_id", "occasion", "brm_id"})
                Local(self.db).put(memory_of(visit.id, "planned"), json.dumps(was))
            return self.save(
                visit.model_copy(
                    update={
                        "checklist_id": checklist_id,
                        "occasion": occasion,
                        "status": "in progress",
                        "started_at": self.db.clock(),
                        "brm_id": brm_id or visit.brm_id,
                    }
                )
            )

    def plan_next(self, visit_id: str, before: Visit | None, after: Visit) -> Visit:
        """On a visit the next one is planned, or moved from where it stood `before`."""
        with self.db.transaction():
            memory = memory_of(visit_id, "next")
            if not Local(self.db).get(memory):
                day = before.planned_on if before else None
                Local(self.db).put(memory, f"{after.id} {day or ''}")
            return self.change(before, after)

    def set_step(self, visit_id: str, key: str) -> None:
        """Where the visit resumes."""
        with self.db.transaction() as connection:
            connection.execute("UPDATE main.visit SET current_step = ? WHERE id = ?", [key, visit_id])

    def set_summary(self, visit_id: str, summary: str) -> None:
        """The visit in the BRM's words."""
        with self.db.transaction() as connection:
            connection.execute("UPDATE main.visit SET summary = ? WHERE id = ?", [summary, visit_id])

    def complete(self, visit_id: str, summary: str | None = None) -> Visit:
        """The visit is over, as of now: its customer is due again after the cadence, and has a scorecard of today."""
        with self.db.transaction():
            visit = self.get(visit_id)
            now = self.db.clock()
            # One opened again keeps the moment and the day it was first completed on.
            update = {
                "status": "completed",
                "completed_at": visit.completed_at or now,
                "completed_on": visit.completed_day(now) or now.date(),
            }
            done = self.save(
                visit.model_copy(update={**update, "summary": visit.summary if summary is None else summary})
            )
            Counterparts(self.db).forget(visit_id)
            Local(self.db).forget(memory_of(visit_id))
            if visit.customer_id is not None:
                Scorecards(self.db).snapshot(visit.customer_id, now.date())
            return done

    def reopen(self, visit_id: str) -> Visit:
        """A completed visit may be changed again, until it is completed once more."""
        return self.save(self.get(visit_id).model_copy(update={"status": "in progress"}))
