-- A touched row that was taken back is noted as such: one that cannot be found for another reason is damage.
ALTER TABLE touched ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;

UPDATE touched SET gone = 1 WHERE tbl = 'market' AND key NOT IN (SELECT id FROM market);

UPDATE touched SET gone = 1 WHERE tbl = 'colleague' AND key NOT IN (SELECT id FROM colleague);

UPDATE touched SET gone = 1 WHERE tbl = 'customer' AND key NOT IN (SELECT id FROM customer);

UPDATE touched SET gone = 1 WHERE tbl = 'contact' AND key NOT IN (SELECT id FROM contact);

UPDATE touched SET gone = 1 WHERE tbl = 'counterpart' AND key NOT IN (SELECT id FROM counterpart);

UPDATE touched SET gone = 1 WHERE tbl = 'benchmark' AND key NOT IN (SELECT id FROM benchmark);

UPDATE touched SET gone = 1 WHERE tbl = 'stream' AND key NOT IN (SELECT id FROM stream);

UPDATE touched SET gone = 1 WHERE tbl = 'item' AND key NOT IN (SELECT id FROM item);

UPDATE touched SET gone = 1 WHERE tbl = 'part' AND key NOT IN (SELECT id FROM part);

UPDATE touched SET gone = 1 WHERE tbl = 'checklist' AND key NOT IN (SELECT id FROM checklist);

UPDATE touched SET gone = 1 WHERE tbl = 'visit' AND key NOT IN (SELECT id FROM visit);

UPDATE touched SET gone = 1 WHERE tbl = 'attendee' AND key NOT IN (SELECT id FROM attendee);

UPDATE touched SET gone = 1 WHERE tbl = 'answer' AND key NOT IN (SELECT id FROM answer);

UPDATE touched SET gone = 1 WHERE tbl = 'finding' AND key NOT IN (SELECT id FROM finding);

UPDATE touched SET gone = 1 WHERE tbl = 'opportunity' AND key NOT IN (SELECT id FROM opportunity);

UPDATE touched SET gone = 1 WHERE tbl = 'opportunity_line' AND key NOT IN (SELECT id FROM opportunity_line);

UPDATE touched SET gone = 1 WHERE tbl = 'response' AND key NOT IN (SELECT id FROM response);

UPDATE touched SET gone = 1 WHERE tbl = 'follow_up' AND key NOT IN (SELECT id FROM follow_up);

UPDATE touched SET gone = 1 WHERE tbl = 'measure' AND key NOT IN (SELECT id FROM measure);

UPDATE touched SET gone = 1 WHERE tbl = 'action' AND key NOT IN (SELECT id FROM action);

UPDATE touched SET gone = 1 WHERE tbl = 'ticket' AND key NOT IN (SELECT id FROM ticket);

UPDATE touched SET gone = 1 WHERE tbl = 'reading' AND key NOT IN (SELECT id FROM reading);

UPDATE touched SET gone = 1 WHERE tbl = 'scorecard' AND key NOT IN (SELECT id FROM scorecard);

UPDATE touched SET gone = 1 WHERE tbl = 'promise' AND key NOT IN (SELECT id FROM promise);

UPDATE touched SET gone = 1 WHERE tbl = 'promise_check' AND key NOT IN (SELECT id FROM promise_check);

UPDATE touched SET gone = 1 WHERE tbl = 'want' AND key NOT IN (SELECT id FROM want);

UPDATE touched SET gone = 1 WHERE tbl = 'conflict' AND key NOT IN (SELECT id FROM conflict);

DROP TRIGGER touched_market_added;

