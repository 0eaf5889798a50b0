"""Who knows whom, in SQL: one formula for the company and for the card of a customer."""

from __future__ import annotations

from radar_tui.store.schema.visit_day import visit_day

KNOWN = """EXISTS (SELECT 1 FROM counterpart k JOIN colleague o ON o.id = k.colleague_id
    WHERE k.contact_id = {contact}.id AND k.met_on <= :{day} AND (o.left_on IS NULL OR o.left_on > :{day}))"""
"""Whether a contact has met a counterpart who is still with us: `domain.relationship.coverage`, in SQL."""

THERE = "({person}.left_on IS NULL OR {person}.left_on > :{day})"
"""Whether a contact or colleague has not left."""

MET_BY = f"""
SELECT max({visit_day("v")}) FROM attendee a JOIN visit v ON v.id = a.visit_id
WHERE a.contact_id = ? AND v.brm_id = ? AND v.id <> ? AND v.status = 'completed'"""  # noqa: S608 -- our own words only
"""When a contact was last in the room with a colleague, another visit than this one."""
