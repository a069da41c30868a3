"""Headers of trackers, job boards, forms and skills matrices: understood by their words, or honestly unknown."""

import pytest

from service.intake.tables.field_headers import BY_HEADER, FIELDS, FROM_ZERO, folded
from service.intake.tables.headers import MAY_BE_TEXT, as_told, may_be_text, suggestion, understand
from service.skills.scales import Scale, is_plain

USUAL = {
    "name": """
        Candidate Name | Name of the Candidate | Candidate's Name | Employee Name | Team member | Resource Name
        Full Name (as per Aadhaar) | First & Last Name | What is your full name? | candidate.name | fullName
        candidate_name | Name des Mitarbeiters | Mitarbeiter/in | Nom du collaborateur | Nombre completo del candidato
    """,
    "external_id": """
        emp_id | Employee # | Applicant No. | Emp. No. | CandidateID | Candidate Ref No. | Staff No | Resume ID
        Personnel number | Mitarbeiter-ID | Personal-Nr. | Kandidaten-Nr. | Matricule | Número de empleado | Record ID
    """,
    "email": """
        Email ID | Mail-Id | Primary e-mail | Email Id (Official) | emailAddress | Candidate_Email | E-mail Address
        What is your email address? | E-Mail privat | Courriel professionnel | Correo electrónico | Email 1
    """,
    "years_experience": """
        Total Experience (in years) | Total Experience(Years) | Total Exp. (Yrs) | Total Work Experience | Relevant Exp
        Overall Experience | Professional Experience | Years of Professional Experience | Number of years experience
        No. of years of experience | Overall IT Experience | Total Yrs of Exp | yearsOfExperience | total_experience
        How many years of professional experience do you have? | Experience till date | Work Ex | Years in industry
        Gesamte Berufserfahrung | Anzahl Jahre Berufserfahrung | Wie viele Jahre Berufserfahrung haben Sie?
        Nombre d'années d'expérience | Années d'expérience professionnelle | Años de experiencia laboral
        Número de años de experiencia | Total Experience (Years & Months) | Experience | Work Experience
    """,
    "skills": """
        Primary Skills | Primary Skill | Secondary Skills | IT Skills | Top Skills | Skill(s) | Key Skill(s)
        Skills & Technologies | Skills/Technologies | Skills (comma separated) | Mandatory Skills | Must have skills
        Core Competencies | Areas of expertise | Expertise | Frameworks | Tags | Top 5 skills | primarySkills
        Tools you have used (select all that apply) | Which tools have you used? (select all that apply)
        What technologies do you use? | Technical proficiencies | Web Frameworks | Testing Tools | Datenbanken
        Which cloud platforms have you used? | Programmiersprachen | Technische Fähigkeiten | Software-Kenntnisse
        Compétences principales | Quels outils utilisez-vous ? | Langages de programmation | Habilidades principales
        Bases de datos | ¿Qué herramientas utilizas?
    """,
    "headline": """
        Designation | Current Designation | Current Job Title | jobTitle | Present Role
        Stellenbezeichnung | Poste occupé | Puesto de trabajo
    """,
    "company": """
        Current Company name | Current Organization | Present Employer | Most recent employer | currentCompany
        Derzeitiger Arbeitgeber | Nom de l'entreprise | Nombre de la empresa
    """,
    "text": """
        Certifications | Key Projects | Roles & Responsibilities | Key Achievements | Project Details | Work History
        Experience Summary | Zertifikate | Projets | Certificaciones
    """,
    "aside": """
        Mobile No. | Contact Number | Current Location | Location 2 | Notice Period | Expected CTC | ECTC (LPA)
        Exp. CTC
        Notice period/ Availability to join | Annual Salary | Gender | DOB | LinkedIn URL | Willing to relocate | Status
        Source | Owner | Date | Applied Date | Timestamp | Req ID | Job ID | S.No | Reason For Change | Hiring Manager
        Are you willing to relocate? | Highest Qualification | Spoken languages | Visa sponsorship required?
        Gehaltsvorstellung | Kündigungsfrist | Prétentions salariales | Disponibilité | Ubicación | Pretensión salarial
        Applied Position | Manager name
    """,
    "unknown": """
        Java Developer | Spark joy | Python required? | Company size | Company URL | Recruiter Email | Project name
        Skill gap | Skills to learn | Required Skills | Skills match % | Experience level | Min experience | Team size
        Experience required | Years in current role | Total Experience (Months) | Windows 10 | Vue 2/3 | Web 2.0 | OS/2
        Languages | Number of candidates | Training needs | Email sent? | Python target | Python gap | Target: Python
        Python required level | Do you need Python training? | Would you like to learn Python? | Python interest
        Skills you want to learn [Python] | Ready to Go | Good to go | C-Level | Access level | Developer (Python)
        Ada Lovelace (Python) | Team (Go) | Python lead | Python manager | Python date | Python total | Python (target)
        Python note
        SAP S/4 | R/3 | Python months | Self: Python / Interviewer: Python | Python level (years) | Overall rating | 12
    """,
}  # fmt: skip


