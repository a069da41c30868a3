"""Tables that were read wrong once, with their right values, and variants of each kind. All people are invented."""

import datetime as dt
import unicodedata

import pytest
from intake.files import Read
from tables.grid import YES

from service.core.profile import Profile
from service.errors import RolefitError
from service.sheets.limits import Limits
from service.store.store import Store
from service.usecases import House, imports

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.usefixtures("one_process")


@pytest.fixture
def case(shared, files):
    """Read a file of a case that lies beside the project; without it the test is skipped."""

    def case(name, **options):
        path = shared / "cases" / name
        if not path.is_file():
            pytest.skip("the shared test data is not beside this checkout")
        return files.read(path, **options)

    return case


def names(read):
    return sorted(who.name for who in read.people)


def person(read, name):
    return next(who for who in read.people if who.name == name)


def said(read, name):
    """Return what is said of each skill of a person: kind and level in tenths, months or a mention, the best first."""
    pieces = {}
    for piece in of(read, name).evidence:
        level = piece.level and (piece.level[0] if piece.level[0] == piece.level[1] else piece.level)
        what = level if level is not None else piece.months or YES
        pieces.setdefault(piece.skill, set()).add((piece.kind, what))
    return {skill: next(iter(found)) if len(found) == 1 else found for skill, found in pieces.items()}


def levels(read, name):
    """Return the levels in tenths that somebody else rated, by skill."""
    return {skill: what[1] for skill, what in said(read, name).items() if what[0] == "rated"}


def months(read, name):
    return person(read, name).profile.months


def of(read, name):
    """Return the profile of a person, an empty one where there is no such person."""
    return next((who.profile for who in read.people if who.name == name), Profile())


def kinds(read):
    return [question["kind"] for question in read.report["questions"]]


def notices(read):
    return " ".join(read.report["notices"])


def mentions(*skills):
    return dict.fromkeys(skills, ("stated", YES))


def sheets(files, tables):
    """Read a sheet for each table, as many in a workbook as are read. The people of each have names of their own."""
    people, tables = [], list(tables)
    while tables:
        part, tables = tables[:MOST_SHEETS], tables[MOST_SHEETS:]
        book = files.book()
        book.remove(book.active)
        for at, rows in enumerate(part):
            sheet = book.create_sheet(f"Sheet {at}")
            for row in rows:
                sheet.append(row)
        people += files.saved(book).people
    return Read(people, [], {})


MOST_SHEETS = 20
"""Sheets of a workbook that are read."""


def table(*rows):
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


# Durations.


def test_the_totals_of_a_job_board(case):
    read = case("01-durations/naukri.csv")

    assert {who.name.split()[0]: who.profile.months for who in read.people if not who.name.startswith("Om")} == {
        "Kavya": (66, 66), "Rohit": (131, 131), "Esha": (8, 8), "Dev": (0, 0), "Tanvi": (38, 38), "Arjun": (85, 85),
        "Lata": (24, 36),
    }  # fmt: skip
    assert months(read, "Om Tripurari")[0] == 360


DURATIONS = {
    "5 Year(s) 6 Month(s)": 66, "5 Yrs 6 Mths": 66, "5 yr(s)": 60, "6 month(s)": 6, "5 YOE": 60, "P5Y6M": 66,
    "10 years of IT experience": 120, "5 years (2 relevant)": 60, "five": 60, "No experience": 0, "Fresher": 0,
    "fresher": 0, "0 Year(s) 0 Month(s)": 0, "5y 6m": 66, "5 years, 6 months": 66, "5 years and 6 months": 66,
    "7 Yrs": 84, "1 Year 3 Months": 15, "11 Year(s)": 132, "18 months": 18, "4 Yrs 0 Mths": 48, "5 Jahre 6 Monate": 66,
    "5 ans 6 mois": 66, "5 años 6 meses": 66, "ten years": 120, "6 years of experience": 72, "3 yrs exp": 36,
    "5.5 years": 66, "5,5 Jahre": 66, "P3Y": 36, "12 YoE": 144,
}  # fmt: skip


def test_durations_are_read_in_months(files):
    rows = [(f"Ada P{at}", written, "Python") for at, written in enumerate(DURATIONS)]
    read = files.csv(table(("Name", "Total Experience", "Skills"), *rows, ("Bea Q", "4", "SQL")))

    assert {written: months(read, name) for name, written, _ in rows} == {
        written: (count, count) for written, count in DURATIONS.items()
    }
    assert months(read, "Bea Q") == (48, 48)


@pytest.mark.parametrize("written", ["5'6", "5’6", '5\'6""'])
def test_feet_and_inches_are_no_years(files, written):
    read = files.csv(table(("Name", "Total Experience", "Skills"), ("Ada P", written, "Python")))

    assert months(read, "Ada P") in {None, (66, 66)}
    assert months(read, "Ada P") or read.warned == ["B2"]


def test_a_likely_age_is_remarked_in_a_column_of_years(files):
    read = files.csv(table(("Name", "Total Experience", "Skills"), ("Ada P", "66", "Python"), ("Bea Q", "6", "SQL")))

    assert read.warned == ["B2"]


def test_a_year_of_beginning_is_experience_until_today(files):
    read = files.csv(table(("Name", "Total Experience", "Skills"), ("Ada P", "2019 - present", "Python")))

    assert person(read, "Ada P").profile.experience(dt.date(2026, 11, 1).toordinal()) is not None or read.warned == [
        "B2"
    ]


