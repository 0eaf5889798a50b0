"""Forms: a new user fills an empty file with them; what they do not change stays as it was, byte by byte."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_tui.domain.customer import Benchmark, Customer
from radar_tui.domain.days import EXPECTED
from radar_tui.domain.integrity import Item
from radar_tui.domain.opportunity import Part
from radar_tui.domain.promise import Want
from radar_tui.domain.row import FIRST_YEAR, LAST_YEAR
from radar_tui.domain.text import one_line
from radar_tui.store.connection import SaveFailed
from radar_tui.store.ids import new_id
from radar_tui.store.rows.benchmark import Benchmarks
from radar_tui.ui.app import RadarApp
from radar_tui.ui.forms.business import action_form, opportunity_form
from radar_tui.ui.forms.customer import contact_form, customer_form, item_form, stream_form
from radar_tui.ui.forms.market import benchmark_form, market_form
from radar_tui.ui.forms.ourselves import colleague_form, part_form, promise_form, want_form
from radar_tui.ui.forms.visit import planned_visit_form
from radar_tui.ui.frame.form import FormField, FormScreen, parsed, shown
from radar_tui.ui.screens.customer.screen import CustomerScreen
from radar_tui.ui.screens.radar.screen import RadarScreen
from radar_tui.ui.widgets.fields import TextField
from tests.ui import world
from tests.ui.world import HOSTILE, introduce, some_hostile, strips_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from radar_tui.domain.row import Row
    from radar_tui.store.store import Store
    from radar_tui.ui.frame.form import FormValue, FormValues


def typed(text: str) -> list[str]:
    """The keys of a text."""
    return ["space" if letter == " " else letter for letter in text]


async def fill(pilot: Pilot[None], *texts: str) -> None:
    """Type into one field after the other (empty: leave it), then save."""
    for place, text in enumerate(texts):
        if place:
            await pilot.press("tab")
        field = pilot.app.focused
        if isinstance(field, TextField) and field.selection.is_empty:
            field.insert_text_at_cursor(text)
        else:
            await pilot.press(*typed(text))
    await pilot.press("enter")
    await pilot.pause()


async def test_a_promise_is_written_in_the_languages_of_those_who_read_it(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(promise_form(app, None))
        await pilot.pause()
        await fill(pilot, "Spares in 48 hours", "", "", "Ricambi in 48 ore")
        [promise] = store.promise.where()
        assert promise.translations == '{"it": "Ricambi in 48 ore"}'
        app.push_screen(promise_form(app, promise))
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
    assert store.promise.get(promise.id) == promise


async def test_from_an_empty_file_everything_is_added_and_edited_in_the_app(store: Store) -> None:
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        await fill(pilot, "Marta Ricci", "Toller")
        assert isinstance(app.screen, RadarScreen)
        assert (app.settings.company, store.radar.name_of(app.settings.me)) == ("Toller", "Marta Ricci")

        await pilot.press("n")
        await fill(pilot, "Aurora Tissue", "", "", "", "Paper", "", "60", "120.000,50", "", "Lucca")
        assert isinstance(app.screen, CustomerScreen)
        (customer,) = store.customer.where()
        assert (customer.name, customer.cadence_days, customer.annual_value) == (
            "Aurora Tissue",
            60,
            12_000_050,
        )
        assert store.market.get(customer.market_id or "").name == "Paper"
        assert (customer.owner_id, customer.city) == (app.settings.me, "Lucca")

        await pilot.press("p", "n")
        await fill(pilot, "Paolo Conti", "d", "Plant director", "management", "p@x.example")
        await pilot.press("f", "n")
        await fill(pilot, "Tissue line 1", "p")
        await pilot.press("m", "n")
        await fill(pilot, "W-010", "RX-40", "t", "12/3/2026")
        contact, stream, item = store.contact.where()[0], store.stream.where()[0], store.item.where()[0]
        assert (contact.name, contact.role, contact.email) == ("Paolo Conti", "decision maker", "p@x.example")
        assert (stream.name, stream.status) == ("Tissue line 1", "planned")
        assert (item.tag, item.stream_id, item.installed_on) == ("W-010", stream.id, date(2026, 3, 12))

        await pilot.press("4", "n")
        await fill(pilot, "Spares in 48 hours")
        await pilot.press("c", "n")
        await fill(pilot, "Anneli Strand", "receivables")
        await pilot.press("l", "n")
        await fill(pilot, "RX40-S", "Seat", "RX-40", "s", "1.240,5")
        (part,) = store.part.where()
        assert (part.sku, part.kind, part.unit_price, part.currency) == ("RX40-S", "spares", 124_050, "EUR")
        assert [row.name for row in store.colleague.where(order="name")] == ["Anneli Strand", "Marta Ricci"]

        await pilot.press("p")
        await app.workers.wait_for_complete()
        await pilot.press("e", *typed("!"), "enter")
        await pilot.press("c", "home", "e", *typed("!"), "enter")
        await pilot.press("l", "e", *typed("!"), "enter")
        await pilot.pause()
        assert store.promise.where()[0].title == "Spares in 48 hours!"
        assert store.colleague.where(order="name")[0].name == "Anneli Strand!"
        assert store.part.get(part.id) == part.model_copy(update={"sku": "RX40-S!"})

        await pilot.press("1", "enter", "e", *typed("!"), "enter")
        await pilot.press("p", "e", *typed("!"), "enter", "m", "e", *typed("!"), "enter")
        await pilot.press("f", "e", *typed("!"), "enter")
        await pilot.pause()
        assert store.customer.get(customer.id) == customer.model_copy(update={"name": "Aurora Tissue!"})
        assert store.contact.get(contact.id) == contact.model_copy(update={"name": "Paolo Conti!"})
        assert store.item.get(item.id) == item.model_copy(update={"tag": "W-010!"})
        assert store.stream.get(stream.id) == stream.model_copy(update={"name": "Tissue line 1!"})


# Follows from another answer, or is set where it happens.
NOT_ASKED = {
    "Customer.archived_at", "Part.archived_at", "Opportunity.stream_id", "Opportunity.currency", "Action.done_on",
    "Visit.checklist_id", "Visit.occasion", "Visit.started_at", "Visit.completed_at", "Visit.completed_on",
    "Visit.brm_id", "Visit.current_step", "Visit.summary",
}  # fmt: skip


@pytest.mark.parametrize("name", some_hostile(__name__))
async def test_a_form_asks_for_every_column_and_an_unedited_save_changes_no_byte(
    store: Store, name: str
) -> None:
    text = HOSTILE[name]
    ids = world.build(store, text)
    want = store.want.save(Want(id=new_id(), customer_id=ids.customer, title=text, note=text)).id
    benchmark = (
        Benchmarks(store)
        .save(Benchmark(id=new_id(), market_id=ids.market, nps=12, source=text, year=2026, region=text))
        .id
    )
    app = RadarApp(store)

    def rows() -> list[Row]:
        return [
            store.customer.get(ids.customer),
            store.contact.get(ids.contact),
            store.colleague.get(ids.colleague),
            store.stream.get(ids.stream),
            store.item.get(ids.item),
            store.part.get(ids.part),
            store.promise.get(ids.promise),
            store.opportunity.get(ids.opportunity),
            store.action.get(ids.action),
            store.want.get(want),
            store.market.get(ids.market),
            Benchmarks(store).get(benchmark),
            store.visit.get(ids.planned),
        ]

    def all_forms() -> list[FormScreen]:
        return [
            customer_form(app, store.customer.get(ids.customer)),
            contact_form(app, ids.customer, store.contact.get(ids.contact)),
            colleague_form(app, store.colleague.get(ids.colleague)),
            stream_form(app, ids.customer, store.stream.get(ids.stream)),
            item_form(app, ids.customer, store.item.get(ids.item)),
            part_form(app, store.part.get(ids.part)),
            promise_form(app, store.promise.get(ids.promise)),
            opportunity_form(app, ids.customer, store.opportunity.get(ids.opportunity)),
            action_form(app, ids.customer, store.action.get(ids.action)),
            want_form(app, store.want.get(want)),
            market_form(app, store.market.get(ids.market)),
            benchmark_form(app, ids.market, Benchmarks(store).get(benchmark)),
            planned_visit_form(app, ids.customer, store.visit.get(ids.planned)),
        ]

    before = rows()
    async with app.run_test(size=(80, 24)) as pilot:
        for row, form in zip(before, all_forms(), strict=True):
            asked = {f"{type(row).__name__}.{field.name}" for field in form.fields}
            left = {f"{type(row).__name__}.{column}" for column in row.columns()} - asked
            assert {
                one
                for one in left
                if not one.endswith((".id", ".customer_id", ".visit_id", ".translations", ".ours"))
            } <= NOT_ASKED
            app.push_screen(form)
            await pilot.pause()
            for strip in strips_of(app):
                assert strip.cell_length == 80
                assert not any(ord(letter) < 32 for letter in strip.text)
            first = form.query(TextField).first()
            assert first.value == one_line(first.text)
            await pilot.press("enter")
            await pilot.pause()
            assert app.screen is not form
    assert rows() == before


async def test_ten_thousand_characters_are_typed_over_and_kept(store: Store) -> None:
    introduce(store)
    customer = store.customer.save(Customer(id=new_id(), name="x" * 10_000))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(customer_form(app, customer))
        await pilot.pause()
        await pilot.press("end", "y", "enter")
        await pilot.pause()
    assert store.customer.get(customer.id).name == "x" * 10_000 + "y"


async def ask(
    pilot: Pilot[None], *fields: FormField, save: Callable[[FormValues], str] = lambda values: "saved"
) -> FormScreen:
    """A form of the test's own."""
    form = FormScreen("Test", fields, save)
    pilot.app.push_screen(form)
    await pilot.pause()
    return form


