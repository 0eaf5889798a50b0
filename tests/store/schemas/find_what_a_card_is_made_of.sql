CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE market (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL) STRICT;
CREATE TABLE colleague (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, function TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
        direct_contact INTEGER NOT NULL DEFAULT 0 CHECK (direct_contact IN (0, 1)), left_on TEXT) STRICT;
CREATE TABLE customer (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL,
        kind TEXT NOT NULL DEFAULT 'product' CHECK (kind IN ('product', 'service', 'both')),
        status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('prospect', 'active', 'former')),
        market_id TEXT REFERENCES market(id), owner_id TEXT REFERENCES colleague(id),
        cadence_days INTEGER NOT NULL DEFAULT 90 CHECK (cadence_days BETWEEN 1 AND 999),
        annual_value INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'EUR',
        city TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '', archived_at TEXT) STRICT;
CREATE INDEX customer_market ON customer(market_id);
CREATE INDEX customer_owner ON customer(owner_id);
CREATE TABLE contact (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id), name TEXT NOT NULL,
        job_title TEXT NOT NULL DEFAULT '', function TEXT NOT NULL DEFAULT '',
        role TEXT NOT NULL DEFAULT 'user'
            CHECK (role IN ('decision maker', 'influencer', 'user', 'gatekeeper')),
        email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
        language TEXT NOT NULL DEFAULT 'en', left_on TEXT) STRICT;
CREATE INDEX contact_customer ON contact(customer_id);
CREATE TABLE counterpart (
        id TEXT PRIMARY KEY NOT NULL, contact_id TEXT NOT NULL REFERENCES contact(id),
        colleague_id TEXT NOT NULL REFERENCES colleague(id), met_on TEXT) STRICT;
CREATE INDEX counterpart_contact ON counterpart(contact_id);
CREATE INDEX counterpart_colleague ON counterpart(colleague_id);
CREATE TABLE benchmark (
        id TEXT PRIMARY KEY NOT NULL, market_id TEXT NOT NULL REFERENCES market(id),
        nps REAL NOT NULL CHECK (nps BETWEEN -100 AND 100), source TEXT NOT NULL, year INTEGER NOT NULL,
        region TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX benchmark_market ON benchmark(market_id);
CREATE TABLE stream (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id), name TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'planned', 'stopped')),
        note TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX stream_customer ON stream(customer_id);
CREATE TABLE item (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id),
        stream_id TEXT REFERENCES stream(id), tag TEXT NOT NULL, model TEXT NOT NULL DEFAULT '',
        installed_on TEXT, refurbished_on TEXT, retired_on TEXT) STRICT;
CREATE INDEX item_customer ON item(customer_id, tag);
CREATE INDEX item_stream ON item(stream_id);
CREATE TABLE part (
        id TEXT PRIMARY KEY NOT NULL, sku TEXT NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL DEFAULT 'replacement'
            CHECK (kind IN ('replacement', 'spares', 'housing', 'service')),
        unit_price INTEGER NOT NULL DEFAULT 0, currency TEXT NOT NULL DEFAULT 'EUR',
        lead_days INTEGER NOT NULL DEFAULT 0, archived_at TEXT, translations TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX part_model ON part(model, kind);
CREATE INDEX part_sku ON part(sku);
CREATE TABLE checklist (
        id TEXT PRIMARY KEY NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL,
        definition TEXT NOT NULL) STRICT;
CREATE TABLE visit (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT REFERENCES customer(id),
        occasion TEXT NOT NULL DEFAULT 'customer visit'
            CHECK (occasion IN ('customer visit', 'self-check', 'observation day')),
        checklist_id TEXT NOT NULL REFERENCES checklist(id),
        status TEXT NOT NULL DEFAULT 'planned'
            CHECK (status IN ('planned', 'in progress', 'completed', 'missed', 'cancelled')),
        planned_on TEXT, started_at TEXT, completed_at TEXT, brm_id TEXT REFERENCES colleague(id),
        current_step TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT '', completed_on TEXT,
        CHECK (status <> 'completed' OR completed_at IS NOT NULL)) STRICT;
CREATE INDEX visit_customer ON visit(customer_id, status, completed_at);
CREATE INDEX visit_checklist ON visit(checklist_id);
CREATE INDEX visit_brm ON visit(brm_id);
CREATE INDEX visit_status ON visit(status, planned_on);
CREATE TABLE attendee (
        id TEXT PRIMARY KEY NOT NULL, visit_id TEXT NOT NULL REFERENCES visit(id),
        contact_id TEXT NOT NULL REFERENCES contact(id)) STRICT;
CREATE INDEX attendee_visit ON attendee(visit_id);
CREATE INDEX attendee_contact ON attendee(contact_id);
CREATE TABLE answer (
        id TEXT PRIMARY KEY NOT NULL, visit_id TEXT NOT NULL REFERENCES visit(id), question TEXT NOT NULL,
        subject_id TEXT, value TEXT, note TEXT NOT NULL DEFAULT '',
        flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1)), answered_at TEXT NOT NULL, ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX answer_visit ON answer(visit_id, question);
