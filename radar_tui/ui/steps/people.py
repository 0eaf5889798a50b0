"""Who is in the room: decision makers first, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.store.attendee import Attendees
from radar_tui.store.visit_lists import VisitLists
from radar_tui.ui.screens.radar import day_month
from radar_tui.ui.steps.listing import ListPane
from radar_tui.ui.steps.step import Book, Tally
from radar_tui.ui.widgets.cells import parts_of
from radar_tui.ui.widgets.row_table import Column, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from radar_tui.domain.checklist import Step
    from radar_tui.store.visit_lists import PersonRow


def tally(book: Book, step: Step) -> Tally:
    """How many are in the room."""
    here, _ = VisitLists(book.store, book.visit).in_the_room()
    return Tally(here > 0, f"{here} met" if here else "")


class Pane(ListPane):
    """Contacts with the mark of who is here."""

    columns: ClassVar[Sequence[Column]] = [
        Column("  Name", 16, grow=True),
        Column("Role", 14),
        Column("Function", 12, priority=2),
        Column("Counterpart", 14, priority=1),
        Column("Met", 6, right=True),
    ]
    empty = """Nobody known here yet: here you tick who is in the room.
Press n to add the first contact."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "here", "in the room", id="people.here", tooltip="In the room today, or not"),
        Binding("n", "add", "new contact", id="people.new", tooltip="Add somebody you met, in the room at once"),
        Binding("e", "edit", "edit", id="people.edit", tooltip="Change this contact"),
        Binding("enter", "edit", "edit", show=False, tooltip="Change this contact"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.people: list[PersonRow] = []

    def reload(self) -> None:
        self.people = self.lists.people()
        here = sum(person.here for person in self.people)
        self.head((f"{here} of {len(self.people)} in the room" if self.people else "", "muted"))
        self.show_rows([self._row(person) for person in self.people])

    def _row(self, person: PersonRow) -> Row:
        glyphs = self.radar.glyphs
        return Row(
            person.id,
            [
                [
                    (f"{glyphs.done if person.here else ' '} ", "accent"),
                    *parts_of(self.with_unsaved(person.id, person.name)),
                ],
                (person.role, "" if person.role == "decision maker" else "muted"),
                (person.function, "muted"),
                (person.counterpart or glyphs.none, "muted"),
                (day_month(person.met_on, self.book.today) or glyphs.none, "muted"),
            ],
        )

    def in_full(self, key: str) -> str:
        person = next((one for one in self.people if one.id == key), None)
        if person is None:
            return ""
        words = [person.name, person.role, person.function]
        if person.counterpart:
            words.append(f"counterpart {person.counterpart}")
        return ", ".join(word for word in words if word)

    def _current(self) -> PersonRow | None:
        return self.people[self.table.cursor] if self.people else None

    def action_here(self) -> None:
        """Commit who is here, then move on to the next contact."""
        if (person := self._current()) is None:
            return
        attendees, visit, here = Attendees(self.store), self.book.visit.id, not person.here
        self.save(
            lambda: attendees.put(visit, person.id, here=here),
            key=person.id,
            words=person.name,
            undo=lambda: attendees.put(visit, person.id, here=not here),
        )
        self.table.action_move(1)

    def action_add(self) -> None:
        """Somebody met on site."""
        from radar_tui.ui.forms import contact_form

        self.visit_screen.must_be_open()
        if self.book.customer is not None:
            self.app.push_screen(contact_form(self.radar, self.book.customer.id, None), self._added)

    def _added(self, contact_id: str | None) -> None:
        if contact_id is None:
            return
        attendees, visit = Attendees(self.store), self.book.visit.id
        with self.radar.saying():
            self.save(
                lambda: attendees.put(visit, contact_id, here=True),
                key=contact_id,
                undo=lambda: attendees.put(visit, contact_id, here=False),
            )
            self.table.go_to(contact_id)

    def action_edit(self) -> None:
        from radar_tui.ui.forms import after_saving, contact_form

        person, customer = self._current(), self.book.customer
        if person is not None and customer is not None:
            contact = self.store.contact.get(person.id)
            self.app.push_screen(contact_form(self.radar, customer.id, contact), after_saving(self.radar))