def listed(text):
    return [header.strip() for line in text.strip().splitlines() for header in line.split(" | ")]


@pytest.mark.parametrize(
    ("header", "meaning"), [(header, meaning) for meaning, headers in USUAL.items() for header in listed(headers)]
)
def test_usual_headers(reader, header, meaning):
    column = understand(0, header, reader)

    assert (column.target if column.kind == "field" else column.kind) == meaning


def of(column):
    said = [column.kind, column.target, *column.also, column.rater, column.unit, str(column.scale or ""), column.unread]
    return " ".join(filter(None, said))


SKILLS = {
    "skill python": """
        Python_level | python_score | Level of Python | Python skill level | 1. Python | 1) Python | Q1: Python
        Skill: Python | Skills.Python | skills/python | Technical > Python | Please rate: Python | Python *
        Python (required) | Kenntnisse Python | Python-Kenntnisse | Niveau Python | Nivel de Python | pythonLevel
        Python 3 | Python 3.10 | Python? | Programming - Python | Current Python level
    """,
    "skill python self": """
        Python (self) | Python self-rating | Rate your skills [Python] | Python, self-assessed | Python (candidate)
        How would you rate your proficiency in the following? [Python] | Do you have experience with Python?
        Have you worked with Python in production? | Wie gut kennen Sie Python? | Bewerten Sie Ihre Kenntnisse [Python]
        Comment évaluez-vous votre niveau en Python ?
        ¿Cómo calificarías tu nivel de Python? | Python Selbsteinschätzung
    """,
    "skill python interviewer": """
        Python – interviewer | Python [Manager] | Interviewer: Python | Python (L1 interview) | Python manager rating
        Python (Mgr) | Interviewer 1: Python | Round 1 - Python | Python (Peer review)
        Does the candidate know Python? | Rate the candidate's skills [Python] | Technical interview - Python
    """,
    "years python": """
        Python Exp | Experience with Python | Python experience | Erfahrung mit Python | Experiencia con Python
    """,
    "years python years": """
        Exp in Python (yrs) | Years of Python | Python (years) | Python - Years of Experience | python_years_exp
        Years of hands-on experience with Python | Jahre Python | Python (ans) | Años de Python
    """,
    "years python self years": "How many years of experience do you have with Python?",
    "years python since": "Seit wann Python | Python since | Python depuis",
    "last_used python": "Python last used | Last used Python | Python: zuletzt verwendet | Python - último uso",
    "last_used python self": "When did you last use Python?",
    "skill pytorch tensorflow": "PyTorch / TensorFlow | PyTorch/TensorFlow | Torch / TF | PyTorch or TensorFlow",
    "skill docker kubernetes": "Docker/K8s | Docker & Kubernetes | Docker, Kubernetes",
    "skill aws": "AWS | Cloud - AWS | Cloud > AWS | Cloud: AWS | cloud/aws | AWS (EC2, S3)",
    "skill s3": "AWS S3", "skill cpp": "C++17 | C++ level", "skill java": "Java 8 | Backend: Java",
    "skill javascript": "ES6", "skill html": "HTML5", "skill plsql": "PL/SQL", "skill ci_cd": "CI/CD",
    "skill networking": "TCP/IP", "skill sql_server": "SQL Server", "skill r": "R | Programming - R", "skill c": "C",
    "skill go": "Go | Language: Go", "years dotnet years": ".NET (yrs)", "skill csharp": "C# level",
    "skill scikit_learn": "scikit-learn-level", "skill deep_learning": "Deep learning level",
    "skill python 0-10": """
        Python (/10) | Python /10 | Python/10 | Python out of 10 | Python score (10) | Python score (0 to 10)
        Python_10 | Python (von 0 bis 10) | Python von 0 bis 10
        Python [0–10] | Python (max. 10 points) | Python sur 10
    """,
    "skill python 1-10": """
        Python 1-10 | Python (scale 1 to 10) | Python rating 1-10 | Niveau de 1 à 10 Python
        Nivel de Python (del 1 al 10)
        Python (1 = lowest, 10 = highest) | Python (1 - lowest, 10 - highest)
    """,
    "skill python 0-20": "Note Python /20 | Python (max 20) | Python / 20 | Python (sur 20)",
    "skill python 0-100": """
        Python (/100) | Python [0-100] | Python percent | Python (percentage) | Python % | Python (%) | Python (Prozent)
    """,
    "skill python 1-4": "Python (1-4)",
    "skill python 0-5": "Python (5 = best) | Python (0 = none, 5 = expert) | Python 0-5",
    "skill python 5-1": "Python (1 = best, 5 = worst) | Python (5-1)",
    "skill python 6-1": "Python (1 = sehr gut, 6 = ungenügend)",
    "skill python 1 = best": "Python (1 = best)",
    "skill sql self 1-5": "How good are you at SQL? (1-5) | On a scale of 1 to 5, how would you rate your SQL?",
    "skill python interviewer 1-10": "Python (Interviewer) 1-10 | Interviewer: Python (1-10)",
    "field skill_level 1-10": "Level (1-10) | Rating 1-10",
    "field skill_level self": "Self rating", "field skill_level interviewer": "Manager rating | Interviewer score",
}  # fmt: skip


