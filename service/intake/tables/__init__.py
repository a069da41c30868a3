"""Spreadsheets to candidates: what the columns mean is settled from all of them together, then rows are read."""
