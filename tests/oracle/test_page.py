"""What service/guide/scoring.md states is true: its worked examples, by the second scorer, and its figures."""

import pytest
from oracle import scorer
from oracle.scorer import POLICY, ROLES, Piece, criterion_level, dates_of, skills_of, tick

AS_OF = tick(2026, 11, 1)
OTHERS = ("hypothesis_testing", "regression_analysis")


@pytest.fixture(scope="module")
def page(root):
    return (root / "service" / "guide" / "scoring.md").read_text(encoding="utf-8")


@pytest.fixture
def says(page):
    """Return what asserts that a phrase is on the page, however its lines break."""
    flowing = " ".join(page.replace("\n>", "\n").split())

    def says(phrase):
        assert phrase in flowing

    return says


def criterion(role, id_):
    return next(row for row in ROLES[role]["criteria"] if row["id"] == id_)


def both(role, id_, *pieces):
    """Return the level of a criterion for points and for the gate."""
    skills = skills_of(pieces, AS_OF)
    return tuple(criterion_level(criterion(role, id_), skills, gate=gate) for gate in (False, True))


def rated(skill, level):
    return Piece(skill, "rated", (level, level))


def test_example_a_delivered_piece_that_fades(says):
    first = {"start": "2018-03", "end": "2020-02"}
    pieces = [
        Piece("python", "delivered", dates=dates_of(work)) for work in (first, {"start": "2020-01", "end": "2021-12"})
    ]
    says("Python, `delivered`, in a job from March 2018 to February 2020; the skill has 46 dated months.")
    says("The job ended at the tick of 1 March 2020, 80 months ago. The loss is floor(44 × 5 / 12) = 18")
    says("the piece counts as 15")

    assert scorer.covered([piece.dates for piece in pieces], AS_OF) == (46, 46)
    assert scorer.level_of_months(46) == 30
    assert pieces[0].dates[1] == (tick(2020, 3),) * 2
    assert (AS_OF - tick(2020, 3)) // 31 == 80
    assert scorer.faded(50, tick(2020, 3), AS_OF) == 50 - 18
    assert scorer.level_of_piece(pieces[0], (46, 46), AS_OF) == (15, 15)


def test_example_an_implied_skill(says):
    says("EKS `used` at 25 implies AWS and Kubernetes. Nothing else is said of AWS: its level is [25, 50].")
    says("Kubernetes is `stated` at 10: its level is [25, 25].")
    says("If Kubernetes had been rated at 10, it would stay [10, 10].")

    eks = Piece("eks", "used", (25, 25))
    claimed = skills_of([eks, Piece("kubernetes", "stated", (10, 10))], AS_OF).known

    assert (claimed["aws"], claimed["kubernetes"]) == ((25, 50), (25, 25))
    assert skills_of([eks, rated("kubernetes", 10)], AS_OF).known["kubernetes"] == (10, 10)


def test_example_half_of_what_is_asked(says):
    says(
        "Only Bayesian methods are known, rated 30. For points: low floor((30 + 0) / 2) = 15, high floor((50 + 50) / 2)"
    )
    says("For the gate: low 0, high 50.")
    says("If the other two are known to be absent, both ends are 15 for points and 0 for the gate.")

    known = rated("bayesian_methods", 30)

    assert both("data_scientist", "statistics", known) == ((15, 50), (0, 50))
    assert both("data_scientist", "statistics", known, *(rated(skill, 0) for skill in OTHERS)) == ((15, 15), (0, 0))


def test_example_areas_implied_named_and_rated(says):
    says("DigitalOcean, used for years, implies the area: related evidence; the criterion stays [0, 50]")
    says('The word "cloud" in a list of skills names the area, `stated`: [20, 50].')
    says('A column "Cloud" with 3 rates the area:')
    says("is at most 30, and the criterion is [30, 30]. If AWS was rated 40, it is [40, 40].")

    area, neighbour = rated("cloud", 30), Piece("digitalocean", "used", months=(60, 60))

    assert both("ml_engineer", "cloud", neighbour) == ((0, 50), (0, 50))
    assert both("ml_engineer", "cloud", Piece("cloud", "stated")) == ((20, 50), (20, 50))
    assert both("ml_engineer", "cloud", area) == ((30, 30), (30, 30))
    assert criterion_level({"id": "cloud", "skills": "gcp"}, skills_of([area], AS_OF), gate=False)[1] == 30
    assert both("ml_engineer", "cloud", area, rated("aws", 40)) == ((40, 40), (40, 40))


