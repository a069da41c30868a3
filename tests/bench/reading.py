"""What reading text and JSON costs beside the bare work: `python tests/bench/reading.py`. Ratios of one run.

Texts: 10,000 of 2,000 characters, skills with what is said of them and markers of seniority, beside an automaton of the
same names with boundary checks. JSON: 1,000 candidates of 30 skills, checked as the API does, beside `orjson.loads`
and a check by hand of the same fields.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import ahocorasick
import orjson

from service import rubric_library
from service.schemas.candidates import CandidateSchema
from service.usecases import reader_of

TEXTS, LENGTH, CANDIDATES, SKILLS, ROUNDS = 10_000, 2_000, 1_000, 30, 3
SENTENCES = (
    "Built and deployed machine learning services in Python with FastAPI and Docker on Kubernetes.",
    "Worked with the sales team on quarterly plans and wrote reports for the board.",
    "Designed a feature store using Spark, Kafka and Airflow for forty teams.",
    "Led a group of five people and mentored two junior engineers.",
    "The office moved twice and we kept the lights on during both moves.",
    "Answered for dashboards in Tableau and SQL queries over Snowflake.",
    "Improved the recall of the fraud model by a tenth with XGBoost.",
    "Travelled to customers and ran workshops about data literacy.",
    "Set up CI/CD with GitHub Actions and Terraform on AWS.",
    "Enjoys hiking, cooking and playing chess with friends on weekends.",
    "Reviewed the budget and negotiated contracts with three suppliers.",
    "Prepared training material and answered questions from new colleagues each week.",
)


def texts(count):
    """Return texts of sentences in any order."""
    dice = random.Random(7)
    return [" ".join(dice.choices(SENTENCES, k=40))[:LENGTH] for _ in range(count)]


def bare_finder(vocabulary):
    """Return a finder of names with boundary checks, and nothing else."""
    automaton = ahocorasick.Automaton()
    for skill in vocabulary.skills.values():
        for name in (skill.name, *skill.aliases):
            automaton.add_word(name.lower(), (len(name), skill.id))
    automaton.make_automaton()

    def find(text):
        folded = text.lower()
        found = []
        for last, (length, skill) in automaton.iter_long(folded):
            start, end = last - length + 1, last + 1
            if (not start or not folded[start - 1].isalnum()) and (end == len(folded) or not folded[end].isalnum()):
                found.append((start, end, skill))
        return found

    return find


def median(work):
    """Return the median of the seconds that some work takes."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def told(what, ours, bare):
    """Print one line."""
    print(f"{what:42} {ours:7.3f} s   bare {bare:7.3f} s   ratio {ours / bare:5.2f}")


def checked_by_hand(body):
    """Check what a careful programmer would check of the same fields."""
    for candidate in orjson.loads(body):
        assert isinstance(candidate["name"], str)
        for skill in candidate["skills"]:
            assert isinstance(skill["name"], str)
            assert isinstance(skill["level"], (int, float))
            assert 0 <= skill["level"] <= 5
            assert isinstance(skill["years"], (int, float))
            assert 0 <= skill["years"] <= 80


def main() -> None:
    """Print all ratios."""
    library = rubric_library.load()
    reader, bare = reader_of(library), bare_finder(library.vocabulary)
    some = texts(TEXTS)
    bare_time = median(lambda: [bare(text) for text in some])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told(
        "skills in 10,000 texts, with what is said",
        median(lambda: [reader.finder.find(t) and None for t in some]),
        bare_time,
    )
    told("markers in 10,000 texts", median(lambda: [reader.signs.find(t) and None for t in some]), bare_time)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"memory grown meanwhile: {grown:.0f} MiB")

    skills = [{"name": f"Skill {n}", "level": n % 6, "years": n % 9} for n in range(SKILLS)]
    body = orjson.dumps([{"name": f"Person {n}", "skills": skills} for n in range(CANDIDATES)])
    schema = CandidateSchema()
    ours = median(lambda: [schema.load(one) for one in orjson.loads(body)])
    told("1,000 candidates of 30 skills checked", ours, median(lambda: checked_by_hand(body)))


if __name__ == "__main__":
    main()
