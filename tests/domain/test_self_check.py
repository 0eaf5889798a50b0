"""Do business with yourself: when it is due, what it came to."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.domain.self_check import due_on, result

TODAY = date(2026, 12, 3)


def test_it_is_due_so_many_days_after_the_last_one_and_at_once_if_never_done() -> None:
    assert due_on(date(2026, 11, 3), 30, TODAY) == TODAY
    assert due_on(None, 30, TODAY) == TODAY


def test_what_it_came_to() -> None:
    found = result(
        {
            "call_score": "6", "order_score": "9", "call_minutes": "12", "order_minutes": "4.5",
            "call_felt": "bother", "order_felt": "bother", "quote_felt": "served",
            "call_problems": '["menu", "waiting"]',
            "order_problems": "[]",
        }
    )  # fmt: skip
    assert found.scores == {"call": 6, "order": 9}
    assert (found.score, found.minutes, found.felt, len(found.wrong)) == (7.5, 16.5, ("bother", "served"), 2)


def test_nothing_answered() -> None:
    assert result({}) == ({}, None, (), ())
    assert result({}).score is None


def test_only_a_number_of_nine_digits_at_most_counts() -> None:
    given = {"a_minutes": "123456789", "b_minutes": "1234567890", "c_minutes": "1.2.3", "a_score": "4.5"}
    assert result(given) == ({}, 123_456_789, (), ())


@settings(max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from(["a_score", "a_minutes", "a_felt", "a_problems", "x"]), st.text(max_size=8)
    )
)
def test_no_words_of_a_checklist_break_it(answers: dict[str, str]) -> None:
    assert len(result(answers).wrong) >= 0