# Headers of trackers.


def test_a_usual_tracker_is_read(case):
    read = case("02-tracker-headers/primsec.csv")

    assert said(read, "Ada P") == mentions("python", "sql", "docker")
    assert said(read, "Bea Q") == mentions("spark", "kafka")
    assert (months(read, "Ada P"), months(read, "Bea Q")) == ((72, 72), (36, 36))
    assert person(read, "Ada P").contact["email"] == "a@example.org"


def test_the_headers_of_a_job_board_are_understood(case):
    understood = case("02-tracker-headers/naukri.csv").understood

    assert not [header for header in ("Email ID", "Current Location", "Current Company name", "Current Designation",
                                      "Resume Headline") if understood[header] is None]  # fmt: skip


YEARS = (
    "Total Experience (in years)", "Total Experience(Years)", "Total Exp. (Yrs)", "Total Work Experience",
    "Overall Experience", "Professional Experience", "Years of Professional Experience", "Number of years experience",
    "No. of years of experience", "Relevant Exp",
    "TOTAL EXPERIENCE", "Total Exp", "Exp (in yrs)", "Work Experience (Years)", "Overall Exp (Yrs)",
    "Total IT Experience",
    "Total Yrs of Exp", "Years of Exp.", "Experience in years", "YOE", "Gesamterfahrung (Jahre)",
    "Années d'expérience totale", "Años de experiencia total", "Relevant Experience (years)",
)  # fmt: skip


def test_headers_of_years_are_understood(files):
    read = sheets(files, (
        (("Name", header, "Skills"), (f"Ada P{at}", 6, "Python"), (f"Bea Q{at}", 3, "SQL")) for at,
        header in enumerate(YEARS)
    ))  # fmt: skip

    assert {
        header: (of(read, f"Ada P{at}").months, of(read, f"Bea Q{at}").months) for at, header in enumerate(YEARS)
    } == (dict.fromkeys(YEARS, ((72, 72), (36, 36))))
    assert all(said(read, f"Ada P{at}") == mentions("python") for at in range(len(YEARS)))


SKILLS = (
    "Primary Skills", "Primary Skill", "Secondary Skills", "IT Skills", "Top Skills", "Skill(s)", "Key Skill(s)",
    "Skills & Technologies", "Skills/Technologies", "Skills (comma separated)", "Mandatory Skills", "Must have skills",
    "Core Competencies", "Areas of expertise", "Expertise", "Frameworks", "Tags",
    "PRIMARY SKILLS", "Primary Skillset", "Key Skills:", "Technical Skill Set", "Technologies Known",
    "Must-have Skills",
    "Skills (max 10)", "Main Skills", "Core Skills", "Tools & Technologies",
    "Technical Expertise",
    "Kernkompetenzen", "IT-Kenntnisse", "Compétences clés", "Competencias clave",
)  # fmt: skip


def test_headers_of_skills_are_understood(files):
    read = sheets(files, (
        (("Name", header, "Total Experience"), (f"Ada P{at}", "Python, SQL", 6), (f"Bea Q{at}", "Docker, AWS", 3))
        for at, header in enumerate(SKILLS)
    ))  # fmt: skip

    assert {header: said(read, f"Ada P{at}") | said(read, f"Bea Q{at}") for at, header in enumerate(SKILLS)} == (
        dict.fromkeys(SKILLS, mentions("python", "sql", "docker", "aws"))
    )


LEVELS = {
    "Python (self)": "stated", "Python self-rating": "stated", "Python (own rating)": "stated",
    "Self: Python": "stated",
    "Python – interviewer": "rated", "Python (interviewer)": "rated", "Python - Manager": "rated",
    "Python_level": "rated", "python_score": "rated", "Level of Python": "rated", "1. Python": "rated",
    "Q1: Python": "rated", "Skill: Python": "rated", "Skills.Python": "rated", "PYTHON LEVEL": "rated",
    "2) Python": "rated", "Python - Level": "rated", "Python Proficiency": "rated", "Python Rating": "rated",
    "skill_python": "rated", "Py": "rated", "Python*": "rated", "Python:": "rated",
}  # fmt: skip


def test_headers_of_levels_are_understood(files):
    read = sheets(files, (
        (("Name", header, "SQL"), (f"Ada P{at}", 4, 3), (f"Bea Q{at}", 2, 5)) for at, header in enumerate(LEVELS)
    ))  # fmt: skip

    assert {header: said(read, f"Ada P{at}").get("python") for at, header in enumerate(LEVELS)} == {
        header: (kind, 40) for header, kind in LEVELS.items()
    }
    assert all(said(read, f"Bea Q{at}")["sql"] == ("rated", 50) for at in range(len(LEVELS)))


@pytest.mark.parametrize("header", ["Exp in Python (yrs)", "Python (years)", "Years of Python",
                                    "Python Experience (Years)",
                                    "Python - Years", "Yrs of Python", "Python (Jahre)"])  # fmt: skip
def test_a_header_of_years_of_a_skill_is_understood(files, header):
    read = files.csv(table(("Name", header, "SQL"), ("Ada P", 4, 3), ("Bea Q", 8, 5)))

    assert [what for _, what in (said(read, "Ada P")["python"], said(read, "Bea Q")["python"])] == [(48, 48), (96, 96)]
    assert levels(read, "Bea Q")["sql"] == 50


