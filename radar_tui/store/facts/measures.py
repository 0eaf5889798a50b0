"""Whether a measure crossed its target, in SQL over a measure `m` on the day `:today`."""

from __future__ import annotations

# Of several readings of one day the one written last counts.
_VALUE = (
    "(SELECT {take} FROM reading r WHERE r.measure_id = m.id AND r.as_of <= :today {valid}"
    "ORDER BY r.as_of DESC, r.id DESC LIMIT 1{offset})"
)
NEWEST = _VALUE.format(
    take="r.value", valid="AND r.as_of >= date(:today, '-' || m.valid_days || ' days') ", offset=""
)
"""Its newest reading, NULL where that is older than it is valid."""
NEWEST_ON = _VALUE.format(take="r.as_of", valid="", offset="")
"""The day of its newest reading."""
BEFORE = _VALUE.format(take="r.value", valid="", offset=" OFFSET 1")
"""The reading before the newest."""


COMPUTED = (
    "orders won", "recommendation", "retention", "promises kept", "ticket resolution", "counterparts known",
    "observation day",
)  # fmt: skip
"""The names that Radar computes itself, whatever was read by hand: those of domain/scorecard.py, not loaded here."""


def reaches(value: str) -> str:
    """SQL: whether a value reaches the target."""
    return f"iif(m.best >= m.worst, {value} >= m.target, {value} <= m.target)"


_AIMED = f"m.target IS NOT NULL AND lower(trim(m.name)) NOT IN {COMPUTED}"
CROSSED = f"{_AIMED} AND {reaches(NEWEST)} <> {reaches(BEFORE)}"
"""Its newest reading stands on the other side of the target than the one before."""
FELL = f"{_AIMED} AND NOT {reaches(NEWEST)} AND {reaches(BEFORE)}"
"""It crossed its target for the worse."""
THEIRS = "m.for_customer"
"""The customer may hear of it: somebody said so."""
