"""The forms of a scorecard: a measure's scale and weight, and a reading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from radar_tui.domain.card import Perspective
from radar_tui.domain.scorecard import Measure
from radar_tui.errors import RadarError
from radar_tui.store.rows.measure import row_of
from radar_tui.ui.forms.common import build, in_languages, translations_of, words
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from radar_tui.domain.card import Measured
    from radar_tui.domain.customer import CustomerKind
    from radar_tui.ui.base.host import Host

ALL_OF = {
    "product": "all product customers",
    "service": "all service customers",
    "both": "all product and service customers",
}


def measure_form(app: Host, customer_id: str, measure: Measured | None) -> FormScreen:
    """A new manual measure, or the scale and weight of one; for this customer or for all of its kind.

    What Radar computes keeps its name and perspective.
    """
    store = app.store
    kind = store.customer.get(customer_id).kind
    row = measure or Measure(id="new", customer_id=customer_id, perspective="internal", name="?")

    def save(values: FormValues) -> str:
        everybody = values.pop("everybody") is not None
        values["translations"] = translations_of(values, row.translations)
        with store.transaction():
            if measure is None:
                saved = store.measure.add(build(Measure, None, values, customer_id=customer_id))
            else:
                before = row_of(customer_id, measure)
                store.measure.write_down(customer_id, measure.id)
                saved = store.measure.edit(before, build(Measure, before, values))
            if everybody:
                count = store.measure.set_for_kind(saved, kind)
                app.tell(
                    f"{saved.name} is so for {count} customers and those added later; their readings stay."
                )
        return saved.id

    fields = _scale(row, kind)
    if measure is None or not measure.key:
        fields = [
            FormField("name", "Name", value=measure.name if measure else "", required=True),
            FormField("perspective", "Perspective", "choice", row.perspective, words(Perspective)),
            FormField("unit", "Unit", value=row.unit, hint="%, hours, points …"),
            *fields,
            FormField(
                "for_customer",
                "Customer may see it",
                "yes/no",
                row.for_customer,
                hint="in their reports, and in the room",
            ),
            *in_languages(app, row.translations, customer_id),
        ]
    title = "New measure" if measure is None else measure.name
    return FormScreen(title, fields, save)


def _scale(row: Measure | Measured, kind: CustomerKind) -> list[FormField]:
    return [
        FormField(
            "worst", f"Worst ({row.unit})" if row.unit else "Worst", "number", row.worst, required=True
        ),
        FormField("best", "Best", "number", row.best, hint="may be under the worst", required=True),
        FormField("target", "Target", "number", row.target),
        FormField("weight", "Weight", "number", row.weight, hint="0: does not count", required=True),
        FormField("valid_days", "Valid for (days)", "number", row.valid_days, required=True),
        FormField(
            "everybody", "Change it for", "choice", None, [(None, "this customer"), (kind, ALL_OF[kind])]
        ),
    ]


def reading_form(app: Host, customer_id: str, measure: Measured) -> FormScreen:
    """What a measure was on a day, read by hand. Nothing that was read before is overwritten."""

    def save(values: FormValues) -> str:
        day, value = values["as_of"], values["value"]
        assert isinstance(day, date)
        assert isinstance(value, int | float)
        if day > app.today:
            raise RadarError("This day has not come yet.", "A reading is of today or before.")
        with app.store.transaction():
            row = app.store.measure.write_down(customer_id, measure.id)
            read = app.store.measure.read(row.id, day, float(value))
        if read.others:
            app.tell("Another reading of that day stays beside it; this one counts.")
        return read.reading.id

    unit = f" ({measure.unit})" if measure.unit else ""
    return FormScreen(
        f"Reading of {measure.name}",
        [
            FormField("value", f"Value{unit}", "number", required=True),
            FormField("as_of", "On", "date", app.today, required=True, past=True),
        ],
        save,
    )