def test_the_experience_with_a_skill_is_a_level_or_years(files):
    both = table(("Name", "Python Exp", "SQL"), ("Ada P", 4, 3), ("Bea Q", 2, 5))
    read = files.csv(both)

    assert "python" not in said(read, "Ada P")
    (question,) = read.report["questions"]
    assert (question["kind"], question["columns"], question["unread"]) == ("column", ["Python Exp"], 2)
    for choice, meant in zip(question["choices"], [("stated", (48, 48)), ("rated", 40)], strict=True):
        answered = files.csv(
            table(("Name", "Python Exp", "SQL"), ("Ada P", 4, 3), ("Bea Q", 2, 5)), mapping=choice["answer"]
        )
        assert said(answered, "Ada P")["python"] == meant
    alone = files.csv(table(("Name", "Python Exp", "Skills"), ("Ada P", 4, "SQL"), ("Bea Q", 2, "SQL")))
    assert said(alone, "Ada P")["python"] == ("stated", (48, 48))


@pytest.mark.parametrize(
    ("header", "skills"),
    [
        ("PyTorch/TensorFlow", {"pytorch", "tensorflow"}), ("Docker/K8s", {"docker", "kubernetes"}),
        ("K8s/Docker", {"docker", "kubernetes"}), ("Torch / TF", {"pytorch", "tensorflow"}),
        ("AWS / GCP", {"aws", "gcp"}), ("Kafka or Spark", {"kafka", "spark"}), ("Kafka & Spark", {"kafka", "spark"}),
        ("Java, Scala", {"java", "scala"}), ("Docker and Kubernetes", {"docker", "kubernetes"}),
        ("CI/CD", {"ci_cd"}), ("PL/SQL", {"plsql"}), ("TCP/IP", {"networking"}), ("Docker + K8s", {"docker",
        "kubernetes"}),
        ("Postgres | MySQL", {"postgresql", "mysql"}),
    ],
)  # fmt: skip
def test_a_header_of_two_skills_counts_for_both_and_a_name_with_a_slash_for_one(files, header, skills):
    read = files.csv(table(("Name", header, "SQL"), ("Ada P", 4, 3), ("Bea Q", 2, 5)))

    assert levels(read, "Ada P") == {**dict.fromkeys(skills, 40), "sql": 30}


@pytest.mark.parametrize(
    "header",
    ["Email ID", "Designation", "Current Designation", "Current Organization", "Mobile No.", "Contact Number",
     "Current Location", "Certifications", "Phone No", "Current Company name", "E-Mail ID", "Job Title",
     "Preferred Location",
     "Current Employer", "Contact No.", "Linkedin Profile"],
)  # fmt: skip
def test_another_usual_header_is_understood_and_is_no_rating(files, header):
    value = "ada@example.org" if "mail" in header.lower() else "Invented"
    read = files.csv(table(("Name", header, "Python"), ("Ada P", value, 4), ("Bea Q", "", 2)))

    assert read.understood[header] is not None
    assert levels(read, "Ada P") == {"python": 40}


@pytest.mark.parametrize("header", ["Name of the Candidate", "Candidate's Name", "Applicant", "Resource Name",
                                    "Employee Name",
                                    "Team member", "Mitarbeiter", "Nom du candidat",
                                    "Nombre del candidato"])  # fmt: skip
def test_a_header_of_names_is_understood(files, header):
    read = files.csv(table((header, "Python"), ("Ada P", 4), ("Bea Q", 2)))

    assert names(read) == ["Ada P", "Bea Q"]


@pytest.mark.parametrize("header", ["emp_id", "Applicant No", "Candidate Ref", "Employee ID", "Personalnummer",
                                    "Matricule",
                                    "Applicant ID", "EMP CODE", "Staff No."])  # fmt: skip
def test_an_id_of_any_usual_name_is_enough(files, header):
    read = files.csv(table((header, "Python", "SQL"), ("C-17", 4, 3), ("C-18", 2, 5)))

    assert [who.external_id for who in read.people] == ["C-17", "C-18"]
    assert [who.profile.evidence[0].level for who in read.people] == [(40, 40), (20, 20)]


@pytest.mark.parametrize("header", ["Email", "E-mail address", "Email ID", "Mail", "Correo electrónico", "Courriel"])
def test_an_address_is_enough(files, header):
    read = files.csv(table((header, "Python", "SQL"), ("a@example.org", 4, 3), ("b@example.org", 2, 5)))

    assert [who.contact["email"] for who in read.people] == ["a@example.org", "b@example.org"]


# Scales.


def test_percent_cells_are_exact(case):
    read = case("03-percent-cells/percent.xlsx")

    assert levels(read, "Ada P") == {"python": 43, "sql": 50, "kubernetes": 0, "pytorch": 20}
    assert levels(read, "Bea Q") == {"python": 50, "sql": 25, "kubernetes": 0, "pytorch": 50}
    assert levels(read, "Cy R") == {"python": 45, "sql": 10, "kubernetes": 50, "pytorch": 1}


def test_headers_that_name_their_scale(case):
    read = case("04-scale-in-header/outof.csv")

    assert levels(read, "Ada P") == {
        "python": 40, "sql": 45, "kubernetes": 35, "pytorch": 35, "docker": 40, "aws": 38, "spark": 30,
    }  # fmt: skip
    assert levels(read, "Bea Q") == {
        "python": 15, "sql": 20, "kubernetes": 3, "pytorch": 20, "docker": 3, "aws": 13, "spark": 20,
    }  # fmt: skip
    assert [question["columns"] for question in read.report["questions"] if question["kind"] == "scale"] == [
        ["Kafka (1-4)"]
    ]


