"""Addresses: what opens which store, and what is refused without being repeated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from radar_tui.sync.hub.addresses import BadAddress, open_store
from radar_tui.sync.hub.bucket import BucketStore
from radar_tui.sync.hub.folder import FolderStore
from radar_tui.sync.hub.stores import outbox_name, own_name, readable_parts


def test_a_folder_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = open_store("team/../hub")
    assert isinstance(store, FolderStore)
    assert store.address == str(tmp_path / "hub")
    assert not (tmp_path / "hub").exists(), "nothing is made by naming it"


def test_the_home_folder_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert open_store("~/hub").address == str(tmp_path / "hub")


@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
@pytest.mark.parametrize("address", ["file:///mnt/our%20team/hub", "file://localhost/mnt/our%20team/hub"])
def test_a_file_address_is_a_folder(address: str) -> None:
    assert open_store(address).address == "/mnt/our team/hub"


@pytest.mark.parametrize(
    "address", ["s3://bucket", "s3://bucket/team/north", "az://container/team", "gs://my.bucket_1/team"]
)
def test_a_bucket_is_named_by_its_address(address: str) -> None:
    store = open_store(address + "/")
    assert isinstance(store, BucketStore)
    assert store.address == address
    assert not store.kept_by_cloud


@pytest.mark.parametrize(
    "address",
    [
        "s3://key:hunter2@bucket/team",
        "az://hunter2@container/team",
        "az://container/team?sv=1&sig=hunter2",
        "gs://bucket/team#hunter2",
        "https://account.blob.core.windows.net/container?sig=hunter2",
        "ftp://me:hunter2@host/hub",
        "file://me:hunter2@host/hub",
        "s3://hunter2 /x",
        "s3://[hunter2/x",
    ],
)
def test_an_address_with_a_secret_is_refused_without_an_echo(address: str) -> None:
    with pytest.raises(BadAddress) as refused:
        open_store(address)
    assert "hunter2" not in str(refused.value)
    assert refused.value.hint
    assert "hunter2" not in repr(refused.value.__context__)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "  ",
        "two\nlines",
        "\x1b[31mred",
        "s3://",
        "s3:///team",
        "s3://Bucket/x",
        "s3://bucket/../x",
        "gs://b",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(BadAddress):
        open_store(address)


@pytest.mark.skipif(os.name == "nt", reason="a share can be named on Windows")
@pytest.mark.parametrize("address", [r"\\server\team", "file://server/team", "~nobody-of-that-name/hub"])
def test_what_cannot_be_a_folder_here(address: str) -> None:
    with pytest.raises(BadAddress):
        open_store(address)


def test_obstore_is_not_imported_for_a_folder() -> None:
    code = (
        "import sys; from radar_tui.sync.hub.addresses import open_store; "
        "open_store('/nowhere/hub'); open_store('s3://bucket/team'); sys.exit('obstore' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0


@pytest.mark.parametrize(
    "name", ["", "/", "log/", "../x", "log/../x", ".radar", "log/x y", "log\\x", "log/é"]
)
def test_names_that_are_not_ours(name: str) -> None:
    with pytest.raises(ValueError, match="no name of an object"):
        own_name(name)


def test_only_an_outbox_is_ever_emptied() -> None:
    assert outbox_name("outbox/D1/0000000001") == "outbox/D1/0000000001"
    for name in ("log/0000000001", "hub.json", "outbox"):
        with pytest.raises(ValueError, match="not in an outbox"):
            outbox_name(name)


def test_a_strangers_name_is_read_but_never_leads_out() -> None:
    assert readable_parts("log/0000000012 (conflicted copy)") == ("log", "0000000012 (conflicted copy)")
    for name in ("../x", "log/..", "/etc/passwd", "log//x", "a\\b", "c:x", "x\0y", ""):
        assert readable_parts(name) is None


@pytest.mark.parametrize(
    "address", ["//user:SECRET@host/share", "/mnt/team?sig=SECRET", "team?x=1&token=SECRET"]
)
def test_a_folder_with_a_secret_is_no_hub(address: str) -> None:
    with pytest.raises(BadAddress, match="holds a password") as error:
        open_store(address)
    assert "SECRET" not in str(error.value)
