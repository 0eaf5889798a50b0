"""What all forms share: rows from values, words as options, and whom one may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from radar_tui.domain.row import Row
from radar_tui.store.ids import new_id

if TYPE_CHECKING:
    from datetime import datetime

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.frame.form import FormValue, FormValues

R = TypeVar("R", bound=Row)
Options = list[tuple[str | None, str]]


def words(closed_set: object) -> Options:
    """The words of a Literal as options."""
    return [(word, word) for word in get_args(closed_set)]


def build(model: type[R], before: R | None, values: FormValues, **fixed: FormValue | datetime) -> R:
    """A new row of `model`, or `before` with `values` in it; validated either way."""
    known = before.model_dump() if before is not None else {"id": new_id()}
    return model.model_validate({**known, **fixed, **values})


def without_none(values: FormValues, *names: str) -> FormValues:
    """Values without those of `names` that were left empty, so that the model's default stands."""
    return {name: value for name, value in values.items() if value is not None or name not in names}


def colleague_options(app: Host, current: str | None = None) -> Options:
    """Our people who are still here, and the one that stands there already, for a choice."""
    today = app.today.isoformat()
    found = app.store.colleague.where(
        "left_on IS NULL OR left_on > ? OR id = ?", [today, current], "name, id"
    )
    return [(None, "–"), *((row.id, row.name) for row in found)]


def market_options(app: Host) -> Options:
    """All markets, for a choice."""
    return [(None, "–"), *((market.id, market.name) for market in app.store.market.where(order="name, id"))]
