"""Rolefit agrees with a second scorer that was written from the page on scoring alone, and the page's figures are true.

`--hypothesis-profile=soak` compares 5,000 fresh random people instead of the same ones each time.
"""

import ast
import random
from functools import cached_property

import pytest
from hypothesis import settings
from oracle import scorer
from oracle.candidates import People
from oracle.scorer import BANDS, POLICY, ROLES, Piece, Texts

from service.core.board import A_CROWD, Board
from service.core.ranking import rank
from service.core.result import explain
from service.core.rubric import Weights
from service.core.scoring import GATES, Scores, score
from service.core.time import tick_of
from service.intake.union import Member, union
from service.usecases import reader_of
from service.usecases.candidates import read_candidate

IS_SOAK = settings.get_current_profile_name() == "soak"
SEED = random.randrange(10**9) if IS_SOAK else 1
AIMS = [(role, seniority) for role in ROLES for seniority in BANDS]
TEXT_FIELDS = ("external_id", "summary", "notes")
WORK_FIELDS = ("start", "end", "delivered", "summary")


def read_texts(body, reader):
    """Return what Rolefit reads in the sentences of a record, of which nothing else is left."""
    works = {part: [{key: work[key] for key in WORK_FIELDS if key in work} for work in body.get(part, [])]
             for part in ("jobs", "projects")}  # fmt: skip
    profile = read_candidate({key: body[key] for key in TEXT_FIELDS if key in body} | works, reader, "").profile
    # A figure of years counts only if no job has dates: that rule is the scorer's, so the figure is read without jobs.
    alone = read_candidate({key: body[key] for key in TEXT_FIELDS if key in body}, reader, "").profile
    pieces = []
    for seen in profile.evidence:
        _, part, *place = seen.where.split("/")
        pieces.append((Piece(*seen[:5]), (part, int(place[0])) if place else None))
    return Texts(tuple(pieces), tuple(profile.markers), alone.months)


class Pool:
    """Random people, as Rolefit reads and scores them and as the second scorer does."""

    def __init__(self, count, library, reader):
        source = People(SEED)
        self.library, self.people, self.seconds = library, [], []
        for number in range(count):
            day, bodies = source.person(number)
            first, *others = [read_candidate(body, reader, "") for body in bodies]
            members = [Member(f"m{place}", other) for place, other in enumerate(others)]
            profile = (union(first, members, tick_of(day)) if members else first).profile
            self.people.append((profile, tick_of(day), bodies))
            texts = [read_texts(body, reader) for body in bodies]
            records = [scorer.read(body, read) for body, read in zip(bodies, texts, strict=True)]
            self.seconds.append(scorer.person(records, scorer.tick(day.year, day.month, day.day)))

    @cached_property
    def scores(self):
        """Return what Rolefit finds for each role and seniority."""
        board = Board(self.library.rubrics.values())
        matrix = board.matrix(board.line(profile, as_of).values for profile, as_of, _ in self.people)
        tables = {aim: self.library.table(*aim) for aim in AIMS}
        return {aim: score(table, *board.values(matrix, table)) for aim, table in tables.items()}

    @cached_property
    def results(self):
        """Return what the second scorer finds for each role and seniority."""
        return {aim: [scorer.score(person, *aim) for person in self.seconds] for aim in AIMS}


@pytest.fixture(scope="module", params=[5_000 if IS_SOAK else 300, pytest.param(2_000, marks=pytest.mark.slow)])
def pool(request, library):
    return Pool(request.param, library, reader_of(library))


def test_fits_and_gates_agree(pool):
    wrong = []
    for aim in AIMS:
        found = zip(*(each.tolist() for each in pool.scores[aim]), strict=True)
        for number, (fit, fit_high, gate) in enumerate(found):
            second = pool.results[aim][number]
            if (fit, fit_high, GATES[gate]) != (second["fit"], second["fit_high"], second["gate"]):
                wrong.append((aim, (fit, fit_high, GATES[gate]), second, *pool.people[number][1:]))
    assert not wrong, f"{len(wrong)} results differ (seed {SEED}), such as {wrong[0]}"


def test_the_lines_of_many_are_to_the_byte_those_of_each(pool):
    board = Board(pool.library.rubrics.values())
    for day in {as_of for _, as_of, _ in pool.people}:
        many = [profile for profile, as_of, _ in pool.people if as_of == day]
        assert len(many) >= A_CROWD
        assert board.lines(many, day) == [board.line(profile, day) for profile in many]


def test_the_people_reach_every_part_of_the_rule(pool):
    gates = {result["gate"] for results in pool.results.values() for result in results}
    pieces = [piece for profile, *_ in pool.people for piece in profile.evidence]
    bodies = [record for *_, records in pool.people for record in records]

    assert gates == set(GATES)
    assert {piece.kind for piece in pieces} == set(POLICY["kinds"])
    assert any(piece.at and piece.span for piece in pieces), "text evidence with dates"
    assert any(profile.months and not body.get("years_experience") for profile, _, (body, *_) in pool.people)
    assert {len(records) for *_, records in pool.people} == {1, 2, 3}
    assert all(any(body.get(field) for body in bodies) for field in ("jobs", "certificates", "assessments", "markers"))


