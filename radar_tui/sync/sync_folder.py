"""What sync keeps beside the database, in `FILE.sync/`: who this copy is, its outbox, the entries it read.

The device id lives here and not in the database, so that a copied file does not speak with two voices under one name.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from radar_tui.domain.conflict import Me
from radar_tui.errors import RadarError
from radar_tui.files import JOURNALS, keep_private, private, replace_bytes
from radar_tui.store.ids import new_id
from radar_tui.sync.hub.entry import Entry, HubDamaged, NewerRadar, unpack
from radar_tui.sync.hub.hub import entry_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.store import Store

_DEVICE = re.compile(r"[A-Za-z0-9-]{1,64}")

MIRRORED = 2000
"""Entries kept for `radar log` without a network; the hub has all."""


class SyncFolder:
    """The folder beside one database file."""

    def __init__(self, database: Path) -> None:
        self.place = str(database.resolve())
        self.folder = Path(self.place + ".sync")
        with in_words(self.folder):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_private(self.folder)
        self.base = self.folder / "base.db"
        self.log = self.folder / "log"

    def device(self) -> tuple[str, bool]:
        """The id of this copy on this machine, and whether it was made by copying another one and no sync has looked
        at it since. Raises RadarError if it cannot be kept."""
        here = {"place": self.place, "machine": machine()}
        known = _read(self.folder / "device.json")
        device = known.get("device")
        ours = (
            isinstance(device, str) and _DEVICE.fullmatch(device) and known.get("machine") == here["machine"]
        )
        # A folder that is moved keeps its number on the disk; a copy has another one.
        with in_words(self.folder):
            number = self.folder.stat().st_ino
        moved = ours and known.get("folder") == number and not _still_there(known)
        if ours and (known.get("place") == self.place or moved):
            copied = bool(known.get("copied"))
            if {**here, "folder": number}.items() <= known.items():
                return str(device), copied
        else:
            device, copied = new_id(), bool(known)
        with in_words(self.folder):
            _write(
                self.folder / "device.json", {"device": device, "copied": copied, **here, "folder": number}
            )
        return str(device), copied

    def looked_at(self) -> None:
        """A copied file has been compared with what is everybody's."""
        with in_words(self.folder):
            _write(self.folder / "device.json", _read(self.folder / "device.json") | {"copied": False})

    def start_anew(self) -> None:
        """Forget everything about a hub; the device stays who it is."""
        clear(self.base)
        for name in ("outbox.json", "outbox", "seen.json"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.log, ignore_errors=True)

    # The outbox, where a cloud folder is the hub

    def outbox(self) -> tuple[int, bytes | None]:
        """The number of the last outbox file, and its bytes until it was seen in the log. One that is damaged is
        none: what it held is touched still and goes into the next."""
        said = _read(self.folder / "outbox.json").get("number")
        number = said if isinstance(said, int) and said > 0 else 0
        with suppress(FileNotFoundError, HubDamaged, NewerRadar):
            return number, unpack((self.folder / "outbox").read_bytes(), "the outbox").raw
        return number, None

    def keep_outbox(self, number: int, raw: bytes) -> None:
        _write(self.folder / "outbox.json", {"number": number})
        replace_bytes(self.folder / "outbox", raw)

    def outbox_taken(self) -> None:
        (self.folder / "outbox").unlink(missing_ok=True)

    # The end of the log as it was seen last

    def see(self, seq: int, digest: str) -> None:
        """Remember the newest entry that was seen, beyond a file that is brought back from a backup."""
        with in_words(self.folder):
            _write(self.folder / "seen.json", {"seq": seq, "hash": digest})

    def seen(self) -> tuple[int, str]:
        """Number and hash of the newest entry that was seen; 0 if that is not known."""
        known = _read(self.folder / "seen.json")
        seq, digest = known.get("seq"), known.get("hash")
        return (seq, digest) if isinstance(seq, int) and isinstance(digest, str) and seq > 0 else (0, "")

    # The entries read

    def mirror(self, seq: int, raw: bytes) -> None:
        """Keep an entry; a loss costs nothing but a download."""
        with suppress(OSError):
            self.log.mkdir(mode=0o700, exist_ok=True)
            with open(self.log / entry_name(seq), "wb", opener=private) as file:
                file.write(raw)
            (self.log / entry_name(seq - MIRRORED)).unlink(missing_ok=True)

    def mirrored(self, seq: int) -> Entry | None:
        """Entry `seq` if it is here and whole."""
        with suppress(OSError, HubDamaged, NewerRadar):
            return unpack((self.log / entry_name(seq)).read_bytes(), f"entry {seq}")
        return None


def me(store: Store) -> Me:
    """This laptop and the BRM on it; without a hub there is no device."""
    device = SyncFolder(store.path).device()[0] if store.local.get("hub_id") else ""
    return Me(device, store.local.settings().me)


def _still_there(known: dict[str, object]) -> bool:
    """Whether the place that `known` speaks of still holds the same device."""
    there = _read(Path(f"{known.get('place')}.sync") / "device.json")
    return there.get("device") == known.get("device")


def machine() -> str:
    """What tells this machine from others, and stays when it changes networks or its name; "" where the system says
    nothing, so that only the place of a file tells copies apart."""
    if sys.platform == "win32":
        import winreg

        with (
            suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key,
        ):
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    elif sys.platform == "darwin":
        import subprocess

        with suppress(OSError, subprocess.SubprocessError):
            said = subprocess.run(
                ["/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice"],
                capture_output=True,
                text=True,
                timeout=5,
                check=True,
            ).stdout
            if found := re.search(r'"IOPlatformUUID" = "([^"]+)"', said):
                return found[1]
    else:
        for file in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
            with suppress(OSError):
                if known := Path(file).read_text(encoding="ascii", errors="replace").strip():
                    return known
    return ""


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """What the disk says about the files that sync keeps, as a BRM can act on it."""
    try:
        yield
    except OSError as error:
        raise RadarError(
            f"Sync cannot use what it keeps in {folder}: {(error.strerror or 'no answer').lower()}.",
            "Nothing is lost. See whether the disk is full and who may write there, then sync again.",
        ) from error


def join_again(why: str) -> RadarError:
    """Base and live file do not belong together; the hub can make a new base."""
    return RadarError(
        f"This database must join its hub again. {why}",
        "radar hub join ADDRESS – nothing is lost, your unsynced changes are carried over.",
    )


def clear(path: Path) -> None:
    """Remove a scratch database with its journals: one left behind would be played into the next."""
    for name in ("", *JOURNALS):
        path.with_name(path.name + name).unlink(missing_ok=True)


def _read(path: Path) -> dict[str, object]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _write(path: Path, value: dict[str, object]) -> None:
    replace_bytes(path, json.dumps(value).encode())
