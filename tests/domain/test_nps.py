"""The vectors of design §6, and what must hold for any answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from radar_tui.domain import nps as n
from radar_tui.domain.nps import NpsCounts

TODAY = date(2026, 12, 3)
counts = st.builds(NpsCounts, *[st.integers(0, 400)] * 3)
some = counts.filter(lambda c: c.n > 0)
scores = st.lists(st.integers(0, 10), min_size=1, max_size=60)


@dataclass(frozen=True)
class Answer:
    contact_id: str
    question: str
    score: int
    asked_on: date
    voided_at: datetime | None = None


# The vectors


@pytest.mark.parametrize(
    ("score", "band"),
    [(0, "detractor"), (6, "detractor"), (7, "passive"), (8, "passive"), (9, "promoter"), (10, "promoter")],
)
def test_bands(score: int, band: str) -> None:
    assert n.band(score) == band


@pytest.mark.parametrize(
    ("given", "score", "variance", "error"),
    [
        (n.count([1, 8, 8, 10, 5, 9]), 0, 0.6667, 33.3),
        (NpsCounts(50, 30, 20), 30, 0.61, 7.81),
        (NpsCounts(162, 108, 54), 33.3, 5 / 9, 4.14),
        (NpsCounts(5, 0, 0), 100, 0, 0),
        (NpsCounts(4, 3, 3), 10, 0.69, 26.3),
    ],
)
def test_score_variance_and_error(given: NpsCounts, score: float, variance: float, error: float) -> None:
    assert n.nps(given) == pytest.approx(score, abs=0.05)
    assert n.variance(given) == pytest.approx(variance, abs=0.00005)
    assert n.standard_error(given) == pytest.approx(error, abs=0.05)


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [(NpsCounts(5, 0, 0), 17.5, 100), (NpsCounts(0, 0, 5), -100, -17.5), (NpsCounts(4, 3, 3), -36.1, 51.4)],
)
def test_adjusted_wald(given: NpsCounts, low: float, high: float) -> None:
    interval = n.interval(given)
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=0.05)


def test_ten_of_twenty_people_say_more_than_ten_of_any_number() -> None:
    interval = n.interval(NpsCounts(4, 3, 3), 20)
    assert interval is not None
    assert interval == pytest.approx((-23.4, 40.1), abs=0.05)


def test_three_aggregates_are_three_numbers() -> None:
    customers = {"A": NpsCounts(8, 1, 1), "B": NpsCounts(0, 0, 1), "C": NpsCounts(1, 1, 0)}
    values = {"A": ("EUR", 100.0), "B": ("EUR", 700.0), "C": ("EUR", 200.0)}
    scores = n.scores(customers)
    assert n.nps(n.total(customers.values())) == pytest.approx(53.8, abs=0.05)
    assert n.mean_of_customers(scores) == pytest.approx(6.7, abs=0.05)
    assert n.weighted(scores, values) == pytest.approx({"EUR": -53.0}, abs=0.05)


def test_all_three_at_once() -> None:
    customers = {"A": NpsCounts(8, 1, 1), "B": NpsCounts(0, 0, 1), "C": NpsCounts(1, 1, 0)}
    values = {"A": ("EUR", 100), "B": ("EUR", 700), "C": ("EUR", 200)}
    found = n.aggregates(customers, values)
    assert (found.pooled, found.mean_of_customers) == pytest.approx((53.8, 6.7), abs=0.05)
    assert found.weighted == pytest.approx({"EUR": -53.0}, abs=0.05)
    assert found.weightless == 0
    assert n.aggregates({}, values) == n.Aggregates(None, None, {}, 0)
    assert n.aggregates(customers, values | {"B": ("EUR", 0)}).weightless == 1


def test_kronor_do_not_outweigh_euros() -> None:
    customers = {
        "A": NpsCounts(1, 0, 0),
        "B": NpsCounts(0, 0, 1),
        "C": NpsCounts(0, 1, 0),
        "D": NpsCounts(0, 1, 0),
    }
    values = {"A": ("SEK", 1000.0), "B": ("EUR", 300.0), "C": ("EUR", 100.0), "D": ("GBP", 0.0)}
    found = n.aggregates(customers, values).weighted
    assert found == {"EUR": -75, "SEK": 100}
    assert list(found) == ["EUR", "SEK"]


@pytest.mark.parametrize(("benchmark", "way"), [(-37, 1), (-36, 0), (10, 0), (51, 0), (52, -1)])
def test_a_score_is_above_or_below_a_benchmark_only_with_its_whole_interval(
    benchmark: float, way: int
) -> None:
    assert n.against(NpsCounts(4, 3, 3), benchmark) == way
    assert n.against(NpsCounts(0, 0, 0), benchmark) == 0


def test_nothing_is_above_the_highest_or_below_the_lowest_figure() -> None:
    assert n.against(NpsCounts(5, 0, 0), 100) == n.against(NpsCounts(0, 0, 5), -100) == 0


def test_a_detractor_adds_twice_what_a_passive_does() -> None:
    assert (n.gain("promoter", 8), n.gain("passive", 8), n.gain("detractor", 8)) == (0, 12.5, 25)
    assert n.gain("detractor", 0) == 0


def test_a_difference_within_chance_is_no_arrow() -> None:
    before, now = NpsCounts(50, 30, 20), NpsCounts(40, 30, 30)
    assert n.z(before, now) == pytest.approx(1.73, abs=0.005)
    assert n.differ(before, now) == 0


def test_a_difference_beyond_chance_is_an_arrow() -> None:
    assert n.differ(NpsCounts(50, 30, 20), NpsCounts(30, 30, 40)) == -1
    assert n.differ(NpsCounts(30, 30, 40), NpsCounts(50, 30, 20)) == 1
    nought, little = NpsCounts(1_000_000, 0, 1_000_000), NpsCounts(1_004_000, 0, 996_000)
    assert (n.differ(nought, little), n.differ(little, nought)) == (1, -1)


def test_few_answers_without_spread_are_no_proof() -> None:
    assert n.differ(NpsCounts(1, 0, 0), NpsCounts(0, 0, 1)) == 0
    assert n.differ(NpsCounts(2, 0, 0), NpsCounts(0, 0, 2)) == 0
    assert n.differ(NpsCounts(3, 0, 0), NpsCounts(0, 0, 3)) == -1
    assert n.differ(NpsCounts(0, 0, 4), NpsCounts(30, 0, 0)) == 1
    assert n.differ(NpsCounts(0, 5, 0), NpsCounts(5, 0, 0)) == 1
    assert n.differ(NpsCounts(0, 5, 0), NpsCounts(3, 2, 0)) == 0
    assert n.differ(NpsCounts(3, 0, 0), NpsCounts(5, 0, 0)) == 0


MIXES = ((0.43, 0.41, 0.16), (0.60, 0.25, 0.15), (0.30, 0.30, 0.40), (0.70, 0.28, 0.02))


def drawn(dice: Random, mix: tuple[float, float, float], size: int) -> NpsCounts:
    """So many answers of people who are promoters, passives and detractors in these shares."""
    found = Counter(dice.choices("pad", mix, k=size))
    return NpsCounts(found["p"], found["a"], found["d"])


@pytest.mark.parametrize("mix", MIXES)
@pytest.mark.parametrize("size", [3, 4, 5, 7, 10, 20, 50, 100])
def test_arrows_raise_few_false_alarms_whatever_the_number_of_answers(
    mix: tuple[float, float, float], size: int
) -> None:
    """Two periods of one and the same mix: an arrow is a false alarm. 5 % would be allowed, the rest is chance."""
    dice = Random(f"{mix} {size}")
    rounds = 3_000
    alarms = sum(n.differ(drawn(dice, mix, size), drawn(dice, mix, size)) != 0 for _ in range(rounds))
    assert alarms / rounds <= 0.055


def test_a_real_fall_is_seen() -> None:
    """From 50/30/20 to 30/30/40, a hundred answers each: in nine of ten at least."""
    dice = Random(7)
    seen = sum(
        n.differ(drawn(dice, (0.5, 0.3, 0.2), 100), drawn(dice, (0.3, 0.3, 0.4), 100)) == -1
        for _ in range(1_000)
    )
    assert seen >= 900


# Nothing, few, all


def test_without_answers_there_is_no_figure() -> None:
    none = NpsCounts(0, 0, 0)
    assert none == n.NONE
    assert n.nps(none) is None
    assert n.variance(none) is None
    assert n.standard_error(none) is None
    assert n.interval(none) is None
    assert n.differ(none, NpsCounts(3, 0, 0)) == 0
    assert n.nps(n.total([])) is None
    assert n.mean_of_customers(n.scores({"A": none})) is None
    assert n.weighted({"A": 100}, {"A": ("EUR", 0)}) == {}


def test_a_customer_without_answers_is_no_zero() -> None:
    customers = {"A": NpsCounts(1, 0, 0), "B": NpsCounts(0, 0, 0)}
    scores = n.scores(customers)
    assert n.mean_of_customers(scores) == 100
    assert n.weighted(scores, {"A": ("EUR", 1), "B": ("EUR", 999)}) == {"EUR": 100}


def test_a_census_has_no_interval() -> None:
    assert n.interval(NpsCounts(3, 1, 1), population=5) is None
    assert n.standard_error(NpsCounts(3, 1, 1), population=5) == 0
    assert n.standard_error(NpsCounts(1, 0, 0), population=1) == 0
    # People who left have answered as well.
    assert n.standard_error(NpsCounts(3, 1, 1), population=4) == 0


def test_a_known_population_narrows_the_error() -> None:
    # 7.81 points of 100 answers out of 150: times the root of 50/149.
    assert n.standard_error(NpsCounts(50, 30, 20), population=150) == pytest.approx(4.52, abs=0.005)
    wide, narrow = n.interval(NpsCounts(50, 30, 20)), n.interval(NpsCounts(50, 30, 20), population=150)
    assert wide is not None
    assert narrow is not None
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_levers() -> None:
    assert n.lever([10, 8, 3, 9]) == [0, 25, 50, 0]


# The newest answers


def test_only_the_newest_answer_of_each_contact_and_question_counts() -> None:
    answers = [
        Answer("ada", "recommend", 9, date(2026, 9, 1)),
        Answer("ada", "recommend", 3, date(2026, 3, 1)),
        Answer("ada", "retain", 7, date(2026, 3, 1)),
        Answer("bo", "recommend", 8, date(2026, 5, 1)),
    ]
    assert [(a.contact_id, a.question, a.score) for a in n.newest(answers, TODAY)] == [
        ("ada", "recommend", 9),
        ("ada", "retain", 7),
        ("bo", "recommend", 8),
    ]


def test_a_voided_answer_lets_the_one_before_count_again() -> None:
    voided = datetime(2026, 10, 1, tzinfo=UTC)
    answers = [
        Answer("ada", "recommend", 3, date(2026, 3, 1)),
        Answer("ada", "recommend", 9, date(2026, 9, 1), voided),
    ]
    assert [a.score for a in n.newest(answers, TODAY)] == [3]


def test_of_two_on_one_day_the_lower_counts() -> None:
    answers = [Answer("ada", "recommend", score, TODAY) for score in (9, 4, 10)]
    assert [a.score for a in n.newest(answers, TODAY)] == [4]


def test_the_window_ends_today() -> None:
    answers = [
        Answer(who, "recommend", 9, TODAY - timedelta(days=ago))
        for who, ago in [("today", 0), ("last day", 364), ("too old", 365), ("tomorrow", -1)]
    ]
    assert [a.contact_id for a in n.newest(answers, TODAY)] == ["today", "last day"]
    assert [a.contact_id for a in n.newest(answers, TODAY, window_days=30)] == ["today"]


# What holds for any answers


@given(some)
def test_every_figure_stays_in_its_bounds(given: NpsCounts) -> None:
    score, variance, interval = n.nps(given), n.variance(given), n.interval(given)
    assert score is not None
    assert -100 <= score <= 100
    assert variance is not None
    assert 0 <= variance <= 1
    assert interval is not None
    assert -100 <= interval[0] < interval[1] <= 100


@given(some, st.integers(1, 1000))
def test_a_population_never_widens(given: NpsCounts, more: int) -> None:
    wide, narrow = n.interval(given), n.interval(given, given.n + more)
    assert wide is not None
    assert narrow is not None
    assert wide[0] <= narrow[0] < narrow[1] <= wide[1]


@given(some, st.integers(1, 1000))
def test_a_score_lies_in_its_interval(given: NpsCounts, more: int) -> None:
    """But for a single answer, which Rocks' added four put just outside."""
    assume(given.n > 1)
    score = n.nps(given)
    assert score is not None
    for population in (None, given.n + 1, given.n + more):
        interval = n.interval(given, population)
        assert interval is not None
        assert interval[0] - 1e-9 <= score <= interval[1] + 1e-9, population


