-- When each row was last edited here; whose the two sides of a conflict are, and who decided it how.
ALTER TABLE touched ADD COLUMN edited_at REAL NOT NULL DEFAULT 0;

ALTER TABLE conflict ADD COLUMN member TEXT;

ALTER TABLE conflict ADD COLUMN kept_by TEXT;

ALTER TABLE conflict ADD COLUMN decided TEXT;

DROP TRIGGER touched_market_added;

CREATE TRIGGER touched_market_added AFTER INSERT ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_market_changed;

CREATE TRIGGER touched_market_changed AFTER UPDATE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', OLD.id, 0, julianday('now')), ('market', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_market_gone;

CREATE TRIGGER touched_market_gone AFTER DELETE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_colleague_added;

CREATE TRIGGER touched_colleague_added AFTER INSERT ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_colleague_changed;

CREATE TRIGGER touched_colleague_changed AFTER UPDATE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', OLD.id, 0, julianday('now')), ('colleague', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_colleague_gone;

CREATE TRIGGER touched_colleague_gone AFTER DELETE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_customer_added;

CREATE TRIGGER touched_customer_added AFTER INSERT ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_customer_changed;

CREATE TRIGGER touched_customer_changed AFTER UPDATE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', OLD.id, 0, julianday('now')), ('customer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_customer_gone;

CREATE TRIGGER touched_customer_gone AFTER DELETE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_contact_added;

CREATE TRIGGER touched_contact_added AFTER INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_contact_changed;

CREATE TRIGGER touched_contact_changed AFTER UPDATE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', OLD.id, 0, julianday('now')), ('contact', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_contact_gone;

CREATE TRIGGER touched_contact_gone AFTER DELETE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_counterpart_added;

CREATE TRIGGER touched_counterpart_added AFTER INSERT ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_counterpart_changed;

CREATE TRIGGER touched_counterpart_changed AFTER UPDATE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', OLD.id, 0, julianday('now')), ('counterpart', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_counterpart_gone;

CREATE TRIGGER touched_counterpart_gone AFTER DELETE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_benchmark_added;

CREATE TRIGGER touched_benchmark_added AFTER INSERT ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_benchmark_changed;

CREATE TRIGGER touched_benchmark_changed AFTER UPDATE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', OLD.id, 0, julianday('now')), ('benchmark', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_benchmark_gone;

CREATE TRIGGER touched_benchmark_gone AFTER DELETE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_stream_added;

CREATE TRIGGER touched_stream_added AFTER INSERT ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_stream_changed;

CREATE TRIGGER touched_stream_changed AFTER UPDATE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', OLD.id, 0, julianday('now')), ('stream', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_stream_gone;

CREATE TRIGGER touched_stream_gone AFTER DELETE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_item_added;

CREATE TRIGGER touched_item_added AFTER INSERT ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_item_changed;

CREATE TRIGGER touched_item_changed AFTER UPDATE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', OLD.id, 0, julianday('now')), ('item', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_item_gone;

CREATE TRIGGER touched_item_gone AFTER DELETE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_part_added;

CREATE TRIGGER touched_part_added AFTER INSERT ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_part_changed;

CREATE TRIGGER touched_part_changed AFTER UPDATE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', OLD.id, 0, julianday('now')), ('part', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_part_gone;

CREATE TRIGGER touched_part_gone AFTER DELETE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_checklist_added;

CREATE TRIGGER touched_checklist_added AFTER INSERT ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_checklist_changed;

CREATE TRIGGER touched_checklist_changed AFTER UPDATE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', OLD.id, 0, julianday('now')), ('checklist', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_checklist_gone;

CREATE TRIGGER touched_checklist_gone AFTER DELETE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_visit_added;

CREATE TRIGGER touched_visit_added AFTER INSERT ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_visit_changed;

CREATE TRIGGER touched_visit_changed AFTER UPDATE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', OLD.id, 0, julianday('now')), ('visit', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_visit_gone;

CREATE TRIGGER touched_visit_gone AFTER DELETE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_attendee_added;

CREATE TRIGGER touched_attendee_added AFTER INSERT ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_attendee_changed;

CREATE TRIGGER touched_attendee_changed AFTER UPDATE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', OLD.id, 0, julianday('now')), ('attendee', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_attendee_gone;

CREATE TRIGGER touched_attendee_gone AFTER DELETE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_answer_added;

CREATE TRIGGER touched_answer_added AFTER INSERT ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_answer_changed;

CREATE TRIGGER touched_answer_changed AFTER UPDATE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', OLD.id, 0, julianday('now')), ('answer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_answer_gone;

CREATE TRIGGER touched_answer_gone AFTER DELETE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_finding_added;

