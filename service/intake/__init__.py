"""Anything to a candidate: rows of a sheet, native JSON, JSON Resume. Reads; never scores, never stores."""
