"""Who is in the room: decision makers first, one key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import day_words, short_day
from radar_tui.errors import RadarError
from radar_tui.store.lists.visit import VisitLists
from radar_tui.store.rows.attendee import Attendees
from radar_tui.store.rows.counterpart import introduction_id
from radar_tui.ui.steps.base.book import Book, StepTally
from radar_tui.ui.steps.base.listing import ListPane
from radar_tui.ui.steps.base.step import ABSENT
from radar_tui.ui.widgets.cells import ListColumn, ListRow, parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.domain.checklist import Step
    from radar_tui.store.lists.visit import VisitPersonRow
    from radar_tui.store.rows.counterpart import Introduction, Ticked
    from radar_tui.ui.frame.form import FormScreen, FormValues
    from radar_tui.ui.widgets.cells import ListCell

WIDE = 66
"""From here on the heading has room for how many know their counterpart."""


MET = ("Met, in the list", "The day of the last completed visit on which they were in the room.")


COUNTED = False


def tally(book: Book, step: Step) -> StepTally:
    """How many are in the room."""
    here = VisitLists(book.store, book.visit).in_the_room()
    return StepTally(here > 0, f"{here} met" if here else "")


def recap(book: Book, step: Step) -> ListCell:
    """Who was in the room."""
    names = [person.name for person in VisitLists(book.store, book.visit).people() if person.here]
    return ", ".join(names) if names else ("nobody ticked", "muted")


class Pane(ListPane):
    """Contacts with the mark of who is here."""

    columns: ClassVar[Sequence[ListColumn]] = [
        ListColumn("  Name", 16, grow=True),
        ListColumn("Job title", 14),
        ListColumn("Function", 12, priority=2),
        ListColumn("Ours", 4),
        ListColumn("Counterpart", 14, priority=1),
        ListColumn("Met", 6, right=True),
    ]
    empty = """Nobody known here yet: here you tick who is in the room.
