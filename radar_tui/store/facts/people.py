"""Who is there, who knows whom, and who was met when: SQL over a contact or colleague."""

from __future__ import annotations

from radar_tui.store.facts.seen import COMPLETED, took_place
from radar_tui.store.schema.visit_day import visit_day

THERE = "({person}.left_on IS NULL OR {person}.left_on > :{day})"
"""Whether a contact or colleague has not left."""

KNOWN = f"""EXISTS (SELECT 1 FROM counterpart k JOIN colleague o ON o.id = k.colleague_id
    WHERE k.contact_id = {{contact}}.id AND k.met_on <= :{{day}} AND {THERE.format(person="o", day="{day}")})"""  # noqa: S608 -- our own words only
"""Whether a contact has met a counterpart who is still with us: `domain.relationship.coverage`, in SQL."""

LEFT = "({person}.left_on BETWEEN :{since} AND :{day})"
"""Whether a contact or colleague left from one day on, and has left by another."""

MET_BY = f"""
SELECT max({visit_day("v")}) FROM attendee a JOIN visit v ON v.id = a.visit_id
WHERE a.contact_id = ? AND v.brm_id = ? AND v.id <> ? AND {COMPLETED.format(visit="v")}"""  # noqa: S608 -- our own words only
"""When a contact was last in the room with a colleague, another visit than this one."""

LAST_CONTACT = f"""(SELECT max(day) FROM (
    SELECT a.asked_on AS day FROM response a WHERE a.contact_id = x.id AND a.voided_at IS NULL AND a.asked_on <= :today
    UNION ALL SELECT {visit_day("v")} FROM attendee a JOIN visit v ON v.id = a.visit_id
        WHERE a.contact_id = x.id AND {took_place("v")}
    UNION ALL SELECT k.met_on FROM counterpart k WHERE k.contact_id = x.id AND k.met_on <= :today))"""  # noqa: S608
"""The day on which we last met or asked a contact x: in the room, as a counterpart, or by an answer that stands."""
