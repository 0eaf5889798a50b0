"""Words and formulas of the field: pure functions, `today` is passed in."""
