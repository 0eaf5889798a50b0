"""The one SQLite file: schema, rows, backups. Nothing opens at import."""
