"""One score, recomputed as on paper: from what a candidate says to 69.99 of 100, every number on the way.

The role asks a mid-level person for four areas:

    criterion   requirement   weight   skills             full points from level   gate
    python      must          3        python             3                        2
    cloud       must          2        aws or gcp         3                        2
    ops         should        1        docker and linux   3                        -
    sql         nice          1        sql                2                        -

"Today" is 1 November 2026.
"""

from core_factories import AS_OF, POLICY, all_of, any_of, criterion, job, piece, profile, rubric

from service.core.profile import criterion_level, row_of, skill_levels
from service.core.result import explain
from service.core.rubric import compile_table, kth_best, mean_of_best
from service.core.time import months_together, tick

ROLE = rubric(
    criterion("python", "must", weight=3, required=(20, 30, 40), gate=20),
    criterion("cloud", "must", any_of("aws", "gcp"), weight=2, required=(20, 30, 40), gate=20),
    criterion("ops", "should", all_of("docker", "linux"), weight=1, required=(20, 30, 40)),
    criterion("sql", "nice", weight=1, required=(10, 20, 30)),
    markers={"mid": ("designs", "deploys", "mentors")},
    implies={"eks": ("aws", "docker")},  # who runs EKS runs AWS and containers
)
TABLE = compile_table(ROLE, "mid")

FIRST_JOB = job((2018, 3), (2020, 2))  # two years
SECOND_JOB = job((2020, 1), (2021, 12))  # two years, two months of them beside the first

PYTHON_THEN = piece("python", "delivered", span=FIRST_JOB)
PYTHON_LATER = piece("python", "delivered", span=SECOND_JOB)
EKS = piece("eks", "used", 25)  # says of herself: 2.5
SQL_CLAIM = piece("sql", "stated", 50)  # says of herself: expert
SQL_TEST = piece("sql", "assessed", 15)  # the test said 1.5
COBOL = piece("cobol", "rated", 50)  # nobody asked

CANDIDATE = profile(
    PYTHON_THEN,
    PYTHON_LATER,
    EKS,
    SQL_CLAIM,
    SQL_TEST,
    COBOL,
    jobs=(FIRST_JOB, SECOND_JOB),
    markers={"mid.designs": True, "mid.deploys": False},  # of mentoring nothing is known
)


def test_step_1_each_piece_of_evidence_becomes_a_level():
    # Python was used in both jobs together: 24 + 24 months, 2 of them twice, are 46.
    together = months_together([FIRST_JOB, SECOND_JOB], AS_OF)
    assert together == (46, 46)
    # The table of years: 24 months give 3, 48 would give 4. So 3, under the ceiling of "delivered", 5.
    assert POLICY.level_of_months(46) == 30
    # The first job ended 80 months ago (1 March 2020 to 1 November 2026). 36 are free; 44 more, at half a level
    # a year, lose 44 x 5 / 12 = 18.33, so 18 tenths. But never more than half is lost: 30 becomes 15.
    assert (AS_OF - tick(2020, 3)) // 31 == 80
    assert POLICY.fade(30, 80) == max(30 - 18, 15) == 15
    assert POLICY.level(PYTHON_THEN, together, AS_OF) == (15, 15)
    # The second ended 58 months ago: 22 over, 22 x 5 / 12 = 9.17, so 9 tenths are lost.
    assert (AS_OF - tick(2022, 1)) // 31 == 58
    assert POLICY.level(PYTHON_LATER, together, AS_OF) == (21, 21)
    # EKS: a level said outright, under the ceiling of "used", 4. No date, so nothing is lost.
    assert POLICY.level(EKS, None, AS_OF) == (25, 25)
    # SQL: the claim is cut to the ceiling of "stated", 3; the test counts as it is.
    assert POLICY.level(SQL_CLAIM, None, AS_OF) == (30, 30)
    assert POLICY.level(SQL_TEST, None, AS_OF) == (15, 15)


def test_step_2_the_evidence_of_a_skill_becomes_its_level():
    levels = {skill: known[:2] for skill, known in skill_levels(CANDIDATE.evidence, ROLE, AS_OF).items()}

    assert levels == {
        "python": (21, 21),  # the better of 1.5 and 2.1
        "eks": (25, 25),
        "aws": (25, 50),  # proven from below by EKS; how much more there is nobody said
        "docker": (25, 50),
        "sql": (15, 15),  # a test decides over a claim
    }  # of gcp and linux nothing is known, and COBOL is not asked


