"""Who may come in: scopes of every route, keys, sessions, another owner's ids, addresses that others reach."""

import io
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from threading import BoundedSemaphore

import click
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from serving import ROOT, START, Server, free_port

from service.access import SCOPES, Buckets
from service.app import create_app
from service.cli import main
from service.config import BadSetting, Settings
from service.errors import InvalidInput, NotFound, TooMany
from service.store import Store
from service.usecases import accounts, utc_now

PASSWORD = "a long and dull password"  # noqa: S105 - of nobody


@pytest.fixture
def house(app):
    return app.extensions["rolefit"]


@pytest.fixture
def key(house):
    """Make a key with scopes; return its headers."""

    def key(*scopes, owner="main"):
        made = accounts.create_key(house, "pipeline", frozenset(scopes or accounts.SCOPES), owner)
        return {"Authorization": f"Bearer {made}"}

    return key


@pytest.fixture
def browser(app, house):
    """A client that is logged in, over https, and its token."""
    accounts.save_user(house, "dana", PASSWORD, accounts.EVERYTHING)
    client = app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    client.post("/login", data={"name": "dana", "password": PASSWORD}, base_url="https://localhost")
    return client


def page(browser, path, **options):
    return browser.get(path, base_url="https://localhost", **options)


def token(response):
    return re.search(r'name="csrf" value="([0-9a-f]{64})"', response.get_data(as_text=True))[1]


