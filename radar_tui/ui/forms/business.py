"""The forms of business: opportunities, and actions with the measure they are to raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.action import Action, ActionStatus
from radar_tui.domain.days import DAY_HINT
from radar_tui.domain.opportunity import Opportunity, OpportunityKind, Stage
from radar_tui.ui.forms.common import Options, build, colleague_options, in_languages, translations_of, words
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.ui.base.host import Host


def opportunity_form(app: Host, customer_id: str, before: Opportunity | None) -> FormScreen:
    """Write down business heard of, or change how likely it is."""
    store = app.store
    currency = before.currency if before else store.customer.get(customer_id).currency
    row = before or Opportunity(id="new", customer_id=customer_id, kind="service", title="?")

    def save(values: FormValues) -> str:
        found = build(Opportunity, before, values, customer_id=customer_id, currency=currency)
        return store.opportunity.change(before, found).id

    return FormScreen(
        "New opportunity" if before is None else "Opportunity",
        [
            FormField("title", "Title", value=before.title if before else "", required=True),
            FormField("kind", "Kind", "choice", row.kind, words(OpportunityKind)),
            FormField("stage", "Stage", "choice", row.stage, words(Stage)),
            FormField("probability", "Probability (%)", "number", row.probability, required=True),
            FormField("expected_on", "Expected on", "date", row.expected_on, ahead=True),
        ],
        save,
    )


def action_form(
    app: Host,
    customer_id: str | None,
    before: Action | None,
    *,
    title: str = "",
    measure_id: str | None = None,
) -> FormScreen:
    """Something a colleague will do by a date, and the measure it is to raise; a new one may begin with both."""
    row = before or Action(id="new", title="?", owner_id=app.settings.me or None, measure_id=measure_id)

    def save(values: FormValues) -> str:
        done = values["status"] == "done"
        done_on = (row.done_on or app.today) if done else None
        values["translations"] = translations_of(values, row.translations)
        with app.store.transaction():
            if customer_id and (aimed := values.get("measure_id")):
                app.store.measure.write_down(customer_id, str(aimed))
            found = build(Action, before, values, customer_id=customer_id, done_on=done_on)
            return app.store.action.change(before, found).id

    return FormScreen(
        "New action" if before is None else "Action",
        [
            FormField("title", "What", value=before.title if before else title, required=True),
            FormField("owner_id", "Who", "choice", row.owner_id, colleague_options(app, row.owner_id)),
            FormField("due_on", "By", "date", row.due_on, hint=DAY_HINT, ahead=True),
            FormField("status", "Status", "choice", row.status, words(ActionStatus)),
            *measure_fields(app, customer_id, row),
            *(in_languages(app, row.translations, customer_id) if customer_id else ()),
        ],
        save,
    )


def action_about(app: Host, customer_id: str, contact: str, key: str | None) -> FormScreen:
    """A new action that is to change what a contact answers: it aims at the computed measure of this key, if any."""
    measures = app.store.measure.of_customer(customer_id) if key else []
    aimed = next((measure.id for measure in measures if measure.key == key), None)
    return action_form(app, customer_id, None, title=f"{contact}: ", measure_id=aimed)


def measure_fields(app: Host, customer_id: str | None, row: Action) -> list[FormField]:
    """What an action aims at: a measure of its customer, and by how many points of its score."""
    gain = FormField(
        "expected_gain",
        "Expected gain",
        "number",
        row.expected_gain,
        hint="points of its score 0–100",
        some=True,
    )
    if customer_id is None:
        return [gain]
    options: Options = [
        (None, "–"),
        *((one.id, one.name) for one in app.store.measure.of_customer(customer_id)),
    ]
    return [FormField("measure_id", "To raise", "choice", row.measure_id, options), gain]
