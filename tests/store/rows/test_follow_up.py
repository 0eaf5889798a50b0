"""Follow-ups in the file: one step a transaction, from where they stand now; lists of open and closed ones."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain import follow_up as steps
from radar_tui.domain.follow_up import STEPS, FollowUp, may
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.lists import brief
from radar_tui.store.lists import follow_up as follow_up_lists
from radar_tui.store.lists.follow_up import Also, FollowUpLists
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from tests.store.conftest import Plant

SUMMER = timezone(timedelta(hours=2))


def sealed(plant: Plant, score: int, contact: str = "ada", verbatim: str = "") -> str:
    """An answer of today; the id of its follow-up."""
    response = plant.store.response.seal(
        customer_id="aurora", contact_id=contact, visit_id=plant.visit.id, question="recommend", score=score,
        verbatim=verbatim,
    )  # fmt: skip
    return fact_id("follow_up", response.id)


def through(plant: Plant, id: str) -> FollowUp:
    """All steps of its play, one after the other."""
    store = plant.store.follow_up
    store.move(id, steps.called)
    if store.get(id).play == "recover":
        store.move(id, lambda duty: steps.cause_found(duty, "late replies"))
        store.move(id, steps.fixed)
        store.move(id, steps.confirmed)
        store.move(id, lambda duty: steps.given(duty, "training"))
    return store.close(id, "all is well", "one name")[1]


@pytest.mark.parametrize("score", [3, 7, 10])
def test_every_play_goes_its_way_to_the_end_and_again(plant: Plant, score: int) -> None:
    id = sealed(plant, score)
    ended = through(plant, id)
    assert (ended.status, ended.outcome, ended.closed_at) == ("closed", "all is well", plant.store.clock())
    plant.at(plant.store.clock() + timedelta(days=30))
    _, again = plant.store.follow_up.reopen(id, "once more")
    assert (again.status, again.closed_at) == ("open", None)
    assert again.due_at > plant.store.clock()
    twice = through(plant, id)
    assert twice.outcome.startswith("all is well\nClosed 3 Dec 2026 · cause: ")
    assert twice.outcome.endswith("Reopened 2 Jan 2027: once more\nall is well")


def test_a_refused_step_changes_nothing(plant: Plant) -> None:
    id = sealed(plant, 3)
    before = plant.store.follow_up.get(id)
    for step in (steps.fixed, steps.confirmed, lambda duty: steps.given(duty, "a gift")):
        with pytest.raises(RadarError):
            plant.store.follow_up.move(id, step)
    with pytest.raises(RadarError):
        plant.store.follow_up.close(id, "done")
    assert plant.store.follow_up.get(id) == before


def test_a_step_is_taken_from_where_it_stands_now(plant: Plant) -> None:
    """Two laptops' screens on one file: who comes second is told, nothing is skipped or done twice."""
    id = sealed(plant, 3)
    with plant.store.again() as other:
        other.follow_up.move(id, steps.called)
    with pytest.raises(RadarError, match="called"):
        plant.store.follow_up.move(id, steps.called)


def test_nothing_follows_from_a_voided_answer(plant: Plant) -> None:
    id = sealed(plant, 3)
    plant.store.follow_up.move(id, steps.called)
    duty = plant.store.follow_up.get(id)
    plant.store.response.void(duty.response_id, "wrong person")
    assert plant.store.follow_up.get(id).outcome == "voided: wrong person"
    with pytest.raises(RadarError, match="voided"):
        plant.store.follow_up.reopen(id, "again")


def test_one_step_is_taken_back_unless_somebody_went_on(plant: Plant) -> None:
    id = sealed(plant, 3)
    before, after = plant.store.follow_up.move(id, steps.called)
    plant.store.follow_up.change_back(before, after)
    assert plant.store.follow_up.get(id) == before
    before, after = plant.store.follow_up.move(id, steps.called)
    plant.store.follow_up.move(id, lambda duty: steps.cause_found(duty, "late"))
    with pytest.raises(RadarError, match="moved on"):
        plant.store.follow_up.change_back(before, after)
    assert plant.store.follow_up.get(id).status == "cause"


