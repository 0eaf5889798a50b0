"""No silent value: files made by chance out of a table whose meaning is known. Each cell is stored as it is seen, or
what was not read is named. `RADAR_FILES=1000` plays so many."""

from __future__ import annotations

import csv
import io
import os
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from radar_tui.domain.customer import Customer
from radar_tui.exchange.headings import plain, shipped
from radar_tui.exchange.imports import ImportReport, in_words, run
from radar_tui.exchange.options import Options
from radar_tui.exchange.tables.table_file import Unclear

if TYPE_CHECKING:
    from pathlib import Path

    from radar_tui.store.store import Store

MANY = int(os.environ.get("RADAR_FILES", "60"))
ROME = ZoneInfo("Europe/Rome")
NAMES = ("Aurora Tissue", "Müller & Söhne", "Papeles García", "Čerpadla Plzeň", "Größe [b]")
SUBJECTS = (
    "Roll squeals", "Pump, hums; loud", 'The "new" one', "Größe prüfen", "line\nbreak", "=1+1 is not 2", "7", "ok|no",
)  # fmt: skip
NOISE = ("x", "", "12", "do not tell them")
STRANGERS = ("Mood", "Weather", "Comment", "Internal note", "Colour")
WORDS: dict[str, dict[Any, tuple[str, ...]]] = {
    "priority": {
        "low": ("Low", "niedrig", "bassa"),
        "high": ("High", "Hoch", "alta", "haute"),
        "urgent": ("Urgent", "critical"),
    },
    "satisfied": {
        1: ("Good", "zufrieden", "oui"),
        0: ("Bad", "unzufrieden", "non satisfait"),
        None: ("", "-"),
    },
}
WAYS_OF_DATES: tuple[tuple[str, str | None], ...] = (
    ("%Y-%m-%d %H:%M", None), ("%d/%m/%Y %H:%M", "day-first"), ("%m/%d/%Y %I:%M %p", "month-first"),
    ("%d.%m.%Y, %H:%M Uhr", "day-first"), ("%d %b %Y %H:%M", None), ("%Y-%m-%dT%H:%M:%S+02:00", None),
    ("%a, %d %b %Y %H:%M:%S +0200", None), ("serial", None), ("real", None),
)  # fmt: skip


class Cell(NamedTuple):
    """What somebody sees, what a workbook holds for it and how it formats that."""

    seen: str
    held: Any = None
    code: str = "General"


class Made(NamedTuple):
    """A file, what it means by kind of row, the headings nobody knows, and what a user would answer when asked."""

    kind: str
    path: Path
    rows: list[dict[str, Any]]
    strangers: list[str]
    answers: dict[str, Any]


def made(chance: random.Random, folder: Path) -> Made:
    kind = chance.choice(("tickets", "tickets", "items", "contacts"))
    ways, order = chance.choice(WAYS_OF_DATES)
    fields = _fields(chance, kind)
    rows = [_row(chance, kind, number) for number in range(chance.randint(1, 6))]
    names = {field: _heading(chance, kind, field) for field in fields}
    strangers = chance.sample(STRANGERS, chance.randint(0, 2))
    columns: list[str] = [*fields, *strangers]
    chance.shuffle(columns)
    table = [
        [Cell(names.get(column, column)) for column in columns],
        *(
            [
                _cell(chance, column, row[column], ways) if column in fields else Cell(chance.choice(NOISE))
                for column in columns
            ]
            for row in rows
        ),
    ]
    kept = [{field: row[field] for field in fields} for row in rows]
    if chance.random() < 0.2:
        # A heading that stands twice: of both the cell that holds something counts.
        double = chance.randrange(len(columns))
        for row in table:
            row.append(row[double] if row is table[0] else Cell(""))
    path, answers = _written(chance, folder, table, workbook=ways in ("real", "serial"))
    return Made(kind, path, kept, strangers, {"dates": order, "zone": "Europe/Rome", "kind": kind, **answers})


