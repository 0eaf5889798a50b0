-- What was changed here since the last sync. DO NOTHING instead of OR IGNORE: the OR of the outer statement, and an
-- upsert's ABORT, would override that. Nothing is noted in a file without a hub.
CREATE TRIGGER touched_market_added AFTER INSERT ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('market', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_market_changed AFTER UPDATE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('market', OLD.id), ('market', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_market_gone AFTER DELETE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('market', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_colleague_added AFTER INSERT ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('colleague', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_colleague_changed AFTER UPDATE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('colleague', OLD.id), ('colleague', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_colleague_gone AFTER DELETE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('colleague', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_customer_added AFTER INSERT ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('customer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_customer_changed AFTER UPDATE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('customer', OLD.id), ('customer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_customer_gone AFTER DELETE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('customer', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_contact_added AFTER INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('contact', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_contact_changed AFTER UPDATE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('contact', OLD.id), ('contact', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_contact_gone AFTER DELETE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('contact', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_counterpart_added AFTER INSERT ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('counterpart', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_counterpart_changed AFTER UPDATE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('counterpart', OLD.id), ('counterpart', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_counterpart_gone AFTER DELETE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('counterpart', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_benchmark_added AFTER INSERT ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('benchmark', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_benchmark_changed AFTER UPDATE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('benchmark', OLD.id), ('benchmark', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_benchmark_gone AFTER DELETE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('benchmark', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_stream_added AFTER INSERT ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('stream', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_stream_changed AFTER UPDATE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('stream', OLD.id), ('stream', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_stream_gone AFTER DELETE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('stream', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_item_added AFTER INSERT ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('item', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_item_changed AFTER UPDATE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('item', OLD.id), ('item', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_item_gone AFTER DELETE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('item', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_part_added AFTER INSERT ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('part', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_part_changed AFTER UPDATE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('part', OLD.id), ('part', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_part_gone AFTER DELETE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('part', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_checklist_added AFTER INSERT ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('checklist', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_checklist_changed AFTER UPDATE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('checklist', OLD.id), ('checklist', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_checklist_gone AFTER DELETE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('checklist', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_visit_added AFTER INSERT ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('visit', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_visit_changed AFTER UPDATE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('visit', OLD.id), ('visit', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_visit_gone AFTER DELETE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('visit', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_attendee_added AFTER INSERT ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('attendee', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_attendee_changed AFTER UPDATE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('attendee', OLD.id), ('attendee', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_attendee_gone AFTER DELETE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('attendee', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_answer_added AFTER INSERT ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('answer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_answer_changed AFTER UPDATE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('answer', OLD.id), ('answer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_answer_gone AFTER DELETE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('answer', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_finding_added AFTER INSERT ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('finding', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_finding_changed AFTER UPDATE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('finding', OLD.id), ('finding', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_finding_gone AFTER DELETE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('finding', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_added AFTER INSERT ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_changed AFTER UPDATE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity', OLD.id), ('opportunity', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_gone AFTER DELETE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_line_added AFTER INSERT ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity_line', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_line_changed AFTER UPDATE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity_line', OLD.id), ('opportunity_line', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_opportunity_line_gone AFTER DELETE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('opportunity_line', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_response_added AFTER INSERT ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('response', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_response_changed AFTER UPDATE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('response', OLD.id), ('response', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_response_gone AFTER DELETE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('response', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_follow_up_added AFTER INSERT ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('follow_up', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_follow_up_changed AFTER UPDATE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('follow_up', OLD.id), ('follow_up', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_follow_up_gone AFTER DELETE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('follow_up', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_measure_added AFTER INSERT ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('measure', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_measure_changed AFTER UPDATE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('measure', OLD.id), ('measure', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_measure_gone AFTER DELETE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('measure', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_action_added AFTER INSERT ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('action', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_action_changed AFTER UPDATE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('action', OLD.id), ('action', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_action_gone AFTER DELETE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('action', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_ticket_added AFTER INSERT ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('ticket', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_ticket_changed AFTER UPDATE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('ticket', OLD.id), ('ticket', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_ticket_gone AFTER DELETE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('ticket', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_reading_added AFTER INSERT ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('reading', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_reading_changed AFTER UPDATE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('reading', OLD.id), ('reading', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_reading_gone AFTER DELETE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('reading', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_scorecard_added AFTER INSERT ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('scorecard', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_scorecard_changed AFTER UPDATE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('scorecard', OLD.id), ('scorecard', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_scorecard_gone AFTER DELETE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('scorecard', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_added AFTER INSERT ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_changed AFTER UPDATE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise', OLD.id), ('promise', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_gone AFTER DELETE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_check_added AFTER INSERT ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise_check', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_check_changed AFTER UPDATE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise_check', OLD.id), ('promise_check', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_promise_check_gone AFTER DELETE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('promise_check', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_want_added AFTER INSERT ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('want', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_want_changed AFTER UPDATE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('want', OLD.id), ('want', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_want_gone AFTER DELETE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('want', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_conflict_added AFTER INSERT ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('conflict', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_conflict_changed AFTER UPDATE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('conflict', OLD.id), ('conflict', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER touched_conflict_gone AFTER DELETE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key) VALUES ('conflict', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;
