"""What may become of a visit that was begun by mistake: it is discarded, or follows another checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from radar_tui.domain.days import day_words
from radar_tui.domain.text import plural
from radar_tui.ui.frame.confirm import ConfirmScreen
from radar_tui.ui.frame.undoing import Undoing
from radar_tui.ui.screens.visit.counts import VisitCounts

if TYPE_CHECKING:
    from datetime import date

    from radar_tui.domain.checklist import Checklist
    from radar_tui.domain.visit import Stake

STAY = {"tickets": "tickets", "feedback": "tickets", "kpis": "readings"}
"""What steps change that is no part of a visit."""
MOST_NAMED = 2


class VisitLeaving(VisitCounts):
    """The keys; the screen itself says what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+k", "follow", "checklist", id="visit.checklist",
                tooltip="Go on with another checklist: what both ask stays answered"),
        Binding("ctrl+d", "discard", "discard", id="visit.discard",
                tooltip="Discard this visit: it was begun by mistake"),
    ]  # fmt: skip

    visit_id: str

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is over, or not read yet, is not left any more."""
        if action in ("discard", "follow"):
            return bool(self.query("#pane StepPane")) and not self.book.closed
        return super().check_action(action, parameters)

    # Discarding

    def action_discard(self) -> None:
        leaving = self.store.leaving
        if not self.may_leave():
            return
        leaving.may_be_left(self.visit_id)
        kinds = dict.fromkeys(STAY[step.kind] for step in self.book.checklist.steps if step.kind in STAY)
        words = stake_words(leaving.stake(self.visit_id), [*kinds], self.today)
        whose = f"visit to {self.book.customer.name}" if self.book.customer else "visit"
        self.app.push_screen(ConfirmScreen(f"Discard this {whose}?", words), self._discard)

    def _discard(self, yes: bool | None) -> None:
        if not yes:
            return
        leaving, id = self.store.leaving, self.visit_id
        with self.host.saying():
            leaving.discard(id)
            self.app.pop_screen()
            below = self.app.screen
            if isinstance(below, Undoing):
                below.changed("Visit discarded.", lambda: leaving.restore(id))
            else:
                self.host.tell("Visit discarded; enter on it under Visits takes it up again.")

    # Another checklist

    def action_follow(self) -> None:
        from radar_tui.ui.screens.visit.start import other_checklists

        if self.may_leave():
            self.store.leaving.may_be_left(self.visit_id)
            chooser = other_checklists(self.host, self.book, self._kept_words, self._follow)
            self.app.push_screen(chooser, self._followed)

    def _kept_words(self, checklist: Checklist) -> str:
        """What does not carry over to a checklist, and what stays though it has no step for it."""
        leaving = self.store.leaving
        lost, stake = leaving.lost_with(self.visit_id, checklist), leaving.stake(self.visit_id)
        said = "All that was answered stays."
        if lost:
            named = ", ".join(f"“{words}”" for words in lost[:MOST_NAMED])
            more = f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else ""
            # The questions that the BRM answers alone hold words that are not for customers.
            which = "" if self.book.discreet else f": {named}{more}"
            said = f"{plural(len(lost), 'answer')} put aside{which}."
        kinds = {step.kind for step in checklist.steps}
        kept = stake.without(kinds).words()
        return f"{said} Kept, though it has no step for it: {kept}." if kept else said

    def _follow(self, checklist: Checklist) -> str:
        leaving, taken = self.store.leaving, self.taken()
        done = leaving.follow(self.visit_id, checklist)
        self.remember(lambda: leaving.follow_back(done), taken, f"{checklist.title}.")
        return self.visit_id

    async def _followed(self, visit_id: str | None) -> None:
        if visit_id is not None:
            await self.renew()
            self.host.tell(f"Goes on as {self.book.checklist.title}. ctrl+z takes it back.")


def stake_words(stake: Stake, stay: list[str], today: date) -> str:
    """What goes with a visit and comes back with it, what is planned again, and what stays as it is."""
    said = [f"{stake.words()}: all of it goes." if stake.words() else "Nothing hangs on it yet."]
    if stake.planned_on:
        said.append(f"Planned for {day_words(stake.planned_on, today)} again.")
    if stake.next_on:
        said.append(f"The next one is no longer planned for {day_words(stake.next_on, today)}.")
    if stay:
        said.append(f"What was changed of {' and '.join(stay)} stays.")
    return " ".join([*said, "ctrl+z, or enter on it under Visits, brings everything back."])
