"""The day of a visit."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial

from radar_tui.domain.visit import Answer, Visit
from tests.fresh import NOW

VISIT = partial(Visit, id="v", checklist_id="k")


def test_a_visit_is_on_the_day_it_began_where_the_brm_is() -> None:
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)
    assert VISIT(started_at=late, planned_on=date(2026, 11, 30)).day(NOW) == date(2026, 12, 2)
    assert VISIT(planned_on=date(2026, 12, 8)).day(NOW) == date(2026, 12, 8)
    assert VISIT().day(NOW) == NOW.date()


def test_an_answer_is_not_flagged_by_itself() -> None:
    assert Answer(id="a", visit_id="v", question="q", answered_at=NOW).flagged is False
