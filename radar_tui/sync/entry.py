"""One object of the hub: an entry of the log, a snapshot or an outbox, as bytes that prove themselves.

magic · length of the header (4 bytes) · header (JSON) · body (zlib) · SHA-256 of everything before it.

The name of an entry is the SHA-256 of all its bytes; the next entry carries it as `parent`, so that a missing,
reordered or altered entry shows. Keys of the header that came after the first release stand there only where they say
something, and have a meaning also for a Radar that does not know them: it passes them over.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from dataclasses import dataclass, field, fields
from typing import IO, TYPE_CHECKING

from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAGIC = b"RADAR ENTRY 1\n"
MOST_UNPACKED = 4 * 1024 * 1024 * 1024
MOST_UNPACKED_ENTRY = 256 * 1024 * 1024
_MOST_HEADER = 64 * 1024
_CHUNK = 1 << 20
_CHUNK_PACKED = 1 << 16
_SEAL = hashlib.sha256().digest_size
_LATER_MAGIC = re.compile(rb"RADAR [ -~]{1,32}\n")
_KINDS = frozenset({"change", "void", "snapshot"})
_SHAPES = {
    "outbox": re.compile(r"([^/]+/[0-9]{1,10}/[0-9a-f]{64})?"),
    "kind": re.compile(r"[a-z]{1,32}"),
    "state": re.compile(r"([0-9a-f]{64})?"),
    "snapshot": re.compile(r"([0-9]{1,10}/[0-9a-f]{64})?"),
}
_TABLE = re.compile(r"[a-z_]{1,64}")
_MOST_ROWS = 10**12


class HubDamaged(RadarError):
    """Something on the hub is not what was written there; nothing on this laptop was changed."""


class NewerRadar(RadarError):
    """Something on the hub is whole, as far as this Radar can tell, and of a kind that only a newer one knows."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who made an object, on top of what. `size` is the length of the unpacked body in bytes; `time` is ISO-8601 and
    only shown, never trusted; `outbox` is `DEVICE/NUMBER/HASH` where the keeper moved one into the log.

    `counts` (rows per table) and `state` (`sync.state`) are those of the whole database after this entry; `snapshot` is
    `NUMBER/HASH` of one that the log vouches for; `void` is the number of an entry that moves no row.
    """

    hub: str
    seq: int
    parent: str
    device: str
    author: str
    schema: int
    time: str
    size: int
    nonce: str = ""
    outbox: str = ""
    kind: str = "change"
    counts: Mapping[str, int] = field(default_factory=dict, hash=False)
    state: str = ""
    snapshot: str = ""
    void: int = 0


_RELEASED = ("hub", "seq", "parent", "device", "author", "schema", "time", "size", "nonce", "outbox")
"""The keys that every header has."""
_DEFAULTS: dict[str, object] = {
    one.name: {} if one.name == "counts" else one.default for one in fields(Header)
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An object read and found whole: its header, unpacked body, hash (hex) and bytes as stored."""

    header: Header
    body: bytes
    digest: str
    raw: bytes


def pack(header: Header, body: bytes, level: int = 6) -> bytes:
    """The bytes of an object; `nonce` makes two with the same content differ."""
    said = {key: getattr(header, key) for key in _DEFAULTS}
    known = {key: value for key, value in said.items() if key in _RELEASED or value != _DEFAULTS[key]}
    known |= {"size": len(body), "nonce": header.nonce or secrets.token_hex(16)}
    text = json.dumps(known, separators=(",", ":")).encode()
    packed = MAGIC + len(text).to_bytes(4, "big") + text + zlib.compress(body, level)
    return packed + hashlib.sha256(packed).digest()


def digest(raw: bytes) -> str:
    """What an object is called by the one after it."""
    return hashlib.sha256(raw).hexdigest()


def unpack(raw: bytes, name: str, most: int = MOST_UNPACKED_ENTRY) -> Entry:
    """Read an object, called `name` in words. Raises HubDamaged if a byte of it is not as written, or if it would
    unpack to more than `most` bytes."""
    header, packed = _sealed(raw, name, most)
    return Entry(header, _unpacked(packed, header.size, name), digest(raw), raw)


def unpack_into(file: IO[bytes], raw: bytes, name: str, most: int = MOST_UNPACKED) -> Header:
    """The same for a large one, whose body goes to `file` piece by piece."""
    header, packed = _sealed(raw, name, most)
    left = header.size
    for piece in _pieces(packed, name):
        left -= len(piece)
        if left < 0:
            break
        file.write(piece)
    if left:
        raise _damaged(name, "its content is not as long as it says")
    return header


