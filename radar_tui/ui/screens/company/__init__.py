"""How the company stands with its customers."""
