"""A figure beside its goal, and the table of them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: `ours` and, measured in the same run, `baseline`, both in `unit`.

    `goal` is the most that ours/baseline may be; without a baseline the most that `ours` may be.
    """

    what: str
    unit: str
    ours: float
    goal: float
    baseline: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def reached(self) -> bool:
        """Whether the goal of the design is met."""
        return (self.ours / self.baseline if self.baseline else self.ours) <= self.goal

    def text(self) -> str:
        """One line of the table, its notes below."""
        return "\n".join([self._line(), *(f"    {note}" for note in self.notes)])

    def _line(self) -> str:
        ours = f"{self.ours:8.2f} {self.unit}"
        verdict = "ok" if self.reached else "OVER"
        if self.baseline is None:
            return f"{self.what:<52}{ours}{'':12}{'':8}   ≤ {self.goal:g} {self.unit:<3} {verdict}"
        ratio = f"{self.ours / self.baseline:7.2f}×"
        return (
            f"{self.what:<52}{ours}{self.baseline:9.2f} {self.unit}{ratio}   ≤ {self.goal:g}×{'':4}{verdict}"
        )


HEAD = f"{'what':<52}{'ours':>8}   {'baseline':>9}   {'ratio':>8}   goal"


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that 95 in 100 stay under."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


def pair(
    what: str, ours: Sequence[float], baseline: Sequence[float], goals: tuple[float, float]
) -> list[Figure]:
    """p50 and p95 of seconds, in milliseconds, each against the same of the baseline."""
    return [
        Figure(f"{what} p50", "ms", median(ours) * 1e3, goals[0], median(baseline) * 1e3),
        Figure(f"{what} p95", "ms", p95(ours) * 1e3, goals[1], p95(baseline) * 1e3),
    ]
