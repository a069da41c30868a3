"""What all tests share: where the data is, the library, and a rule against tests that quietly do not run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"

MAY_SKIP = ("root writes where it likes",)
"""Reasons for which a test may be skipped in CI."""


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


@pytest.fixture
def app(tmp_path):
    from service.app import create_app  # noqa: PLC0415 - tests of the core need no Flask
    from service.config import Settings  # noqa: PLC0415

    app = create_app(Settings(data=tmp_path))
    yield app
    app.extensions["rolefit"].store.close()


@pytest.fixture
def client(app):
    return app.test_client()
