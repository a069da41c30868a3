import datetime as dt

import pytest
from openpyxl import Workbook

from service.sheets.limits import Limits
from service.store.store import Store
from service.usecases import House, imports

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def house(database_kind, new_database, library):
    store = Store(new_database(database_kind, migrated=True))
    yield House(library, store, Limits(), lambda: NOW)
    store.close()


@pytest.fixture
def sent(house, tmp_path):
    """Import rows as a workbook, or text as a file of that ending; return the report."""

    def sent(*rows, ending=".xlsx", **options):
        path = tmp_path / f"sent{ending}"
        if ending == ".xlsx":
            book = Workbook()
            for row in rows:
                book.active.append(row)
            book.save(path)
        else:
            path.write_text(rows[0], encoding="utf-8")
        return imports.import_file(house, path, path.name, **options)

    return sent


@pytest.fixture
def kept(house):
    """Return the names of all candidates kept, in the order of their coming."""

    def kept():
        with house.store.reading() as work:
            return [candidate.name for candidate in work.candidates(None, 10_000)]

    return kept
