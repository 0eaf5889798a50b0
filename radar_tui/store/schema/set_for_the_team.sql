-- What holds for the whole team, one row a key.
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
