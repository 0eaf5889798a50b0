"""What the rows of every noun have in common: reading them as models and saving them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from pydantic import ValidationError

from radar_tui.domain.row import Row
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from radar_tui.store.connection import Connection

    Parameters = Sequence[object] | Mapping[str, object]

R = TypeVar("R", bound=Row)


class Table(Generic[R]):
    """One table of `model` rows. A subclass names both and adds the noun's own questions."""

    name: ClassVar[str]
    model: type[R]

    def __init__(self, db: Connection) -> None:
        self.db = db

    def find(self, id: str | None) -> R | None:
        """The row with this id, if there is one."""
        return self.first("id = ?", [id])

    def first(self, condition: str, parameters: Parameters = (), order: str = "rowid") -> R | None:
        """The first row under a SQL condition, if there is any."""
        found = self.where(condition, parameters, f"{order} LIMIT 1")
        return found[0] if found else None

    def get(self, id: str) -> R:
        """The row with this id; raises RadarError if it is gone."""
        if (row := self.find(id)) is None:
            raise RadarError(
                f"This {self.name.replace('_', ' ')} is no longer there.", "Go back and look again."
            )
        return row

    def where(
        self,
        condition: str = "1",
        parameters: Parameters = (),
        order: str = "rowid",
    ) -> list[R]:
        """Rows under a SQL condition. Raises RadarError if one holds what its model refuses."""
        columns = ", ".join(self.model.model_fields)
        sql = f"SELECT {columns} FROM {self.name} WHERE {condition} ORDER BY {order}"  # noqa: S608 -- our own words only
        return [self._read(dict(row)) for row in self.db.rows(sql, parameters)]

    def _read(self, columns: dict[str, object]) -> R:
        try:
            return self.model.model_validate(columns)
        except ValidationError as error:
            # Only another program can have written that; every row of ours went through its model.
            raise RadarError(
                f"A {self.name.replace('_', ' ')} in this file cannot be read.", "`radar check` names it."
            ) from error

    def save(self, row: R) -> R:
        """Insert the row or change the one with its id; durable on return."""
        self.save_all([row])
        return row

    def change(self, before: R | None, after: R) -> R:
        """Save what differs between `before` and `after`, and nothing else: what another Radar changed in between
        stays. Without `before` it is a new row. Raises RadarError if the row is gone."""
        if before is None:
            return self.save(after)
        changes = {name: value for name, value in after if value != getattr(before, name)}
        with self.db.transaction():
            return self.save(self.get(before.id).model_copy(update=changes))

    def change_back(self, before: R, after: R) -> None:
        """Undo one change, and nothing that was changed beside it. Raises RadarError, with nothing changed, if what it
        changed was changed again since, or if the row is gone."""
        with self.db.transaction():
            now = self.get(before.id)
            if any(getattr(now, name) != value for name, value in after if value != getattr(before, name)):
                raise RadarError(
                    f"This {self.name.replace('_', ' ')} has moved on since.", "Nothing was taken back."
                )
            self.change(after, before)

    def save_all(self, rows: Iterable[R]) -> None:
        """Save several rows, all or none."""
        columns = list(self.model.model_fields)
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
        sql = (
            f"INSERT INTO main.{self.name} ({', '.join(columns)}) VALUES ({', '.join(':' + c for c in columns)}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {changes}"
        )
        with self.db.transaction() as connection:
            for row in rows:
                connection.execute(sql, row.columns())

    def mark(self, id: str, ours: bool | None) -> None:
        """Say whether customers read nothing of a row (domain/room.py); None: nobody has said."""
        with self.db.transaction() as connection:
            connection.execute(f"UPDATE main.{self.name} SET ours = ? WHERE id = ?", [ours, id])  # noqa: S608

    def delete(self, id: str) -> None:
        """Only for an answer taken back, or what followed from it; everything else is archived."""
        with self.db.transaction() as connection:
            connection.execute(f"DELETE FROM main.{self.name} WHERE id = ?", [id])  # noqa: S608
