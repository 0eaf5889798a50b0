"""Days as people write and read them, for every form, question, import and list. `today` is passed in."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import Literal, NamedTuple

from radar_tui.domain.text import fold

Which = Literal["next", "after", "last", "nearest"]
"""Which day is meant where no year is said: for plans the next one (today counts) or one `after` today, for what was
the last one, and where neither is known the nearest."""
EXPECTED = "a day, e.g. 15 jan, 15/1/2027, fri or +14"
DAY_HINT = "e.g. 15 jan, fri or +14"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The month's letters are the same on every screen, whatever the laptop's language."""
_LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_READ_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier gennaio gen enero ene", "feb february februar fevrier fev febbraio febrero",
            "mar march marz mars marzo mrz", "apr april avril avr aprile abril abr", "may mai maggio mag mayo",
            "jun june juni juin giugno giu junio", "jul july juli juillet juil luglio lug julio",
            "aug august aout agosto ago", "sep sept september septembre settembre set septiembre",
            "oct october oktober okt octobre ottobre ott octubre", "nov november novembre noviembre",
            "dec december dezember dez decembre dicembre dic diciembre",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_NAME, _DAY = r"(?P<month>[^\W\d_]{3,})\.?", r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|o)?"
_IN_FIGURES = rf"(?P<day>[0-9]{{1,2}})[./-](?P<month>[0-9]{{1,2}})(?:[./-]{_YEAR})?\.?"
_SHAPES = (
    r"(?P<year>[0-9]{4})[./-](?P<month>[0-9]{1,2})[./-](?P<day>[0-9]{1,2})",
    _IN_FIGURES,
    rf"{_DAY}[./ -]*{_NAME}(?:[,./ -]+{_YEAR})?",
    rf"{_NAME} ?{_DAY}(?:,? (?P<year>[0-9]{{4}}))?",
)
_CLOCK = (
    r"(?:at |um |alle |ore |alle ore |a |a las |a la )?"
    r"([0-9]{1,2})(?:[:.]| ?h ?)([0-9]{2})(?:[:.]([0-9]{2})(?:[.,][0-9]+)?)?"
    r" ?(?:([ap])\.? ?(?:m\.?)?)?(?: ?(?:uhr|h))? ?\(?([a-z]{1,4}|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?)?\)?"
    r"(?: \([a-z]{1,5}\))?\Z"
)
_WEEKDAY = (
    r"(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|gio|ven|sab|dom|mo|di|mi|do|fr|sa|so|jeu|dim|mie|jue|vie|samstag|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|sonnabend|sonntag)[a-z]*[.,]* (?=[0-9a-z])"
)
ZONES = {
    "": "", "utc": "+00:00", "gmt": "+00:00", "z": "+00:00", "wet": "+00:00", "west": "+01:00", "bst": "+01:00",
    "cet": "+01:00", "mez": "+01:00", "cest": "+02:00", "mesz": "+02:00", "eet": "+02:00", "eest": "+03:00",
    "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00",
}  # fmt: skip
"""What the letters after a time of day mean. IST and CST are not here: several zones are called so."""


# Reading


def read_day(text: str, today: date | None = None, which: Which = "nearest") -> date:
    """`2026-12-03`, `3.12.2026`, `3/12/26`, `3 Dec 2026`, `Dec 3, 2026`: the day comes first where both are figures.

    With `today` also without a year, `fri`, `today`, `tomorrow`, `yesterday`, `+14`. Raises ValueError with EXPECTED.
    """
    typed = fold(text).strip()
    try:
        if today is not None:
            if typed in _SHIFTS:
                return today + timedelta(_SHIFTS[typed])
            if re.fullmatch(r"[+-][0-9]{1,4}", typed):
                return today + timedelta(int(typed))
            if len(typed) > 2 and (weekday := _weekday_named(typed)) is not None:
                return _on_weekday(weekday, today, which)
        written = _apart(typed)
        if written is None or written.rest:
            raise ValueError(text)
        if written.year:
            return _whole(written, today if which == "last" else None)
        return _without_year(written, today, which)
    except (ValueError, OverflowError):
        raise ValueError(EXPECTED) from None


def read_moment(text: str, *, day_first: bool = True) -> datetime | date:
    """A day with its year, and a time of day and a zone if there are any; as files and people write them.

    A day without a time is a `date`, a moment without a zone is naive. Raises ValueError with what is wrong: `“soon” is
    no date`.
    """
    short = text if len(text) <= 40 else f"{text[:39]}…"
    with suppress(ValueError):
        return date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    typed = " ".join(fold(text).replace(" de ", " ").replace(" del ", " ").split())
    written = _apart(typed, day_first=day_first)
    if (written is None or not written.month or not written.year) and (weekday := re.match(_WEEKDAY, typed)):
        written = _apart(typed[weekday.end() :], day_first=day_first)
    if written is None or not written.year:
        raise ValueError(f"“{short}” is no date")
    try:
        day = _whole(written)
    except ValueError:
        raise ValueError(f"there is no day “{short}”") from None
    if not written.rest:
        return day
    try:
        return _with_clock(datetime(day.year, day.month, day.day), written.rest)  # noqa: DTZ001 -- a zone may follow
    except ValueError:
        raise ValueError(f"“{short}” holds no time of day") from None


