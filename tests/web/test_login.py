"""Who logs in, works, and is asked again, in a real browser; a Secure cookie goes to this machine without TLS too."""

import re
import sqlite3
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from serving import Server
from web.browsing import SAMPLES

from service.app import create_app
from service.config import Settings
from service.usecases import accounts, imports

PASSWORD = "a long and dull password"  # noqa: S105 - of nobody


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server with two accounts, and where its data is: dana may do everything, lou only look."""
    folder = tmp_path_factory.mktemp("served")
    house = create_app(Settings(data=folder / "rolefit", log="off")).extensions["rolefit"]
    accounts.save_user(house, "dana", PASSWORD, accounts.EVERYTHING)
    accounts.save_user(house, "lou", PASSWORD, frozenset({"read"}))
    imports.import_file(house, SAMPLES / "candidates.csv", "candidates.csv")
    house.store.close()
    with Server(folder) as server:
        server.folder = folder / "rolefit"
        yield server


@pytest.fixture
def enter(tab, served):
    """Go to a page, and log in where it asks for it; return the page."""

    def enter(path="/", name="dana", password=PASSWORD, **options):
        page = tab(served, **options).go(path)
        fill(page, name, password)
        return page

    return enter


def fill(page, name="dana", password=PASSWORD):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def end_all_sessions(served):
    """Have been away for longer than a session lasts."""
    with sqlite3.connect(served.folder / "rolefit.db") as database:
        database.execute("UPDATE sessions SET seen_at = '2020-01-01 00:00:00.000000'")
    database.close()


def test_somebody_logs_in_uploads_decides_by_name_and_logs_out(enter):
    page = enter("/shortlists/ml_engineer?seniority=senior")
    page.wait_for_url("**/shortlists/ml_engineer?seniority=senior")
    page.get_by_role("link", name="Upload", exact=True).click()
    page.set_input_files("input[type=file]", SAMPLES / "candidates.csv")
    page.wait_for_url("**/uploads/**")
    page.get_by_role("button", name=re.compile("^Import")).click()
    page.wait_for_url("**/imports/**")
    page.get_by_role("link", name="Shortlist", exact=True).click()
    page.locator("#ranking td.who a").first.click()
    page.get_by_label("Hold").check()
    assert page.get_by_label("Your name").count() == 0, "the session says who decides"
    page.get_by_label("Reason").fill("Ask first")
    page.get_by_role("button", name="Keep the decision").click()
    page.wait_for_url("**#decisions")
    expect(page.locator(".line li").first).to_contain_text(re.compile(r"UTC, dana\s+Put on hold for .*: Ask first"))
    page.get_by_role("button", name="Log out dana").click()
    page.wait_for_url("**/login")
    page.go_back()
    page.reload()
    page.wait_for_url("**/login?next=**")
    expect(page.locator("main"), "whoever left knows it").not_to_contain_text("Your session is over")


def test_without_javascript_one_logs_in_and_out_too(enter):
    page = enter("/roles", java_script_enabled=False)
    page.wait_for_url("**/roles")
    page.get_by_role("button", name="Log out dana").click()
    page.wait_for_url("**/login")


def test_a_wrong_password_is_said_and_the_way_on_is_kept(enter):
    page = enter("/roles", password="a wrong and dull password")  # noqa: S106 - of nobody
    expect(page.get_by_role("alert")).to_contain_text("do not fit")
    expect(page.get_by_label("Name")).to_be_focused()
    fill(page)
    page.wait_for_url("**/roles")


def test_a_session_that_is_over_is_said_and_one_goes_on_where_one_was(enter, served):
    page = enter("/heatmaps/ml_engineer?seniority=senior")
    page.wait_for_url("**/heatmaps/**")
    end_all_sessions(served)
    page.reload()
    expect(page.locator("main")).to_contain_text("Your session is over")
    fill(page)
    page.wait_for_url("**/heatmaps/ml_engineer?seniority=senior")


def test_a_slider_after_the_session_leads_to_the_login_and_back_to_the_same_weights(enter, served):
    page = enter("/shortlists/ml_engineer?seniority=senior")
    page.locator("summary", has_text="Weights").click()
    end_all_sessions(served)
    page.locator("input[name='w.python']").fill("0")
    page.wait_for_url("**/login?next=**")
    fill(page)
    page.wait_for_url(re.compile(r"/shortlists/ml_engineer\?.*w\.python=0"))
    expect(page.locator("h1")).to_have_text("ML Engineer, senior")


def test_a_file_dropped_after_the_session_is_asked_for_again(enter, served):
    page = enter()
    end_all_sessions(served)
    page.set_input_files("input[type=file]", SAMPLES / "candidates.csv")
    page.wait_for_url("**/login?next=**")
    expect(page.locator("main")).to_contain_text("What you sent last was not kept")


def test_who_may_only_look_is_offered_nothing_else(enter, served):
    page = enter(name="lou")
    expect(page.locator("main")).to_contain_text("You may look")
    assert page.locator("input[type=file]").count() == 0
    page.goto(f"http://127.0.0.1:{served.port}/shortlists/ml_engineer?seniority=senior")
    page.locator("#ranking td.who a").first.click()
    expect(page.locator("#decisions")).to_contain_text("You may look")
    assert page.get_by_role("button", name="Keep the decision").count() == 0


@pytest.mark.slow
def test_who_tries_too_often_is_told_to_wait(tab, served):
    page = tab(served).go("/login")
    for _ in range(6):
        with page.expect_response("**/login") as answered:
            fill(page, "max", "a wrong and dull password")
        if answered.value.status == HTTPStatus.TOO_MANY_REQUESTS:
            break
    expect(page.locator("main")).to_contain_text("Too many logins failed")
    expect(page.locator("main")).to_contain_text("Wait a while")


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_in_has_no_serious_flaw_for_people_with_aids(enter, width, scheme):
    page = enter("/roles", name="nobody", viewport={"width": width, "height": 900}, color_scheme=scheme)
    expect(page.get_by_role("alert")).to_have_count(1)
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
