"""How our reports look: company, logo, colour, paper; and how a language writes days, money and numbers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from radar_tui import files
from radar_tui.domain.money import money, plain_money
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from datetime import date

    from babel import Locale

    from radar_tui.settings import Settings

PAPERS = {"A4": "a4", "Letter": "us-letter"}
LOGOS = (".png", ".svg", ".jpg", ".jpeg")
MOST_LOGO_BYTES = 2 * 1024 * 1024


class Look(NamedTuple):
    """`colour` as `#rrggbb`, `paper` a typst name, `logo` a png, svg or jpg."""

    company: str
    colour: str
    paper: str
    logo: bytes | None = None


def look_of(settings: Settings) -> Look:
    """The look that is set. Raises RadarError if the logo cannot be read."""
    colour = settings.colour if re.fullmatch("#[0-9a-fA-F]{6}", settings.colour) else "#08665f"
    return Look(settings.company, colour, PAPERS.get(settings.paper, "a4"), _logo(settings.logo))


def _logo(name: str) -> bytes | None:
    if not name:
        return None
    path = files.named(name)
    hint = "Set another one with ctrl+p, Reports: company, logo, colour, paper."
    if path.suffix.lower() not in LOGOS:
        raise RadarError(f"The logo {path.name} is no png, svg or jpg.", hint)
    try:
        if path.stat().st_size > MOST_LOGO_BYTES:
            raise RadarError(f"The logo {path.name} is larger than 2 MB.", hint)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise RadarError(
            f"The logo {path.name} cannot be read ({getattr(error, 'strerror', None) or error}).", hint
        ) from error


class Writing(NamedTuple):
    """How a language writes: `language` are two letters, `paper` tells British from American English."""

    language: str
    paper: str = "A4"

    @property
    def locale(self) -> Locale:
        return _locale(self.language, self.paper)

    def day(self, day: date | None) -> str:
        """`3 Dec 2026`; empty without one."""
        from babel.dates import format_date

        return format_date(day, "medium", self.locale) if day else ""

    def long_day(self, day: date) -> str:
        """`3 December 2026`."""
        from babel.dates import format_date

        return format_date(day, "long", self.locale)

    def weekday(self, day: date) -> str:
        """`Thursday, 3 December 2026`."""
        from babel.dates import format_date

        return format_date(day, "full", self.locale)

    def narrow_day(self, day: date) -> str:
        """`3 Dec 2026`, to be broken only before the year."""
        from babel.dates import format_skeleton

        # Its stub says str, and its locale data may hold spaces of several kinds.
        short = " ".join(str(format_skeleton("MMMd", day, locale=self.locale)).split())
        return f"{short.replace(' ', chr(0xA0))} {day.year:04d}"

    def month(self, day: date) -> str:
        """`Dec 26`."""
        from babel.dates import format_date

        return format_date(day, "MMM yy", self.locale)

    def money(self, amount: int, currency: str) -> str:
        """An amount in minor units, cents only where there are any; in English as on the screens."""
        if self.language == "en":
            return money(amount, currency).replace(" ", "\u00a0")
        from babel.numbers import format_currency

        value = Decimal(plain_money(amount, currency))
        whole = value == value.to_integral_value()
        text = format_currency(
            value, currency, locale=self.locale, currency_digits=False, decimal_quantization=not whole
        )
        short = str(text) if not whole else re.sub(r"[.,]00(?=\D*$)", "", str(text))
        # CLDR sets a space between a code and its number, Babel does not.
        return re.sub(r"([A-Z])(?=\d)", "\\1\u00a0", short)

    def number(self, value: float, digits: int = 1) -> str:
        """At most so many decimals."""
        from babel.numbers import format_decimal

        return str(format_decimal(round(value, digits), locale=self.locale))


@lru_cache(16)
def _locale(language: str, paper: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    # Day before month everywhere but on American paper.
    name = {"en": "en_US" if paper == "Letter" else "en_GB"}.get(language, language)
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
