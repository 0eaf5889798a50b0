"""Spreadsheets made to do harm, for every kind of import: cells, encodings, shapes, and archives that only look like
xlsx. Each is refused or imported in words; the database is sound before and after, and never half imported."""

from __future__ import annotations

import csv
import io
import random
import shutil
import sqlite3
import sys
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from radar_tui.domain.customer import Customer
from radar_tui.store.store import Store
from tests.exchange.old_books import OldRow, xls, xlsb
from tests.exchange.test_readers import MAIN, sheet, xlsx
from tests.hostile import alone, command, in_words, seeds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="bounds of a process as Linux has them")

HEADS: dict[str, tuple[str, ...]] = {
    "tickets": ("Reference", "Customer", "Subject", "Kind", "Category", "Priority", "Opened at", "Closed at",
                "Satisfied", "Comment"),
    "customers": ("Name", "Kind", "Status", "Market", "Owner", "Cadence days", "Annual value", "Currency", "City",
    "Notes"),
    "contacts": ("Customer", "Name", "Job title", "Function", "Role", "Email", "Phone", "Language", "Left on"),
    "colleagues": ("Name", "Function", "Email", "Phone", "Direct contact", "Left on"),
    "items": ("Customer", "Tag", "Model", "Stream", "Installed on", "Refurbished on", "Retired on"),
    "parts": ("Sku", "Name", "Model", "Kind", "Unit price", "Currency", "Lead days"),
    "readings": ("Customer", "Measure", "As of", "Value"),
}  # fmt: skip
GOOD = (
    "Aurora Tissue",
    "x",
    "7",
    "2026-09-27",
    "2026-09-27 09:00",
    "high",
    "yes",
    "EUR",
    "user",
    "active",
    "Bob",
    "",
)
CELLS = (
    "=cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "+39 1", "'=1", "''", "\0", "a\0b", "\x1b[2J\x1b]0;x\x07", "[/]",
    "\u202e", "é" * 9,
    "x" * 200_000, "9" * 400, "9" * 5000, "1e999", "-1e999", "NaN", "Infinity", "1,234.56", "1.234,56", "1'000",
    "1 000",
    "0x10", "²", "٣", "½", "-0", "1e-999", "2026-02-30", "31/12/9999", "01/01/0001", "0000-00-00", "29.02.2025",
    "12/13/2026",
    "13/13/2026", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2026-09-27T25:00", "2026-W40-1",
    "1790000000",
    "-1", "99999999999999999999", "now", "Inf", "true", "\ufeff", "\r\n\r\n", '"', '""', "😀", "ẞ", "\u0000", "EUR\n",
    "€",
    "ZZZ", "nobody", "aurora tissue", "AURORA  TISSUE", "\ud800", "\uffff", "https://x/" + "y" * 3000,
    "../../etc/passwd",
)  # fmt: skip


def table(chance: random.Random, kind: str, rows: int = 6, good: float = 0.6) -> list[list[str]]:
    """Headings, and cells of which some are what such a column holds."""
    head = list(HEADS[kind])
    if chance.random() < 0.3:
        chance.shuffle(head)
    made = [head]
    for _ in range(rows):
        made.append([chance.choice(GOOD if chance.random() < good else CELLS) for _ in head])
        if "Customer" in head and chance.random() < 0.9:
            made[-1][head.index("Customer")] = "Aurora Tissue"
    return made


def text(rows: list[list[str]], separator: str = ",") -> str:
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue()


def cells(chance: random.Random, kind: str, path: Path) -> None:
    """A csv of the right shape with cells that are not."""
    made = text(table(chance, kind, good=chance.choice((0.95, 0.6))), chance.choice(",,;\t|"))
    path.write_bytes(made.encode("utf-8", "surrogatepass"))


def encodings(chance: random.Random, kind: str, path: Path) -> None:
    """Every encoding there is, a mark that lies, two in one file."""
    codec = chance.choice(
        ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "latin-1", "cp437", "shift_jis", "gb18030",
         "utf-8-sig", "cp500", "koi8-r", "iso2022_jp", "utf-8", "mac-roman")
    )  # fmt: skip
    raw = text(table(chance, kind, good=0.8)).encode(codec, "replace")
    mark = chance.choice(
        (
            b"",
            b"",
            b"\xff\xfe",
            b"\xfe\xff",
            b"\xef\xbb\xbf",
            b"\xef\xbb\xbf\xef\xbb\xbf",
            b"\x2b\x2f\x76",
            b"\0\0\xfe\xff",
        )
    )
    path.write_bytes(
        mark
        + raw
        + chance.choice(
            (b"", b"\xff", b"\xc3", b"\xd8", text(table(chance, kind)).encode("utf-16", "replace"))
        )
    )


