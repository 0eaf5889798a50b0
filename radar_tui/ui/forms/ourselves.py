"""The forms of what is ours: colleagues, parts, promises, and the wants they serve."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from radar_tui.domain.opportunity import Part, PartKind
from radar_tui.domain.promise import Promise, Want, WantDecision, decided
from radar_tui.domain.relationship import Colleague
from radar_tui.ui.forms.common import Options, build, in_languages, translations_of, words
from radar_tui.ui.frame.form import FormField, FormScreen, FormValues

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from radar_tui.ui.base.host import Host


def colleague_form(app: Host, before: Colleague | None) -> FormScreen:
    """Add or edit one of our people."""
    row = before or Colleague(id="new", name="?")

    def save(values: FormValues) -> str:
        return app.store.colleague.change(before, build(Colleague, before, values)).id

    return FormScreen(
        "New colleague" if before is None else "Colleague",
        [
            FormField("name", "Name", value=before.name if before else "", required=True),
            FormField("function", "Function", value=row.function, hint="receivables, workshop, service …"),
            FormField("email", "E-mail", value=row.email),
            FormField("phone", "Phone", value=row.phone),
            FormField("direct_contact", "Meets customers", "yes/no", row.direct_contact),
            FormField("left_on", "Left on", "date", row.left_on, hint="only if they left", past=True),
        ],
        save,
    )


def part_form(app: Host, before: Part | None) -> FormScreen:
    """Add or edit a line of our price list."""
    row = before or Part(id="new", sku="?", name="?", currency=app.settings.currency)

    def save(values: FormValues) -> str:
        listed = values.pop("listed")
        archived_at = None if listed else (row.archived_at or app.store.clock())
        zero = {name: values[name] or 0 for name in ("unit_price", "lead_days")}
        zero["translations"] = translations_of(values, row.translations)
        part = build(Part, before, {**values, **zero}, archived_at=archived_at)
        return app.store.part.change(before, part).id

    return FormScreen(
        "New part" if before is None else "Part",
        [
            FormField("sku", "SKU", value=before.sku if before else "", required=True),
            FormField("name", "Name", value=before.name if before else "", required=True),
            FormField("model", "Fits model", value=row.model, hint="the items' model, e.g. RX-40"),
            FormField("kind", "Used as", "choice", row.kind, words(PartKind)),
            FormField(
                "unit_price",
                "Unit price",
                "money",
                row.unit_price or None,
                hint="e.g. 1240 or 12.50",
                currency=row.currency,
                some=True,
            ),
            FormField("currency", "Currency", value=row.currency, required=True),
            FormField("lead_days", "Lead time (days)", "number", row.lead_days or None),
            FormField("listed", "On the price list", "yes/no", row.archived_at is None),
            *in_languages(app, row.translations),
        ],
        save,
    )


def promise_form(app: Host, before: Promise | None) -> FormScreen:
    """Make or edit one of the three promises."""
    translations = before.translations if before else ""

    def save(values: FormValues) -> str:
        made, retired = cast("date", values["made_on"]), cast("date | None", values["retired_on"])
        if retired is not None and retired < made:
            raise ValueError("Retired on: not before the day on which it was made.")
        values["translations"] = translations_of(values, translations)
        return app.store.promise.change(before, build(Promise, before, values)).id

    fields: Sequence[FormField] = [
        FormField("title", "We promise", value=before.title if before else "", required=True),
        FormField(
            "made_on", "Made on", "date", before.made_on if before else app.today, required=True, past=True
        ),
        FormField(
            "retired_on",
            "Retired on",
            "date",
            before.retired_on if before else None,
            hint="only if it no longer stands",
            past=True,
        ),
        *in_languages(app, translations),
    ]
    return FormScreen("New promise" if before is None else "Promise", fields, save)


def want_form(app: Host, before: Want | None) -> FormScreen:
    """Something a customer asked for, and what we decided: served, or parked with the reason."""
    store, row = app.store, before or Want(id="new", title="?")
    found = sorted(store.promise.where(order="made_on, id"), key=lambda each: not each.in_force(app.today))
    promises: Options = [(None, "–"), *((promise.id, promise.title) for promise in found)]

    def save(values: FormValues) -> str:
        after = build(Want, before, values)
        return store.want.change(before, decided(after, after.decision, after.note, after.promise_id)).id

    return FormScreen(
        "New want" if before is None else "Want",
        [
            FormField("title", "They ask for", value=before.title if before else "", required=True),
            FormField("promise_id", "Tied to", "choice", row.promise_id, promises),
            FormField("decision", "Decision", "choice", row.decision, words(WantDecision)),
            FormField("note", "Reason or note", value=row.note, hint="why, if it is parked"),
        ],
        save,
    )
