import shutil
from contextlib import closing

import pytest

from service.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "rolefit.db"


@pytest.fixture
def address(database_kind, path, new_database):
    return f"sqlite:///{path}" if database_kind == "sqlite" else new_database(database_kind)


@pytest.fixture
def empty_store(address):
    with closing(Store(address)) as store:
        yield store


@pytest.fixture
def another_store(address):
    """The same database, as another process would open it."""
    with closing(Store(address)) as store:
        yield store


@pytest.fixture
def store(empty_store, database_kind, path, migrated_file):
    if database_kind == "sqlite":
        path.parent.mkdir(mode=0o700)
        shutil.copy(migrated_file, path)
    else:
        empty_store.migrate()
    return empty_store


@pytest.fixture(scope="session")
def head(root):
    """The newest revision of the schema."""
    return max((root / "service" / "store" / "migrations" / "versions").glob("0*.py")).name[:4]
