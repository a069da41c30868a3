"""The ground: what a score is. Plain Python and numpy; no clock, file, database, Flask or pandas."""