@pytest.mark.parametrize(
    ("file", "python"),
    [("head_00", (20, 10)), ("head_14", (20, 10)), ("head_25", (2, 1)), ("head_26", (10, 5)), ("head_13", (20, 10))],
)
def test_a_header_names_the_scale_of_its_column_only(case, file, python):
    read = case(f"04-scale-in-header/{file}.csv")
    found = tuple(levels(read, name).get("python") for name in ("A B", "C D"))

    assert found == python or (file == "head_13" and found == (None, None))
    assert [levels(read, name)["sql"] for name in ("A B", "C D")] == [30, 30]


SCALES = {
    "Python (/10)": (8, 40), "Python /10": (3, 15), "Python/10": (3, 15), "Python out of 10": (9, 45),
    "Python (max 10)": (4, 20), "Python 1-10": (7, 35), "Python (1-10)": (7, 35), "Python score (10)": (5, 25),
    "Python (scale 1 to 10)": (5, 25), "Python percent": (60, 30), "Python (percentage)": (60, 30),
    "Python in %": (60, 30), "Python [0-100]": (80, 40), "Python (0-100)": (5, 3), "Python /100": (70, 35),
    "Python (/20)": (15, 38), "Python (max 20)": (5, 13), "Python (0–10)": (4, 20), "Python (von 10)": (4, 20),
    "Python (sur 20)": (12, 30), "Python (sobre 10)": (4, 20), "Python (0-4)": (3, 38), "Python (0-3)": (2, 33),
    "Python (0-5)": (4, 40), "Python (1-5)": (4, 40), "Python [1..10]": (7, 35), "Python - 0 to 10": (7, 35),
    "Python rating out of 5": (4, 40), "Python marks (50)": (30, 30),
}  # fmt: skip
"""Headers that name a scale, with a value and its level in tenths."""


def test_scales_in_headers_are_taken_up(files):
    read = sheets(files, (
        (("Name", header, "SQL"), (f"Ada P{at}", value, 3), (f"Bea Q{at}", None, 5))
        for at, (header, (value, _)) in enumerate(SCALES.items())
    ))  # fmt: skip

    assert {header: levels(read, f"Ada P{at}") for at, header in enumerate(SCALES)} == {
        header: {"python": tenths, "sql": 30} for header, (_, tenths) in SCALES.items()
    }


@pytest.mark.parametrize("header", ["Python (1-4)", "Python (1-3)", "Python (1 to 4)", "Python [1-6]"])
def test_a_scale_whose_direction_is_not_known_is_asked_about(files, header):
    read = files.csv(table(("Name", header, "SQL"), ("Ada P", 3, 3), ("Bea Q", 1, 5)))

    assert levels(read, "Ada P") == {"sql": 30}
    assert [question["columns"] for question in read.report["questions"]] == [[header]]


@pytest.mark.parametrize("worst", [6, 7, 8, 10, 55, 100, "8", "7.5"])
def test_one_number_above_five_asks_about_all_ratings_and_leaves_them_unknown(files, worst):
    read = files.csv(
        table(("Name", "Python", "SQL", "Years of experience"), ("Ada P", worst, 3, 12), ("Bea Q", 4, 5, 7))
    )

    assert (said(read, "Ada P"), said(read, "Bea Q")) == ({}, {})
    assert kinds(read) == ["scale"]
    assert sorted(read.report["questions"][0]["columns"]) == ["Python", "SQL"]
    assert read.report["scorable"]["with_evidence"] == 0


def test_the_answer_of_a_question_of_scale_is_taken(files):
    content = table(("Name", "Python", "SQL"), ("Ada P", 8, 3), ("Bea Q", 4, 5))
    answered = files.csv(content, mapping={"scales": {"*": "0-10"}})

    assert levels(answered, "Ada P") == {"python": 40, "sql": 15}
    assert answered.report["questions"] == []
    assert levels(files.csv(content, mapping={"scales": {"*": "0-100"}}), "Bea Q") == {"python": 2, "sql": 3}


def test_shares_are_asked_about_alike_in_both_kinds_of_files(case, files):
    rows = (("Name", "Python", "SQL"), ("A B", 0.85, 1), ("C D", 0.4, 0.9), ("E F", 1, 0))

    for read in (case("06-shares-in-csv/frac.csv"), files.csv(table(*rows)), files.xlsx(*rows)):
        assert [levels(read, name).keys() - {"sql"} for name in ("A B", "C D", "E F")] == [set()] * 3
        assert kinds(read) == ["scale"]
    answered = files.xlsx(*rows, mapping={"scales": {"*": "0-1"}})
    assert levels(answered, "A B") == {"python": 43, "sql": 50}


def test_shares_below_a_header_of_percent_are_shares(files):
    read = files.csv(table(("Name", "Python (%)", "SQL"), ("A B", 0.85, 3), ("C D", 0.4, 4)))

    assert levels(read, "A B").get("python") in {43, None}


