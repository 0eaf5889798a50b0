"""Is a folder one that OneDrive, Dropbox or the like copies between laptops?

Such a folder is a copy of its own on every laptop, so that creating a name in it says nothing about the others.
Told by what these programs leave behind: environment variables, marker files, the usual names of their folders.
A folder wrongly taken for one only gets a keeper that it did not need; one missed could fork the log.
"""

from __future__ import annotations

import json
import os
from fnmatch import fnmatchcase
from pathlib import Path

_VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}
# Names of one part of the path, in lower case, as fnmatch patterns.
_PARTS = (
    ("onedrive", "OneDrive"),
    ("onedrive - *", "OneDrive"),
    ("onedrive-*", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("dropbox (*)", "Dropbox"),
    ("dropbox-*", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("googledrive-*", "Google Drive"),
    ("my drive", "Google Drive"),
    ("il mio drive", "Google Drive"),
    ("meine ablage", "Google Drive"),
    ("mon drive", "Google Drive"),
    ("mi unidad", "Google Drive"),
    ("shared drives", "Google Drive"),
    (".shortcut-targets-by-id", "Google Drive"),
    ("icloud drive", "iCloud"),
    ("iclouddrive", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("mobile documents", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("cloudstorage", "a cloud drive"),  # macOS keeps those of every maker in ~/Library/CloudStorage
)
# A marker in the folder or in one above it, and whether it has to be a file: ~/.dropbox is a folder of settings.
_MARKERS = (
    (".stfolder", False, "Syncthing"),
    (".stignore", True, "Syncthing"),
    (".dropbox", True, "Dropbox"),
    (".dropbox.cache", False, "Dropbox"),
    (".tmp.drivedownload", False, "Google Drive"),
    (".tmp.driveupload", False, "Google Drive"),
    (".owncloudsync.log", True, "Nextcloud"),
    (".nextcloudsync.log", True, "Nextcloud"),
)
_MOST_SETTINGS = 1 << 20


def cloud_of(folder: Path) -> str:
    """Who keeps `folder`, as a name to show; "" if it is an ordinary folder."""
    places = {Path(os.path.abspath(folder)), Path(os.path.realpath(folder))}
    for home, name in _homes():
        if any(_within(place, home) for place in places):
            return name
    parts = {part.lower() for place in places for part in place.parts}
    for pattern, name in _PARTS:
        if any(fnmatchcase(part, pattern) for part in parts):
            return name
    for place in places:
        for above in (place, *place.parents):
            for marker, is_file, name in _MARKERS:
                found = above / marker
                if os.path.isfile(found) if is_file else os.path.exists(found):
                    return name
    return ""


def _homes() -> list[tuple[str, str]]:
    """Folders that these programs say are theirs, on this laptop."""
    homes = [
        (os.environ[variable], name) for variable, name in _VARIABLES.items() if os.environ.get(variable)
    ]
    for above in (os.path.expanduser("~/.dropbox"), *_application_data("Dropbox")):
        homes += [(path, "Dropbox") for path in _dropbox_paths(Path(above) / "info.json")]
    return homes


def _application_data(program: str) -> list[str]:
    return [
        os.path.join(os.environ[key], program) for key in ("APPDATA", "LOCALAPPDATA") if os.environ.get(key)
    ]


def _dropbox_paths(info: Path) -> list[str]:
    """Dropbox's own note of its folders (help.dropbox.com, “find your Dropbox folder path”): {"personal": {"path"}}."""
    try:
        if info.stat().st_size > _MOST_SETTINGS:
            return []
        accounts = json.loads(info.read_text(encoding="utf-8"))
        return [str(account["path"]) for account in accounts.values() if account.get("path")]
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return []


def _within(place: Path, home: str) -> bool:
    inside, above = os.path.normcase(str(place)), os.path.normcase(os.path.realpath(home))
    return inside == above or inside.startswith(above.rstrip(os.sep) + os.sep)
