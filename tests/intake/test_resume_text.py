"""A résumé pasted as text: its sections, its jobs with their dates, its lists, and what its sentences tell."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.resumes import CLASSIC, RESUMES

from service.core.time import tick
from service.intake import native
from service.intake.resume_sections import HEADINGS, folded, lines, sections
from service.intake.resume_text import name_in

TODAY = tick(2026, 11, 20)


def read(reader, text, **more):
    return native.read({"external_id": "r", "text": text, **more}, reader)


@pytest.fixture(params=RESUMES)
def resume(request):
    return RESUMES[request.param]


def test_the_jobs_of_a_resume_and_their_months(reader, resume):
    profile = read(reader, resume.text).profile

    assert len(profile.jobs) == resume.jobs
    assert profile.experience(TODAY) == resume.months


def test_the_titles_of_a_resume(reader, resume):
    titles = read(reader, resume.text).profile.titles

    assert tuple((seen.title, seen.band) for seen in titles) == resume.titles
    assert [resume.text[slice(*seen.at)] for seen in titles] == [title for title, _ in resume.titles]


def test_the_skills_of_a_resume_with_their_kind(reader, resume):
    found = {(piece.skill, piece.kind) for piece in read(reader, resume.text).profile.evidence}

    assert resume.skills <= found
    assert not resume.never & found


def test_the_markers_of_a_resume(reader, resume):
    assert resume.markers <= set(read(reader, resume.text).profile.markers)


def test_the_name_of_a_resume(resume):
    assert name_in(resume.text) == resume.name


def test_places_are_counted_in_the_whole_text(reader, resume):
    candidate = read(reader, resume.text)
    seen = [*candidate.profile.evidence, *candidate.profile.markers.values()]

    assert seen
    for piece in seen:
        start, end = piece.at
        assert piece.where == "/text"
        assert 0 <= start < end <= len(resume.text)
        assert " ".join(resume.text[start:end].split()) in piece.quote


def test_a_skill_of_a_job_has_the_dates_of_the_job(reader):
    profile = read(reader, CLASSIC.text).profile
    spans = {piece.skill: piece.span for piece in profile.evidence if piece.kind in ("used", "delivered")}

    assert spans["tensorflow"].start[0] == tick(2018, 3)
    assert spans["pytorch"].start[0] == tick(2020, 1)
    assert all(piece.span is None for piece in profile.evidence if piece.kind in ("stated", "certified"))


def test_a_list_of_skills_is_read_with_its_levels(reader):
    text = "Skills\nPython (5 years), SQL: advanced, Frobnicator\nExpert: Docker\nFamiliar with: Terraform\n"
    candidate = read(reader, text)
    found = {piece.skill: piece for piece in candidate.profile.evidence}

    assert found["python"].months[0] == 60
    assert found["sql"].level == (40, 40)
    assert found["docker"].level == (50, 50)
    assert found["terraform"].level == (10, 10)
    assert [remark["value"] for remark in candidate.remarks] == ["Frobnicator"]


def test_stated_years_count_where_no_job_is_dated(reader):
    text = "Summary\nOver 8 years of experience in search.\n"

    assert read(reader, text).profile.months[0] == 96
    assert read(reader, text, years_experience=3).profile.months == (36, 36)


def test_stated_years_are_set_aside_where_jobs_are_dated_and_that_is_said(reader):
    candidate = read(reader, CLASSIC.text)

    assert candidate.profile.months is None
    assert "8+ years of experience" in [remark["value"] for remark in candidate.remarks]


@pytest.mark.parametrize("text", ["5 years of experience with Python", "3 years old", "experience: 7", "12 ans"])
def test_years_with_a_tool_are_no_years_in_all(reader, text):
    assert read(reader, f"Summary\n{text}\n").profile.months is None


OF_OTHERS = [
    "Acme is a company with 30 years of experience in retail.\nPython",
    "Our team has 40 years of combined experience.\nPython",
    "We are a family-owned firm with 25 years of experience.",
    "Summary\nActuary at a fast growing consultancy that has 30 years of experience",
    "Acme is a company in Ulm\nwith 30 years of experience in retail.",
    "Our consultants have 40 years of experience.",
    "The industry has 50 years of experience.",
    "Unser Team hat 40 Jahre Erfahrung.",
]


@pytest.mark.parametrize("text", OF_OTHERS)
def test_years_of_a_company_or_a_team_are_not_the_persons_and_that_is_said(reader, text):
    candidate = read(reader, text)

    assert candidate.profile.months is None
    assert "years of a company" in candidate.remarks[-1]["detail"]


OWN = [
    "Team lead with 10 years of experience.",
    "Team player with 10 years of experience.",
    "I work at a company with 30 years of experience in retail. I have 10 years of experience.",
    "In our team I have 10 years of experience.",
    "10 years of industry experience.",
    "Data scientist in the retail industry with 10 years of experience.",
    "Our clients are banks. 10 years of experience in data.",
]


@pytest.mark.parametrize("text", OWN)
def test_years_of_the_person_are_told_from_those_of_others(reader, text):
    assert read(reader, text).profile.months == (120, 120)


@pytest.mark.parametrize("field", ["summary", "headline", "text"])
def test_any_text_about_a_person_may_state_the_years(reader, field):
    said = {field: "Data engineer with 10 years of experience"}
    dated = {"jobs": [{"title": "Data engineer", "start": "2020-01", "end": "2021-12"}]}
    (remark,) = native.read({"external_id": "r", **said, **dated}, reader).remarks

    assert native.read({"external_id": "r", **said}, reader).profile.months == (120, 120)
    assert native.read({"external_id": "r", "years_experience": 3, **said}, reader).profile.months == (36, 36)
    assert remark["pointer"] == f"/{field}"
    assert "the dated jobs tell" in remark["detail"]


def test_of_several_texts_that_state_years_the_first_counts_and_the_others_are_told(reader):
    texts = {"text": "8 years of experience.", "summary": "9 years of experience.", "headline": "8 years of experience"}
    candidate = native.read({"external_id": "r", **texts}, reader)

    assert candidate.profile.months == (96, 96)
    assert [(remark["pointer"], remark["detail"]) for remark in candidate.remarks] == [
        ("/summary", "not counted: '8 years of experience' was read first")
    ]


def test_a_sheets_summary_or_title_states_years_where_no_column_does(files):
    rows = [
        ("Name", "Years", "Title", "Summary", "Notes"),
        ("A", None, "Engineer", "10 years of experience in data.", None),
        ("B", 3, "Engineer", "10 years of experience in data.", None),
        ("C", None, "Engineer with 9 years of experience", None, None),
        ("D", None, None, "Our team has 40 years of experience.", None),
        ("E", None, None, None, "The client has 10 years of experience."),
    ]
    read = files.xlsx(*rows)

    assert [person.profile.months for person in read.people] == [(120, 120), (36, 36), (108, 108), None, None]
    assert read.warned == ["D5"]


DATED = [
    ("ML Engineer, Acme, Jan 2020 - Jun 2021", 18),
    ("ML Engineer, Acme — Jan 2020 – Jun 2021", 18),
    ("Jan 2020 – Jun 2021: ML Engineer, Acme", 18),
    ("01/2020 – 06/2021 ML Engineer | Acme", 18),
    ("ML Engineer | Acme | 2020-01 to 2021-06", 18),
    ("ML Engineer (Acme) [01.2020 - 06.2021]", 18),
    ("ML Engineer at Acme\t\tJanuary 2020 – June 2021", 18),
    ("• ML Engineer, Acme, January 2020 – June 2021", 18),
    ("1. ML Engineer, Acme, January 2020 – June 2021", 18),
    ("### ML Engineer @ Acme (January 2020 – June 2021)", 18),
    ("**ML Engineer** · Acme · Jan 2020–Jun 2021", 18),
    ("ML Engineer\nAcme\nJan 2020 - Jun 2021", 18),
    ("Acme\nML Engineer\nJan 2020 - Jun 2021", 18),
    ("Jan 2020 - Jun 2021\nAcme\nML Engineer", 18),
    ("Jan 2020 - Jun 2021\nML Engineer\nAcme", 18),
    ("ML Engineer, The Old And New Acme Company Ltd. — Jan 2020 – Jun 2021", 18),
    ("Jan 2020 – Jun 2021: ML Engineer, The Old Acme Company Ltd.", 18),
    ("Acme, Berlin                Jan 2020 - Jun 2021\nML Engineer", 18),
]


@pytest.mark.parametrize(("head", "months"), DATED)
def test_dates_stand_before_beside_or_after_a_title(reader, head, months):
    profile = read(reader, f"Experience\n{head}\n- Spark jobs\n\nEducation\nBSc 2010 – 2013\n").profile

    assert profile.experience(TODAY) == (months, months)
    assert [seen.title for seen in profile.titles] == ["ML Engineer"]


def test_a_list_inside_a_job_is_read_as_a_list(reader):
    candidate = read(reader, "Experience\nML Engineer, Acme, 2019 – 2021\n- Stack: Python (3 years), Wobble\n")
    (piece,) = candidate.profile.evidence

    assert (piece.skill, piece.kind, piece.months) == ("python", "used", (36, 36))
    assert piece.span == candidate.profile.jobs[0]
    assert [remark["value"] for remark in candidate.remarks] == ["Wobble"]


@pytest.mark.parametrize(
    "head",
    [
        "ML Engineer\n2019 – 2021\nSnowflake Bakery, Ulm",
        "Snowflake Bakery\nML Engineer\n2019 – 2021",
        "ML Engineer, Snowflake, 2019 – 2021",
    ],
)
def test_the_name_of_an_employer_is_no_skill(reader, head):
    profile = read(reader, f"Experience\n{head}\n- Jobs in Spark\n- Tables in SQL\n").profile

    assert {piece.skill for piece in profile.evidence} == {"spark", "sql"}


def test_dates_above_titles_leave_the_last_line_to_the_job_before(reader):
    text = "Experience\n2021-05 – 2024-04\nML Engineer\nHelped data engineers\n2018-05 – 2021-04\nData Analyst\nSQL\n"
    profile = read(reader, text).profile

    assert [seen.title for seen in profile.titles] == ["ML Engineer", "Data Analyst"]


BETA = "EXPERIENCE\nData Scientist, Beta Ltd — 03/2018 - 12/2020\n- SQL\n"
UNDATED = [
    "\nIntern, Gamma — 2016",
    "\nIntern, Gamma, May 2016",
    "\nIntern, Gamma (2016)",
    "\nGamma GmbH | Munich",
    "\nIntern, Gamma",
    "\nIntern at Gamma",
    "\nGamma — 2016",
    "Intern, Gamma — 2016",
]


@pytest.mark.parametrize("head", UNDATED)
def test_a_job_without_dates_that_can_be_read_is_none_of_the_job_above(reader, head):
    candidate = read(reader, f"{BETA}{head}\n- R and Excel sheets\n")

    assert {(piece.skill, piece.kind, piece.span) for piece in candidate.profile.evidence} == {
        ("sql", "used", candidate.profile.jobs[0]), ("r", "stated", None), ("excel", "stated", None),
    }  # fmt: skip
    assert len(candidate.profile.jobs) == 1
    assert [(remark["value"], remark["detail"]) for remark in candidate.remarks] == [
        (head.strip(), "a job without dates that can be read: its skills are told undated")
    ]


@pytest.mark.parametrize("head", ["Intern, Gamma — Summer 2016", "Summer 2016: Intern, Gamma", "Intern, Sommer 2016"])
@pytest.mark.parametrize("blank", ["\n", ""])
def test_a_job_of_one_season_is_dated_within_it(reader, head, blank):
    profile = read(reader, f"{BETA}{blank}{head}\n- R and Excel sheets\n").profile
    within = (tick(2016, 6), tick(2016, 9))

    assert profile.jobs[1] == (within, within)
    assert {piece.skill: piece.span for piece in profile.evidence} == {
        "sql": profile.jobs[0], "r": profile.jobs[1], "excel": profile.jobs[1],
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Key achievements", "Berlin, Germany", "Stack: R | Excel", "R | Excel", "Mentored two engineers, one intern",
        "Rolled out in Summer 2016 to all of the stores and their managers, in the end.", "- Intern of the year | 2016",
    ],
)  # fmt: skip
def test_what_heads_no_job_leaves_its_skills_to_the_job_above(reader, line):
    profile = read(reader, f"{BETA}\n{line}\n- R and Excel sheets\n").profile

    assert {piece.span for piece in profile.evidence} == {profile.jobs[0]}
    assert len(profile.jobs) == 1


def test_the_place_right_below_the_dates_belongs_to_the_job(reader):
    text = "EXPERIENCE\nData Scientist, Beta Ltd — 03/2018 - 12/2020\n\nBerlin | Germany\n- SQL\n"
    profile = read(reader, text).profile

    assert [(piece.skill, piece.kind) for piece in profile.evidence] == [("sql", "used")]


def test_a_job_below_a_break_is_no_break(reader):
    text = "EXPERIENCE\nCareer break, 2018 – 2019\n- travelled\n\nIntern, Gamma — 2016\n- SQL\n"
    profile = read(reader, text).profile

    assert [(piece.skill, piece.kind) for piece in profile.evidence] == [("sql", "stated")]
    assert profile.jobs == ()


NO_JOBS = [
    "Education\nWorking student thesis, TU Beispiel, 2015 – 2018\n",
    "Experience\nMigrated the warehouse to the cloud between 2018 and 2019 with a team of five people.\n",
    "Experience\n- moved 2018 – 2019 from one cloud to another\n",
    "Projects\nRecipe search, Jan 2020 – Mar 2020\n",
    "Experience\nCareer break, 2018 – 2019\n",
    "Experience\nData Engineer, Acme\n",
    "Experience\nData Engineer, Acme, Feb 2021 – Jan 2020\n",
    "Data Engineer from 2018 to 2019 I was somewhere else entirely, and nobody knows what I did there.",
    "References\nEve Example, Data Engineer, 2018 – 2019\n",
]


@pytest.mark.parametrize("text", NO_JOBS)
def test_what_is_no_job_adds_no_time(reader, text):
    assert read(reader, text).profile.jobs == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("EXPERIENCE", "experience"), ("Work Experience:", "experience"), ("## Skills", "skills"),
        ("**Education**", "education"), ("=== Projects ===", "projects"), ("S K I L L S", "skills"),
        ("Berufserfahrung", "experience"), ("EXPÉRIENCES PROFESSIONNELLES", "experience"),
        ("Formación académica", "education"), ("Skills & Technologies", "skills"), ("Über mich", "summary"),
        ("Licenses and Certifications", "certifications"), ("3. References", "top"), ("Python", "top"),
        ("Experience matters to me", "top"), ("- moved on", "top"),
    ],
)  # fmt: skip
def test_a_heading_begins_a_section(line, kind):
    assert sections(f"{line}\nsomething\n")[-1].kind == kind


def test_what_stands_behind_the_colon_of_a_heading_belongs_to_its_section():
    found = sections("Skills: Python, SQL\nLanguages: English\n")

    assert [(section.kind, [line.text for line in section.lines]) for section in found[1:]] == [
        ("skills", ["Python, SQL", "Languages: English"])
    ]


def test_a_label_inside_a_job_is_no_heading():
    found = sections("Experience\nML Engineer, Acme, 2019 – 2021\nSkills: Python\nLanguages: Go\nEducation: BSc\n")

    assert [section.kind for section in found] == ["top", "experience", "education"]


def test_a_list_of_skills_that_stands_apart_below_the_jobs_is_none_of_the_last_one():
    jobs = "Experience\nML Engineer, Acme, 2019 – 2021\n- Python\n\n"
    ends = [sections(f"{jobs}{label}: SQL\n")[-1].kind for label in ("Skills", "Technical skills", "Technologies")]
    assert ends == ["skills", "skills", "experience"]
    each = "ML Engineer, Acme, 2019 – 2021\n\nSkills: SQL\n\n"
    assert [section.kind for section in sections(f"Experience\n{each}{each}")] == ["top", "experience"]


def test_no_heading_is_of_two_kinds():
    listed = [heading for headings in HEADINGS.values() for heading in headings]

    assert len(listed) == len(set(listed))
    assert [folded(heading) for heading in listed] == listed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Example\n", "Ada Example"), ("# Ada Example\n", "Ada Example"),
        ("ADA B. EXAMPLE | ada@example.org", "ADA B. EXAMPLE"),
        ("Name: Ada Example", "Ada Example"), ("Curriculum Vitae of Ada Example", "Ada Example"),
        ("Jean-Luc d'Exemple, Paris", None), ("Jean-Luc D'Exemple, Paris", "Jean-Luc D'Exemple"),
        ("Senior ML Engineer", None), ("Work Experience", None), ("I write Python", None), ("Ada", None), ("", None),
        ("Python SQL Docker Kubernetes Spark Kafka", None), ("Ada Example 2024", None),
    ],
)  # fmt: skip
def test_a_name_is_a_first_line_that_looks_like_one(text, name):
    assert name_in(text) == name


@given(st.text(max_size=600))
def test_any_text_can_be_read(reader, text):
    candidate = read(reader, text)
    for piece in candidate.profile.evidence:
        assert 0 <= piece.at[0] < piece.at[1] <= len(text)


PIECES = [
    "\n",
    "Experience",
    "Skills:",
    "ML Engineer",
    "Acme",
    "2019 – 2021",
    " ",
    "- ",
    "Python, SQL",
    "present",
    "Jan",
    "|",
]


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_shuffled_resume_can_be_read(reader, pieces):
    text = "".join(pieces)
    candidate = read(reader, text)

    assert len(candidate.profile.jobs) <= text.count("20")
    assert all(text[line.start : line.end] == line.text for line in lines(text))


HOSTILE = [
    "2019 – 2021\n", "ML Engineer 2019 – 2021\n", "Jan ", "2019 ", "Experience\n", "Skills: a, ", "a" * 50 + "\n",
    "1/", "– ", "8 years of ", " ", "\n", "(", "Skills:\nPython, (", "Acme\n", ":", "A ", "Ada\t", "# ", "'19-",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(reader, piece):
    def seconds(length):
        text = "Experience\n" + (piece * length)[:length]
        began = time.process_time()
        read(reader, text)
        return time.process_time() - began

    seconds(1000)
    assert seconds(160_000) < 30 * max(seconds(20_000), 0.02)
