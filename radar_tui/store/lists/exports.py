"""Every table that a manager would look at, as rows under headings: names instead of keys, one row after the other."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from radar_tui.store.connection import read_failed
from radar_tui.store.facts.answers import STANDS
from radar_tui.store.facts.seen import due_as_of, held_on, visit_day
from radar_tui.store.facts.verdicts import IN_SERVICE, NEWEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from radar_tui.store.connection import Connection

Type = Literal["text", "day", "moment", "number", "whole", "money", "yes or no"]


class Export(NamedTuple):
    """One table: its columns with what stands in them, and the rows in SQL. Money stands in minor units, and its
    currency in the column `currency` of the same row."""

    name: str
    columns: tuple[tuple[str, Type], ...]
    sql: str


def _export(name: str, columns: str, sql: str) -> Export:
    """`columns` are names with `:day` and the like behind those that are no text."""
    made = []
    for word in columns.split():
        column, _, short = word.partition(":")
        made.append((column, _TYPES[short]))
    return Export(name, tuple(made), sql)


_TYPES: dict[str, Type] = {
    "": "text", "day": "day", "at": "moment", "n": "number", "whole": "whole", "money": "money", "yes": "yes or no",
}  # fmt: skip
_BAND = "CASE WHEN r.score >= 9 THEN 'promoter' WHEN r.score >= 7 THEN 'passive' ELSE 'detractor' END"

EXPORTS: dict[str, Export] = {
    each.name: each
    for each in (
        _export(
            "customers",
            "name kind status market owner cadence_days:whole annual_value:money currency city country last_seen:day "
            "due_on:day notes archived_at:at id market_id owner_id",
            """SELECT c.name, c.kind, c.status, m.name, o.name, c.cadence_days, c.annual_value, c.currency, c.city,
                c.country, d.last_seen, d.due_on, c.notes, c.archived_at, c.id, c.market_id,
                c.owner_id
            FROM customer c LEFT JOIN market m ON m.id = c.market_id LEFT JOIN colleague o ON o.id = c.owner_id
                LEFT JOIN customer_due d ON d.customer_id = c.id ORDER BY c.name, c.id""",
        ),
        _export(
            "contacts",
            "customer name job_title function role email phone language left_on:day id customer_id",
            """SELECT c.name, x.name, x.job_title, x.function, x.role, x.email, x.phone, x.language, x.left_on,
                x.id, x.customer_id
            FROM contact x JOIN customer c ON c.id = x.customer_id ORDER BY c.name, x.name, x.id""",
        ),
        _export(
            "colleagues",
            "name function email phone direct_contact:yes left_on:day id",
            "SELECT name, function, email, phone, direct_contact, left_on, id FROM colleague ORDER BY name, id",
        ),
        _export(
            "counterparts",
            "customer contact contact_function colleague colleague_function met_on:day",
            """SELECT c.name, x.name, x.function, o.name, o.function, k.met_on FROM counterpart k
                JOIN contact x ON x.id = k.contact_id JOIN customer c ON c.id = x.customer_id
                JOIN colleague o ON o.id = k.colleague_id ORDER BY c.name, x.name, o.name, k.id""",
        ),
        _export(
            "streams",
            "customer name status items:whole note",
            f"""SELECT c.name, s.name, s.status,
                (SELECT count(*) FROM item i WHERE i.stream_id = s.id AND {IN_SERVICE.format(item="i")}), s.note
            FROM stream s JOIN customer c ON c.id = s.customer_id ORDER BY c.name, s.name, s.id""",  # noqa: S608
        ),
        _export(
            "items",
            "customer tag model stream installed_on:day refurbished_on:day retired_on:day last_verdict "
            "last_found_at:at id customer_id stream_id",
            f"""SELECT c.name, i.tag, i.model, s.name, i.installed_on, i.refurbished_on, i.retired_on, f.verdict,
                f.found_at, i.id, i.customer_id, i.stream_id
            FROM item i JOIN customer c ON c.id = i.customer_id LEFT JOIN stream s ON s.id = i.stream_id
                LEFT JOIN finding f ON f.id = {NEWEST}
            ORDER BY c.name, i.tag, i.id""",  # noqa: S608
        ),
        _export(
            "findings",
            "customer visit_on:day item model stream verdict measure:n note ours:yes found_at:at",
            f"""SELECT c.name, {held_on("v")}, i.tag, i.model, s.name, f.verdict, f.measure,
                f.note, f.ours, f.found_at
            FROM finding f JOIN item i ON i.id = f.item_id JOIN visit v ON v.id = f.visit_id
                JOIN customer c ON c.id = i.customer_id LEFT JOIN stream s ON s.id = i.stream_id
            ORDER BY f.found_at, f.id""",  # noqa: S608 -- our own words only
        ),
        _export(
            "visits",
            "customer occasion checklist status planned_on:day started_at:at completed_at:at completed_on:day brm met "
            "summary",
            f"""SELECT c.name, v.occasion, k.title, v.status, v.planned_on, v.started_at, v.completed_at,
                {visit_day("v")}, o.name,
                (SELECT group_concat(name, ', ') FROM (SELECT x.name FROM attendee a
                    JOIN contact x ON x.id = a.contact_id WHERE a.visit_id = v.id ORDER BY x.name)), v.summary
            FROM visit v JOIN checklist k ON k.id = v.checklist_id LEFT JOIN customer c ON c.id = v.customer_id
                LEFT JOIN colleague o ON o.id = v.brm_id
            ORDER BY coalesce(v.completed_at, v.started_at, v.planned_on), v.id""",  # noqa: S608
        ),
        _export(
            "opportunities",
            "customer title kind stage probability:whole found_at:at expected_on:day stream line item sku "
            "quantity:whole unit_price:money value:money currency decision decided_on:day needed_by:day ours:yes",
            """SELECT c.name, o.title, o.kind, o.stage, o.probability, coalesce(v.completed_at, v.started_at),
                o.expected_on, s.name, coalesce(nullif(l.description, ''), p.name), i.tag, p.sku, l.quantity,
                l.unit_price, l.quantity * l.unit_price, o.currency, l.decision, l.decided_on, l.needed_by,
                coalesce(l.ours, o.ours)
            FROM opportunity o JOIN customer c ON c.id = o.customer_id LEFT JOIN visit v ON v.id = o.visit_id
                LEFT JOIN stream s ON s.id = o.stream_id LEFT JOIN opportunity_line l ON l.opportunity_id = o.id
                LEFT JOIN part p ON p.id = l.part_id LEFT JOIN item i ON i.id = l.item_id
            ORDER BY c.name, o.title, o.id, l.rowid""",
        ),
        _export(
            "parts",
            "sku name model kind unit_price:money currency lead_days:whole archived_at:at translations id",
            """SELECT sku, name, model, kind, unit_price, currency, lead_days, archived_at, translations, id FROM part
            ORDER BY sku, currency, id""",
        ),
        _export(
            "responses",
            "customer market owner contact role question score:whole band asked_on:day channel verbatim voided_at:at "
            "void_reason",
            f"""SELECT c.name, m.name, o.name, x.name, x.role, r.question, r.score, {_BAND}, r.asked_on, r.channel,
                r.verbatim, r.voided_at, r.void_reason
            FROM response r JOIN contact x ON x.id = r.contact_id JOIN customer c ON c.id = r.customer_id
                LEFT JOIN market m ON m.id = c.market_id LEFT JOIN colleague o ON o.id = c.owner_id
            ORDER BY r.asked_on, r.id""",  # noqa: S608 -- our own words only
        ),
        _export(
            "follow_ups",
            "customer contact question score:whole play status owner due_at:at cause outcome gesture closed_at:at",
            f"""SELECT c.name, x.name, r.question, r.score, f.play, f.status, o.name, f.due_at, f.cause, f.outcome,
                f.gesture, f.closed_at
            FROM follow_up f JOIN response r ON r.id = f.response_id JOIN contact x ON x.id = r.contact_id
                JOIN customer c ON c.id = r.customer_id LEFT JOIN colleague o ON o.id = f.owner_id
            WHERE {STANDS} ORDER BY f.due_at, f.id""",  # noqa: S608 -- our own words only
        ),
        _export(
            "actions",
            "customer title owner due_on:day status done_on:day to_raise expected_gain:n ours:yes",
            """SELECT c.name, a.title, o.name, a.due_on, a.status, a.done_on, m.name, a.expected_gain, a.ours
            FROM action a LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN colleague o ON o.id = a.owner_id
                LEFT JOIN measure m ON m.id = a.measure_id ORDER BY a.due_on, a.id""",
        ),
        _export(
            "tickets",
            "customer reference kind category priority subject opened_at:at closed_at:at satisfied:yes comment "
            "followed_up_by followed_up_on:day outcome shown_on:day id customer_id followed_up_by_id",
            """SELECT c.name, t.reference, t.kind, t.category, t.priority, t.subject, t.opened_at, t.closed_at,
                t.satisfied, t.comment, o.name, t.followed_up_on, t.outcome, t.shown_on, t.id,
                t.customer_id, t.followed_up_by
            FROM ticket t JOIN customer c ON c.id = t.customer_id LEFT JOIN colleague o ON o.id = t.followed_up_by
            ORDER BY c.name, t.opened_at, t.reference, t.id""",
        ),
        _export(
            "readings",
            "customer measure as_of:day value:n perspective unit worst:n best:n target:n weight:n id customer_id "
            "measure_id",
            """SELECT c.name, m.name, r.as_of, r.value, m.perspective, m.unit, m.worst, m.best, m.target, m.weight,
                r.id, c.id, m.id
            FROM reading r JOIN measure m ON m.id = r.measure_id JOIN customer c ON c.id = m.customer_id
            ORDER BY c.name, m.name, r.as_of, r.id""",
        ),
        _export(
            "scorecards",
            "customer as_of:day value:n coverage:n financial:n customer_view:n internal:n learning:n",
            """SELECT c.name, s.as_of, s.value, s.coverage, s.financial, s.customer_view, s.internal, s.learning
            FROM scorecard s JOIN customer c ON c.id = s.customer_id ORDER BY c.name, s.as_of, s.id""",
        ),
        _export(
            "promises",
            "promise made_on:day retired_on:day customer visit_at:at kept:yes note ours:yes",
            """SELECT p.title, p.made_on, p.retired_on, c.name, coalesce(v.completed_at, v.started_at), k.kept, k.note,
                k.ours
            FROM promise p LEFT JOIN promise_check k ON k.promise_id = p.id LEFT JOIN visit v ON v.id = k.visit_id
                LEFT JOIN customer c ON c.id = v.customer_id ORDER BY p.made_on, p.id, 5, k.id""",
        ),
        _export(
            "wants",
            "customer want promise decision note ours:yes",
            """SELECT c.name, w.title, p.title, w.decision, w.note, w.ours
            FROM want w LEFT JOIN customer c ON c.id = w.customer_id
                LEFT JOIN promise p ON p.id = w.promise_id ORDER BY c.name, w.title, w.id""",
        ),
        _export(
            "benchmarks",
            "market nps:n source year:whole region",
            """SELECT m.name, b.nps, b.source, b.year, b.region FROM benchmark b JOIN market m ON m.id = b.market_id
            ORDER BY m.name, b.year, b.id""",
        ),
    )
}  # fmt: skip


@contextmanager
def as_of_now(db: Connection) -> Iterator[None]:
    """All that is read in the block is of one moment, whatever is saved or synced meanwhile."""
    db.connection.execute("BEGIN")
    try:
        yield
    finally:
        db.connection.execute("ROLLBACK")


def rows(db: Connection, export: Export) -> Iterator[tuple[Any, ...]]:
    """The rows of one table as they are stored, read one by one. Raises RadarError if the file cannot be read."""
    try:
        today = db.clock().date()
        sql = export.sql.replace("customer_due", due_as_of(today))
        yield from map(tuple, db.connection.execute(sql, {"today": today.isoformat()}))
    except sqlite3.DatabaseError as error:
        raise read_failed(db.path, error) from error