def trouble(app: RadarApp) -> str:
    return app.screen.query_one("#trouble").render_line(0).text.strip()


@pytest.mark.parametrize(
    ("field", "keys", "words"),
    [
        (FormField("name", "Name", required=True), "", "Name: needed."),
        (FormField("n", "Days", "number"), "many", "Days: a number, e.g. 90."),
        (FormField("n", "Days", "number"), "1e400", "Days: a smaller number."),
        (FormField("n", "Days", "number"), "nan", "Days: a smaller number."),
        (
            FormField("n", "Days", "number"),
            "1.500",
            "Days: 1500, or 1.5? Written without a mark for thousands, please.",
        ),
        (FormField("m", "Price", "money"), "cheap", "Price: an amount, e.g. 1240 or 12.50."),
        (FormField("m", "Price", "money"), "9" * 30, "Price: an amount, e.g. 1240 or 12.50."),
        (FormField("d", "Day", "date"), "31.2.2026", f"Day: {EXPECTED}."),
    ],
)
async def test_what_cannot_be_read_is_said_and_stays(
    store: Store, field: FormField, keys: str, words: str
) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        form = await ask(pilot, FormField("other", "Other"), field)
        await fill(pilot, "", keys)
        assert trouble(app) == words
        assert app.screen is form
        assert app.focused is form.query_one(f"#field-{field.name}")
        assert form.query_one(f"#field-{field.name}", TextField).value == keys
        await pilot.press("7")
        assert trouble(app) == "", "what is being put right is not complained about"


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (6, "0", "Visit every (days): not under 1."),
        (6, "1000", "Visit every (days): not over 999."),
        (6, "2.5", "Visit every (days): a whole number."),
        (7, "-5", "Value a year: not under 0."),
        (8, "euro", "Currency: three letters, e.g. EUR."),
    ],
)
async def test_what_the_model_refuses_is_said_in_words(
    store: Store, place: int, value: str, words: str
) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(customer_form(app, None))
        await pilot.pause()
        await pilot.press(*"Aurora", *(["tab"] * place), "end", "ctrl+u", *value, "enter")
        assert trouble(app) == words
    assert store.customer.where() == []


