"""Tables that people read, as pandas frames: a page, a workbook, a CSV file and a terminal draw the same ones.

They take plain data as the API gives it, never the store. pandas takes a moment to import: import these when needed.
"""
