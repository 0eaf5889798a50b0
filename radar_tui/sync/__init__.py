"""Where the databases of the team meet."""
