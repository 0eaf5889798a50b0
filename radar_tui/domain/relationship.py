"""Who of ours knows whom of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from radar_tui.domain.row import Day, Name, Row
from radar_tui.errors import RadarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

Bond = Literal["nobody", "not met", "met"]

FITTING: dict[str, tuple[str, ...]] = {
    "payables": ("receivables", "finance", "accounts"),
    "purchasing": ("quotations", "sales", "inside sales"),
    "maintenance": ("field service", "workshop", "service desk"),
    "production": ("field service", "workshop"),
    "quality": ("quality", "workshop"),
    "stores": ("spares and logistics", "logistics", "spares"),
    "logistics": ("spares and logistics", "logistics"),
    "it": ("service desk", "it"),
    "management": ("management",),
}
"""Which function of ours answers one of theirs, the best fit first (their payables, our receivables)."""


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


class Link(NamedTuple):
    """A contact, and a colleague paired with them if there is one; a contact with two colleagues makes two."""

    contact_id: str
    contact: str
    function: str
    left_on: date | None = None
    colleague_id: str | None = None
    colleague: str = ""
    our_function: str = ""
    colleague_left_on: date | None = None
    met_on: date | None = None

    def bond(self, day: date) -> Bond:
        """How it stands at the end of a day: a pair with a colleague who left is none."""
        if self.colleague_id is None or gone(self.colleague_left_on, day):
            return "nobody"
        return "met" if self.met_on is not None and self.met_on <= day else "not met"


class Grid(NamedTuple):
    """Functions of theirs by functions of ours: in `pairs` how many pairs have met, of how many; in `nobody` how many
    contacts of a function have no pair. Functions are folded; "" is not known."""

    theirs: list[str]
    ours: list[str]
    pairs: dict[tuple[str, str], tuple[int, int]]
    nobody: dict[str, int]


def function_grid(links: Iterable[Link], day: date) -> Grid:
    """The map by function, most contacts without a pair first; our functions with the most pairs first."""
    shown = counterpart_map([*links], day)
    theirs = {link.function.strip().casefold() for link in shown}
    pairs: dict[tuple[str, str], tuple[int, int]] = {}
    nobody: dict[str, int] = {}
    for link in shown:
        their, our = link.function.strip().casefold(), link.our_function.strip().casefold()
        if link.colleague_id is None:
            nobody[their] = nobody.get(their, 0) + 1
        else:
            met, of = pairs.get((their, our), (0, 0))
            pairs[their, our] = met + (link.bond(day) == "met"), of + 1
    count = {our: sum(of for (_, one), (_, of) in pairs.items() if one == our) for _, our in pairs}
    return Grid(
        sorted(theirs, key=lambda name: (-nobody.get(name, 0), name)),
        sorted(count, key=lambda name: (-count[name], name)),
        pairs,
        nobody,
    )


def _met(link: Link, day: date) -> int:
    return link.met_on.toordinal() if link.met_on is not None and link.bond(day) == "met" else 0


def gone(left_on: date | None, day: date) -> bool:
    """Whether somebody has left by a day."""
    return left_on is not None and left_on <= day


def coverage(links: Iterable[Link], day: date) -> tuple[int, int]:
    """Contacts who have met a counterpart, of how many; who left does not count, on either side."""
    there = [link for link in links if not gone(link.left_on, day)]
    met = {link.contact_id for link in there if link.bond(day) == "met"}
    return len(met), len({link.contact_id for link in there})


def counterpart_map(links: Sequence[Link], day: date) -> list[Link]:
    """Who knows whom at a customer: first the contacts who know nobody, then pairs that have not met, then by when
    they met last, the longest ago first. A pair with a colleague who left shows only where the contact has no other."""
    there = [link for link in links if not gone(link.left_on, day)]
    paired = {link.contact_id for link in there if link.bond(day) != "nobody"}
    shown: dict[tuple[str, str | None], Link] = {}
    for link in there:
        if link.bond(day) != "nobody":
            pair = link.contact_id, link.colleague_id
            # Two laptops may have made two rows of one pair: the one that met last stands.
            shown[pair] = max(shown.get(pair, link), link, key=lambda one: _met(one, day))
        elif link.contact_id not in paired:
            shown[link.contact_id, None] = link._replace(
                colleague_id=None, colleague="", our_function="", colleague_left_on=None, met_on=None
            )
    order = ("nobody", "not met", "met")
    return sorted(
        shown.values(),
        key=lambda link: (
            order.index(link.bond(day)),
            _met(link, day),
            link.function,
            link.contact,
            link.contact_id,
        ),
    )


def counterpart_for(function: str, colleagues: Iterable[Colleague], day: date) -> Colleague | None:
    """Who of ours should know somebody of this function of theirs: the best fit, then by name; None if nobody fits."""
    ours = sorted(
        (colleague for colleague in colleagues if not gone(colleague.left_on, day)),
        key=lambda colleague: (colleague.name, colleague.id),
    )
    theirs = function.strip().casefold()
    wanted = FITTING.get(theirs, (theirs,)) if theirs else ()
    fitting = (
        colleague for fit in wanted for colleague in ours if colleague.function.strip().casefold() == fit
    )
    return next(fitting, None)


def to_introduce(
    contact: str, function: str, pairs: Iterable[Counterpart], colleagues: Sequence[Colleague], day: date
) -> Colleague:
    """Whom of ours a contact should meet next: a counterpart they have not met, else whoever fits their function.

    Raises RadarError if they know their counterparts, or nobody of ours fits.
    """
    ours = {colleague.id: colleague for colleague in colleagues if not gone(colleague.left_on, day)}
    known: dict[str, bool] = {}
    for pair in pairs:
        if pair.colleague_id in ours:
            met = pair.met_on is not None and pair.met_on <= day
            known[pair.colleague_id] = met or known.get(pair.colleague_id, False)
    for id, met in known.items():
        if not met:
            return ours[id]
    if known:
        names = ", ".join(ours[id].name for id in known)
        raise RadarError(f"{contact} knows {names} already.", "c chooses somebody else they should know.")
    if (fit := counterpart_for(function, ours.values(), day)) is None:
        raise RadarError(f"Nobody of ours fits {function or contact}.", "c chooses somebody.")
    return fit


def unknown_functions(links: Iterable[Link], colleagues: Iterable[Colleague], day: date) -> list[str]:
    """Functions of theirs that ours are there for, and in which we know nobody: the widest gaps of a map."""
    theirs = {link.function.strip().casefold() for link in links if not gone(link.left_on, day)}
    ours = {
        colleague.function.strip().casefold() for colleague in colleagues if not gone(colleague.left_on, day)
    }
    return [name for name, fits in FITTING.items() if name not in theirs and ours.intersection(fits)]