CREATE TABLE finding (
        id TEXT PRIMARY KEY NOT NULL, visit_id TEXT NOT NULL REFERENCES visit(id),
        item_id TEXT NOT NULL REFERENCES item(id),
        verdict TEXT NOT NULL
            CHECK (verdict IN ('serviceable', 'deteriorating', 'unserviceable', 'not inspected')),
        measure REAL, note TEXT NOT NULL DEFAULT '', found_at TEXT NOT NULL, ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX finding_visit ON finding(visit_id);
CREATE TABLE opportunity (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id),
        visit_id TEXT REFERENCES visit(id),
        kind TEXT NOT NULL CHECK (kind IN ('replacement', 'spares', 'new stream', 'service')),
        title TEXT NOT NULL,
        stage TEXT NOT NULL DEFAULT 'idea' CHECK (stage IN ('idea', 'quoted', 'won', 'lost')),
        probability INTEGER NOT NULL DEFAULT 50 CHECK (probability BETWEEN 0 AND 100),
        currency TEXT NOT NULL DEFAULT 'EUR', expected_on TEXT,
        stream_id TEXT REFERENCES stream(id), ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX opportunity_customer ON opportunity(customer_id, stage);
CREATE INDEX opportunity_visit ON opportunity(visit_id);
CREATE INDEX opportunity_stream ON opportunity(stream_id);
CREATE TABLE opportunity_line (
        id TEXT PRIMARY KEY NOT NULL, opportunity_id TEXT NOT NULL REFERENCES opportunity(id),
        part_id TEXT REFERENCES part(id), item_id TEXT REFERENCES item(id),
        description TEXT NOT NULL DEFAULT '', quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity >= 0),
        unit_price INTEGER NOT NULL DEFAULT 0,
        decision TEXT NOT NULL DEFAULT 'to quote' CHECK (decision IN ('to quote', 'agreed', 'declined')),
        needed_by TEXT, ours INTEGER CHECK (ours IN (0, 1)), decided_on TEXT) STRICT;
CREATE INDEX opportunity_line_opportunity ON opportunity_line(opportunity_id);
CREATE INDEX opportunity_line_part ON opportunity_line(part_id);
CREATE INDEX opportunity_line_item ON opportunity_line(item_id);
CREATE TABLE response (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id),
        contact_id TEXT NOT NULL REFERENCES contact(id), visit_id TEXT REFERENCES visit(id),
        question TEXT NOT NULL CHECK (question IN ('recommend', 'retain')),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10), verbatim TEXT NOT NULL DEFAULT '',
        asked_on TEXT NOT NULL,
        channel TEXT NOT NULL DEFAULT 'visit' CHECK (channel IN ('visit', 'phone', 'email', 'survey')),
        voided_at TEXT, void_reason TEXT NOT NULL DEFAULT '', asked TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX response_customer
        ON response(customer_id, question, asked_on, contact_id, score) WHERE voided_at IS NULL;
CREATE INDEX response_day
        ON response(question, asked_on, contact_id, score) WHERE voided_at IS NULL;
CREATE INDEX response_visit ON response(visit_id);
CREATE TABLE follow_up (
        id TEXT PRIMARY KEY NOT NULL, response_id TEXT NOT NULL REFERENCES response(id),
        play TEXT NOT NULL CHECK (play IN ('recover', 'nudge', 'learn')),
        status TEXT NOT NULL DEFAULT 'open'
            CHECK (status IN ('open', 'called', 'cause', 'fixed', 'confirmed', 'closed')),
        owner_id TEXT REFERENCES colleague(id), due_at TEXT NOT NULL, cause TEXT NOT NULL DEFAULT '',
        outcome TEXT NOT NULL DEFAULT '', gesture TEXT NOT NULL DEFAULT '', closed_at TEXT) STRICT;
CREATE INDEX follow_up_response ON follow_up(response_id, status);
CREATE INDEX follow_up_due ON follow_up(due_at) WHERE status <> 'closed';
CREATE INDEX follow_up_owner ON follow_up(owner_id);
CREATE TABLE measure (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id),
        perspective TEXT NOT NULL CHECK (perspective IN ('financial', 'customer', 'internal', 'learning')),
        name TEXT NOT NULL, unit TEXT NOT NULL DEFAULT '', worst REAL NOT NULL, best REAL NOT NULL,
        target REAL, weight REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
        valid_days INTEGER NOT NULL DEFAULT 365 CHECK (valid_days >= 1), translations TEXT NOT NULL DEFAULT '', for_customer INTEGER NOT NULL DEFAULT 0 CHECK (for_customer IN (0, 1))) STRICT;