def test_the_play_asks_for_what_is_closed_with(plant: Plant) -> None:
    id = sealed(plant, 8)
    plant.store.follow_up.move(id, steps.called)
    with pytest.raises(RadarError, match="What just missed"):
        plant.store.follow_up.close(id, "written up")


# Due in working time


def test_due_dates_skip_the_holidays_that_are_set(plant: Plant) -> None:
    plant.store.local.save(replace(plant.store.local.settings(), country="IT", call_hours=4))
    plant.at(datetime(2026, 12, 7, 16, 0, tzinfo=timezone(timedelta(hours=1))))
    duty = plant.store.follow_up.get(sealed(plant, 3))
    # The 8th is a holiday in Italy.
    assert duty.due_at == datetime(2026, 12, 9, 11, 0, tzinfo=UTC)


def test_a_due_time_beyond_the_clock_change_keeps_its_hour_on_the_wall(plant: Plant) -> None:
    """The clock of a laptop gives today's offset; the call of the week after is at five there and then."""
    if datetime(2026, 10, 30, 17).astimezone().utcoffset() != timedelta(hours=1):
        pytest.skip("this machine cannot be put in Rome")
    plant.at(datetime(2026, 10, 23, 10, 0, tzinfo=SUMMER))
    nudge = plant.store.follow_up.get(sealed(plant, 8))
    assert nudge.due_at == datetime(2026, 10, 30, 16, 0, tzinfo=UTC)
    plant.at(datetime(2026, 3, 27, 16, 0, tzinfo=timezone(timedelta(hours=1))))
    recover = plant.store.follow_up.get(sealed(plant, 2, "bo"))
    assert recover.due_at == datetime(2026, 3, 30, 14, 0, tzinfo=UTC)


# Lists


def test_closed_ones_and_stories_are_found_by_their_words(plant: Plant) -> None:
    store, lists = plant.store.follow_up, FollowUpLists(plant.store)
    story, nudge = sealed(plant, 10, "ada", "Über alles gut"), sealed(plant, 8, "bo")
    store.move(story, steps.called)
    store.close(story, "told at the round", "We called before they noticed")
    assert lists.closed(play="learn") == [story]
    plant.at(plant.store.clock() + timedelta(days=1))
    store.move(nudge, steps.called)
    store.close(nudge, "new date promised", "The date")
    assert lists.closed() == [nudge, story]
    assert lists.closed("ROUND ada") == [story]
    assert lists.closed("uber") == [story]
    assert lists.closed("noticed", "learn") == [story]
    assert lists.closed("date", "learn") == []
    assert lists.closed("ada", stop=lambda: True) == []
    [row] = lists.page(0, 10, [story])
    assert (row.cause, row.outcome, row.closed_at is not None) == (
        "We called before they noticed",
        "told at the round",
        True,
    )


def test_open_ones_are_found_by_name_and_by_what_was_said(plant: Plant) -> None:
    lists = FollowUpLists(plant.store)
    late, soon = sealed(plant, 3, "ada", "too slow"), sealed(plant, 2, "bo")
    assert lists.open_with("slow") == [late]
    assert lists.open_with("aurora bo") == [soon]
    assert set(lists.open_with("")) == {late, soon}
    assert [row.id for row in lists.page(0, 9, [soon])] == [soon]
    assert lists.one(soon) == lists.page(0, 9, [soon])[0]
    assert lists.one("gone") is None


