"""The balanced value of a customer: the vectors of design §6, and what must hold for any measures."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from radar_tui.domain.card import (
    DERIVED,
    PERSPECTIVES,
    Measured,
    Perspective,
    Scored,
    card,
    changes,
    counts,
    coverage,
    defaults,
    derived_of,
    level,
    measure_score,
    response_score,
    trend,
    value,
)
from radar_tui.domain.scorecard import Measure, Scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 12, 3)
MEASURE = partial(Measure, id="m", customer_id="c", perspective="internal", name="Reply")
CARD = partial(Scorecard, id="s", customer_id="c", as_of=TODAY)
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


@pytest.mark.parametrize(
    ("row", "column", "begins", "allowed", "refused"),
    [
        (MEASURE, "worst", 0, (-5, 5), ()),
        (MEASURE, "best", 100, (-5, 5), ()),
        (MEASURE, "weight", 1, (0, 0.5), (-0.1,)),
        (MEASURE, "valid_days", 365, (1,), (0,)),
        (CARD, "coverage", 0, (0, 1), (-0.1, 1.1)),
    ],
)
def test_how_a_number_begins_and_how_far_it_goes(
    row: Callable[..., object],
    column: str,
    begins: float,
    allowed: tuple[float, ...],
    refused: tuple[float, ...],
) -> None:
    assert getattr(row(), column) == begins
    for figure in allowed:
        assert getattr(row(**{column: figure}), column) == figure
    for figure in refused:
        with pytest.raises(ValidationError, match=column):
            row(**{column: figure})


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


def measure(
    id: str, perspective: Perspective, weight: float, value: float | None = None, age: int | None = None
) -> Measured:
    as_of = None if age is None else TODAY - timedelta(days=age)
    return Measured(id, perspective, id, "", 0, 100, None, weight, 60, value=value, as_of=as_of)


def test_the_card_names_what_is_stale_or_missing() -> None:
    measures = [
        measure("margin", "financial", 2, 40, 10),
        measure("reply", "internal", 1, 70, 60),
        measure("repairs", "internal", 3, 99, 61),
        measure("training", "learning", 1),
        measure("unweighed", "learning", 0),
    ]
    found = card(measures, TODAY)
    assert found.value == pytest.approx(50)
    assert found.coverage == pytest.approx(3 / 7)
    assert found.perspectives == {"financial": 40, "customer": None, "internal": 70, "learning": None}
    assert found.stale == ("repairs",)
    assert found.missing == ("training",)


def test_a_card_that_knows_little_says_nothing_but_what_is_missing() -> None:
    """As of a customer ten seconds old: nobody met, no observation day, and nothing else is known."""
    measures = [
        measure("met", "learning", 39, 0, 0),
        measure("answers", "customer", 61),
    ]
    found = card(measures, TODAY)
    assert (found.value, found.coverage, found.missing) == (None, 0.39, ("answers",))
    known = card([measures[0]._replace(weight=40), measures[1]._replace(weight=60)], TODAY)
    assert (known.value, known.coverage) == (0, 0.4)


def test_what_is_known_to_be_old_is_stale_even_without_a_value() -> None:
    assert measure("promises", "internal", 1, None, 10).state(TODAY) == "stale"
    assert measure("orders", "financial", 1, float("nan"), 10).score(TODAY) is None
    assert measure("orders", "financial", 1, 50, -1).state(TODAY) == "stale"
    assert measure("orders", "financial", 1).state(TODAY) == "missing"
    assert measure("orders", "financial", 1, float("inf"), 1).state(TODAY) == "missing"


@pytest.mark.parametrize(
    ("worst", "best", "target", "value", "reached"),
    [
        (0, 100, 90, 90, True),
        (0, 100, 90, 89, False),
        (48, 4, 12, 12, True),
        (48, 4, 12, 13, False),
        (5, 5, 5, 6, True),
        (0, 100, None, 95, None),
        (0, 100, 90, None, None),
    ],
)
def test_a_value_is_on_target_in_either_direction(
    worst: float, best: float, target: float | None, value: float | None, reached: bool | None
) -> None:
    found = Measured("m", "internal", "m", "", worst, best, target, 1, 60, value=value)
    assert found.on_target is reached
    # As a measure begins: a row of its own, a reading, of nothing yet.
    assert (found.stored, found.n) == (True, 0)


def test_every_perspective_has_a_default_and_names_are_reserved() -> None:
    for kind in ("product", "service", "both"):
        assert {default.perspective for default in defaults(kind)} == set(PERSPECTIVES)
    assert "tickets" not in {default.key for default in defaults("product")}
    assert [derived_of(f" {each.name.upper()} ") for each in DERIVED] == list(DERIVED)
    assert derived_of("Margin") is None


def test_the_scales_and_weights_of_the_defaults() -> None:
    scales = {each.key: (each.worst, each.best, each.target, each.weight) for each in DERIVED}
    assert scales == {
        "orders": (0, 25, 10, 15),
        "recommend": (0, 100, 90, 20),
        "retain": (0, 100, 90, 15),
        "promises": (50, 100, 90, 10),
        "tickets": (14, 1, 5, 10),
        "counterparts": (0, 100, 80, 10),
        "observation": (0, 1, 1, 5),
    }
    assert {each.valid_days for each in DERIVED} == {365}


def test_why_a_card_changed() -> None:
    then = TODAY - timedelta(days=30)
    before = [
        measure("reply", "internal", 1, 40, 30)._replace(valid_days=365),
        measure("margin", "financial", 1, 60, 30)._replace(valid_days=365),
    ]
    now = [before[0]._replace(value=80, as_of=TODAY), before[1]._replace(valid_days=20)]
    found = changes(before, then, now, TODAY)
    # 50 then: reply stood 10 under it at half the weight, and stands alone now.
    assert [(change.name, change.before, change.now) for change in found] == [
        ("reply", 40, 80),
        ("margin", 60, None),
    ]
    assert [change.points for change in found] == pytest.approx([35, -5])
    # Where nothing counted before, all of it is new.
    assert [change.points for change in changes([], then, now[:1], TODAY)] == pytest.approx([80])


@given(
    st.lists(
        st.tuples(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100), st.floats(0.1, 9)), max_size=9
    )
)
def test_the_points_of_all_measures_add_up_to_the_difference(
    rows: list[tuple[float | None, float | None, float]],
) -> None:
    before = [
        measure(str(n), "internal", w, old, None if old is None else 0) for n, (old, _, w) in enumerate(rows)
    ]
    now = [
        measure(str(n), "internal", w, new, None if new is None else 0) for n, (_, new, w) in enumerate(rows)
    ]
    found = changes(before, TODAY, now, TODAY)
    if any(new is not None and w for _, new, w in rows):
        moved = level(now, TODAY) - level(before, TODAY)
        assert sum(change.points for change in found) == pytest.approx(moved, abs=1e-6)
    if [row[0] for row in rows] == [row[1] for row in rows]:
        assert all(change.points == 0 for change in found)


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


@pytest.mark.parametrize(
    ("worst", "best", "target", "before", "actual", "words"),
    [
        (0, 100, 90, 80, 95, "reached"),
        (0, 100, 90, 95, 80, "lost"),
        (0, 100, 90, 80, 90, "reached"),
        (0, 100, 90, 95, 97, "better"),
        (0, 100, 90, 97, 95, "worse"),
        (0, 100, 90, 97, 97, "same"),
        (48, 4, 12, 11, 15, "lost"),
        (48, 4, 12, 15, 12, "reached"),
        (48, 4, 12, 20, 15, "better"),
        (48, 4, 12, 9, 10, "worse"),
        (0, 100, None, 80, 95, "better"),
        (5, 5, None, 1, 2, "better"),
        (0, 100, 90, None, 97, ""),
        (0, 100, 90, 97, None, ""),
    ],
)
def test_a_trend_tells_of_the_target_first(
    worst: float, best: float, target: float | None, before: float | None, actual: float | None, words: str
) -> None:
    assert trend(worst, best, target, before, actual) == words


@given(numbers, numbers, numbers, numbers, numbers)
def test_a_trend_is_the_same_in_either_direction(
    worst: float, best: float, target: float, before: float, actual: float
) -> None:
    if worst != best:
        assert trend(worst, best, target, before, actual) == trend(-worst, -best, -target, -before, -actual)


@given(scored)
def test_a_value_lies_between_its_scores_in_any_order(measures: list[Scored]) -> None:
    found = value(measures)
    present = [each.score for each in measures if each.score is not None]
    assert (found is None) == (not present)
    if found is not None:
        assert min(present) - 1e-9 <= found <= max(present) + 1e-9
        assert value(measures[::-1]) == pytest.approx(found)
    assert 0 <= coverage(measures) <= 1
