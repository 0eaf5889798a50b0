"""The app as one that may be ended while something is typed; what drafts need is loaded when there are any."""

from __future__ import annotations

from contextlib import suppress

from radar_tui.ui.base.host import Host


class DraftingApp(Host):
    """The app as one that may be ended while something is typed."""

    def keep_drafts(self) -> None:
        """Nothing may come in the way of ending; what was offered and not taken is kept on."""
        from radar_tui.leaving import keep_drafts
        from radar_tui.ui.frame.drafts import gathered

        with suppress(Exception):
            if drafts := gathered(self):
                keep_drafts(self.store.path, [*self.drafts, *drafts])

    def offer_drafts(self) -> None:
        """Show what was being typed when Radar ended, if it was."""
        from radar_tui.leaving import kept_drafts

        self.drafts = kept_drafts(self.store.path)
        if self.drafts:
            from radar_tui.ui.frame.drafts import DraftsScreen

            self.push_screen(
                DraftsScreen(self.drafts), lambda away: self.forget(*self.drafts) if away else None
            )
