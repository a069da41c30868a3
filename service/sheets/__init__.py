"""Spreadsheets to rows: a guard, and a reader that runs in a child process.

Nothing here knows what a row is about. `reader.open_table` is the one door in.
"""
