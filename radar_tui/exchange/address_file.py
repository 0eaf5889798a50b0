"""Contacts as vCard 4.0 (RFC 6350): every one keeps its UID, so a second import updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.text import one_line
from radar_tui.files import written
from radar_tui.store.lists.agenda import addresses

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.lists.agenda import AddressRow
    from radar_tui.store.store import Store

_OCTETS = 75


def write_addresses(store: Store, path: Path, customer_id: str | None = None, *, force: bool = False) -> int:
    """The contacts of all customers or of one, counted. Raises RadarError, with nothing written."""
    rows = addresses(store, store.clock().date(), customer_id)
    with written(path, database=store.path, force=force) as part:
        part.write_bytes(b"".join(card(row) for row in rows))
    return len(rows)


def card(row: AddressRow) -> bytes:
    """One contact; nothing of what we think of them."""
    first, _, last = one_line(row.name).rpartition(" ")
    organisation = [one_line(row.customer), *([one_line(row.function)] if row.function else [])]
    lines = [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("UID", f"urn:uuid:{row.id}"),
        ("FN", _escaped(one_line(row.name))),
        ("N", f"{_escaped(last)};{_escaped(first)};;;"),
        ("ORG", ";".join(map(_escaped, organisation))),
        ("TITLE", _escaped(one_line(row.job_title))),
        ("EMAIL;TYPE=work", _escaped(one_line(row.email))),
        *(("TEL;TYPE=work", _escaped(phone.strip())) for phone in one_line(row.phone).split(",")),
        ("LANG", _escaped(one_line(row.language))),
        ("END", "VCARD"),
    ]
    return b"".join(_folded(f"{name}:{value}") for name, value in lines if value)


def _escaped(text: str) -> str:
    for letter in "\\,;":
        text = text.replace(letter, "\\" + letter)
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """In lines of at most 75 octets, never through a letter (RFC 6350, 3.2)."""
    pieces, piece, room = [], b"", _OCTETS
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _OCTETS - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
