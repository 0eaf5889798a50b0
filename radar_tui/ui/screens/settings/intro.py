"""The first start: who the BRM is, and for which company. Asked once, and after joining a team that may know them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host

NEW = "not in this list"


def intro_screen(app: Host, *, joined: bool = False) -> FormScreen:
    """The form that finds or makes the BRM's colleague row and remembers both names in this file.

    Where the team has colleagues the BRM chooses themself. Who has just `joined` with a row of their own is proposed
    the team's row of that name; chosen it takes the other's place everywhere, so that nobody stands twice in the data.
    """
    colleagues = app.store.colleague
    known = colleagues.find(app.settings.me)
    namesake = colleagues.namesake(known.name, but=known.id) if known and joined else None

    def save(values: FormValues) -> str:
        me = str(values.get("who") or "")
        name = str(values["name"]).strip()
        if not (me or name):
            raise ValueError("Your name: needed.")
        with app.store.transaction():
            me = colleagues.introduced(me, name, before=app.settings.me)
            settings = replace(app.settings, me=me, company=str(values["company"]).strip())
            app.store.local.save(settings)
        app.settings = settings
        return me

    others = [(row.id, row.name) for row in colleagues.here() if known is None or row.id != known.id]
    options = [(known.id, f"{known.name} (as now)") if known else (None, NEW), *others]
    hint = "first name and surname" if known or not others else "only if you are not in the list above"
    start = namesake.id if namesake else options[0][0]
    welcome = "Welcome to Radar. Who looks after the customers here?"
    return FormScreen(
        f"{namesake.name} is in the team's data already. Is that you?" if namesake else welcome,
        [
            *([FormField("who", "You are", "choice", start, options)] if others else []),
            FormField("name", "Your name", required=not others, value=known.name if known else "", hint=hint),
            FormField(
                "company",
                "Your company",
                required=True,
                value=app.settings.company,
                hint="as your customers know it",
            ),
        ],
        save,
    )
