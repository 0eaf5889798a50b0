"""The first start: who the BRM is, and for which company. Asked once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.ui.screens.form import Field, FormScreen, Values

if TYPE_CHECKING:
    from radar_tui.ui.app import RadarApp


def intro_screen(app: RadarApp) -> FormScreen:
    """The form that makes the BRM's colleague row and remembers both names in this file."""

    def save(values: Values) -> str:
        from radar_tui.domain.relationship import Colleague
        from radar_tui.store.ids import new_id

        store = app.store
        with store.transaction():
            known = store.colleague.find(app.settings.me)
            me = (
                known or Colleague(id=new_id(), name="?", function="relationship", direct_contact=True)
            ).model_copy(update={"name": str(values["name"]).strip()})
            store.colleague.save(me)
            settings = replace(app.settings, me=me.id, company=str(values["company"]).strip())
            store.local.save(settings)
        app.settings = settings
        return me.id

    return FormScreen(
        "Welcome to Radar. Who looks after the customers here?",
        [
            Field("name", "Your name", required=True, hint="first name and surname"),
            Field(
                "company",
                "Your company",
                required=True,
                value=app.settings.company,
                hint="as your customers know it",
            ),
        ],
        save,
    )
