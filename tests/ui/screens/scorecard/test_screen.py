"""The scorecard of a customer on screen: what it shows, its forms, and the histories behind its figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.scorecard import Measure
from radar_tui.store.facts.card import default_id
from radar_tui.store.ids import new_id
from radar_tui.store.rows.measure import Readings
from radar_tui.ui.app import RadarApp
from radar_tui.ui.frame.form import FormScreen
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.scorecard.screen import ScorecardScreen
from tests.ui.world import build, introduce, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from radar_tui.store.store import Store
    from radar_tui.ui.widgets.row_table import RowTable


def point_at(table: RowTable, key: str) -> None:
    """Put the cursor on the row with this key."""
    rows = [table.row_at(index) for index in range(table.count)]
    table.cursor = next(index for index, row in enumerate(rows) if row is not None and row.key == key)


async def at_card(pilot: Pilot[None], customer_id: str) -> ScorecardScreen:
    screen = ScorecardScreen(customer_id)
    pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def go_to(pilot: Pilot[None], screen: ScorecardScreen, name: str) -> None:
    """Put the cursor on a measure."""
    id = next(each.id for each in screen._measures.values() if each.name == name)
    point_at(screen.table, id)
    await pilot.pause()


async def test_a_key_on_the_customer_opens_the_card_with_every_source(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        await pilot.press("k")
        await pilot.pause()
        text = shown(app)
        assert isinstance(app.screen, ScorecardScreen)
        assert "34 of 100   80 % of the weights covered   58 on 30 Nov" in text
        for words in ("Financial", "Customer", "Internal", "Learning", "Promises kept", "computed"):
            assert words in text, words
        await go_to(pilot, app.screen, "Promises kept")
        assert "share of our promises that they said were kept, within 365 days" in shown(app)
        assert "(n 3)" in shown(app)


async def test_stale_measures_are_named(store: Store) -> None:
    world = build(store)
    margin = store.measure.add(
        Measure(
            id=new_id(), customer_id=world.customer, perspective="financial", name="Margin", valid_days=30
        )
    )
    store.measure.read(margin.id, date(2026, 10, 1), 40)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await at_card(pilot, world.customer)
        assert "too old to count: Margin" in shown(app)
        await go_to(pilot, screen, "Margin")
        assert "older than 30 days: does not count" in shown(app)


async def test_a_measure_of_ones_own_and_its_readings(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await at_card(pilot, world.customer)
        await pilot.press("n", *"Scrap", "tab", "tab", "%", "tab", *"20", "tab", *"0", "enter")
        await pilot.pause()
        (measure,) = store.measure.where("name = 'Scrap'")
        assert (measure.perspective, measure.unit, measure.worst, measure.best) == ("internal", "%", 20, 0)
        await go_to(pilot, screen, "Scrap")
        for value in ("15", "5"):
            await pilot.press("r", *value, "enter")
            await pilot.pause()
        assert [row.value for row in Readings(store).where()] == [15, 5]
        assert screen.chosen is not None
        assert (screen.chosen.value, screen.chosen.score(app.today)) == (5, 75)
        await pilot.press("r", *"1", "tab", *"4.12.2026", "enter")
        await pilot.pause()
        assert "This day has not come yet." in shown(app)
        assert isinstance(app.screen, FormScreen)
        assert len(Readings(store).where()) == 2


async def test_a_default_is_changed_here_or_for_all_of_the_kind(store: Store) -> None:
    world = build(store)
    other = store.customer.get(world.customer).model_copy(update={"id": "other", "name": "Other"})
    store.customer.save(other)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await at_card(pilot, world.customer)
        await go_to(pilot, screen, "Observation day")
        await pilot.press("e", "tab", "tab", "tab", *"9", "enter")
        await pilot.pause()
        assert [(row.customer_id, row.weight) for row in store.measure.where()] == [(world.customer, 9)]
        await pilot.press("e", "tab", "tab", "tab", *"0", "tab", "tab", "right", "enter")
        await pilot.pause()
        weights = {
            (id, each.id): each.weight
            for id in (world.customer, "other")
            for each in store.measure.of_customer(id)
            if each.key == "observation"
        }
        assert weights == {(id, default_id(id, "observation")): 0 for id in (world.customer, "other")}


async def test_the_history_of_a_measure_stands_behind_it(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await at_card(pilot, world.customer)
        await go_to(pilot, screen, "Recommendation")
        await pilot.press("enter")
        await pilot.pause()
        text = shown(app)
        assert "Recommendation (points)" in text
        assert "60" in text
        await pilot.press("t")
        await pilot.pause()
        assert "14 Jul 2026" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


async def test_an_action_begins_at_the_measure_that_it_is_to_raise(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await at_card(pilot, world.customer)
        await go_to(pilot, screen, "Promises kept")
        await pilot.press("a", *"Keep them", "enter")
        await pilot.pause()
        (action,) = store.action.where("title = 'Keep them'")
        assert (action.customer_id, action.measure_id) == (
            world.customer,
            default_id(world.customer, "promises"),
        )
        assert store.measure.get(action.measure_id or "").name == "Promises kept"


async def test_over_time_on_the_overview_and_in_full(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(160, 45)) as pilot:
        app.push_screen(CustomerScreen(world.customer))
        await pilot.pause()
        lines = shown(app).splitlines()
        place = next(n for n, line in enumerate(lines) if "Over time" in line)
        # The space under the columns is the plot's: three lanes down to the footer.
        assert [line.split()[0] for line in lines[place + 1 :] if line[:2].strip() or line[1:2].strip()][:4] == [
            "Recommend", "Retain", "Card", "Visits",
        ]  # fmt: skip
        assert lines[place + 1].split() == ["Recommend", "10"]
        assert not {"↑", "↓"} & set(lines[place + 1])
        assert next(n for n, line in enumerate(lines) if line.startswith(" Visits ")) > 45 - 8
        await pilot.press("h")
        await pilot.pause()
        assert "Aurora Tissue over time" in shown(app)
        await pilot.press("t")
        await pilot.pause()
        assert "30 Nov 2026" in shown(app)


async def test_a_customer_of_whom_nothing_is_known(store: Store) -> None:
    from radar_tui.domain.customer import Customer

    introduce(store)
    store.customer.save(Customer(id="n", name="Nobody"))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(CustomerScreen("n"))
        await pilot.pause()
        assert "scores, cards and visits stand here" in shown(app)
        await pilot.press("h")
        await pilot.pause()
        assert "nothing is known yet" in shown(app)


async def test_whether_the_customer_may_see_a_measure_is_said_here_and_no_by_default(store: Store) -> None:
    world = build(store)
    app = RadarApp(store)
    async with app.run_test(size=(100, 36)) as pilot:
        screen = await at_card(pilot, world.customer)
        await pilot.press("n", *"Churn", "tab", "tab", "tab", *"20", "tab", *"0", "enter")
        await pilot.pause()
        [measure] = store.measure.where("name = 'Churn'")
        assert measure.for_customer is False
        await go_to(pilot, screen, "Churn")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        fields = [field.name for field in app.screen.fields]
        await pilot.press(*["tab"] * fields.index("for_customer"), "right", "enter")
        await pilot.pause()
        assert store.measure.get(measure.id).for_customer is True
        # What Radar computes itself is ours.
        await go_to(pilot, screen, "Observation day")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert "for_customer" not in [field.name for field in app.screen.fields]
