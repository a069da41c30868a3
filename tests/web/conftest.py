"""A real browser on a real server. The browser is Debian's chromium."""

from __future__ import annotations

import shutil

import pytest
from serving import Server
from web.browsing import SAMPLES, Tab

from service.app import create_app
from service.config import Settings


@pytest.fixture(scope="session")
def sampled_file(tmp_path_factory):
    """A file of SQLite with the sample candidates: to copy it is quicker than to import them again."""
    folder = tmp_path_factory.mktemp("sampled")
    app = create_app(Settings(data=folder))
    assert app.test_client().post("/samples").status_code < 400
    app.extensions["rolefit"].store.close()
    return folder / "rolefit.db"


@pytest.fixture
def sampled(client, tmp_path, sampled_file):
    """A client of a service with the sample candidates."""
    shutil.copy(sampled_file, tmp_path)
    return client


@pytest.fixture(scope="session")
def chromium():
    """A headless browser, started once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - other tests need no browser

    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server that nobody used yet."""
    with Server(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    """A server with the sample candidates."""
    with Server(tmp_path_factory.mktemp("pool")) as server:
        for name in ("candidates.xlsx", "candidates.csv", "candidates.json"):
            server.upload((SAMPLES / name).read_bytes(), name)
        yield server


@pytest.fixture
def tab(chromium):
    """Open tabs on a server; at the end none may have complained."""
    opened = []

    def tab(server, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        opened.append((context, Tab(context, server)))
        return opened[-1][1]

    yield tab
    for context, _ in opened:
        context.close()
    assert [complaint for _, one in opened for complaint in one.complaints] == []
