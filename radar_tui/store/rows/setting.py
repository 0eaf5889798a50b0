"""Settings of the team as rows, one a key: two laptops that set the same meet in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from radar_tui.domain.setting import Setting
from radar_tui.store.ids import fact_id
from radar_tui.store.rows.table import Table

if TYPE_CHECKING:
    from radar_tui.domain.setting import SettingKey


class TeamSettings(Table[Setting]):
    """The `setting` table."""

    name = "setting"
    model = Setting

    def value(self, key: SettingKey) -> str:
        """What the team has set; "" for nothing."""
        found = self.find(fact_id("setting", key))
        return found.value if found else ""

    def put(self, key: SettingKey, value: str) -> None:
        """Set it for the whole team, from the next sync on."""
        self.save(Setting(id=fact_id("setting", key), key=key, value=value))