async def test_a_save_that_the_disk_did_not_take_is_said_and_tried_again_with_enter(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    answers = [SaveFailed("The disk is full.", "Free some space."), None]

    def save(values: FormValues) -> str:
        if (error := answers.pop(0)) is not None:
            raise error
        return "saved"

    async with app.run_test(size=(80, 24)) as pilot:
        form = await ask(pilot, FormField("name", "Name"), save=save)
        await fill(pilot, "Aurora")
        assert trouble(app) == "The disk is full. Nothing is lost: enter tries again."
        assert form.query_one(TextField).value == "Aurora"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen)


async def test_esc_asks_once_before_what_was_typed_is_dropped(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        form = await ask(pilot, FormField("name", "Name"))
        await pilot.press("a", "escape")
        assert app.screen is form
        assert "esc again drops it" in trouble(app)
        await pilot.press("b", "escape")
        assert app.screen is form
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen)
        await ask(pilot, FormField("name", "Name", value="as it was"))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RadarScreen)


async def test_arrows_and_tab_go_through_the_fields_and_a_letter_chooses(store: Store) -> None:
    introduce(store)
    found: list[FormValues] = []

    def save(values: FormValues) -> str:
        found.append(values)
        return "saved"

    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        choice = FormField("c", "Choice", "choice", "a", [("a", "apple"), ("b", "banana"), (None, "–")])
        form = await ask(pilot, FormField("t", "Text"), choice, FormField("y", "Sure", "yes/no"), save=save)
        await pilot.press("down", "b", "down", "space", "up", "up", *"1?4")
        assert app.screen is form
        await pilot.press("enter")
    assert found == [{"t": "1?4", "c": "b", "y": True}]