def shapes(chance: random.Random, kind: str, path: Path) -> None:
    """Too wide, too long, too deep, ragged, unended, with no rows or no headings."""
    rows = table(chance, kind, good=0.9)
    line = text(rows[1:2])
    head = text(rows[:1])
    made = chance.choice(
        (
            lambda: head + "x," * 1_000_000 + "\n",
            lambda: "x," * 1_000_000 + "\n" + line,
            lambda: ",".join(f"c{n}" for n in range(5000)) + "\n" + line,
            lambda: head + "\n" * 300_000 + line,
            lambda: head + line * 20_000,
            lambda: head + '"' + "y" * 3_000_000,
            lambda: head + line.rstrip() + ',"' + line * 900,
            lambda: head + "y" * 20_000_000,
            lambda: head.replace("\r\n", "\r") + line.replace("\r\n", "\r"),
            lambda: head,
            lambda: line,
            lambda: head + head + line,
            lambda: head.replace(",", ",,,") + line,
            lambda: (head.split(",")[0] + ",") * 9 + "\n" + line,
            lambda: "sep=;\n" + head + line,
            lambda: "sep=" + head + line,
            lambda: "\n\n\n" + head + line + "\x1a",
            lambda: '"' * 100_001 + "\n" + line,
            lambda: "\0" * 9000,
            lambda: head + "\0".join(line * 9),
            lambda: "{" + '"a":[' * 50_000,
            lambda: "[" + ",".join('{"Name": "Aurora"}' for _ in range(9)) + "]",
            lambda: " , , \n , , ",
            lambda: head + line + "," * 90 + "\n" + line[:3],
        )
    )()
    path.write_bytes(made.encode("utf-8", "replace"))


def flipped(chance: random.Random, kind: str, path: Path) -> None:
    """A good file with a few bytes changed, cut off or doubled; csv or xlsx."""
    rows = table(chance, kind, good=1)
    if chance.random() < 0.5:
        xlsx(path, sheet(*[tuple(escape(cell) for cell in row) for row in rows]))
    else:
        path.write_text(text(rows), encoding="utf-8")
    raw = bytearray(path.read_bytes())
    way = chance.randrange(5)
    if way == 0:
        del raw[chance.randrange(len(raw)) :]
    elif way == 1:
        raw = raw * 2
    else:
        for _ in range(chance.choice((1, 3, 20))):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw)


def sheets(chance: random.Random, kind: str, path: Path) -> None:
    """An xlsx of the right shape whose cells are of every type: numbers as dates, errors, formulas, references."""
    rows = table(chance, kind, good=0.8)
    made: list[tuple[object, ...]] = [tuple(rows[0])]
    for number, row in enumerate(rows[1:], 2):
        line: list[object] = []
        for place, cell in enumerate(row):
            at = f"{chr(65 + place)}{number}"
            odd = (
                f'<c r="{at}" t="e"><v>#DIV/0!</v></c>', f'<c r="{at}" t="b"><v>7</v></c>',
                f'<c r="{at}" t="s"><v>9</v></c>',
                f'<c r="{at}" t="d"><v>2026-99-99</v></c>', f'<c r="{at}" s="1"><v>1e308</v></c>',
                f'<c r="{at}"><v>NaN</v></c>',
                f'<c r="{at}"><v>-1</v></c>', f'<c r="{at}"><v>2958466</v></c>', f'<c r="{at}"><v>60</v></c>',
                f'<c r="{at}"><f>cmd|1</f><v>=1</v></c>', f'<c r="{at}" t="zz"><v>1</v></c>', f'<c r="{at}"/>',
                "<c><v>7</v></c>",
                f'<c r="ZZZZ{number}"><v>1</v></c>', '<c r="A0"><v>1</v></c>',
                f'<c r="{at}" t="str"><v>&#x1b;[2J</v></c>',
                f'<c r="{at}"><v>{"9" * 400}</v></c>', f'<c r="{at}" t="inlineStr"><is><t>{"x" * 99_000}</t></is></c>',
                f'<c r="{at}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', '<c r="A1"><v>1</v></c>',
                f'<c r="{at}" t="s"><v>-1</v></c>', f'<c r="{at}" t="s"><v>99999999999</v></c>',
            )  # fmt: skip
            plain = escape(
                "".join(
                    letter
                    for letter in cell
                    if letter >= " " and letter not in "\ufffe\uffff" and not "\ud800" <= letter <= "\udfff"
                )
            )
            line.append(chance.choice(odd) if chance.random() < 0.25 else plain or " ")
        made.append(tuple(line))
    content = sheet(*made)
    if chance.random() < 0.3:
        content = chance.choice(
            (
                content.replace("<sheetData>", '<sheetData><row r="1048577"/>'),
                content.replace(f' xmlns="{MAIN}"', ""),
                '<?xml version="1.0" encoding="UTF-16"?>' + content,
                content[: chance.randrange(len(content))],
                content.replace("sheetData>", "sheetdata>"),
                content + content,
            )
        )
    xlsx(path, content)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
) + "]>"  # fmt: skip


