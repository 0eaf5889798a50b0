"""Imports from file to rows: every known export, every encoding, the same file twice, bad rows, all or nothing."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.customer import Contact, Customer
from radar_tui.domain.relationship import Colleague
from radar_tui.domain.scorecard import Measure
from radar_tui.errors import Cancelled, RadarError
from radar_tui.exchange.exports import write_csv
from radar_tui.exchange.fields import FIELDS
from radar_tui.exchange.headings import shipped
from radar_tui.exchange.imports import ImportReport, run
from radar_tui.exchange.options import Options
from radar_tui.exchange.tables.table_file import Unclear
from radar_tui.store.file.check import faults
from radar_tui.store.rows.imports import ImportCounts
from radar_tui.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

ZENDESK = "Id,Requester,Subject,Ticket type,Priority,Organization,Created at,Solved at,Satisfaction Score"
EXPORTS = {
    "Zendesk": (
        ZENDESK,
        "77,Bob,It leaks,Incident,Urgent,AURORA  tissue,2026-09-27 09:00,2026-09-28 13:05,Bad",
    ),
    "Jira Service Management": (
        "ISSUE KEY,Issue id,Summary,Issue Type,Status,Priority,Created,Resolved,Satisfaction rating,"
        "Custom field (Organizations),Custom field (Organizations),Custom field (Request Type)",
        "77,1,It leaks,Incident,Done,Highest,27/Sep/26 9:00 AM,28/Sep/26 1:05 PM,1,,Aurora Tissue,Leaks",
    ),
    "Jira Service Management work items": (
        "Summary,Work item key,Work item ID,Work type,Status,Priority,Created,Resolved,Satisfaction rating,"
        "Custom field (Organizations),Custom field (Request Type),Custom field (Request Type)",
        "It leaks,77,1,Incident,Done,Highest,27/Sep/26 9:00 AM,28/Sep/26 1:05 PM,1,Aurora Tissue,,Leaks",
    ),
    "Freshdesk": (
        "Ticket ID,Subject,Status,Priority,Type,Company Name,Created time,Resolved time,Closed time,Survey results",
        "77,It leaks,Closed,Urgent,Incident,Aurora Tissue,2026-09-27 09:00:00,2026-09-28 13:05:00,,Extremely Unhappy",
    ),
    "Freshservice": (
        "Ticket Id,Subject,Type,Status,Priority,Department,Category,Created Time,Closed Time,Survey Result",
        "77,It leaks,Incident,Closed,Urgent,Aurora Tissue,Leaks,27-09-2026 09:00,28-09-2026 13:05,Unhappy",
    ),
    "Freshservice of a provider": (
        "Subject,Type,Status,Urgency,Impact,Priority,Group,Company,Category,Sub-Category,Ticket Id,Requester Name,"
        "Created Time,Resolved Time,Closed Time,Survey Result",
        "It leaks,Incident,Closed,High,Low,Urgent,Desk,Aurora Tissue,Leaks,,77,Bob,27-09-2026 09:00,,28-09-2026 13:05,"
        "Unhappy",
    ),
    "ServiceNow": (
        "number,opened_at,short_description,caller_id,priority,state,category,company,closed_at,satisfaction",
        "77,2026-09-27 09:00:00,It leaks,Bob,1 - Critical,Closed,Leaks,Aurora Tissue,2026-09-28 13:05:00,1",
    ),
    "ServiceNow labels": (
        "Number,Opened,Short description,Caller,Priority,State,Category,Company,Closed,Satisfaction",
        "77,09/27/2026 09:00:00 AM,It leaks,Bob,1 - Critical,Closed,Leaks,Aurora Tissue,09/28/2026 01:05:00 PM,no",
    ),
}


@pytest.fixture
def aurora(store: Store) -> Customer:
    return store.customer.save(Customer(id="a", name="Aurora Tissue"))


def made(folder: Path, *lines: str, name: str = "in.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def imported(store: Store, path: Path, **said: Any) -> ImportReport:
    return run(store, Options(path, **said), write=True)


def counts(report: ImportReport) -> tuple[int, int, int]:
    return report.counts.new, report.counts.changed, report.counts.same


@pytest.mark.parametrize("name", EXPORTS)
def test_every_known_export_becomes_the_same_ticket(
    name: str, store: Store, aurora: Customer, tmp_path: Path
) -> None:
    path = made(tmp_path, *EXPORTS[name])
    report = imported(store, path)
    assert name.startswith(report.said.split(", ")[0])
    assert not report.bad
    [ticket] = store.ticket.where()
    assert (ticket.customer_id, ticket.reference, ticket.subject) == ("a", "77", "It leaks")
    assert (ticket.kind, ticket.priority, ticket.satisfied) == ("ticket", "urgent", False)
    # Summer time in Rome.
    assert ticket.opened_at.isoformat() == "2026-09-27T07:00:00+00:00"
    assert ticket.closed_at is not None
    assert ticket.closed_at.isoformat() == "2026-09-28T11:05:00+00:00"
    changes = store.connection.total_changes
    assert counts(imported(store, path)) == (0, 0, 1)
    rows = store.connection.total_changes
    assert store.ticket.where() == [ticket]
    assert rows - changes <= 2  # the staged row, beside the file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, separator: str, store: Store, tmp_path: Path) -> None:
    head, row = "Company name,City,Annual value", 'Müller & Söhne,Zürich,"1.234,50"'
    lines = [separator.join(cells) for cells in csv.reader([head, row])]
    report = imported(store, made(tmp_path, *lines if separator != "," else (head, row), encoding=encoding))
    [customer] = store.customer.where()
    assert (customer.name, customer.city, customer.annual_value) == ("Müller & Söhne", "Zürich", 123450)
    assert report.found.kind == "customers"


def test_a_later_export_changes_only_what_it_holds(store: Store, aurora: Customer, tmp_path: Path) -> None:
    imported(store, made(tmp_path, *EXPORTS["Zendesk"]))
    [ticket] = store.ticket.where()
    store.colleague.save(Colleague(id="m", name="Marta Ricci"))
    followed = ticket.model_copy(
        update={"outcome": "Valve replaced", "followed_up_by": "m", "category": "Valves"}
    )
    store.ticket.save(followed)
    later = made(
        tmp_path,
        ZENDESK,
        "77,Bob,It leaks again,Incident,-,Aurora Tissue,2026-09-27 09:00,,Good",
        name="later.csv",
    )
    assert counts(imported(store, later)) == (0, 1, 0)
    assert store.ticket.get(ticket.id) == followed.model_copy(
        update={"subject": "It leaks again", "closed_at": None, "satisfied": True}
    )


def test_tickets_that_were_there_before_are_met_by_reference(
    store: Store, aurora: Customer, tmp_path: Path
) -> None:
    imported(store, made(tmp_path, *EXPORTS["Zendesk"]))
    store.connection.execute("UPDATE ticket SET id = 'made elsewhere'")
    assert counts(imported(store, made(tmp_path, *EXPORTS["Zendesk"]))) == (0, 0, 1)


def test_two_laptops_make_the_same_rows(
    store: Store, aurora: Customer, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    contacts = made(
        tmp_path, "Customer,Name,E-mail", "Aurora Tissue,Paolo,p@a.it", "Aurora Tissue,Paolo,q@a.it"
    )
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.customer.save(aurora)
        for each in (store, other):
            imported(each, contacts)
        assert store.contact.where() == other.contact.where()
        assert len(store.contact.where()) == 2
        assert counts(imported(store, contacts)) == (0, 0, 2)


def test_a_bad_row_stops_all_until_it_is_asked_for(store: Store, aurora: Customer, tmp_path: Path) -> None:
    good = "{},Bob,It leaks,Incident,Low,Aurora Tissue,2026-09-27 09:00,,Good"
    lines = [good.format(number) for number in range(10_000)]
    lines[6_000] = '6000,"=cmd|x, y",Leak,Incident,Low,Aurora Tissue,31/31/2026,,Good'
    path, rejects = made(tmp_path, ZENDESK, *lines), tmp_path / "bad.csv"
    report = imported(store, path)
    assert [(bad.line, bad.reason) for bad in report.bad] == [
        (6002, "Created at: there is no day “31/31/2026”")
    ]
    assert report.blocked
    assert not store.ticket.where()
    report = imported(store, path, rejects=rejects)
    assert (report.imported, report.counts) == (True, ImportCounts(9_999, 0, 0))
    assert report.backup is not None
    assert store.row("SELECT count(*) FROM ticket")[0] == 9_999
    [head, bad] = list(csv.reader(rejects.open(encoding="utf-8-sig", newline="")))
    assert head[-2:] == ["Line", "Why not"]
    assert bad[:2] == ["6000", "'=cmd|x, y"]
    # Put right, the file of rejects comes in like any other.
    rejects.write_text(
        rejects.read_text(encoding="utf-8-sig").replace("31/31/2026", "2026-09-27"), encoding="utf-8"
    )
    assert counts(imported(store, rejects)) == (1, 0, 0)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,B,S,Incident,Low,Nobody,2026-09-27,,", "Organization: there is no customer “Nobody”"),
        (
            "1,B,S,Incident,Low,Aurora,2026-09-27,,",
            "Organization: there is no customer “Aurora”; is it “aurora tissue”?",
        ),
        (",B,S,Incident,Low,Aurora Tissue,2026-09-27,,", "Id is empty"),
        ("1,B,S,Incident,Low,Aurora Tissue,,,", "Created at is empty"),
        ("1,B,S,Incident,Low,Aurora Tissue,soon,,", "Created at: “soon” is no date"),
        (
            "1,B,S,Incident,Low,Aurora Tissue,2026-09-27 25:00,,",
            "Created at: “2026-09-27 25:00” holds no time of day",
        ),
        ("1,B,S,Incident,Low,Aurora Tissue", "Created at is empty; 6 cells instead of 9"),
        ("0,B,S,Incident,Low,Aurora Tissue,2026-09-27,,", "the same as line 2"),
    ],
)
def test_what_is_wrong_with_a_row(
    row: str, reason: str, store: Store, aurora: Customer, tmp_path: Path
) -> None:
    fine = "0,B,S,Incident,Low,Aurora Tissue,2026-09-27,,"
    report = imported(store, made(tmp_path, ZENDESK, fine, row))
    assert [(bad.line, bad.reason) for bad in report.bad] == [(3, reason)]
    assert not store.ticket.where()


def test_an_unknown_word_is_said(store: Store, aurora: Customer, tmp_path: Path) -> None:
    report = imported(store, made(tmp_path, ZENDESK, "1,B,S,Incident,Tepid,Aurora Tissue,2026-09-27,,"))
    assert report.bad[0].reason.startswith("Priority: “Tepid” is none of low, normal, high, urgent")


def test_a_one_means_what_its_tool_means_by_it(store: Store, aurora: Customer, tmp_path: Path) -> None:
    head, row = "Customer,Reference,Opened,{}", "Aurora Tissue,{},2026-09-27,1"
    imported(store, made(tmp_path, head.format("satisfied"), row.format("A")))
    assert store.ticket.where()[0].satisfied is True
    report = imported(store, made(tmp_path, head.format("Priority"), row.format("B")))
    assert report.bad[0].reason.startswith("Priority: “1” is none of")
    with pytest.raises(Unclear, match="Satisfaction stands as a mark"):
        imported(store, made(tmp_path, head.format("Rating"), row.format("B")))


def test_amounts_go_by_the_currency_of_their_row(store: Store, tmp_path: Path) -> None:
    head = "Company,Annual value,Currency"
    imported(store, made(tmp_path, head, "Tokyo,1240,jpy", "Lario,1240,EUR", "Como,1240,"))
    rows = store.rows("SELECT name, annual_value, currency FROM customer ORDER BY name")
    assert [tuple(row) for row in rows] == [
        ("Como", 124000, "EUR"), ("Lario", 124000, "EUR"), ("Tokyo", 1240, "JPY"),
    ]  # fmt: skip


def test_dates_are_never_guessed(store: Store, aurora: Customer, tmp_path: Path) -> None:
    row = "{},B,S,Incident,Low,Aurora Tissue,{},,"
    path = made(tmp_path, ZENDESK, row.format(1, "03/04/2026 10:00"))
    with pytest.raises(Unclear, match="03/04/2026"):
        imported(store, path)
    assert imported(store, path, dates="month-first").dates == "month first, as you said"
    assert store.ticket.where()[0].opened_at.month == 3
    assert counts(imported(store, path, dates="day-first")) == (0, 1, 0)
    assert store.ticket.where()[0].opened_at.month == 4
    both = made(tmp_path, ZENDESK, row.format(1, "03/04/2026"), row.format(2, "4/30/2026"))
    assert imported(store, both).dates == "month first, as 4/30/2026 shows"
    mixed = made(tmp_path, ZENDESK, row.format(1, "30/4/2026"), row.format(2, "4/30/2026"))
    with pytest.raises(Unclear, match="Some dates begin with the day"):
        imported(store, mixed)


@pytest.mark.parametrize(
    ("separator", "cells", "said", "value", "words"),
    [
        (",", ["1.234"], None, None, "two ways, e.g. 1.234"),
        (",", ["1.234", "0,5", "2.5"], None, None, "two ways"),
        (",", ["1.234"], ".", 1.234, "as you said: 1.234 is 1.234"),
        (",", ["1.234"], ",", 1234.0, "as you said: 1.234 is 1234"),
        (",", ["1.234", "2.5"], None, 1.234, "decimal point, as 2.5 shows"),
        (",", ["1.234", "0,500"], None, 1234.0, "decimal comma, as 0,500 shows"),
        (",", ["1.234", "7.654.321"], None, 1234.0, "decimal comma, as 7.654.321 shows"),
        (";", ["1.234"], None, 1234.0, "as goes with semicolons: 1.234 is 1234"),
        (",", ["12,5", "3.5"], None, 12.5, ""),
        (",", ["1234"], None, 1234.0, ""),
    ],
)
def test_numbers_are_never_guessed(
    separator: str, cells: list[str], said: str | None, value: float | None, words: str, store: Store,
    aurora: Customer, tmp_path: Path,
) -> None:  # fmt: skip
    store.measure.save(
        Measure(id="m", customer_id="a", perspective="internal", name="Uptime", worst=0, best=9999)
    )
    rows = [f'Aurora Tissue,Uptime,2026-09-{day},"{cell}"' for day, cell in enumerate(cells, 10)]
    head = "Customer,Measure,As of,Value"
    path = made(tmp_path, *(line.replace(",", separator, 3) for line in (head, *rows)))
    if value is None:
        with pytest.raises(Unclear, match=words):
            imported(store, path)
        return
    report = imported(store, path, decimal=said)
    assert not report.bad
    assert words in report.numbers
    assert store.row("SELECT value FROM reading ORDER BY as_of LIMIT 1")[0] == value


def test_our_own_readings_come_back(store: Store, aurora: Customer, tmp_path: Path) -> None:
    store.measure.save(
        Measure(id="m", customer_id="a", perspective="internal", name="Uptime", worst=0, best=9999)
    )
    store.connection.execute("INSERT INTO reading VALUES ('r', 'm', '2026-09-10', 1.234)")
    write_csv(store, "readings", tmp_path / "out.csv")
    report = imported(store, tmp_path / "out.csv")
    assert (report.numbers, report.counts.same) == ("decimal point, as Radar writes them", 1)


def test_the_other_kinds(store: Store, aurora: Customer, tmp_path: Path) -> None:
    store.measure.save(Measure(id="m", customer_id="a", perspective="internal", name="First reply", unit="h"))
    store.colleague.save(Colleague(id="c", name="Marta Ricci"))
    files = {
        "customers": ("Company,Industry,Owner,Revenue,Kind", "Lario,Paper,marta ricci,1'200,service"),
        "contacts": (
            "Company,First name,Last name,Role,Language",
            "aurora tissue,Paolo,Neri,decision maker,it-IT",
        ),
        "colleagues": ("Employee,Team,Direct contact", "Ugo,Service,yes"),
        "items": ("Customer,Asset tag,Model,Line,Installed", "Aurora Tissue,W-1,RX-40,Dryer,3.12.2020"),
        "parts": ("Part number;Description;Fits;Price;Lead time", "RX-1;Widget;RX-40;1.240,50 €;21"),
        "readings": ("Customer;KPI;Date;Reading", "Aurora Tissue;first reply;2026-11-30;12,5"),
    }
    for kind, lines in files.items():
        path = made(tmp_path, *lines)
        report = imported(store, path)
        assert (report.found.kind, report.bad, counts(report)) == (kind, [], (1, 0, 0))
        assert counts(imported(store, path, kind=kind)) == (0, 0, 1)
    [lario] = store.customer.where("name = 'Lario'")
    assert (lario.owner_id, lario.annual_value, lario.kind) == ("c", 120000, "service")
    assert store.market.get(lario.market_id or "").name == "Paper"
    [contact] = store.contact.where()
    assert (contact.name, contact.role, contact.language) == ("Paolo Neri", "decision maker", "it")
    [item] = store.item.where()
    assert (item.tag, str(item.installed_on)) == ("W-1", "2020-12-03")
    assert store.stream.get(item.stream_id or "").name == "Dryer"
    [part] = store.part.where()
    assert (part.unit_price, part.lead_days) == (124050, 21)
    assert [tuple(row) for row in store.rows("SELECT measure_id, as_of, value FROM reading")] == [
        ("m", "2026-11-30", 12.5)
    ]
    assert not faults(store)
    assert [row.direct_contact for row in store.colleague.where("name = 'Ugo'")] == [True]


def test_our_own_columns_come_back(
    store: Store, aurora: Customer, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """Every column of a table by its own name, ids among them, into an empty database."""
    store.contact.save(Contact(id="p", customer_id="a", name="Paolo", email="p@a.it", role="influencer"))
    imported(store, made(tmp_path, *EXPORTS["Zendesk"]))
    store.connection.execute("UPDATE ticket SET satisfied = 1, shown_on = '2026-12-01'")
    imported(store, made(tmp_path, "Customer,Tag,Stream", "Aurora Tissue,W-1,Dryer"))
    for table in ("customer", "stream", "contact", "item", "ticket"):
        rows = store.rows(f"SELECT * FROM {table}")
        with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([rows[0].keys(), *map(tuple, rows)])
    for table in ("customer", "contact", "item", "ticket"):
        path = tmp_path / f"{table}.csv"
        report = imported(store, path, kind=f"{table}s")
        assert (report.bad, counts(report)) == ([], (0, 0, 1)), table


def test_one_customer_for_all_rows(store: Store, aurora: Customer, tmp_path: Path) -> None:
    path = made(tmp_path, "Key,Summary,Created", "A-1,Leak,2026-09-27")
    with pytest.raises(RadarError, match="a column with the customer is missing"):
        imported(store, path, kind="tickets")
    imported(store, path, kind="tickets", customer_id="a")
    assert [ticket.customer_id for ticket in store.ticket.where()] == ["a"]
    named = made(tmp_path, "Key,Summary,Created,Plant", "A-2,Leak,2026-09-27,Aurora Tissue")
    assert counts(imported(store, named, kind="tickets", customer_column="plant")) == (1, 0, 0)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((), "is empty"),
        (("", " , "), "is empty"),
        (("Alpha,Beta", "1,2"), "None of the headings"),
        (("Name,Email", "Paolo,p@a.it"), "customers or of people"),
        (('Id,"Requester', *["x" * 1000] * 200), "a cell has no end"),
    ],
)
def test_files_that_are_none(lines: tuple[str, ...], words: str, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(RadarError, match=words):
        imported(store, path)


def test_stopping_changes_nothing(store: Store, aurora: Customer, tmp_path: Path) -> None:
    rows = [f"{number},B,S,Incident,Low,Aurora Tissue,2026-09-27,," for number in range(9_000)]
    path = made(tmp_path, ZENDESK, *rows)
    for moment in ("10%", "writing"):
        told: list[str] = []

        def progress(words: str, part: float, told: list[str] = told) -> None:
            told.append(words)

        def stop(told: list[str] = told, moment: str = moment) -> bool:
            return bool(told) if moment != "writing" else "writing" in told

        with pytest.raises(Cancelled):
            run(store, Options(path), write=True, progress=progress, cancelled=stop)
        assert not store.ticket.where()
    assert counts(imported(store, path)) == (9_000, 0, 0)


def test_hostile_text_is_data(store: Store, aurora: Customer, tmp_path: Path) -> None:
    path = made(
        tmp_path, ZENDESK, '1,B,"[red]\x1b[31m\x00=1+1 \u202e😀",Incident,Low,Aurora Tissue,2026-09-27,,'
    )
    assert not imported(store, path).bad
    assert store.ticket.where()[0].subject == "[red]\x1b[31m=1+1 \u202e😀"


def test_imported_rows_are_noted_for_the_team(store: Store, aurora: Customer, tmp_path: Path) -> None:
    store.connection.execute("INSERT INTO local (key, value) VALUES ('hub_id', 'x')")
    imported(store, made(tmp_path, *EXPORTS["Zendesk"]))
    assert store.touched.count() == 1
    imported(store, made(tmp_path, *EXPORTS["Zendesk"]))
    assert store.touched.count() == 1


def test_every_column_is_known_by_other_words_than_ours() -> None:
    """Whoever adds a column to an import is asked what others call it; these only an export of ours has."""
    ours = {
        "tickets": {"followed_up_by", "followed_up_on", "outcome", "shown_on"},
        "customers": {"kind", "status", "archived_at"},
        "contacts": {"role", "language"},
        "parts": {"kind", "archived_at", "translations"},
    }
    for kind, fields in FIELDS.items():
        called = shipped().columns.get(kind, {})
        assert {field.name for field in fields if field.name not in called} == ours.get(kind, set()), kind
