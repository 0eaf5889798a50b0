"""Every command of the command line: what help says of it, what it takes, and where it is done."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module

Arguments = Callable[[argparse.ArgumentParser], object]


def _none(made: argparse.ArgumentParser) -> None:
    """A command that takes nothing but `--db`."""


@dataclass(frozen=True)
class Command:
    """One command. `where` is `module:function` in this package, loaded when the command is given; a group of commands
    has `parts` instead. `stopped` is how to go on after Ctrl+C, where there is more to say than that it ended."""

    words: str
    example: str
    where: str = ""
    arguments: Arguments = _none
    stopped: str = ""
    parts: Mapping[str, Command] = field(default_factory=dict)

    def done(self) -> Callable[[argparse.Namespace], int]:
        """What does it: takes the parsed arguments, gives the exit code."""
        module, function = self.where.split(":")
        done: Callable[[argparse.Namespace], int] = getattr(
            import_module(f"{__package__}.{module}"), function
        )
        return done


def file_name(text: str) -> str:
    """An argument that names a file, or a place."""
    if not text:
        raise argparse.ArgumentTypeError("a file name is missing")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or len(text) > 6 or not int(text):
        raise argparse.ArgumentTypeError("a number from 1 to 999999 is needed")
    return int(text)


def _demo(made: argparse.ArgumentParser) -> None:
    made.add_argument("--no-open", action="store_true", help="only make the file and print its path")
    made.add_argument("--force", action="store_true", help="even where a visit in the demo is in progress")


def _due(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--json", action="store_true", help="a JSON list, most overdue first, each with its reasons"
    )
    made.add_argument("--all", action="store_true", help="every customer on the radar")


def _brief(made: argparse.ArgumentParser) -> None:
    made.add_argument("customer", nargs="+", help="the name or how it begins; case and accents don't matter")
    made.add_argument(
        "--json",
        action="store_true",
        help="an object: sentences with whom to say them to, loops, people, changes …",
    )


def _nps(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--by", choices=("market", "quarter", "owner", "role"), help="one line a group instead of the whole"
    )
    form = made.add_mutually_exclusive_group()
    form.add_argument(
        "--json", action="store_true", help="an object with the keys recommend and retain; with --by a list"
    )
    form.add_argument("--csv", action="store_true", help="a table for a spreadsheet, one row a question")


def _scorecard(made: argparse.ArgumentParser) -> None:
    made.add_argument("customer", nargs="*", help="only this customer, in full")
    made.add_argument("--all", action="store_true", help="store a snapshot of every customer")
    made.add_argument("--json", action="store_true", help="a JSON object, or a list of them")


def _check(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--repair", action="store_true", help="put right what can be, and ask about rows that no Radar wrote"
    )
    made.add_argument("--yes", action="store_true", help="with --repair: put such rows aside unasked")


def _restore(made: argparse.ArgumentParser) -> None:
    made.add_argument("--list", action="store_true", help="show the backups, change nothing")
    made.add_argument("backup", nargs="?", help="a name from the list or a file; else the newest good one")


def _import(made: argparse.ArgumentParser) -> None:
    # Spelled out: to ask exchange would load it for every command; a test holds them equal.
    kinds = ("tickets", "customers", "contacts", "colleagues", "items", "parts", "readings")
    made.add_argument(
        "file", nargs="?", type=file_name, help="a file with a table: csv, xlsx, xls, ods, html …"
    )
    made.add_argument("--as", dest="kind", choices=kinds, help="what the rows are, where Radar can't tell")
    made.add_argument("--customer-column", metavar="HEADING", help="the column that names the customer")
    made.add_argument(
        "--customer", metavar="NAME", help="the one customer of all rows, where no column says it"
    )
    _import_ways(made)
    made.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    made.add_argument(
        "--rejects",
        metavar="FILE",
        type=file_name,
        help="import the good rows, put the bad ones in a new csv file",
    )
    made.add_argument(
        "--headings", action="store_true", help="tell where the known headings are, and check your own"
    )


def _import_ways(made: argparse.ArgumentParser) -> None:
    """What only somebody can say about a file."""
    made.add_argument(
        "--dates",
        choices=("day-first", "month-first", "swapped"),
        help="how 3/4/2026 is meant, where the file does not show it; swapped: Excel took days for months",
    )
    made.add_argument("--sheet", metavar="NAME", help="which sheet, where several hold tables")
    made.add_argument("--encoding", metavar="NAME", help="of a csv file that does not say it, e.g. cp1250")
    made.add_argument("--zone", metavar="ZONE", help="whose clock the file shows, e.g. Europe/Rome or +02:00")
    made.add_argument(
        "--for-team", action="store_true", help="with --zone: it holds for the whole team from now on"
    )
    made.add_argument("--hidden", metavar="ROWS", choices=("take", "leave"), help="rows that a filter hides")
    made.add_argument(
        "--satisfied-from", metavar="MARK", type=int, help="from which mark on a customer is satisfied"
    )
    made.add_argument(
        "--same-name",
        choices=("same", "others"),
        help="whether a known name with a new e-mail is the same person",
    )
    made.add_argument(
        "--decimal",
        choices=(",", "."),
        help="what stands before decimals, where 1.234 could be a thousand and the file does not show it",
    )


def _export(made: argparse.ArgumentParser) -> None:
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
        type=file_name,
        help="where to; - prints a csv; else a name with the day",
    )
    made.add_argument("--mine", action="store_true", help="only what you do yourself (ics)")
    made.add_argument("--force", action="store_true", help="put it in the place of a file that is there")


def _report(made: argparse.ArgumentParser) -> None:
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
        type=file_name,
        help="the PDF (a name made of the report if not given)",
    )
    made.add_argument("--force", action="store_true", help="replace the file if there is one")
    made.add_argument(
        "--text", action="store_true", help="print what the customer keeps as text for an e-mail"
    )


def _sync(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="a JSON object of what was taken and sent")
    made.add_argument(
        "--yes", action="store_true", help="take even what would delete much here; a backup is made before"
    )
    made.add_argument(
        "--unnoted",
        choices=("ask", "team", "mine"),
        default="ask",
        help="rows that are other here though nobody noted a change, as after damage: take the team's, or send mine",
    )


def _log(made: argparse.ArgumentParser) -> None:
    made.add_argument("customer", nargs="*", help="only this customer, field by field")
    made.add_argument("--entry", metavar="N", type=_count, help="only this entry, field by field")
    made.add_argument("--json", action="store_true", help="a JSON object, every change in full")
    made.add_argument(
        "--last", metavar="N", type=_count, default=20, help="how many entries (20 if not given)"
    )


_PLACE = "a folder (network share, stick), or s3://bucket/prefix, az://container/prefix, gs://bucket/prefix"


def _place(made: argparse.ArgumentParser) -> None:
    made.add_argument("place", metavar="PLACE", type=file_name, help=_PLACE)


def _join(made: argparse.ArgumentParser) -> None:
    _place(made)
    made.add_argument("--territory", metavar="NAME", help="reserved: today a hub is joined whole")


def _status(made: argparse.ArgumentParser) -> None:
    made.add_argument("--json", action="store_true", help="a JSON object")


def _verify(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--full", action="store_true", help="compare every row of this database with the log as well"
    )


def _keep(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--every", metavar="MINUTES", type=_count, help="go on until Ctrl+C, once in so many minutes"
    )
    made.add_argument(
        "--yes",
        action="store_true",
        help="move even an outbox that takes much away from everybody, this once",
    )
    made.add_argument(
        "--take-over", action="store_true", help="become the keeper, where the laptop that was is lost"
    )


def _undo(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "entries", metavar="ENTRY", nargs="+", type=_count, help="a number that radar log tells"
    )
    made.add_argument("--yes", action="store_true", help="do it; else it only says what it would do")


def _void(made: argparse.ArgumentParser) -> None:
    made.add_argument("entry", metavar="ENTRY", type=_count, help="the number that a sync complains of")


_AGAIN = "Give the same command again to go on."

HUB: dict[str, Command] = {
    "create": Command(
        "Found a hub in a folder or a bucket and send your data there",
        "radar hub create /mnt/team/radar",
        "sync:create",
        _place,
        "Go on with: radar sync",
    ),
    "join": Command(
        "Bring the team's data to this laptop; what you have already goes along",
        "radar hub join s3://acme-radar/team",
        "sync:join",
        _join,
        _AGAIN,
    ),
    "status": Command(
        "Tell where the hub is, how far its log goes and what is unsynced",
        "radar hub status --json",
        "sync:status",
        _status,
    ),
    "verify": Command(
        "Check the hub's log, entry by entry",
        "radar hub verify --full",
        "sync:verify",
        _verify,
        "Nothing was changed.",
    ),
    "keep": Command(
        "Be the keeper of a hub in OneDrive, Dropbox or the like: put what others sent into the log",
        "radar hub keep --every 10",
        "sync:keep",
        _keep,
        _AGAIN,
    ),
    "undo": Command(
        "Take entries of the log back for everybody, but for what was changed since",
        "radar hub undo 412",
        "sync:undo",
        _undo,
    ),
    "void": Command(
        "Leave the newest entry out for everybody, where it is damaged and nobody has a good copy",
        "radar hub void 412",
        "sync:void",
        _void,
    ),
    "leave": Command(
        "Part from a hub that is lost; the database keeps everything", "radar hub leave", "sync:leave"
    ),
}

COMMANDS: dict[str, Command] = {
    "demo": Command(
        "Open the app on a fresh copy of the sample, moved to this week", "radar demo", "main:demo", _demo
    ),
    "due": Command(
        "List the customers due within 14 days, the most overdue first",
        "radar due --json | jq '.[].name'",
        "looking:due",
        _due,
    ),
    "brief": Command(
        "Print what to know before visiting a customer", "radar brief aurora", "looking:brief", _brief
    ),
    "nps": Command(
        "Print the company's score for each of the two questions",
        "radar nps --by market --csv",
        "nps:nps_command",
        _nps,
    ),
    "scorecard": Command(
        "Print the scorecard of a customer or of all; store those of all",
        "radar scorecard aurora",
        "scorecard:scorecard",
        _scorecard,
    ),
    "checklists": Command("List the checklists and check your own", "radar checklists", "looking:checklists"),
    "check": Command("Check that the database is whole", "radar check --repair", "keeping:check", _check),
    "backup": Command("Write a checked backup now", "radar backup", "keeping:backup"),
    "restore": Command(
        "Bring a backup back; the file that was there is kept",
        "radar restore --list",
        "keeping:restore",
        _restore,
    ),
    "import": Command(
        "Import tickets, customers and more from a csv or xlsx file; the same file twice changes nothing",
        "radar import tickets.csv --dry-run",
        "import_:import_command",
        _import,
    ),
    "export": Command(
        "Write spreadsheets, a calendar or an address book; no file that is there is overwritten",
        "radar export xlsx -o territory.xlsx",
        "export:export_command",
        _export,
    ),
    "report": Command(
        "Write what the customer keeps of a visit, and reviews for the office, as PDF",
        "radar report visit aurora -o aurora.pdf",
        "report:report_command",
        _report,
    ),
    "sync": Command(
        "Take what the others did from the hub and send what you did",
        "radar sync --json",
        "sync:sync",
        _sync,
        "The next sync goes on: radar sync",
    ),
    "log": Command(
        "Tell who changed what and when, the newest first", "radar log aurora --last 5", "sync:log", _log
    ),
    "hub": Command(
        "Found, join and look after the hub where the team's databases meet", "radar hub status", parts=HUB
    ),
}
