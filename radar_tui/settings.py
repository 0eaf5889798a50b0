"""The settings of one database file, kept in its `local` table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set; the defaults are those of the design.

    `me` is the id of the BRM's own colleague row, `company` the name the customer reads in the NPS questions,
    `rest_days` the days before one contact may be asked again, `currency` an ISO 4217 code, `theme` a Textual
    theme name, `ascii` whether the terminal shows only plain letters.
    """

    me: str = ""
    company: str = ""
    rest_days: int = 75
    currency: str = "EUR"
    theme: str = "radar-dark"
    ascii: bool = False

    @property
    def introduced(self) -> bool:
        """Whether the BRM has said who they are."""
        return bool(self.me and self.company)
