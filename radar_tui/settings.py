"""The settings of one database file, kept in its `local` table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a user may set; the defaults are those of the design.

    `me` is the id of the BRM's own colleague row, `company` the name the customer reads in the NPS questions,
    `rest_days` the days before one contact may be asked again, `currency` an ISO 4217 code, `theme` a Textual
    theme name, `ascii` whether the terminal shows only plain letters.

    Due dates are counted in working time: `working_days` as ISO digits (1 Monday to 7 Sunday), hours from `day_start`
    to `day_end`, public holidays of `country` (ISO 3166, `IT` or `DE-BY`; empty: none), and `call_hours`, the working
    hours within which an unhappy customer is called.

    Reports carry `company` and `logo` (a png, svg or jpg file of this laptop) in `colour` (`#rrggbb`) on `paper` (A4 or
    Letter), in `language` (two letters; empty: the contact's).

    `discreet`: whether a visit begins with what nobody of theirs should see hidden.

    `self_check_days`: how many days may pass between self-checks; `observation_goal`: observation days a year.
    """

    me: str = ""
    company: str = ""
    rest_days: int = 75
    currency: str = "EUR"
    theme: str = "radar-dark"
    ascii: bool = False
    working_days: str = "12345"
    country: str = ""
    day_start: int = 9
    day_end: int = 17
    call_hours: int = 8
    self_check_days: int = 30
    observation_goal: int = 4
    logo: str = ""
    colour: str = "#08665f"
    paper: str = "A4"
    language: str = ""
    discreet: bool = False

    @property
    def introduced(self) -> bool:
        """Whether the BRM has said who they are."""
        return bool(self.me and self.company)
