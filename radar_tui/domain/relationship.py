"""Who of ours knows whom of theirs."""

from __future__ import annotations

from radar_tui.domain.row import Day, Name, Row


class Colleague(Row):
    """A person of ours. `direct_contact`: whether they speak with customers themselves."""

    name: Name
    function: str = ""
    email: str = ""
    phone: str = ""
    direct_contact: bool = False
    left_on: Day | None = None


class Counterpart(Row):
    """A contact and a colleague who should know each other; `met_on` is None while they have not met."""

    contact_id: str
    colleague_id: str
    met_on: Day | None = None
