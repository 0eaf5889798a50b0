"""Which promises we make, in SQL over a promise `p`."""

from __future__ import annotations

IN_FORCE = "p.made_on <= :today AND (p.retired_on IS NULL OR p.retired_on > :today)"
"""Made, and not retired, on the day `:today`."""