@given(some)
def test_more_of_the_same_answers_narrow_the_interval(given: NpsCounts) -> None:
    more = NpsCounts(*(10 * count for count in given))
    error, smaller = n.standard_error(given), n.standard_error(more)
    assert error is not None
    assert smaller is not None
    assert smaller == pytest.approx(error / 10**0.5)


@given(scores, st.randoms(use_true_random=False))
def test_the_order_of_answers_is_nothing(given: list[int], random: Random) -> None:
    mixed = sorted(given, key=lambda _: random.random())
    assert n.count(mixed) == n.count(given)


@given(scores, st.data())
def test_a_better_answer_never_lowers_the_score(given: list[int], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(given) - 1))
    better = [*given]
    better[index] = data.draw(st.integers(given[index], 10))
    before, after = n.nps(n.count(given)), n.nps(n.count(better))
    assert before is not None
    assert after is not None
    assert after >= before


@given(scores)
def test_a_lever_is_what_the_score_would_gain(given: list[int]) -> None:
    before = n.nps(n.count(given))
    for index, gain in enumerate(n.lever(given)):
        moved = n.nps(n.count([*given[:index], 10, *given[index + 1 :]]))
        assert moved is not None
        assert before is not None
        assert moved - before == pytest.approx(gain)


@given(counts, counts)
def test_a_difference_looks_the_same_from_both_sides(before: NpsCounts, now: NpsCounts) -> None:
    assert n.differ(before, now) == -n.differ(now, before)
    assert n.differ(now, now) == 0