Press n to add the first contact."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "here", "in the room", id="people.here", tooltip="In the room today, or not"),
        Binding("n", "add", "new contact", id="people.new", tooltip="Add somebody you met, in the room at once"),
        Binding("p", "introduce", "introduce", id="people.introduce",
                tooltip="Agree to introduce the counterpart whom they have not met"),
        Binding("m", "both", "met ours", id="people.both",
                tooltip="They and their counterpart have met today, or have not"),
        Binding("c", "pair", "counterpart", show=False, id="people.pair",
                tooltip="Who of ours this contact should know"),
        Binding("e", "edit", "edit", id="people.edit", tooltip="Change this contact"),
        Binding("enter", "edit", "edit", show=False, tooltip="Change this contact"),
        Binding("i", "about", "about", show=False, id="people.about", tooltip="Where each figure comes from"),
    ]  # fmt: skip

    def __init__(self, book: Book, step: Step) -> None:
        super().__init__(book, step)
        self.people: list[VisitPersonRow] = []

    def on_resize(self) -> None:
        """The heading has as much to say as it has room for."""
        if self.is_mounted:
            self._head()

    def reload(self) -> None:
        everybody = self.lists.people()
        self.people = [person for person in everybody if person.here or not self.book.discreet]
        self.table.empty = ABSENT if everybody and not self.people else self.empty
        self._head()
        self.show_rows([self._row(person) for person in self.people])
        self.refresh_bindings()

    def _head(self) -> None:
        here = sum(person.here for person in self.people)
        paired = sum(person.paired for person in self.people)
        words = f"{here} in the room" if self.book.discreet else f"{here} of {len(self.people)} in the room"
        if self.size.width >= WIDE:
            words += f"   {paired} know their counterpart"
        self.head((words if self.people else "", "muted"))

    def _row(self, person: VisitPersonRow) -> ListRow:
        glyphs = self.host.glyphs
        return ListRow(
            person.id,
            [
                [
                    (f"{glyphs.done if person.here else ' '} ", "accent"),
                    *parts_of(self.with_unsaved(person.id, person.name)),
                ],
                (person.title, "muted"),
                (person.function, "muted"),
                (glyphs.done, "") if person.paired else (glyphs.due, "due"),
                (", ".join(name for _, name, _ in person.counterparts) or glyphs.none, "muted"),
                (short_day(person.met_on, self.book.today) or glyphs.none, "muted"),
            ],
        )

    def means(self, action: str, parameters: tuple[object, ...]) -> bool:
        return action not in ("here", "introduce", "both", "pair", "edit") or bool(self.people)

    def in_full(self, key: str) -> str:
        person = next((one for one in self.people if one.id == key), None)
        if person is None:
            return ""
        words = [person.name, *dict.fromkeys((person.title, person.function))]
        for id, name, met_on in person.counterparts:
            known = f"knows {name} (met {day_words(met_on, self.book.today)})"
            words.append(known if met_on else f"has not met {name}{self._agreed(person.id, id)}")
        if not person.counterparts:
            words.append("knows nobody of ours: p introduces who fits, c chooses")
        return ", ".join(word for word in words if word)

    def _agreed(self, contact_id: str, colleague_id: str) -> str:
        """What became of an introduction."""
        action = self.store.action.find(introduction_id(contact_id, colleague_id))
        if action is None or action.status != "open":
            return " yet: p agrees to introduce them"
        by = f" by {day_words(action.due_on, self.book.today)}" if action.due_on else ""
        return f" yet; introduction agreed{by}"

    def _current(self) -> VisitPersonRow | None:
        return self.people[self.table.cursor] if self.people else None

    def action_here(self) -> None:
        """Commit who is here, and that the BRM met them; then move on to the next contact."""
        if (person := self._current()) is not None:
            brm = self.book.visit.brm_id
            self._tick(person, here=not person.here, met=[brm] if brm else [])
            self.table.action_move(1)

    def action_both(self) -> None:
        """Commit that this contact and their counterpart have met today, or have not; asks where there are several."""
        if (person := self._current()) is None:
            return
        if not person.counterparts:
            self.host.tell(f"{person.name} has no counterpart yet: c chooses one.")
        elif len(person.counterparts) > 1:
            self.visit_screen.must_be_open()
            self.app.push_screen(self._whom(person))
        else:
            [(colleague, name, met_on)] = person.counterparts
            if met_on == self._day:
                self._tick(person, here=True, unmet=[colleague])
                self.host.tell(f"{person.name} and {name} have not met today.")
            else:
                self._tick(person, here=True, met=[colleague])
                self.host.tell(f"{person.name} and {name} have met today.")

    def _whom(self, person: VisitPersonRow) -> FormScreen:
        from radar_tui.ui.frame.form import FormField, FormScreen

        ours = {f"counterpart-{place}": pair for place, pair in enumerate(person.counterparts)}
        fields = [
            FormField(field, name, "yes/no", met == self._day) for field, (_, name, met) in ours.items()
        ]

        def save(values: FormValues) -> str:
            met = [ours[field][0] for field, has in values.items() if has]
            unmet = [ours[field][0] for field, has in values.items() if not has]
            self._tick(person, here=True, met=met, unmet=unmet)
            return person.id

        return FormScreen(f"Whom of ours has {person.name} met today?", fields, save)

    @property
    def _day(self) -> date:
        return self.book.visit.day(self.store.clock())

    def _tick(
        self, person: VisitPersonRow, *, here: bool, met: Sequence[str] = (), unmet: Sequence[str] = ()
    ) -> None:
        pairs, visit = self.store.counterpart, self.book.visit
        made: list[Ticked] = []
        self.save(
            lambda: made.append(pairs.tick(visit, person.id, here=here, met=met, unmet=unmet)),
            key=person.id,
            words=person.name,
            undo=lambda: pairs.untick(made[0]),
        )

    def action_introduce(self) -> None:
        """Agree to introduce somebody of ours: the counterpart they have not met, or whoever fits their function."""
        if (person := self._current()) is None:
            return
        pairs, me = self.store.counterpart, self.host.settings.me or None
        try:
            colleague = pairs.to_introduce(person.id)
        except RadarError as error:
            self.host.tell(f"{error.message} {error.hint}")
            return
        made: list[Introduction] = []
        saved = self.save(
            lambda: made.append(pairs.introduce(person.id, colleague, me, self.book.visit.id)),
            key=person.id,
            words=person.name,
            undo=lambda: pairs.put_back(made[0]),
        )
        if saved:
            action = made[0].action
            self.host.tell(f"Agreed: {action.title}, by {day_words(action.due_on, self.book.today)}.")

    def action_pair(self) -> None:
        """Who of ours they should know, and since when they do."""
        from radar_tui.ui.forms.customer import counterpart_form, newest_pair
        from radar_tui.ui.frame.form import after_saving

        self.visit_screen.must_be_open()
        if (person := self._current()) is not None:
            form = counterpart_form(
                self.host, self.store.contact.get(person.id), newest_pair(self.host, person.id)
            )
            self.app.push_screen(form, after_saving(self.host))

    def action_add(self) -> None:
        """Somebody met on site."""
        from radar_tui.ui.forms.customer import contact_form

        self.visit_screen.must_be_open()
        if self.book.customer is not None:
            self.app.push_screen(contact_form(self.host, self.book.customer.id, None, seen=True), self._added)

    def _added(self, contact_id: str | None) -> None:
        if contact_id is None:
            return
        attendees, visit = Attendees(self.store), self.book.visit.id
        with self.host.saying():
            self.save(
                lambda: attendees.put(visit, contact_id, here=True),
                key=contact_id,
                undo=lambda: attendees.put(visit, contact_id, here=False),
            )
            self.table.go_to(contact_id)

    def action_edit(self) -> None:
        from radar_tui.ui.forms.customer import contact_form
        from radar_tui.ui.frame.form import after_saving

        person, customer = self._current(), self.book.customer
        if person is not None and customer is not None:
            contact = self.store.contact.get(person.id)
            form = contact_form(self.host, customer.id, contact, seen=True)
            self.app.push_screen(form, after_saving(self.host))

    def action_about(self) -> None:
        from radar_tui.ui.frame.about import COUNTERPARTS, AboutScreen

        self.app.push_screen(AboutScreen([*COUNTERPARTS, MET]))
