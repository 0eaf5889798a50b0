"""A figure over time, as a plot and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.frame.history import HistoryScreen

if TYPE_CHECKING:
    from radar_tui.ui.widgets.time_axis import TimeAxis


class CustomerHistory(HistoryScreen):
    """Both scores, the card and the visits of a customer."""

    def __init__(self, customer_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id

    def read(self) -> tuple[str, TimeAxis | None, str]:
        from radar_tui.store.lists.over_time import over_time
        from radar_tui.ui.frame.words.scorecard import time_axis

        store, today = self.store, self.today
        found = over_time(store, self.customer_id, today)
        card = store.scorecard.computed(self.customer_id, today).card.value
        row = store.radar.page(today, ids=[self.customer_id])
        name = store.radar.customer_name(self.customer_id)
        axis = time_axis(found, card, row[0] if row else None, today, self.host.glyphs)
        return (
            f"{name} over time",
            axis,
            "Scores 0–10: the mean of a day's answers by decision makers (by anybody where none answered). Card 0–100: "
            "its snapshots, and today. An arrow only where this year's answers differ significantly from last year's.",
        )


class MeasureHistory(HistoryScreen):
    """One measure of a customer."""

    def __init__(self, customer_id: str, measure_id: str) -> None:
        super().__init__()
        self.customer_id = customer_id
        self.measure_id = measure_id

    def read(self) -> tuple[str, TimeAxis | None, str]:
        from radar_tui.ui.screens.scorecard.rows import measure_axis, origin

        store, today = self.store, self.today
        name = store.radar.customer_name(self.customer_id)
        measure = store.measure.one(self.customer_id, self.measure_id, today)
        if measure is None:
            return name, None, "This measure is no longer there."
        points = store.measure.history(self.customer_id, measure, today)
        unit = f" ({measure.unit})" if measure.unit else ""
        return f"{name}   {measure.name}{unit}", measure_axis(measure, points, today), origin(measure)
