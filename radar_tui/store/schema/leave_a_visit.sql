-- A visit that was begun by mistake is discarded: cancelled, though it began. It stays, and so do the rows that hang on
-- it, but nobody reads those (store/connection.py) until it is taken up again. What a customer sealed always counts.
CREATE INDEX visit_discarded ON visit(id) WHERE status = 'cancelled' AND started_at IS NOT NULL;

CREATE VIEW set_aside AS
    WITH gone AS (SELECT id FROM visit WHERE status = 'cancelled' AND started_at IS NOT NULL)
    SELECT 'attendee' AS tbl, id AS key FROM attendee WHERE visit_id IN gone
    UNION ALL SELECT 'answer', id FROM answer WHERE visit_id IN gone
    UNION ALL SELECT 'finding', id FROM finding WHERE visit_id IN gone
    UNION ALL SELECT 'promise_check', id FROM promise_check WHERE visit_id IN gone
    UNION ALL SELECT 'want', id FROM want WHERE visit_id IN gone
    UNION ALL SELECT 'action', id FROM action WHERE visit_id IN gone
    UNION ALL SELECT 'opportunity', id FROM opportunity WHERE visit_id IN gone
    UNION ALL SELECT 'opportunity_line', l.id FROM opportunity o JOIN opportunity_line l ON l.opportunity_id = o.id
        WHERE o.visit_id IN gone
    UNION ALL SELECT 'stream', s.id FROM opportunity o JOIN stream s ON s.id = o.stream_id
        WHERE o.visit_id IN gone AND o.kind = 'new stream' AND s.status = 'planned';