@pytest.mark.parametrize(
    ("header", "said"), [(header, said) for said, headers in SKILLS.items() for header in listed(headers)]
)
def test_headers_of_skills(reader, header, said):
    assert of(understand(0, header, reader)) == said


@pytest.mark.parametrize(
    ("over", "header", "said"),
    [
        ("Python", "Self", "skill python self"), ("Python", "Interviewer", "skill python interviewer"),
        ("Python", "Manager", "skill python interviewer"), ("SQL", "Selbst", "skill sql self"),
        ("Python", "Level", "skill python"), ("Python", "Years", "years python years"),
        ("Python", "Experience", "years python"), ("Docker", "Jahre", "years docker years"),
        ("Python", "Last used", "last_used python"), ("Python", "Score (1-10)", "skill python 1-10"),
        ("Python (1-10)", "Rating", "skill python 1-10"), ("SQL", "Kenntnisse", "skill sql"),
        ("Cloud", "AWS", "skill aws"), ("Rate your skills", "Python", "skill python self"),
        ("Self assessment (1-5)", "Python", "skill python self 1-5"),
        ("Years of experience", "Python", "years python years"),
        ("Interviewer rating", "SQL", "skill sql interviewer"), ("Skills matrix 2024", "Python", "skill python"),
        ("How many years have you used the following?", "Python", "years python self years"),
        ("Experience (years)", "Total", "field years_experience"), ("Candidate", "Name", "field name"),
        ("Contact details", "Email", "field email"), ("Skills", "Primary", "field skills"),
        ("Skill 2", "Level", "field skill_level"), ("Personal details", "Name", "field name"),
        # What is no rating, and what is another's, is never taken for the candidate's.
        ("Target level", "Python", "unknown"), ("Skills you want to learn", "Python", "unknown"),
        ("Team average", "Python", "unknown"), ("Python", "Interest", "unknown"), ("Python", "Required", "unknown"),
        ("Photoshop", "Years", "unknown"), ("Photoshop", "Level", "unknown"), ("Recruiter", "Email", "unknown"),
    ],
)  # fmt: skip
def test_a_header_over_a_header(reader, over, header, said):
    assert of(understand(0, header, reader, over)) == said