CREATE INDEX measure_customer ON measure(customer_id);
CREATE TABLE action (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT REFERENCES customer(id),
        visit_id TEXT REFERENCES visit(id), title TEXT NOT NULL, owner_id TEXT REFERENCES colleague(id),
        due_on TEXT,
        status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
        measure_id TEXT REFERENCES measure(id), expected_gain REAL, done_on TEXT, translations TEXT NOT NULL DEFAULT '', ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX action_customer ON action(customer_id, status, due_on);
CREATE INDEX action_visit ON action(visit_id);
CREATE INDEX action_owner ON action(owner_id, status, due_on);
CREATE INDEX action_measure ON action(measure_id);
CREATE TABLE ticket (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id),
        reference TEXT NOT NULL DEFAULT '',
        kind TEXT NOT NULL DEFAULT 'ticket' CHECK (kind IN ('ticket', 'service request')),
        category TEXT NOT NULL DEFAULT '',
        priority TEXT NOT NULL DEFAULT 'normal' CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
        subject TEXT NOT NULL DEFAULT '', opened_at TEXT NOT NULL, closed_at TEXT,
        satisfied INTEGER CHECK (satisfied IN (0, 1)), comment TEXT NOT NULL DEFAULT '',
        followed_up_by TEXT REFERENCES colleague(id), followed_up_on TEXT, outcome TEXT NOT NULL DEFAULT '',
        shown_on TEXT) STRICT;
CREATE INDEX ticket_customer ON ticket(customer_id, opened_at);
CREATE INDEX ticket_unhappy ON ticket(customer_id, closed_at, shown_on) WHERE satisfied = 0;
CREATE INDEX ticket_reference ON ticket(reference);
CREATE INDEX ticket_colleague ON ticket(followed_up_by);
CREATE TABLE reading (
        id TEXT PRIMARY KEY NOT NULL, measure_id TEXT NOT NULL REFERENCES measure(id), as_of TEXT NOT NULL,
        value REAL NOT NULL) STRICT;
CREATE TABLE scorecard (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT NOT NULL REFERENCES customer(id), as_of TEXT NOT NULL,
        value REAL, coverage REAL NOT NULL DEFAULT 0, financial REAL, customer_view REAL, internal REAL,
        learning REAL) STRICT;