NEEDED = {
    "tickets": ("customer", "reference", "opened_at"),
    "items": ("customer", "tag"),
    "contacts": ("customer", "name"),
}
OTHERS = {
    "tickets": ("subject", "priority", "closed_at", "satisfied", "category"),
    "items": ("model", "installed_on"),
    "contacts": ("email", "phone", "job_title"),
}


def _fields(chance: random.Random, kind: str) -> list[str]:
    return [*NEEDED[kind], *chance.sample(OTHERS[kind], chance.randint(1, len(OTHERS[kind])))]


def _heading(chance: random.Random, kind: str, field: str) -> str:
    """One of those that ship, as people and tools write it."""
    shipping = {str(each): columns for each, columns in shipped().columns.items()}[kind]
    known = [field.replace("_", " "), field, *shipping.get(field, ())]
    name = chance.choice([name for name in known if name not in ("Comment", "Title", "Type", "Service")])
    return chance.choice((name, name, name.upper(), name.replace(" ", "\n"), f" {name} ", f"{name} *"))


def _row(chance: random.Random, kind: str, number: int) -> dict[str, Any]:
    opened = datetime(2026, 5, 1, tzinfo=ROME) + timedelta(minutes=chance.randint(0, 120 * 24 * 60))
    closed = opened + timedelta(minutes=chance.randint(1, 5000)) if chance.random() < 0.7 else None
    if opened.hour == opened.minute == 0:
        opened += timedelta(minutes=1)  # as a bare number midnight is the day alone
    return {
        "customer": chance.choice(NAMES),
        "reference": chance.choice((f"{number:05}", f"T-{number}", f"{900 + number}")),
        "opened_at": opened,
        "closed_at": closed,
        "subject": chance.choice(SUBJECTS),
        "priority": chance.choice(("low", "high", "urgent")),
        "satisfied": chance.choice((1, 0, None)),
        "category": chance.choice(("Leaks", "Noise", "")),
        "tag": chance.choice((f"{number:04}", f"W-{number:03}", f"{number}A")),
        "model": chance.choice(("RX-40", "00712", "7")),
        "installed_on": opened.date(),
        "name": f"Paolo {'ABCDEFG'[number]}",
        "email": f"p{number}@a.it",
        "phone": f"+39 0{number}",
        "job_title": chance.choice(("Buyer", "Größte", "")),
    }


def _cell(chance: random.Random, field: str, value: Any, ways: str) -> Cell:
    if value is None and field != "satisfied":
        return Cell("")
    if field in WORDS:
        return Cell(chance.choice(WORDS[field][value]))
    if field in ("opened_at", "closed_at", "installed_on"):
        return _date_cell(value, ways)
    if field in ("reference", "tag", "model") and value.isdecimal():
        padded = len(value) > 1 and value[0] == "0"
        quoted = f'="{value}"' if padded and chance.random() < 0.5 else value
        return Cell(quoted, int(value), "0" * len(value) if padded else "General")
    return Cell(value)


def _date_cell(value: Any, ways: str) -> Cell:
    if not isinstance(value, datetime):
        if ways in ("real", "serial"):
            return Cell(value.isoformat(), value, "dd/mm/yyyy")
        return Cell(
            value.strftime(ways.partition(" %H")[0].partition(" %I")[0].partition("T%H")[0].rstrip(","))
        )
    wall = value.replace(tzinfo=None)
    if ways == "real":
        return Cell(wall.isoformat(" "), wall, "dd/mm/yyyy hh:mm")
    if ways == "serial":
        days = (wall - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001 -- as a spreadsheet counts
        return Cell(f"{days:.6f}", days, "General")
    return Cell(wall.strftime(ways))


def _written(
    chance: random.Random, folder: Path, table: list[list[Cell]], *, workbook: bool
) -> tuple[Path, dict[str, Any]]:
    wide = len(table[0])
    above = [[Cell("Report, all teams")], [Cell("")]] if chance.random() < 0.3 else []
    below = (
        [[Cell("Total"), *[Cell("")] * (wide - 2), Cell("7")]] if wide > 1 and chance.random() < 0.3 else []
    )
    table = [*above, *table, *below]
    how = "xlsx" if workbook else chance.choice(("csv", "csv", "xlsx", "html"))
    path = folder / chance.choice((f"in.{how}", "in.xls", "in.txt"))
    if how == "xlsx":
        return path, _book(chance, path, table)
    if how == "html":
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(c.seen).replace(chr(10), '<br>')}</td>" for c in row)
            for row in table
        )
        path.write_text(f"<html><meta charset='utf-8'><table>{body}</table></html>", encoding="utf-8")
        return path, {}
    made = io.StringIO()
    rows = [[cell.seen for cell in row] for row in table]
    if chance.random() < 0.3:
        rows = [_cut_short(row) for row in rows]
    csv.writer(made, delimiter=chance.choice(",;\t|")).writerows(rows)
    text = made.getvalue()
    fits = [
        codec
        for codec in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1250", "mac_roman")
        if _can(text, codec)
    ]
    codec = chance.choice(fits)
    path.write_bytes(text.encode(codec))
    return path, {"encoding": codec}


