"""Folders that OneDrive and the like copy between laptops are told from others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from radar_tui.sync.hub.addresses import open_store
from radar_tui.sync.hub.cloud import cloud_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ("OneDrive/team/hub", "OneDrive"),
        ("OneDrive - Acme S.p.A/hub", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Acme/hub", "OneDrive"),
        ("Library/CloudStorage/Some-Other/hub", "a cloud drive"),
        ("Dropbox/hub", "Dropbox"),
        ("Dropbox (Acme)/hub", "Dropbox"),
        ("Google Drive/hub", "Google Drive"),
        ("G/My Drive/hub", "Google Drive"),
        ("G/Il mio Drive/hub", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/hub", "iCloud"),
        ("iCloudDrive/hub", "iCloud"),
        ("Nextcloud/hub", "Nextcloud"),
    ],
)
def test_by_the_usual_names(tmp_path: Path, parts: str, name: str) -> None:
    assert cloud_of(tmp_path / parts) == name


@pytest.mark.parametrize(
    ("marker", "name"),
    [
        (".stfolder/", "Syncthing"),
        (".stfolder", "Syncthing"),
        (".dropbox", "Dropbox"),
        (".dropbox.cache/", "Dropbox"),
        (".tmp.drivedownload/", "Google Drive"),
        (".owncloudsync.log", "Nextcloud"),
    ],
)
@pytest.mark.parametrize("depth", ["hub", "a/b/hub"])
def test_by_a_marker_in_it_or_above(tmp_path: Path, marker: str, name: str, depth: str) -> None:
    hub = tmp_path / "shared" / depth
    hub.mkdir(parents=True)
    assert cloud_of(hub) == ""
    place = tmp_path / "shared" / marker
    place.mkdir() if marker.endswith("/") else place.touch()
    assert cloud_of(hub) == name
    assert open_store(str(hub)).kept_by_cloud


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "work"))
    assert cloud_of(tmp_path / "work" / "hub") == "OneDrive"
    assert cloud_of(tmp_path / "work") == "OneDrive"
    assert cloud_of(tmp_path / "workshop") == ""


def test_by_dropboxs_own_note(tmp_path: Path) -> None:
    note = tmp_path / "home" / ".dropbox" / "info.json"
    note.parent.mkdir(parents=True)
    note.write_text(json.dumps({"business": {"path": str(tmp_path / "elsewhere")}}), encoding="utf-8")
    assert cloud_of(tmp_path / "elsewhere" / "hub") == "Dropbox"
    assert cloud_of(tmp_path / "home" / "hub") == "", (
        "~/.dropbox holds settings, the home folder is not copied"
    )
    for odd in ("[1]", "{", '{"personal": 3}', '{"personal": {"path": null}}'):
        note.write_text(odd, encoding="utf-8")
        assert cloud_of(tmp_path / "elsewhere" / "hub") == ""


def test_through_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "OneDrive" / "hub"
    kept.mkdir(parents=True)
    try:
        (tmp_path / "team").symlink_to(kept, target_is_directory=True)
    except OSError:
        pytest.skip("no links for this user")
    assert cloud_of(tmp_path / "team") == "OneDrive"


def test_an_ordinary_folder_is_nobodys(tmp_path: Path) -> None:
    for name in ("hub", "mydropbox", "one drive", "share/team/radar"):
        store = open_store(str(tmp_path / name))
        assert not store.kept_by_cloud
