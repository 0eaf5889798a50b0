"""What a step knows of its visit, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.customer import Customer
    from radar_tui.domain.visit import Visit
    from radar_tui.store.lists.service import Counted
    from radar_tui.store.store import Store


@dataclass(frozen=True, slots=True)
class Book:
    """One visit with all that a step needs to know of it. `customer` is None for a self-check; `counted` until a worker
    has counted the tickets."""

    store: Store
    visit: Visit
    customer: Customer | None
    checklist: Checklist
    counted: Counted | None = None

    @property
    def today(self) -> date:
        return self.store.clock().date()

    @property
    def closed(self) -> bool:
        """Whether the visit is over: it is read and not changed."""
        return self.visit.status in ("completed", "missed", "cancelled")


class StepTally(NamedTuple):
    """What the list of steps shows beside a step: whether it is done, and a count in a few letters."""

    done: bool
    words: str = ""