def _cut_short(row: list[str]) -> list[str]:
    """As tools write it that end a line after its last value."""
    while len(row) > 1 and not row[-1]:
        row = row[:-1]
    return row


def _can(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _book(chance: random.Random, path: Path, table: list[list[Cell]]) -> dict[str, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Here"
    first = chance.randint(1, 3)
    for line, row in enumerate(table, first):
        for place, cell in enumerate(row, chance.randint(1, 1)):
            if cell.held is None and not cell.seen:
                continue
            at = sheet.cell(line, place, cell.seen if cell.held is None else cell.held)
            at.number_format = cell.code
            if cell.held is None:
                at.data_type = "s"
    for name, state in (("Cover", "visible"), ("Old", "hidden")):
        if chance.random() < 0.4:
            other = book.create_sheet(name, chance.choice((0, 1)))
            other.sheet_state = state
            other.append(["Hello", "there"])
    hidden = chance.random() < 0.2
    if hidden:
        # A filter hides what somebody did not want to see.
        last = sheet.max_row + 1
        sheet.row_dimensions[last].hidden = True
        for place, _ in enumerate(table[0], 1):
            sheet.cell(last, place, "hidden")
    book.active = book.sheetnames.index("Here")
    book.save(path)
    return {"sheet": "Here", "hidden": "leave"}


def asked(store: Store, file: Made) -> ImportReport:
    """What a user does: import, and answer what is asked."""
    options = Options(file.path)
    for _ in range(6):
        try:
            return run(store, replace(options, zone=file.answers["zone"]), write=True)
        except Unclear as error:
            question = error
        answer = file.answers[question.option]
        assert answer in [value for value, _ in question.choices], question.message
        options = replace(options, **{question.option: answer})
    raise AssertionError("asked for ever")


SQL = {
    "tickets": "SELECT c.name AS customer, t.* FROM ticket t JOIN customer c ON c.id = t.customer_id",
    "items": "SELECT c.name AS customer, i.* FROM item i JOIN customer c ON c.id = i.customer_id",
    "contacts": "SELECT c.name AS customer, p.* FROM contact p JOIN customer c ON c.id = p.customer_id",
}
KEYS = {"tickets": "reference", "items": "tag", "contacts": "name"}


def stored(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:00.000Z")
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("seed", range(MANY))
def test_a_cell_is_stored_as_it_is_seen_or_named(store: Store, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for number, name in enumerate(NAMES):
        store.customer.save(Customer(id=f"c{number}", name=name))
    file = made(chance, tmp_path)
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for row in file.rows:
        wanted.setdefault((row["customer"], row[KEYS[file.kind]]), row)
    report = asked(store, file)
    doubled = len(file.rows) - len(wanted)
    assert len(report.bad) == doubled, report.bad
    if doubled:
        return
    rows = {(row["customer"], row[KEYS[file.kind]]): row for row in store.rows(SQL[file.kind])}
    assert set(rows) == set(wanted)
    for key, row in wanted.items():
        for field, value in row.items():
            assert rows[key][field] == stored(value), (key, field)
    words = " ".join(line for line in in_words(report) if line.startswith("Not read: "))
    assert all(plain(name) in plain(words) for name in file.strangers), words
