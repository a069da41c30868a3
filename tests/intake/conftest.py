import pytest
from intake.files import Files

from service.usecases import reader_of


@pytest.fixture(scope="session")
def reader(library):
    return reader_of(library)


@pytest.fixture
def files(tmp_path, reader):
    return Files(tmp_path, reader)
