"""What Radar asks of a bucket, asked of Azurite and of an S3 server, from single objects to laptops that meet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from radar_tui.sync.audit import verify
from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.stores import HubUnreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


def test_founding_leaves_nothing(hub: str) -> None:
    store = open_store(hub)
    store.probe()
    assert store.names("log") == []
    assert store.get("hub.json") is None


def test_the_first_stands(hub: str) -> None:
    store = open_store(hub)
    assert store.create("log/0000000001", b"mine")
    assert not open_store(hub).create("log/0000000001", b"theirs")
    assert store.create("log/0000000001", b"mine")
    assert store.get("log/0000000001") == b"mine"


def test_a_large_snapshot(hub: str) -> None:
    store, data = open_store(hub), os.urandom(1 << 20) * 60
    assert store.create("snapshot/0000000200", data)
    assert not store.create("snapshot/0000000200", data[1:])
    assert store.get("snapshot/0000000200") == data


def test_names_over_more_than_a_page(hub: str) -> None:
    store = open_store(hub)
    for number in range(1, 1_102):
        assert store.create(f"log/{number:010}", b"x")
    assert len(store.names("log")) == 1_101
    assert store.names("log", "0000001099") == ["0000001100", "0000001101"]
    assert store.names("log", "0000001101") == []
    assert store.names("snapshot") == []


def test_outboxes(hub: str) -> None:
    store = open_store(hub)
    store.create("outbox/D1/0000000001", b"x")
    store.create("outbox/D2/0000000001", b"x")
    assert store.names("outbox") == ["D1", "D2"]
    store.remove("outbox/D1/0000000001")
    store.remove("outbox/D1/0000000001")
    assert store.names("outbox/D1") == []


def test_a_bucket_that_is_not_there(hub: str) -> None:
    store = open_store(hub.replace("//radar/", "//nowhere/"))
    uses: tuple[Callable[[], object], ...] = (
        store.probe,
        lambda: store.get("hub.json"),
        lambda: store.names("log"),
        lambda: store.create("hub.json", b"x"),
    )
    for use in uses:
        with pytest.raises(HubUnreachable, match="is not there"):
            use()


def test_a_wrong_key(azure_hub: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "QUFB" * 22)
    with pytest.raises(HubUnreachable, match=r"credentials|does not let you") as refused:
        open_store(azure_hub).get("hub.json")
    assert "QUFB" not in str(refused.value)


def test_laptops_meet(hub: str, tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Found, join, edit on both sides, sync: both have both, and the chain is whole."""
    with (
        Store.open(tmp_path / "a.db", clock=clock) as marta,
        Store.open(tmp_path / "b.db", clock=clock) as paolo,
    ):
        marta.customer.save(Customer(id=(aurora := new_id()), name="Aurora Tissue"))
        joining.create(marta, hub)
        joining.join(paolo, hub)
        marta.customer.save(marta.customer.get(aurora).model_copy(update={"notes": "by Marta"}))
        paolo.customer.save(paolo.customer.get(aurora).model_copy(update={"city": "Lucca"}))
        paolo.customer.save(Customer(id=new_id(), name="Borealis Paper"))
        for laptop in (marta, paolo, marta):
            engine.sync(laptop)
        for laptop in (marta, paolo):
            assert [(row.name, row.notes, row.city) for row in laptop.customer.where(order="name")] == [
                ("Aurora Tissue", "by Marta", "Lucca"),
                ("Borealis Paper", "", ""),
            ]
            assert verify(laptop, full=True) == []
