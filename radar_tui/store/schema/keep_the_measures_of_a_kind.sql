-- The scale and weight that a measure has at every customer of a kind, also at those that are added later.
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
