"""Whoever adds a column to the items is told where it is not shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.days import day_words
from radar_tui.domain.integrity import Item
from radar_tui.reports.as_text import lines
from radar_tui.reports.visit import visit_report
from radar_tui.store.ids import new_id
from radar_tui.ui.app import RadarApp
from radar_tui.ui.screens.customer.screen import CustomerScreen
from tests.ui.world import build, shown

if TYPE_CHECKING:
    from radar_tui.store.store import Store

REFERENCES = {"id", "customer_id", "stream_id"}
NOT_LISTED = {"installed_on"}
"""In the form alone: it says nothing that the last refurbishment does not."""
NOT_REPORTED = {"installed_on", "retired_on"}
"""The customer knows when it came; a retired item is in no report."""


async def test_every_column_of_an_item_stands_in_the_list_and_in_the_report_of_a_visit(store: Store) -> None:
    values: dict[str, object] = {}
    words: dict[str, str] = {}
    for place, (name, field) in enumerate(Item.model_fields.items()):
        kind, day = str(field.annotation), date(2025, 1 + place, 11)
        if name not in REFERENCES:
            values[name] = day if "date" in kind else f"x{name}" if "str" in kind else 4711
            words[name] = day_words(day, day) if "date" in kind else str(values[name])
    world = build(store)
    old = store.item.get(world.item)
    item = old.model_copy(update={**values, "retired_on": None})
    store.item.save(item)
    report = "".join(text for line in lines(visit_report(store, world.visit), 100) for text, _ in line)
    assert {name for name, text in words.items() if text not in report} == NOT_REPORTED
    store.item.save(item.model_copy(update={"id": new_id(), "retired_on": values["retired_on"]}))
    app = RadarApp(store)
    async with app.run_test(size=(160, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        await pilot.press("m", "end")
        await pilot.pause()
        listed = shown(app)
    assert store.stream.get(world.stream).name in listed
    assert {name for name, text in words.items() if text not in listed} == NOT_LISTED
