"""How our reports look: company, logo, colour, paper and language, for this file on this laptop."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.ui.forms.common import LANGUAGES
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host


def report_settings_form(app: Host) -> FormScreen:
    """The form; a logo that cannot be read is refused before it is kept."""
    now = app.settings

    def save(values: FormValues) -> str:
        from radar_tui.reports.look import look_of

        colour = str(values["colour"]).strip()
        if not re.fullmatch("#[0-9a-fA-F]{6}", colour):
            raise ValueError("Colour: # and six digits, e.g. #08665f.")
        settings = replace(
            now,
            company=str(values["company"]).strip(),
            logo=str(values["logo"] or "").strip().strip("\"'"),
            colour=colour,
            paper=str(values["paper"]),
            language=str(values["language"] or ""),
        )
        look_of(settings)
        app.store.local.save(settings)
        app.settings = settings
        return "report settings"

    languages = [(None, "the contact's"), *LANGUAGES]
    return FormScreen(
        "Reports: company, logo, colour, paper",
        [
            FormField(
                "company", "Company", value=now.company, hint="as the customer knows you", required=True
            ),
            FormField("logo", "Logo", value=now.logo, hint="a png, svg or jpg file; empty: the name"),
            FormField("colour", "Colour", value=now.colour, hint="#08665f", required=True),
            FormField("paper", "Paper", "choice", now.paper, options=[("A4", "A4"), ("Letter", "Letter")]),
            FormField("language", "Customers read", "choice", now.language or None, options=languages),
        ],
        save,
    )