def test_example_points_of_a_row(says):
    says("A criterion has 1,250 full points and requires 30. A level of [12, 50] earns floor(1250 × 12 / 30) = 500")
    says("at least and 1,250 at most. Its gap is 750, shown as 7.50.")

    assert [scorer.points_of(1250, level, 30) for level in (12, 50)] == [500, 1250]


def test_example_jobs_that_overlap(says):
    says("A job from 2020-01 to 2021-12 and one from 2021-01 to 2022-12 cover 36 months, not 48.")
    says("A job from 2019 to 2021 covers 12 to 36 months")

    def covered(*works):
        return scorer.covered([dates_of({"start": start, "end": end}) for start, end in works], AS_OF)

    assert covered(("2020-01", "2021-12"), ("2021-01", "2022-12")) == (36, 36)
    assert covered(("2019", "2021")) == (12, 36)


def test_every_example_has_its_test(page):
    assert page.count("*Example") == sum(name.startswith("test_example_") for name in globals())


def test_the_figures_inside_sentences(says):
    says("3.25 is 33")
    says("2.5 years are 30 months")
    says("23 months are junior, 24 mid, 60 senior")
    says("1, 2, 2, 4")
    says("of two skills asked for, one at 50 and one at 10 have the mean 30, but the gate is held against 10")

    bands = [
        scorer.estimate(ROLES["ml_engineer"], scorer.Person(None, (months,) * 2, {}))[0] for months in (23, 24, 60)
    ]
    two = [rated("bayesian_methods", 50), rated("hypothesis_testing", 10), rated("regression_analysis", 0)]
    results = {str(n): {"fit": fit, "fit_high": 9000, "gate": "open"} for n, fit in enumerate((80, 70, 70, 60))}

    assert (scorer.nearest(3.25, 10), scorer.nearest(2.5, 12)) == (33, 30)
    assert bands == ["junior", "mid", "senior"]
    assert both("data_scientist", "statistics", *two) == ((30, 30), (10, 10))
    assert [rank for rank, _ in scorer.rank("ml_engineer", results)[0]] == [1, 2, 2, 4]


def test_the_two_tables_are_those_of_the_policy(page):
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in page.splitlines() if line[:1] == "|"]
    kinds = [(row[0], *row[2:]) for row in rows if len(row) == 4 and row[0] in POLICY["kinds"]]
    months = next(row[1:] for row in rows if row[0] == "months of use, at least")
    levels = next(row[1:] for row in rows if row[0] == "level")

    assert kinds == [(kind, _figure(row["ceiling"]), _figure(row["mention"])) for kind, row in POLICY["kinds"].items()]
    assert list(zip(months, levels, strict=True)) == [
        (str(row["months"]), _figure(row["level"])) for row in POLICY["years"]
    ]
    assert [kind for kind, row in POLICY["kinds"].items() if row["decides"]] == list(scorer.DECIDING)


def _figure(level):
    return "none" if level is None else str(scorer.nearest(level, 10))


def test_the_figures_of_the_rule_are_those_of_the_policy(says):
    says("The first 36 months are free.")
    says("loss = floor(max(0, months ago - 36) * 5 / 12) faded = max(level - loss, ceil(level / 2))")
    says("*required* (75), `nice` to *nice* (15), the two of seniority to *seniority* (10)")
    says("Each must-have has a gate level: its own `gate`, or 20.")
    says("junior 0, mid 2, senior 5")

    assert POLICY["recency"] == {"grace_months": 36, "loss_per_year": 0.5, "floor_percent": 50}
    assert POLICY["parts"] == {"required": 75, "nice": 15, "seniority": 10}
    assert POLICY["gate"] == 2
    assert all(role["bands"] == {"junior": 0, "mid": 2, "senior": 5} for role in ROLES.values())