@pytest.mark.parametrize(
    ("legend", "levels_of"),
    [
        ("+ = weak, ++ = good, +++ = strong", {"+": 10, "++": 30, "+++": 40}),
        ("+++ = expert, ++ = good, + = basic", {"+": 10, "++": 30, "+++": 50}),
        ("+ = expert, ++ = good, +++ = basic", {"+": 50, "++": 30, "+++": 10}),
        ("++ = expert; + = good; o = basic; - = none", {"++": 50, "+": 30, "o": 10, "-": 0}),
        ("✓✓ = advanced, ✓ = basic", {"✓✓": 40, "✓": 10}),
        ("●●● = expert | ●● = intermediate | ● = basic", {"●●●": 50, "●●": 30, "●": 10}),
        ("xx = expert, x = beginner", {"xx": 50, "x": 10}),
        ("A = Experte, B = gut, C = Grundkenntnisse", {"A": 50, "B": 30, "C": 10}),
        ("1 = expert, 2 = advanced, 3 = intermediate, 4 = beginner", {"1": 50, "2": 40, "3": 30, "4": 10}),
        ("1 = débutant, 2 = intermédiaire, 3 = avancé", {"1": 10, "2": 30, "3": 40}),
        ("!! = expert, ! = basic", {"!!": 50, "!": 10}),
        ("yes = basic, YES = expert", None), ("+ = basic, ++ = good, + = expert", None),
    ],
)  # fmt: skip
def test_a_legend_says_what_its_codes_mean_the_longest_first(files, legend, levels_of):
    codes = list(levels_of or {"+": 0, "++": 0})
    read = files.xlsx((legend,), (), ("Name", "Python"), *((f"Ada P{at}", code) for at, code in enumerate(codes)))
    found = {code: levels(read, f"Ada P{at}").get("python") for at, code in enumerate(codes)}

    assert found == (levels_of or dict.fromkeys(codes))


@pytest.mark.parametrize("word", [("WAHR", "FALSCH"), ("VRAI", "FAUX"), ("VERDADERO", "FALSO"), ("VERO", "FALSO"),
                                  ("ja", "nein"), ("oui", "non"), ("sí", "no"), ("Y", "N"), ("✓", "✗"), (True,
                                  False)])  # fmt: skip
def test_yes_is_a_mention_and_no_is_none_in_other_languages(files, word):
    read = files.xlsx(("Name", "Python", "SQL"), ("Ada P", *word), ("Bea Q", *reversed(word)))

    assert said(read, "Ada P")["python"] == said(read, "Bea Q")["sql"] == ("stated", YES)
    assert levels(read, "Ada P") == {"sql": 0}


# Headers of two rows.


def test_self_and_interviewer_below_a_skill(case):
    read = case("07-two-row-header/selfinter.xlsx")

    assert said(read, "Ada P") == {
        "python": {("rated", 30), ("stated", 50)}, "sql": {("rated", 20), ("stated", 50)},
        "kubernetes": {("rated", 10), ("stated", 40)},
    }  # fmt: skip
    assert said(read, "Bea Q") == {
        "python": {("rated", 30), ("stated", 30)}, "sql": {("rated", 40), ("stated", 30)}, "kubernetes": ("stated", 20),
    }  # fmt: skip
    assert read.rejected == []


def test_level_and_years_below_a_skill(case):
    profiles = case("07-two-row-header/levelyears.xlsx").people
    found = {who.name: {(one.skill, one.level or one.months) for one in who.profile.evidence} |
             {(one.skill, one.months) for one in who.profile.evidence if one.months} for who in profiles}  # fmt: skip

    assert found["Ada P"] == {("python", (40, 40)), ("python", (72, 72)), ("sql", (50, 50)), ("sql", (96, 96))}
    assert found["Bea Q"] == {("python", (30, 30)), ("python", (24, 24)), ("sql", (40, 40)), ("sql", (12, 12))}


