"""Checklists as they were when a visit first used them, so that an old visit reads as it was."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import ValidationError

from radar_tui.checklists.loader import library
from radar_tui.domain.checklist import Checklist, StoredChecklist
from radar_tui.errors import RadarError
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.domain.visit import Visit


class Checklists(Table[StoredChecklist]):
    """The `checklist` table: one row a key and version, never changed."""

    name = "checklist"
    model = StoredChecklist

    def pin(self, checklist: Checklist) -> str:
        """The id of a checklist's row, which is made on first use.

        Raises RadarError if visits already use another definition under the same key and version.
        """
        id = fact_id("checklist", checklist.key, str(checklist.version))
        definition = definition_of(checklist)
        with self.db.transaction():
            known = self.find(id)
            if known is None:
                self.save(
                    StoredChecklist(
                        id=id,
                        key=checklist.key,
                        version=checklist.version,
                        title=str(checklist.title),
                        definition=definition,
                    )
                )
            elif known.definition != definition:
                raise RadarError(
                    f"The checklist “{checklist.title}” has changed, but its version is still {checklist.version}.",
                    f"Write version = {checklist.version + 1} into its file; earlier visits keep what they had.",
                )
        return id

    def of_visit(self, visit: Visit) -> Checklist:
        """The checklist that a visit began with; raises RadarError if only a newer Radar can read it."""
        return self.of_id(visit.checklist_id)

    def of_id(self, id: str) -> Checklist:
        """The checklist of one row; raises RadarError if it is gone or only a newer Radar can read it."""
        row = self.db.row("SELECT title, definition FROM checklist WHERE id = ?", [id])
        if row is None:
            raise RadarError("The checklist of this visit is not in the database.", "A sync may bring it.")
        try:
            return _parsed(row["definition"])
        except (ValidationError, ValueError, RecursionError) as error:
            raise RadarError(
                f"The checklist “{row['title']}” was made by a newer Radar and cannot be read by this one.",
                "Install the newest Radar: pip install --upgrade radar-tui",
            ) from error

    def current(self, key: str, user_folder: Path | None = None) -> Checklist:
        """The newest version of a checklist: shipped, in the user's folder, or used on a visit before.

        Raises RadarError if there is none.
        """
        for checklist in self.available(user_folder):
            if checklist.key == key:
                return checklist
        raise RadarError(f"There is no checklist “{key}”.", "`radar checklists` lists those there are.")

    def available(self, user_folder: Path | None = None) -> list[Checklist]:
        """The newest version of each checklist that a visit may begin with, the shipped ones first.

        A colleague's own checklist is among them once a sync brought a visit that uses it.
        """
        newest = {checklist.key: checklist for checklist in library(user_folder).checklists}
        for row in self.db.rows("SELECT id, key, version FROM checklist ORDER BY key, version"):
            known = newest.get(row["key"])
            if known is not None and known.version >= row["version"]:
                continue
            try:
                newest[row["key"]] = self.of_id(row["id"])
            except RadarError:
                # Made by a newer Radar: the version before it is the newest that can be used here.
                continue
        return list(newest.values())


@lru_cache(maxsize=64)
def _parsed(definition: str) -> Checklist:
    """By its text, because a sync may bring another one under the same id."""
    return Checklist.model_validate(json.loads(definition))


def definition_of(checklist: Checklist) -> str:
    """A checklist as JSON. What has its default is left out, so that a later default changes no old definition."""
    return json.dumps(checklist.model_dump(mode="json", exclude_defaults=True), ensure_ascii=False)
