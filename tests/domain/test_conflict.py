"""A conflict as a row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from radar_tui.domain.conflict import (
    Conflict,
    Decision,
    Me,
    Writer,
    all_decisions,
    belongs_to,
    decisions,
    decisions_text,
    nothing_to_decide,
    question_of,
)

NOW = datetime(2026, 12, 3, 9, 42, 7, tzinfo=UTC)


def test_a_conflict_goes_into_the_database_and_comes_back_the_same() -> None:
    conflict = Conflict(
        id="c",
        kind="both changed",
        tbl="item",
        key="w",
        col="model",
        base='""',
        kept='"RX-40"',
        mine='"RX-60"',
        device="d",
        author="Marta",
        entry=7,
        at=NOW,
    )
    assert conflict.columns()["at"] == "2026-12-03T09:42:07.000Z"
    assert conflict.resolution is None
    assert Conflict.model_validate(conflict.columns()) == conflict


@pytest.mark.parametrize("words", [{"kind": "quarrel"}, {"resolution": "ignored"}, {"winner": "me"}])
def test_only_the_kinds_and_resolutions_that_are_known(words: dict[str, str]) -> None:
    known = {"id": "c", "kind": "refused", "tbl": "item", "key": "w", "at": NOW}
    Conflict.model_validate(known)
    with pytest.raises(ValidationError):
        Conflict.model_validate({**known, **words})


def test_what_belongs_together() -> None:
    assert belongs_to("answer", "note") == ("value", "flagged", "note", "answered_at")
    assert belongs_to("customer", "notes") == ("notes",)
    assert question_of("answer", "a", "flagged") == question_of("answer", "a", "value")
    assert question_of("answer", "a", None) == ("answer", "a", ())


@pytest.mark.parametrize(
    ("one", "other", "added", "nothing"),
    [
        (("visit", "completed_at"), ("2026-12-07T14:05:01.000Z", "2026-12-07T14:05:59.000Z"), False, True),
        (("visit", "completed_at"), ("2026-12-07T14:05:01.000Z", "2026-12-07T14:06:01.000Z"), False, False),
        (("visit", "completed_at"), ("2026-12-07T14:05:01.000Z", "2026-12-07T14:06:01.000Z"), True, True),
        (("answer", "answered_at"), ("2026-12-07T14:05:01.000Z", "2027-01-07T14:06:01.000Z"), False, True),
        (("customer", "archived_at"), (None, "2026-12-07T14:05:01.000Z"), True, False),
        (("customer", "notes"), ("same", "same"), False, True),
        (("customer", "notes"), ("one", "other"), True, False),
    ],
)
def test_what_nobody_can_decide(
    one: tuple[str, str], other: tuple[object, object], added: bool, nothing: bool
) -> None:
    assert nothing_to_decide(*one, *other, added=added) is nothing
    assert nothing_to_decide(*one, *other[::-1], added=added) is nothing


@pytest.mark.parametrize("text", [None, "", "{", "[1]", '"x"', '{"author": 3, "strange": []}', "[" * 9999])
def test_whoever_wrote_is_read_whatever_stands_there(text: str | None) -> None:
    assert Writer.of_text(text)._replace(author="") == Writer()
    assert decisions(text) == ()


def test_writers_and_decisions_come_back_as_they_were_kept() -> None:
    writer = Writer("Anna", "d", "anna", "1", "2", "3")
    assert Writer.of_text(writer.as_text()) == writer
    one, other = Decision("Anna", "anna", "1", "took mine"), Decision("Bruno", "bruno", "2", "kept theirs")
    first, second = decisions_text((one,)), decisions_text((other,))
    assert decisions(str(all_decisions(first, second))) == (one, other)
    assert all_decisions(first, first) == first
    assert all_decisions(None, first) == all_decisions(first, None) == first


def test_mine_is_of_the_laptop_or_of_the_person() -> None:
    me = Me("d", "anna")
    assert me.wrote([Writer("Whoever", "d", "")])
    assert me.wrote([Writer("Whoever", "other", "anna")])
    assert not me.wrote([Writer("Anna", "other", "bruno")])
    assert not Me("", "").wrote([Writer("", "", "")])
