"""What holds for the whole team; what is a laptop's own is in `settings`."""

from __future__ import annotations

from typing import Literal

from radar_tui.domain.row import Name, Row

SettingKey = Literal["zone"]
"""`zone`: whose clock shows the moments of a file that have no zone of their own, e.g. `Europe/Rome`."""


class Setting(Row):
    """One setting of the team."""

    key: Name
    value: str = ""
