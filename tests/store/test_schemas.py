"""Each owner's data stands in a schema of PostgreSQL: a connection that ends up in another one is refused, not used."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy import event, make_url

from service.app import create_app
from service.config import Settings
from service.store import Store, StoreDown
from service.usecases import accounts

TRANSACTIONS = ("reading", "transaction", "queueing")


def drop_options(_dialect, _record, _arguments, options):
    """Do what a pooler does that ignores startup options."""
    options.pop("options", None)


@pytest.fixture
def database_kind():
    return "postgresql"


@pytest.fixture
def stores(address):
    """The main store and that of an owner, both with their tables."""
    with closing(Store(address)) as main_store, closing(main_store.of("acme")) as acme:
        main_store.migrate()
        acme.migrate()
        yield main_store, acme


def used(store, way="reading", **options):
    """Return the code of the refusal, None where the store is used."""
    try:
        with getattr(store, way)(**options) as work:
            work.count_candidates()
    except StoreDown as error:
        return error.code
    return None


def set_search_path(store, schema):
    """Change what the next user of a pooled connection begins with."""
    connection = store._engine.raw_connection()  # noqa: SLF001
    with closing(connection):
        connection.cursor().execute(f"SET search_path TO {schema}")
        connection.commit()


def test_an_owner_is_refused_where_a_pooler_drops_the_schema(stores):
    _, acme = stores
    event.listen(acme._engine, "do_connect", drop_options)  # noqa: SLF001
    acme.close()
    assert [used(acme, way) for way in TRANSACTIONS] == ["store_schema"] * 3
    assert used(acme, "transaction", waits=False) == "store_schema"
    with pytest.raises(StoreDown, match=r"'public' instead of 'owner_acme'.*ROLEFIT_DATABASE_URL") as refused:
        acme.migrate()
    assert (refused.value.status, refused.value.exit_code) == (503, 69)


def test_a_reused_connection_is_looked_at_each_time_and_replaced(stores):
    main_store, acme = stores
    for store, elsewhere in ((acme, "public"), (acme, "owner_other"), (main_store, "owner_acme")):
        for way in TRANSACTIONS:
            set_search_path(store, elsewhere)
            assert used(store, way) == "store_schema"
            assert used(store, way) is None, "a new connection is right again"


def test_a_connection_that_was_reset_is_still_its_owners(stores):
    _, acme = stores
    connection = acme._engine.raw_connection()  # noqa: SLF001
    with closing(connection):
        connection.driver_connection.autocommit = True
        connection.cursor().execute("DISCARD ALL")
        connection.driver_connection.autocommit = False
    assert used(acme) is None


def test_options_of_the_address_hold_for_owners_too(address):
    told = make_url(address).update_query_dict({"options": "-cstatement_timeout=12345"}).render_as_string(False)
    with closing(Store(told)) as main_store, closing(main_store.of("acme")) as acme:
        for store in (main_store, acme):
            connection = store._engine.raw_connection()  # noqa: SLF001
            with closing(connection):
                assert connection.cursor().execute("SHOW statement_timeout").fetchone() == ("12345ms",)
        main_store.migrate()
        acme.migrate()
        assert used(acme) is None


def test_the_main_data_stays_unseen_and_the_refusal_says_what_to_set(new_database, tmp_path, monkeypatch):
    app = create_app(Settings(data=tmp_path, database_url=new_database("postgresql", migrated=True), log="off"))
    house, houses = app.extensions["rolefit"], app.extensions["rolefit.houses"]
    app.test_client().post("/api/v1/candidates", json={"name": "Ada Example"})
    key = accounts.create_key(house, "ats", frozenset({"read"}), "acme")
    monkeypatch.setattr(psycopg, "connect", without_options(psycopg.connect))
    answer = app.test_client().get("/api/v1/candidates", headers={"Authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json["type"]) == (503, "urn:rolefit:problem:store_schema")
    assert "ROLEFIT_DATABASE_URL" in answer.json["detail"]
    houses.close()


def without_options(connect):
    def connecting(*arguments, **options):
        options.pop("options", None)
        return connect(*arguments, **options)

    return connecting
