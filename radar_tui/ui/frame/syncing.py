"""One sync at a time, beside the app: a worker does it and reports by message; the Sync screen shows how it stands."""

from __future__ import annotations

import asyncio
import contextvars
import threading
import time
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from textual.message import Message
from textual.signal import Signal

from radar_tui.domain.text import plural
from radar_tui.errors import RadarError
from radar_tui.ui.base.host import Host
from radar_tui.ui.base.place import Room

if TYPE_CHECKING:
    from radar_tui.sync.asking import Asks, SyncAnswers
    from radar_tui.sync.progress import SyncProgress
    from radar_tui.sync.session import SyncResult

Job = Literal["sync", "create", "join"]

LEAVING_SECONDS = 2.0
"""How long a sync at work may take to stop when Radar is closed. It may be killed at any moment, and a hub that does
not answer would else hold the terminal for half a minute."""

REPORTS_EVERY = 0.1
"""Seconds between two reports that are painted: an engine may report every row."""


class Syncing:
    """How the sync stands: `running` what, `progress` of it; afterwards `result` or `error`. `address` was
    typed for it.

    It belongs to the app and not to a screen, so that leaving the Sync screen stops nothing.
    """

    class Moved(Message):
        """The engine got further."""

        def __init__(self, progress: SyncProgress) -> None:
            super().__init__()
            self.progress = progress

    class Ended(Message):
        """The worker is through: with a result, or with an error in words."""

        def __init__(self, result: SyncResult | None, error: RadarError | None, *, cancelled: bool) -> None:
            super().__init__()
            self.result, self.error, self.cancelled = result, error, cancelled

    def __init__(self, app: Host) -> None:
        self._app = app
        self._thread: threading.Thread | None = None
        self.changed: Signal[Syncing] = Signal(app, "syncing")
        self.running: Job | None = None
        self.address = ""
        self.job: Job = "sync"
        self.stopping = False
        self.progress: SyncProgress | None = None
        self.result: SyncResult | None = None
        self.error: RadarError | None = None
        self.asks: Asks | None = None
        self.cancelled = False

    def start(self, job: Job, address: str = "", answers: SyncAnswers | None = None) -> bool:
        """Start a worker on `job`; False if one is at work already. `address` is the hub's, not needed to sync;
        `answers` are what the user said to what the last sync asked."""
        if self.running:
            return False
        self.running = self.job = job
        self.address = address
        self.stopping = self.cancelled = False
        self.progress = self.result = self.error = self.asks = None
        self._app.run_worker(
            self._in_thread(job, address, answers), group="syncing", name=f"{job} with the hub"
        )
        self.changed.publish(self)
        return True

    def cancel(self) -> None:
        """Ask the worker to stop at the next place where that is safe."""
        if self.running:
            self.stopping = True
            self.changed.publish(self)

    def left_behind(self) -> bool:
        """After the app has ended: whether the thread does not stop, even with a moment to do so."""
        if self._thread is not None:
            self._thread.join(LEAVING_SECONDS)
        return self._thread is not None and self._thread.is_alive()

    async def _in_thread(self, job: Job, address: str, answers: SyncAnswers | None) -> None:
        """Work in a thread that nobody waits for when the app ends, as is done for those of a pool."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()

        def work() -> None:
            self._work(job, address, answers)
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(over.set)

        # Textual finds the app in the context.
        context = contextvars.copy_context()
        self._thread = threading.Thread(target=context.run, args=[work], name="syncing", daemon=True)
        self._thread.start()
        try:
            await over.wait()
        except asyncio.CancelledError:
            self.stopping = True
            raise

    def _work(self, job: Job, address: str, answers: SyncAnswers | None) -> None:
        """In the thread: a store of its own, and nothing of the UI but its message queue."""
        reported = 0.0

        def cancelled() -> bool:
            return self.stopping

        def report(progress: SyncProgress) -> None:
            nonlocal reported
            now = time.monotonic()
            if now - reported >= REPORTS_EVERY or progress.done == progress.total:
                reported = now
                self._post(self.Moved(progress))

        try:
            # The engine and the libraries under it take a while to load: only who syncs waits for them.
            from radar_tui.sync import asking, engine, joining

            with self._app.store.again() as store:
                if job == "sync":
                    result = engine.sync(
                        store, answers=answers or asking.ASK, report=report, cancelled=cancelled
                    )
                else:
                    start = joining.create if job == "create" else joining.join
                    result = start(store, address, report=report, cancelled=cancelled)
        except RadarError as error:
            self._post(self.Ended(None, error, cancelled=cancelled()))
        except Exception as error:
            # The app may stand before a customer just now: a fault of the sync must not end it.
            self._post(self.Ended(None, self._app.fault(error), cancelled=False))
        else:
            self._post(self.Ended(result, None, cancelled=False))

    def _post(self, message: Message) -> None:
        # When Radar was closed meanwhile, there is nobody left to tell.
        with suppress(RuntimeError):
            self._app.post_message(message)

    # In the app's thread

    def moved(self, progress: SyncProgress) -> None:
        """Keep how far it got."""
        if self.running:
            self.progress = progress
            self.changed.publish(self)

    def ended(self, ended: Ended) -> None:
        """Keep how it ended."""
        self.result, self.error, self.cancelled = ended.result, ended.error, ended.cancelled
        if ended.error is not None:
            from radar_tui.sync.asking import Asks

            if isinstance(ended.error, Asks):
                self.asks = ended.error
                self.error = RadarError(ended.error.message, "See what it is and answer: 5 Sync, then a.")
        self.running = self.progress = None
        self.stopping = False
        self.changed.publish(self)

    def words(self) -> str:
        """How the last one ended, on one line; nothing while one is at work or none was started."""
        if self.error is not None:
            return self.error.message
        return ended_words(self.job, self.result) if self.result is not None else ""


class SyncingApp(Host):
    """The app as the home of its sync, which goes on whatever screen is open."""

    @cached_property
    def syncing(self) -> Syncing:
        """The sync that is at work, or how the last one ended."""
        return Syncing(self)

    def left_behind(self) -> bool:
        """After the app has ended: whether a sync is still at work."""
        return "syncing" in self.__dict__ and self.syncing.left_behind()

    def on_syncing_moved(self, message: Syncing.Moved) -> None:
        self.syncing.moved(message.progress)

    def on_syncing_ended(self, message: Syncing.Ended) -> None:
        """Every screen shows what came; who is not at the Sync screen is told how it ended."""
        self.syncing.ended(message)
        self.reload()
        self.count_conflicts()
        if self.syncing.job == "join" and message.error is None:
            with self.saying():
                self._introduce_to_the_team()
        if self.current_mode == "sync":
            return
        if self.syncing.error is not None:
            self.say(self.syncing.error)
        else:
            self.tell(self.syncing.words())

    def count_conflicts(self) -> None:
        """Count the questions that concern whoever works here, for the header."""
        if self.store.local.get("hub_id"):
            self.run_worker(
                self._count_conflicts, thread=True, exclusive=True, group="conflicts", exit_on_error=False
            )

    def _count_conflicts(self) -> None:
        count = 0
        try:
            with self.store.again() as store:
                if store.row("SELECT 1 FROM main.conflict WHERE resolution IS NULL LIMIT 1"):
                    from radar_tui.store.lists.conflict import open_rows
                    from radar_tui.sync.sync_folder import me

                    mine = me(store)
                    count = sum(len(row.conflicts) for row in open_rows(store) if row.concerns(mine))
        except RadarError:
            return  # the Sync screen says what is wrong
        self.call_from_thread(self.show_conflicts, count)

    def _introduce_to_the_team(self) -> None:
        """Who has just joined may be among the team's colleagues already. Another screen in front is not disturbed."""
        me = self.store.colleague.find(self.settings.me)
        known = me is not None and self.store.colleague.namesake(me.name, but=me.id) is None
        if not (known and self.settings.introduced) and len(self.screen_stack) == 1:
            self.open(Room.JOINED)