def archives(chance: random.Random, kind: str, path: Path) -> None:
    """Bombs, entities, deep nesting, parts that are missing, doubled, named like paths, or in another packing."""
    rows = [tuple(escape(cell) for cell in row) for row in table(chance, kind, good=1)]
    content = sheet(*rows)
    way = chance.randrange(14)
    if way == 0 and chance.random() < 0.3:
        xlsx(path, content, bomb=bytes(1) * 450_000_000)
    elif way == 1:
        xlsx(path, LAUGHS + content.replace("Aurora", "&m;"))
    elif way == 2:
        xlsx(path, content.replace("<sheetData>", "<x>" * 100_000 + "<sheetData>"))
    elif way == 3:
        xlsx(path, f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">'
             '<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>')  # fmt: skip
    elif way == 4:
        xlsx(path, content.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'))
    elif way == 5:
        xlsx(path, content, **{"../../../evil": b"x", "worksheets/sheet1.xml": b"<x/>"})
    elif way == 6:
        shared = f'<sst xmlns="{MAIN}" count="999999999" uniqueCount="999999999"><si><t>x</t></si></sst>'
        xlsx(path, content, **{"sharedStrings.xml": shared.encode()})
    elif way == 7:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name in chance.choice((["x"], [], ["xl/workbook.xml"], [f"{n}" for n in range(11_000)])):
                made.writestr(name, b"x")
    elif way == 8:
        with zipfile.ZipFile(path, "w", chance.choice((zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))) as made:
            made.writestr("xl/worksheets/sheet1.xml", content)
    elif way == 9:
        xlsx(path, content)
        locked = bytearray(path.read_bytes())
        locked[6] |= 1  # locked with a password, says the first part
        path.write_bytes(locked)
    elif way == 10:
        xlsx(path, content)
        raw = path.read_bytes()
        at = raw.rindex(b"PK\x05\x06")
        path.write_bytes(raw[: at + 8] + chance.randbytes(14))
    elif way == 11:
        xlsx(path, content)
        raw = path.read_bytes()
        at = raw.index(b"PK\x01\x02") + 20
        path.write_bytes(
            raw[:at] + chance.choice((b"\xff" * 8, bytes(8), chance.randbytes(8))) + raw[at + 8 :]
        )
    elif way == 12:
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + chance.randbytes(5000))
    else:
        path.write_bytes(b"PK" + chance.randbytes(5000))


