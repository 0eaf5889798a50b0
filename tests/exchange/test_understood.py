"""What a file is and what it means: known exports, their status, whose clock, who moved, and what is asked instead of
guessed."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest

from radar_tui.domain.customer import Contact, Customer
from radar_tui.errors import RadarError
from radar_tui.exchange.exports import write_csv
from radar_tui.exchange.imports import in_words, run
from radar_tui.exchange.options import Options
from radar_tui.exchange.tables.table_file import Unclear
from radar_tui.store.store import Store
from tests.exchange.test_as_seen import imported, not_read, text, tickets

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

HEAD = "Number,Company,Subject,State,Created,Resolved,Updated"
ROW = "{},Aurora Tissue,Leak,{},2026-09-01 09:00,{},2026-09-05 10:00"


@pytest.fixture(autouse=True)
def customers(store: Store) -> None:
    store.customer.save(Customer(id="a", name="Aurora Tissue"))
    store.customer.save(Customer(id="b", name="Borealis Paper"))


# What it is


@pytest.mark.parametrize("reference", ["Ticket No.", "No.", "Ticket no", "Nr.", "Ticket-Nr.", "Case No."])
def test_a_table_typed_in_excel_numbers_its_tickets(store: Store, tmp_path: Path, reference: str) -> None:
    head, row = f"{reference};Customer;Subject;Opened", "T-1;Aurora Tissue;Leak;03.11.2026"
    imported(store, text(tmp_path / "t.csv", "Open tickets;;;", ";;;", head, row), dates="day-first")
    assert [ticket[0] for ticket in tickets(store)] == ["T-1"]


@pytest.mark.parametrize(
    ("head", "words", "kinds"),
    [
        ("No,Firma,Betrag", "nothing Radar knows|None of", None),
        (
            "Company,Contract,Due date",
            "nothing Radar knows: of its headings only Company is known",
            ["customers"],
        ),
        ("Kunde,Rechnung,Fällig", "nothing Radar knows: of its headings only Kunde is known", ["customers"]),
        (
            "Id,Company,Subject,Created at,Closed at",
            "looks like tickets, without a column .* reference",
            ["customers"],
        ),
        (
            "Company,Item,Quantity,Delivery",
            "may be a list of items, but Quantity, Delivery",
            ["items", "customers"],
        ),
    ],
)
def test_a_list_that_may_be_anything_is_asked_about(
    store: Store, tmp_path: Path, head: str, words: str, kinds: list[str] | None
) -> None:
    path = text(tmp_path / "in.csv", head, ",".join("Lario" for _ in head.split(",")))
    with pytest.raises(RadarError, match=words) as asked:
        imported(store, path)
    if kinds is not None:
        assert isinstance(asked.value, Unclear)
        assert [kind for kind, _ in asked.value.choices] == kinds
    if kinds and "customers" in kinds:
        imported(store, path, kind="customers")
        assert store.customer.where("name = 'Lario'")


@pytest.mark.parametrize(
    ("title", "head", "row"),
    [
        (
            "osTicket",
            "Ticket Number,Date Created,Subject,From,From Email,Priority,Department,Help Topic,Source,Current Status,"
            "Last Updated,Closed Date,Organization",
            "77,9/1/26 9:00 AM,Leak,Bob,b@a.it,High,Service,Leaks,Web,Closed,9/2/26 10:00 AM,9/2/26 10:00 AM,"
            "Aurora Tissue",
        ),
        (
            "Zammad",
            "#,Title,State,Priority,Group,Owner,Customer,Organization,Created At,Updated At,Closed At",
            "77,Leak,closed,3 high,Service,Ann,Bob,Aurora Tissue,2026-09-01 07:00:00 UTC,2026-09-02 08:00:00 UTC,"
            "2026-09-02 08:00:00 UTC",
        ),
        (
            "HaloPSA",
            "Ticket ID,Summary,Customer,Status,Priority,Date Logged,Date Closed",
            "77,Leak,Aurora Tissue,Closed,High,2026-09-01 09:00,2026-09-02 10:00",
        ),
        (
            "HubSpot",
            "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Close date,Priority,Associated Company",
            "77,Leak,Support,Closed,2026-09-01 09:00,2026-09-02 10:00,HIGH,Aurora Tissue",
        ),
    ],
)
def test_tickets_of_other_tools(store: Store, tmp_path: Path, title: str, head: str, row: str) -> None:
    report = imported(store, text(tmp_path / "in.csv", head, row), dates="month-first")
    assert report.said.startswith(title)
    assert tickets(store) == [("77", "Leak", "2026-09-01T07:00:00.000Z", "2026-09-02T08:00:00.000Z")]
    assert store.ticket.where()[0].priority == "high"


@pytest.mark.parametrize(
    ("title", "head", "row"),
    [
        (
            "Outlook",
            "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Phone,Mobile Phone,"
            "E-mail Address,E-mail Type",
            "Mr.,Paolo,,Conti,,Aurora Tissue,Production,Plant director,+39 1,+39 2,p@a.it,SMTP",
        ),
        (
            "Google",
            "First Name,Middle Name,Last Name,Organization Name,Organization Title,Organization Department,"
            "E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Value,Phone 2 - Value",
            "Paolo,,Conti,Aurora Tissue,Plant director,Production,Work,p@a.it,+39 1,+39 2",
        ),
        (
            "Google",
            "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value,"
            "Phone 2 - Value,Organization 1 - Name,Organization 1 - Title,Organization 1 - Department",
            "Conti P.,Paolo,,Conti,Work,p@a.it,+39 1,+39 2,Aurora Tissue,Plant director,Production",
        ),
        (
            "Thunderbird",
            "First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Work Phone,Mobile Number,"
            "Job Title,Department,Organization",
            "Paolo,Conti,Conti P.,Pao,p@a.it,,+39 1,+39 2,Plant director,Production,Aurora Tissue",
        ),
        (
            "Salesforce",
            "First Name,Last Name,Account Name,Title,Department,Email,Phone,Mobile",
            "Paolo,Conti,Aurora Tissue,Plant director,Production,p@a.it,+39 1,+39 2",
        ),
        (
            "HubSpot",
            "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Job Title,Associated Company",
            "9,Paolo,Conti,p@a.it,+39 1,+39 2,Plant director,Aurora Tissue",
        ),
    ],
)
def test_contacts_of_other_programs(store: Store, tmp_path: Path, title: str, head: str, row: str) -> None:
    report = imported(store, text(tmp_path / "in.csv", head, row))
    assert report.said.startswith(title)
    [contact] = store.contact.where()
    assert (contact.name, contact.job_title, contact.email) == ("Paolo Conti", "Plant director", "p@a.it")
    assert contact.phone == "+39 1, +39 2"
    assert contact.function in ("Production", "")


@pytest.mark.parametrize(
    "head",
    [
        "Issue key,Summary,Issue Type,Created,Resolved,Custom field (Organizations),Comment,Comment",
        "Id,Subject,Ticket type,Created at,Solved at,Organization,Comment,Outcome",
        "Ticket ID,Subject,Created Time,Closed Time,Requester Name,Company,Comment,Category",
        "Number,Subject,Created,Resolved,Company,Comment,Comments,Outcome",
    ],
)
def test_what_agents_write_to_each_other_is_never_the_customers_word(
    store: Store, tmp_path: Path, head: str
) -> None:
    names = head.split(",")
    row = {
        "Summary": "Leak", "Subject": "Leak", "Created": "2026-09-01", "Created at": "2026-09-01",
        "Created Time": "2026-09-01", "Company": "Aurora Tissue", "Organization": "Aurora Tissue",
        "Custom field (Organizations)": "Aurora Tissue", "Comment": "do not tell them", "Comments": "do not tell them",
        "Resolved": "", "Solved at": "", "Closed Time": "",
    }  # fmt: skip
    path = text(tmp_path / "in.csv", head, ",".join(row.get(name, "7") for name in names))
    report = imported(store, path)
    assert [ticket.comment for ticket in store.ticket.where()] == [""]
    assert "Comment" in not_read(report)


def test_our_own_comments_come_back(store: Store, tmp_path: Path, clock: Callable[[], datetime]) -> None:
    imported(
        store,
        text(
            tmp_path / "in.csv",
            "Customer,Reference,Opened,Customer comment",
            "Aurora Tissue,1,2026-09-01,slow",
        ),
    )
    write_csv(store, "tickets", tmp_path / "out.csv")
    with Store.open(tmp_path / "other.db", clock=clock) as other:
        other.customer.save(Customer(id="a", name="Aurora Tissue"))
        imported(other, tmp_path / "out.csv")
        assert other.ticket.where() == store.ticket.where()


# Status


@pytest.mark.parametrize(
    ("state", "resolved", "closed", "remark"),
    [
        ("Done", "", "2026-09-05", "closed by its last update"),
        ("Chiuso", "", "2026-09-05", "closed by its last update"),
        ("Open", "2026-09-03 10:00", None, "open in spite of an end"),
        ("In Bearbeitung", "2026-09-03 10:00", None, "open in spite of an end"),
        ("Resolved", "2026-09-03 10:00", "2026-09-03", ""),
        ("Pending", "", None, ""),
        ("Triage 7", "", None, "of a status that Radar does not know"),
        ("Triage 7", "2026-09-03 10:00", "2026-09-03", "of a status that Radar does not know"),
    ],
)
def test_the_status_decides(
    store: Store, tmp_path: Path, state: str, resolved: str, closed: str | None, remark: str
) -> None:
    report = imported(store, text(tmp_path / "in.csv", HEAD, ROW.format("T-1", state, resolved)))
    [(_, _, _, end)] = tickets(store)
    assert (end and end[:10]) == closed
    assert [line for line in in_words(report) if remark and remark in line] or not remark
    assert bool(report.remarks) == bool(remark)


@pytest.mark.parametrize("state", ["Deleted", "Spam", "merged", "Gelöscht", "Supprimé"])
def test_what_is_deleted_does_not_count(store: Store, tmp_path: Path, state: str) -> None:
    path = text(tmp_path / "in.csv", HEAD, ROW.format("T-1", state, ""), ROW.format("T-2", "Open", ""))
    report = imported(store, path)
    assert [ticket[0] for ticket in tickets(store)] == ["T-2"]
    assert "1 row deleted or spam: T-1" in in_words(report)


def test_what_was_deleted_since_is_no_longer_open(store: Store, tmp_path: Path) -> None:
    imported(store, text(tmp_path / "in.csv", HEAD, ROW.format("T-1", "Open", "")))
    path = text(tmp_path / "later.csv", HEAD, ROW.format("T-1", "Deleted", ""))
    report = imported(store, path)
    assert tickets(store)[0][3] == "2026-09-05T08:00:00.000Z"
    assert "1 row deleted or spam: T-1" in in_words(report)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "T-1,Aurora Tissue,Leak,Closed,2026-09-05 09:00,2026-09-01 09:00,",
            "it was closed (2026-09-01) before",
        ),
        ("T-1,Aurora Tissue,Leak,Open,2031-09-05 09:00,,", "it was opened in the future (2031-09-05)"),
        (
            "T-1,Aurora Tissue,Leak,Closed,2026-09-05 09:00,,",
            "its status is closed, but no column says since when",
        ),
    ],
)
def test_what_cannot_be_is_a_bad_row(store: Store, tmp_path: Path, row: str, reason: str) -> None:
    report = run(store, Options(text(tmp_path / "in.csv", HEAD, row)), write=True)
    [bad] = report.bad
    assert reason in bad.reason


def test_a_day_alone_is_that_day_and_never_after_its_own_end(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path / "in.csv", HEAD, "T-1,Aurora Tissue,Leak,Closed,2026-09-05,2026-09-05 09:00,")
    imported(store, path)
    [(_, _, opened, closed)] = tickets(store)
    assert opened[:10] == "2026-09-05"
    assert opened <= closed


# Whose clock


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Any:
    def moved(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    before = os.environ.get("TZ")
    yield moved
    if before is None:
        monkeypatch.delenv("TZ")
    else:
        monkeypatch.setenv("TZ", before)
    time.tzset()


@pytest.mark.parametrize("zone", ["Europe/Rome", "+02:00", "+0200"])
def test_the_same_file_is_the_same_on_every_laptop(
    store: Store, tmp_path: Path, elsewhere: Callable[[str], None], zone: str
) -> None:
    path = text(tmp_path / "in.csv", HEAD, ROW.format("T-1", "Open", ""))
    found = []
    for place in ("Europe/Stockholm", "Europe/London", "America/New_York"):
        elsewhere(place)
        report = imported(store, path, zone=zone)
        assert f"Times: {zone}, as you said" in in_words(report)
        found += tickets(store)
    assert [ticket[2] for ticket in found] == ["2026-09-01T07:00:00.000Z"] * 3


def test_a_moment_with_a_zone_needs_none(store: Store, tmp_path: Path) -> None:
    row = ROW.format("T-1", "Open", "").replace("09:00", "09:00+02:00").replace("10:00", "10:00Z")
    report = imported(store, text(tmp_path / "in.csv", HEAD, row), zone="Asia/Tokyo")
    assert tickets(store)[0][2] == "2026-09-01T07:00:00.000Z"
    assert not report.clock


def test_without_a_word_the_laptops_zone_is_said(
    store: Store, tmp_path: Path, elsewhere: Callable[[str], None]
) -> None:
    elsewhere("Europe/London")
    report = imported(store, text(tmp_path / "in.csv", HEAD, ROW.format("T-1", "Open", "")))
    assert "Europe/London, as this laptop's clock" in report.clock
    with pytest.raises(RadarError, match="no time zone “Rome”"):
        imported(store, tmp_path / "in.csv", zone="Rome")


# Moves and doubles


def test_a_ticket_that_moved_is_one(store: Store, tmp_path: Path) -> None:
    imported(store, text(tmp_path / "in.csv", HEAD, ROW.format("T-1", "Open", "")))
    later = ROW.format("T-1", "Closed", "2026-09-04 10:00").replace("Aurora Tissue", "Borealis Paper")
    report = imported(store, text(tmp_path / "later.csv", HEAD, later))
    [ticket] = store.ticket.where()
    assert ticket.customer_id == "b"
    assert "1 row moved from another customer: T-1 from Aurora Tissue" in in_words(report)
    assert imported(store, tmp_path / "later.csv").counts.same == 1


def test_another_ticket_of_the_same_number_is_another(store: Store, tmp_path: Path) -> None:
    imported(store, text(tmp_path / "in.csv", HEAD, ROW.format("77", "Open", "")))
    other = "77,Borealis Paper,Printer jams,Open,2026-09-03 09:00,,"
    report = imported(store, text(tmp_path / "other.csv", HEAD, other))
    assert report.counts.new == 1
    assert not report.remarks


@pytest.mark.parametrize(
    ("said", "there"), [("same", [("p", "new@a.it")]), ("others", [("p", "old@a.it"), ("", "new@a.it")])]
)
def test_a_name_with_a_new_address_is_asked_about(
    store: Store, tmp_path: Path, said: str, there: list[tuple[str, str]]
) -> None:
    store.contact.save(Contact(id="p", customer_id="a", name="Paolo Conti", email="old@a.it"))
    path = text(tmp_path / "in.csv", "Company,Contact name,E-mail", "Aurora Tissue,Paolo Conti,new@a.it")
    with pytest.raises(Unclear, match=r"1 contact .* Paolo Conti: new@a.it in the file, old@a.it here"):
        imported(store, path)
    imported(store, path, same_name=said)
    found = {(contact.id if contact.id == "p" else "", contact.email) for contact in store.contact.where()}
    assert found == set(there)
    assert imported(store, path, same_name=said).counts.same == 1


def test_two_of_one_name_in_a_file_are_two(store: Store, tmp_path: Path) -> None:
    store.contact.save(Contact(id="p", customer_id="a", name="Paolo Conti", email="old@a.it"))
    head = "Company,Contact name,E-mail"
    path = text(
        tmp_path / "in.csv", head, "Aurora Tissue,Paolo Conti,old@a.it", "Aurora Tissue,Paolo Conti,new@a.it"
    )
    assert imported(store, path).counts == (1, 0, 1)


def test_accents_fold_and_dakuten_do_not(store: Store, tmp_path: Path) -> None:
    store.customer.save(Customer(id="c", name="Café Müller"))
    store.customer.save(Customer(id="d", name="ハナ"))
    path = text(tmp_path / "in.csv", "Customer,Tag", "CAFE MULLER,W-1", "ハナ,W-2", "バナ,W-3")
    report = run(store, Options(path), write=False)
    assert [bad.reason for bad in report.bad] == ["Customer: there is no customer “バナ”"]


# Words and marks


@pytest.mark.parametrize(
    ("mark", "satisfied"),
    [
        ("4", True),
        ("3", False),
        ("5/5", True),
        ("3 of 5", False),
        ("★★★★☆", True),
        ("🙁", False),
        ("😀", True),
        ("zufrieden", True),
    ],
)
def test_marks_need_a_threshold(store: Store, tmp_path: Path, mark: str, satisfied: bool) -> None:
    path = text(
        tmp_path / "in.csv", "Customer,Reference,Opened,Bewertung", f"Aurora Tissue,1,2026-09-01,{mark}"
    )
    if mark not in ("5/5", "zufrieden"):
        with pytest.raises(Unclear, match="Satisfaction stands as a mark"):
            imported(store, path)
    imported(store, path, satisfied_from=4)
    assert store.ticket.where()[0].satisfied is satisfied


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Nummer;Kunde;Betreff;Priorität;Erstellt am;Geschlossen am;Status",
            "1;Aurora Tissue;Leck;Hoch;1.9.2026 09:00 Uhr;2.9.2026 10:00;Geschlossen",
        ),
        (
            "Numero;Cliente;Oggetto;Priorità;Aperto il;Chiuso il;Stato",
            "1;Aurora Tissue;Perdita;Alta;1 settembre 2026 ore 09:00;2/9/2026 10:00;Chiuso",
        ),
        (
            "Numéro;Société;Objet;Priorité;Créé le;Fermé le;Statut",
            "1;Aurora Tissue;Fuite;Haute;1er sept. 2026 à 9h00;2 septembre 2026 10:00;Fermé",
        ),
        (
            "Número;Empresa;Asunto;Prioridad;Fecha de creación;Fecha de cierre;Estado",
            "1;Aurora Tissue;Fuga;Alta;1 de septiembre de 2026 9:00 a. m.;2/9/2026 10:00;Cerrado",
        ),
        (
            "Clave de incidencia,Resumen,Tipo de Incidencia,Estado,Prioridad,Creada,Resuelta,Organizaciones",
            "1,Fuga,Incidencia,Resuelta,Alta,01/sept/26 9:00 AM,02/sept/26 10:00 AM,Aurora Tissue",
        ),
    ],
)
def test_five_languages(store: Store, tmp_path: Path, lines: tuple[str, str]) -> None:
    report = imported(store, text(tmp_path / "in.csv", *lines), dates="day-first")
    [(reference, _, opened, closed)] = tickets(store)
    assert (reference, opened, closed) == ("1", "2026-09-01T07:00:00.000Z", "2026-09-02T08:00:00.000Z")
    assert store.ticket.where()[0].priority == "high"
    assert not_read(report) == "nothing"


def test_the_teams_clock_holds_where_nobody_says_another(
    store: Store, tmp_path: Path, elsewhere: Callable[[str], None]
) -> None:
    path = text(tmp_path / "in.csv", HEAD, ROW.format("T-1", "Open", ""))
    elsewhere("America/New_York")
    run(store, Options(path, zone="Europe/Rome", zone_for_team=True), write=False)
    assert not store.setting.where()
    report = imported(store, path, zone="Europe/Rome", zone_for_team=True)
    assert "Times: Europe/Rome, as you said, for the whole team from now on" in in_words(report)
    report = imported(store, path)
    assert "Times: Europe/Rome, as the team has set" in in_words(report)
    assert report.counts.same == 1
    assert imported(store, path, zone="Europe/London").counts.changed == 1
