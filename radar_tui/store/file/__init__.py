"""The database as a file: what is accepted, opening, backups, and a closer look."""
