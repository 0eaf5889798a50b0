"""The schema, as append-only migrations. Each runs in one transaction with the record of it.

A released migration is a file of frozen SQL beside this one, never edited: add another one. Columns are only ever
appended to a table, because a changeset addresses columns by position. A migration never changes rows of a synced
table: laptops that join later play the log from its first entry and would not have that change.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

SET = "radar"


def _released(name: str) -> Callable[[Database], None]:
    """The migration that runs the statements of `name`.sql; a blank line stands between two of them."""

    def step(db: Database) -> None:
        for statement in Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8").split("\n\n"):
            db.execute(statement)

    step.__name__ = name
    return step


NAMES: tuple[str, ...] = (
    "first_schema",
    "track_changes",
    "count_quarters",
    "note_what_to_search",
    "note_what_is_gone",
    "tell_unreadable_rows_apart",
    "keep_the_visit_day",
    "say_it_in_their_language",
    "leave_a_visit",
    "note_who_edited_when",
    "mark_what_is_ours",
    "keep_the_day_of_a_decision",
    "set_for_the_team",
    "keep_the_measures_of_a_kind",
    "find_what_a_card_is_made_of",
)
ALL: tuple[Callable[[Database], None], ...] = tuple(map(_released, NAMES))


def migrations(first: int | None = None) -> Migrations:
    """The set that sqlite-utils applies, or only the `first` of them; imported only when something is pending."""
    from sqlite_utils import Migrations

    known = Migrations(SET)
    for step in ALL[:first]:
        known()(step)
    return known
