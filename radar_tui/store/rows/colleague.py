"""Colleagues as rows, and which of them the BRM is."""

from __future__ import annotations

from radar_tui.domain.relationship import Colleague
from radar_tui.domain.text import fold
from radar_tui.store.facts.people import THERE
from radar_tui.store.rows.table import Table
from radar_tui.store.schema.touched import SYNCED


class Colleagues(Table[Colleague]):
    """The `colleague` table."""

    name = "colleague"
    model = Colleague

    def here(self) -> list[Colleague]:
        """Everybody who has not left by today, by name."""
        today = {"today": self.db.clock().date().isoformat()}
        return self.where(THERE.format(person="colleague", day="today"), today, "name COLLATE NOCASE, id")

    def owners(self) -> list[Colleague]:
        """Everybody who is here or has customers, by name."""
        wanted = {row[0] for row in self.db.rows("SELECT DISTINCT owner_id FROM customer")}
        wanted |= {row.id for row in self.here()}
        return [row for row in self.where(order="name COLLATE NOCASE, id") if row.id in wanted]

    def namesake(self, name: str, but: str = "") -> Colleague | None:
        """The one colleague of that name besides `but`; None if there are several."""
        found = [row for row in self.here() if row.id != but and _same(row.name, name)]
        return found[0] if len(found) == 1 else None

    def introduced(self, who: str, name: str, before: str) -> str:
        """The id of the BRM who says to be `who` ("": somebody not in the list, called `name`) and was `before`.

        Whoever has the name of a colleague is that colleague; a row that only stood for them until then goes. Raises
        RadarError if `who` is gone.
        """
        from radar_tui.store.ids import new_id

        own = self.find(before)
        with self.db.transaction():
            if who and who != before:
                chosen = self.get(who)
                if own is not None and _same(own.name, chosen.name):
                    self._replace(own.id, chosen.id)
                return chosen.id
            if own is not None:
                return self.change(own, own.model_copy(update={"name": name or own.name})).id
            known = self.namesake(name)
            new = Colleague(id=new_id(), name=name, function="relationship", direct_contact=True)
            return (known or self.save(new)).id

    def _replace(self, old: str, new: str) -> None:
        """Whatever refers to `old` refers to `new`, and `old` is gone."""
        with self.db.transaction() as connection:
            for table in SYNCED:
                for key in self.db.rows(f"PRAGMA main.foreign_key_list({table})"):
                    if key["table"] == self.name:
                        column = key["from"]
                        connection.execute(
                            f"UPDATE main.{table} SET {column} = ? WHERE {column} = ?",  # noqa: S608 -- the schema's own words
                            [new, old],
                        )
            self.delete(old)


def _same(one: str, other: str) -> bool:
    return fold(one).split() == fold(other).split()
