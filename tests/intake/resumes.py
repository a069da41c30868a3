"""Whole résumés of different shapes, with what they say. Everybody in them, and every employer, is invented.

`months` is the experience on 2026-11-20, at least and at most; `titles` the titles with what they suggest; `skills`
some of the skills with their kind; `never` what must not be read.
"""

from typing import NamedTuple


class Resume(NamedTuple):
    text: str
    name: str | None
    months: tuple[int, int] | None
    titles: tuple[tuple[str, str | None], ...]
    skills: frozenset[tuple[str, str]]
    never: frozenset[tuple[str, str]] = frozenset()
    jobs: int = 0
    markers: frozenset[str] = frozenset()


CLASSIC = Resume(
    """Mira Beispiel
Senior ML Engineer
mira@example.com | Berlin

SUMMARY
Engineer with 8+ years of experience in search and ranking.

EXPERIENCE
Senior ML Engineer, Acme GmbH — Jan 2020 – present
- Built the ranking service in Python and PyTorch and deployed it to production.
- Mentored two junior engineers.
- On call for the serving cluster on Kubernetes.

ML Engineer, Binary Fox — 03/2018 - 12/2019
- Trained models with TensorFlow.

EDUCATION
MSc Computer Science, TU Musterstadt — 2012 – 2015
Thesis written in Java.

SKILLS
Python (5 years), SQL: advanced, Docker, Frobnicator
""",
    name="Mira Beispiel",
    months=(104, 104),
    titles=(("Senior ML Engineer", "senior"), ("Senior ML Engineer", "senior"), ("ML Engineer", None)),
    skills=frozenset(
        {
            ("python", "delivered"),
            ("pytorch", "delivered"),
            ("kubernetes", "delivered"),
            ("tensorflow", "used"),
            ("python", "stated"),
            ("sql", "stated"),
            ("docker", "stated"),
        }
    ),
    never=frozenset({("java", "used"), ("java", "delivered")}),
    jobs=2,
    markers=frozenset({"mid.mentors_juniors", "senior.owns_reliability"}),
)

DATES_BELOW = Resume(
    """Jonas Muster

Work history

Data Engineer
Kestrel Data Ltd.
Feb 2019 - till date
* Airflow pipelines for billing
* Spark jobs on AWS

Junior Data Analyst
Copper Lane
2016–2018
* Reports in SQL

Technical skills:
Languages: Python, SQL
Cloud: AWS, GCP
""",
    name="Jonas Muster",
    months=(105, 129),
    titles=(("Data Engineer", None), ("Junior Data Analyst", "junior")),
    skills=frozenset(
        {
            ("airflow", "used"),
            ("spark", "used"),
            ("aws", "used"),
            ("sql", "used"),
            ("python", "stated"),
            ("gcp", "stated"),
        }
    ),
    jobs=2,
)

DATES_ABOVE = Resume(
    """# Lea Invented

## Employment
2021-05 – 2024-04
Lead Data Scientist, Northwind Labs
Designed A/B tests for pricing with Python.

2018-05 – 2021-04
Data Scientist, Oak & Sons
Models in scikit-learn.

## Interests
Rust, chess
""",
    name="Lea Invented",
    months=(72, 72),
    titles=(("Lead Data Scientist", "senior"), ("Data Scientist", None)),
    skills=frozenset({("python", "used"), ("scikit_learn", "used")}),
    never=frozenset({("rust", "stated"), ("rust", "used")}),
    jobs=2,
    markers=frozenset({"mid.designs_experiments"}),
)

RIGHT_ALIGNED = Resume(
    """OTTO FICTION
Machine Learning Engineer

PROFESSIONAL EXPERIENCE

Pinecrest Robotics                                        June 2022 - Present
Staff Machine Learning Engineer                                  Remote
  • Serving vision models with Triton on Kubernetes for 2 million users in production
  • Tech stack: Python, C++, Docker

Blue Harbour Bank\t\t\t\tSept. 2019 – May 2022
Machine Learning Engineer
  • Fraud models with XGBoost

EDUCATION
BSc Mathematics\t\t\t\t2015 - 2018
""",
    name="OTTO FICTION",
    months=(86, 86),
    titles=(
        ("Machine Learning Engineer", None),
        ("Staff Machine Learning Engineer", "senior"),
        ("Machine Learning Engineer", None),
    ),
    skills=frozenset({("kubernetes", "delivered"), ("cpp", "used"), ("docker", "used"), ("xgboost", "used")}),
    jobs=2,
)

OVERLAPPING = Resume(
    """Ana Nadie
Experience
Data Scientist at Alpha Corp, January 2020 - December 2022
Python and statistics.
Teaching Assistant at Beta University, January 2021 - December 2021
Courses in R.
Career break, January 2023 - June 2023
Data Scientist at Gamma, July 2023 - June 2024
Forecasts in Python.
""",
    name="Ana Nadie",
    months=(48, 48),
    titles=(("Data Scientist", None), ("Teaching Assistant", None), ("Data Scientist", None)),
    skills=frozenset({("python", "used")}),
    jobs=3,
)

