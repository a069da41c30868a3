"""The only home of SQLAlchemy: candidates and imports, kept."""
