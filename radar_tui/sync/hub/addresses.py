"""Addresses of a hub: which store stands at one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from radar_tui.domain.text import one_line
from radar_tui.errors import RadarError, without_secrets
from radar_tui.sync.hub.folder import FolderStore
from radar_tui.sync.hub.stores import OWN_NAME

if TYPE_CHECKING:
    from radar_tui.sync.hub.stores import ObjectStore

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_BUCKETS = ("s3", "az", "gs")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,253}")


class BadAddress(RadarError):
    """The address of a hub that Radar cannot use as it is written; what it holds is not repeated."""


def open_store(address: str) -> ObjectStore:
    """The store at a folder (also `~`, UNC and `file://`) or at `s3://bucket/prefix`, `az://container/prefix`,
    `gs://bucket/prefix`. Nothing is opened or made yet. Raises BadAddress."""
    address = address.strip()
    if not address or one_line(address) != address:
        raise BadAddress(
            "A hub needs an address of one line.", "Name a folder, or a bucket as s3://bucket/team."
        )
    if (found := _SCHEME.match(address)) is None:
        if without_secrets(address) != address:
            raise _holds_a_secret()
        return FolderStore(_expanded(address))
    scheme = found[1].lower()
    if scheme == "file":
        return FolderStore(_from_file_url(address))
    if scheme not in _BUCKETS:
        raise BadAddress(
            f"Radar has no way to reach a hub by {scheme}://.",
            "Name a folder, or a bucket as s3://bucket/team, az://container/team or gs://bucket/team.",
        )
    from radar_tui.sync.hub.bucket import BucketStore

    bucket, prefix = _bucket_and_prefix(address)
    return BucketStore(scheme, bucket, prefix)


def _expanded(address: str) -> Path:
    if os.name != "nt" and address.startswith("\\\\"):
        raise BadAddress(
            "A share written with \\\\ can only be named on Windows.",
            "Connect the share first and name the folder it has here, such as /mnt/team/radar.",
        )
    try:
        return Path(os.path.abspath(Path(address).expanduser()))
    except (RuntimeError, ValueError):
        raise BadAddress("Radar does not know whose home folder that is.", "Name the whole folder.") from None


def _from_file_url(address: str) -> Path:
    parts = urlsplit(address)
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise _holds_a_secret()
    host = "" if parts.netloc.lower() == "localhost" else parts.netloc
    path = unquote(parts.path)
    if os.name == "nt":
        from urllib.request import url2pathname

        return _expanded(f"\\\\{host}{url2pathname(parts.path)}" if host else url2pathname(parts.path))
    if host or not path.startswith("/") or one_line(path) != path:
        raise BadAddress(
            "A file:// address names a folder of this laptop.", "Write it as file:///mnt/team/radar."
        )
    return _expanded(path)


def _bucket_and_prefix(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        raise BadAddress("That is no address of a bucket.", "Write it as s3://bucket/team.") from None
    if "@" in address or "?" in address or "#" in address:
        raise _holds_a_secret()
    prefix = parts.path.strip("/")
    if not _BUCKET.fullmatch(parts.netloc) or (prefix and not OWN_NAME.fullmatch(prefix)):
        raise BadAddress(
            "That is no address of a bucket that Radar can use.",
            "Write it as s3://bucket/team: letters, digits, dots, dashes and underscores.",
        )
    return parts.netloc, prefix


def _holds_a_secret() -> BadAddress:
    return BadAddress(
        "The address holds a password, a key or a signature: Radar does not take these, so that it cannot spread them.",
        "Name the place alone, as az://container/team, and give the credentials by the environment.",
    )
