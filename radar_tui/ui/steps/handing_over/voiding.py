"""The form that takes sealed answers out of the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from radar_tui.store.lists.response import GivenRow


def void_form(name: str, standing: Sequence[GivenRow], void: Callable[[list[str], str], None]) -> FormScreen:
    """Which of a contact's answers that stand, and why; `void` gets their ids and the reason."""
    options: list[tuple[str | None, str]] = [(given.id, given.question) for given in standing]
    if len(standing) > 1:
        options.append((None, "both"))

    def keep(values: FormValues) -> str:
        chosen = [given.id for given in standing if values["which"] in (given.id, None)]
        void(chosen, str(values["reason"]).strip())
        return standing[0].contact_id

    fields = [
        FormField("which", "Answer", "choice", standing[0].id, options),
        FormField("reason", "Reason", required=True, hint="e.g. the wrong person answered"),
    ]
    return FormScreen(f"Void an answer of {name}", fields, keep)