def test_step_3_skills_become_the_level_of_a_criterion():
    known = skill_levels(CANDIDATE.evidence, ROLE, AS_OF)
    python, cloud, ops, sql = (criterion_level(c, known, mean_of_best) for c in ROLE.criteria)

    assert python == (21, 21)
    assert cloud == (25, 50)  # the best of aws [2.5, 5] and gcp [0, 5]
    assert ops == (12, 50)  # the mean of docker [2.5, 5] and linux [0, 5]: 1.25, rounded down to a tenth
    assert criterion_level(ROLE.criteria[2], known, kth_best) == (0, 50)  # a gate would ask for the weaker of the two
    assert sql == (15, 15)
    # Experience: both jobs, 46 months. Markers: one met, one absent, one open: 1 to 2 of 3.
    assert row_of(CANDIDATE, ROLE, "mid", AS_OF) == ([21, 25, 12, 15, 46, 1, 0], [21, 50, 50, 15, 46, 2, 50])


def test_step_4_the_whole_of_10000_is_shared_by_weight():
    # Must and should: 75 % by weights 3, 2, 1: 3,750, 2,500, 1,250. Nice: 15 %. Seniority: 10 %, in halves.
    assert TABLE.full == (3750, 2500, 1250, 1500, 500, 500)
    assert sum(TABLE.full) == 10_000


def test_step_5_levels_earn_points_rounded_down():
    at_least = [
        3750 * 21 // 30,  # python 2.1 of 3
        2500 * 25 // 30,  # cloud 2.5 of 3: 2,083.33
        1250 * 12 // 30,  # ops 1.2 of 3
        1500 * 15 // 20,  # sql 1.5 of 2
        500,  # 46 months of the 24 asked for: nothing more for more
        500 * 1 // 3,  # one marker of three: 166.67
    ]
    at_most = [2625, 2500, 1250, 1125, 500, 500 * 2 // 3]
    assert at_least == [2625, 2083, 500, 1125, 500, 166]
    assert (sum(at_least), sum(at_most)) == (6999, 8333)

    result = explain(TABLE, CANDIDATE, AS_OF)
    assert [round(row["points"] * 100) for row in result["criteria"]] == at_least
    assert [round(row["points_high"] * 100) for row in result["criteria"]] == at_most
    assert (result["fit"], result["fit_high"]) == (69.99, 83.33)


def test_step_6_the_gate_asks_each_must_have_for_level_2():
    # Python: 2.1 is over 2. Cloud: at least 2.5. Both are had, so the gate is passed; ops and sql never gate.
    assert explain(TABLE, CANDIDATE, AS_OF)["gate"] == "pass"


def test_step_7_what_is_missing_adds_up_to_100():
    gaps = explain(TABLE, CANDIDATE, AS_OF)["gaps"]

    assert [(gap["criterion"], gap["state"], gap["points_lost"]) for gap in gaps] == [
        ("python", "below", 11.25),
        ("ops", "below", 7.50),
        ("cloud", "below", 4.17),
        ("sql", "below", 3.75),
        ("seniority_markers", "below", 3.34),
    ]  # most points first; none holds the gate
    assert 6999 + 1125 + 750 + 417 + 375 + 334 == 10_000
    # What an interview should ask: ops (linux is unknown), cloud (2.5 or more), and the third marker.
    assert [gap["criterion"] for gap in gaps if gap["question"]] == ["ops", "cloud", "seniority_markers"]


def test_step_8_an_answer_narrows_the_interval():
    # In the interview she turns out to know Linux at 3. Ops becomes the mean of docker [2.5, 5] and linux [3, 3]: 2.75
    # at least, rounded down to 2.7, and 4 at most. 1,250 x 27 / 30 = 1,125; the most there can be stays.
    after = explain(TABLE, profile(*CANDIDATE.evidence, piece("linux", "rated", 30), jobs=CANDIDATE.jobs), AS_OF)
    ops = after["criteria"][2]

    assert (ops["level"], ops["level_high"], ops["points"], ops["points_high"]) == (2.7, 4.0, 11.25, 12.5)


def test_step_9_the_estimate_of_seniority_is_the_lower_of_years_and_markers():
    estimate = explain(TABLE, CANDIDATE, AS_OF)["seniority_estimate"]

    assert estimate["years"] == 3.83  # 46 / 12
    assert estimate["by_years"] == "mid"  # 2 to 5 years
    assert estimate["by_markers"] == "mid"  # one of the two that are known is met
    assert estimate["estimate"] == "mid"
