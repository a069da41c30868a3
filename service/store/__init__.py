"""The only home of SQLAlchemy: candidates and imports, kept.

Store   opens the database; `transaction()` writes, `reading()` reads, `check()` proves that both work
Work    what can be asked and done inside one of the two
Record  a candidate to keep; Saved, Kept and ImportKept are what comes back
"""

from service.store.errors import StoreDown
from service.store.records import ImportKept, Kept, Record, Saved
from service.store.store import Store
from service.store.work import Work

__all__ = ["ImportKept", "Kept", "Record", "Saved", "Store", "StoreDown", "Work"]