def test_a_search_looks_at_every_piece(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [sealed(plant, 3, contact, f"word {contact}") for contact in ("ada", "bo", "cy")]
    monkeypatch.setattr(follow_up_lists, "_PIECE", 1)
    monkeypatch.setattr(
        follow_up_lists, "_SEARCHED", follow_up_lists._SEARCHED.replace("LIMIT 4000", "LIMIT 1")
    )
    lists = FollowUpLists(plant.store)
    assert sorted(lists.open_with("word")) == sorted(ids)
    assert lists.open_with("word cy") == [ids[2]]


def test_voided_ones_are_in_no_list(plant: Plant) -> None:
    lists, id = FollowUpLists(plant.store), sealed(plant, 3)
    plant.store.response.void(plant.store.follow_up.get(id).response_id, "wrong")
    assert (lists.closed(), lists.open_with(""), lists.counts("2027")) == ([], [], (0, 0))


def test_both_answers_of_a_day_know_of_each_other(plant: Plant) -> None:
    id = sealed(plant, 3)
    assert FollowUpLists(plant.store).also(id) == []
    plant.store.response.seal(
        customer_id="aurora", contact_id="ada", visit_id=plant.visit.id, question="retain", score=8
    )
    assert FollowUpLists(plant.store).also(id) == [Also("retain", 8, "nudge", "open")]


# Where else it shows


def test_a_call_to_somebody_unhappy_is_the_first_reason_to_visit(plant: Plant) -> None:
    store, id = plant.store, sealed(plant, 3, verbatim="too slow")
    plant.at(store.clock() + timedelta(days=4))
    today = store.clock().date()

    def why() -> str:
        return said()[0]

    def said() -> list[str]:
        """Beside the visit that is under way."""
        return [each.text for each in store.radar.page(today)[0].reasons if each.kind != "in_progress"]

    assert said()[:2] == ["Unhappy, call Ada", "Call overdue: Ada"]
    [loop] = [line for line in brief.lines(brief.brief(store, "aurora", today)) if "recover Ada" in line]
    assert "!! recover Ada" in loop
    store.follow_up.move(id, steps.called)
    # Called: what is worn at the customer's counts again.
    assert why() == "4 items to report"
    assert store.radar.page(today)[0].open == 1
    store.response.void(store.follow_up.get(id).response_id, "wrong person")
    assert store.radar.page(today)[0].open == 0


def test_any_late_call_comes_before_what_is_worn(plant: Plant) -> None:
    store = plant.store
    sealed(plant, 8)
    plant.at(store.clock() + timedelta(days=20))
    reasons = [each.text for each in store.radar.page(store.clock().date())[0].reasons]
    assert reasons.index("Call overdue: Ada") < reasons.index("4 items to report")


# Killed

GOING = """
import sys
from pathlib import Path
from radar_tui.domain import follow_up as steps
from radar_tui.store.store import Store
store = Store.open(Path(sys.argv[1]))
id = sys.argv[2]
row = store.follow_up
while True:
    for step in (
        lambda: row.move(id, steps.called),
        lambda: row.move(id, lambda duty: steps.cause_found(duty, "late")),
        lambda: row.move(id, steps.fixed),
        lambda: row.move(id, steps.confirmed),
        lambda: row.move(id, lambda duty: steps.given(duty, "training")),
        lambda: row.close(id, "well"),
        lambda: row.reopen(id, "again"),
    ):
        _, after = step()
        print(after.status, after.outcome.count("Reopened"), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_what_was_said_to_be_saved_is_there(plant: Plant, seed: int) -> None:
    id, path = sealed(plant, 3), plant.store.path
    plant.store.close()
    process = subprocess.Popen(
        [sys.executable, "-c", GOING, str(path), id], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.01, 0.3))
    process.send_signal(signal.SIGKILL)
    said = process.stdout.read().split("\n")[:-1]  # the last one may have been cut
    process.wait()
    process.stdout.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store.open(path) as store:
        stands = store.follow_up.get(id)
    assert stands.status in STEPS["recover"]
    if said:
        status, times = said[-1].split()
        # What was printed last, or the step after it: committed, and killed before it could be said.
        now = stands.outcome.count("Reopened")
        assert (stands.status, now) == (status, int(times)) or may("recover", status, stands.status)  # type: ignore[arg-type]
    assert (stands.status == "closed") == (stands.closed_at is not None)
    assert not stands.gesture or stands.status in ("confirmed", "closed")


def test_the_lists_read_the_day_of_the_answer(plant: Plant) -> None:
    id = sealed(plant, 3)
    row = FollowUpLists(plant.store).one(id)
    assert row is not None
    assert row.asked_on == plant.store.clock().date()
