"""Amounts in minor units, as text."""

from __future__ import annotations

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF", "JPY": "¥"}
# ISO 4217: currencies without cents.
_NO_MINOR = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})


def money(amount: int, currency: str) -> str:
    """`€ 1,240`, `€ 12.50`: cents only where there are any."""
    symbol = _SYMBOLS.get(currency, currency)
    if currency in _NO_MINOR:
        return f"{symbol} {amount:,}"
    whole, cents = divmod(abs(amount), 100)
    sign = "−" if amount < 0 else ""
    return f"{sign}{symbol} {whole:,}" + (f".{cents:02d}" if cents else "")


def parse_money(text: str, currency: str = "EUR") -> int:
    """Minor units from what a person types: `1240`, `1,240`, `1.240,50`, `€ 12.5`. Raises ValueError."""
    digits = "".join(letter for letter in text if letter.isdigit() or letter in ".,-")
    if not any(letter.isdigit() for letter in digits):
        raise ValueError("an amount, e.g. 1240 or 12.50")
    mark = max(digits.rfind("."), digits.rfind(","))
    decimals = digits[mark + 1 :] if mark >= 0 else ""
    if mark >= 0 and len(decimals) in (1, 2):
        whole, cents = digits[:mark], decimals.ljust(2, "0")
    else:
        whole, cents = digits, "00"
    units = int(whole.replace(".", "").replace(",", "") or "0")
    if currency in _NO_MINOR:
        return units
    return units * 100 + (int(cents) if not whole.startswith("-") else -int(cents))
