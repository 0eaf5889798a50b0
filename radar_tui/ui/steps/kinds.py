"""Every kind of step is one module of this folder: its pane, how far it is, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, assert_never

if TYPE_CHECKING:
    from radar_tui.domain.checklist import Step, StepKind
    from radar_tui.ui.steps.base.book import Book, StepTally
    from radar_tui.ui.steps.base.step import StepPane
    from radar_tui.ui.widgets.cells import ListCell


class StepModule(Protocol):
    """What the module of a kind offers."""

    @property
    def Pane(self) -> type[StepPane]:  # noqa: N802 -- a class of the module
        """The right side of the visit."""

    @property
    def COUNTED(self) -> bool:  # noqa: N802 -- a constant of the module
        """Whether it shows what a worker counts: a customer may have ten thousand tickets."""

    def tally(self, book: Book, step: Step) -> StepTally:
        """Read how far the step is; one or two small queries."""

    def recap(self, book: Book, step: Step) -> ListCell:
        """What the step came to, in one line; "" where there is nothing to say."""


def module_of(kind: StepKind) -> StepModule:
    """The module of a kind of step, loaded when first asked for."""
    match kind:
        case "questions":
            from radar_tui.ui.steps import questions

            return questions
        case "integrity":
            from radar_tui.ui.steps import integrity

            return integrity
        case "replacements":
            from radar_tui.ui.steps import replacements

            return replacements
        case "spares":
            from radar_tui.ui.steps import spares

            return spares
        case "new_streams":
            from radar_tui.ui.steps import new_streams

            return new_streams
        case "tickets":
            from radar_tui.ui.steps import tickets

            return tickets
        case "feedback":
            from radar_tui.ui.steps import feedback

            return feedback
        case "kpis":
            from radar_tui.ui.steps import kpis

            return kpis
        case "promises":
            from radar_tui.ui.steps import promises

            return promises
        case "nps":
            from radar_tui.ui.steps import nps

            return nps
        case "actions":
            from radar_tui.ui.steps import actions

            return actions
        case "people":
            from radar_tui.ui.steps import people

            return people
        case "next_visit":
            from radar_tui.ui.steps import next_visit

            return next_visit
        case "summary":
            from radar_tui.ui.steps import summary

            return summary
        case _:
            assert_never(kind)