def ended_words(job: Job, result: SyncResult) -> str:
    """`Sent 14 changes, took 3 from the hub, 1 conflict to look at.`"""
    sent, took = result.pushed, result.pulled
    if result.waiting:
        said = ["Your changes wait for the keeper"]
    elif not (sent or took):
        said = ["Nothing to send, nothing new on the hub"]
    else:
        said = [f"Sent {plural(sent, 'change')}" if sent else "Nothing to send"]
    if took:
        counted = f"{took:,}" if sent and not result.waiting else plural(took, "change")
        said.append(f"took {counted} from the hub")
    elif sent and job == "sync" and not result.waiting:
        said.append("nothing new on the hub")
    if result.conflicts:
        said.append(f"{plural(result.conflicts, 'conflict')} to look at")
    if result.decided:
        said.append(f"{plural(result.decided, 'conflict')} decided by somebody else")
    if result.unreadable:
        said.append(f"{plural(result.unreadable, 'row')} cannot be read (radar check)")
    before = {"create": "The hub is there. ", "join": "This laptop has joined again. ", "sync": ""}[job]
    if result.brought:
        before = f"This laptop has joined: {result.brought}. "
        if not (sent or result.waiting):
            said = said[1 + bool(took) :]
    words = ", ".join(said)
    return f"{before}{words[:1].upper()}{words[1:]}." if words else before.rstrip()
