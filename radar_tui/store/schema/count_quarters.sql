-- The answers by quarter, counted once and kept by triggers. An answer counts unless another one of the contact in
-- that quarter is newer; if it does, the newest of the others does not. The others are the same before and after, so
-- what was counted in is counted out again exactly. The newest answer of a contact comes first in its index, in the
-- order in which the one that counts is looked for: 90 ms instead of 160 for 50,000 contacts with 1,000,000 answers.
DROP INDEX response_contact;

CREATE INDEX response_contact
        ON response(contact_id, question, asked_on DESC, score) WHERE voided_at IS NULL;

CREATE TABLE quarter_count (
        question TEXT NOT NULL, quarter TEXT NOT NULL, promoters INTEGER NOT NULL, passives INTEGER NOT NULL,
        detractors INTEGER NOT NULL, PRIMARY KEY (question, quarter)) STRICT, WITHOUT ROWID;

CREATE TRIGGER quarter_count_response_added AFTER INSERT ON response
        WHEN NEW.voided_at IS NULL BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT NEW.question, date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), 0, 0, 0 WHERE date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'));
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT 1 AS n, NEW.score AS score WHERE NEW.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score))
            UNION ALL SELECT -1, score FROM (SELECT o.score FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months')
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score)))) d
            WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months');
            DELETE FROM quarter_count WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months')
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;

CREATE TRIGGER quarter_count_response_changed
        AFTER UPDATE OF contact_id, question, score, asked_on, voided_at ON response
        WHEN NEW.contact_id <> OLD.contact_id OR NEW.question <> OLD.question OR NEW.score <> OLD.score
            OR NEW.asked_on <> OLD.asked_on OR NEW.voided_at IS NOT OLD.voided_at
        BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT OLD.question, date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), 0, 0, 0 WHERE date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'));
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT -1 AS n, OLD.score AS score WHERE OLD.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score))
            UNION ALL SELECT 1, score FROM (SELECT o.score FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months')
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score)))) d
            WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months');
            DELETE FROM quarter_count WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months')
                AND promoters = 0 AND passives = 0 AND detractors = 0; 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT NEW.question, date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), 0, 0, 0 WHERE date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months') IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'));
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT 1 AS n, NEW.score AS score WHERE NEW.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score))
            UNION ALL SELECT -1, score FROM (SELECT o.score FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months')
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE NEW.voided_at IS NULL AND o.contact_id = NEW.contact_id
                AND o.question = NEW.question AND o.voided_at IS NULL AND o.id <> NEW.id
                AND o.asked_on < date(date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= NEW.asked_on
                AND (o.asked_on > NEW.asked_on OR o.score <= NEW.score)))) d
            WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months');
            DELETE FROM quarter_count WHERE question = NEW.question AND quarter = date(NEW.asked_on, 'start of month', '-' || ((strftime('%m', NEW.asked_on) + 2) % 3) || ' months')
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;

CREATE TRIGGER quarter_count_response_gone AFTER DELETE ON response
        WHEN OLD.voided_at IS NULL BEGIN 
            INSERT INTO quarter_count (question, quarter, promoters, passives, detractors)
            SELECT OLD.question, date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), 0, 0, 0 WHERE date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months') IS NOT NULL AND NOT EXISTS (SELECT 1
                FROM quarter_count WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'));
            UPDATE quarter_count SET promoters = promoters + d.high, passives = passives + d.middle,
                detractors = detractors + d.low
            FROM (SELECT total(n * (score >= 9)) AS high, total(n * (score BETWEEN 7 AND 8)) AS middle,
                total(n * (score <= 6)) AS low
            FROM (SELECT -1 AS n, OLD.score AS score WHERE OLD.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score))
            UNION ALL SELECT 1, score FROM (SELECT o.score FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months')
                ORDER BY o.asked_on DESC, o.score LIMIT 1) WHERE NOT EXISTS (SELECT 1 FROM response o WHERE OLD.voided_at IS NULL AND o.contact_id = OLD.contact_id
                AND o.question = OLD.question AND o.voided_at IS NULL AND o.id <> OLD.id
                AND o.asked_on < date(date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months'), '+3 months') AND o.asked_on >= OLD.asked_on
                AND (o.asked_on > OLD.asked_on OR o.score <= OLD.score)))) d
            WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months');
            DELETE FROM quarter_count WHERE question = OLD.question AND quarter = date(OLD.asked_on, 'start of month', '-' || ((strftime('%m', OLD.asked_on) + 2) % 3) || ' months')
                AND promoters = 0 AND passives = 0 AND detractors = 0; END;

DELETE FROM quarter_count;

INSERT INTO quarter_count 
    SELECT question, quarter, count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score BETWEEN 7 AND 8),
        count(*) FILTER (WHERE score <= 6)
    FROM (SELECT question, date(asked_on, 'start of month', '-' || ((strftime('%m', asked_on) + 2) % 3) || ' months') AS quarter, score, max(asked_on || char(75 - score))
        FROM response WHERE voided_at IS NULL GROUP BY contact_id, question, 2)
    WHERE quarter IS NOT NULL GROUP BY question, quarter;