CREATE TRIGGER touched_market_added AFTER INSERT ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('market', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_market_changed;

CREATE TRIGGER touched_market_changed AFTER UPDATE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('market', OLD.id, 0), ('market', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_market_gone;

CREATE TRIGGER touched_market_gone AFTER DELETE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('market', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_colleague_added;

CREATE TRIGGER touched_colleague_added AFTER INSERT ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('colleague', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_colleague_changed;

CREATE TRIGGER touched_colleague_changed AFTER UPDATE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('colleague', OLD.id, 0), ('colleague', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_colleague_gone;

CREATE TRIGGER touched_colleague_gone AFTER DELETE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('colleague', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_customer_added;

CREATE TRIGGER touched_customer_added AFTER INSERT ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('customer', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_customer_changed;

CREATE TRIGGER touched_customer_changed AFTER UPDATE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('customer', OLD.id, 0), ('customer', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_customer_gone;

CREATE TRIGGER touched_customer_gone AFTER DELETE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('customer', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_contact_added;

CREATE TRIGGER touched_contact_added AFTER INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('contact', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_contact_changed;

CREATE TRIGGER touched_contact_changed AFTER UPDATE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('contact', OLD.id, 0), ('contact', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_contact_gone;

CREATE TRIGGER touched_contact_gone AFTER DELETE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('contact', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_counterpart_added;

CREATE TRIGGER touched_counterpart_added AFTER INSERT ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('counterpart', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_counterpart_changed;

CREATE TRIGGER touched_counterpart_changed AFTER UPDATE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('counterpart', OLD.id, 0), ('counterpart', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_counterpart_gone;

CREATE TRIGGER touched_counterpart_gone AFTER DELETE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('counterpart', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_benchmark_added;

CREATE TRIGGER touched_benchmark_added AFTER INSERT ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('benchmark', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_benchmark_changed;

CREATE TRIGGER touched_benchmark_changed AFTER UPDATE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('benchmark', OLD.id, 0), ('benchmark', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_benchmark_gone;

CREATE TRIGGER touched_benchmark_gone AFTER DELETE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('benchmark', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_stream_added;

CREATE TRIGGER touched_stream_added AFTER INSERT ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('stream', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_stream_changed;

CREATE TRIGGER touched_stream_changed AFTER UPDATE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('stream', OLD.id, 0), ('stream', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_stream_gone;

CREATE TRIGGER touched_stream_gone AFTER DELETE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('stream', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_item_added;

CREATE TRIGGER touched_item_added AFTER INSERT ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('item', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_item_changed;

CREATE TRIGGER touched_item_changed AFTER UPDATE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('item', OLD.id, 0), ('item', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_item_gone;

CREATE TRIGGER touched_item_gone AFTER DELETE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('item', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_part_added;

CREATE TRIGGER touched_part_added AFTER INSERT ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('part', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_part_changed;

CREATE TRIGGER touched_part_changed AFTER UPDATE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('part', OLD.id, 0), ('part', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_part_gone;

CREATE TRIGGER touched_part_gone AFTER DELETE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('part', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_checklist_added;

CREATE TRIGGER touched_checklist_added AFTER INSERT ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('checklist', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_checklist_changed;

CREATE TRIGGER touched_checklist_changed AFTER UPDATE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('checklist', OLD.id, 0), ('checklist', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_checklist_gone;

CREATE TRIGGER touched_checklist_gone AFTER DELETE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('checklist', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_visit_added;

CREATE TRIGGER touched_visit_added AFTER INSERT ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('visit', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_visit_changed;

CREATE TRIGGER touched_visit_changed AFTER UPDATE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('visit', OLD.id, 0), ('visit', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_visit_gone;

CREATE TRIGGER touched_visit_gone AFTER DELETE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('visit', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_attendee_added;

CREATE TRIGGER touched_attendee_added AFTER INSERT ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('attendee', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_attendee_changed;

CREATE TRIGGER touched_attendee_changed AFTER UPDATE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('attendee', OLD.id, 0), ('attendee', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_attendee_gone;

CREATE TRIGGER touched_attendee_gone AFTER DELETE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('attendee', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_answer_added;

CREATE TRIGGER touched_answer_added AFTER INSERT ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('answer', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_answer_changed;

CREATE TRIGGER touched_answer_changed AFTER UPDATE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('answer', OLD.id, 0), ('answer', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_answer_gone;

CREATE TRIGGER touched_answer_gone AFTER DELETE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('answer', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_finding_added;

CREATE TRIGGER touched_finding_added AFTER INSERT ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('finding', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_finding_changed;

CREATE TRIGGER touched_finding_changed AFTER UPDATE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('finding', OLD.id, 0), ('finding', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_finding_gone;

CREATE TRIGGER touched_finding_gone AFTER DELETE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('finding', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_opportunity_added;

CREATE TRIGGER touched_opportunity_added AFTER INSERT ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_opportunity_changed;

CREATE TRIGGER touched_opportunity_changed AFTER UPDATE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity', OLD.id, 0), ('opportunity', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_opportunity_gone;

CREATE TRIGGER touched_opportunity_gone AFTER DELETE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_opportunity_line_added;

CREATE TRIGGER touched_opportunity_line_added AFTER INSERT ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity_line', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_opportunity_line_changed;

CREATE TRIGGER touched_opportunity_line_changed AFTER UPDATE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity_line', OLD.id, 0), ('opportunity_line', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_opportunity_line_gone;

CREATE TRIGGER touched_opportunity_line_gone AFTER DELETE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('opportunity_line', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_response_added;

CREATE TRIGGER touched_response_added AFTER INSERT ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('response', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_response_changed;

CREATE TRIGGER touched_response_changed AFTER UPDATE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('response', OLD.id, 0), ('response', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_response_gone;

CREATE TRIGGER touched_response_gone AFTER DELETE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('response', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_follow_up_added;

CREATE TRIGGER touched_follow_up_added AFTER INSERT ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('follow_up', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_follow_up_changed;

CREATE TRIGGER touched_follow_up_changed AFTER UPDATE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('follow_up', OLD.id, 0), ('follow_up', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_follow_up_gone;

CREATE TRIGGER touched_follow_up_gone AFTER DELETE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('follow_up', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_measure_added;

CREATE TRIGGER touched_measure_added AFTER INSERT ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('measure', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_measure_changed;

CREATE TRIGGER touched_measure_changed AFTER UPDATE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('measure', OLD.id, 0), ('measure', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_measure_gone;

CREATE TRIGGER touched_measure_gone AFTER DELETE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('measure', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_action_added;

CREATE TRIGGER touched_action_added AFTER INSERT ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('action', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_action_changed;

CREATE TRIGGER touched_action_changed AFTER UPDATE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('action', OLD.id, 0), ('action', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_action_gone;

CREATE TRIGGER touched_action_gone AFTER DELETE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('action', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_ticket_added;

CREATE TRIGGER touched_ticket_added AFTER INSERT ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('ticket', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_ticket_changed;

CREATE TRIGGER touched_ticket_changed AFTER UPDATE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('ticket', OLD.id, 0), ('ticket', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_ticket_gone;

CREATE TRIGGER touched_ticket_gone AFTER DELETE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('ticket', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_reading_added;

CREATE TRIGGER touched_reading_added AFTER INSERT ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('reading', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_reading_changed;

CREATE TRIGGER touched_reading_changed AFTER UPDATE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('reading', OLD.id, 0), ('reading', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_reading_gone;

CREATE TRIGGER touched_reading_gone AFTER DELETE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('reading', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_scorecard_added;

CREATE TRIGGER touched_scorecard_added AFTER INSERT ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('scorecard', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_scorecard_changed;

CREATE TRIGGER touched_scorecard_changed AFTER UPDATE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('scorecard', OLD.id, 0), ('scorecard', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_scorecard_gone;

CREATE TRIGGER touched_scorecard_gone AFTER DELETE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('scorecard', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_promise_added;

CREATE TRIGGER touched_promise_added AFTER INSERT ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_promise_changed;

CREATE TRIGGER touched_promise_changed AFTER UPDATE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise', OLD.id, 0), ('promise', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_promise_gone;

CREATE TRIGGER touched_promise_gone AFTER DELETE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_promise_check_added;

CREATE TRIGGER touched_promise_check_added AFTER INSERT ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise_check', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_promise_check_changed;

CREATE TRIGGER touched_promise_check_changed AFTER UPDATE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise_check', OLD.id, 0), ('promise_check', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_promise_check_gone;

CREATE TRIGGER touched_promise_check_gone AFTER DELETE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('promise_check', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_want_added;

CREATE TRIGGER touched_want_added AFTER INSERT ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('want', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_want_changed;

CREATE TRIGGER touched_want_changed AFTER UPDATE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('want', OLD.id, 0), ('want', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_want_gone;

CREATE TRIGGER touched_want_gone AFTER DELETE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('want', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;

DROP TRIGGER touched_conflict_added;

CREATE TRIGGER touched_conflict_added AFTER INSERT ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('conflict', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_conflict_changed;

CREATE TRIGGER touched_conflict_changed AFTER UPDATE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('conflict', OLD.id, 0), ('conflict', NEW.id, 0)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0; END;

DROP TRIGGER touched_conflict_gone;

CREATE TRIGGER touched_conflict_gone AFTER DELETE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone) VALUES ('conflict', OLD.id, 1)
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1; END;
