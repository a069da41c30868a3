import pytest

from service.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "rolefit.db"


@pytest.fixture
def empty_store(database_kind, path, new_database):
    store = Store(f"sqlite:///{path}" if database_kind == "sqlite" else new_database(database_kind))
    yield store
    store.close()


@pytest.fixture
def store(empty_store):
    empty_store.migrate()
    return empty_store