@pytest.mark.parametrize(
    ("self_", "other"),
    [("Self", "Interviewer"), ("Self rating", "Manager"), ("Self-assessment", "Reviewer"), ("Own", "Lead"),
     ("Candidate", "Panel"), ("Selbst", "Interviewer"), ("Selbsteinschätzung", "Fremdeinschätzung"),
     ("Auto-évaluation", "Manager"), ("Autoevaluación", "Entrevistador"), ("SELF", "INTERVIEWER")],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_who_rated_stands_below_a_skill(files, self_, other, ending):
    rows = (("Name", "Python", None, "SQL", None), (None, self_, other, self_, other), ("Ada P", 5, 3, 4, None),
            ("Bea Q", 2, 1, None, 4))  # fmt: skip
    read = files.xlsx(*rows) if ending == "xlsx" else files.csv(table(*([cell or "" for cell in row] for row in rows)))

    assert said(read, "Ada P") == {"python": {("stated", 50), ("rated", 30)}, "sql": ("stated", 40)}
    assert said(read, "Bea Q") == {"python": {("stated", 20), ("rated", 10)}, "sql": ("rated", 40)}


# Rows that are no person's.


def test_totals_and_repeated_headers_are_passed_over(case):
    read = case("08-rows-that-are-nobody/totals.csv")

    assert names(read) == ["Ada P", "Bea Q", "Cy R"]
    assert {row["row"] for row in read.report["passed_over"]} | {row.row for row in read.rejected} == {
        4,
        6,
        7,
        8,
        9,
        10,
        11,
    }


def test_no_row_of_fifty_that_are_nobody_is_a_person(case):
    assert names(case("08-rows-that-are-nobody/rollups.csv")) == ["Ada P", "Bea Q"]


@pytest.mark.parametrize("file", ["tr_07_Gap", "tr_08_Requiredlevel", "tr_11_Priority", "tr_13_Owner", "tr_avgmax"])
def test_no_column_of_a_matrix_that_lies_across_is_a_person_but_people(case, file):
    read = case(f"08-rows-that-are-nobody/{file}.csv")

    assert names(read) == ["Ada Pemberlyn", "Bea Quist"]
    assert levels(read, "Ada Pemberlyn") == {"python": 40, "sql": 50, "kubernetes": 30}


NOBODY = {
    "en": ("Average", "AVG", "Team Average", "Total", "Grand Total:", "Sum", "Max", "Min.", "Count", "Median",
           "Std. dev.",
           "Target", "Target score", "Required", "Required level", "Minimum required level", "Weight", "Weighting",
           "Gap",
           "Priority", "Overall average", "# of people", "% coverage"),
    "de": ("Durchschnitt", "Ø", "Mittelwert", "Summe", "Gesamt", "Gesamtsumme", "Anzahl", "Maximum", "Minimum", "Soll",
           "Soll-Niveau", "Zielwert", "Gewichtung", "Mindestanforderung", "Lücke"),
    "fr": ("Moyenne", "Moyenne générale", "Total", "Total général", "Somme", "Médiane", "Minimum", "Objectif", "Cible",
           "Niveau requis", "Pondération", "Écart"),
    "es": ("Promedio", "Media", "Total", "Suma", "Mediana", "Máximo", "Mínimo", "Objetivo", "Nivel requerido", "Peso",
           "Ponderación", "Brecha"),
}  # fmt: skip


@pytest.mark.parametrize("language", NOBODY)
def test_rows_of_figures_are_nobody_in_any_language(files, language):
    rows = [(label, 3, 4) for label in NOBODY[language]]
    read = files.csv(table(("Name", "Python", "SQL"), ("Ada Pemberlyn", 4, 5), ("Max Weberling", 3, 4), *rows))
    passed_over = {row["row"] for row in read.report["passed_over"]}
    asked = {one["value"] for question in read.report["questions"] for one in question["evidence"]}

    assert names(read) == ["Ada Pemberlyn", "Max Weberling"]
    assert [label for at, (label, *_) in enumerate(rows, start=4) if at not in passed_over and label not in asked] == []


@pytest.mark.parametrize("language", NOBODY)
def test_columns_of_figures_are_nobody_in_any_language(files, language):
    labels = NOBODY[language]
    read = files.csv(table(("Skill", "Ada Pemberlyn", "Max Weberling", *labels),
                           ("Python", 4, 3, *(3 for _ in labels)), ("SQL", 5, 4, *(4 for _ in labels))))  # fmt: skip

    assert names(read) == ["Ada Pemberlyn", "Max Weberling"]


@pytest.mark.parametrize("name", ["Max Weberling", "Min Parkwood", "Sum Wingfield", "Mark Targetsson",
                                  "Summer Legendre",
                                  "Grant Totterdell", "Rosa Meanwell", "Jo Weight",
                                  "Media Lunaova"])  # fmt: skip
def test_people_whose_names_hold_words_of_figures_are_people(files, name):
    read = files.csv(table(("Name", "Python", "SQL"), ("Ada Pemberlyn", 4, 5), (name, 3, 4), ("Average", 3.5, 4.5)))

    assert names(read) == sorted(["Ada Pemberlyn", name])


@pytest.mark.parametrize("label", ["Example", "Example: Jane Doe", "e.g. Jane Doe", "Beispiel", "Exemple", "Ejemplo",
                                   "Sample Candidate", "(example)"])  # fmt: skip
def test_the_example_of_a_template_is_nobody(files, label):
    read = files.csv(table(("Name", "Python", "SQL"), (label, 3, 3), ("Ada P", 4, 5), ("Bea Q", 2, 1)))

    assert names(read) == ["Ada P", "Bea Q"]
    assert [row["row"] for row in read.report["passed_over"]] == [2]


# Shapes.


def test_numbered_pairs_of_columns(case):
    read = case("09-numbered-skill-columns/skills_n.csv")

    assert names(read) == ["Ada P", "Bea Q"]
    assert levels(read, "Ada P") == {"python": 40, "sql": 50, "kubernetes": 30}
    assert levels(read, "Bea Q") == {"spark": 30, "python": 20}


def test_numbered_columns_without_levels(case):
    read = case("09-numbered-skill-columns/skills_n2.csv")

    assert said(read, "Ada P") == mentions("python", "sql", "kubernetes")
    assert said(read, "Bea Q") == mentions("spark", "python")


@pytest.mark.parametrize(
    ("skill", "level"),
    [("Skill {}", "Skill {} Level"), ("Skill {}", "Level {}"), ("Skill{}", "Rating{}"), ("Skill {}", "Skill {} Rating"),
     ("skill_{}", "skill_{}_level"), ("Skill #{}", "Level #{}"), ("Technology {}", "Proficiency {}"),
     ("Kenntnis {}", "Niveau {}"), ("Compétence {}", "Niveau {}"), ("Habilidad {}", "Nivel {}")],
)  # fmt: skip
def test_numbered_pairs_of_any_wording(files, skill, level):
    header = ["Name", *(form.format(n) for n in (1, 2) for form in (skill, level))]
    read = files.csv(table(header, ("Ada P", "Python", 4, "SQL", 5), ("Bea Q", "Spark", 3, "", "")))

    assert levels(read, "Ada P") == {"python": 40, "sql": 50}
    assert levels(read, "Bea Q") == {"spark": 30}


def test_answers_of_a_form(case):
    read = case("12-form-answers/gforms.csv")

    assert said(read, "Ines Baumgarte") == {
        "python": ("stated", 40), "sql": ("stated", 50), "kubernetes": ("stated", 30),
        **mentions("docker", "aws", "airflow", "pytorch"),
    }  # fmt: skip
    assert said(read, "Pavlo Hrynko").items() >= {"sql": ("stated", 40), **mentions("docker", "gcp", "prefect")}.items()
    assert said(read, "Pavlo Hrynko").get("python") in {("stated", 40), None}  # 4 - Good: by its number, or asked
    assert {said(read, "Pavlo Hrynko")[skill][1] for skill in ("kubernetes", "pytorch")} == {0}
    assert (months(read, "Ines Baumgarte"), months(read, "Pavlo Hrynko")) == ((72, 72), (36, 60))


@pytest.mark.parametrize(
    "header",
    ["Rate your skills [Python]", "Rate your skills (Python)", "How proficient are you in the following? [Python]",
     "Please rate yourself from 0 to 5 [Python]", "How would you rate your Python skills?", "Your level [Python]",
     "Bewerten Sie Ihre Kenntnisse [Python]", "Évaluez vos compétences [Python]", "Califique sus habilidades [Python]",
     "Skills / Python", "2. Rate your skills: [ Python ]"],
)  # fmt: skip
def test_a_question_names_its_skill(files, header):
    read = files.csv(table(("Full name", header, "SQL"), ("Ada P", 4, 3), ("Bea Q", 2, 5)))

    assert said(read, "Ada P")["python"][1] == 40
    assert said(read, "Bea Q")["python"][1] == 20


@pytest.mark.parametrize("separator", [", ", ",", "; ", ";", " | ", "|", "/", " / ", "\n", " • ", " · ", " & ", " and ",
                                       "\t", ",\n", " - ", "、", " + "])  # fmt: skip
def test_a_list_is_split_at_every_usual_separator(files, separator):
    read = files.xlsx(("Name", "Key Skills"), ("Ada P", separator.join(("Python", "SQL", "Docker", "AWS"))),
                      ("Bea Q", separator.join(("Kafka", "Spark"))))  # fmt: skip

    assert said(read, "Ada P") == mentions("python", "sql", "docker", "aws")
    assert said(read, "Bea Q") == mentions("kafka", "spark")


def test_categories_hold_lists(files):
    read = files.csv(table(
        ("Name", "Programming Languages", "Databases", "Cloud", "Frameworks", "Languages"),
        ("Ada P", "Python, Java", "PostgreSQL, MongoDB", "AWS", "PyTorch", "English, German"),
        ("Bea Q", "Go", "MySQL", "GCP, Azure", "Django", "French"),
    ))  # fmt: skip

    assert said(read, "Ada P") == mentions("python", "java", "postgresql", "mongodb", "aws", "pytorch")
    assert said(read, "Bea Q") == mentions("go", "mysql", "gcp", "azure", "django")


def test_a_date_that_excel_made_is_unknown_and_the_remark_says_so(case):
    for file, cells in (("autodate.xlsx", {"B2", "C2", "C3", "D3"}), ("autodate.csv", {"B2", "C2", "B3", "D3"})):
        read = case(f"14-dates-of-excel/{file}")
        told = {f"{one['column']}{one['row']}": one["detail"] for one in read.report["warnings"]}

        assert cells <= told.keys()
        assert all("a date" in told[cell] and "as text" in told[cell] for cell in cells)
        assert levels(read, "Ada P") == {"sql": 40}
        assert months(read, "Ada P") is None


@pytest.mark.parametrize("file", ["t", "comma"])
def test_a_table_saved_as_text_is_a_table(case, file):
    try:
        read = case(f"16-table-as-txt/{file}.txt")
    except RolefitError:
        return  # refused with a word is right too

    assert names(read) == ["Ada P", "Bea Q"]
    assert said(read, "Ada P") == {"python": ("rated", 40), "sql": ("rated", 50), **mentions("docker", "aws")}


def test_a_table_saved_as_unicode_text_is_a_table(case):
    read = case("16-table-as-txt/utf16.txt")

    assert said(read, "Zoë Ångström") == {"python": ("rated", 40), **mentions("docker", "aws")}
    assert months(read, "Zoë Ångström") == (72, 72)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "Zoë Ångström"), ("utf-8-sig", "山田 架空"), ("utf-16", "Ольга Б"), ("cp1252", "Zoë Ångström"),
     ("cp1250", "Łukasz Dvořák"), ("cp932", "山田 架空"), ("gb18030", "李虚构"), ("mac_roman", "Zoë Ångström"),
     ("cp1251", "Ольга Берёзкина"), ("utf-16-le", "Zoë Ångström")],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["csv", "tsv", "txt"])
