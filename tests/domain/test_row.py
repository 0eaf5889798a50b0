"""What every row keeps to: moments with a zone, days, names, no unknown column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from radar_tui.domain.days import iso
from radar_tui.domain.integrity import Finding, Item, Stream
from radar_tui.domain.row import read_number
from tests.fresh import NOW


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOW, "2026-12-03T09:42:07.000Z"),
        (datetime(2026, 12, 3, tzinfo=UTC), "2026-12-03T00:00:00.000Z"),
        (datetime(2026, 12, 3, 23, 59, 59, 999_999, tzinfo=UTC), "2026-12-03T23:59:59.999Z"),
        (datetime(2026, 12, 3, microsecond=42_000, tzinfo=UTC), "2026-12-03T00:00:00.042Z"),
        (datetime(2027, 1, 1, tzinfo=timezone(timedelta(hours=14))), "2026-12-31T10:00:00.000Z"),
    ],
)
def test_a_moment_is_written_so_that_it_sorts_as_text(moment: datetime, text: str) -> None:
    assert iso(moment) == text


def test_columns_are_what_a_database_takes() -> None:
    item = Item(id="i", customer_id="c", tag=" W-1 ", installed_on=date(2024, 2, 29))
    assert item.columns() == {
        "id": "i",
        "customer_id": "c",
        "stream_id": None,
        "tag": "W-1",
        "model": "",
        "installed_on": "2024-02-29",
        "refurbished_on": None,
        "retired_on": None,
    }
    found = Finding(id="f", visit_id="v", item_id="i", verdict="deteriorating", measure=4.2, found_at=NOW)
    assert found.columns()["found_at"] == "2026-12-03T09:42:07.000Z"
    assert found.columns()["measure"] == 4.2


@pytest.mark.parametrize(
    ("wrong", "column"),
    [({"name": "  "}, "name"), ({"colour": "red"}, "colour"), ({"status": "asleep"}, "status")],
)
def test_what_no_row_takes(wrong: dict[str, str], column: str) -> None:
    with pytest.raises(ValidationError, match=column):
        Stream.model_validate({"id": "s", "customer_id": "c", "name": "Press", **wrong})


def test_a_moment_without_its_zone_is_refused_and_a_row_stays_as_it_is() -> None:
    with pytest.raises(ValidationError, match="time zone"):
        Finding(id="f", visit_id="v", item_id="i", verdict="serviceable", found_at=NOW.replace(tzinfo=None))
    with pytest.raises(ValidationError, match="frozen"):
        Stream(id="s", customer_id="c", name="Press").name = "Other"  # type: ignore[misc]


def test_a_typed_number_has_a_point_or_a_comma_and_some_end() -> None:
    assert (read_number(" 1.5 "), read_number("1,5"), read_number("-90")) == (1.5, 1.5, -90)
    for text, words in (
        ("many", "a number, e.g. 90"),
        ("1e400", "a smaller number"),
        ("nan", "a smaller number"),
    ):
        with pytest.raises(ValueError, match=words):
            read_number(text)
