"""A shortlist from stored levels is, to the byte, the one that reads every candidate; whatever happened between."""

import csv
import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import orjson
import pytest
from bench import material

from service import rubric_library, shipped
from service.core.time import tick_of
from service.intake.candidate import Candidate, from_body
from service.sheets.limits import Limits
from service.store import Store
from service.store.records import LineKept
from service.usecases import House, candidates, imports, reader_of
from service.usecases.levels import Levels
from service.usecases.scores import Wish, shortlist, stored_shortlist

pytestmark = pytest.mark.both_databases
TODAY = dt.date(2026, 11, 20)
NAMES = (
    "Python",
    "PyTorch",
    "Kubernetes",
    "CI/CD",
    "AWS",
    "SQL",
    "System design",
    "Docker",
    "Spark",
    "Airflow",
    "TensorFlow",
)
DAYS = (0, 1, 11, 40, 400, -1, -30, -800, 4_000)


def wish(house, role="ml_engineer", seniority="mid", as_of=TODAY, **options):
    return Wish(house.library.table(role, seniority), as_of, **options)


def read_anew(house, asked):
    """Return the shortlist made by reading every candidate, with nothing remembered."""
    with house.store.reading() as work:
        pool = {kept.id: from_body(kept.body) for kept in work.pool()}
    return orjson.dumps(shortlist(pool.items(), pool.__getitem__, asked))


def agrees(house, **options):
    asked = wish(house, **options)
    return orjson.dumps(stored_shortlist(house, asked)) == read_anew(house, asked)


def person(number, seed=0):
    """Return somebody with evidence of every kind, dated and not, at work or not."""
    dice = random.Random(f"{seed} {number}")
    return {
        "external_id": str(number),
        "name": f"P{number}",
        "years_experience": dice.choice((None, None, dice.randint(0, 12))),
        "skills": [_skill(dice, name) for name in dice.sample(NAMES, dice.randint(0, 9))],
        "jobs": [_job(dice) for _ in range(dice.randint(0, 3))],
    }


def _skill(dice, name):
    said = {"name": name, "kind": dice.choice(("stated", "used", "rated", "assessed", "delivered", "certified"))}
    said |= dice.choice(({}, {"level": dice.randint(0, 5)}, {"years": dice.randint(0, 9)}))
    return said | dice.choice(({}, {"last_used": dice.choice(("2026-11-20", "2026-03", "2022", "2010-05"))}))


def _job(dice):
    start = f"{dice.randint(2012, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    end = dice.choice(({}, {"end": "present"}, {"end": "2026-11-25"}, {"end": "2026"}, {"end": "2025-12-31"}))
    return {"title": "Engineer", "start": start, **end, "skills": dice.sample(NAMES, 3)}


def keep(house, *people):
    return [one["id"] for one in candidates.keep(people, house, "", "native", "api")["results"]]


@pytest.fixture
def restarted(house):
    """Give the same house as a process that has just started sees it."""
    return lambda **changes: replace(house, **changes)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_stored_shortlist_is_the_one_that_reads_everybody_on_any_day(house, restarted, seed):
    keep(house, *(person(number, seed) for number in range(30)))

    for days in DAYS:
        for somebody in (house, restarted()):
            assert agrees(somebody, as_of=TODAY + dt.timedelta(days), seniority=("junior", "senior")[days % 2])
    for role in house.library.rubrics:
        assert agrees(house, role=role)


def test_what_was_changed_or_erased_is_not_in_the_next_list(house, restarted):
    ids = keep(house, *map(person, range(12)))
    other = restarted()
    assert agrees(house)
    assert agrees(other)

    keep(house, {**person(3), "skills": [{"name": "Python", "level": 5, "kind": "rated"}]}, person(99))
    assert agrees(other)

    with house.store.transaction() as work:
        work.delete_candidate(ids[5])
    assert agrees(other)
    assert agrees(house)
    assert agrees(restarted())


def test_another_process_is_noticed(house, library, request):
    keep(house, *map(person, range(5)))
    assert agrees(house)
    with_another_connection = Store(str(house.store._engine.url.render_as_string(hide_password=False)))  # noqa: SLF001
    request.addfinalizer(with_another_connection.close)
    keep(House(library, with_another_connection, house.limits, house.now), *map(person, range(4, 9)))

    assert stored_shortlist(house, wish(house))["total"] == 9
    assert agrees(house)


