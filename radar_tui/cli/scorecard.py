"""`radar scorecard`: the card of one customer or of all, and snapshots of everybody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.cli.running import BUSY_SECONDS, opened, print_json, rounded, the_customer
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from radar_tui.domain.card import Measured
    from radar_tui.store.rows.scorecard import Changed, Computed
    from radar_tui.store.store import Store

_NONE = "–"
_SHORT = {"financial": "Fin.", "customer": "Cust.", "internal": "Int.", "learning": "Learn."}


def scorecard(parsed: argparse.Namespace) -> int:
    """With a customer: the card in full. Without: a line each; with `--all` those are stored as snapshots too."""
    words = " ".join(parsed.customer)
    if words and parsed.all:
        raise RadarError("Name a customer or give --all, not both.", "See: radar scorecard --help")
    with opened(parsed, BUSY_SECONDS) as store:
        today = store.clock().date()
        if words:
            customer_id, name = the_customer(store, words)
            computed = store.scorecard.computed(customer_id, today)
            if parsed.json:
                print_json(card_object(customer_id, name, computed, today))
            else:
                _print_one(name, computed, today)
            return 0
        stored = store.scorecard.snapshot_all(today) if parsed.all else None
        _print_all(store, today, stored, parsed.json)
    return 0


def _print_all(store: Store, today: date, stored: int | None, as_json: bool) -> None:
    from radar_tui.domain.columns import fitted
    from radar_tui.domain.text import plural

    cards = [
        (customer_id, name, store.scorecard.computed(customer_id, today))
        for customer_id, name in store.scorecard.customers()
    ]
    if as_json:
        print_json([card_object(customer_id, name, computed, today) for customer_id, name, computed in cards])
        return
    if not cards:
        print("No customers yet. Add them with: radar. Look at the sample with: radar demo")
        return
    heads = "".join(f"{short:>7}" for short in _SHORT.values())
    print(f"{'Customer':<30} {'Card':>5} {'Covered':>8}{heads}  Stale")
    for _, name, computed in cards:
        card = computed.card
        parts = "".join(f"{_whole(card.perspectives[perspective]):>7}" for perspective in card.perspectives)
        stale = str(len(card.stale)) if card.stale else ""
        print(
            f"{fitted(name, 30)} {_whole(card.value):>5} {100 * card.coverage:>6.0f} %{parts}  {stale}".rstrip()
        )
    if stored is not None:
        print(f"{plural(stored, 'snapshot')} of {today:%Y-%m-%d} stored.")


def _print_one(name: str, computed: Computed, today: date) -> None:
    from radar_tui.domain.card import LEAST_COVERAGE, coverage_words
    from radar_tui.domain.columns import fitted
    from radar_tui.domain.text import one_line

    card = computed.card
    said = "–" if card.value is None else f"{card.value:.0f} of 100"
    needed = f"; a card needs {100 * LEAST_COVERAGE:.0f} %" if card.value is None else ""
    print(f"{one_line(name)}   {said}, {coverage_words(card)}{needed}")
    print(f"\n{'Measure':<26} {'Value':>9} {'Unit':<12} {'Score':>5} {'Weight':>6}  Of")
    perspective = ""
    for measure in computed.measures:
        if measure.perspective != perspective:
            perspective = measure.perspective
            print(
                f"{perspective.capitalize():<26} {'':>22} {_whole(card.perspectives[measure.perspective]):>5}"
            )
        day = measure.as_of.isoformat() if measure.as_of else _NONE
        print(
            f"  {fitted(measure.name, 24)} {_number(measure.value):>9} {fitted(measure.unit, 12)} "
            f"{_whole(measure.score(today)):>5} {measure.weight:>6g}  {day}"
        )
    if card.stale:
        print(f"\nToo old to count: {one_line(', '.join(card.stale))}")
    if card.missing:
        print(f"\nNothing known yet: {one_line(', '.join(card.missing))}")
    for line in _why(computed.changed, card.value) if card.value is not None else ():
        print(line)


def _why(changed: Changed | None, now: float | None) -> list[str]:
    from radar_tui.domain.columns import fitted

    if changed is None:
        return ["\nNo snapshot yet: a completed visit stores one, and radar scorecard --all"]
    lines = [f"\nSince the snapshot of {changed.since.isoformat()}: {_whole(changed.before)} → {_whole(now)}"]
    lines += [
        f"  {fitted(change.name, 24)} {_whole(change.before):>4} → {_whole(change.now):<4} {_signed(change.points)}"
        for change in changed.measures
        if abs(change.points) >= 0.05
    ]
    for words, points in (("weights beside them", changed.shift), ("changed afterwards", changed.rest)):
        if points:
            lines.append(f"  {words:<24} {'':>11} {_signed(points)}")
    return lines


def card_object(customer_id: str, name: str, computed: Computed, today: date) -> dict[str, object]:
    """The card as JSON values: numbers rounded to four decimals, None where nothing counts."""
    card, changed = computed.card, computed.changed
    return {
        "customer_id": customer_id,
        "name": name,
        "as_of": today.isoformat(),
        "value": rounded(card.value),
        "coverage": rounded(card.coverage),
        "perspectives": {key: rounded(value) for key, value in card.perspectives.items()},
        "stale": list(card.stale),
        "missing": list(card.missing),
        "measures": [_measure_object(measure, today) for measure in computed.measures],
        "since": None
        if changed is None
        else {
            "as_of": changed.since.isoformat(),
            "value": changed.before,
            "measures": [
                {"name": each.name, "before": rounded(each.before), "now": rounded(each.now),
                 "points": rounded(each.points)}
                for each in changed.measures
            ],
            "shift": rounded(changed.shift),
            "rest": rounded(changed.rest),
        },
    }  # fmt: skip


def _measure_object(measure: Measured, today: date) -> dict[str, object]:
    return {
        "name": measure.name,
        "perspective": measure.perspective,
        "value": rounded(measure.value),
        "unit": measure.unit,
        "worst": measure.worst,
        "best": measure.best,
        "target": measure.target,
        "weight": measure.weight,
        "score": rounded(measure.score(today)),
        "state": measure.state(today),
        "as_of": measure.as_of.isoformat() if measure.as_of else None,
        "computed": bool(measure.key),
        "n": measure.n,
    }


def _whole(value: float | None) -> str:
    return _NONE if value is None else f"{value:.0f}"


def _number(value: float | None) -> str:
    return _NONE if value is None else f"{value:,.1f}".removesuffix(".0")


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")