def test_text_in_any_encoding_is_right_or_refused(files, encoding, name, ending):
    delimiter = "," if ending == "csv" else "\t"
    path = files.folder / f"candidates.{ending}"
    rows = (
        ("Name", "Years of experience", "Python", "Skills"),
        (name, "6", "4", "Docker; AWS"),
        ("Ada P", "3", "2", "SQL"),
    )
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    try:
        read = files.read(path)
    except RolefitError:
        assert encoding not in {"utf-8", "utf-8-sig", "utf-16"}
        return

    assert names(read) == sorted([name, "Ada P"])
    assert said(read, name) == {"python": ("rated", 40), **mentions("docker", "aws")}


def test_a_batch_keeps_what_is_good_of_each(case):
    read = case("21-one-bad-skill/batch.json")

    assert names(read) == ["Bea Quist", "Cy R", "Di S", "Ev T"]
    assert {name: set(said(read, name)) for name in names(read)} == {name: {"python", "sql"} for name in names(read)}
    assert said(read, "Bea Quist")["sql"] == ("stated", YES)
    assert any("7" in str(one["value"]) for one in read.report["warnings"])


def test_the_company_of_a_spreadsheet_tells_who_is_one_person(case, shared, library, new_database):
    store = Store(new_database("sqlite", migrated=True))
    case("22-duplicates-of-spreadsheets/a.csv")
    try:
        house = House(library, store, Limits(), lambda: NOW)
        folder = shared / "cases" / "22-duplicates-of-spreadsheets"
        imports.import_file(house, folder / "a.csv", "a.csv", source="first")
        report = imports.import_file(house, folder / "b.csv", "b.csv", source="second")
    finally:
        store.close()
    found = {one["name"].casefold(): one["likely_duplicates"][0]["reason"] for one in report["likely_duplicates"]}

    for name in ("Ada Pemberlyn", "Bea Quillfeather", "Zoë Ångström", "Di Stavropolous"):
        reason = next((reason for key, reason in found.items() if _folded(key) == _folded(name)), "")
        assert "same name" in reason, name
        assert "Acme" in reason or "ACME" in reason, name
    assert "address" in found["hu w"]


