"""The things of ours in the customer's plant, and the verdicts on them."""

from __future__ import annotations

from typing import Literal, get_args

from radar_tui.domain.row import Day, Moment, Name, Number, Row

StreamStatus = Literal["running", "planned", "stopped"]
Verdict = Literal["serviceable", "deteriorating", "unserviceable", "not inspected"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

VERDICT_KEYS: dict[str, Verdict] = {
    "s": "serviceable",
    "d": "deteriorating",
    "u": "unserviceable",
    "x": "not inspected",
}
GLYPHS: dict[str, str] = {verdict: key for key, verdict in VERDICT_KEYS.items()}


class Stream(Row):
    """A process stream at the customer."""

    customer_id: str
    name: Name
    status: StreamStatus = "running"
    note: str = ""


class Item(Row):
    """A refurbishable thing of ours in the customer's plant."""

    customer_id: str
    stream_id: str | None = None
    tag: Name
    model: str = ""
    installed_on: Day | None = None
    refurbished_on: Day | None = None
    retired_on: Day | None = None


class Finding(Row):
    """The verdict on one item on one visit; `measure` a reading in the plant's unit, if one was taken;
    `ours` that its note is (domain/room.py)."""

    visit_id: str
    item_id: str
    verdict: Verdict
    measure: Number | None = None
    note: str = ""
    found_at: Moment
    ours: bool | None = None
