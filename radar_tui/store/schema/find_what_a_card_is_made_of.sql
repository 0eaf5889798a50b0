-- What the Radar reads of every customer in view, found in an index alone: closed tickets by the day on which they were,
-- the newest reading, the newest verdict with its visit, and the few observation days among all visits.
CREATE INDEX ticket_closed ON ticket(customer_id, closed_at, opened_at) WHERE closed_at IS NOT NULL;

DROP INDEX reading_measure;

CREATE INDEX reading_measure ON reading(measure_id, as_of, id, value);

DROP INDEX finding_item;

CREATE INDEX finding_item ON finding(item_id, found_at, verdict, visit_id);

CREATE INDEX visit_observed ON visit(customer_id) WHERE occasion = 'observation day';
