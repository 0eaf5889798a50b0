"""The forms of markets and their benchmarks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.customer import (
    Benchmark,
    Market,
)
from radar_tui.errors import RadarError
from radar_tui.store.ids import new_id
from radar_tui.ui.forms.common import build, market_options
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host


def market_form(app: Host, before: Market) -> FormScreen:
    """Change what a market is called."""

    def save(values: FormValues) -> str:
        return app.store.market.change(before, build(Market, before, values)).id

    return FormScreen("Market", [FormField("name", "Name", value=before.name, required=True)], save)


def benchmark_form(app: Host, market_id: str | None, before: Benchmark | None) -> FormScreen:
    """A published NPS of a market, with its source; the market may be a new one."""
    from radar_tui.store.rows.benchmark import Benchmarks

    store = app.store
    markets = market_options(app)

    def save(values: FormValues) -> str:
        market = str(values.pop("new_market") or "").strip()
        with store.transaction():
            if market:
                values["market_id"] = store.market.save(Market(id=new_id(), name=market)).id
            if not values["market_id"]:
                raise RadarError("A benchmark belongs to a market.", "Choose one or name a new one.")
            return Benchmarks(store).change(before, build(Benchmark, before, values)).id

    return FormScreen(
        "New benchmark" if before is None else "Benchmark",
        [
            FormField("market_id", "Market", "choice", before.market_id if before else market_id, markets),
            FormField("new_market", "or a new market", hint="only if it is not in the list"),
            FormField(
                "nps", "NPS", "number", before.nps if before else None, hint="−100 to 100", required=True
            ),
            FormField("source", "Published by", value=before.source if before else "", required=True),
            FormField("year", "Year", "number", before.year if before else app.today.year, required=True),
            FormField("region", "Region", value=before.region if before else ""),
        ],
        save,
    )
