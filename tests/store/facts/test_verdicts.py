"""What the verdicts say of an item: its present life counts, and what was agreed since."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from radar_tui.store.lists import exports
from radar_tui.store.lists.brief import brief, lines, openers
from radar_tui.store.lists.customer import CustomerLists
from radar_tui.store.lists.radar import Radar

if TYPE_CHECKING:
    from radar_tui.domain.integrity import Verdict
    from tests.store.conftest import Plant


def found(plant: Plant, verdict: Verdict, days_ago: int = 0, item: str = "W-1") -> str:
    """A verdict on a visit that was completed then, or on the one in progress; the id of the visit."""
    store = plant.store
    visit = plant.earlier_visit(days_ago) if days_ago else plant.visit
    now = store.clock
    store.clock = lambda: now() - timedelta(days=days_ago)
    store.finding.grade(visit.id, item, verdict)
    store.clock = now
    return visit.id


def why(plant: Plant) -> dict[str, tuple[int | None, str | None]]:
    """How many and which items speak for a visit, by reason."""
    [row] = Radar(plant.store).page(plant.store.clock().date())
    return {
        each.kind: (each.count, each.who)
        for each in row.reasons
        if each.kind in ("out_of_service", "near_limit", "to_report")
    }


def change(plant: Plant, item: str = "W-1", **days_ago: int) -> None:
    """Days of an item, as so many days ago."""
    today = plant.store.clock().date()
    before = plant.store.item.get(item)
    days = {name: today - timedelta(days=ago) for name, ago in days_ago.items()}
    plant.store.item.save(before.model_copy(update=days))


def agree(plant: Plant, visit: str, days_ago: int = 0) -> None:
    now = plant.store.clock
    plant.store.clock = lambda: now() - timedelta(days=days_ago)
    for kind in ("replacement", "spares"):
        for line in plant.store.opportunity.lines_of(visit, kind):
            plant.store.opportunity.set_decision(line.id, "agreed")
    plant.store.clock = now


def newest(plant: Plant) -> tuple[str, str | None]:
    """The newest verdict on W-1, on the Items tab and in the file for the office."""
    [row] = [each for each in CustomerLists(plant.store, "aurora").items(0, 9) if each.tag == "W-1"]
    export = exports.EXPORTS["items"]
    place = [name for name, _ in export.columns].index("last_verdict")
    return row.verdict, next(each[place] for each in exports.rows(plant.store, export) if each[1] == "W-1")


def test_an_item_out_of_service_is_a_reason_until_its_replacement_is_agreed(plant: Plant) -> None:
    found(plant, "unserviceable")
    assert why(plant)["out_of_service"] == (1, "W-1")
    agree(plant, plant.visit.id)
    assert "out_of_service" not in why(plant)


def test_what_was_agreed_before_a_verdict_does_not_answer_it(plant: Plant) -> None:
    old = found(plant, "deteriorating", 400)
    agree(plant, old, 400)
    assert "near_limit" not in why(plant)
    found(plant, "deteriorating", 80)
    assert why(plant)["near_limit"] == (1, "W-1")
    # Agreed on a later day, whenever it was found.
    agree(plant, old, 10)
    assert "near_limit" not in why(plant)


def test_not_inspected_takes_no_verdict_away(plant: Plant) -> None:
    found(plant, "deteriorating", 80)
    found(plant, "not inspected")
    assert why(plant)["near_limit"] == (1, "W-1")
    assert newest(plant) == ("deteriorating", "deteriorating")


def test_what_was_found_before_an_item_was_refurbished_is_of_another_life(plant: Plant) -> None:
    found(plant, "unserviceable", 80)
    change(plant, refurbished_on=40)
    assert why(plant) == {"to_report": (3, "W-2, W-3, W-4")}
    assert newest(plant) == ("", None)
    assert brief(plant.store, "aurora", plant.store.clock().date()).items == {"": 4}
    found(plant, "deteriorating", 20)
    assert newest(plant) == ("deteriorating", "deteriorating")
    # A day that lies ahead has not begun.
    change(plant, refurbished_on=-5)
    assert newest(plant)[0] == "deteriorating"


def test_what_is_gone_is_no_reason_and_not_counted(plant: Plant) -> None:
    found(plant, "unserviceable", 80)
    found(plant, "deteriorating", 80, "W-2")
    change(plant, retired_on=10)
    change(plant, "W-2", retired_on=-10)
    assert why(plant) == {"near_limit": (1, "W-2"), "to_report": (2, "W-3, W-4")}
    lists = CustomerLists(plant.store, "aurora")
    told = brief(plant.store, "aurora", plant.store.clock().date())
    assert lists.count("items") == sum(told.items.values()) == 3
    assert [row.tag for row in lists.items(0, 9)] == ["W-2", "W-3", "W-4", "W-1"]
    assert plant.store.finding.graded(plant.visit.id) == (0, 3)


def test_an_item_is_to_report_when_nobody_has_looked_within_the_cadence(plant: Plant) -> None:
    for days, item in ((91, "W-1"), (90, "W-2"), (200, "W-3")):
        found(plant, "serviceable", days, item)
    found(plant, "not inspected", 1, "W-3")
    assert why(plant) == {"to_report": (3, "W-1, W-3, W-4")}


def test_the_brief_tells_broken_from_worn_and_is_of_before_the_visit(plant: Plant) -> None:
    today = plant.store.clock().date()
    found(plant, "unserviceable")
    told = brief(plant.store, "aurora", today)
    assert (told.items, told.out_of_service) == ({"": 4}, ())
    assert openers(told)[0].text.startswith("We have not been here yet")
    found(plant, "unserviceable", 30, "W-2")
    found(plant, "deteriorating", 30, "W-3")
    told = brief(plant.store, "aurora", today)
    assert (told.out_of_service, told.near_limit) == (("W-2",), ("W-3",))
    assert "W-2 was out of service when we last looked: may we look at that first?" in [
        each.text for each in openers(told)
    ]
    assert any("1 deteriorating, 1 unserviceable, 2 not inspected yet" in line for line in lines(told))
