"""The price list, and what fits where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from radar_tui.domain.opportunity import PartKind
    from tests.store.conftest import Plant


@pytest.mark.parametrize(
    ("model", "kind", "currency", "expected"),
    [
        ("RX-40", "replacement", "EUR", "unit"),  # the cheaper of two, not the one without a price
        ("RX-40", "spares", "EUR", "set"),
        ("RX-60", "replacement", "CHF", "franc"),
        ("RX-60", "replacement", "EUR", None),  # one in another currency, one archived
        ("", "replacement", "EUR", None),
    ],
)
def test_the_part_that_fits(
    plant: Plant, model: str, kind: PartKind, currency: str, expected: str | None
) -> None:
    found = plant.store.part.fitting(model, kind, currency)
    assert (found.id if found else None) == expected


def test_models_that_we_sell(plant: Plant) -> None:
    assert plant.store.part.models() == ["RX-40", "RX-60"]
    assert plant.store.item.usual_model("aurora") == "RX-40"
    assert plant.store.item.usual_model("nobody") is None
