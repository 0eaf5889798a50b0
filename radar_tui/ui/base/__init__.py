"""What everything on screen stands on: the app as lower layers know it, words said, glyphs, colours, keys."""