def test_what_a_result_explains_agrees(pool):
    for number, (profile, as_of, bodies) in enumerate(pool.people[:400]):
        role, seniority = aim = AIMS[number % len(AIMS)]
        found, second = explain(pool.library.table(role, seniority), profile, as_of), pool.results[aim][number]
        gaps = {gap["criterion"]: whole(gap["points_lost"]) for gap in found["gaps"]}
        estimate = found["seniority_estimate"]

        assert {row["criterion"]: shown(row) for row in found["criteria"]} == expected(second["rows"]), bodies
        assert gaps == lost(ROLES[role]["criteria"], second["rows"]), bodies
        assert sum(gaps.values()) + second["fit"] == 10_000
        assert (estimate["by_years"], estimate["by_markers"], estimate["estimate"]) == second["estimate"], bodies


def whole(points):
    return round(points * 100)


def shown(row):
    """Return what an answer says of a row; the levels are those of a criterion."""
    levels = [row[end] for end in ("level", "level_high", "level_at_gate", "level_at_gate_high")]
    points = [whole(row[end]) for end in ("points", "points_high", "full_points")]
    return (levels if row["unit"] == "level" else []), points


def expected(rows):
    return {row: (_levels(row, *levels), [*points, full]) for row, (*levels, points, full) in rows.items()}


def _levels(row, level, at_gate):
    if row.startswith("seniority_"):
        return []
    return [*(end / 10 for end in level), *([end / 10 for end in at_gate] if at_gate else (None, None))]


def lost(criteria, rows):
    """Return what each row lacks to full points; a must-have that only holds its gate lacks 0."""
    gates = {row["id"]: scorer.gate_of(row) for row in criteria if row["requirement"] == "must"}
    return {
        row: full - low
        for row, (_, at_gate, (low, _), full) in rows.items()
        if low < full or (at_gate and at_gate[0] < gates[row])
    }


@pytest.mark.parametrize("strict", [False, True])
def test_ranks_and_ties_agree(pool, strict):
    # Every person is there twice, so that many tie, and those alike at one aim are not alike at the next.
    ids = [f"{number}-{twin}" for number in range(len(pool.people)) for twin in "ab"]
    for role, seniority in AIMS:
        twice = [result for result in pool.results[role, seniority] for _ in "ab"]
        ranked, apart = scorer.rank(role, dict(zip(ids, twice, strict=True)), strict=strict)

        scores = Scores(*(array.repeat(2) for array in pool.scores[role, seniority]))
        found = rank(scores, role, ids, strict=strict)

        assert [(number, ids[place]) for number, place in zip(found.ranks, found.order, strict=True)] == ranked
        assert [ids[place] for place in found.apart] == apart


def test_other_weights_agree(pool):
    dice = random.Random(SEED)
    for role, seniority in AIMS:
        criteria = {row["id"]: dice.choice((0, 1, 2, 3, 7, 100)) for row in ROLES[role]["criteria"]}
        weights = {"parts": {part: dice.randint(0, 90) for part in POLICY["parts"]}, "criteria": criteria}
        weights["parts"]["required"] += 1
        criteria[ROLES[role]["criteria"][0]["id"]] += 1
        table = pool.library.table(role, seniority, Weights(**weights))

        assert dict(zip([row.id for row in table.rows], table.full, strict=True)) == scorer.full_points(
            ROLES[role], seniority, weights
        )
        for number, (profile, as_of, _) in enumerate(pool.people[:5]):
            found, second = explain(table, profile, as_of), scorer.score(pool.seconds[number], role, seniority, weights)
            assert (whole(found["fit"]), whole(found["fit_high"])) == (second["fit"], second["fit_high"])


@pytest.mark.parametrize(
    "said",
    [
        {"skills": [{"name": "python", "level": 4.35}]},
        {"skills": [{"name": "python", "level": 1.15}]},
        {"assessments": [{"skill": "python", "score": 0.29, "max_score": 1}]},
        {"assessments": [{"skill": "python", "score": 4.1, "max_score": 10}]},
    ],
)
def test_halves_of_a_tenth_are_rounded_up_as_they_are_written(library, said):
    (piece,) = read_candidate({"external_id": "1", **said}, reader_of(library), "").profile.evidence

    assert piece.level == scorer.read(said).pieces[0].level


def test_the_second_scorer_knows_nothing_of_the_first(root):
    tree = ast.parse((root / "tests" / "oracle" / "scorer.py").read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}

    assert not [name for name in imported if name.startswith(("service", "core"))]
