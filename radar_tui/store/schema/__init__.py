"""The tables, their triggers, and how an older file becomes a newer one."""
