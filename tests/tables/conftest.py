import pytest
from intake.conftest import files, reader  # noqa: F401 - fixtures
from tables.in_process import InProcess

from service.sheets import reader as sheet_reader


@pytest.fixture
def one_process(monkeypatch):
    """Read files in this process: nearly all the time would go into starting others."""
    monkeypatch.setattr(sheet_reader, "_Child", InProcess)
