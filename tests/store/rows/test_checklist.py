"""A visit keeps the checklist it began with, whatever happens to the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.checklists.loader import shipped
from radar_tui.domain.checklist import Checklist
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.checklist import definition_of

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store


def checklist(version: int = 1, ask: Any = "Is it done?", key: str = "mine") -> Checklist:
    asked = {
        "key": "done",
        "ask": ask,
        "type": "choice",
        "options": {"z": "Last", "a": {"en": "First", "it": "Primo"}},
    }
    step = {"key": "before", "kind": "questions", "title": "Before", "questions": [asked]}
    return Checklist.model_validate({"key": key, "version": version, "title": "Mine", "steps": [step]})


def test_a_checklist_is_copied_on_first_use_and_only_then(store: Store) -> None:
    id = store.checklist.pin(checklist())
    assert id == fact_id("checklist", "mine", "1")
    assert store.checklist.pin(checklist()) == id
    assert [(row.key, row.version, row.title) for row in store.checklist.where()] == [("mine", 1, "Mine")]


def test_an_old_visit_reads_as_it_was(store: Store) -> None:
    visit = store.visit.start(None, store.checklist.pin(checklist()), None, occasion="self-check")
    store.checklist.pin(checklist(2, "Is all of it done?"))
    with store.again() as other:
        read = other.checklist.of_visit(visit)
    assert read.model_dump() == checklist().model_dump()
    assert list(read.steps[0].questions[0].options) == ["z", "a"]
    assert read.steps[0].questions[0].options["a"].within("it") == "Primo"


def test_other_words_under_the_same_version_are_refused(store: Store) -> None:
    store.checklist.pin(checklist())
    with pytest.raises(RadarError) as refused:
        store.checklist.pin(checklist(ask="Is all of it done?"))
    assert "“Mine” has changed, but its version is still 1" in refused.value.message
    assert refused.value.hint.startswith("Write version = 2 into its file")
    assert store.checklist.of_id(fact_id("checklist", "mine", "1")).steps[0].questions[0].ask == "Is it done?"


def test_another_translation_is_other_words_too(store: Store) -> None:
    store.checklist.pin(checklist())
    with pytest.raises(RadarError):
        store.checklist.pin(checklist(ask={"en": "Is it done?", "it": "È fatto?"}))


@pytest.mark.parametrize("one", shipped(), ids=lambda one: str(one.key))
def test_every_shipped_checklist_comes_back_whole(store: Store, one: Checklist) -> None:
    read = store.checklist.of_id(store.checklist.pin(one))
    assert read == one
    assert definition_of(read) == definition_of(one)


def test_a_definition_that_a_sync_replaced_is_read_anew(store: Store) -> None:
    id = store.checklist.pin(checklist())
    assert store.checklist.of_id(id).steps[0].questions[0].ask == "Is it done?"
    with store.transaction() as connection:
        connection.execute(
            "UPDATE checklist SET definition = ? WHERE id = ?", [definition_of(checklist(ask="New?")), id]
        )
    assert store.checklist.of_id(id).steps[0].questions[0].ask == "New?"


def test_a_definition_of_a_newer_radar_is_refused_in_words(store: Store) -> None:
    id = store.checklist.pin(checklist())
    with store.transaction() as connection:
        connection.execute("""UPDATE checklist SET definition = '{"colour": 1}' WHERE id = ?""", [id])
    with pytest.raises(RadarError, match="was made by a newer Radar"):
        store.checklist.of_id(id)
    with pytest.raises(RadarError, match="not in the database"):
        store.checklist.of_id("gone")


def test_the_current_one_is_the_newest_that_can_be_read(store: Store, tmp_path: Path) -> None:
    assert store.checklist.current("service") == next(one for one in shipped() if one.key == "service")
    with pytest.raises(RadarError, match="There is no checklist “mine”"):
        store.checklist.current("mine")
    store.checklist.pin(checklist(2))
    store.checklist.pin(checklist(3))
    assert store.checklist.current("mine").version == 3
    newer = store.checklist.pin(checklist(4))
    with store.transaction() as connection:
        connection.execute("UPDATE checklist SET definition = '{}' WHERE id = ?", [newer])
    assert store.checklist.current("mine").version == 3
    (tmp_path / "mine.toml").write_text(
        'key = "mine"\nversion = 9\ntitle = "Mine"\n[[steps]]\nkey = "s"\nkind = "summary"\ntitle = "S"\n'
    )
    assert store.checklist.current("mine", tmp_path).version == 9
    assert [one.key for one in store.checklist.available(tmp_path)][-1] == "mine"