def _folded(name):
    return unicodedata.normalize("NFC", name).casefold()


@pytest.mark.parametrize(("file", "skill"), [("duphead", "Python"), ("dupsyn", "Kubernetes")])
def test_two_columns_of_one_skill_are_both_evidence_and_said(case, file, skill):
    read = case(f"23-one-header-twice/{file}.csv")
    both = {
        "duphead": ("python", {("rated", 50), ("rated", 20)}),
        "dupsyn": ("kubernetes", {("rated", 40), ("rated", 10)}),
    }
    id_, expected = both[file]

    assert said(read, "Ada P")[id_] == expected
    assert skill in notices(read)


def test_what_interviewer_and_candidate_say_in_two_columns_is_kept_apart(case):
    read = case("23-one-header-twice/dupsyn.csv")

    assert said(read, "Ada P")["python"] == {("rated", 50), ("rated", 20), ("stated", 50)}


def test_a_second_address_is_said(case):
    read = case("23-one-header-twice/duphead.csv")

    assert person(read, "Ada P").contact["email"] == "a@example.org"
    assert set(said(read, "Ada P")) >= {"docker", "aws"}


def test_text_in_a_column_of_experience_is_read(case):
    read = case("24-text-in-a-column-of-years/worktext.csv")

    assert {skill: kind for skill, (kind, _) in said(read, "Ada P").items()} == {
        "python": "stated", "sql": "stated", "pytorch": "used", "kubernetes": "used", "spark": "used",
    }  # fmt: skip
    assert len(person(read, "Ada P").profile.jobs) == 2
    assert months(read, "Bea Q") == (60, 60)


def test_sentences_in_a_column_of_experience_are_read(case):
    read = case("24-text-in-a-column-of-years/exptext.csv")

    assert set(said(read, "Ada P")) == {"python", "sql", "pytorch", "kubernetes"}
    assert {skill: said(read, "Bea Q")[skill][1] for skill in ("spark", "kafka")} == {
        "spark": (36, 36),
        "kafka": (24, 24),
    }


# The report.


def test_every_header_is_in_exactly_one_place_and_says_how_sure_it_is(files):
    read = files.csv(table(("Name", "Python", "Notes", "SQL (/10)", "Email"), ("Ada P", 4, "x y", 8, "a@example.org"),
                           ("Bea Q", 2, "", 5, "")))  # fmt: skip
    columns = {column["header"]: column for column in read.report["columns"]}

    assert list(columns) == ["Name", "Python", "Notes", "SQL (/10)", "Email"]
    assert all(0 <= column["confidence"] <= 1 and column["reason"] for column in columns.values())
    assert columns["SQL (/10)"]["scale"] == "0-10"
    assert (columns["Python"]["filled"], columns["Python"]["distinct"], columns["Email"]["filled"]) == (2, 2, 1)
    assert read.report["scorable"] == {"people": 2, "with_evidence": 2}


def test_warnings_are_grouped_by_value_the_most_frequent_first(files):
    rows = [(f"Ada P{at}", "see the notes below" if at % 3 else "ask the team lead", 3) for at in range(9)]
    read = files.csv(table(("Name", "Python", "SQL"), *rows, *((f"Bea Q{at}", 4, 4) for at in range(20))))
    grouped = read.report["warnings_by_value"]
    asked = [one for question in read.report["questions"] for one in question["evidence"]]

    assert [(one["value"], one["count"]) for one in grouped or asked] == [
        ("see the notes below", 6), ("ask the team lead", 3),
    ]  # fmt: skip
