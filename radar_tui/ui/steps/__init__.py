"""One module a kind of visit step."""
