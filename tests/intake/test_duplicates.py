"""Who is likely one person, and why. Everybody here is invented."""

import pytest

from service.core.profile import Profile
from service.intake.candidate import Candidate, Job
from service.intake.dates import span_of
from service.intake.duplicates import told, traces, worked_together


def somebody(name="Ada Example", *jobs, external_id=None, email=None):
    contact = {"email": email} if email else {}
    return Candidate("native", external_id, name, Profile(), contact, history=tuple(jobs))


def job(organization="Works", start=None, end=None):
    return Job("Engineer", organization, span_of(start, end) if start else None)


def why(one, other):
    shared = traces(one) & traces(other)
    return (told(shared) or worked_together(one, other)) if shared else None


def test_the_same_address_is_a_reason_whatever_the_name():
    reason = why(somebody("Ada Example", email="Ada@example.com"), somebody("A. Sample", email=" ada@EXAMPLE.com"))
    assert reason == "The same e-mail address."


def test_the_same_name_with_the_same_id_is_a_reason():
    reason = why(somebody("Ada Example", external_id="C-1"), somebody("Example, Ada", external_id="c-1"))
    assert reason == "The same name, and the same id in another source."


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        (
            job("Works GmbH", "2019-03", "2021-02"),
            job("WORKS", "2020", None),
            "Works GmbH (2019-03 to 2021-02, and 2020 to present)",
        ),
        (job("Works", "2019-03", "2021-02"), job("Works", "2019-03", "2021-02"), "Works (2019-03 to 2021-02)"),
        (job("Works", "2019-03", "2021-02"), job("Works"), "Works (2019-03 to 2021-02)"),
        (job("Works"), job("Works"), "Works"),
        (job("Works", "2019", "2021"), job("Works", "2021", "2023"), "Works (2019 to 2021, and 2021 to 2023)"),
    ],
)
def test_the_same_name_with_a_time_at_the_same_employer_is_a_reason(mine, theirs, expected):
    found = why(somebody("Ada Example", job("Elsewhere"), mine), somebody("Dr. Ada Example", theirs))
    assert found == f"The same name, and both were with {expected}."


def test_the_company_beside_the_name_counts_in_those_stored_before_it_was_a_job():
    before = Candidate("upload", None, "Ada Example", Profile(), {"company": "Works Pvt Ltd"})
    assert why(somebody("Ada Example", job("WORKS")), before) == "The same name, and both were with WORKS."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (somebody(), somebody()),
        (somebody("Ada Example", job("Works")), somebody("Ada Example", job("Mills"))),
        (somebody("Ada Example", job(None)), somebody("Ada Example", job(None))),
        (somebody("Ada Example", job("Works", "2010", "2012")), somebody("Ada Example", job("Works", "2018", "2020"))),
        (somebody("Ada Example", job("Works")), somebody("Ida Example", job("Works"))),
        (somebody("Ada Example", external_id="c-1"), somebody("Bo Example", external_id="c-1")),
        (somebody("Ada", job("Works")), somebody("Ada", job("Works"))),
    ],
)
def test_less_is_no_reason(one, other):
    assert why(one, other) is None
