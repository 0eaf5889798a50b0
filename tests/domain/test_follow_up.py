"""Which play an answer starts, by when, and which steps it can take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from radar_tui.domain import follow_up as steps
from radar_tui.domain.follow_up import (
    ASKS,
    STEPS,
    WORKING_DAYS,
    FollowUp,
    FollowUpStatus,
    Play,
    due_at,
    history,
    may,
    next_step,
    play_for,
    to_do,
)
from radar_tui.domain.working_time import WorkingTime
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable

ROME = timezone(timedelta(hours=1))
NOW = datetime(2026, 12, 3, 10, 42, tzinfo=ROME)
DUE = datetime(2026, 12, 4, 17, 0, tzinfo=ROME)
PLAYS: tuple[Play, ...] = get_args(Play)
STATES: tuple[FollowUpStatus, ...] = get_args(FollowUpStatus)
# Every move that the model knows, and where it leads.
MOVES: dict[str, tuple[FollowUpStatus, Callable[[FollowUp], FollowUp]]] = {
    "call": ("called", steps.called),
    "cause": ("cause", lambda duty: steps.cause_found(duty, "late replies")),
    "fix": ("fixed", steps.fixed),
    "confirm": ("confirmed", steps.confirmed),
    "close": ("closed", lambda duty: steps.closed(duty, "all is well", NOW, "one name to call")),
    "reopen": ("open", lambda duty: steps.reopened(duty, "again", NOW, DUE)),
}
LEGAL: set[tuple[Play, FollowUpStatus, FollowUpStatus]] = {
    ("recover", "open", "called"),
    ("recover", "called", "cause"),
    ("recover", "cause", "fixed"),
    ("recover", "fixed", "confirmed"),
    ("recover", "confirmed", "closed"),
    ("recover", "closed", "open"),
    ("nudge", "open", "called"),
    ("nudge", "called", "closed"),
    ("nudge", "closed", "open"),
    ("learn", "open", "called"),
    ("learn", "called", "closed"),
    ("learn", "closed", "open"),
}
"""Written out once more, by hand, from design §5."""
plays = st.sampled_from(PLAYS)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(ROME))  # noqa: DTZ001
texts = st.text(min_size=1).map(str.strip).filter(bool)


def duty(play: Play, status: FollowUpStatus = "open", **columns: object) -> FollowUp:
    ended = {"outcome": "well", "closed_at": NOW} if status == "closed" else {}
    return FollowUp.model_validate(
        {"id": "f", "response_id": "r", "play": play, "status": status, "due_at": DUE, **ended, **columns}
    )


# Play and due time


@pytest.mark.parametrize(
    ("score", "play"),
    [(0, "recover"), (6, "recover"), (7, "nudge"), (8, "nudge"), (9, "learn"), (10, "learn")],
)
def test_every_score_has_its_play(score: int, play: str) -> None:
    assert play_for(score) == play


@pytest.mark.parametrize(
    ("play", "asked", "due"),
    [
        ("recover", (2026, 12, 3, 10, 42), (2026, 12, 4, 10, 42)),  # Thursday: eight hours of work later
        ("recover", (2026, 12, 4, 23, 59), (2026, 12, 7, 17, 0)),  # Friday night: by the end of Monday
        ("recover", (2026, 12, 5, 9, 0), (2026, 12, 7, 17, 0)),  # Saturday: the same
        ("nudge", (2026, 12, 3, 10, 42), (2026, 12, 10, 17, 0)),
        ("nudge", (2026, 12, 6, 10, 0), (2026, 12, 11, 17, 0)),  # Sunday: the five days of the week to come
        ("learn", (2026, 12, 3, 10, 42), (2026, 12, 17, 17, 0)),
        ("learn", (2026, 12, 24, 10, 0), (2027, 1, 7, 17, 0)),
    ],
)
def test_due_in_working_time(
    play: Play, asked: tuple[int, int, int, int, int], due: tuple[int, int, int, int, int]
) -> None:
    assert due_at(play, datetime(*asked, tzinfo=ROME)) == datetime(*due, tzinfo=ROME)


def test_the_call_is_within_the_hours_that_are_set() -> None:
    assert due_at("recover", NOW, WorkingTime(call_hours=4)) == NOW.replace(hour=14)
    assert due_at("nudge", NOW, WorkingTime(call_hours=4)) == due_at("nudge", NOW)


@given(st.sampled_from(["nudge", "learn"]), moments)
def test_a_duty_leaves_exactly_its_working_days(play: Play, asked: datetime) -> None:
    due = due_at(play, asked)
    days = [asked.date() + timedelta(days=n) for n in range(1, (due.date() - asked.date()).days + 1)]
    assert sum(day.weekday() < 5 for day in days) == WORKING_DAYS[play]
    assert due.weekday() < 5


@given(plays, moments, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_who_answers_later_is_called_no_sooner(play: Play, asked: datetime, later: timedelta) -> None:
    assert due_at(play, asked) <= due_at(play, asked + later)


# The state machine


def legal(play: Play, before: FollowUpStatus, after: FollowUpStatus) -> bool:
    """By the table above. A step of another play, there after a conflict was decided, counts as called."""
    return (play, before if before in STEPS[play] else "called", after) in LEGAL


def test_no_move_leads_to_a_step_of_another_play() -> None:
    for play in PLAYS:
        reached: set[FollowUpStatus] = {"open"}
        for _ in STATES:
            reached |= {after for before in reached for after in STATES if may(play, before, after)}
        assert reached == set(STEPS[play])


@pytest.mark.parametrize("after", STATES)
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("play", PLAYS)
def test_every_pair_of_states_of_every_play(
    play: Play, before: FollowUpStatus, after: FollowUpStatus
) -> None:
    assert may(play, before, after) == legal(play, before, after)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("play", PLAYS)
def test_every_move_from_every_state_of_every_play(play: Play, before: FollowUpStatus, move: str) -> None:
    after, step = MOVES[move]
    start = duty(play, before)
    if legal(play, before, after):
        assert step(start).status == after
        return
    with pytest.raises(RadarError) as refused:
        step(start)
    assert refused.value.hint
    assert start == duty(play, before)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("play", PLAYS)
def test_a_gesture_only_after_the_customer_confirmed(play: Play, status: FollowUpStatus) -> None:
    start = duty(play, status)
    assert steps.may_give(start) == ((play, status) == ("recover", "confirmed"))
    if steps.may_give(start):
        assert steps.given(start, " a day of training ").gesture == "a day of training"
    else:
        with pytest.raises(RadarError, match="after the customer confirmed"):
            steps.given(start, "a day of training")


def test_the_next_step_is_the_one_that_may_come() -> None:
    for play in PLAYS:
        for status in STEPS[play]:
            coming = next_step(play, status)
            assert (coming is None) == (status == "closed")
            assert coming is None or may(play, status, coming)
        with pytest.raises(ValidationError):
            duty(play, "waiting")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_what_needs_words_is_refused_without(text: str) -> None:
    tries: list[tuple[FollowUp, Callable[[FollowUp], FollowUp], str]] = [
        (duty("recover", "called"), lambda row: steps.cause_found(row, text), "A cause needs words."),
        (duty("recover", "confirmed"), lambda row: steps.given(row, text), "A gesture needs words."),
        (duty("recover", "confirmed"), lambda row: steps.closed(row, text, NOW), "Closing needs an outcome."),
        (
            duty("nudge", "called"),
            lambda row: steps.closed(row, text, NOW, "the date"),
            "Closing needs an outcome.",
        ),
        (
            duty("nudge", "called"),
            lambda row: steps.closed(row, "well", NOW, text),
            "What just missed? It is not closed without that.",
        ),
        (
            duty("learn", "called"),
            lambda row: steps.closed(row, "well", NOW, text),
            "What did we do right? It is not closed without that.",
        ),
        (
            duty("learn", "closed"),
            lambda row: steps.reopened(row, text, NOW, DUE),
            "Opening it again needs a reason.",
        ),
    ]
    for start, step, said in tries:
        with pytest.raises(RadarError) as refused:
            step(start)
        assert refused.value.message == said


def test_a_play_is_closed_with_what_it_asked() -> None:
    assert set(ASKS) == set(PLAYS)
    assert to_do("recover", "called") == "find the cause, fix it"
    assert to_do("recover", "confirmed") == "write down the outcome"
    assert to_do("learn", "called") == "note what we did right"
    assert to_do("learn", "fixed") == "note what we did right"
    assert to_do("learn") == to_do("learn", "closed") == "ask what we did right"
    nudge = steps.closed(duty("nudge", "called"), "written up", NOW, " one name ")
    assert (nudge.cause, nudge.outcome, nudge.closed_at) == ("one name", "written up", NOW)
    recover = steps.closed(duty("recover", "confirmed", cause="late"), "in time now", NOW)
    assert (recover.cause, recover.outcome) == ("late", "in time now")


@pytest.mark.parametrize(
    ("play", "status", "move", "hint"),
    [
        ("recover", "open", "fixed", "Call the customer first."),
        ("recover", "called", "fixed", "Find the cause first."),
        ("recover", "cause", "confirmed", "Fix it first."),
        ("recover", "fixed", "called", "The customer confirms first that it is fixed."),
        ("recover", "confirmed", "fixed", "Close it with its outcome."),
        ("nudge", "called", "confirmed", "Close it with its outcome."),
        ("learn", "closed", "called", "It is closed: open it again first."),
    ],
)
def test_a_refused_step_says_which_one_comes_first(
    play: Play, status: FollowUpStatus, move: str, hint: str
) -> None:
    with pytest.raises(RadarError) as refused:
        getattr(steps, move)(duty(play, status))
    assert refused.value.message == f"This follow-up is {status}, it cannot become {move} now."
    assert refused.value.hint == hint


def test_a_recover_keeps_the_cause_that_was_found() -> None:
    found = duty("recover", "confirmed", cause="late")
    assert steps.closed(found, "all is well", NOW, told="something else").cause == "late"


# Opened again


def test_opening_again_keeps_what_was() -> None:
    first = duty(
        "recover", "closed", cause="late", outcome="one name", gesture="training", closed_at=NOW - timedelta(days=9)
    )  # fmt: skip
    again = steps.reopened(first, "late again", NOW, DUE + timedelta(days=1))
    assert (again.status, again.cause, again.gesture, again.closed_at) == ("open", "", "", None)
    assert again.due_at == DUE + timedelta(days=1)
    lines, now = history(again.outcome)
    assert lines == [
        "one name",
        "Closed 24 Nov 2026 · cause: late · gesture: training",
        "Reopened 3 Dec 2026: late again",
    ]
    assert now == ""
    second = again
    for step in (steps.called, MOVES["cause"][1], steps.fixed, steps.confirmed, MOVES["close"][1]):
        second = step(second)
    assert history(second.outcome) == (lines, "all is well")


@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=4))
def test_nothing_written_is_ever_lost(rounds: list[tuple[str, str, str, str]]) -> None:
    row = duty("recover")
    for cause, gesture, outcome, reason in rounds:
        row = steps.confirmed(steps.fixed(steps.cause_found(steps.called(row), cause)))
        row = steps.reopened(steps.closed(steps.given(row, gesture), outcome, NOW), reason, NOW, DUE)
    for words in rounds:
        assert all(text in row.outcome for text in words)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("play", PLAYS)
def test_a_voided_answer_ends_its_duty_wherever_it_stands(play: Play, status: FollowUpStatus) -> None:
    start = duty(play, status) if status == "closed" else duty(play, status, outcome="before")
    ended = steps.voided(start, " wrong person ", NOW)
    if status == "closed":
        assert ended == start
    else:
        assert (ended.status, ended.outcome) == ("closed", "before\nvoided: wrong person")


def test_moments_read_back_from_a_file_compare_as_the_same() -> None:
    row = duty("nudge")
    assert FollowUp.model_validate(row.columns()) == row
    assert FollowUp.model_validate(row.columns()).due_at.astimezone(UTC) == DUE.astimezone(UTC)


@pytest.mark.parametrize(
    "outcome", ["Reopened the warehouse", "Reopened 3 lines", "all well", "all well\nand more"]
)
def test_an_outcome_that_begins_like_a_history_is_one(outcome: str) -> None:
    assert history(outcome) == ([], outcome)
    earlier = "all is well\nClosed 3 Dec 2026 · cause: slow\nReopened 4 Dec 2026: again"
    assert history(f"{earlier}\n{outcome}") == (earlier.split("\n"), outcome)
    twice = f"{earlier}\nClosed 8 Dec 2026\nReopened 9 Dec 2026: once more"
    assert history(f"{twice}\n{outcome}") == (twice.split("\n"), outcome)


@pytest.mark.parametrize("status", STATES)
def test_a_duty_is_handed_over_while_it_is_open(status: FollowUpStatus) -> None:
    start, later = duty("recover", status), DUE + timedelta(days=2)
    if status == "closed":
        with pytest.raises(RadarError, match="is closed"):
            steps.handed(start, "eva", later)
    else:
        ended = steps.handed(start, "eva", later)
        assert ended == start.model_copy(update={"owner_id": "eva", "due_at": later})
