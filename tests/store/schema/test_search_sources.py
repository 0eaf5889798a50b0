"""What is searched and what the triggers note are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.rows.models import row_models
from radar_tui.store.schema.search_sources import SOURCES

if TYPE_CHECKING:
    from radar_tui.store.store import Store

# A code, a step or a question by its key, or what a whole list has in common.
NOT_SEARCHED = {
    "customer.country", "customer.currency", "contact.language", "colleague.phone", "visit.current_step",
    "answer.question", "opportunity.currency", "response.void_reason", "ticket.category", "part.currency",
    "part.model", "action.translations", "part.translations", "promise.translations", "response.asked",
}  # fmt: skip


def test_every_text_is_searched_or_said_not_to_be() -> None:
    texts = {
        f"{table}.{name}"
        for table in SOURCES
        for name, field in row_models()[table].model_fields.items()
        if field.annotation is str and name != "id" and not name.endswith("_id")
    }
    searched = {f"{table}.{column}" for table, source in SOURCES.items() for column in source.columns}
    assert texts - searched == NOT_SEARCHED


def test_the_triggers_note_what_is_searched(store: Store) -> None:
    """If this fails, a migration has to make the triggers of the new source."""
    there = {
        row["name"]: row["sql"]
        for row in store.rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'search_*'"
        )
    }
    assert set(there) == {
        f"search_{table}_{how}" for table in SOURCES for how in ("added", "changed", "gone")
    }
    for table, source in SOURCES.items():
        of = ", ".join(source.columns)
        assert f"AFTER UPDATE OF {of} ON {table}\n" in there[f"search_{table}_changed"]
        for column in source.columns:
            assert f"NEW.{column} <> ''" in there[f"search_{table}_added"]
