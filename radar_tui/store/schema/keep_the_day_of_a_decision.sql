-- A line keeps the day on which the customer decided on it: whether a verdict was answered since hangs on that.
ALTER TABLE opportunity_line ADD COLUMN decided_on TEXT;

DROP INDEX opportunity_line_unreadable;

CREATE INDEX opportunity_line_unreadable ON opportunity_line(id) WHERE CASE WHEN quantity NOT BETWEEN 0 AND 1000000 THEN 'quantity' WHEN unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'unit_price' WHEN quantity * unit_price NOT BETWEEN 0 AND 1000000000000000 THEN 'quantity * unit_price' WHEN decision NOT IN ('to quote', 'agreed', 'declined') THEN 'decision' WHEN needed_by IS NOT NULL AND CASE WHEN needed_by BETWEEN '1900' AND '2201' THEN date(needed_by, '+0 days') IS NOT needed_by ELSE 1 END THEN 'needed_by' WHEN ours NOT IN (0, 1) THEN 'ours' WHEN decided_on IS NOT NULL AND CASE WHEN decided_on BETWEEN '1900' AND '2201' THEN date(decided_on, '+0 days') IS NOT decided_on ELSE 1 END THEN 'decided_on' END IS NOT NULL;
