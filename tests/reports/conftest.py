import pytest
from reports.people import invented_names, make_payload, make_rubric


@pytest.fixture(scope="session")
def rubric():
    return make_rubric()


@pytest.fixture(scope="session")
def payload(rubric):
    return make_payload(rubric, invented_names(40))
