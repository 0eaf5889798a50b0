"""What the command line understands."""

from __future__ import annotations

import argparse
from typing import NoReturn

from radar_tui import __version__

_EXAMPLES = """\
examples:
  radar                         open the app
  radar demo                    open the app on a sample territory
  radar due --json              who is due, for a script
  radar brief aurora            the car-park card of one customer
  radar restore --list          which backups there are
  radar due --db team.db        any command on another file

The database is RADAR_DB if set, else radar.db in your data folder.
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong on two lines."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"radar: {_nearest(message)}\n       See: {self.prog} --help\n")


def _nearest(message: str) -> str:
    """`invalid choice` with the command that was probably meant."""
    if "invalid choice: '" not in message:
        return message
    from difflib import get_close_matches

    from radar_tui.domain.text import one_line

    typed = message.split("invalid choice: '", 1)[1].split("'", 1)[0]
    near = get_close_matches(typed, COMMANDS, 1)
    return f"there is no command “{one_line(typed)}”." + (f" Did you mean: radar {near[0]}?" if near else "")


def parser() -> argparse.ArgumentParser:
    """The parser of every command; `db` may stand before or after it."""
    top = _Parser(
        prog="radar",
        description="Radar keeps a supplier on its customers' radar: whom to visit, why, and what follows.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"radar {__version__}")
    top.add_argument("--db", metavar="FILE", type=_file, help="the database file")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    made = {}
    for name, (words, example) in COMMANDS.items():
        made[name] = commands.add_parser(
            name,
            help=words[0].lower() + words[1:],
            description=f"{words}.",
            epilog=f"example:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        # Left out unless given, so that it does not undo a --db before the command.
        made[name].add_argument(
            "--db", metavar="FILE", type=_file, default=argparse.SUPPRESS, help="the database file"
        )
    made["demo"].add_argument("--no-open", action="store_true", help="only make the file and print its path")
    made["due"].add_argument("--json", action="store_true", help="a JSON list, most overdue first")
    made["due"].add_argument("--all", action="store_true", help="every customer on the radar")
    made["brief"].add_argument(
        "customer", nargs="+", help="the name or how it begins; case and accents don't matter"
    )
    made["nps"].add_argument(
        "--json", action="store_true", help="a JSON object with the keys recommend and retain"
    )
    made["check"].add_argument("--repair", action="store_true", help="put right what can be computed again")
    made["restore"].add_argument("--list", action="store_true", help="show the backups, change nothing")
    made["restore"].add_argument(
        "backup", nargs="?", help="a name from the list or a file; else the newest good one"
    )
    return top


COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("Open the app on a fresh copy of the sample, as if it ended today", "radar demo"),
    "due": (
        "List the customers due within 14 days, the most overdue first",
        "radar due --json | jq '.[].name'",
    ),
    "brief": ("Print what to know before visiting a customer", "radar brief aurora"),
    "nps": ("Print the company's score for each of the two questions", "radar nps --json"),
    "checklists": ("List the checklists and check your own", "radar checklists"),
    "check": ("Check that the database is whole", "radar check --repair"),
    "backup": ("Write a checked backup now", "radar backup"),
    "restore": ("Bring a backup back; the file that was there is kept", "radar restore --list"),
}


def _file(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a file name is missing")
    return text
