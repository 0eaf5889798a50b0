"""What a step knows of its visit, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.room import is_ours, veiled
from radar_tui.store.lists.visit import VisitLists

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.checklist import Checklist, Step
    from radar_tui.domain.customer import Customer
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.service import Counted
    from radar_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class Book:
    """One visit with all that a step needs to know of it. `customer` is None for a self-check; `counted` until a worker
    has counted the tickets. `discreet`: somebody of theirs may see the screen."""

    store: Store
    visit: Visit
    customer: Customer | None
    checklist: Checklist
    counted: Counted | None = None
    discreet: bool = False

    @property
    def today(self) -> date:
        return self.store.clock().date()

    @property
    def closed(self) -> bool:
        """Whether the visit is over: it is read and not changed."""
        return self.visit.status in ("completed", "missed", "cancelled")

    def hides(self, mark: bool | None, *texts: str) -> bool:
        """Whether a row of ours (domain/room.py) is not shown now."""
        return self.discreet and is_ours(mark, *texts)

    def hides_step(self, step: Step) -> bool:
        """Whether a step is not shown now: what is asked before anybody is in the room, the BRM answers alone."""
        kinds = [one.kind for one in self.checklist.steps]
        return (
            self.discreet
            and "people" in kinds[self.checklist.steps.index(step) :]
            and step.kind == "questions"
        )

    def others(self) -> Sequence[str]:
        """Who is not to be named now: while discreet those who are not in the room."""
        return VisitLists(self.store, self.visit).others() if self.discreet else ()

    def seen(self, text: str) -> str:
        """A text as it may be seen now."""
        return veiled(text, self.others())


class StepTally(NamedTuple):
    """What the list of steps shows beside a step: whether it is done, and a count in a few letters."""

    done: bool
    words: str = ""
