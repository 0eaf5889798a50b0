"""What the verdicts say of our items, in SQL over an item `i` on the day `:today`."""

from __future__ import annotations

from radar_tui.store.facts.business import DECIDED_ON, WON
from radar_tui.store.schema.visit_day import held_on

IN_SERVICE = "({item}.retired_on IS NULL OR {item}.retired_on > :today)"
"""Whether an item is in the plant."""
LAST_FOUND = "f.found_at DESC, f.verdict DESC"
"""To order findings by, the newest first; the index of an item's findings has them so."""

# An item that was refitted is not what it was: what was found before that day says nothing of it now.
_LIFE = "max(iif(i.installed_on <= :today, i.installed_on, ''), iif(i.refurbished_on <= :today, i.refurbished_on, ''))"
_LOOKED = f"""(SELECT {{what}} FROM finding f JOIN visit v ON v.id = f.visit_id
    WHERE f.item_id = i.id AND f.verdict <> 'not inspected' AND v.status IN ({{held}})
        AND {held_on("v")} BETWEEN {{since}} AND :today
    ORDER BY {LAST_FOUND} LIMIT 1)"""  # noqa: S608 -- our own words only
_HELD = "'completed', 'in progress'"

NEWEST = _LOOKED.format(what="f.id", held=_HELD, since=_LIFE)
"""The id of the finding that holds the newest verdict of the present life of an item; NULL while nobody has looked."""

_AGREED = f"""EXISTS (SELECT 1 FROM opportunity_line l JOIN opportunity o ON o.id = l.opportunity_id
    LEFT JOIN visit w ON w.id = o.visit_id
    WHERE l.item_id = i.id AND o.kind = '{{kind}}' AND {WON} AND {DECIDED_ON} >= found_on)"""  # noqa: S608


def standing(customers: str, held: str = _HELD) -> str:
    """SQL to select from: the items in service of `customers`, SQL of ids, as id, customer_id, tag, verdict and
    found_on (NULL while nobody has looked), out_of_service, near_limit, to_report (0 or 1 each).

    `held` are the statuses of the visits that count: those under way as well, or only those that were completed.
    """
    newest = _LOOKED.format(what=f"{held_on('v')} || f.verdict", held=held, since=_LIFE)
    before = _LOOKED.format(what=held_on("v"), held=held, since="''")
    # LIMIT -1, or SQLite works out a column anew wherever it is used.
    return f"""(SELECT id, customer_id, tag, verdict, found_on,
        verdict = 'unserviceable' AND NOT {_AGREED.format(kind="replacement")} AS out_of_service,
        verdict = 'deteriorating' AND NOT {_AGREED.format(kind="spares")} AS near_limit,
        coalesce(found_on, {before}, '') < looked_by AS to_report
    FROM (SELECT id, customer_id, tag, looked_by, substr(newest, 1, 10) AS found_on, substr(newest, 11) AS verdict
        FROM (SELECT i.id, i.customer_id, i.tag, their.looked_by, {newest} AS newest
            FROM (SELECT id, date(:today, '-' || cadence_days || ' days') AS looked_by
                FROM customer WHERE id IN ({customers}) LIMIT -1) their
                CROSS JOIN item i ON i.customer_id = their.id
            WHERE {IN_SERVICE.format(item="i")} LIMIT -1)) i LIMIT -1)"""  # noqa: S608 -- our own words only
