"""What we promise and how it was kept by quarter, and the scores of the self-checks, over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.company import quarter_name
from radar_tui.domain.text import plural
from radar_tui.ui.frame.history import HistoryScreen
from radar_tui.ui.widgets.time_axis import Lane, TimeAxis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.promise import KeptRate, Promise
    from radar_tui.store.lists.own_rounds import CheckRow
    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.sheet import SheetLine

MOST_CHECKS = 60


@dataclass(frozen=True, slots=True)
class KeptAxis(TimeAxis):
    """Its table says the quarter, the share and of how many."""

    names: Sequence[tuple[str, str]] = ()
    rates: Sequence[KeptRate] = ()

    def table(self) -> list[SheetLine]:
        """The newest quarter first, one line a promise."""
        names = dict(self.names)
        lines: list[SheetLine] = [[(f"{'Quarter':<10}{'':<12}{'Kept':>6}  {'n':>5}", "label")]]
        by_name = sorted(self.rates, key=lambda kept: names.get(kept.promise_id, ""))
        for rate in sorted(by_name, key=lambda kept: kept.start, reverse=True):
            if rate.promise_id in names and rate.share is not None:
                lines.append(
                    [
                        (f"{quarter_name(rate.start):<10}{names[rate.promise_id]:<12}", "muted"),
                        (f"{rate.share:>4.0f} %", "strong"),
                        (f"  {rate.asked:>5,}", "muted"),
                    ]
                )
        return lines


class PromisesHistory(HistoryScreen):
    """How each promise that stands was kept, by quarter; read beside the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._rates: list[KeptRate] | None = None

    def on_screen_resume(self) -> None:
        self.in_background("rates", _rates, self._show_rates)
        super().on_screen_resume()

    def _show_rates(self, rates: list[KeptRate]) -> None:
        self._rates = rates
        self.reload()

    def read(self) -> tuple[str, TimeAxis | None, str]:
        promises = self.store.promise.in_force(self.today)
        named = " · ".join(f"{place}: {promise.title}" for place, promise in enumerate(promises, 1))
        source = f"Kept ÷ answers given on visits, in %; not asked does not count. t shows each n. {named}"
        return "Promises kept, by quarter", self._axis(promises), source

    def _axis(self, promises: list[Promise]) -> TimeAxis | None:
        names = [(promise.id, f"Promise {place}") for place, promise in enumerate(promises, 1)]
        rates = [rate for rate in self._rates or [] if rate.promise_id in dict(names)]
        if not rates:
            return None
        lanes = [
            Lane(
                name,
                [
                    (promise.start, promise.share)
                    for promise in rates
                    if promise.promise_id == id and promise.share is not None
                ],
                0,
                100,
            )
            for id, name in names
        ]
        return KeptAxis(lanes, rates[0].start, max(self.today, rates[-1].start), names=names, rates=rates)


class ChecksHistory(HistoryScreen):
    """The scores of our self-checks."""

    def read(self) -> tuple[str, TimeAxis | None, str]:
        from radar_tui.domain.self_check import PARTS
        from radar_tui.store.lists.own_rounds import OwnRounds

        checks = OwnRounds(self.store).checks(0, MOST_CHECKS)
        done = sorted((row for row in checks if row.status == "completed" and row.day), key=_day)
        source = (
            f"{plural(len(done), 'self-check')}. What a customer would give, 0–10, as scored on each, and the minutes "
            "it took."
        )
        if not done:
            return "Business with ourselves", None, source
        lanes = [
            Lane(part.capitalize(), [(_day(row), float(row.result.scores[part])) for row in done
                 if part in row.result.scores], 0, 10)
            for part in PARTS
        ]  # fmt: skip
        minutes = [(_day(row), row.result.minutes) for row in done if row.result.minutes is not None]
        lanes.append(Lane("Minutes", minutes, 0, max((value for _, value in minutes), default=1) or 1))
        return (
            "Business with ourselves",
            TimeAxis(lanes, _day(done[0]), max(self.today, _day(done[-1]))),
            source,
        )


def _day(row: CheckRow) -> date:
    return row.day or date.min


def _rates(store: Store) -> list[KeptRate]:
    from radar_tui.store.lists.ourselves import OurselvesLists

    return OurselvesLists(store).kept_rates()