def test_stored_lines_are_what_a_list_is_made_of(house, restarted):
    (best, worst) = keep(
        house,
        {"external_id": "1", "skills": [{"name": name, "level": 5, "kind": "rated"} for name in NAMES]},
        {"external_id": "2", "skills": [{"name": name, "level": 0, "kind": "rated"} for name in NAMES]},
    )
    order = [row["candidate"]["id"] for row in stored_shortlist(house, wish(house))["shortlist"]]
    assert order == [best]

    with house.store.transaction() as work:  # as if they were each other
        lines = {id_: rest for id_, *rest in work.lines.all(house.levels.board.name)}
        bodies = work.bodies([best, worst])
        swapped = [LineKept(one, bodies[one].digest, *lines[other]) for one, other in ((best, worst), (worst, best))]
        work.lines.save(house.levels.board.name, swapped)

    order = [row["candidate"]["id"] for row in stored_shortlist(restarted(), wish(house))["shortlist"]]
    assert order == [worst]


def test_lines_that_are_missing_are_worked_out_once_and_found_after_a_restart(house, restarted):
    keep(house, *map(person, range(10)))
    with house.store.transaction() as work:
        work._connection.exec_driver_sql("DELETE FROM lines")  # noqa: SLF001 - as a database of before has it
    assert stored(house) == []

    assert agrees(restarted())
    assert len(stored(house)) == 10
    assert agrees(restarted())


def stored(house):
    with house.store.reading() as work:
        return [line for *_, line in work.lines.all(house.levels.board.name) if line]


def test_who_looks_back_does_not_spoil_what_is_stored_for_today(house, restarted):
    keep(house, *map(person, range(10)))
    before = stored(house)
    assert agrees(restarted(), as_of=TODAY - dt.timedelta(2_000))

    assert stored(house) == before


def test_while_somebody_writes_a_list_is_given_and_its_lines_are_stored_later(house, restarted):
    keep(house, *map(person, range(10)))
    with house.store.transaction() as work:
        work._connection.exec_driver_sql("DELETE FROM lines")  # noqa: SLF001 - as above
    other = restarted()
    with house.store.transaction():
        assert stored_shortlist(other, wish(other))["total"] == 10
        assert stored(house) == []

    assert agrees(other)
    assert len(stored(house)) == 10


def test_a_changed_rubric_changes_the_list_at_once(house, restarted, root, tmp_path):
    keep(house, *map(person, range(10)))
    before = orjson.dumps(stored_shortlist(house, wish(house)))
    folder = Path(copytree(root / "rubrics", tmp_path / "rubrics"))
    role = folder / "roles" / "ml_engineer.yaml"
    role.write_text(role.read_text(encoding="utf-8").replace("skills: {any_of: [python", "skills: {all_of: [python"))
    policy = folder / "policy.yaml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("grace_months: 36", "grace_months: 0"))
    other = restarted(library=rubric_library.load(folder))

    assert agrees(other)
    assert orjson.dumps(stored_shortlist(other, wish(other))) != before
    assert agrees(house)


def test_of_a_candidate_sent_twice_at_once_the_last_word_counts(house):
    first, second = keep(house, {**person(1), "skills": ["Python"]}, {**person(1), "skills": ["SQL"]})

    assert first == second
    assert len(stored(house)) == 1
    assert agrees(house)


def test_an_import_stores_lines_and_a_dry_run_does_not(house, sent):
    sent(("ID", "Name", "Python"), (1, "Ada", 3), dry_run=True)
    assert stored(house) == []

    sent(("ID", "Name", "Python"), (1, "Ada", 3), (2, "Bo", 4))
    assert len(stored(house)) == 2
    assert agrees(house)


@pytest.fixture
def tables(tmp_path):
    """Return the sample candidates, and an invented table of 3,000 people whose cells repeat."""
    path = tmp_path / "pool.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(material.rows(rubric_library.load(), 3_000))
    samples = shipped.folder("sample_candidates").iterdir()
    return [path, *(sample for sample in samples if sample.suffix in imports.SAMPLES)]


def test_the_lines_of_an_import_are_to_the_byte_those_of_each_candidate(tables):
    library = rubric_library.load()
    levels, reader, as_of = Levels(library.rubrics.values()), reader_of(library), tick_of(TODAY)
    everyone = []
    for path in tables:
        with imports.open_file(path, path.name, reader, Limits(), None, "upload") as file:
            everyone += [row for row in file.rows if isinstance(row, Candidate)]

    assert len(everyone) > 3_000
    for line, candidate in zip(levels.lines(everyone, as_of), everyone, strict=True):
        alone = levels.board.line(candidate.profile, as_of)
        assert line == LineKept("", candidate.digest, *alone.holds, alone.values)
