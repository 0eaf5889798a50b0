"""What a user may set of this file: when we work and where, when somebody may be asked again, the currency."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.ui.frame.form import FormField, FormScreen, FormValues
from radar_tui.ui.frame.words.common import DAYS, shown_days

if TYPE_CHECKING:
    from radar_tui.settings import Settings
    from radar_tui.ui.base.host import Host


def settings_form(app: Host) -> FormScreen:
    """The settings in a form; what they say about due times holds for answers from then on."""
    now = app.settings

    def save(values: FormValues) -> str:
        settings = _settings(now, values)
        app.store.local.save(settings)
        app.settings = settings
        return "settings"

    return FormScreen(
        "Settings of this laptop",
        [
            FormField("working_days", "Working days", value=shown_days(now.working_days), hint="Mon-Fri",
                required=True),
            FormField("day_start", "Work starts at (hour)", "number", now.day_start, hint="hour, e.g. 9",
                required=True),
            FormField("day_end", "Work ends at (hour)", "number", now.day_end, hint="hour, e.g. 17", required=True),
            FormField("country", "Public holidays of", value=now.country, hint="IT, SE, DE-BY …; empty: none"),
            FormField("call_hours", "Call within (hours)", "number", now.call_hours, required=True),
            FormField("rest_days", "Ask again after (days)", "number", now.rest_days, required=True),
            FormField("currency", "Currency", value=now.currency, hint="EUR, GBP, USD …", required=True),
            FormField("self_check_days", "Self-check every (days)", "number", now.self_check_days, required=True),
            FormField("discreet", "Visits begin discreet", "yes/no", now.discreet,
                      hint="money, roles, scores, others hidden"),
            FormField("observation_goal", "Observation days a year", "number", now.observation_goal, required=True),
        ],
        save,
        preview=in_words,
    )  # fmt: skip


def _settings(now: Settings, values: FormValues) -> Settings:
    """Raises ValueError for what is none, RadarError for a country of which no holidays are known."""
    from radar_tui.domain.working_time import WorkingTime
    from radar_tui.store.rows.working_time import holidays_of

    days = parsed_days(str(values["working_days"]))
    country = str(values["country"] or "").strip().upper()
    start, end, call, rest = (
        _whole(values, name) for name in ("day_start", "day_end", "call_hours", "rest_days")
    )
    if (every := _whole(values, "self_check_days")) < 1:
        raise ValueError("Self-check every: at least 1 day.")
    holidays_of(country)
    WorkingTime(frozenset(map(int, days)), start, end, call)
    currency = str(values["currency"]).strip().upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        raise ValueError("Currency: three letters, e.g. EUR.")
    return replace(
        now, working_days=days, country=country, day_start=start, day_end=end, call_hours=call, rest_days=rest,
        currency=currency, self_check_days=every, observation_goal=_whole(values, "observation_goal"),
        discreet=bool(values["discreet"]),
    )  # fmt: skip


def in_words(values: FormValues) -> str:
    """What the numbers mean, beside each other where they are typed."""
    return (
        f"An unhappy customer is called within {values['call_hours']} working hours, "
        f"{values['day_start']}:00 to {values['day_end']}:00."
    )


def _whole(values: FormValues, name: str) -> int:
    number = values[name]
    if not isinstance(number, int) or not 0 <= number <= 9999:
        raise ValueError(f"{name.replace('_', ' ').capitalize()}: a whole number.")
    return number


def parsed_days(text: str) -> str:
    """ISO digits of `Mon Tue`, `mon-fri` or `Sunday to Thursday`. Raises ValueError for anything else."""
    words = re.sub(r"\s*(?:[-–]|\bto\b)\s*", "-", text.strip(), flags=re.IGNORECASE)
    found: set[int] = set()
    for word in re.split(r"[\s,]+", words):
        ends = [_day(name) for name in word.split("-")]
        if len(ends) > 2:
            raise ValueError("Working days: like Mon-Fri, or Mon Tue Thu.")
        found |= {(ends[0] + ahead) % 7 + 1 for ahead in range((ends[-1] - ends[0]) % 7 + 1)}
    return "".join(map(str, sorted(found)))


def _day(name: str) -> int:
    """0 for Monday to 6, by the first three letters."""
    for place, day in enumerate(DAYS):
        if name[:3].lower() == day.lower():
            return place
    raise ValueError("Working days: like Mon-Fri, or Mon Tue Thu.")
