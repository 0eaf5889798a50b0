"""The oracle: what Radar says is worked out again from the rows as plain objects, without SQL and without the store."""
