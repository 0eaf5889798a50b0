"""What all forms share: rows from values, words as options, and whom one may choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, get_args

from radar_tui.domain.row import Row
from radar_tui.domain.translation import by_language, kept
from radar_tui.store.ids import new_id
from radar_tui.ui.frame.form import FormField

if TYPE_CHECKING:
    from datetime import datetime

    from radar_tui.ui.base.host import Host
    from radar_tui.ui.frame.form import FormValue, FormValues

R = TypeVar("R", bound=Row)
Options = list[tuple[str | None, str]]
LANGUAGES: Options = [
    ("en", "English"),
    ("it", "Italian"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
]


def words(closed_set: object) -> Options:
    """The words of a Literal as options."""
    return [(word, word) for word in get_args(closed_set)]


def build(model: type[R], before: R | None, values: FormValues, **fixed: FormValue | datetime) -> R:
    """A new row of `model`, or `before` with `values` in it; validated either way."""
    known = before.model_dump() if before is not None else {"id": new_id()}
    return model.model_validate({**known, **fixed, **values})


def without_none(values: FormValues, *names: str) -> FormValues:
    """FormValues without those of `names` that were left empty, so that the model's default stands."""
    return {name: value for name, value in values.items() if value is not None or name not in names}


def in_languages(app: Host, translations: str, customer_id: str | None = None) -> list[FormField]:
    """A field for what a text of ours is called in each language but English; at one customer in those of theirs."""
    known = by_language(translations)
    read = {*known, app.settings.language, *app.store.contact.languages(customer_id)} if customer_id else None
    return [
        FormField(f"in_{code}", f"In {name}", value=known.get(str(code), ""), hint="what the customer reads")
        for code, name in LANGUAGES
        if code != "en" and (read is None or code in read)
    ]


def translations_of(values: FormValues, before: str = "") -> str:
    """What was typed into the fields of `in_languages`, taken out of `values`; what has no field stays."""
    typed = {name: str(values.pop(name)) for name in [*values] if name.startswith("in_")}
    return kept({**by_language(before), **{name[3:]: text for name, text in typed.items()}})


def colleague_options(app: Host, current: str | None = None) -> Options:
    """Our people who are still here, and the one that stands there already, for a choice."""
    here = app.store.colleague.here()
    stands = app.store.colleague.find(current or "")
    others = [stands] if stands and stands not in here else []
    return [(None, "–"), *((row.id, row.name) for row in [*here, *others])]


def market_options(app: Host) -> Options:
    """All markets, for a choice."""
    return [(None, "–"), *((market.id, market.name) for market in app.store.market.where(order="name, id"))]
