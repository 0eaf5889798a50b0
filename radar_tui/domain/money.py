"""Amounts in minor units, as text."""

from __future__ import annotations

import re

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "JPY": "¥"}
# ISO 4217: currencies without cents.
_NO_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})
# A trillion fits with room to spare, and so does every sum of lines in SQLite's 64 bits.
_MOST_DIGITS = 13
_HINT = "an amount, e.g. 1240 or 12.50"
# A currency before or after, then plain digits or groups of three, then one or two decimals.
_AMOUNT = re.compile(
    r"""(?P<sign>[-−]?)\s*(?:[A-Za-z]{3}|[€£$¥])?\s*(?P<again>[-−]?)
        (?P<whole>\d+|\d{1,3}(?:(?P<mark>[.,'’\s])\d{3})(?:(?P=mark)\d{3})*)?
        (?:[.,](?P<cents>\d{1,2}))?
        \s*(?:[A-Za-z]{3}|[€£$¥])?""",
    re.VERBOSE | re.ASCII,
)


def money(amount: int, currency: str) -> str:
    """`€ 1,240`, `€ 12.50`, `−€ 3`: cents only where there are any."""
    sign = "−" if amount < 0 else ""
    whole, cents = (abs(amount), 0) if currency in _NO_MINOR else divmod(abs(amount), 100)
    return f"{sign}{_SYMBOLS.get(currency, currency)} {whole:,}" + (f".{cents:02d}" if cents else "")


def priced(amount: int, currency: str) -> str:
    """An amount of lines, or that none of them has a price: nothing of ours is offered for `€ 0`."""
    return money(amount, currency) if amount else "no price"


def plain_money(amount: int, currency: str) -> str:
    """`1240`, `12.50`: an amount as `parse_money` reads it back."""
    if currency in _NO_MINOR:
        return str(amount)
    whole, cents = divmod(abs(amount), 100)
    return ("-" if amount < 0 else "") + str(whole) + (f".{cents:02d}" if cents else "")


def parse_money(text: str, currency: str = "EUR") -> int:
    """Minor units from what a person types: `1240`, `1,240`, `1.240,50`, `€ 12.5`, `1'240.-`.

    Raises ValueError, with a hint as its message, for anything that could be read in two ways or not at all.
    """
    # No-break and thin spaces group thousands like plain ones do; Swiss prices may end in `.-`.
    plain = re.sub(r"\s", " ", text).strip()
    found = _AMOUNT.fullmatch(re.sub(r"[.,][-–—]", "", plain))
    if found is None or not (found["whole"] or found["cents"]) or (found["sign"] and found["again"]):
        raise ValueError(_HINT)
    digits = "".join(letter for letter in found["whole"] or "0" if letter.isdigit())
    if len(digits) > _MOST_DIGITS:
        raise ValueError(_HINT)
    whole = int(digits)
    cents = int((found["cents"] or "").ljust(2, "0"))
    if currency in _NO_MINOR:
        if cents:
            raise ValueError(f"an amount without decimals: {currency} has none")
        units = whole
    else:
        units = whole * 100 + cents
    return -units if found["sign"] or found["again"] else units