CREATE TRIGGER touched_finding_added AFTER INSERT ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_finding_changed;

CREATE TRIGGER touched_finding_changed AFTER UPDATE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', OLD.id, 0, julianday('now')), ('finding', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_finding_gone;

CREATE TRIGGER touched_finding_gone AFTER DELETE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_added;

CREATE TRIGGER touched_opportunity_added AFTER INSERT ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_changed;

CREATE TRIGGER touched_opportunity_changed AFTER UPDATE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', OLD.id, 0, julianday('now')), ('opportunity', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_gone;

CREATE TRIGGER touched_opportunity_gone AFTER DELETE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_line_added;

CREATE TRIGGER touched_opportunity_line_added AFTER INSERT ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_line_changed;

CREATE TRIGGER touched_opportunity_line_changed AFTER UPDATE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', OLD.id, 0, julianday('now')), ('opportunity_line', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_opportunity_line_gone;

CREATE TRIGGER touched_opportunity_line_gone AFTER DELETE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_response_added;

CREATE TRIGGER touched_response_added AFTER INSERT ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_response_changed;

CREATE TRIGGER touched_response_changed AFTER UPDATE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', OLD.id, 0, julianday('now')), ('response', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_response_gone;

CREATE TRIGGER touched_response_gone AFTER DELETE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_follow_up_added;

CREATE TRIGGER touched_follow_up_added AFTER INSERT ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_follow_up_changed;

CREATE TRIGGER touched_follow_up_changed AFTER UPDATE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', OLD.id, 0, julianday('now')), ('follow_up', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_follow_up_gone;

CREATE TRIGGER touched_follow_up_gone AFTER DELETE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_measure_added;

CREATE TRIGGER touched_measure_added AFTER INSERT ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_measure_changed;

CREATE TRIGGER touched_measure_changed AFTER UPDATE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', OLD.id, 0, julianday('now')), ('measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_measure_gone;

CREATE TRIGGER touched_measure_gone AFTER DELETE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_action_added;

CREATE TRIGGER touched_action_added AFTER INSERT ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_action_changed;

CREATE TRIGGER touched_action_changed AFTER UPDATE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', OLD.id, 0, julianday('now')), ('action', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_action_gone;

CREATE TRIGGER touched_action_gone AFTER DELETE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_ticket_added;

CREATE TRIGGER touched_ticket_added AFTER INSERT ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_ticket_changed;

CREATE TRIGGER touched_ticket_changed AFTER UPDATE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', OLD.id, 0, julianday('now')), ('ticket', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_ticket_gone;

CREATE TRIGGER touched_ticket_gone AFTER DELETE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_reading_added;

CREATE TRIGGER touched_reading_added AFTER INSERT ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_reading_changed;

CREATE TRIGGER touched_reading_changed AFTER UPDATE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', OLD.id, 0, julianday('now')), ('reading', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_reading_gone;

CREATE TRIGGER touched_reading_gone AFTER DELETE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_scorecard_added;

CREATE TRIGGER touched_scorecard_added AFTER INSERT ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_scorecard_changed;

CREATE TRIGGER touched_scorecard_changed AFTER UPDATE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', OLD.id, 0, julianday('now')), ('scorecard', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_scorecard_gone;

CREATE TRIGGER touched_scorecard_gone AFTER DELETE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_added;

CREATE TRIGGER touched_promise_added AFTER INSERT ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_changed;

CREATE TRIGGER touched_promise_changed AFTER UPDATE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', OLD.id, 0, julianday('now')), ('promise', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_gone;

CREATE TRIGGER touched_promise_gone AFTER DELETE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_check_added;

CREATE TRIGGER touched_promise_check_added AFTER INSERT ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_check_changed;

CREATE TRIGGER touched_promise_check_changed AFTER UPDATE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', OLD.id, 0, julianday('now')), ('promise_check', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_promise_check_gone;

CREATE TRIGGER touched_promise_check_gone AFTER DELETE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_want_added;

CREATE TRIGGER touched_want_added AFTER INSERT ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_want_changed;

CREATE TRIGGER touched_want_changed AFTER UPDATE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', OLD.id, 0, julianday('now')), ('want', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_want_gone;

CREATE TRIGGER touched_want_gone AFTER DELETE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_conflict_added;

CREATE TRIGGER touched_conflict_added AFTER INSERT ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_conflict_changed;

CREATE TRIGGER touched_conflict_changed AFTER UPDATE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', OLD.id, 0, julianday('now')), ('conflict', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;

DROP TRIGGER touched_conflict_gone;

CREATE TRIGGER touched_conflict_gone AFTER DELETE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
