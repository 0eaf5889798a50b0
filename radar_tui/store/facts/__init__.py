"""One definition per fact, as SQL that lists join."""
