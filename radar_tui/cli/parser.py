"""What the command line understands."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from radar_tui import __version__

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
    if "invalid choice: '" not in message:
        return message
    from difflib import get_close_matches

    from radar_tui.domain.text import one_line

    typed = message.split("invalid choice: '", 1)[1].split("'", 1)[0]
    known = COMMANDS if message.startswith("argument COMMAND:") else HUB
    near = get_close_matches(typed, known, 1)
    start = "radar" if known is COMMANDS else "radar hub"
    return f"there is no command “{one_line(typed)}”." + (
        f" Did you mean: {start} {near[0]}?" if near else ""
    )


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
        made[name] = _command(commands, name, words, example)
    made["demo"].add_argument("--no-open", action="store_true", help="only make the file and print its path")
    made["due"].add_argument("--json", action="store_true", help="a JSON list, most overdue first")
    made["due"].add_argument("--all", action="store_true", help="every customer on the radar")
    made["brief"].add_argument(
        "customer", nargs="+", help="the name or how it begins; case and accents don't matter"
    )
    made["nps"].add_argument(
        "--by", choices=("market", "quarter", "owner", "role"), help="one line a group instead of the whole"
    )
    form = made["nps"].add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="an object with the keys recommend and retain; with --by a list"
    )
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet, one row a question")
    made["scorecard"].add_argument("customer", nargs="*", help="only this customer, in full")
    made["scorecard"].add_argument("--all", action="store_true", help="store a snapshot of every customer")
    made["scorecard"].add_argument("--json", action="store_true", help="a JSON object, or a list of them")
    made["check"].add_argument("--repair", action="store_true", help="put right what can be computed again")
    made["restore"].add_argument("--list", action="store_true", help="show the backups, change nothing")
    made["restore"].add_argument(
        "backup", nargs="?", help="a name from the list or a file; else the newest good one"
    )
    made["sync"].add_argument("--json", action="store_true", help="a JSON object of what was taken and sent")
    made["sync"].add_argument(
        "--yes", action="store_true", help="take even what would delete much here; a backup is made before"
    )
    made["sync"].add_argument(
        "--unnoted",
        choices=("ask", "team", "mine"),
        default="ask",
        help="rows that are other here though nobody noted a change, as after damage: take the team's, or send mine",
    )
    made["log"].add_argument("customer", nargs="*", help="only this customer, field by field")
    made["log"].add_argument("--json", action="store_true", help="a JSON object, every change in full")
    made["log"].add_argument(
        "--last", metavar="N", type=_count, default=20, help="how many entries (20 if not given)"
    )
    _add_import(made["import"])
    _add_export(made["export"])
    _add_report(made["report"])
    _add_hub(made["hub"])
    return top


def _add_import(made: argparse.ArgumentParser) -> None:
    # Spelled out: to ask exchange would load it for every command; a test holds them equal.
    kinds = ("tickets", "customers", "contacts", "colleagues", "items", "parts", "readings")
    made.add_argument("file", nargs="?", type=_file, help="a csv or xlsx file")
    made.add_argument("--as", dest="kind", choices=kinds, help="what the rows are, where Radar can't tell")
    made.add_argument("--customer-column", metavar="HEADING", help="the column that names the customer")
    made.add_argument(
        "--customer", metavar="NAME", help="the one customer of all rows, where no column says it"
    )
    made.add_argument(
        "--dates",
        choices=("day-first", "month-first"),
        help="how 3/4/2026 is meant, where the file does not show it",
    )
    made.add_argument(
        "--decimal",
        choices=(",", "."),
        help="what stands before decimals, where 1.234 could be a thousand and the file does not show it",
    )
    made.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    made.add_argument(
        "--rejects",
        metavar="FILE",
        type=_file,
        help="import the good rows, put the bad ones in a new csv file",
    )
    made.add_argument(
        "--headings", action="store_true", help="tell where the known headings are, and check your own"
    )


def _add_report(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "what",
        choices=("visit", "service", "customer", "company"),
        help="what the customer keeps of the newest visit or service review; for the office the review of a customer, "
        "or the quarter of the company",
    )
    made.add_argument("customer", nargs="*", metavar="CUSTOMER", help="the name or how it begins")
    made.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        type=_file,
        help="the PDF (a name made of the report if not given)",
    )
    made.add_argument("--force", action="store_true", help="replace the file if there is one")
    made.add_argument(
        "--text", action="store_true", help="print what the customer keeps as text for an e-mail"
    )


def _add_export(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "what",
        choices=("xlsx", "csv", "ics", "vcf"),
        help="all tables for a spreadsheet, one of them, a calendar, or the contacts",
    )
    made.add_argument(
        "only",
        nargs="*",
        metavar="TABLE|CUSTOMER",
        help="which table (csv; else all), whose contacts (vcf)",
    )
    made.add_argument(
        "-o",
        dest="output",
        metavar="FILE",
        type=_file,
        help="where to; - prints a csv; else a name with the day",
    )
    made.add_argument("--mine", action="store_true", help="only what you do yourself (ics)")
    made.add_argument("--force", action="store_true", help="put it in the place of a file that is there")


def _command(
    commands: argparse._SubParsersAction[Any], name: str, words: str, example: str
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=words[0].lower() + words[1:],
        description=f"{words}.",
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    # Left out unless given, so that it does not undo a --db before the command.
    made.add_argument("--db", metavar="FILE", type=_file, default=argparse.SUPPRESS, help="the database file")
    return made


def _add_hub(hub: argparse.ArgumentParser) -> None:
    actions = hub.add_subparsers(dest="action", metavar="ACTION", title="actions", required=True)
    made = {name: _command(actions, name, words, example) for name, (words, example) in HUB.items()}
    for name in ("create", "join"):
        made[name].add_argument("place", metavar="PLACE", type=_file, help=_PLACE)
    made["join"].add_argument("--territory", metavar="NAME", help="reserved: today a hub is joined whole")
    made["status"].add_argument("--json", action="store_true", help="a JSON object")
    made["verify"].add_argument(
        "--full", action="store_true", help="compare every row of this database with the log as well"
    )
    made["keep"].add_argument(
        "--every", metavar="MINUTES", type=_count, help="go on until Ctrl+C, once in so many minutes"
    )
    made["keep"].add_argument(
        "--take-over", action="store_true", help="become the keeper, where the laptop that was is lost"
    )


COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("Open the app on a fresh copy of the sample, as if it ended today", "radar demo"),
    "due": (
        "List the customers due within 14 days, the most overdue first",
        "radar due --json | jq '.[].name'",
    ),
    "brief": ("Print what to know before visiting a customer", "radar brief aurora"),
    "nps": ("Print the company's score for each of the two questions", "radar nps --by market --csv"),
    "scorecard": (
        "Print the scorecard of a customer or of all; store those of all",
        "radar scorecard aurora",
    ),
    "checklists": ("List the checklists and check your own", "radar checklists"),
    "check": ("Check that the database is whole", "radar check --repair"),
    "backup": ("Write a checked backup now", "radar backup"),
    "restore": ("Bring a backup back; the file that was there is kept", "radar restore --list"),
    "import": (
        "Import tickets, customers and more from a csv or xlsx file; the same file twice changes nothing",
        "radar import tickets.csv --dry-run",
    ),
    "export": (
        "Write spreadsheets, a calendar or an address book; no file that is there is overwritten",
        "radar export xlsx -o territory.xlsx",
    ),
    "report": (
        "Write what the customer keeps of a visit, and reviews for the office, as PDF",
        "radar report visit aurora -o aurora.pdf",
    ),
    "sync": ("Take what the others did from the hub and send what you did", "radar sync --json"),
    "log": ("Tell who changed what and when, the newest first", "radar log aurora --last 5"),
    "hub": ("Found, join and look after the hub where the team's databases meet", "radar hub status"),
}

HUB: dict[str, tuple[str, str]] = {
    "create": (
        "Found a hub in a folder or a bucket and send your data there",
        "radar hub create /mnt/team/radar",
    ),
    "join": (
        "Bring the team's data to this laptop; what you have already goes along",
        "radar hub join s3://acme-radar/team",
    ),
    "status": ("Tell where the hub is, how far its log goes and what is unsynced", "radar hub status --json"),
    "verify": ("Check the hub's log, entry by entry", "radar hub verify --full"),
    "keep": (
        "Be the keeper of a hub in OneDrive, Dropbox or the like: put what others sent into the log",
        "radar hub keep --every 10",
    ),
    "leave": ("Part from a hub that is lost; the database keeps everything", "radar hub leave"),
}
_PLACE = "a folder (network share, stick), or s3://bucket/prefix, az://container/prefix, gs://bucket/prefix"


def _file(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a file name is missing")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > 6 or not int(text):
        raise argparse.ArgumentTypeError("a number from 1 to 999999 is needed")
    return int(text)
