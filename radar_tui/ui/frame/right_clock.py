"""Before something that a wrong clock would spoil for ever: it is said, and asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.clock import clock_doubt
from radar_tui.domain.days import day_words
from radar_tui.store.facts.clock import moments_known
from radar_tui.ui.frame.confirm import ConfirmScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from radar_tui.ui.base.host import Host


def with_right_clock(app: Host, then: Callable[[], object]) -> None:
    """Go on at once; where the clock can hardly be right, once somebody has said that it is. That holds for this
    sitting, as long as nothing else speaks against it."""
    now = app.store.clock()
    doubt = clock_doubt(now, moments_known(app.store))
    if doubt in ("", app.clock_said):
        then()
        return

    def answered(yes: bool | None) -> None:
        if yes:
            app.clock_said = doubt
            with app.saying():
                then()

    question = f"Is it really {day_words(now.date())}, {now:%H:%M}?"
    why = "What is answered on a wrong day counts nowhere, and cannot be corrected."
    app.push_screen(
        ConfirmScreen(question, f"{doubt} {why} Esc: set the clock of this laptop first."), answered
    )
