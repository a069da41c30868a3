import pytest

from service.store import Store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "rolefit.db"


@pytest.fixture
def empty_store(path):
    store = Store(f"sqlite:///{path}")
    yield store
    store.close()


@pytest.fixture
def store(empty_store):
    empty_store.migrate()
    return empty_store


@pytest.fixture(scope="session")
def head(root):
    """The newest revision of the schema."""
    return max((root / "service" / "store" / "migrations" / "versions").glob("0*.py")).name[:4]
