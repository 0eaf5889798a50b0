"""An entry proves itself: whatever a medium or an evil hand does to its bytes, it is whole or refused in words."""

from __future__ import annotations

import io
import json
import tracemalloc
import zlib
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_tui.sync.hub.entry import (
    MAGIC,
    MOST_ENTRY,
    Header,
    HubDamaged,
    NewerRadar,
    digest,
    pack,
    pack_into,
    unpack,
    unpack_into,
)
from tests.sync.yard import sealed

if TYPE_CHECKING:
    from typing_extensions import Buffer

HEADER = Header(
    hub="hub",
    seq=7,
    parent="",
    device="device",
    author="Marta Ricci",
    schema=2,
    time="2026-12-03T09:00:00.000Z",
    size=0,
    nonce="once",
)
BODY = b"T\x02\x01\x00market\x00" + b"words of a customer" * 3
MEGABYTE = 1 << 20
text = st.text(st.characters(codec="utf-8"))


def made(header: bytes, packed: bytes = zlib.compress(b"")) -> bytes:
    """An object with a header of any bytes and a right seal."""
    return sealed(MAGIC + len(header).to_bytes(4, "big") + header + packed)


def told(**lies: object) -> bytes:
    return json.dumps(asdict(HEADER) | lies).encode()


def zeros(size: int) -> bytes:
    """`size` zeros as zlib packs them, without ever holding them."""
    machine, block = zlib.compressobj(9), bytes(MEGABYTE)
    parts = [machine.compress(block) for _ in range(size // MEGABYTE)]
    return b"".join([*parts, machine.compress(bytes(size % MEGABYTE)), machine.flush()])


def refused(raw: bytes, most: int = MOST_ENTRY) -> str:
    """What is said of `raw`."""
    with pytest.raises(HubDamaged) as error:
        unpack(raw, "entry 7", most)
    assert error.value.message.startswith("Entry 7 on the hub is damaged: ")
    assert "Nothing on this laptop was changed." in error.value.message
    assert error.value.hint
    return error.value.message


@given(
    st.builds(
        Header,
        hub=text,
        seq=st.integers(0, 2**63),
        parent=text,
        device=text,
        author=text,
        schema=st.integers(1, 1000),
        time=text,
        size=st.integers(-5, 5),
        nonce=text.filter(bool),
        outbox=st.just(""),
        kind=st.sampled_from(["change", "void", "snapshot"]),
        counts=st.dictionaries(st.from_regex(r"[a-z_]{1,20}", fullmatch=True), st.integers(0, 2**30)),
        state=st.sampled_from(["", "0f" * 32]),
        snapshot=st.sampled_from(["", "200/" + "0f" * 32]),
        void=st.integers(0, 2**30),
    ),
    st.binary(max_size=5000),
    st.integers(1, 9),
)
@settings(max_examples=60)
def test_what_is_packed_comes_out_again(header: Header, body: bytes, level: int) -> None:
    raw = pack(header, body, level)
    found = unpack(raw, "entry 1")
    assert found.header == replace(header, size=len(body))
    assert (found.body, found.raw, found.digest) == (body, raw, digest(raw))


def test_two_entries_of_the_same_content_differ() -> None:
    assert pack(replace(HEADER, nonce=""), BODY) != pack(replace(HEADER, nonce=""), BODY)


def test_every_flipped_bit_of_every_byte_is_seen() -> None:
    raw = pack(HEADER, BODY)
    for place in range(len(raw)):
        for bit in range(8):
            flipped = bytearray(raw)
            flipped[place] ^= 1 << bit
            refused(bytes(flipped))


def test_every_cut_and_every_addition_is_seen() -> None:
    raw = pack(HEADER, BODY)
    for length in range(len(raw)):
        refused(raw[:length])
    for more in (b"\0", raw, b"\n"):
        refused(raw + more)
        refused(more + raw)


@pytest.mark.parametrize("says", [10 * 1024 * MEGABYTE, 1000, 0, -1, 2**70])
def test_ten_gigabytes_of_zeros_take_no_memory(ten_gigabytes: bytes, says: int) -> None:
    raw = made(told(size=says), ten_gigabytes)
    tracemalloc.start()
    try:
        refused(raw)
        refused_as_snapshot(raw)
        assert tracemalloc.get_traced_memory()[1] < len(raw) + 4 * MEGABYTE
    finally:
        tracemalloc.stop()


def refused_as_snapshot(raw: bytes) -> int:
    """How much of it was written before it was refused."""
    file = Counted()
    with pytest.raises(HubDamaged, match=r"^Snapshot 7 on the hub is damaged: "):
        unpack_into(file, io.BytesIO(raw), "snapshot 7", lambda _: 1 << 32)
    return file.size


class Counted(io.BytesIO):
    """Keeps nothing of what is written."""

    size = 0

    def write(self, data: Buffer, /) -> int:
        self.size += len(memoryview(data))
        return len(memoryview(data))


def test_a_large_snapshot_is_unpacked_piece_by_piece(ten_gigabytes: bytes) -> None:
    size = 100 * MEGABYTE
    file, raw = Counted(), made(told(size=size), zeros(size))
    tracemalloc.start()
    try:
        header, hash = unpack_into(file, io.BytesIO(raw), "snapshot 7", lambda _: size)
        assert header.size == file.size == size
        assert hash == digest(raw)
        assert refused_as_snapshot(made(told(size=size), ten_gigabytes)) <= size
        assert tracemalloc.get_traced_memory()[1] < 8 * MEGABYTE + 3 * len(ten_gigabytes)
    finally:
        tracemalloc.stop()


@given(st.binary(max_size=5000), st.integers(1, 9))
@settings(max_examples=20)
def test_what_is_packed_comes_out_again_piece_by_piece(body: bytes, level: int) -> None:
    packed, file = io.BytesIO(), io.BytesIO()
    hash = pack_into(packed, HEADER, io.BytesIO(body), level)
    raw = packed.getvalue()
    assert raw == pack(HEADER, body, level)
    assert unpack_into(file, packed, "snapshot 7", lambda _: len(body)) == (
        replace(HEADER, size=len(body)),
        hash,
    )
    assert file.getvalue() == body
    refused_as_snapshot(raw[:-1])
    refused_as_snapshot(made(told(size=len(body) + 1), zlib.compress(body)))
    refused_as_snapshot(made(told(size=len(body)), zlib.compress(body)[:-1]))
    refused_as_snapshot(made(told(size=len(body)), zlib.compress(body) + b"x"))


@pytest.fixture(scope="module")
def ten_gigabytes() -> bytes:
    """Whole and valid, down to its checksum: after a full flush a block stands for itself and can be repeated."""
    count, machine = 10 * 1024, zlib.compressobj(9)
    first, block = (machine.compress(bytes(MEGABYTE)) + machine.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    end = b"\x03\0" + ((count * MEGABYTE % 65521) << 16 | 1).to_bytes(4, "big")
    proof = zlib.decompressobj()
    assert proof.decompress(first + block + b"\x03\0" + (2 * MEGABYTE % 65521 << 16 | 1).to_bytes(4, "big"))
    assert proof.eof
    return first + block * (count - 1) + end


def test_a_bomb_of_honest_size_is_unpacked_no_further_than_an_entry_may_be() -> None:
    raw = made(told(size=MOST_ENTRY + 1), zeros(8 * MEGABYTE))
    assert "unpack to more than Radar accepts" in refused(raw)


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\0" * 40,
        b"\xff\xfe\xfa",
        b"[]",
        b"null",
        b"7",
        b'"hub"',
        b"{}",
        b"[" * 60_000,
        b'{"hub":' * 8_000,
        b'{"hub": ' + b"9" * 60_000 + b"}",
        told()[:-1],
        told() + b"{}",
        told(seq="7"),
        told(seq=7.0),
        told(seq=True),
        told(seq=None),
        told(seq=[7]),
        told(hub=None),
        told(hub={"a": 1}),
        told(author=["Eve"]),
        told(schema="2"),
        told(size="0"),
        told(outbox=0),
        told(time=7),
        json.dumps({k: v for k, v in asdict(HEADER).items() if k != "parent"}).encode(),
    ],
    ids=lambda header: header[:24].decode("latin-1"),
)
def test_a_header_that_is_none_is_refused(header: bytes) -> None:
    assert "header cannot be read" in refused(made(header))


@pytest.mark.parametrize(
    "lie",
    [
        {"author": "\ud800"},
        {"device": "evil\udfff"},
        {"seq": -1},
        {"schema": -1},
        {"schema": 0},
        {"outbox": "x"},
        {"outbox": "device/one/hash"},
        {"outbox": f"device/{'9' * 5000}/hash"},
        {"outbox": "//"},
        {"kind": 7},
        {"kind": ""},
        {"kind": "a b"},
        {"counts": []},
        {"counts": {"market": -1}},
        {"counts": {"market": True}},
        {"counts": {"market": 1.0}},
        {"counts": {"market": 10**13}},
        {"counts": {"MARKET; --": 1}},
        {"state": "0"},
        {"state": None},
        {"state": "F" * 64},
        {"snapshot": "200"},
        {"snapshot": 200},
        {"snapshot": "2e2/" + "0" * 64},
        {"void": -1},
        {"void": True},
        {"void": "6"},
    ],
    ids=str,
)
def test_a_header_that_radar_never_writes_is_refused(lie: dict[str, object]) -> None:
    assert "header cannot be read" in refused(made(told(**lie)))


def test_what_a_later_radar_adds_to_the_header_is_passed_over() -> None:
    assert unpack(made(told(territory="north")), "entry 7").header == HEADER


def test_keys_that_say_nothing_are_not_written_so_that_every_radar_reads_the_same_header() -> None:
    raw = pack(HEADER, BODY)
    assert not any(word in raw for word in (b"kind", b"counts", b"state", b"snapshot", b"void"))
    assert b'"outbox":""' in raw, "the first Radar needs it"
    said = replace(HEADER, counts={"market": 2}, state="ab" * 32)
    assert unpack(pack(said, BODY), "entry 7").header == replace(said, size=len(BODY))


@pytest.mark.parametrize("later", [told(kind="fence"), told(kind="begin", counts=7, roster=[1])])
def test_a_kind_that_only_a_newer_radar_knows_is_not_called_damaged(later: bytes) -> None:
    newer(made(later))


@pytest.mark.parametrize(
    "magic", [b"RADAR 2\n", b"RADAR ENTRY 2\n", b"RADAR ROSTER 2\n", b"RADAR ENTRY 13\n"]
)
def test_a_higher_magic_is_not_called_damaged(magic: bytes) -> None:
    newer(magic + b"\0\0\0\x02{}" + bytes(99))
    newer(sealed(magic + b"\0\0\0\x02{}"))


def newer(raw: bytes) -> None:
    with pytest.raises(NewerRadar, match=r"^Entry 7 on the hub was made by a newer Radar\.") as error:
        unpack(raw, "entry 7")
    assert "pip install --upgrade" in error.value.hint


@pytest.mark.parametrize("length", [64 * 1024 + 1, 2**31, 2**32 - 1])
def test_a_header_longer_than_any_is_refused(length: int) -> None:
    assert "header is too long" in refused(sealed(MAGIC + length.to_bytes(4, "big") + told()))
    long = told(author="x" * 70_000)
    assert "header is too long" in refused(made(long))


@pytest.mark.parametrize("body", [b"", b"x", BODY, zlib.compress(BODY)[:-1], zlib.compress(BODY) + b"x"])
def test_a_body_that_does_not_unpack_to_what_the_header_says_is_refused(body: bytes) -> None:
    refused(made(told(size=len(BODY)), body))
    refused(made(told(size=len(BODY) + 1), zlib.compress(BODY)))
    refused(made(told(size=len(BODY) - 1), zlib.compress(BODY)))


def test_what_is_no_entry_is_called_so() -> None:
    assert "no file of Radar's" in refused(b"[.ShellClassInfo]\r\nIconResource=folder.ico,0\r\n" + b"\0" * 99)
    assert "cut short" in refused(b"")
