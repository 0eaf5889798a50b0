-- Which rows the search has to read again. Nothing is noted before somebody has searched for the first time, which
-- reads every row.
CREATE TABLE search_stale (
        tbl TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (tbl, key)) STRICT, WITHOUT ROWID;

CREATE TRIGGER search_customer_added AFTER INSERT ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name <> '' OR NEW.notes <> '' OR NEW.city <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('customer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_customer_changed AFTER UPDATE OF name, notes, city ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name IS NOT OLD.name OR NEW.notes IS NOT OLD.notes OR NEW.city IS NOT OLD.city) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('customer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_customer_gone AFTER DELETE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('customer', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_contact_added AFTER INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name <> '' OR NEW.job_title <> '' OR NEW.function <> '' OR NEW.email <> '' OR NEW.phone <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('contact', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_contact_changed AFTER UPDATE OF name, job_title, function, email, phone ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name IS NOT OLD.name OR NEW.job_title IS NOT OLD.job_title OR NEW.function IS NOT OLD.function OR NEW.email IS NOT OLD.email OR NEW.phone IS NOT OLD.phone) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('contact', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_contact_gone AFTER DELETE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('contact', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_colleague_added AFTER INSERT ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name <> '' OR NEW.function <> '' OR NEW.email <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('colleague', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_colleague_changed AFTER UPDATE OF name, function, email ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name IS NOT OLD.name OR NEW.function IS NOT OLD.function OR NEW.email IS NOT OLD.email) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('colleague', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_colleague_gone AFTER DELETE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('colleague', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_stream_added AFTER INSERT ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name <> '' OR NEW.note <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('stream', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_stream_changed AFTER UPDATE OF name, note ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.name IS NOT OLD.name OR NEW.note IS NOT OLD.note) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('stream', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_stream_gone AFTER DELETE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('stream', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_item_added AFTER INSERT ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.tag <> '' OR NEW.model <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('item', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_item_changed AFTER UPDATE OF tag, model ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.tag IS NOT OLD.tag OR NEW.model IS NOT OLD.model) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('item', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_item_gone AFTER DELETE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('item', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_visit_added AFTER INSERT ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.summary <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('visit', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_visit_changed AFTER UPDATE OF summary ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.summary IS NOT OLD.summary) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('visit', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_visit_gone AFTER DELETE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('visit', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_answer_added AFTER INSERT ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.value <> '' OR NEW.note <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('answer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_answer_changed AFTER UPDATE OF value, note ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.value IS NOT OLD.value OR NEW.note IS NOT OLD.note) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('answer', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_answer_gone AFTER DELETE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('answer', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_finding_added AFTER INSERT ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.note <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('finding', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_finding_changed AFTER UPDATE OF note ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.note IS NOT OLD.note) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('finding', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_finding_gone AFTER DELETE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('finding', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_opportunity_added AFTER INSERT ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('opportunity', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_opportunity_changed AFTER UPDATE OF title ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title IS NOT OLD.title) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('opportunity', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_opportunity_gone AFTER DELETE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('opportunity', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_response_added AFTER INSERT ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.verbatim <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('response', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_response_changed AFTER UPDATE OF verbatim ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.verbatim IS NOT OLD.verbatim) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('response', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_response_gone AFTER DELETE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('response', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_follow_up_added AFTER INSERT ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.cause <> '' OR NEW.outcome <> '' OR NEW.gesture <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('follow_up', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_follow_up_changed AFTER UPDATE OF cause, outcome, gesture ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.cause IS NOT OLD.cause OR NEW.outcome IS NOT OLD.outcome OR NEW.gesture IS NOT OLD.gesture) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('follow_up', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_follow_up_gone AFTER DELETE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('follow_up', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_action_added AFTER INSERT ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('action', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_action_changed AFTER UPDATE OF title ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title IS NOT OLD.title) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('action', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_action_gone AFTER DELETE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('action', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_ticket_added AFTER INSERT ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.reference <> '' OR NEW.subject <> '' OR NEW.comment <> '' OR NEW.outcome <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('ticket', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_ticket_changed AFTER UPDATE OF reference, subject, comment, outcome ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.reference IS NOT OLD.reference OR NEW.subject IS NOT OLD.subject OR NEW.comment IS NOT OLD.comment OR NEW.outcome IS NOT OLD.outcome) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('ticket', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_ticket_gone AFTER DELETE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('ticket', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_added AFTER INSERT ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_changed AFTER UPDATE OF title ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title IS NOT OLD.title) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_gone AFTER DELETE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_check_added AFTER INSERT ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.note <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise_check', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_check_changed AFTER UPDATE OF note ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.note IS NOT OLD.note) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise_check', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_promise_check_gone AFTER DELETE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('promise_check', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_want_added AFTER INSERT ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title <> '' OR NEW.note <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('want', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_want_changed AFTER UPDATE OF title, note ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.title IS NOT OLD.title OR NEW.note IS NOT OLD.note) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('want', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_want_gone AFTER DELETE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('want', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_part_added AFTER INSERT ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.sku <> '' OR NEW.name <> '') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('part', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_part_changed AFTER UPDATE OF sku, name ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') AND (NEW.sku IS NOT OLD.sku OR NEW.name IS NOT OLD.name) BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('part', NEW.id) ON CONFLICT (tbl, key) DO NOTHING; END;

CREATE TRIGGER search_part_gone AFTER DELETE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'search') BEGIN
        INSERT INTO search_stale (tbl, key) VALUES ('part', OLD.id) ON CONFLICT (tbl, key) DO NOTHING; END;
