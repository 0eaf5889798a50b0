"""Counterpart pairs as rows, and who has met whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from radar_tui.domain.relationship import Counterpart, Link
from radar_tui.store.ids import fact_id
from radar_tui.store.pairs import MET_BY
from radar_tui.store.reading import local_day, stored_day
from radar_tui.store.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.action import Action

_LINKS = """
SELECT c.id, c.name, c.function, c.left_on, o.id, coalesce(o.name, ''), coalesce(o.function, ''), o.left_on, k.met_on
FROM contact c LEFT JOIN counterpart k ON k.contact_id = c.id LEFT JOIN colleague o ON o.id = k.colleague_id
WHERE c.customer_id = ? ORDER BY c.name, c.id, k.id"""


class Introduction(NamedTuple):
    """What proposing an introduction wrote, and what takes it back: the pair if it is new, the action before."""

    action: Action
    before: Action | None
    new_pair: Counterpart | None


def introduction_id(contact_id: str, colleague_id: str) -> str:
    """The action that introduces the two: agreed on two laptops it is one."""
    return fact_id("introduction", contact_id, colleague_id)


class Counterparts(Table[Counterpart]):
    """The `counterpart` table."""

    name = "counterpart"
    model = Counterpart

    def links(self, customer_id: str) -> list[Link]:
        """Every contact of a customer with each colleague they are paired with."""
        return [
            Link(
                contact_id=row[0],
                contact=row[1],
                function=row[2],
                left_on=stored_day(row[3]),
                colleague_id=row[4],
                colleague=row[5],
                our_function=row[6],
                colleague_left_on=stored_day(row[7]),
                met_on=stored_day(row[8]),
            )
            for row in self.store.rows(_LINKS, [customer_id])
        ]

    def of(self, contact_id: str) -> list[Counterpart]:
        """The pairs of one contact, the oldest first."""
        return self.where("contact_id = ?", [contact_id], "id")

    def met(self, pairs: Sequence[Counterpart], day: date) -> None:
        """These pairs met on a day; one that met later already keeps its day."""
        self.save_all(
            pair.model_copy(update={"met_on": day})
            for pair in pairs
            if pair.met_on is None or pair.met_on < day
        )

    def unmet(self, pair: Counterpart, visit_id: str) -> Counterpart:
        """The pair as it stands without one visit: met when the colleague last saw the contact on another one."""
        row = self.store.row(MET_BY, [pair.contact_id, pair.colleague_id, visit_id])
        return pair.model_copy(update={"met_on": local_day(row[0])})

    def introduce(self, action: Action, contact_id: str, colleague_id: str) -> Introduction:
        """Agree to introduce two people, one action a pair: proposed again it is the same one, open again."""
        id = introduction_id(contact_id, colleague_id)
        pair = None
        with self.store.transaction():
            before = self.store.action.find(id)
            known = self.where("contact_id = ? AND colleague_id = ?", [contact_id, colleague_id])
            if not known:
                pair = self.save(
                    Counterpart(
                        id=fact_id("counterpart", contact_id, colleague_id),
                        contact_id=contact_id,
                        colleague_id=colleague_id,
                    )
                )
            after = self.store.action.save(action.model_copy(update={"id": id}))
        return Introduction(after, before, pair)

    def put_back(self, made: Introduction) -> None:
        """Undo `introduce`."""
        with self.store.transaction():
            if made.before is not None:
                self.store.action.save(made.before)
            else:
                self.store.action.delete(made.action.id)
            if made.new_pair is not None:
                self.delete(made.new_pair.id)
