CREATE INDEX market_unreadable ON market(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' END IS NOT NULL;

CREATE INDEX colleague_unreadable ON colleague(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN direct_contact NOT IN (0, 1) THEN 'direct_contact' WHEN left_on IS NOT NULL AND CASE WHEN left_on BETWEEN '1900' AND '2201' THEN date(left_on, '+0 days') IS NOT left_on ELSE 1 END THEN 'left_on' END IS NOT NULL;

CREATE INDEX customer_unreadable ON customer(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN archived_at IS NOT NULL AND CASE WHEN archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', archived_at, '+0 days') IS NOT archived_at ELSE 1 END THEN 'archived_at' END IS NOT NULL;

CREATE INDEX contact_unreadable ON contact(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN role NOT IN ('decision maker', 'influencer', 'user', 'gatekeeper') THEN 'role' WHEN length(CAST(language AS BLOB)) <> 2 OR language NOT GLOB '[A-Za-z][A-Za-z]' THEN 'language' WHEN left_on IS NOT NULL AND CASE WHEN left_on BETWEEN '1900' AND '2201' THEN date(left_on, '+0 days') IS NOT left_on ELSE 1 END THEN 'left_on' END IS NOT NULL;

CREATE INDEX counterpart_unreadable ON counterpart(id) WHERE CASE WHEN met_on IS NOT NULL AND CASE WHEN met_on BETWEEN '1900' AND '2201' THEN date(met_on, '+0 days') IS NOT met_on ELSE 1 END THEN 'met_on' END IS NOT NULL;

CREATE INDEX benchmark_unreadable ON benchmark(id) WHERE CASE WHEN nps NOT BETWEEN -100 AND 100 THEN 'nps' WHEN trim(source, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'source' WHEN year NOT BETWEEN 1990 AND 2200 THEN 'year' END IS NOT NULL;

CREATE INDEX stream_unreadable ON stream(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN status NOT IN ('running', 'planned', 'stopped') THEN 'status' END IS NOT NULL;

CREATE INDEX item_unreadable ON item(id) WHERE CASE WHEN trim(tag, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'tag' WHEN installed_on IS NOT NULL AND CASE WHEN installed_on BETWEEN '1900' AND '2201' THEN date(installed_on, '+0 days') IS NOT installed_on ELSE 1 END THEN 'installed_on' WHEN refurbished_on IS NOT NULL AND CASE WHEN refurbished_on BETWEEN '1900' AND '2201' THEN date(refurbished_on, '+0 days') IS NOT refurbished_on ELSE 1 END THEN 'refurbished_on' WHEN retired_on IS NOT NULL AND CASE WHEN retired_on BETWEEN '1900' AND '2201' THEN date(retired_on, '+0 days') IS NOT retired_on ELSE 1 END THEN 'retired_on' END IS NOT NULL;

CREATE INDEX part_unreadable ON part(id) WHERE CASE WHEN trim(sku, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'sku' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN kind NOT IN ('replacement', 'spares', 'housing', 'service') THEN 'kind' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN lead_days NOT BETWEEN 0 AND 999 THEN 'lead_days' WHEN archived_at IS NOT NULL AND CASE WHEN archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', archived_at, '+0 days') IS NOT archived_at ELSE 1 END THEN 'archived_at' END IS NOT NULL;

CREATE INDEX visit_unreadable ON visit(id) WHERE CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NOT NULL;

CREATE INDEX answer_unreadable ON answer(id) WHERE CASE WHEN flagged NOT IN (0, 1) THEN 'flagged' WHEN CASE WHEN answered_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', answered_at, '+0 days') IS NOT answered_at ELSE 1 END THEN 'answered_at' END IS NOT NULL;

CREATE INDEX finding_unreadable ON finding(id) WHERE CASE WHEN verdict NOT IN ('serviceable', 'deteriorating', 'unserviceable', 'not inspected') THEN 'verdict' WHEN measure NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'measure' WHEN CASE WHEN found_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', found_at, '+0 days') IS NOT found_at ELSE 1 END THEN 'found_at' END IS NOT NULL;

CREATE INDEX opportunity_unreadable ON opportunity(id) WHERE CASE WHEN kind NOT IN ('replacement', 'spares', 'new stream', 'service') THEN 'kind' WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN stage NOT IN ('idea', 'quoted', 'won', 'lost') THEN 'stage' WHEN probability NOT BETWEEN 0 AND 100 THEN 'probability' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN expected_on IS NOT NULL AND CASE WHEN expected_on BETWEEN '1900' AND '2201' THEN date(expected_on, '+0 days') IS NOT expected_on ELSE 1 END THEN 'expected_on' END IS NOT NULL;

CREATE INDEX opportunity_line_unreadable ON opportunity_line(id) WHERE CASE WHEN quantity NOT BETWEEN 0 AND 1000000 THEN 'quantity' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN quantity * unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'quantity * unit_price' WHEN decision NOT IN ('to quote', 'agreed', 'declined') THEN 'decision' WHEN needed_by IS NOT NULL AND CASE WHEN needed_by BETWEEN '1900' AND '2201' THEN date(needed_by, '+0 days') IS NOT needed_by ELSE 1 END THEN 'needed_by' END IS NOT NULL;

CREATE INDEX response_unreadable ON response(id) WHERE CASE WHEN question NOT IN ('recommend', 'retain') THEN 'question' WHEN score NOT BETWEEN 0 AND 10 THEN 'score' WHEN CASE WHEN asked_on BETWEEN '1900' AND '2201' THEN date(asked_on, '+0 days') IS NOT asked_on ELSE 1 END THEN 'asked_on' WHEN channel NOT IN ('visit', 'phone', 'email', 'survey') THEN 'channel' WHEN voided_at IS NOT NULL AND CASE WHEN voided_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', voided_at, '+0 days') IS NOT voided_at ELSE 1 END THEN 'voided_at' END IS NOT NULL;

CREATE INDEX follow_up_unreadable ON follow_up(id) WHERE CASE WHEN play NOT IN ('recover', 'nudge', 'learn') THEN 'play' WHEN status NOT IN ('open', 'called', 'cause', 'fixed', 'confirmed', 'closed') THEN 'status' WHEN CASE WHEN due_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', due_at, '+0 days') IS NOT due_at ELSE 1 END THEN 'due_at' WHEN closed_at IS NOT NULL AND CASE WHEN closed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', closed_at, '+0 days') IS NOT closed_at ELSE 1 END THEN 'closed_at' END IS NOT NULL;

CREATE INDEX measure_unreadable ON measure(id) WHERE CASE WHEN perspective NOT IN ('financial', 'customer', 'internal', 'learning') THEN 'perspective' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN worst NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'worst' WHEN best NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'best' WHEN target NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'target' WHEN weight NOT BETWEEN 0 AND 1000000000000000 THEN 'weight' WHEN valid_days NOT BETWEEN 1 AND 36500 THEN 'valid_days' END IS NOT NULL;

CREATE INDEX action_unreadable ON action(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN due_on IS NOT NULL AND CASE WHEN due_on BETWEEN '1900' AND '2201' THEN date(due_on, '+0 days') IS NOT due_on ELSE 1 END THEN 'due_on' WHEN status NOT IN ('open', 'done', 'dropped') THEN 'status' WHEN expected_gain NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'expected_gain' WHEN done_on IS NOT NULL AND CASE WHEN done_on BETWEEN '1900' AND '2201' THEN date(done_on, '+0 days') IS NOT done_on ELSE 1 END THEN 'done_on' END IS NOT NULL;

CREATE INDEX ticket_unreadable ON ticket(id) WHERE CASE WHEN kind NOT IN ('ticket', 'service request') THEN 'kind' WHEN priority NOT IN ('low', 'normal', 'high', 'urgent') THEN 'priority' WHEN CASE WHEN opened_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', opened_at, '+0 days') IS NOT opened_at ELSE 1 END THEN 'opened_at' WHEN closed_at IS NOT NULL AND CASE WHEN closed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', closed_at, '+0 days') IS NOT closed_at ELSE 1 END THEN 'closed_at' WHEN satisfied NOT IN (0, 1) THEN 'satisfied' WHEN followed_up_on IS NOT NULL AND CASE WHEN followed_up_on BETWEEN '1900' AND '2201' THEN date(followed_up_on, '+0 days') IS NOT followed_up_on ELSE 1 END THEN 'followed_up_on' WHEN shown_on IS NOT NULL AND CASE WHEN shown_on BETWEEN '1900' AND '2201' THEN date(shown_on, '+0 days') IS NOT shown_on ELSE 1 END THEN 'shown_on' END IS NOT NULL;

CREATE INDEX reading_unreadable ON reading(id) WHERE CASE WHEN CASE WHEN as_of BETWEEN '1900' AND '2201' THEN date(as_of, '+0 days') IS NOT as_of ELSE 1 END THEN 'as_of' WHEN value NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'value' END IS NOT NULL;

CREATE INDEX scorecard_unreadable ON scorecard(id) WHERE CASE WHEN CASE WHEN as_of BETWEEN '1900' AND '2201' THEN date(as_of, '+0 days') IS NOT as_of ELSE 1 END THEN 'as_of' WHEN value NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'value' WHEN coverage NOT BETWEEN 0 AND 1 THEN 'coverage' WHEN financial NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'financial' WHEN customer_view NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'customer_view' WHEN internal NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'internal' WHEN learning NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'learning' END IS NOT NULL;

CREATE INDEX promise_unreadable ON promise(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN CASE WHEN made_on BETWEEN '1900' AND '2201' THEN date(made_on, '+0 days') IS NOT made_on ELSE 1 END THEN 'made_on' WHEN retired_on IS NOT NULL AND CASE WHEN retired_on BETWEEN '1900' AND '2201' THEN date(retired_on, '+0 days') IS NOT retired_on ELSE 1 END THEN 'retired_on' END IS NOT NULL;

CREATE INDEX promise_check_unreadable ON promise_check(id) WHERE CASE WHEN kept NOT IN (0, 1) THEN 'kept' END IS NOT NULL;

CREATE INDEX want_unreadable ON want(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN decision NOT IN ('open', 'served', 'parked') THEN 'decision' END IS NOT NULL;

CREATE INDEX conflict_unreadable ON conflict(id) WHERE CASE WHEN kind NOT IN ('both changed', 'both added', 'deleted there', 'deleted here', 'refused', 'parent gone', 'parent back', 'unreadable') THEN 'kind' WHEN CASE WHEN at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', at, '+0 days') IS NOT at ELSE 1 END THEN 'at' WHEN resolution NOT IN ('kept theirs', 'took mine', 'edited', 'only the time differs') THEN 'resolution' END IS NOT NULL;

DROP TRIGGER customer_due_customer_added;

CREATE TRIGGER customer_due_customer_added AFTER INSERT ON customer BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;

DROP TRIGGER customer_due_customer_changed;

CREATE TRIGGER customer_due_customer_changed
        AFTER UPDATE OF name, status, cadence_days, archived_at, kind, annual_value, currency ON customer BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;

DROP TRIGGER customer_due_customer_gone;

CREATE TRIGGER customer_due_customer_gone AFTER DELETE ON customer BEGIN
        DELETE FROM customer_due WHERE customer_id = OLD.id; END;

DROP TRIGGER customer_due_visit_added;

CREATE TRIGGER customer_due_visit_added AFTER INSERT ON visit
        WHEN NEW.customer_id IS NOT NULL BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;

DROP TRIGGER customer_due_visit_changed;

CREATE TRIGGER customer_due_visit_changed
        AFTER UPDATE OF customer_id, status, planned_on, completed_at, started_at, occasion ON visit
        WHEN NEW.customer_id IS NOT OLD.customer_id OR NEW.status IS NOT OLD.status
            OR NEW.planned_on IS NOT OLD.planned_on OR NEW.completed_at IS NOT OLD.completed_at OR NEW.started_at IS NOT OLD.started_at OR NEW.occasion IS NOT OLD.occasion
        BEGIN 
        DELETE FROM customer_due WHERE customer_id = OLD.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = OLD.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); 
        DELETE FROM customer_due WHERE customer_id = NEW.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;

DROP TRIGGER customer_due_visit_gone;

CREATE TRIGGER customer_due_visit_gone AFTER DELETE ON visit
        WHEN OLD.customer_id IS NOT NULL BEGIN 
        DELETE FROM customer_due WHERE customer_id = OLD.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT date(max(completed_at)) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = OLD.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;

DROP TRIGGER quarter_count_response_added;

CREATE TRIGGER quarter_count_response_added AFTER INSERT ON response
        WHEN NEW.voided_at IS NULL BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT NEW.question, CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, 0, 0, 0 WHERE CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END);
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT 1 AS n, NEW.score AS score WHERE NEW.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score))
            UNION ALL SELECT -1, score FROM (SELECT o.score FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score)))) d
            WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END;
            DELETE FROM quarter_count WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;

DROP TRIGGER quarter_count_response_changed;

CREATE TRIGGER quarter_count_response_changed
        AFTER UPDATE OF contact_id, question, score, asked_on, voided_at ON response
        WHEN NEW.contact_id <> OLD.contact_id OR NEW.question <> OLD.question OR NEW.score <> OLD.score
            OR NEW.asked_on <> OLD.asked_on OR NEW.voided_at IS NOT OLD.voided_at
        BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT OLD.question, CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, 0, 0, 0 WHERE CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END);
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT -1 AS n, OLD.score AS score WHERE OLD.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score))
            UNION ALL SELECT 1, score FROM (SELECT o.score FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score)))) d
            WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END;
            DELETE FROM quarter_count WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END
                AND promoters = 0 AND passives = 0 AND detractors = 0; 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT NEW.question, CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, 0, 0, 0 WHERE CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END);
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT 1 AS n, NEW.score AS score WHERE NEW.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score))
            UNION ALL SELECT -1, score FROM (SELECT o.score FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score)))) d
            WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END;
            DELETE FROM quarter_count WHERE question = NEW.question AND quarter = CASE WHEN NEW.asked_on BETWEEN '1900' AND '2201' AND date(NEW.asked_on, '+0 days') IS NEW.asked_on THEN date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') END
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;

DROP TRIGGER quarter_count_response_gone;

CREATE TRIGGER quarter_count_response_gone AFTER DELETE ON response
        WHEN OLD.voided_at IS NULL BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT OLD.question, CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, 0, 0, 0 WHERE CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END);
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT -1 AS n, OLD.score AS score WHERE OLD.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score))
            UNION ALL SELECT 1, score FROM (SELECT o.score FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END, '+3 months') AND date(o.asked_on, '+0 days') IS o.asked_on AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score)))) d
            WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END;
            DELETE FROM quarter_count WHERE question = OLD.question AND quarter = CASE WHEN OLD.asked_on BETWEEN '1900' AND '2201' AND date(OLD.asked_on, '+0 days') IS OLD.asked_on THEN date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') END
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;