@given(some, some)
def test_an_arrow_points_where_the_score_went(before: NpsCounts, now: NpsCounts) -> None:
    arrow = n.differ(before, now)
    assume(arrow)
    assert ((n.nps(now) or 0) - (n.nps(before) or 0)) * arrow > 0


@given(st.lists(counts, max_size=6))
def test_every_aggregate_lies_between_the_best_and_the_worst_customer(given: list[NpsCounts]) -> None:
    customers = {str(place): counts for place, counts in enumerate(given)}
    known = [score for counts in given if (score := n.nps(counts)) is not None]
    pooled, mean, weighted, _ = n.aggregates(customers, dict.fromkeys(customers, ("EUR", 3.0)))
    for value in (pooled, mean, weighted.get("EUR")):
        if not known:
            assert value is None
        else:
            assert value is not None
            assert min(known) - 1e-9 <= value <= max(known) + 1e-9
    assert n.total(given).n == sum(counts.n for counts in given)


@given(some, st.integers(-100, 100))
def test_what_is_above_is_never_below(given: NpsCounts, benchmark: int) -> None:
    score = n.nps(given)
    assert score is not None
    turned = NpsCounts(given.detractors, given.passives, given.promoters)
    assert n.against(given, benchmark) == -n.against(turned, -benchmark)


@given(st.dictionaries(st.text(max_size=2), some, min_size=1, max_size=6))
def test_equal_weights_are_the_plain_mean(customers: dict[str, NpsCounts]) -> None:
    equal, scores = dict.fromkeys(customers, ("EUR", 7.0)), n.scores(customers)
    assert n.weighted(scores, equal)["EUR"] == pytest.approx(n.mean_of_customers(scores))


answers = st.lists(
    st.builds(
        Answer,
        st.sampled_from("abc"),
        st.sampled_from(["recommend", "retain"]),
        st.integers(0, 10),
        st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=20)),
    )
)


@given(answers, st.randoms(use_true_random=False))
def test_the_newest_are_the_newest_in_any_order(given: list[Answer], random: Random) -> None:
    found = n.newest(given, TODAY)
    mixed = sorted(given, key=lambda _: random.random())
    assert set(n.newest(mixed, TODAY)) == set(found)
    keys = [(a.contact_id, a.question) for a in found]
    assert len(set(keys)) == len(keys)
    for answer in found:
        later = [a for a in given if (a.contact_id, a.question) == (answer.contact_id, answer.question)]
        assert not [a for a in later if answer.asked_on < a.asked_on <= TODAY]
