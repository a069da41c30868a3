import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from service.store import Store, StoreDown, migrations
from service.store.tables import metadata

ROOT = Path(__file__).parents[2]
NEWEST = migrations.newest()
MIGRATE = """
import sys
from service.store import Store
store = Store(sys.argv[1])
sys.stdin.readline()
store.migrate()
print(store.check()["schema"])
store.close()
"""


@pytest.fixture
def plain(path):
    engine = create_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


def test_the_migrations_lead_to_the_tables_in_the_code(store, plain, head):
    with plain.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        names = set(inspect(connection).get_table_names())

    assert differences == []
    assert names == {*metadata.tables, "alembic_version"}
    assert store.check()["schema"] == head


@pytest.mark.usefixtures("store")
def test_what_the_comparison_does_not_see_agrees_too(plain):
    found = inspect(plain)
    for table in metadata.sorted_tables:
        unique = {one["name"] for one in found.get_unique_constraints(table.name)}
        assert unique == {one.name for one in table.constraints if one.name.startswith("uq_")}
    with plain.connect() as connection:
        counted = connection.execute(text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"))
        assert counted.scalars().all() == ["candidates", "decisions"]


def test_migrating_again_changes_nothing(store, head):
    store.migrate()

    assert store.check()["schema"] == head


def test_processes_may_migrate_at_once(path, head):
    command = [sys.executable, "-W", "error", "-c", MIGRATE, f"sqlite:///{path}"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    started = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(4)]
    for process in started:  # all are up before the first may go
        process.stdin.write("go\n")
        process.stdin.flush()

    answers = [process.communicate(timeout=60) for process in started]

    assert answers == [(f"{head}\n", "")] * len(started)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(store, plain):
    with plain.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreDown) as caught:
        store.migrate()

    assert caught.value.code == "store_newer"
    assert store.check()["schema"] == "9999"


def test_a_migration_that_fails_leaves_nothing(empty_store, plain, monkeypatch):
    def fail(connection):
        connection.execute(text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError

    monkeypatch.setattr("service.store.migrations.upgrade", fail)
    with pytest.raises(RuntimeError):
        empty_store.migrate()

    assert inspect(plain).get_table_names() == []


def test_the_tables_can_be_written_for_postgresql():
    sql = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]

    (candidates,) = (one for one in sql if "TABLE candidates" in one)
    assert "number BIGSERIAL NOT NULL" in candidates
    assert "body BYTEA NOT NULL" in candidates
    assert "created_at TIMESTAMP WITH TIME ZONE NOT NULL" in candidates


def upgrade(engine, revision):
    config = Config()
    config.set_main_option("script_location", "service.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_candidates_kept_before_traces_were_leave_theirs_too(empty_store, plain, path):
    path.parent.mkdir()
    upgrade(plain, "0001")
    told = [
        ("a", "c-1", "Ada Example", b'{"content": {"contact": {"email": "Ada@example.com"}}}'),
        ("b", None, "A. Example", b'{"content": {"contact": {"email": "ada@example.com"}}}'),
        ("c", "c-1", "Example, Ada", b'{"content": {"contact": {}}}'),
        ("d", "c-4", "Dan Example", b"no JSON at all"),
        ("e", "c-5", None, b'{"content": {"contact": {"email": 7}}}'),
    ]
    values = ":id, :source, :id, :external_id, :name, :digest, :body, :now, :now"
    names = "id, source, key, external_id, name, digest, body, created_at, updated_at"
    with plain.begin() as connection:
        for number, (id_, external_id, name, body) in enumerate(told):
            row = {"id": id_, "source": f"s{number}", "external_id": external_id, "name": name, "body": body}
            row |= {"digest": "0" * 64, "now": "2026-11-20 12:00:00"}
            connection.execute(text(f"INSERT INTO candidates ({names}) VALUES ({values})"), row)  # noqa: S608 - ours
    empty_store.migrate()

    with empty_store.reading() as work:
        assert work.people.pairs(None, 10) == [("a", "b"), ("a", "c")]
        assert [kept.merged_into for kept in work.pool()] == [None] * 5
        [unchanged, *_] = work.pool()
    assert unchanged[:5] == ("a", "s0", "c-1", "Ada Example", told[0][3])


def test_traces_of_an_older_make_are_made_anew(empty_store, plain, path):
    path.parent.mkdir()
    upgrade(plain, "0015")
    company = b'{"content": {"contact": {"company": "%s"}}}'
    told = [
        ("a", "Ada Example", b'{"content": {"contact": {"email": "mailto:ada@example.com"}}}', None),
        ("b", "A. Example", b'{"content": {"contact": {"email": "ada+jobs@example.com"}}}', None),
        ("c", "Cy Example", company % b"Acme Pvt Ltd", None),
        ("d", "Example, Cy", b'{"content": {"contact": {}, "history": [["Engineer", "ACME", null]]}}', "e"),
        ("e", None, b"no JSON at all", None),
        ("f", "Cy Example", company % b"Mills", None),
    ]
    names = "id, source, key, name, digest, body, merged_into, received, created_at, updated_at"
    values = ":id, :id, :id, :name, :digest, :body, :into, 0, :now, :now"
    with plain.begin() as connection:
        for id_, name, body, into in told:
            row = {"id": id_, "name": name, "body": body, "into": into, "digest": "0" * 64}
            row["now"] = "2026-11-20 12:00:00"
            connection.execute(text(f"INSERT INTO candidates ({names}) VALUES ({values})"), row)  # noqa: S608 - ours
        connection.execute(text("INSERT INTO traces (trace, candidate, person) VALUES ('eold', 'a', 'a')"))
    empty_store.migrate()

    with empty_store.reading() as work:
        assert work.people.pairs(None, 10) == [("a", "b"), ("c", "e")]
    with plain.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM traces WHERE trace = 'eold'")).scalar_one() == 0


def test_importing_the_room_does_not_import_alembic():
    code = "import sys, service.store; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_a_store_is_made_without_opening_anything(path):
    Store(f"sqlite:///{path}")

    assert not path.parent.exists()