GERMAN = Resume(
    """Lebenslauf
Katrin Erfunden

BERUFSERFAHRUNG
März 2021 – heute
Leitende Entwicklerin KI, Musterwerk AG
Aufbau von Diensten mit Python und Kubernetes.

05/2017 – 02/2021
Softwareentwicklerin, Beispiel GmbH
Dienste in Java.

AUSBILDUNG
2012 – 2017 Informatik, Universität Beispielstadt

KENNTNISSE
Python, Java, Docker

SPRACHEN
Deutsch (Muttersprache), Englisch (C1)
""",
    name=None,
    months=(114, 114),
    titles=(("Leitende Entwicklerin KI", "senior"), ("Softwareentwicklerin", None)),
    skills=frozenset({("python", "used"), ("kubernetes", "used"), ("java", "used"), ("docker", "stated")}),
    jobs=2,
)

FRENCH = Resume(
    """Camille Fictive
Expériences professionnelles
Ingénieure Data — Société Exemple
janv. 2022 – aujourd'hui
- Pipelines avec Airflow et Spark

Stagiaire data science — Labo Imaginaire
mars 2021 – août 2021
- Modèles avec scikit-learn

Formation
Master informatique, 2019 – 2021

Compétences techniques
Python, SQL, Docker

Loisirs
Escalade
""",
    name="Camille Fictive",
    months=(64, 64),
    titles=(("Ingénieure Data", None), ("Stagiaire data science", "junior")),
    skills=frozenset({("airflow", "used"), ("spark", "used"), ("scikit_learn", "used"), ("sql", "stated")}),
    jobs=2,
)

SPANISH = Resume(
    """Pilar Inventada
Experiencia laboral
Científica de datos sénior, Ejemplo S.A. (enero 2019 – actualidad)
Modelos con TensorFlow.
Educación
Universidad de Ejemplo, 2010 – 2015
Conocimientos
Python, SQL
""",
    name="Pilar Inventada",
    months=(94, 94),
    titles=(("Científica de datos sénior", "senior"),),
    skills=frozenset({("tensorflow", "used"), ("python", "stated"), ("sql", "stated")}),
    jobs=1,
)

STATED_TOTAL = Resume(
    """Noor Nobody
Data engineer with 8+ years of experience in building warehouses.

Skills: Python, SQL, dbt, Snowflake
Certifications: AWS
""",
    name="Noor Nobody",
    months=(96, 840),
    titles=(),
    skills=frozenset({("python", "stated"), ("sql", "stated"), ("dbt", "stated"), ("aws", "certified")}),
)

UNSTRUCTURED = Resume(
    "I write Python and SQL every day, deploy with Docker, and mentored two interns last summer. "
    "Before that I studied physics.",
    name=None,
    months=None,
    titles=(),
    skills=frozenset({("python", "stated"), ("sql", "stated"), ("docker", "stated")}),
    markers=frozenset({"mid.mentors_juniors"}),
)

NO_HEADINGS = Resume(
    """Tom Madeup
Senior Data Engineer, Lumen Works, 04/2020 - present
Pipelines in Spark and Kafka.
Data Engineer, Paper Moon, 04/2018 - 03/2020
Warehouse in SQL.
""",
    name="Tom Madeup",
    months=(103, 103),
    titles=(("Senior Data Engineer", "senior"), ("Data Engineer", None)),
    skills=frozenset({("spark", "used"), ("kafka", "used"), ("sql", "used")}),
    jobs=2,
)

TWO_COLUMNS = Resume(
    """Skills            Experience           Ida Imaginary
Python            Data Scientist       2019 - 2021
SQL               Foo Bar Inc
Docker            Built churn models   Education
                  in Python            MSc 2017 - 2019
""",
    name=None,
    months=None,
    titles=(),
    skills=frozenset({("python", "stated"), ("sql", "stated"), ("docker", "stated")}),
    never=frozenset({("python", "used"), ("docker", "used")}),
)

PROJECTS = Resume(
    """Sam Sample
Working student, NLP

S K I L L S
---------------
Expert: Python
Familiar with: Go
Learning: Rust
Vector databases, LLMs

P R O J E C T S
Search for recipes, May 2025 – Aug 2025
RAG with LangChain.

Weekend robot
Written in C++.

**Certifications**
- AWS (2024)

References
Dr. Eve Example, Head of Kubernetes at Example Corp, 2019 - 2024
""",
    name="Sam Sample",
    months=None,
    titles=(("Working student", "junior"),),
    skills=frozenset(
        {("python", "stated"), ("go", "stated"), ("langchain", "used"), ("aws", "certified"), ("cpp", "stated")}
    ),
    never=frozenset({("rust", "stated"), ("kubernetes", "stated"), ("kubernetes", "used"), ("cpp", "used")}),
)

COMPANY_FIRST = Resume(
    """Kim Placeholder
kim@example.org

Employment history

Snowflake Bakery GmbH
MLOps Engineer
Since 2023-01
Tools: Terraform, Kubernetes, GitHub Actions
Cut deployment times by half.

Example Insurance (01/2020 - 12/2022)
DevOps Engineer
- Jenkins pipelines and Helm charts

Languages
English, German, Python
""",
    name="Kim Placeholder",
    months=(82, 82),
    titles=(("MLOps Engineer", None), ("DevOps Engineer", None)),
    skills=frozenset(
        {
            ("terraform", "used"),
            ("kubernetes", "used"),
            ("github_actions", "used"),
            ("jenkins", "used"),
            ("python", "stated"),
        }
    ),
    never=frozenset({("snowflake", "used"), ("snowflake", "stated")}),
    jobs=2,
)

RESUMES = {name.lower(): value for name, value in list(globals().items()) if isinstance(value, Resume)}
