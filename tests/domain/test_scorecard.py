"""The balanced value of a customer: the vectors of design §6, and what must hold for any measures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.scorecard import (
    Measure,
    Perspective,
    Reading,
    Scored,
    card,
    counts,
    coverage,
    measure_score,
    response_score,
    value,
)

TODAY = date(2026, 12, 3)
numbers = st.floats(-1e6, 1e6)
scored = st.lists(st.builds(Scored, st.none() | st.floats(0, 100), st.floats(0.1, 100)), max_size=12)


@pytest.mark.parametrize(
    ("worst", "best", "actual", "score"),
    [
        (48, 4, 15, 75),
        (48, 4, 60, 0),
        (48, 4, 1, 100),
        (40, 120, 80, 50),
        (40, 120, 20, 0),
        (5, 5, 5, 100),
        (5, 5, 6, 0),
    ],
)
def test_a_score_in_either_direction(worst: float, best: float, actual: float, score: float) -> None:
    assert measure_score(worst, best, actual) == pytest.approx(score)


def test_value_and_coverage() -> None:
    every = [Scored(25, 25), Scored(60, 35), Scored(250 / 3, 25), Scored(75, 15)]
    assert value(every) == pytest.approx(59.33, abs=0.005)
    assert coverage(every) == 1
    third_missing = [*every[:2], Scored(None, 25), every[3]]
    assert value(third_missing) == pytest.approx(51.33, abs=0.005)
    assert coverage(third_missing) == 0.75


def test_nothing_to_weigh_is_no_zero() -> None:
    assert value([]) is None
    assert value([Scored(None, 3)]) is None
    assert value([Scored(50, 0)]) is None
    assert coverage([]) == 0


def test_an_answer_counts_tenfold() -> None:
    assert response_score(9) == measure_score(0, 10, 9) == 90


@pytest.mark.parametrize(("age", "valid"), [(0, True), (60, True), (61, False), (-1, False)])
def test_how_long_a_reading_counts(age: int, valid: bool) -> None:
    assert counts(TODAY - timedelta(days=age), TODAY, 60) is valid


def measure(id: str, perspective: Perspective, weight: float) -> Measure:
    return Measure(id=id, customer_id="c", perspective=perspective, name=id, weight=weight, valid_days=60)


def reading(id: str, value: float, age: int) -> Reading:
    return Reading(id=id, measure_id=id, as_of=TODAY - timedelta(days=age), value=value)


def test_the_card_names_what_is_stale_or_missing() -> None:
    measures = [
        measure("margin", "financial", 2),
        measure("reply", "internal", 1),
        measure("repairs", "internal", 3),
        measure("training", "learning", 2),
    ]
    newest = {"margin": reading("margin", 40, 10), "reply": reading("reply", 70, 60)}
    found = card(measures, {**newest, "repairs": reading("repairs", 99, 61)}, TODAY)
    assert found.value == pytest.approx(50)
    assert found.coverage == pytest.approx(3 / 8)
    assert found.perspectives == {"financial": 40, "customer": None, "internal": 70, "learning": None}
    assert found.stale == ("repairs",)
    assert found.missing == ("training",)


@given(numbers, numbers, numbers, numbers)
def test_a_score_is_bounded_and_never_falls_towards_the_best(
    worst: float, best: float, one: float, other: float
) -> None:
    nearer, farther = sorted((one, other), key=lambda actual: abs(actual - best))
    between = min(worst, best) <= min(one, other) and max(one, other) <= max(worst, best)
    scores = measure_score(worst, best, nearer), measure_score(worst, best, farther)
    assert all(0 <= score <= 100 for score in scores)
    if between and worst != best:
        assert scores[0] >= scores[1] - 1e-9


@given(scored)
def test_a_value_lies_between_its_scores_in_any_order(measures: list[Scored]) -> None:
    found = value(measures)
    present = [each.score for each in measures if each.score is not None]
    assert (found is None) == (not present)
    if found is not None:
        assert min(present) - 1e-9 <= found <= max(present) + 1e-9
        assert value(measures[::-1]) == pytest.approx(found)
    assert 0 <= coverage(measures) <= 1