async def test_the_first_contact_decides_and_the_next_reads_what_the_newest_does(store: Store) -> None:
    introduce(store)
    customer = Customer(id=new_id(), name="Aurora")
    store.customer.save(customer)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for name in ("Paolo Conti", "Elena Moretti"):
            app.push_screen(contact_form(app, customer.id, None))
            await pilot.pause()
            await fill(pilot, name, "", "", "", "", "", "i" if name == "Paolo Conti" else "")
    found = {row.name: (row.role, row.language) for row in store.contact.where()}
    assert found == {"Paolo Conti": ("decision maker", "it"), "Elena Moretti": ("user", "it")}


async def test_money_is_in_the_currency_that_stands_in_the_form(store: Store) -> None:
    introduce(store)
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(part_form(app, None))
        await pilot.pause()
        await pilot.press(
            *"A", "tab", *"Seat", "tab", "tab", "tab", *"1,240", "tab", "ctrl+u", *"jpy", "enter"
        )
        await pilot.pause()
        (part,) = store.part.where()
        assert (part.unit_price, part.currency) == (1240, "JPY")
        app.push_screen(part_form(app, part))
        await pilot.pause()
        assert app.screen.query_one("#field-unit_price", TextField).value == "1240"


async def test_emptied_values_are_none_again(store: Store) -> None:
    introduce(store)
    part = store.part.save(Part(id=new_id(), sku="A", name="B", unit_price=100, lead_days=5))
    customer = Customer(id=new_id(), name="Aurora")
    store.customer.save(customer)
    item = store.item.save(Item(id=new_id(), customer_id=customer.id, tag="W", installed_on=date(2026, 1, 2)))
    app = RadarApp(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for form, name in (
            (part_form(app, part), "lead_days"),
            (item_form(app, customer.id, item), "installed_on"),
        ):
            app.push_screen(form)
            await pilot.pause()
            form.query_one(f"#field-{name}", TextField).focus()
            await pilot.press("end", "ctrl+u", "enter")
            await pilot.pause()
    assert store.part.get(part.id).lead_days == 0
    assert store.item.get(item.id).installed_on is None


@pytest.mark.parametrize(
    ("text", "plan", "past"),
    [
        ("3.12.2026", date(2026, 12, 3), date(2026, 12, 3)),
        ("3-12-2026", date(2026, 12, 3), date(2026, 12, 3)),
        ("today", date(2026, 12, 3), date(2026, 12, 3)),
        ("+14", date(2026, 12, 17), date(2026, 12, 17)),
        ("15 jan", date(2027, 1, 15), date(2026, 1, 15)),
        ("fri", date(2026, 12, 4), date(2026, 11, 27)),
    ],
)
def test_a_day_in_a_form_lies_ahead_or_behind(text: str, plan: date, past: date) -> None:
    today = date(2026, 12, 3)
    assert parsed(FormField("due_on", "Due on", "date"), text, today=today) == plan
    assert parsed(FormField("met_on", "Met on", "date", past=True), text, today=today) == past


@given(
    st.one_of(
        st.tuples(st.just("date"), st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31))),
        st.tuples(st.just("money"), st.integers(-(10**14), 10**14)),
        st.tuples(st.just("number"), st.one_of(st.integers(-(10**9), 10**9), st.just(1.125))),
        st.tuples(st.just("text"), st.text(min_size=1)),
    )
)
def test_what_a_field_shows_reads_back_as_the_same(pair: tuple[str, FormValue]) -> None:
    kind, value = pair
    field = FormField("x", "X", kind, value)
    text = shown(field)
    if kind != "text" or text.strip():
        assert parsed(field, text) == value