def markup(chance: random.Random, kind: str, path: Path) -> None:
    """Web pages, XML spreadsheets and OpenDocument: broken, endless, repeated a million times, with entities."""
    rows = table(chance, kind, good=0.9)
    many = chance.choice(("1", "1", "2", "1048576", "99999999999", "-1", "x"))
    cells = [
        [escape("".join(c for c in cell if c >= " " and c < "\ud800")[:5000]) for cell in row] for row in rows
    ]
    way = chance.randrange(3)
    if way == 0:
        body = "".join("<tr>" + "".join(f"<td colspan={many}>{cell}" for cell in row) for row in cells)
        made = "<html>" + "<table>" * chance.choice((1, 3, 2000)) + body
    elif way == 1:
        data = '<Cell ss:Index="{}"><Data ss:Type="{}">{}</Data></Cell>'
        kinds = ("String", "Number", "DateTime", "Error", "Boolean", "?")
        body = "".join(
            f'<Row ss:Index="{many}">'
            + "".join(data.format(many, chance.choice(kinds), cell) for cell in row) + "</Row>"
            for row in cells
        )  # fmt: skip
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        made = (
            f'<?xml version="1.0"?>{chance.choice(("", LAUGHS))}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        )
        made += f'<Worksheet ss:Name="A"><Table>{body}</Table></Worksheet></Workbook>'
    else:
        body = "".join(
            f'<t:table-row t:number-rows-repeated="{many}">'
            + "".join(
                f'<t:table-cell t:number-columns-repeated="{many}"><p>{cell}</p></t:table-cell>'
                for cell in row
            )
            + "</t:table-row>"
            for row in cells
        )
        made = f'<x xmlns:t="t"><t:table t:name="A">{body}</t:table></x>'
    if chance.random() < 0.3:
        made = made[: chance.randrange(len(made))]
    if way < 2:
        path.write_text(made, encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("content.xml", made)


def binaries(chance: random.Random, kind: str, path: Path) -> None:
    """Binary workbooks with cells far apart, cut off, or with some bytes changed."""
    rows: list[OldRow] = [
        tuple(cell.encode("utf-8", "replace").decode()[:200] for cell in row)
        for row in table(chance, kind, good=0.9)
    ]
    rows[1:1] = [((chance.choice((0.5, 1e300, -1.0, 46292.0)), chance.randrange(4)),)]
    if chance.random() < 0.5:
        xls(path, {"A": rows[:3]}, hidden=[3])
    else:
        xlsb(path, rows, hidden=[3])
    raw = bytearray(path.read_bytes())
    for _ in range(chance.choice((0, 1, 5, 40))):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw[: chance.randrange(len(raw))] if chance.random() < 0.2 else raw)


def others(chance: random.Random, kind: str, path: Path) -> None:
    """What is no file, or one of another program."""
    import os

    way = chance.randrange(9)
    if way == 0:
        path.mkdir()
    elif way == 1:
        os.mkfifo(path)
    elif way == 2:
        path.symlink_to(chance.choice(("/dev/zero", "/dev/null", path, "/nowhere", "/proc/self/mem", "/")))
    elif way == 3:
        path.write_bytes(b"%PDF-1.7\n" + chance.randbytes(3000))
    elif way == 4:
        shutil.copy(path.with_name("radar.db"), path)
    elif way == 5:
        path.symlink_to(path.with_name("radar.db"))
    elif way == 6:
        path.write_bytes(chance.randbytes(chance.choice((1, 2, 100, 100_000))))
    elif way == 7:
        path.write_bytes(bytes(chance.choice((1, 5000, 30_000_000))))


WAYS: tuple[Callable[[random.Random, str, Path], None], ...] = (
    cells, cells, encodings, shapes, flipped, sheets, sheets, archives, others, markup, binaries,
)  # fmt: skip
KINDS = tuple(HEADS)


def play(folder: Path, seed: int) -> list[str]:
    """One file, looked at and imported in three ways."""
    chance, way, kind = random.Random(seed), WAYS[seed % len(WAYS)], KINDS[seed // len(WAYS) % len(KINDS)]
    db = folder / "radar.db"
    with Store.open(db) as store:
        store.customer.save(Customer(id="a", name="Aurora Tissue"))
    path = folder / chance.choice(("in.csv", "in.xlsx", "in.txt", "IN"))
    way(chance, kind, path)
    wrong: list[str] = []

    def said(words: str) -> int | None:
        found = command("import", str(path), "--db", str(db), *words.split())
        wrong.extend(f"{words}: {one}" for one in in_words(found))
        return found.code

    before = counted(db)
    said("--dry-run")
    options = f"--as {kind}"
    if chance.random() < 0.8:
        options += chance.choice((" --dates day-first", " --dates month-first")) + chance.choice(
            (" --decimal ,", " --decimal .")
        )
    if chance.random() < 0.2:
        options += chance.choice(
            (" --customer aurora", " --customer-column Customer", " --customer-column nothing")
        )
    said(f"{options} --dry-run")
    if counted(db) != before:
        wrong.append("a dry run changed something")
    if said(options) == 1 and counted(db) != before:
        wrong.append("a refused import changed something")
    said(f"{options} --rejects {folder}/bad.csv")
    after = counted(db)
    if said(f"{options} --rejects {folder}/bad2.csv") == 0 and counted(db) != after:
        wrong.append("a second import of the same file added rows")
    for words in (
        "check",
        "due --all",
        "brief aurora",
        f"export csv {kind} -o {folder}/out.csv",
        f"export xlsx -o {folder}/o.xlsx",
    ):
        found = command(*words.split(), "--db", str(db))
        wrong.extend(f"{words}: {one}" for one in in_words(found))
        if found.code:
            wrong.append(f"afterwards {words} says: {found.text}")
    return [f"{way.__name__} of {kind}: {one}" for one in wrong]


def counted(db: Path) -> dict[str, int]:
    with closing(sqlite3.connect(db)) as made:
        tables = [
            row[0] for row in made.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        return {name: made.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}


@pytest.mark.parametrize("seed", seeds(len(WAYS) * 2))
def test_a_hostile_spreadsheet_is_refused_or_imported_in_words(tmp_path: Path, seed: int) -> None:
    assert not alone(lambda: play(tmp_path, seed), tmp_path)