class _Written(NamedTuple):
    """What stands in a text: the year as it is written, empty without one; what follows the day."""

    year: str
    month: int
    day: int
    rest: str


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    # Made when the first day is read: no start waits for it.
    return [(shape, re.compile(shape + r"(?:[ ,t]+(?P<rest>.*))?\Z", re.DOTALL)) for shape in _SHAPES]


def _apart(typed: str, *, day_first: bool = True) -> _Written | None:
    for shape, pattern in _patterns():
        if parts := pattern.match(typed):
            month, day = _month(parts["month"]), int(parts["day"])
            if shape == _IN_FIGURES and not day_first:
                month, day = day, month
            return _Written(parts["year"] or "", month, day, (parts["rest"] or "").strip())
    return None


def _month(text: str) -> int:
    """By its figure, a name of five languages or how only one of them begins; 0 for none."""
    if text.isdecimal():
        return int(text)
    if text in _READ_MONTHS:
        return _READ_MONTHS[text]
    begun = {number for name, number in _READ_MONTHS.items() if name.startswith(text)}
    return begun.pop() if len(begun) == 1 else 0


def _whole(written: _Written, latest: date | None = None) -> date:
    """A year of two figures is of this century, or of the last where the day would lie in a year after `latest`."""
    year = int(written.year) + (2000 if len(written.year) == 2 else 0)
    if len(written.year) == 2 and latest is not None and year > latest.year:
        year -= 100
    return date(year, written.month, written.day)


def _without_year(written: _Written, today: date | None, which: Which) -> date:
    if today is None:
        raise ValueError(written)
    near = []
    # Of two leap days up to eight years lie between.
    for year in range(today.year - 8, today.year + 9):
        with suppress(ValueError):
            near.append(date(year, written.month, written.day))
    if which == "nearest":
        return min(near, key=lambda day: abs(day - today))
    if which == "last":
        return max(day for day in near if day <= today)
    return min(day for day in near if day > today or (day == today and which == "next"))


def _weekday_named(typed: str) -> int | None:
    return next((n for n, name in enumerate(_WEEKDAYS) if name.lower().startswith(typed)), None)


def _on_weekday(weekday: int, today: date, which: Which) -> date:
    """The next such day, the last one where that is meant."""
    ahead = (weekday - today.weekday()) % 7
    if which == "last":
        return today - timedelta(-ahead % 7)
    return today + timedelta(7 if which == "after" and not ahead else ahead)


def _with_clock(day: datetime, clock: str) -> datetime:
    parts = re.match(_CLOCK, clock)
    if parts is None:
        raise ValueError(clock)
    hour, minute, second = int(parts[1]), int(parts[2]), int(parts[3] or 0)
    if parts[4]:
        if not 1 <= hour <= 12:
            raise ValueError(clock)
        hour = hour % 12 + (12 if parts[4] == "p" else 0)
    at = day.replace(hour=hour, minute=minute, second=second)
    return datetime.fromisoformat(at.isoformat() + _offset(parts[5] or ""))


def _offset(zone: str) -> str:
    """`+02:00` of `+2`, `+0200`, `utc+02:00` or `cest`. Raises ValueError for a name nobody knows."""
    figures = zone.removeprefix("utc").removeprefix("gmt")
    if not figures.startswith(("+", "-")):
        if zone not in ZONES:
            raise ValueError(zone)
        return ZONES[zone]
    digits = figures[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    return f"{figures[0]}{hours:0>2}:{minutes}"


def written_moment(text: str, zone: tzinfo | None = None) -> datetime | None:
    """A moment as Radar writes it, in `zone`, else this laptop's; None for what another program wrote in its place."""
    try:
        return datetime.fromisoformat(text).astimezone(zone)
    except (ValueError, OverflowError):
        return None


# Writing


def day_words(day: date | None, today: date | None = None) -> str:
    """`14 Jul`, with its year where that is not today's: `14 Jul 2025`. Empty for no day.

    `read_day` reads it back as the same: always with a year, without one where the side of today is known.
    """
    if day is None:
        return ""
    year = "" if today is not None and day.year == today.year else f" {day.year:04d}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def short_day(day: date | None, today: date) -> str:
    """As `day_words`, for a column of a list: the year of this century in two figures, `14 Jul 25`."""
    text = day_words(day, today)
    return text[:-4] + text[-2:] if day and day.year != today.year and day.year // 100 == 20 else text


def weekday_words(day: date, today: date | None = None) -> str:
    """`Thu 3 Dec`, with its year where that is not today's."""
    return f"{_WEEKDAYS[day.weekday()][:3]} {day_words(day, today)}"


def long_words(day: date, today: date | None = None) -> str:
    """`Thursday 3 December`, with its year where that is not today's."""
    _, _, year = day_words(day, today).partition(MONTHS[day.month - 1])
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_LONG_MONTHS[day.month - 1]}{year}"


def month_words(day: date) -> str:
    """`Nov 2025`, of any day in it."""
    return f"{MONTHS[day.month - 1]} {day.year:04d}"


def moment_words(moment: datetime, now: datetime | None = None) -> str:
    """`14 Jul 09:05`, with its year where that is not this one; in the time zone of `now`, else its own."""
    if now is not None:
        moment = moment.astimezone(now.tzinfo)
    return f"{day_words(moment.date(), now.date() if now else None)} {moment:%H:%M}"


def iso(moment: datetime) -> str:
    """A moment as UTC ISO-8601 with milliseconds, e.g. `2026-12-03T10:42:07.000Z`; sorts as text."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
