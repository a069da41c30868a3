"""What all tests share: where the data is, the library, and a rule against tests that quietly do not run."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"

MAY_SKIP = ("root writes where it likes",)
"""Reasons for which a test may be skipped in CI."""


PROFILES = {"quick": 20, "ci": 100, "soak": 5_000}
"""Examples of each property in a hundred of those in CI; `--hypothesis-profile=soak` makes fresh ones."""

for name, share in PROFILES.items():
    phases = (Phase.explicit, Phase.generate, Phase.shrink)
    settings.register_profile(
        name, max_examples=share, derandomize=name != "soak", database=None, deadline=None, phases=phases
    )
settings.load_profile("ci" if os.environ.get("CI") else "quick")

DOORS = ("api", "web")
"""Folders whose tests are about answers and pages: on PostgreSQL they are slow, but for hostile texts."""


def pytest_generate_tests(metafunc):
    """Run what needs a database on SQLite, and what is marked so on PostgreSQL too."""
    if metafunc.definition.get_closest_marker("both_databases") and "database_kind" in metafunc.fixturenames:
        path = metafunc.definition.path
        is_slow = path.parent.name in DOORS and "hostile" not in path.name
        marks = [pytest.mark.slow] if is_slow else []
        metafunc.parametrize("database_kind", ["sqlite", pytest.param("postgresql", marks=marks)])


LONG = (
    "test_kills.py", "test_fuzz.py", "test_hostile_under_load.py", "test_browser.py", "test_cli.py", "test_contract.py",
    "test_access.py", "test_hostile.py", "test_properties.py", "test_jobs.py",
)  # fmt: skip
"""Files that take longest: they come first, for a process that begins one of them last would keep all waiting."""


def pytest_collection_modifyitems(items):
    """Put the longest files first."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


def pytest_collection_finish():
    """Keep the collector of garbage from looking through all tests again and again: an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_sessionfinish(session, exitstatus):
    """Fail a run of CI in which a test that should run was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not os.environ.get("CI") or reporter is None or exitstatus:
        return
    reasons = [str(report.longrepr[2]) for report in reporter.stats.get("skipped", [])]
    wrong = [reason for reason in reasons if not any(allowed in reason for allowed in MAY_SKIP)]
    if wrong:
        print(f"\n{len(wrong)} tests were skipped that should run: {sorted(set(wrong))}")
        session.exitstatus = 1


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The data for tests that lies beside the project; without it a test is skipped."""
    if not SHARED.is_dir():
        pytest.skip("the shared test data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def library():
    from service import rubric_library  # noqa: PLC0415 - tests of the core need no rubrics

    return rubric_library.load()


@pytest.fixture(scope="session")
def postgresql():
    """A PostgreSQL server, started when first asked for."""
    from databases import Server  # noqa: PLC0415 - most tests need no server

    server = Server()
    yield server
    server.stop()


@pytest.fixture
def database_kind():
    """The kind of database a test runs on, unless it is marked to run on both."""
    return "sqlite"


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """A file of SQLite with our tables: to copy it is quicker than to make them again."""
    from service.store import Store  # noqa: PLC0415 - tests of the core need no store

    path = tmp_path_factory.mktemp("migrated") / "rolefit.db"
    with closing(Store(f"sqlite:///{path}")) as store:
        store.migrate()
    return path


@pytest.fixture
def new_database(request, tmp_path):
    """Give the address of a new database of a kind, with our tables where asked; it goes when the test ends."""
    files, served = itertools.count(1), []

    def new_database(kind, *, migrated=False):
        if kind == "sqlite":
            path = tmp_path / f"data-{next(files)}" / "rolefit.db"
            if migrated:
                path.parent.mkdir(mode=0o700)
                shutil.copy(request.getfixturevalue("migrated_file"), path)
            return f"sqlite:///{path}"
        served.append(request.getfixturevalue("postgresql").new(migrated=migrated))
        return served[-1]

    yield new_database
    for address in served:
        request.getfixturevalue("postgresql").drop(address)


@pytest.fixture
def app(tmp_path, database_kind, new_database, migrated_file):
    from service.app import create_app  # noqa: PLC0415 - tests of the core need no Flask
    from service.config import Settings  # noqa: PLC0415

    if database_kind == "sqlite":
        shutil.copy(migrated_file, tmp_path)
        settings = Settings(data=tmp_path)
    else:
        settings = Settings(data=tmp_path, database_url=new_database(database_kind, migrated=True))
    app = create_app(settings)
    yield app
    app.extensions["rolefit"].store.close()


@pytest.fixture
def client(app):
    return app.test_client()
