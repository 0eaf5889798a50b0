"""A conflict as a row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from radar_tui.domain.conflict import Conflict

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