def test_every_route_declares_its_scope_and_every_scope_is_a_routes(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(SCOPES)
    assert set(SCOPES.values()) - {None} == set(accounts.SCOPES)


def test_without_accounts_the_one_person_at_the_machine_may_do_everything_and_others_nothing(client):
    assert client.get("/api/v1/candidates").status_code == 200
    away = client.get("/api/v1/candidates", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert (away.status_code, away.json["type"]) == (403, "urn:rolefit:problem:no_accounts")


def test_with_the_first_key_everybody_is_asked_on_every_route(app, client, key):
    key("read")
    for rule in app.url_map.iter_rules():
        path = "/shortlists/x.csv" if "any(" in rule.rule else re.sub(r"<[^>]*>", "1", rule.rule)
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            response = client.open(path, method=method)
            if SCOPES[rule.endpoint] is None:
                assert response.status_code not in (401, 403) or rule.endpoint == "login.log_in", rule
            else:
                assert response.status_code in (401, 303), rule
                assert response.status_code == 401 or "/login" in response.headers["Location"], rule


def test_a_key_opens_what_its_scopes_say_and_the_refusal_names_what_is_missing(client, key):
    reading = key("read")
    assert client.get("/api/v1/candidates", headers=reading).status_code == 200
    refused = client.post("/api/v1/candidates", json={"name": "Ada Example"}, headers=reading)
    assert (refused.status_code, "'write'" in refused.json["detail"]) == (403, True)
    assert client.post("/api/v1/candidates", json={"name": "Ada Example"}, headers=key("write")).status_code == 201


def test_no_key_or_a_wrong_one_is_401_with_the_way_to_ask(client, key):
    good = key("read")["Authorization"].removeprefix("Bearer ")
    other = good[:13] + ("b" if good[13] == "a" else "a") + good[14:]
    for sent in (
        "",
        "Basic x",
        "Bearer",
        "Bearer nonsense",
        f"Bearer {good[:-1]}",
        f"Bearer {other}",
        "Bearer " + "x" * 9999,
    ):
        response = client.get("/api/v1/candidates", headers={"Authorization": sent})
        assert response.status_code == 401, sent
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.content_type == "application/problem+json"


@pytest.mark.both_databases
def test_a_key_that_is_revoked_rotated_or_over_opens_nothing(client, house, key):
    first = key("read")
    prefix = first["Authorization"].split("_")[1]
    second = {"Authorization": f"Bearer {accounts.rotate_key(house, prefix)}"}
    assert [client.get("/api/v1/roles", headers=one).status_code for one in (first, second)] == [401, 200]
    accounts.revoke_key(house, second["Authorization"].split("_")[1])
    assert client.get("/api/v1/roles", headers=second).status_code == 401
    over = accounts.create_key(house, "old", frozenset({"read"}), expires=house.now())
    assert client.get("/api/v1/roles", headers={"Authorization": f"Bearer {over}"}).status_code == 401


def test_what_opens_a_door_is_kept_nowhere(house, key, browser, tmp_path):
    sent = key("read")["Authorization"].removeprefix("Bearer ")
    cookie = browser.get_cookie("__Host-rolefit").value
    house.store.close()
    raw = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert [secret for secret in (sent, sent.split("_")[2], cookie, PASSWORD) if secret.encode() in raw] == []


@pytest.mark.both_databases
def test_somebody_logs_in_works_and_logs_out(browser):
    start = page(browser, "/")
    assert "Log out dana" in start.get_data(as_text=True)
    cookie = browser.get_cookie("__Host-rolefit")
    assert (cookie.secure, cookie.http_only, cookie.same_site, cookie.path) == (True, True, "Lax", "/")
    browser.post("/logout", data={"csrf": token(start)}, base_url="https://localhost")
    assert page(browser, "/").headers["Location"].startswith("/login?next=")


def test_a_form_without_its_token_is_refused(browser):
    assert browser.post("/samples", base_url="https://localhost").status_code == 403
    known = token(page(browser, "/"))
    assert browser.post("/samples", data={"csrf": known}, base_url="https://localhost").status_code == 303
    stored = browser.post("/api/v1/candidates", json={"name": "Ada Example"}, base_url="https://localhost")
    assert stored.status_code == 403, "a session opens the API to pages of ours only"


def test_who_decides_is_who_logged_in(browser):
    known = token(page(browser, "/"))
    browser.post("/samples", data={"csrf": known}, base_url="https://localhost")
    who = page(browser, "/shortlists/ml_engineer.json").json["shortlist"][0]["candidate"]["id"]
    form = {"csrf": known, "what": "hold", "reason": "Ask first", "actor": "somebody else"}
    browser.post(f"/candidates/{who}/decisions", data=form, base_url="https://localhost")
    (kept,) = page(browser, f"/api/v1/candidates/{who}/decisions").json["decisions"]
    assert kept["actor"] == "user:dana"


def test_a_session_that_is_over_leads_back_to_where_one_was(browser, monkeypatch):
    monkeypatch.setattr(accounts, "IDLE", -accounts.IDLE)
    gone = page(browser, "/heatmaps/ml_engineer?seniority=senior")
    assert gone.headers["Location"] == "/login?next=/heatmaps/ml_engineer?seniority%3Dsenior"
    partly = page(browser, "/shortlists/ml_engineer", headers={"HX-Request": "true"})
    assert partly.headers["HX-Redirect"].startswith("/login")
    monkeypatch.undo()
    form = {"name": "dana", "password": PASSWORD, "next": "/heatmaps/ml_engineer?seniority=senior"}
    back = browser.post("/login", data=form, base_url="https://localhost")
    assert back.headers["Location"] == "/heatmaps/ml_engineer?seniority=senior"


@pytest.mark.parametrize("way", ["https://evil.example", "//evil.example", "/\\evil.example", "", "/a\nb"])
def test_a_login_sends_nobody_elsewhere(app, house, way):
    accounts.save_user(house, "dana", PASSWORD, accounts.EVERYTHING)
    form = {"name": "dana", "password": PASSWORD, "next": way}
    assert app.test_client().post("/login", data=form).headers["Location"] == "/"


@pytest.mark.both_databases
def test_a_name_tried_too_often_waits_whoever_it_is(app, house):
    accounts.save_user(house, "dana", PASSWORD, accounts.EVERYTHING)
    client = app.test_client()
    for name in ("dana", "nobody"):
        wrong = [client.post("/login", data={"name": name, "password": "wrong"}).status_code for _ in range(6)]
        assert wrong == [401] * 5 + [429]
    assert client.post("/login", data={"name": "dana", "password": PASSWORD}).status_code == 429
    elsewhere = {"REMOTE_ADDR": "127.0.0.2"}
    assert client.post("/login", data={"name": "dana", "password": PASSWORD}, environ_base=elsewhere).status_code == 303


def tries(house, names, addresses, password="wrong"):  # noqa: S107 - of nobody
    """Log in once for each name and address; return what came of it: in, wrong or refused."""

    def one(name, address):
        try:
            return "in" if accounts.log_in(house, name, password, address) else "wrong"
        except accounts.TooManyLogins:
            return "refused"

    return [one(name, address) for name, address in zip(names, addresses, strict=True)]


def addresses(count, net=192):
    return [f"{net}.0.2.{number}" for number in range(count)]


@pytest.fixture
def quick_passwords(monkeypatch):
    """Passwords hashed as safely as a test needs: it tries many of them."""
    monkeypatch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts._nobody.cache_clear()  # noqa: SLF001
    yield
    accounts._nobody.cache_clear()  # noqa: SLF001


@pytest.mark.both_databases
@pytest.mark.usefixtures("quick_passwords")
def test_a_name_has_a_limit_over_all_addresses_whether_there_is_such_a_user_or_not(house):
    accounts.save_user(house, "dana", PASSWORD)
    for name in ("dana", "nobody", "x" * 10**6, "na\0me"):
        assert tries(house, [name] * 25, addresses(25)) == ["wrong"] * 20 + ["refused"] * 5
    assert tries(house, ["dana"], ["198.51.100.1"], PASSWORD) == ["refused"], "the right password is no sign of a user"
    assert tries(house, ["bo"], ["198.51.100.1"]) == ["wrong"], "another name is not concerned"


@pytest.mark.both_databases
@pytest.mark.usefixtures("quick_passwords")
def test_wrong_passwords_from_elsewhere_lock_nobody_out_where_they_logged_in_before(house):
    accounts.save_user(house, "dana", PASSWORD)
    home = "203.0.113.5"
    assert tries(house, ["dana"], [home], PASSWORD) == ["in"]
    for _ in range(3):
        tries(house, ["dana"] * 25, addresses(25))
        assert tries(house, ["dana"], [home], PASSWORD) == ["in"]
    assert tries(house, ["dana"] * 6, [home] * 6) == ["wrong"] * 5 + ["refused"], "there the usual limit holds"
    assert tries(house, ["dana"], ["203.0.113.6"], PASSWORD) == ["refused"]
    object.__setattr__(house, "now", lambda: utc_now() + accounts.PATIENCE)
    assert tries(house, ["dana"], ["203.0.113.6"], PASSWORD) == ["in"]


@pytest.mark.usefixtures("quick_passwords")
def test_an_address_is_known_for_a_time_and_to_the_user_who_logged_in_from_it(house):
    for name in ("dana", "bo"):
        accounts.save_user(house, name, PASSWORD)
    home = "203.0.113.5"
    tries(house, ["dana"], [home], PASSWORD)
    tries(house, ["bo"] * 20, addresses(20))
    assert tries(house, ["bo"], [home], PASSWORD) == ["refused"]
    object.__setattr__(house, "now", lambda: utc_now() + accounts.KNOWN)
    tries(house, ["dana"] * 20, addresses(20))
    assert tries(house, ["dana"], [home], PASSWORD) == ["refused"]


@pytest.mark.usefixtures("quick_passwords")
def test_addresses_of_one_network_are_one(house):
    found = tries(house, [f"n{n}" for n in range(51)], [f"2001:db8::{n:x}" for n in range(51)])
    assert found == ["wrong"] * 50 + ["refused"]
    assert tries(house, ["n"], ["2001:db8:0:1::1"]) == ["wrong"]
    assert tries(house, ["m"] * 6, ["::ffff:192.0.2.1", "192.0.2.1"] * 3) == ["wrong"] * 5 + ["refused"]


@pytest.mark.usefixtures("quick_passwords")
def test_logging_in_oneself_buys_no_more_tries(house):
    accounts.save_user(house, "mallory", PASSWORD)
    for number in range(50):
        tries(house, ["mallory"], ["192.0.2.1"], PASSWORD)
        found = tries(house, [f"n{number}"], ["192.0.2.1"])
    assert (found, tries(house, ["n"], ["192.0.2.1"])) == (["wrong"], ["refused"])


@pytest.mark.both_databases
@pytest.mark.usefixtures("quick_passwords")
def test_however_many_try_at_once_no_more_passwords_are_checked_than_may_be(house, monkeypatch):
    """Two stores stand for two processes: what they share is the database."""
    accounts.save_user(house, "dana", PASSWORD)
    checked = []
    monkeypatch.setattr(accounts, "_fits", lambda *_: checked.append(1) and False)
    with closing(Store(house.store._url)) as other:  # noqa: SLF001
        both = (house, replace(house, store=other))
        for limit, many in ((5, ["192.0.2.1"] * 30), (15, addresses(30, 198))):
            checked.clear()
            with ThreadPoolExecutor(10) as pool:
                found = list(pool.map(lambda n, many=many: tries(both[n % 2], ["dana"], [many[n]])[0], range(30)))
            assert (len(checked), found.count("wrong"), found.count("refused")) == (limit, limit, 30 - limit)


@pytest.mark.usefixtures("quick_passwords")
def test_an_attempt_whose_password_nobody_looked_at_does_not_count(house, monkeypatch):
    accounts.save_user(house, "dana", PASSWORD)
    monkeypatch.setattr(accounts, "MOST_WAIT", 0.0)
    monkeypatch.setattr(accounts, "_hashing", BoundedSemaphore(1))
    accounts._hashing.acquire()  # noqa: SLF001
    assert tries(house, ["dana"] * 6, ["192.0.2.1"] * 6, PASSWORD) == ["refused"] * 6
    accounts._hashing.release()  # noqa: SLF001
    assert tries(house, ["dana"], ["192.0.2.1"], PASSWORD) == ["in"]


@pytest.mark.usefixtures("quick_passwords")
def test_a_password_that_is_right_but_for_its_end_is_wrong(house):
    longest = "p" * accounts.MOST_PASSWORD
    accounts.save_user(house, "dana", longest)
    accounts.save_user(house, "d" * accounts.LONGEST_NAME, longest)
    assert tries(house, ["dana"], ["here"], longest + "p") == ["wrong"]
    assert tries(house, ["d" * (accounts.LONGEST_NAME + 1)], ["here"], longest) == ["wrong"]
    assert tries(house, ["dana"], ["here"], longest) == ["in"]


@pytest.mark.usefixtures("quick_passwords")
def test_failed_logins_are_kept_without_name_and_address(house, tmp_path):
    tries(house, ["Zebulonquartermain"], ["203.0.113.77"])
    house.store.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Zebulonquartermain" not in stored
    assert b"203.0.113.77" not in stored


def test_a_user_who_is_disabled_or_has_another_password_is_out_at_once(browser, house):
    assert page(browser, "/").status_code == 200
    accounts.save_user(house, "dana", PASSWORD + "!", accounts.EVERYTHING)
    assert page(browser, "/").status_code == 303
    accounts.disable_user(house, "dana")
    assert accounts.log_in(house, "dana", PASSWORD + "!", "") is None


@pytest.mark.both_databases
def test_another_owners_ids_are_not_there_on_any_route(app, client, key):
    mine, theirs = key(), key(owner="acme")
    who = client.post("/api/v1/candidates", json={"name": "Ada Example", "skills": {"Python": 4}}, headers=mine)
    other = client.post("/api/v1/candidates", json={"name": "Bo Example"}, headers=mine)
    ids = {"candidate_id": who.json["results"][0]["id"], "other_id": other.json["results"][0]["id"]}
    sheet = {"file": (io.BytesIO(b"Name,Python\nCy Example,3\n"), "pool.csv")}
    ids["import_id"] = client.post("/api/v1/imports", data=sheet, headers=mine).json["id"]
    client.put("/api/v1/mappings/mine", json={"columns": {"Py": "skill:python"}}, headers=mine)
    ids |= {"name": "mine", "id_": ids["candidate_id"]}
    bodies = {"with": ids["other_id"], "role": "ml_engineer", "what": "hold", "reason": "x", "actor": "x"}
    looked = []
    for rule in app.url_map.iter_rules():
        if rule.arguments and rule.arguments <= set(ids) and rule.endpoint not in ("mappings.keep", "start.preview"):
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                path = re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda found: ids[found[1]], rule.rule)
                names = {
                    "duplicates.merge": ("with",),
                    "decisions.decide": ("role", "what", "reason", "actor"),
                    "what-if.of_candidate": ("role",),
                }
                body = {name: bodies[name] for name in names.get(rule.endpoint, ())} or None
                said = ("role", "what", "reason", "actor")
                form = {name: bodies[name] for name in said} if rule.endpoint == "candidate.decide" else None
                response = client.open(path, method=method, json=None if form else body, data=form, headers=theirs)
                assert response.status_code == 404, (rule, method, response.data)
                looked.append(rule.endpoint)
    assert len(looked) >= 12
    assert client.get("/api/v1/candidates", headers=theirs).json["total"] == 0
    assert client.get("/api/v1/shortlists/ml_engineer", headers=theirs).json["total"] == 0
    assert client.get("/api/v1/candidates", headers=mine).json["total"] == 3
    app.extensions["rolefit.houses"].close()


def test_a_bucket_gives_what_there_is_in_a_minute_and_fills_again():
    now = [0.0]
    bucket = Buckets(60, lambda: now[0])
    for _ in range(60):
        bucket.take("a")
    with pytest.raises(TooMany):
        bucket.take("a")
    bucket.take("b")
    now[0] += 1.01
    bucket.take("a")


def test_too_many_requests_are_told_when_to_come_back(tmp_path):
    app = create_app(Settings(data=tmp_path, log="off", requests_per_minute=3))
    key = accounts.create_key(app.extensions["rolefit"], "pipeline", frozenset({"read"}))
    client = app.test_client()
    statuses = [client.get("/api/v1/roles", headers={"Authorization": f"Bearer {key}"}) for _ in range(4)]
    assert [one.status_code for one in statuses] == [200, 200, 200, 429]
    assert statuses[-1].headers["Retry-After"] == "10"
    assert client.get("/livez").status_code == 200
    app.extensions["rolefit"].store.close()


def test_what_a_proxy_says_counts_only_where_it_is_ours(tmp_path):
    app = create_app(Settings(data=tmp_path, log="off", trusted_proxies=("10.0.0.0/8", "127.0.0.0/29")))
    said = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
    client = app.test_client()
    assert client.get("/api/v1/roles", headers=said).status_code == 403, "it comes from elsewhere"
    elsewhere = {"REMOTE_ADDR": "127.0.0.9"}
    assert client.get("/api/v1/roles", headers=said, environ_base=elsewhere).status_code == 200
    assert "Strict-Transport-Security" in client.get("/livez", headers=said).headers
    app.extensions["rolefit"].store.close()


EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is what is refused


def rolefit(folder, *words, said=""):
    command = [sys.executable, "-c", START, *words]
    environment = {"PYTHONPATH": str(ROOT), "ROLEFIT_DATA": str(folder / "rolefit"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=environment, input=said, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
def test_a_public_address_is_refused_until_there_are_accounts(tmp_path):
    port = str(free_port())
    refused = rolefit(tmp_path, "serve", "--host", EVERYWHERE, "--port", port, "--data", str(tmp_path / "rolefit"))
    assert refused.returncode == 78
    assert "rolefit users add" in refused.stderr
    key = rolefit(tmp_path, "keys", "create", "pipeline", "--scopes", "read").stdout.strip()
    assert key.startswith("rf_")
    with Server(tmp_path, host=EVERYWHERE) as server:
        assert server.get("/api/v1/roles")[0] == 401
        assert server.get("/api/v1/roles", headers={"Authorization": f"Bearer {key}"})[0] == 200
        assert key not in server.said()


def test_a_new_password_changes_neither_owner_nor_scopes_nor_lets_somebody_in_again(house):
    accounts.save_user(house, "dana", PASSWORD, frozenset({"read"}), "acme")
    accounts.disable_user(house, "dana")
    kept = accounts.save_user(house, "dana", PASSWORD + "!")
    assert (kept.owner, kept.scopes, kept.disabled_at is None) == ("acme", "read", False)
    assert accounts.log_in(house, "dana", PASSWORD + "!", "here") is None
    with pytest.raises(InvalidInput, match="a user of acme"):
        accounts.save_user(house, "dana", PASSWORD, owner="main")
    accounts.enable_user(house, "dana")
    assert accounts.log_in(house, "dana", PASSWORD + "!", "here")


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "two\nlines", "\x1b[31mred"])
def test_a_name_is_short_and_can_be_printed(house, name):
    with pytest.raises(InvalidInput, match="1 to 100"):
        accounts.create_key(house, name, accounts.EVERYTHING)
    with pytest.raises(InvalidInput, match="1 to 100"):
        accounts.save_user(house, name, PASSWORD)


@pytest.mark.parametrize("password", ["x" * 1001, "\udcff" * 12, "short"])
def test_a_password_that_could_not_be_typed_again_is_refused(house, password):
    with pytest.raises(InvalidInput, match="A password"):
        accounts.save_user(house, "dana", password)


def test_a_key_is_rotated_wholly_or_not_at_all(house):
    old = accounts.create_key(house, "ats", frozenset({"read"})).split("_")[1]
    new = accounts.rotate_key(house, old)
    assert (accounts.of_key(house, new).scopes, accounts.of_key(house, new).owner) == ({"read"}, "main")
    with pytest.raises(NotFound):
        accounts.rotate_key(house, old)
    with house.store.reading() as work:
        assert sum(kept.revoked_at is None for kept in work.accounts.all_keys()) == 1


def test_two_keys_of_one_name_have_a_limit_each(tmp_path):
    app = create_app(Settings(data=tmp_path, log="off", requests_per_minute=5))
    house = app.extensions["rolefit"]
    keys = [accounts.create_key(house, "ats", frozenset({"read"}), owner) for owner in ("main", "acme")]
    doors = [{"Authorization": f"Bearer {one}"} for one in keys]
    told = [app.test_client().get("/api/v1/roles", headers=doors[0]).status_code for _ in range(6)]
    assert told == [200] * 5 + [429]
    assert app.test_client().get("/api/v1/roles", headers=doors[1]).status_code == 200
    assert app.test_client().get("/metrics", headers=doors[1]).status_code == 403
    house.store.close()


def test_logins_of_one_address_have_a_limit_whatever_the_names(tmp_path):
    app = create_app(Settings(data=tmp_path, log="off", requests_per_minute=5))
    told = [
        app.test_client().post("/login", data={"name": f"n{n}", "password": PASSWORD}, base_url="https://localhost")
        for n in range(6)
    ]
    assert [one.status_code for one in told] == [401] * 5 + [429]
    assert told[-1].headers["Retry-After"]
    app.extensions["rolefit"].store.close()


def test_failures_of_one_address_are_counted_over_all_names(house, monkeypatch):
    monkeypatch.setattr(accounts, "MOST_FAILURES_HERE", 3)
    for n in range(3):
        assert accounts.log_in(house, f"n{n}", PASSWORD, "here") is None
    with pytest.raises(accounts.TooManyLogins):
        accounts.log_in(house, "n9", PASSWORD, "here")
    assert accounts.log_in(house, "n9", PASSWORD, "elsewhere") is None


def test_counts_of_all_owners_are_for_the_main_ones_keys(client, key):
    assert client.get("/metrics", headers=key("admin")).status_code == 200
    assert client.get("/metrics", headers=key("admin", owner="acme")).status_code == 403


@pytest.mark.parametrize("text", [b"", b"xy"])
def test_a_secret_that_is_none_stops_the_start(tmp_path, text):
    (tmp_path / "secret").write_bytes(text)
    with pytest.raises(BadSetting, match="holds no secret"):
        create_app(Settings(data=tmp_path, log="off"))


@pytest.mark.slow
def test_a_head_that_is_not_understood_proves_nothing(tmp_path):
    rolefit(tmp_path, "keys", "create", "ats")
    head = rolefit(tmp_path, "audit", "head").stdout.strip()
    assert rolefit(tmp_path, "audit", "verify", "--head", f"  {head} ").returncode == 0
    assert rolefit(tmp_path, "audit", "verify", "--head", "garbage").returncode == 65
    wrong = rolefit(tmp_path, "audit", "verify", "--head", f" {head[:-4]}0000")
    assert wrong.returncode == 1


@pytest.mark.slow
def test_accounts_are_kept_at_the_terminal(tmp_path):
    assert "may log in" in rolefit(tmp_path, "users", "add", "dana", said=PASSWORD + "\n").stdout
    assert rolefit(tmp_path, "users", "disable", "dana").returncode == 0
    assert "disabled still" in rolefit(tmp_path, "users", "add", "dana", said=PASSWORD + "\n").stdout
    assert "may log in" in rolefit(tmp_path, "users", "enable", "dana").stdout
    assert rolefit(tmp_path, "users", "add", "bo", said="short\n").returncode != 0
    made = rolefit(tmp_path, "keys", "create", "ats", "--owner", "acme", "--days", "30").stdout.strip()
    assert "acme" in (listed := rolefit(tmp_path, "keys", "list").stdout)
    assert made.split("_")[2] not in listed
    assert rolefit(tmp_path, "keys", "revoke", made.split("_")[1]).returncode == 0
    assert rolefit(tmp_path, "keys", "create", "x", "--scopes", "fly").returncode != 0


def commands(group, words=()):
    """Yield all commands, with the words that call them."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


def test_every_command_that_opens_the_database_takes_its_folder():
    without = {words for words, command in commands(main) if "data" not in {one.name for one in command.params}}
    files_alone = {"score", "read", "roles", "template", "compare", "rubrics check", "rubrics lint"}
    assert without <= files_alone


def test_keys_and_users_are_made_in_the_folder_that_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(*words, said=None):
        return CliRunner().invoke(main, [*words, "--data", "elsewhere"], input=said, catch_exceptions=False).output

    assert "rf_" in run("keys", "create", "ats")
    assert "dana may log in" in run("users", "add", "dana", said=PASSWORD + "\n")
    assert "ats" in run("keys", "list")
    assert "dana" in run("users", "list")
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]


@pytest.mark.slow
def test_a_first_key_is_made_once(tmp_path):
    made = [rolefit(tmp_path, "keys", "create", "first", "--if-none") for _ in range(2)]
    assert [one.stdout[:3] for one in made] == ["rf_", ""]
    assert [one.returncode for one in made] == [0, 0]
    assert rolefit(tmp_path, "keys", "list").stdout.count("first") == 1


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    found = []
    for _ in range(2):
        app = create_app(Settings(data=tmp_path, log="off"))
        found.append(app.extensions["rolefit"].secret)
        app.extensions["rolefit"].store.close()
    assert found[0] == found[1]
    assert len(found[0]) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_many_who_ask_at_once_are_kept_apart(app, key):
    doors = {"main": key(), "acme": key(owner="acme")}
    for owner, headers in doors.items():
        app.test_client().post("/api/v1/candidates", json={"name": f"{owner} Example"}, headers=headers)
    wrong = []

    def ask(owner):
        for _ in range(20):
            (one,) = app.test_client().get("/api/v1/candidates", headers=doors[owner]).json["candidates"]
            if one["name"] != f"{owner} Example":
                wrong.append(one)

    threads = [threading.Thread(target=ask, args=(owner,)) for owner in [*doors] * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    app.extensions["rolefit.houses"].close()