@pytest.mark.parametrize("over", ["Manager", "Company", "Project", "Client"])
def test_the_name_of_something_else_is_no_candidates(reader, over):
    assert understand(0, "Name", reader, over).target != "name"


@pytest.mark.parametrize(
    ("header", "target", "number"),
    [
        ("Skill 1", "skills", 1), ("Skill1", "skills", 1), ("Skill #2", "skills", 2), ("skill_3", "skills", 3),
        ("Compétence n°1", "skills", 1), ("Kompetenz 2", "skills", 2), ("Habilidad 3", "skills", 3),
        ("Skill 1 Level", "skill_level", 1), ("Skill Level 2", "skill_level", 2), ("Skill1Level", "skill_level", 1),
        ("Level 1", "skill_level", 1), ("Skill 1 - Years", "skill_years", 1), ("Skill 2 (Years)", "skill_years", 2),
        ("Skill 2 Last Used", "skill_last_used", 2), ("skills[0].name", "skills", FROM_ZERO),
        ("skills[1].name", "skills", 1),
        ("skills/1/level", "skill_level", 1),
        ("Skill 1 Level (1-10)", "skill_level", 1), ("Skills", "skills", 0), ("Top 5 skills", "skills", 0),
    ],
)  # fmt: skip
def test_numbered_headers(reader, header, target, number):
    column = understand(0, header, reader)

    assert (column.kind, column.target, column.number) == ("field", target, number)


@pytest.mark.parametrize("header", ["Databases", "Cloud", "Frameworks", "ML Libraries", "Programming Languages"])
def test_a_kind_of_skills_may_head_a_list(reader, header):
    assert understand(0, header, reader).category == folded(header)


@pytest.mark.parametrize(
    "header", ["x" * 600, "Python " * 100, "(" * 300, "", " ", 5, 4.5, None, True, b"Python", "*", "¹", "[]()"]
)
def test_what_is_no_header_means_nothing(reader, header):
    assert understand(0, header, reader).kind == "unknown"


def test_a_long_question_is_read_by_the_skill_at_its_end(reader):
    question = f"Thinking of {'all the work of the last years ' * 9}, how would you rate your skills? [Kubernetes]"
    column = understand(0, question, reader)

    assert (column.target, column.rater, len(column.header)) == ("kubernetes", "self", 200)


def test_headers_of_experience_may_head_text():
    assert {"experience", "work experience", "berufserfahrung"} <= MAY_BE_TEXT
    assert not {"years of experience", "years", "experience in years", "yoe"} & MAY_BE_TEXT
    assert [may_be_text(header) for header in ("Professional Experience", "Total Exp. (Yrs)")] == [True, False]


def test_a_written_scale_is_plain_or_to_be_asked_for():
    assert all(map(is_plain, (Scale(0, 10), Scale(0, 4), Scale(1, 5), Scale(1, 100), Scale(5, 1))))
    assert not any(map(is_plain, (Scale(1, 4), Scale(1, 6), Scale(1, 3))))


def test_every_noun_of_a_field_is_of_one_field():
    nouns = [noun for field, (own, _) in FIELDS.items() for noun in own]

    assert len(nouns) == len(set(nouns))
    elsewhere = {noun for field, (own, _) in FIELDS.items() for noun in own if BY_HEADER.get(noun, field) != field}
    assert elsewhere == {"nom"}, "a last name by itself, a name beside other words"


def test_a_suggestion_is_for_the_skill_in_a_header(reader):
    assert suggestion("Pyton (self)", reader) == "skill:python"
    assert suggestion("Kubernets level 1-10", reader) == "skill:kubernetes"


@pytest.mark.parametrize(
    ("header", "rater"),
    [("Snakes (self)", "self"), ("Snakes [Manager]", "interviewer"), ("Snakes", ""), ("snakes_self", "self")],
)
def test_a_skill_that_is_told_keeps_who_rated_it(reader, header, rater):
    assert as_told(0, header, "skill:python", reader).rater == rater
