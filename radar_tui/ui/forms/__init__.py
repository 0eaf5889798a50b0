"""The forms of the nouns that a user adds and edits: which fields, and how they become rows."""
