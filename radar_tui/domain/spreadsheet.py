"""Text that no spreadsheet takes for a formula, and back: an apostrophe before it, as spreadsheets write it themselves.

https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_cell(text: str) -> str:
    """`text` for a cell of a csv file."""
    return f"'{text}" if text.lstrip("'").startswith(_DANGEROUS) else text


def from_cell(cell: str) -> str:
    """The text that `as_cell` made `cell` of."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_DANGEROUS) else cell