CREATE INDEX scorecard_customer ON scorecard(customer_id, as_of, value);
CREATE TABLE promise (
        id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, made_on TEXT NOT NULL, retired_on TEXT, translations TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE promise_check (
        id TEXT PRIMARY KEY NOT NULL, promise_id TEXT NOT NULL REFERENCES promise(id),
        visit_id TEXT NOT NULL REFERENCES visit(id), kept INTEGER CHECK (kept IN (0, 1)),
        note TEXT NOT NULL DEFAULT '', ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX promise_check_promise ON promise_check(promise_id);
CREATE INDEX promise_check_visit ON promise_check(visit_id);
CREATE TABLE want (
        id TEXT PRIMARY KEY NOT NULL, customer_id TEXT REFERENCES customer(id),
        visit_id TEXT REFERENCES visit(id), title TEXT NOT NULL, promise_id TEXT REFERENCES promise(id),
        decision TEXT NOT NULL DEFAULT 'open' CHECK (decision IN ('open', 'served', 'parked')),
        note TEXT NOT NULL DEFAULT '', ours INTEGER CHECK (ours IN (0, 1))) STRICT;
CREATE INDEX want_customer ON want(customer_id);
CREATE INDEX want_visit ON want(visit_id);
CREATE INDEX want_promise ON want(promise_id);
CREATE TABLE conflict (
        id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, tbl TEXT NOT NULL, key TEXT NOT NULL, col TEXT,
        base TEXT, kept TEXT, mine TEXT, device TEXT, author TEXT, entry INTEGER, at TEXT NOT NULL,
        resolution TEXT, member TEXT, kept_by TEXT, decided TEXT) STRICT;
CREATE TABLE local (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE touched (
        tbl TEXT NOT NULL, key TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 0, edited_at REAL NOT NULL DEFAULT 0, PRIMARY KEY (tbl, key)) STRICT, WITHOUT ROWID;
CREATE TABLE customer_due (
        customer_id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, last_seen TEXT, planned_on TEXT,
        due_on TEXT, cadence_days INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX customer_due_order
        ON customer_due(due_on, name, customer_id, last_seen, planned_on, cadence_days);
CREATE INDEX response_contact
        ON response(contact_id, question, asked_on DESC, score) WHERE voided_at IS NULL;
CREATE TABLE quarter_count (
        question TEXT NOT NULL, quarter TEXT NOT NULL, promoters INTEGER NOT NULL, passives INTEGER NOT NULL,
        detractors INTEGER NOT NULL, PRIMARY KEY (question, quarter)) STRICT, WITHOUT ROWID;
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
CREATE INDEX market_unreadable ON market(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' END IS NOT NULL;
CREATE INDEX colleague_unreadable ON colleague(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN direct_contact NOT IN (0, 1) THEN 'direct_contact' WHEN left_on IS NOT NULL AND CASE WHEN left_on BETWEEN '1900' AND '2201' THEN date(left_on, '+0 days') IS NOT left_on ELSE 1 END THEN 'left_on' END IS NOT NULL;
CREATE INDEX customer_unreadable ON customer(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN archived_at IS NOT NULL AND CASE WHEN archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', archived_at, '+0 days') IS NOT archived_at ELSE 1 END THEN 'archived_at' END IS NOT NULL;
CREATE INDEX contact_unreadable ON contact(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN role NOT IN ('decision maker', 'influencer', 'user', 'gatekeeper') THEN 'role' WHEN length(CAST(language AS BLOB)) <> 2 OR language NOT GLOB '[A-Za-z][A-Za-z]' THEN 'language' WHEN left_on IS NOT NULL AND CASE WHEN left_on BETWEEN '1900' AND '2201' THEN date(left_on, '+0 days') IS NOT left_on ELSE 1 END THEN 'left_on' END IS NOT NULL;
CREATE INDEX counterpart_unreadable ON counterpart(id) WHERE CASE WHEN met_on IS NOT NULL AND CASE WHEN met_on BETWEEN '1900' AND '2201' THEN date(met_on, '+0 days') IS NOT met_on ELSE 1 END THEN 'met_on' END IS NOT NULL;
CREATE INDEX benchmark_unreadable ON benchmark(id) WHERE CASE WHEN nps NOT BETWEEN -100 AND 100 THEN 'nps' WHEN trim(source, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'source' WHEN year NOT BETWEEN 1990 AND 2200 THEN 'year' END IS NOT NULL;
CREATE INDEX stream_unreadable ON stream(id) WHERE CASE WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN status NOT IN ('running', 'planned', 'stopped') THEN 'status' END IS NOT NULL;
CREATE INDEX item_unreadable ON item(id) WHERE CASE WHEN trim(tag, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'tag' WHEN installed_on IS NOT NULL AND CASE WHEN installed_on BETWEEN '1900' AND '2201' THEN date(installed_on, '+0 days') IS NOT installed_on ELSE 1 END THEN 'installed_on' WHEN refurbished_on IS NOT NULL AND CASE WHEN refurbished_on BETWEEN '1900' AND '2201' THEN date(refurbished_on, '+0 days') IS NOT refurbished_on ELSE 1 END THEN 'refurbished_on' WHEN retired_on IS NOT NULL AND CASE WHEN retired_on BETWEEN '1900' AND '2201' THEN date(retired_on, '+0 days') IS NOT retired_on ELSE 1 END THEN 'retired_on' END IS NOT NULL;
CREATE INDEX part_unreadable ON part(id) WHERE CASE WHEN trim(sku, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'sku' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN kind NOT IN ('replacement', 'spares', 'housing', 'service') THEN 'kind' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN lead_days NOT BETWEEN 0 AND 999 THEN 'lead_days' WHEN archived_at IS NOT NULL AND CASE WHEN archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', archived_at, '+0 days') IS NOT archived_at ELSE 1 END THEN 'archived_at' END IS NOT NULL;
CREATE INDEX response_unreadable ON response(id) WHERE CASE WHEN question NOT IN ('recommend', 'retain') THEN 'question' WHEN score NOT BETWEEN 0 AND 10 THEN 'score' WHEN CASE WHEN asked_on BETWEEN '1900' AND '2201' THEN date(asked_on, '+0 days') IS NOT asked_on ELSE 1 END THEN 'asked_on' WHEN channel NOT IN ('visit', 'phone', 'email', 'survey') THEN 'channel' WHEN voided_at IS NOT NULL AND CASE WHEN voided_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', voided_at, '+0 days') IS NOT voided_at ELSE 1 END THEN 'voided_at' END IS NOT NULL;
CREATE INDEX follow_up_unreadable ON follow_up(id) WHERE CASE WHEN play NOT IN ('recover', 'nudge', 'learn') THEN 'play' WHEN status NOT IN ('open', 'called', 'cause', 'fixed', 'confirmed', 'closed') THEN 'status' WHEN CASE WHEN due_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', due_at, '+0 days') IS NOT due_at ELSE 1 END THEN 'due_at' WHEN closed_at IS NOT NULL AND CASE WHEN closed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', closed_at, '+0 days') IS NOT closed_at ELSE 1 END THEN 'closed_at' END IS NOT NULL;
CREATE INDEX ticket_unreadable ON ticket(id) WHERE CASE WHEN kind NOT IN ('ticket', 'service request') THEN 'kind' WHEN priority NOT IN ('low', 'normal', 'high', 'urgent') THEN 'priority' WHEN CASE WHEN opened_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', opened_at, '+0 days') IS NOT opened_at ELSE 1 END THEN 'opened_at' WHEN closed_at IS NOT NULL AND CASE WHEN closed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', closed_at, '+0 days') IS NOT closed_at ELSE 1 END THEN 'closed_at' WHEN satisfied NOT IN (0, 1) THEN 'satisfied' WHEN followed_up_on IS NOT NULL AND CASE WHEN followed_up_on BETWEEN '1900' AND '2201' THEN date(followed_up_on, '+0 days') IS NOT followed_up_on ELSE 1 END THEN 'followed_up_on' WHEN shown_on IS NOT NULL AND CASE WHEN shown_on BETWEEN '1900' AND '2201' THEN date(shown_on, '+0 days') IS NOT shown_on ELSE 1 END THEN 'shown_on' END IS NOT NULL;
CREATE INDEX reading_unreadable ON reading(id) WHERE CASE WHEN CASE WHEN as_of BETWEEN '1900' AND '2201' THEN date(as_of, '+0 days') IS NOT as_of ELSE 1 END THEN 'as_of' WHEN value NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'value' END IS NOT NULL;
CREATE INDEX scorecard_unreadable ON scorecard(id) WHERE CASE WHEN CASE WHEN as_of BETWEEN '1900' AND '2201' THEN date(as_of, '+0 days') IS NOT as_of ELSE 1 END THEN 'as_of' WHEN value NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'value' WHEN coverage NOT BETWEEN 0 AND 1 THEN 'coverage' WHEN financial NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'financial' WHEN customer_view NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'customer_view' WHEN internal NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'internal' WHEN learning NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'learning' END IS NOT NULL;
CREATE INDEX promise_unreadable ON promise(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN CASE WHEN made_on BETWEEN '1900' AND '2201' THEN date(made_on, '+0 days') IS NOT made_on ELSE 1 END THEN 'made_on' WHEN retired_on IS NOT NULL AND CASE WHEN retired_on BETWEEN '1900' AND '2201' THEN date(retired_on, '+0 days') IS NOT retired_on ELSE 1 END THEN 'retired_on' END IS NOT NULL;
CREATE INDEX conflict_unreadable ON conflict(id) WHERE CASE WHEN kind NOT IN ('both changed', 'both added', 'deleted there', 'deleted here', 'refused', 'parent gone', 'parent back', 'unreadable') THEN 'kind' WHEN CASE WHEN at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', at, '+0 days') IS NOT at ELSE 1 END THEN 'at' WHEN resolution NOT IN ('kept theirs', 'took mine', 'edited', 'only the time differs') THEN 'resolution' END IS NOT NULL;
CREATE TRIGGER customer_due_customer_gone AFTER DELETE ON customer BEGIN
        DELETE FROM customer_due WHERE customer_id = OLD.id; END;
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
CREATE INDEX visit_unreadable ON visit(id) WHERE CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NOT NULL;
CREATE TRIGGER customer_due_customer_added AFTER INSERT ON customer BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;
CREATE TRIGGER customer_due_customer_changed
        AFTER UPDATE OF name, status, cadence_days, archived_at, kind, annual_value, currency ON customer BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;
CREATE TRIGGER customer_due_visit_added AFTER INSERT ON visit
        WHEN NEW.customer_id IS NOT NULL BEGIN 
        DELETE FROM customer_due WHERE customer_id = NEW.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;
CREATE TRIGGER customer_due_visit_changed
        AFTER UPDATE OF customer_id, status, planned_on, completed_at, completed_on, started_at, occasion ON visit
        WHEN NEW.customer_id IS NOT OLD.customer_id OR NEW.status IS NOT OLD.status
            OR NEW.planned_on IS NOT OLD.planned_on OR NEW.completed_at IS NOT OLD.completed_at
            OR NEW.completed_on IS NOT OLD.completed_on OR NEW.started_at IS NOT OLD.started_at OR NEW.occasion IS NOT OLD.occasion
        BEGIN 
        DELETE FROM customer_due WHERE customer_id = OLD.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = OLD.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); 
        DELETE FROM customer_due WHERE customer_id = NEW.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = NEW.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;
CREATE TRIGGER customer_due_visit_gone AFTER DELETE ON visit
        WHEN OLD.customer_id IS NOT NULL BEGIN 
        DELETE FROM customer_due WHERE customer_id = OLD.customer_id;
        INSERT INTO customer_due (customer_id, name, last_seen, planned_on, due_on, cadence_days)
        SELECT id, name, last_seen, planned_on, date(last_seen, '+' || cadence_days || ' days'), cadence_days
        FROM (SELECT c.id, c.name, c.cadence_days,
            (SELECT max(coalesce(completed_on, date(completed_at, 'localtime'))) FROM visit
                WHERE customer_id = c.id AND status = 'completed' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS last_seen,
            (SELECT min(+planned_on) FROM visit
                WHERE customer_id = c.id AND status = 'planned' AND CASE WHEN occasion NOT IN ('customer visit', 'self-check', 'observation day') THEN 'occasion' WHEN status NOT IN ('planned', 'in progress', 'completed', 'missed', 'cancelled') THEN 'status' WHEN planned_on IS NOT NULL AND CASE WHEN planned_on BETWEEN '1900' AND '2201' THEN date(planned_on, '+0 days') IS NOT planned_on ELSE 1 END THEN 'planned_on' WHEN started_at IS NOT NULL AND CASE WHEN started_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', started_at, '+0 days') IS NOT started_at ELSE 1 END THEN 'started_at' WHEN completed_at IS NOT NULL AND CASE WHEN completed_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', completed_at, '+0 days') IS NOT completed_at ELSE 1 END THEN 'completed_at' WHEN completed_on IS NOT NULL AND CASE WHEN completed_on BETWEEN '1900' AND '2201' THEN date(completed_on, '+0 days') IS NOT completed_on ELSE 1 END THEN 'completed_on' END IS NULL) AS planned_on
            FROM customer c
            WHERE c.id = OLD.customer_id AND c.archived_at IS NULL AND c.status <> 'former' AND CASE WHEN trim(c.name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN c.kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN c.status NOT IN ('prospect', 'active', 'former') THEN 'status' WHEN c.cadence_days NOT BETWEEN 1 AND 999 THEN 'cadence_days' WHEN c.annual_value NOT BETWEEN 0 AND 1000000000000000 THEN 'annual_value' WHEN length(CAST(c.currency AS BLOB)) <> 3 OR c.currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN c.archived_at IS NOT NULL AND CASE WHEN c.archived_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', c.archived_at, '+0 days') IS NOT c.archived_at ELSE 1 END THEN 'archived_at' END IS NULL); END;
CREATE INDEX visit_without_day ON visit(customer_id) WHERE status = 'completed' AND completed_on IS NULL;
CREATE INDEX customer_due_seen ON customer_due(last_seen);
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
CREATE TRIGGER touched_market_added AFTER INSERT ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_market_changed AFTER UPDATE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', OLD.id, 0, julianday('now')), ('market', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_market_gone AFTER DELETE ON market
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('market', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_colleague_added AFTER INSERT ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_colleague_changed AFTER UPDATE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', OLD.id, 0, julianday('now')), ('colleague', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_colleague_gone AFTER DELETE ON colleague
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('colleague', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_customer_added AFTER INSERT ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_customer_changed AFTER UPDATE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', OLD.id, 0, julianday('now')), ('customer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_customer_gone AFTER DELETE ON customer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('customer', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_contact_added AFTER INSERT ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_contact_changed AFTER UPDATE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', OLD.id, 0, julianday('now')), ('contact', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_contact_gone AFTER DELETE ON contact
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('contact', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_counterpart_added AFTER INSERT ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_counterpart_changed AFTER UPDATE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', OLD.id, 0, julianday('now')), ('counterpart', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_counterpart_gone AFTER DELETE ON counterpart
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('counterpart', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_benchmark_added AFTER INSERT ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_benchmark_changed AFTER UPDATE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', OLD.id, 0, julianday('now')), ('benchmark', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_benchmark_gone AFTER DELETE ON benchmark
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('benchmark', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_stream_added AFTER INSERT ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_stream_changed AFTER UPDATE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', OLD.id, 0, julianday('now')), ('stream', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_stream_gone AFTER DELETE ON stream
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('stream', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_item_added AFTER INSERT ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_item_changed AFTER UPDATE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', OLD.id, 0, julianday('now')), ('item', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_item_gone AFTER DELETE ON item
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('item', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_part_added AFTER INSERT ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_part_changed AFTER UPDATE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', OLD.id, 0, julianday('now')), ('part', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_part_gone AFTER DELETE ON part
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('part', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_checklist_added AFTER INSERT ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_checklist_changed AFTER UPDATE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', OLD.id, 0, julianday('now')), ('checklist', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_checklist_gone AFTER DELETE ON checklist
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('checklist', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_visit_added AFTER INSERT ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_visit_changed AFTER UPDATE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', OLD.id, 0, julianday('now')), ('visit', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_visit_gone AFTER DELETE ON visit
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('visit', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_attendee_added AFTER INSERT ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_attendee_changed AFTER UPDATE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', OLD.id, 0, julianday('now')), ('attendee', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_attendee_gone AFTER DELETE ON attendee
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('attendee', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_answer_added AFTER INSERT ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_answer_changed AFTER UPDATE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', OLD.id, 0, julianday('now')), ('answer', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_answer_gone AFTER DELETE ON answer
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('answer', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_finding_added AFTER INSERT ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_finding_changed AFTER UPDATE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', OLD.id, 0, julianday('now')), ('finding', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_finding_gone AFTER DELETE ON finding
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('finding', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_added AFTER INSERT ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_changed AFTER UPDATE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', OLD.id, 0, julianday('now')), ('opportunity', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_gone AFTER DELETE ON opportunity
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_line_added AFTER INSERT ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_line_changed AFTER UPDATE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', OLD.id, 0, julianday('now')), ('opportunity_line', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_opportunity_line_gone AFTER DELETE ON opportunity_line
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('opportunity_line', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_response_added AFTER INSERT ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_response_changed AFTER UPDATE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', OLD.id, 0, julianday('now')), ('response', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_response_gone AFTER DELETE ON response
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('response', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_follow_up_added AFTER INSERT ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_follow_up_changed AFTER UPDATE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', OLD.id, 0, julianday('now')), ('follow_up', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_follow_up_gone AFTER DELETE ON follow_up
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('follow_up', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_measure_added AFTER INSERT ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_measure_changed AFTER UPDATE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', OLD.id, 0, julianday('now')), ('measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_measure_gone AFTER DELETE ON measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('measure', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_action_added AFTER INSERT ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_action_changed AFTER UPDATE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', OLD.id, 0, julianday('now')), ('action', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_action_gone AFTER DELETE ON action
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('action', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_ticket_added AFTER INSERT ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_ticket_changed AFTER UPDATE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', OLD.id, 0, julianday('now')), ('ticket', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_ticket_gone AFTER DELETE ON ticket
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('ticket', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_reading_added AFTER INSERT ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_reading_changed AFTER UPDATE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', OLD.id, 0, julianday('now')), ('reading', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_reading_gone AFTER DELETE ON reading
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('reading', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_scorecard_added AFTER INSERT ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_scorecard_changed AFTER UPDATE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', OLD.id, 0, julianday('now')), ('scorecard', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_scorecard_gone AFTER DELETE ON scorecard
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('scorecard', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_added AFTER INSERT ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_changed AFTER UPDATE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', OLD.id, 0, julianday('now')), ('promise', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_gone AFTER DELETE ON promise
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_check_added AFTER INSERT ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_check_changed AFTER UPDATE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', OLD.id, 0, julianday('now')), ('promise_check', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_promise_check_gone AFTER DELETE ON promise_check
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('promise_check', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_want_added AFTER INSERT ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_want_changed AFTER UPDATE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', OLD.id, 0, julianday('now')), ('want', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_want_gone AFTER DELETE ON want
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('want', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_conflict_added AFTER INSERT ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_conflict_changed AFTER UPDATE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', OLD.id, 0, julianday('now')), ('conflict', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_conflict_gone AFTER DELETE ON conflict
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('conflict', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE INDEX answer_unreadable ON answer(id) WHERE CASE WHEN flagged NOT IN (0, 1) THEN 'flagged' WHEN CASE WHEN answered_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', answered_at, '+0 days') IS NOT answered_at ELSE 1 END THEN 'answered_at' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX finding_unreadable ON finding(id) WHERE CASE WHEN verdict NOT IN ('serviceable', 'deteriorating', 'unserviceable', 'not inspected') THEN 'verdict' WHEN measure NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'measure' WHEN CASE WHEN found_at BETWEEN '1900' AND '2201' THEN strftime('%Y-%m-%dT%H:%M:%fZ', found_at, '+0 days') IS NOT found_at ELSE 1 END THEN 'found_at' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX opportunity_unreadable ON opportunity(id) WHERE CASE WHEN kind NOT IN ('replacement', 'spares', 'new stream', 'service') THEN 'kind' WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN stage NOT IN ('idea', 'quoted', 'won', 'lost') THEN 'stage' WHEN probability NOT BETWEEN 0 AND 100 THEN 'probability' WHEN length(CAST(currency AS BLOB)) <> 3 OR currency NOT GLOB '[A-Za-z][A-Za-z][A-Za-z]' THEN 'currency' WHEN expected_on IS NOT NULL AND CASE WHEN expected_on BETWEEN '1900' AND '2201' THEN date(expected_on, '+0 days') IS NOT expected_on ELSE 1 END THEN 'expected_on' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX action_unreadable ON action(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN due_on IS NOT NULL AND CASE WHEN due_on BETWEEN '1900' AND '2201' THEN date(due_on, '+0 days') IS NOT due_on ELSE 1 END THEN 'due_on' WHEN status NOT IN ('open', 'done', 'dropped') THEN 'status' WHEN expected_gain NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'expected_gain' WHEN done_on IS NOT NULL AND CASE WHEN done_on BETWEEN '1900' AND '2201' THEN date(done_on, '+0 days') IS NOT done_on ELSE 1 END THEN 'done_on' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX promise_check_unreadable ON promise_check(id) WHERE CASE WHEN kept NOT IN (0, 1) THEN 'kept' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX want_unreadable ON want(id) WHERE CASE WHEN trim(title, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'title' WHEN decision NOT IN ('open', 'served', 'parked') THEN 'decision' WHEN ours NOT IN (0, 1) THEN 'ours' END IS NOT NULL;
CREATE INDEX measure_unreadable ON measure(id) WHERE CASE WHEN perspective NOT IN ('financial', 'customer', 'internal', 'learning') THEN 'perspective' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN worst NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'worst' WHEN best NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'best' WHEN target NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'target' WHEN weight NOT BETWEEN 0 AND 1000000000000000 THEN 'weight' WHEN valid_days NOT BETWEEN 1 AND 36500 THEN 'valid_days' WHEN for_customer NOT IN (0, 1) THEN 'for_customer' END IS NOT NULL;
CREATE INDEX opportunity_line_unreadable ON opportunity_line(id) WHERE CASE WHEN quantity NOT BETWEEN 0 AND 1000000 THEN 'quantity' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN quantity * unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'quantity * unit_price' WHEN decision NOT IN ('to quote', 'agreed', 'declined') THEN 'decision' WHEN needed_by IS NOT NULL AND CASE WHEN needed_by BETWEEN '1900' AND '2201' THEN date(needed_by, '+0 days') IS NOT needed_by ELSE 1 END THEN 'needed_by' WHEN ours NOT IN (0, 1) THEN 'ours' WHEN decided_on IS NOT NULL AND CASE WHEN decided_on BETWEEN '1900' AND '2201' THEN date(decided_on, '+0 days') IS NOT decided_on ELSE 1 END THEN 'decided_on' END IS NOT NULL;
CREATE TABLE setting (id TEXT PRIMARY KEY NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX setting_unreadable ON setting(id) WHERE CASE WHEN trim(key, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'key' END IS NOT NULL;
CREATE TRIGGER touched_setting_added AFTER INSERT ON setting
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('setting', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_setting_changed AFTER UPDATE ON setting
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('setting', OLD.id, 0, julianday('now')), ('setting', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_setting_gone AFTER DELETE ON setting
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('setting', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE TABLE kind_measure (
        id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('product', 'service', 'both')),
        perspective TEXT NOT NULL CHECK (perspective IN ('financial', 'customer', 'internal', 'learning')),
        name TEXT NOT NULL, unit TEXT NOT NULL DEFAULT '', worst REAL NOT NULL, best REAL NOT NULL,
        target REAL, weight REAL NOT NULL DEFAULT 1 CHECK (weight >= 0),
        valid_days INTEGER NOT NULL DEFAULT 365 CHECK (valid_days >= 1), translations TEXT NOT NULL DEFAULT '',
        for_customer INTEGER NOT NULL DEFAULT 0 CHECK (for_customer IN (0, 1))) STRICT;
CREATE TRIGGER touched_kind_measure_added AFTER INSERT ON kind_measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('kind_measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_kind_measure_changed AFTER UPDATE ON kind_measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('kind_measure', OLD.id, 0, julianday('now')), ('kind_measure', NEW.id, 0, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 0, edited_at = excluded.edited_at; END;
CREATE TRIGGER touched_kind_measure_gone AFTER DELETE ON kind_measure
    WHEN EXISTS (SELECT 1 FROM local WHERE key = 'hub_id') BEGIN
        INSERT INTO touched (tbl, key, gone, edited_at) VALUES ('kind_measure', OLD.id, 1, julianday('now'))
            ON CONFLICT (tbl, key) DO UPDATE SET gone = 1, edited_at = excluded.edited_at; END;
CREATE INDEX kind_measure_unreadable ON kind_measure(id) WHERE CASE WHEN kind NOT IN ('product', 'service', 'both') THEN 'kind' WHEN perspective NOT IN ('financial', 'customer', 'internal', 'learning') THEN 'perspective' WHEN trim(name, char(9,10,11,12,13,32,133,160,5760,8192,8193,8194,8195,8196,8197,8198,8199,8200,8201,8202,8232,8233,8239,8287,12288)) = '' THEN 'name' WHEN worst NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'worst' WHEN best NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'best' WHEN target NOT BETWEEN -1000000000000000 AND 1000000000000000 THEN 'target' WHEN weight NOT BETWEEN 0 AND 1000000000000000 THEN 'weight' WHEN valid_days NOT BETWEEN 1 AND 36500 THEN 'valid_days' WHEN for_customer NOT IN (0, 1) THEN 'for_customer' END IS NOT NULL;
CREATE INDEX ticket_closed ON ticket(customer_id, closed_at, opened_at) WHERE closed_at IS NOT NULL;
CREATE INDEX reading_measure ON reading(measure_id, as_of, id, value);
CREATE INDEX finding_item ON finding(item_id, found_at, verdict, visit_id);
CREATE INDEX visit_observed ON visit(customer_id) WHERE occasion = 'observation day';
