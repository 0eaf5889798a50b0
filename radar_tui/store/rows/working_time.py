"""When we work, from the settings of this file: working days, hours, and the public holidays of a country."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from radar_tui.domain.working_time import STANDARD, WorkingTime, no_holiday
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from radar_tui.settings import Settings


def working_time(settings: Settings) -> WorkingTime:
    """What is set, and the standard where it cannot be read: an answer is sealed whatever stands there."""
    found = STANDARD
    with suppress(ValueError):
        found = replace(found, days=frozenset(int(day) for day in settings.working_days))
    with suppress(ValueError):
        found = replace(found, start=settings.day_start, end=settings.day_end)
    with suppress(ValueError):
        found = replace(found, call_hours=settings.call_hours)
    with suppress(RadarError):
        found = replace(found, is_holiday=holidays_of(settings.country))
    return found


def holidays_of(country: str) -> Callable[[date], bool]:
    """Whether a day is a public holiday there, by ISO 3166 code (`IT`, `DE-BY`); empty: never one.

    Raises RadarError for a place that the `holidays` library does not know.
    """
    if not country.strip():
        return no_holiday
    # Imported by who asks: 0.1 s that nobody without a country pays.
    try:
        from holidays import country_holidays
    except ImportError as error:
        raise RadarError(
            "The list of public holidays is not installed.", "`pip install holidays` adds it."
        ) from error
    code, _, part = country.strip().upper().partition("-")
    try:
        known = country_holidays(code, subdiv=part or None)
        return known.__contains__
    except (NotImplementedError, ValueError) as error:
        raise RadarError(
            f"No public holidays are known for {country.strip()}.",
            "Two letters, e.g. IT, and a region where it has its own, e.g. DE-BY.",
        ) from error
