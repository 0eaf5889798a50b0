"""Two laptops with one hub, and enough on both that much can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.store.store import Store
from radar_tui.sync import joining
from tests.fresh import NOW, fresh

if TYPE_CHECKING:
    from pathlib import Path

EIGHT = tuple(f"c{number}" for number in range(8))
"""Customers with 336 rows of the 505."""


class Pair:
    """Two laptops with one hub: 12 customers, each with a visit and 40 contacts."""

    def __init__(self, folder: Path) -> None:
        self.hub = str(folder / "hub")
        for name in ("one", "two"):
            (folder / name).mkdir(parents=True)
        self.one = Store.open(fresh(folder / "one" / "radar.db"), clock=lambda: NOW)
        self.two = Store.open(fresh(folder / "two" / "radar.db"), clock=lambda: NOW)
        with self.one.transaction() as connection:
            connection.execute(
                "INSERT INTO checklist (id, key, version, title, definition) VALUES ('c', 'k', 1, 't', '{}')"
            )
            for number in range(12):
                name = f"Customer {number:02}"
                connection.execute("INSERT INTO customer (id, name) VALUES (?, ?)", [f"c{number}", name])
                connection.execute(
                    "INSERT INTO visit (id, customer_id, checklist_id) VALUES (?, ?, 'c')",
                    [f"v{number}", f"c{number}"],
                )
                for contact in range(40):
                    connection.execute(
                        "INSERT INTO contact (id, customer_id, name) VALUES (?, ?, ?)",
                        [f"p{number}-{contact:02}", f"c{number}", f"Person {contact}"],
                    )
        joining.create(self.one, self.hub)
        joining.join(self.two, self.hub)

    def delete(self, store: Store, *customers: str) -> None:
        """All that is known of customers."""
        with store.transaction() as connection:
            for id in customers:
                connection.execute("DELETE FROM contact WHERE customer_id = ?", [id])
                connection.execute("DELETE FROM visit WHERE customer_id = ?", [id])
                connection.execute("DELETE FROM customer WHERE id = ?", [id])

    def close(self) -> None:
        self.one.close()
        self.two.close()


def count(store: Store, table: str) -> int:
    return int(store.row(f"SELECT count(*) FROM {table}")[0])
