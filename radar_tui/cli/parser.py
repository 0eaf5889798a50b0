"""What the command line understands."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from radar_tui import __version__
from radar_tui.cli.commands import COMMANDS, HUB, Command, file_name

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXAMPLES = """\
examples:
  radar                         open the app
  radar demo                    open the app on a sample territory
  radar due --json              who is due, for a script
  radar brief aurora            the car-park card of one customer
  radar restore --list          which backups there are
  radar hub join /mnt/team      work on the team's data from this laptop on
  radar sync                    take what the others did, send what you did
  radar due --db team.db        any command on another file

The database is RADAR_DB if set, else radar.db in your data folder.
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong on two lines."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"radar: {_nearest(message)}\n       See: {self.prog} --help\n")


def _nearest(message: str) -> str:
    """`invalid choice` with the command that was probably meant."""
    known = {"argument COMMAND": COMMANDS, "argument ACTION": HUB}.get(message.split(":", 1)[0])
    if known is None or "invalid choice: '" not in message:
        return message
    from difflib import get_close_matches

    from radar_tui.domain.text import one_line

    typed = message.split("invalid choice: '", 1)[1].split("'", 1)[0]
    near = get_close_matches(typed, known, 1)
    start = "radar" if known is COMMANDS else "radar hub"
    return f"there is no command “{one_line(typed)}”." + (
        f" Did you mean: {start} {near[0]}?" if near else ""
    )


def parser() -> argparse.ArgumentParser:
    """The parser of every command; `db` may stand before or after it. `chosen` is the Command, None for the app."""
    top = _Parser(
        prog="radar",
        description="Radar keeps a supplier on its customers' radar: whom to visit, why, and what follows.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.set_defaults(chosen=None)
    top.add_argument("--version", action="version", version=f"radar {__version__}")
    top.add_argument("--db", metavar="FILE", type=file_name, help="the database file")
    _add(top.add_subparsers(dest="command", metavar="COMMAND", title="commands"), COMMANDS)
    return top


def _add(commands: argparse._SubParsersAction[Any], known: Mapping[str, Command]) -> None:
    for name, command in known.items():
        made: argparse.ArgumentParser = commands.add_parser(
            name,
            help=command.words[0].lower() + command.words[1:],
            description=f"{command.words}.",
            epilog=f"example:\n  {command.example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        # Left out unless given, so that it does not undo a --db before the command.
        made.add_argument(
            "--db", metavar="FILE", type=file_name, default=argparse.SUPPRESS, help="the database file"
        )
        made.set_defaults(chosen=command)
        command.arguments(made)
        if command.parts:
            parts = made.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
            _add(parts, command.parts)
