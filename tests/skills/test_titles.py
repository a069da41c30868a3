"""What a title suggests of seniority, and the titles that only look like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.skills.titles import band_of, is_title

SUGGESTS = {
    "junior": [
        "Junior Data Scientist", "Jr. ML Engineer", "Data Science Intern", "Working Student, Machine Learning",
        "Graduate Engineer", "Software Engineer I", "Entry-level Analyst", "Trainee Data Engineer", "Werkstudentin KI",
        "Praktikant Data Science", "Stagiaire en science des données", "Becaria de datos", "Ingénieur débutant",
        "Apprentice MLOps Engineer", "Student assistant, NLP group", "Científico de datos júnior",
    ],
    "mid": [
        "Mid-level ML Engineer", "Data Engineer II", "Intermediate Data Analyst", "Ingénieure confirmée",
        "Medior Data Scientist", "Machine Learning Engineer II, Search",
    ],
    "senior": [
        "Senior ML Engineer", "Sr. Data Scientist", "Lead Data Engineer", "Tech Lead", "Team Lead AI", "Head of Data",
        "Head of Machine Learning", "Staff Software Engineer", "Principal Scientist", "Software Engineer III",
        "Engineering Director", "VP of Data", "Vice President, Analytics", "Chief Data Officer", "CTO",
        "Leiterin Data Science", "Leitender Entwickler", "Teamleiter KI", "Responsable IA", "Directrice des données",
        "Chef d'équipe data", "Jefa de datos", "Ingeniero sénior", "SENIOR AI ENGINEER", "Distinguished Engineer",
        "Staff ML Engineer", "Data Science Lead", "Senior-Entwicklerin", "Chief of Staff, AI",
    ],
    None: [
        "ML Engineer", "Data Scientist", "Account Executive, Senior Living", "Lead Generation Specialist",
        "Staff Nurse", "Staff Accountant", "School Principal", "Senior High Teacher", "Assistant to the Head of Data",
        "Executive Assistant to the CTO", "Headhunter", "Head Nurse", "Aspiring Senior ML Engineer",
        "Former Head of Data", "Ex-Lead Engineer", "Director's driver", "Member of Technical Staff",
        "Senior Care Worker", "Chef de projet IA", "Leads analyst", "Junior High Tutor", "Internal Auditor",
        "International Trade Manager", "Sranan translator", "", "   ", "x" * 1000, "Senior thesis student",
        "Looking for a senior role", "Midwife", "II", "Staffing Manager", "Presidential Fellow",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("band", "title"), [(band, title) for band, titles in SUGGESTS.items() for title in titles])
def test_a_title_suggests_a_band_or_none(band, title):
    assert band_of(title) == band


def test_of_two_ranks_the_lower_counts():
    assert band_of("Junior Team Lead") == "junior"
    assert band_of("Senior Trainee") == "junior"


@pytest.mark.parametrize(
    "text",
    [
        "ML Engineer", "Data scientist", "Softwareentwicklerin", "Ingénieure", "Científica de datos", "Head of Data",
        "Product Owner", "Working student", "Analyste", "Responsable IA", "Consultant", "Site reliability engineer",
    ],
)  # fmt: skip
def test_a_text_that_names_a_job_is_a_title(text):
    assert is_title(text)


@pytest.mark.parametrize("text", ["Acme GmbH", "Berlin, Germany", "MSc Computer Science", "Python", "2019", ""])
def test_a_text_that_names_none_is_no_title(text):
    assert not is_title(text)


@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    assert band_of(text) in ("junior", "mid", "senior", None)
    assert is_title(text) in (True, False)
