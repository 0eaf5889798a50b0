"""What Radar writes for its user is readable by nobody else, whatever the umask lets."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from radar_tui import paths
from radar_tui.domain.customer import Contact, Customer
from radar_tui.files import keep_private
from radar_tui.store.store import Store
from radar_tui.sync import engine, joining
from tests.hostile import command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and file.stat().st_mode & 0o077]


def test_every_file_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    path = folder / "radar.db"
    monkeypatch.setattr(paths, "user_headings", lambda: tmp_path / "imports.toml")
    with Store.open(path) as store:
        store.customer.save(Customer(id="a", name="Aurora Tissue"))
        store.contact.save(Contact(id="b", customer_id="a", name="Rossi"))
        (tmp_path / "hub").mkdir()
        joining.create(store, str(tmp_path / "hub"))
        store.customer.save(Customer(id="c", name="Borealis"))
        engine.sync(store)
        store.backup.make()
    (tmp_path / "items.csv").write_text("Customer,Tag,Model\nAurora Tissue,W-1,RX\nNobody,W-2,RX\n")
    for words in (
        f"import {tmp_path}/items.csv --as items --rejects {folder}/bad.csv",
        f"export xlsx -o {folder}/all.xlsx",
        f"export csv -o {folder}/csv",
        f"export ics -o {folder}/all.ics",
        f"export vcf -o {folder}/all.vcf",
        f"report company -o {folder}/company.pdf",
    ):
        said = command(*words.split(), "--db", str(path))
        assert said.code == 0, (words, said.text)
    assert (folder / "bad.csv").exists()
    assert list((folder / "radar.db.sync" / "log").iterdir())
    assert open_to_others(folder) == []


def test_a_database_that_others_could_read_is_mended_and_it_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "radar.db"
    with Store.open(path) as store:
        store.customer.save(Customer(id="a", name="Aurora Tissue"))
        assert store.notice == ""
        for file in tmp_path.iterdir():
            file.chmod(0o644)
        first, second = command("due", "--db", str(path)), command("due", "--db", str(path))
    assert "radar.db could be read by others on this computer; now only you can." in first.text
    assert "could be read" not in second.text
    assert (first.code, second.code) == (0, 0)
    assert open_to_others(tmp_path) == []


def test_a_folder_of_ours_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert keep_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700
    assert not keep_private(tmp_path)
    assert not keep_private(tmp_path / "none")
