"""One customer: card, people, items, visits, service, opportunities; the brief."""