def _pieces(packed: memoryview, name: str) -> Iterator[bytes]:
    """The body in pieces of at most _CHUNK bytes. Raises HubDamaged if it does not end where it should."""
    machine = zlib.decompressobj()
    try:
        for start in range(0, len(packed), _CHUNK_PACKED):
            if machine.eof:
                raise _damaged(name, "its content is not as long as it says")
            yield machine.decompress(packed[start : start + _CHUNK_PACKED], _CHUNK)
            while piece := machine.decompress(machine.unconsumed_tail, _CHUNK):
                yield piece
    except zlib.error as error:
        raise _damaged(name, "its content cannot be unpacked") from error
    if not machine.eof or machine.unused_data:
        raise _damaged(name, "its content is not as long as it says")


def _sealed(raw: bytes, name: str, most: int) -> tuple[Header, memoryview]:
    """Header and packed body of an object whose seal is whole."""
    if not raw.startswith(MAGIC) and _LATER_MAGIC.match(raw):
        # One that our magic makes whole again is not newer: a bit of it fell over.
        mended = MAGIC + raw[len(MAGIC) : -_SEAL]
        if hashlib.sha256(mended).digest() != raw[-_SEAL:]:
            raise _newer(name)
    if len(raw) < len(MAGIC) + 4 + _SEAL:
        raise _damaged(name, "it was cut short")
    if not raw.startswith(MAGIC):
        raise _damaged(name, "it is no file of Radar's")
    if hashlib.sha256(memoryview(raw)[:-_SEAL]).digest() != raw[-_SEAL:]:
        raise _damaged(name, "it was altered or cut short")
    start = len(MAGIC) + 4
    length = int.from_bytes(raw[len(MAGIC) : start], "big")
    if length > _MOST_HEADER or start + length > len(raw) - _SEAL:
        raise _damaged(name, "its header is too long")
    header = _header(raw[start : start + length], name)
    if not 0 <= header.size <= most:
        raise _damaged(name, "it would unpack to more than Radar accepts")
    return header, memoryview(raw)[start + length : -_SEAL]


def _header(text: bytes, name: str) -> Header:
    try:
        found = json.loads(text)
        kind = found.get("kind", "change")
        if isinstance(kind, str) and _SHAPES["kind"].fullmatch(kind) and kind not in _KINDS:
            raise _newer(name)
        header = Header(**{key: found[key] for key in _DEFAULTS if key in found or key in _RELEASED})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _damaged(name, "its header cannot be read") from error
    if not all(_is_as_written(key, getattr(header, key)) for key in _DEFAULTS):
        raise _damaged(name, "its header cannot be read")
    return header


def _is_as_written(key: str, value: object) -> bool:
    """Whether a key of the header holds what Radar writes there."""
    if key == "counts":
        return isinstance(value, dict) and all(
            _TABLE.fullmatch(table) and type(rows) is int and 0 <= rows <= _MOST_ROWS
            for table, rows in value.items()
        )
    if key in ("seq", "schema", "size", "void"):
        return type(value) is int and (key == "size" or value >= int(key == "schema"))
    return (
        isinstance(value, str)
        and _is_text(value)
        and (key not in _SHAPES or bool(_SHAPES[key].fullmatch(value)))
    )


def _is_text(value: str) -> bool:
    """JSON can spell halves of characters, which no file and no database takes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in value)


def _unpacked(packed: memoryview, size: int, name: str) -> bytes:
    """The body, never more than one byte beyond what the header promised."""
    machine = zlib.decompressobj()
    try:
        body = machine.decompress(packed, size + 1)
    except (zlib.error, MemoryError) as error:
        raise _damaged(name, "its content cannot be unpacked") from error
    if len(body) != size or not machine.eof or machine.unused_data:
        raise _damaged(name, "its content is not as long as it says")
    return body


def _newer(name: str) -> NewerRadar:
    return NewerRadar(
        f"{name[0].upper()}{name[1:]} on the hub was made by a newer Radar. Nothing was changed; your changes stay "
        "here.",
        "Install the newest Radar, then sync again: pip install --upgrade radar-tui",
    )


def _damaged(name: str, what: str) -> HubDamaged:
    return HubDamaged(
        f"{name[0].upper()}{name[1:]} on the hub is damaged: {what}. Nothing on this laptop was changed.",
        "Bring it back from a copy of the hub; `radar hub verify` looks at the whole log.",
    )
