"""The leave-behind: what the customer reads, what they must never read, and what no text can break."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from radar_tui import paths
from radar_tui.checklists.nps import nps_words
from radar_tui.domain.action import Action
from radar_tui.domain.customer import Customer
from radar_tui.domain.integrity import Finding, Item
from radar_tui.domain.promise import Promise
from radar_tui.domain.translation import kept
from radar_tui.domain.visit import Visit
from radar_tui.errors import RadarError
from radar_tui.reports import typeset
from radar_tui.reports.document import Block, Heading, Paragraph, Plots, ReportColumn, ReportPlot, ReportTable
from radar_tui.reports.kinds import made
from radar_tui.reports.look import Writing, look_of
from radar_tui.reports.saving import file_name, save
from radar_tui.reports.visit import visit_report
from radar_tui.reports.words import all_words
from radar_tui.store.ids import new_id
from radar_tui.store.store import Store
from tests.reports.read import packed, pages_of, text_of
from tests.ui.world import HOSTILE, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from radar_tui.domain.visit import VisitStatus

TYPST = '#panic("x") *bold* _it_ $x^2$ `raw` <label> @ref \\u{41} [b] = head // c /* d */ https://x.example #let a = 1'


def report_text(store: Store, visit: str) -> str:
    return " ".join(pages_of(store, visit_report(store, visit)))


def test_what_the_customer_reads(store: Store) -> None:
    world = build(store)
    pages = pages_of(store, visit_report(store, world.visit))
    text = " ".join(pages)
    assert len(pages) == 1
    for words in (
        "Visit report Aurora Tissue Visit of 14 July 2026 Toller", "Present Paolo Conti",
        "From Toller Marta Ricci", "1 ◐ deteriorating", "Spares to have on site", "€ 760", "we quote",
        "Train the night shift Anneli Strand 1 Dec 2026", "Wednesday, 9 December 2026", "1. Spares in 48 hours",
        "W-010 RX-40 12 Mar 2026 ○ ○ ◐ deteriorating seat worn", "Page 1 of 1",
    ):  # fmt: skip
        assert words in text, f"{words!r} is not in {text!r}"


def test_nothing_internal_stands_in_it(store: Store) -> None:
    """Every text and figure of ours bears a name that cannot come by chance; none of them is in any language."""
    world = build(store)
    secret = "Zyx"
    with store.transaction() as connection:
        for table, column in (
            ("customer", "notes"), ("visit", "summary"), ("response", "verbatim"), ("promise_check", "note"),
            ("stream", "note"), ("market", "name"), ("benchmark", "source"), ("contact", "email"),
            ("opportunity", "title"), ("follow_up", "cause"), ("follow_up", "outcome"),
        ):  # fmt: skip
            connection.execute(f"UPDATE {table} SET {column} = '{secret} {table}'")
        connection.execute("UPDATE customer SET annual_value = 77123400")
        connection.execute("UPDATE opportunity SET probability = 73")
    store.customer.save(Customer(id=new_id(), name=f"{secret} other customer"))
    seen = store.visit.get(world.visit)
    for title in (f"Internal: {secret} margin", f"  INTERNAL: {secret}"):
        store.action.save(
            Action(id=new_id(), customer_id=world.customer, visit_id=world.visit, title=title, due_on=date(2027, 1, 8))
        )  # fmt: skip
    item = store.item.save(Item(id=new_id(), customer_id=world.customer, tag="W-099"))
    store.finding.save(
        Finding(
            id=new_id(), visit_id=world.visit, item_id=item.id, verdict="unserviceable",
            note=f"internal: {secret} their fitter broke it", found_at=seen.completed_at or store.clock(),
        )
    )  # fmt: skip
    # The tender is ours to think about, though the answer that raised it was given on this visit.
    store.visit.reopen(world.visit)
    for language in ("", *all_words()):
        store.local.save(replace(store.local.settings(), language=language))
        text = report_text(store, world.visit)
        assert "W-099" in text
        lowered = text.casefold()
        for word in (
            secret, "internal:", "probab", "detractor", "promoter", "nps", "score", "pipeline", "follow-up",
            "73", "771", "8 Jan 2027", "Too slow",
        ):  # fmt: skip
            assert word.casefold() not in lowered, f"{word!r} is in {text!r}"


def test_a_name_of_any_letters_is_a_file_name(store: Store, tmp_path: Path) -> None:
    made = visit_report(store, build(store).visit)
    for letter in ("\U00020000", "\u6f22", "\ud800", "/", "x"):
        name = file_name(replace(made, subject=letter * 100), store)
        assert len(name.encode()) <= 240
        (tmp_path / name).write_bytes(b"")


def test_it_stands_as_of_the_day_of_the_visit(store: Store) -> None:
    world = build(store)
    item, action = store.item.get(world.item), store.action.get(world.action)
    store.item.change(item, item.model_copy(update={"refurbished_on": date(2026, 7, 20)}))
    store.action.change(action, action.model_copy(update={"status": "done", "done_on": date(2026, 7, 21)}))
    text = report_text(store, world.visit)
    assert "W-010 RX-40 ○ ○ ◐ deteriorating" in text
    assert "20 Jul 2026" not in text
    store.promise.save(Promise(id=new_id(), title="A name on every call", made_on=date(2026, 7, 15)))
    assert "A name on every call" not in report_text(store, world.visit)
    assert "Train the night shift Anneli Strand 1 Dec 2026" in text


def test_an_earlier_verdict_stands_under_the_day_of_its_visit(store: Store) -> None:
    world = build(store)
    [earlier] = [
        one
        for one in store.visit.where("status = 'completed'")
        if one.day(store.clock()) == date(2026, 4, 11)
    ]
    # Found in the morning in Auckland, which is the day before here.
    store.visit.save(earlier.model_copy(update={"completed_on": date(2026, 4, 12)}))
    text = report_text(store, world.visit)
    assert "12 Apr 2026" in text
    assert "11 Apr 2026" not in text


def test_a_line_without_words_is_called_as_its_part(store: Store) -> None:
    world = build(store)
    assert "W-010 Seat and seal set 2 € 760" in report_text(store, world.visit)


def test_a_replacement_says_by_when_it_is_needed(store: Store) -> None:
    world = build(store)
    found = store.opportunity.get(world.opportunity)
    store.opportunity.change(found, found.model_copy(update={"kind": "replacement"}))
    [line] = store.opportunity.lines.where("opportunity_id = ?", [found.id])
    assert "Needed by" not in report_text(store, world.visit)
    store.opportunity.lines.save(line.model_copy(update={"needed_by": date(2026, 9, 8)}))
    text = report_text(store, world.visit)
    assert (
        "Replacements Item Part Needed by Quantity Price Status W-010 Seat and seal set 8 Sept 2026 2 € 760"
        in text
    )


@pytest.mark.parametrize(("language", "there"), [("it", True), ("de", False)])
def test_a_text_of_ours_comes_in_their_language_where_it_was_written_in_it(
    store: Store, language: str, there: bool
) -> None:
    world = build(store)
    store.local.save(replace(store.local.settings(), language=language))
    promise, part, action = (
        store.promise.get(world.promise), store.part.get(world.part), store.action.get(world.action),
    )  # fmt: skip
    [line] = store.opportunity.lines.where("opportunity_id = ?", [world.opportunity])
    store.opportunity.lines.save(line.model_copy(update={"description": part.name}))
    theirs = {
        "promise": "Ricambi in 48 ore",
        "part": "Kit sede e tenute",
        "action": "Formare il turno di notte",
    }
    store.promise.save(promise.model_copy(update={"translations": kept({"it": theirs["promise"]})}))
    store.part.save(part.model_copy(update={"translations": kept({"it": theirs["part"]})}))
    store.action.save(action.model_copy(update={"translations": kept({"it": theirs["action"]})}))
    text = report_text(store, world.visit)
    for words in theirs.values():
        assert (words in text) is there
    for words in (promise.title, part.name, action.title):
        assert (words in text) is not there


@pytest.mark.parametrize(
    ("language", "none", "one", "many"),
    [
        ("it", "0 ○ efficienti", "1 ◐ in deterioramento", "2 ● fuori uso"),
        ("es", "0 ○ en buen estado", "1 ◐ se deteriora", "2 ● inservibles"),
        ("fr", "0 – non inspectée", "1 ◐ se dégrade", "2 ● hors d'usage"),
        ("de", "0 ○ einsatzbereit", "1 ◐ verschleißend", "2 ● nicht einsatzbereit"),
    ],
)
def test_verdicts_are_counted_in_their_language(
    store: Store, language: str, none: str, one: str, many: str
) -> None:
    world = build(store)
    store.local.save(replace(store.local.settings(), language=language))
    seen = store.visit.get(world.visit).completed_at or store.clock()
    for tag in ("A", "B"):
        item = store.item.save(Item(id=new_id(), customer_id=world.customer, tag=tag))
        store.finding.save(
            Finding(
                id=new_id(), visit_id=world.visit, item_id=item.id, verdict="unserviceable", found_at=seen
            )
        )
    text = report_text(store, world.visit).replace("\u2019", "'")
    for words in (none, one, many):
        assert words in text


def test_french_words_keep_their_signs() -> None:
    words = [*all_words()["fr"].values(), *nps_words("fr").model_dump().values()]
    assert not [said for said in words if re.search(r" [?;:!»]|« ", said)]
    assert all_words()["fr"]["new_stream"] + all_words()["fr"]["colon"] == "Nouvelle ligne\u00a0: "


def test_an_address_is_copied_as_it_is(store: Store) -> None:
    world = build(store)
    mail = "marta.ricci.of.the.relations@toller-refurbishing.example"
    me = store.colleague.get(store.local.settings().me or "")
    store.colleague.save(me.model_copy(update={"email": mail}))
    visit = store.visit.get(world.visit)
    store.visit.save(visit.model_copy(update={"brm_id": me.id}))
    pdf = typeset.pdf(visit_report(store, world.visit), look_of(store.local.settings()))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert mail in text
    assert "\u200b" not in text


def test_long_names_keep_the_first_page_in_shape(store: Store) -> None:
    world = build(store)
    long = "Società Generale delle Cartiere Riunite " * 40
    store.customer.save(store.customer.get(world.customer).model_copy(update={"name": long}))
    store.local.save(replace(store.local.settings(), company="Toller Refurbishing and Daughters " * 30))
    [page] = pages_of(store, visit_report(store, world.visit))
    assert "Integrity report" in page


@pytest.mark.parametrize("kind", ["table", "led table", "plots"])
def test_a_heading_never_stands_alone_at_the_foot(store: Store, kind: str) -> None:
    table = ReportTable([ReportColumn("Item", grow=1)], [[f"row {number}"] for number in range(14)])
    plot = ReportPlot("row 0", [(1, 2.0, "2")], ("", ""), 0, 10, "0", "10")
    led: list[Block] = [Paragraph("Spares", leads=True), table]
    kinds: dict[str, list[Block]] = {"table": [table], "led table": led, "plots": [Plots([plot])]}
    below = kinds[kind]
    report = visit_report(store, build(store).visit)
    for before in range(25, 46, 2):
        blocks: list[Block] = [*[Paragraph("line")] * before, Heading("Alone"), *below]
        pages = pages_of(store, replace(report, blocks=blocks))
        [page] = [page for page in pages if "Alone" in page]
        assert "row 0" in page, before


def test_letters_that_no_font_has_are_told(store: Store, tmp_path: Path) -> None:
    world = build(store)
    assert save(store, visit_report(store, world.visit), tmp_path / "a.pdf") == ""
    store.customer.save(store.customer.get(world.customer).model_copy(update={"name": "Ωmega \U00012000 Šé"}))
    warning = save(store, visit_report(store, world.visit), tmp_path / "b.pdf")
    assert warning == "No font of this laptop has \U00012000: boxes in the PDF."


def test_an_action_that_an_answer_raised_is_ours(store: Store) -> None:
    world = build(store)
    store.visit.reopen(world.visit)
    store.answer.answer(world.visit, "decision_maker", "absent")
    [raised] = [
        row for row in store.action.where("visit_id = ?", [world.visit]) if "Agree a day" in row.title
    ]
    text = report_text(store, world.visit)
    assert "Train the night shift" in text
    assert raised.title not in text
    # Somebody gave it another day: it stays when the answer is taken back, and stays ours.
    store.action.save(raised.model_copy(update={"due_on": date(2027, 2, 8)}))
    store.answer.take_back(world.visit, "decision_maker")
    assert store.action.find(raised.id)
    assert raised.title not in report_text(store, world.visit)


@pytest.mark.parametrize("language", ["it", "de", "fr", "es"])
def test_every_language_says_everything(store: Store, language: str) -> None:
    words = all_words()
    assert words[language].keys() == words["en"].keys()
    for key, english in words["en"].items():
        marks = [
            mark
            for mark in ("{n}", "{of}", "{day}", "{company}", "{since}", "{until}", "{value}")
            if mark in english
        ]
        assert all(mark in words[language][key] for mark in marks), key
    world = build(store)
    store.contact.save(store.contact.get(world.contact).model_copy(update={"language": language}))
    text = report_text(store, world.visit)
    assert words[language]["integrity"] in text
    assert Writing(language).long_day(date(2026, 7, 14)) in text
    assert words["en"]["actions"] not in text


def test_how_money_and_days_are_written() -> None:
    assert Writing("en").money(1_562_000, "SEK") == "SEK\u00a015,620"
    assert Writing("en").money(1250, "EUR") == "€\u00a012.50"
    assert Writing("en").money(5000, "JPY") == "¥\u00a05,000"
    assert Writing("de").money(124_000, "EUR") == "1.240\u00a0€"
    assert Writing("de").money(124_050, "EUR") == "1.240,50\u00a0€"
    assert Writing("en", "Letter").day(date(2026, 12, 3)) == "Dec 3, 2026"
    assert Writing("en").day(None) == ""


@pytest.mark.parametrize("text", [*HOSTILE.values(), TYPST, "株式会社 مؤسسة שלום", "'\"&<>%{}\\"])
def test_any_text_is_text(store: Store, text: str) -> None:
    """Nothing that is typed is markup, and what fits no column is broken instead of running over the edge."""
    world = build(store, text)
    pdf = typeset.pdf(visit_report(store, world.visit), look_of(store.local.settings()))
    assert len(PdfReader(io.BytesIO(pdf)).pages) < 150
    if text == TYPST:
        assert "".join(text.split()) in packed(text_of(pdf))


def test_a_long_note_is_there_to_its_end(store: Store) -> None:
    world = build(store)
    store.finding.save_all(
        row.model_copy(update={"note": "ß" * 9_990 + "The end ☐"}) for row in store.finding.where()
    )
    pages = pages_of(store, visit_report(store, world.visit))
    assert packed(pages).count("ß") == 9_990
    assert "The end" in pages[-1]


def test_long_tables_break_with_their_header_on_every_page(store: Store) -> None:
    world = build(store)
    now = store.clock() - timedelta(days=142)
    items = [Item(id=new_id(), customer_id=world.customer, tag=f"T-{n:03}", model="RX") for n in range(500)]
    store.item.save_all(items)
    looked = {"visit_id": world.visit, "verdict": "serviceable", "found_at": now}
    store.finding.save_all(Finding(id=new_id(), item_id=item.id, **looked) for item in items)
    pages = pages_of(store, visit_report(store, world.visit))
    assert 8 <= len(pages) <= 20
    for number, page in enumerate(pages[1:], 2):
        assert "Item Model Refurbished 7 Jan 2026 11 Apr 2026 Today Note" in page
        assert "Visit report · Aurora Tissue" in page
        assert f"Page {number} of {len(pages)}" in page
    text = " ".join(pages)
    assert all(text.count(f"T-{n:03}") == 1 for n in range(500))


def test_a_self_check_has_no_customer_to_report_to(store: Store) -> None:
    world = build(store)
    checklist = store.visit.get(world.visit).checklist_id
    own = store.visit.save(Visit(id=new_id(), occasion="self-check", checklist_id=checklist))
    with pytest.raises(RadarError, match="no customer"):
        visit_report(store, own.id)


@pytest.mark.parametrize("status", ["planned", "missed", "cancelled"])
def test_a_visit_that_did_not_take_place_is_not_told_of(store: Store, status: VisitStatus) -> None:
    visit = store.visit.get(build(store).visit)
    store.visit.save(visit.model_copy(update={"status": status, "started_at": None, "completed_at": None}))
    with pytest.raises(RadarError, match=f"did not take place: it is {status}"):
        made(store, "visit", visit.id)


def test_a_sum_stands_only_under_lines_that_all_have_a_price(store: Store) -> None:
    world = build(store)
    [line] = store.opportunity.lines.where("opportunity_id = ?", [world.opportunity])
    store.opportunity.lines.save(line.model_copy(update={"id": new_id()}))
    assert "Total € 1,520" in report_text(store, world.visit)
    store.opportunity.lines.save(line.model_copy(update={"unit_price": 0}))
    text = report_text(store, world.visit)
    assert "€ 760" in text
    assert "Total" not in text


def test_a_next_visit_that_has_passed_is_no_next_visit(store: Store) -> None:
    world = build(store)
    assert "9 December 2026" in report_text(store, world.visit)
    now = store.clock
    store.clock = lambda: now() + timedelta(days=7)
    assert "9 December 2026" not in report_text(store, world.visit)


def test_the_look_is_ours(store: Store, tmp_path: Path) -> None:
    world = build(store)
    logo = tmp_path / "logo.svg"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
    )
    store.local.save(replace(store.local.settings(), logo=str(logo), paper="Letter", colour="#b3261e"))
    look = look_of(store.local.settings())
    assert (look.paper, look.colour) == ("us-letter", "#b3261e")
    report = visit_report(store, world.visit)
    pdf = typeset.pdf(report, look)
    assert b"612" in pdf or b"792" in pdf
    assert typeset.pages(report, look, ppi=30)[0].startswith(b"\x89PNG")
    for broken, reason in (("nowhere.png", "cannot be read"), ("logo.exe", "no png"), ("bad.png", "drawn")):
        (tmp_path / "bad.png").write_bytes(b"no picture")
        store.local.save(replace(store.local.settings(), logo=str(tmp_path / broken)))
        with pytest.raises(RadarError, match=reason):
            typeset.pdf(report, look_of(store.local.settings()))


PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAFElEQVR4nGM8oaHBAANMDEgANwcAOFQBICTvemsAAAAASUVORK5CYII="
)
JPG = (
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////////////////"
    "////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////////////////////////"
    "////////////wAARCAAEAAQDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QA"
    "FQEBAQAAAAAAAAAAAAAAAAAAAgT/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCYAKH/2Q=="
)


@pytest.mark.parametrize(("name", "base64"), [("logo.png", PNG), ("logo.jpg", JPG), ("LOGO.JPEG", JPG)])
def test_a_logo_of_pixels_stands_on_the_page(store: Store, tmp_path: Path, name: str, base64: str) -> None:
    world = build(store)
    (tmp_path / name).write_bytes(b64decode(base64))
    report, plain = visit_report(store, world.visit), look_of(store.local.settings())
    store.local.save(replace(store.local.settings(), logo=str(tmp_path / name)))
    drawn = typeset.pdf(report, look_of(store.local.settings()))
    assert drawn.count(b"/Subtype /Image") + drawn.count(b"/Subtype/Image") > typeset.pdf(
        report, plain
    ).count(b"/Subtype/Image")


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Store]:
    copy = tmp_path / "sample.db"
    copy.write_bytes(paths.sample().read_bytes())
    with Store.open(copy) as store:
        yield store


OURS = re.compile(
    r"\b(nps|score|scores|probability|promoters?|detractors?|passives?|pipeline|margin|benchmark|internal|cadence|idea)\b",
    re.IGNORECASE,
)


def test_visits_of_the_sample_can_be_left_behind(sample: Store) -> None:
    """Visits of eight customers and their service reviews: no other customer, no word or figure of ours in them."""
    sample.local.save(replace(sample.local.settings(), language="en"))
    names = [row.name for row in sample.customer.where()]
    kinds = set()
    for visit in sample.visit.where(
        "status = 'completed' AND occasion = 'customer visit' GROUP BY customer_id",
        order="customer_id LIMIT 8",
    ):
        report = made(sample, "visit", visit.id)
        kinds.add(report.name)
        pages = pages_of(sample, report)
        text = " ".join(pages)
        own = sample.customer.get(visit.customer_id or "")
        assert own.name in text
        assert not [name for name in names if name != own.name and name in text]
        assert len(pages) <= 6
        assert not OURS.findall(text)
        ours = [visit.summary, own.notes, Writing("en").money(own.annual_value, own.currency)]
        ours += [row.verbatim for row in sample.response.where("customer_id = ?", [own.id])]
        ours += [
            row.title
            for row in sample.opportunity.where("customer_id = ? AND kind <> 'new stream'", [own.id])
        ]
        assert not [words for words in ours if words and words in text]
    assert kinds == {"visit", "service"}
