"""Every surface that shows a card, against the truth."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from radar_tui.cli import main
from radar_tui.cli import scorecard as scorecard_cli
from radar_tui.store.lists.over_time import SPAN_DAYS, over_time
from radar_tui.store.lists.radar import Radar
from radar_tui.store.rows.scorecard import Scorecards
from tests.truth.answers import Answers
from tests.truth.cards import Cards

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from radar_tui.store.store import Store
    from tests.truth.facts import Truth

Difference = tuple[str, str, object, object]


def differences(
    store: Store,
    truth: Truth,
    told: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Difference]:
    cards, today = Cards(Answers(truth)), truth.today
    on_radar = {row.customer_id: row for row in Radar(store).page(today, 0, len(truth.on_the_radar) or 1)}
    said = {row["customer_id"]: row["card"] for row in told}
    monkeypatch.setattr(scorecard_cli, "opened", lambda *_: nullcontext(store))
    assert main.main(["scorecard", "--json"]) == 0
    printed = {row["customer_id"]: row for row in json.loads(capsys.readouterr().out)}
    for one in truth.rows.customers:
        value, coverage, stale, missing = cards.card(one)
        shown = Scorecards(store).computed(one.id, today)
        yield "card", f"{one.name} value", _near(shown.card.value), _near(value)
        yield "card", f"{one.name} coverage", _near(shown.card.coverage), _near(coverage)
        yield "card", f"{one.name} stale", {*shown.card.stale}, stale
        yield "card", f"{one.name} missing", {*shown.card.missing}, missing
        since = today - timedelta(days=SPAN_DAYS)
        drawn = [tuple(point) for point in over_time(store, one.id, today).card]
        yield "over time", f"{one.name} cards", drawn, cards.stored(one, since)
        if row := on_radar.get(one.id):
            yield "radar", f"{one.name} card", _near(row.card), _near(value)
            yield "due --json", f"{one.name} card", _near(said[one.id]), _near(value)
            line = printed[one.id]
            yield "scorecard --json", one.name, _near(line["value"], 4), _near(value, 4)
            yield "scorecard --json", f"{one.name} missing", {*line["missing"]}, missing
        earlier = [
            (day, value) for day, value in cards.stored(one, today - timedelta(days=9999)) if day < today
        ]
        before = (shown.changed.since, shown.changed.before) if shown.changed else None
        yield "card", f"{one.name} before", before, earlier[-1] if earlier and value is not None else None


def _near(value: float | None, places: int = 6) -> float | None:
    return None if value is None else round(value, places)
