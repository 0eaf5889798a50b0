-- What a customer reads may carry a text in each language, as JSON; an answer keeps the words of its question as asked.
ALTER TABLE promise ADD COLUMN translations TEXT NOT NULL DEFAULT '';

ALTER TABLE part ADD COLUMN translations TEXT NOT NULL DEFAULT '';

ALTER TABLE measure ADD COLUMN translations TEXT NOT NULL DEFAULT '';

ALTER TABLE action ADD COLUMN translations TEXT NOT NULL DEFAULT '';

ALTER TABLE response ADD COLUMN asked TEXT NOT NULL DEFAULT '';
