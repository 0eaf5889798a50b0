"""One object of the hub: an entry of the log, a snapshot or an outbox, as bytes that prove themselves.

magic · length of the header (4 bytes) · header (JSON) · body (zlib) · SHA-256 of everything before it.

The name of an entry is the SHA-256 of all its bytes; the next entry carries it as `parent`, so that a missing,
reordered or altered entry shows. Keys of the header that came after the first release stand there only where they say
something, and have a meaning also for a Radar that does not know them: it passes them over.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import secrets
import zlib
from dataclasses import dataclass, field, fields
from typing import IO, TYPE_CHECKING

from radar_tui.domain.conflict import Writer
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAGIC = b"RADAR ENTRY 1\n"
MOST_ENTRY = 48 * 1024 * 1024
"""Bytes of an entry or outbox as unpacked: it is held in memory, some of it twice."""
_MOST_HEADER = 64 * 1024
_CHUNK = 1 << 20
_CHUNK_PACKED = 1 << 16
_START = 64
_SEAL = hashlib.sha256().digest_size
_LATER_MAGIC = re.compile(rb"RADAR [ -~]{1,32}\n")
_KINDS = frozenset({"change", "void", "snapshot"})
_SHAPES = {
    "outbox": re.compile(r"([^/]+/[0-9]{1,10}/[0-9a-f]{64})?"),
    "kind": re.compile(r"[a-z]{1,32}"),
    "state": re.compile(r"([0-9a-f]{64})?"),
    "snapshot": re.compile(r"([0-9]{1,10}/[0-9a-f]{64})?"),
    "member": re.compile(r".{0,64}"),
    "edited": re.compile(r"([-0-9:.TZ]{24}/[-0-9:.TZ]{24})?"),
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
    `NUMBER/HASH` of one that the log vouches for; `void` is the number of an entry that moves no row; `member` is the
    colleague who wrote it, and `edited` the moments of their first and last edit, as `FIRST/LAST`.
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
    member: str = ""
    edited: str = ""

    def writer(self) -> Writer:
        """Whose the changes are."""
        first, _, last = self.edited.partition("/")
        return Writer(self.author, self.device, self.member, first, last, self.time)


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
    file = io.BytesIO()
    pack_into(file, header, io.BytesIO(body), level)
    return file.getvalue()


def pack_into(file: IO[bytes], header: Header, body: IO[bytes], level: int = 1) -> str:
    """The same for a large one, read and written piece by piece; its hash."""
    said = {key: getattr(header, key) for key in _DEFAULTS}
    known = {key: value for key, value in said.items() if key in _RELEASED or value != _DEFAULTS[key]}
    known |= {"size": body.seek(0, io.SEEK_END), "nonce": header.nonce or secrets.token_hex(16)}
    text = json.dumps(known, separators=(",", ":")).encode()
    body.seek(0)
    seal, machine = hashlib.sha256(), zlib.compressobj(level)
    pieces = (machine.compress(piece) for piece in iter(lambda: body.read(_CHUNK), b""))
    for piece in (MAGIC, len(text).to_bytes(4, "big"), text, *pieces, machine.flush()):
        seal.update(piece)
        file.write(piece)
    file.write(end := seal.digest())
    seal.update(end)
    return seal.hexdigest()


def digest(raw: bytes) -> str:
    """What an object is called by the one after it."""
    return hashlib.sha256(raw).hexdigest()


def unpack(raw: bytes, name: str, most: int = MOST_ENTRY) -> Entry:
    """Read an object, called `name` in words. Raises HubDamaged if a byte of it is not as written, or if it would
    unpack to more than `most` bytes; NewerRadar if a newer Radar made it."""
    body = io.BytesIO()
    header, hash = unpack_into(body, io.BytesIO(raw), name, lambda _: most)
    return Entry(header, body.getvalue(), hash, raw)


def unpack_into(
    file: IO[bytes], packed: IO[bytes], name: str, most: Callable[[int], int]
) -> tuple[Header, str]:
    """The same for a large one, read and written piece by piece; its header and hash. `most` says how many bytes the
    body of an object of so many bytes may have."""
    header, hash, end = _sealed(packed, name)
    if not 0 <= header.size <= most(end + _SEAL):
        raise _damaged(name, "it would unpack to more than Radar accepts")
    left = header.size
    for piece in _pieces(packed, end, name):
        left -= len(piece)
        if left < 0:
            break
        file.write(piece)
    if left:
        raise _damaged(name, "its content is not as long as it says")
    return header, hash


def _pieces(packed: IO[bytes], end: int, name: str) -> Iterator[bytes]:
    """The body in pieces of at most _CHUNK bytes. Raises HubDamaged if it does not end where it should."""
    machine = zlib.decompressobj()
    try:
        while part := packed.read(min(_CHUNK_PACKED, end - packed.tell())):
            if machine.eof:
                raise _damaged(name, "its content is not as long as it says")
            yield machine.decompress(part, _CHUNK)
            while piece := machine.decompress(machine.unconsumed_tail, _CHUNK):
                yield piece
    except zlib.error as error:
        raise _damaged(name, "its content cannot be unpacked") from error
    if not machine.eof or machine.unused_data:
        raise _damaged(name, "its content is not as long as it says")


def _sealed(packed: IO[bytes], name: str) -> tuple[Header, str, int]:
    """Header, hash and end of the body of an object whose seal is whole; `packed` stands at the body then."""
    end = packed.seek(0, io.SEEK_END) - _SEAL
    packed.seek(0)
    start = packed.read(_START)
    later = not start.startswith(MAGIC) and _LATER_MAGIC.match(start)
    # One that our magic makes whole again is not newer: a bit of it fell over.
    if later and _seal_of(packed, MAGIC, end).digest() != packed.read(_SEAL):
        raise _newer(name)
    if end < len(MAGIC) + 4:
        raise _damaged(name, "it was cut short")
    if not start.startswith(MAGIC):
        raise _damaged(name, "it is no file of Radar's")
    seal = _seal_of(packed, b"", end)
    if seal.digest() != (kept := packed.read(_SEAL)):
        raise _damaged(name, "it was altered or cut short")
    seal.update(kept)
    length = int.from_bytes(start[len(MAGIC) : len(MAGIC) + 4], "big")
    if length > _MOST_HEADER or packed.seek(len(MAGIC) + 4) + length > end:
        raise _damaged(name, "its header is too long")
    return _header(packed.read(length), name), seal.hexdigest(), end


def _seal_of(packed: IO[bytes], first: bytes, end: int) -> hashlib._Hash:
    """SHA-256 of `first` and what comes after as many bytes of `packed`, up to `end`, where that stands then."""
    seal, left = hashlib.sha256(first), end - packed.seek(len(first))
    while left > 0 and (part := packed.read(min(_CHUNK, left))):
        seal.update(part)
        left -= len(part)
    return seal


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
