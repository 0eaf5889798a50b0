"""What a sync leaves for the screens to know: whether rows here were changed by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.customer import Customer
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining

if TYPE_CHECKING:
    from pathlib import Path


def test_only_what_others_changed_here_is_noted_as_taken(tmp_path: Path) -> None:
    hub = str(tmp_path / "hub")
    with Store.open(tmp_path / "a.db") as one, Store.open(tmp_path / "b.db") as two:
        aurora = one.customer.save(Customer(id="aurora", name="Aurora"))
        joining.create(one, hub)
        assert one.local.get("sync_taken") == ""
        joining.join(two, hub)
        assert two.local.get("sync_taken") == "1"
        two.customer.save(aurora.model_copy(update={"notes": "two"}))
        engine.sync(two)
        assert two.local.get("sync_taken") == "1", "it only sent"
        one.customer.save(aurora.model_copy(update={"notes": "two"}))
        engine.sync(one)
        assert one.local.get("sync_taken") == "", "what came stood here already"
        two.customer.save(aurora.model_copy(update={"notes": "three"}))
        engine.sync(two)
        engine.sync(one)
        assert one.local.get("sync_taken") == "3"
        joining.leave(one)
        assert one.local.get("sync_taken") == ""
