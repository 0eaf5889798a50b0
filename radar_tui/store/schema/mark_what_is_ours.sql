-- A note, an action or a line may be marked as ours: no customer reads it (NULL: nobody has said, its words decide).
-- A measure says whether its customer may see it.
ALTER TABLE answer ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE finding ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE opportunity ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE opportunity_line ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE action ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE promise_check ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE want ADD COLUMN ours INTEGER CHECK (ours IN (0, 1));

ALTER TABLE measure ADD COLUMN for_customer INTEGER NOT NULL DEFAULT 0 CHECK (for_customer IN (0, 1));

DROP INDEX answer_unreadable;

CREATE INDEX answer_unreadable ON answer(id) WHERE CASE WHEN flagged NOT IN (0, 1) THEN 'flagged' WHEN CASE WHEN answered_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', answered_at, '+0 days') IS NOT answered_at ELSE 1 END THEN 'answered_at' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX finding_unreadable;

CREATE INDEX finding_unreadable ON finding(id) WHERE CASE WHEN verdict NOT IN ('serviceable', 'deteriorating', 'unserviceable', 'not inspected') THEN 'verdict' WHEN measure NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'measure' WHEN CASE WHEN found_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', found_at, '+0 days') IS NOT found_at ELSE 1 END THEN 'found_at' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX opportunity_unreadable;

CREATE INDEX opportunity_unreadable ON opportunity(id) WHERE CASE WHEN kind NOT IN ('replacement', 'spares', 'new stream', 'service') THEN 'kind' WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN stage NOT IN ('idea', 'quoted', 'won', 'lost') THEN 'stage' WHEN probability NOT BETWEEN 0 AND 100 THEN 'probability' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN expected_on IS NOT NULL AND CASE WHEN expected_on BETWEEN '1900' AND '2201' THEN date(expected_on, '+0 days') IS NOT expected_on ELSE 1 END THEN 'expected_on' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX opportunity_line_unreadable;

CREATE INDEX opportunity_line_unreadable ON opportunity_line(id) WHERE CASE WHEN quantity NOT BETWEEN 0 AND 1000000 THEN 'quantity' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN quantity * unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'quantity * unit_price' WHEN decision NOT IN ('to quote', 'agreed', 'declined') THEN 'decision' WHEN needed_by IS NOT NULL AND CASE WHEN needed_by BETWEEN '1900' AND '2201' THEN date(needed_by, '+0 days') IS NOT needed_by ELSE 1 END THEN 'needed_by' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX action_unreadable;

CREATE INDEX action_unreadable ON action(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN due_on IS NOT NULL AND CASE WHEN due_on BETWEEN '1900' AND '2201' THEN date(due_on, '+0 days') IS NOT due_on ELSE 1 END THEN 'due_on' WHEN status NOT IN ('open', 'done', 'dropped') THEN 'status' WHEN expected_gain NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'expected_gain' WHEN done_on IS NOT NULL AND CASE WHEN done_on BETWEEN '1900' AND '2201' THEN date(done_on, '+0 days') IS NOT done_on ELSE 1 END THEN 'done_on' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX promise_check_unreadable;

CREATE INDEX promise_check_unreadable ON promise_check(id) WHERE CASE WHEN kept NOT IN (0, 1) THEN 'kept' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX want_unreadable;

CREATE INDEX want_unreadable ON want(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN decision NOT IN ('open', 'served', 'parked') THEN 'decision' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;

DROP INDEX measure_unreadable;

CREATE INDEX measure_unreadable ON measure(id) WHERE CASE WHEN perspective NOT IN ('financial', 'customer', 'internal', 'learning') THEN 'perspective' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN worst NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'worst' WHEN best NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'best' WHEN target NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'target' WHEN weight NOT BETWEEN 0 AND 1000000000000000 THEN 'weight' WHEN valid_days NOT BETWEEN 1 AND 36500 THEN 'valid_days' WHEN for_customer NOT IN (0, 1) THEN 'for_customer' END IS NOT NULL;
