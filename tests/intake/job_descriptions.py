"""Invented job descriptions of many kinds, with the skills each asks for. No firm and no person in them exists."""

from typing import NamedTuple


class Sample(NamedTuple):
    text: str
    must: set
    nice: set
    should: set = frozenset()
    unknown: tuple = ()


SAMPLES = {
    "bullets under headings": Sample(
        """# Senior ML Engineer

## About us
Example Works is an invented firm. Our founders love Kubernetes and Haskell.

## What you'll do
- Build data pipelines in Python and Airflow
- Mentor junior engineers

## Requirements
- 5+ years of professional experience
- Expert in Python; strong SQL
- PyTorch or TensorFlow
- Experience with cloud platforms (AWS, GCP or Azure)
- Klingon++

## Nice to have
- Rust or Go
- Experience with Kafka is a must

## Benefits
- Courses in SQL and Docker, a gym, a bicycle
""",
        must={"python", "sql", "pytorch|tensorflow", "cloud|aws|gcp|azure", "kafka"},
        nice={"rust|go"},
        should={"data_pipelines", "airflow"},
        unknown=("Klingon++",),
    ),
    "prose without sections": Sample(
        "We are looking for a data engineer who knows Python and SQL well. You must know dbt and Snowflake, and "
        "experience with Kafka or Kinesis is a plus. Ideally you have worked with Terraform. Our services run on "
        "Kubernetes.",
        must={"python", "sql", "dbt", "snowflake"},
        nice={"kafka|kinesis", "terraform"},
        should={"kubernetes"},
    ),
    "German": Sample(
        """Data Engineer (m/w/d)

Deine Aufgaben:
- Du baust Datenstrecken mit Airflow

Das bringst du mit:
- Mindestens 3 Jahre Erfahrung mit Python
- Sehr gute Kenntnisse in SQL
- Erfahrung mit Docker oder Kubernetes
- Idealerweise Kenntnisse in Terraform
- Kafka ist von Vorteil

Wir bieten:
- Kurse in Spark, Obst und ein Fahrrad
""",
        must={"python", "sql", "docker|kubernetes"},
        nice={"terraform", "kafka"},
        should={"airflow"},
    ),
    "words in brackets behind a skill": Sample(
        """What you bring
Python (required), Docker (nice to have), Git, SQL (ideally PostgreSQL), Foobarium
""",
        must={"python", "git", "sql"},
        nice={"docker", "postgresql"},
        unknown=("Foobarium",),
    ),
    "headings in capitals and lists without bullets": Sample(
        """MINIMUM QUALIFICATIONS

Python
SQL
Statistics

PREFERRED QUALIFICATIONS

Spark
Airflow
""",
        must={"python", "sql", "statistics"},
        nice={"spark", "airflow"},
    ),
    "labels with their list on one line": Sample(
        """Must have: Python, PyTorch, and Docker.
Nice to have: Terraform; Go or Rust.
Our stack: Kafka, Airflow
Perks: Kubernetes courses
""",
        must={"python", "pytorch", "docker"},
        nice={"terraform", "go|rust"},
        should={"kafka", "airflow"},
    ),
    "lists of which one will do": Sample(
        """Requirements:
* One of the following: Airflow, Prefect, Dagster
* Deep learning frameworks such as PyTorch and JAX
* Either Java or Scala programming
* An experiment tracker (MLflow, Weights & Biases)
* Python and R
""",
        must={
            "airflow|prefect|dagster",
            "ml_frameworks|pytorch|jax",
            "java|scala",
            "mlflow|wandb",
            "python",
            "r",
        },
        nice=set(),
    ),
    "what is not asked": Sample(
        """Who you are
- You know Python; no experience with Kubernetes needed
- You do not need to know Terraform or Docker
- Kafka is not required, but a plus
- SQL isn't necessary
- No PhD required
- Airflow without Spark
""",
        must={"python", "airflow"},
        nice={"kafka"},
    ),
    "one sentence that asks twice": Sample(
        "You have 4 years of Python and Rust is a bonus, but Docker is essential; Terraform preferred.",
        must={"python", "docker"},
        nice={"rust", "terraform"},
    ),
    "lines that are broken anywhere": Sample(
        """You bring strong knowledge of Python, SQL and
Docker, as well as experience with
Kubernetes. Knowledge of Spark or
Flink is
an advantage.
""",
        must={"python", "sql", "docker", "kubernetes"},
        nice={"spark|flink"},
    ),
}

ONLY_BENEFITS = """Benefits
- 30 days of holiday and a bicycle
- Courses in Python and Docker

About us
Example Works is an invented firm.
"""

JOB = {
    "$schema": "https://example.com/job-schema/v1",
    "title": "Machine Learning Engineer",
    "company": "Example Works",
    "type": "Full-time",
    "date": "2026-11",
    "description": "Train models that sort invented letters.",
    "remote": "Hybrid",
    "experience": "Senior",
    "responsibilities": ["Build pipelines in Airflow.", "You mentor junior engineers."],
    "qualifications": ["3+ years of experience with Python.", "Kubernetes is a plus."],
    "skills": [
        {"name": "Deep learning", "level": "Expert"},
        {"name": "Data things", "level": "Intermediate", "keywords": ["SQL", "Spark"]},
        {"name": "Basket weaving"},
    ],
    "meta": {"version": "v1.0.0"},
}
