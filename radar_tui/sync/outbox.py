"""Outboxes: where the hub lies in a folder that a cloud service copies, no put is create-only across laptops.

Each laptop writes only into `outbox/DEVICE/`, one file at a time, and keeps its changes until it sees them in the log.
One laptop, the keeper, moves outboxes into the log and is the only one to write there. A file holds two changesets:
the changed rows as the laptop knew them from the log (deletes), and as they are there now (inserts); so the keeper can
merge them field by field onto whatever the log says by then. Rows that these refer to go along unchanged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import apsw

from radar_tui.domain.days import iso, written_moment
from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.sync.asking import is_large
from radar_tui.sync.base import SCHEMA, Forget, Pulled
from radar_tui.sync.hub.entry import Entry, HubDamaged, digest, pack, unpack
from radar_tui.sync.hub.hub import Outbox, outbox_name
from radar_tui.sync.merge import Brought, Fold, SqlValues, conflict_rows

if TYPE_CHECKING:
    from radar_tui.store.schema.touched import RowKey
    from radar_tui.sync.base import Base
    from radar_tui.sync.hub.entry import Header
    from radar_tui.sync.session import Session

_LENGTH = 8
MOST_ROWS = 100_000
"""Rows of one file: the next one waits until the keeper has moved it."""


class Refused(RadarError):
    """An outbox that cannot be moved into the log; it stays where it is."""


def leave(sync: Session) -> bool:
    """Put what is ours into the outbox; whether something of ours waits there for the keeper.

    One file at a time: a second one would be made against values that the log does not have yet.
    """
    settle(sync)  # again: the sync before may have been killed in between
    number, raw = sync.files.outbox()
    if raw is None:
        mine = sync.live.touched(MOST_ROWS)
        if len(changed := {key: row for key, row in mine.items() if row != sync.base.rows.get(key)}) < len(
            mine
        ):
            sync.forget_unchanged(mine)
        if not changed:
            return False
        # A folder brought back from a backup knows less than the log of what was sent.
        number = max(number, sync.base.number(f"outbox:{sync.device}")) + 1
        raw = pack(sync.header(sync.base.head, changed), _body(sync.base, _with_parents(sync, changed)))
        sync.live.intend_outbox(digest(raw))
        sync.files.keep_outbox(number, raw)
        sync.at("intended")
    device = unpack(raw, "the outbox").header.device
    while not sync.hub.objects.create(outbox_name(device, number), raw):
        # What stands there was damaged on its way, or sent before this folder was brought back from a backup: the
        # keeper reports or takes it, and this goes behind it.
        number += 1
        sync.files.keep_outbox(number, raw)
    sync.at("put")
    return True


def withdraw(sync: Session) -> None:
    """Take our file out of the outbox: this laptop has become the keeper and writes into the log itself."""
    number, raw = sync.files.outbox()
    if raw is not None:
        sync.hub.objects.remove(outbox_name(unpack(raw, "the outbox").header.device, number))
        sync.files.outbox_taken()


def recognise(sync: Session, entry: Entry, pulled: Pulled) -> None:
    """After `apply` of an entry that is what our outbox held: the values sent are known to us, whatever the log made of
    them. Only where the live file itself says that it sent them: one brought back from a backup does not hold them."""
    _, raw = sync.files.outbox()
    if raw is None or not _mark_of(entry) == digest(raw) == sync.live.outbox():
        return
    seen, mine = rows_of(sync.base, unpack(raw, "the outbox"))
    said = sync.base.conflicts_in(entry)
    for key, row in mine.items():
        if _arrived(seen[key], row, sync.base.rows.get(key), {column for on, column in said if on == key}):
            pulled.before[key] = row


def _arrived(
    seen: SqlValues | None, mine: SqlValues | None, now: SqlValues | None, said: set[int | None]
) -> bool:
    """Whether the log holds what was sent, in the row or in a conflict about it (`said`: places of columns, None for
    the whole row): a mark that lies must not make us give up what only we have."""
    if now == mine or None in said:
        return True
    if mine is None or now is None:
        return False
    return all(
        now[place] == value or place in said or (seen is not None and seen[place] == value)
        for place, value in enumerate(mine)
    )


def settle(sync: Session) -> None:
    """Take the outbox file away once the log has it."""
    number, raw = sync.files.outbox()
    if raw is None:
        return
    device = unpack(raw, "the outbox").header.device
    if is_taken(sync.base, digest(raw), device, number):
        sync.hub.objects.remove(outbox_name(device, number))
        sync.files.outbox_taken()


def is_taken(base: Base, digest: str, device: str, number: int) -> bool:
    """Whether the outbox file with this hash is in the log. A base of before noted only the last number of a device."""
    return bool(base.noted(f"taken:{digest}")) or base.number(f"taken:{device}") >= number


def _mark_of(entry: Entry) -> str:
    """The hash of the outbox file that the keeper moved into an entry, "" if it is none."""
    return entry.header.outbox.rpartition("/")[2]


def move(sync: Session, box: Outbox) -> bool:
    """Move one outbox into the log, merged onto its end; whether it was this keeper that wrote it.

    Nothing is kept here: the entry is taken back from the log like anybody's. Raises RadarError about this outbox.
    """
    header = box.entry.header
    if header.schema > SCHEMA:
        raise Refused(
            f"{box.name} was written by a newer Radar. It was left where it is.",
            "Install the newest Radar, then keep again: pip install --upgrade radar-tui",
        )
    base = sync.base
    try:
        seen, mine = rows_of(base, box.entry)
    except HubDamaged as error:
        raise Refused(
            f"{box.name} holds what no Radar writes. It was left where it is.",
            "Remove it; if its laptop is yours, sync there again.",
        ) from error
    with base.moving():
        with base.recorded() as changesets:
            fold = Fold(base.rows, lambda key: mine.get(key) or seen.get(key))
            fold.run(mine, seen.get, base.rows.get, mine.get)
            _refuse_large(sync, box, {key: seen.get(key) for key in fold.removed})
            _keep_conflicts(sync, header, fold)
        before = base.before(changesets[0])
        base.changed(before, {key: base.rows.get(key) for key in before})
        raw = sync.packed(changesets[0], of=header, mark=box.mark)
        raise Forget
    return sync.hub.append(base.head + 1, raw)


def _keep_conflicts(sync: Session, header: Header, fold: Fold) -> None:
    """Write what a fold could not merge into the base, in the name of the laptop that sent it."""
    rows, mine = sync.base.rows, header.writer()
    at = _moment(mine.last) or _moment(header.time) or iso(sync.live.store.clock())
    last, by = _last_changes(sync, header.seq, {(c.table, c.key) for c in fold.clashes})
    for row in conflict_rows(
        rows.shape,
        fold.clashes,
        mine=mine,
        brought=lambda key, column: last[key]._replace(by=by.get((key, column or "id"))),
        edited=lambda key: at,
    ):
        if rows.get(("conflict", str(row[0]))) is None:
            rows.put("conflict", row)


def _refuse_large(sync: Session, box: Outbox, removed: dict[RowKey, SqlValues | None]) -> None:
    """What takes much away from everybody waits until the keeper is told to move it."""
    shape = sync.base.shape
    gone = {key: shape.as_object(key[0], row) or {} for key, row in removed.items()}
    if not sync.answers.take and is_large(sync.live.store, gone):
        raise Refused(
            f"{box.name}, of {box.entry.header.author or box.device}, would take {plural(len(gone), 'row')} away from "
            "everybody. It was left where it is; to move it: radar hub keep --yes",
        )


def _last_changes(
    sync: Session, after: int, keys: set[RowKey]
) -> tuple[dict[RowKey, Brought], dict[tuple[RowKey, str], str]]:
    """The last entry behind `after` that changed each of the rows, the end of the log for those that none did; and who
    changed each column of them last."""
    last: dict[RowKey, Brought] = {}
    by: dict[tuple[RowKey, str], str] = {}
    for seq in range(sync.base.head, max(after, 0), -1):
        if (entry := sync.files.mirrored(seq)) is None:
            if seq < sync.hub.first():
                break
            entry = sync.hub.read(seq, None)
        for key, column in sync.base.fields_in(entry):
            if key in keys:
                last.setdefault(key, Brought(seq, entry.digest))
                by.setdefault((key, column), entry.header.writer().as_text())
    return dict.fromkeys(keys, Brought(sync.base.head, sync.base.digest)) | last, by


def _moment(text: str) -> str:
    """`text` if it is a moment as Radar writes them, else ""."""
    moment = written_moment(text)
    return text if moment and iso(moment) == text else ""


def rows_of(
    base: Base, entry: Entry
) -> tuple[dict[RowKey, SqlValues | None], dict[RowKey, SqlValues | None]]:
    """The changed rows of an outbox as the log had them, and as the laptop has them. Raises HubDamaged."""
    length = int.from_bytes(entry.body[:_LENGTH], "big")
    if len(entry.body) < _LENGTH + length:
        raise HubDamaged("The outbox was cut short.", "")
    before = dict(base.accepted(entry, entry.body[_LENGTH : _LENGTH + length]))
    after = dict(base.accepted(entry, entry.body[_LENGTH + length :]))
    keys = {*before, *after}
    return {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys}


def _with_parents(sync: Session, changed: dict[RowKey, SqlValues | None]) -> dict[RowKey, SqlValues | None]:
    """The rows with all that they refer to, unchanged: the log may have lost it by the time they arrive there."""
    whole = dict(changed)
    open_keys = list(changed)
    while open_keys:
        key = open_keys.pop()
        row = whole[key]
        for parent in sync.base.rows.parents(key[0], row) if row is not None else ():
            if parent not in whole and (known := sync.base.rows.get(parent)) is not None:
                whole[parent] = known
                open_keys.append(parent)
    return whole


def _body(base: Base, mine: dict[RowKey, SqlValues | None]) -> bytes:
    before: Any = apsw.ChangesetBuilder()  # type: ignore[no-untyped-call]
    after: Any = apsw.ChangesetBuilder()  # type: ignore[no-untyped-call]
    for builder in (before, after):
        builder.schema(base.database, "main")
    for key, row in mine.items():
        if (known := base.rows.get(key)) is not None:
            before.add_delete(key[0], False, known)
        if row is not None:
            after.add_insert(key[0], False, row)
    first: bytes = before.output()
    second: bytes = after.output()
    return len(first).to_bytes(_LENGTH, "big") + first + second
