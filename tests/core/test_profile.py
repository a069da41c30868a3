"""From evidence to the level of a skill, of an area and of a candidate's seniority."""

import pytest
from core_factories import (
    AS_OF,
    IMPLIES,
    all_of,
    any_of,
    at_least,
    criterion,
    job,
    piece,
    profile,
    rubric,
    wide_rubric,
)

from service.core.profile import criterion_level, estimate_seniority, markers_met, row_of, skill_levels
from service.core.rubric import kth_best, mean_of_best
from service.core.time import tick

FLAT = rubric(criterion("python"), criterion("sql"), criterion("docker"))


IMPLIED, CLAIMED, DECIDED = "implied", "claimed", "decided"


def level_of(skill, *evidence, of=FLAT, as_of=AS_OF):
    """Return low and high of a skill and what they rest on, or None where nothing is known of it."""
    known = skill_levels(evidence, of, as_of).get(skill)
    if known is None:
        return None
    return known.low, known.high, DECIDED if known.decided else CLAIMED if known.named else IMPLIED


def area(*evidence, skills=any_of("aws", "gcp"), implies=None, reading=mean_of_best):  # noqa: B008 - a frozen value
    of = rubric(criterion("cloud", skills=skills), implies=implies)
    return criterion_level(of.criteria[0], skill_levels(evidence, of, AS_OF), reading)


# unknown, absent, known


def test_nothing_said_is_unknown():
    assert level_of("python") is None
    assert level_of("python", piece("sql", "rated", 30)) is None
    assert criterion_level(FLAT.criteria[0], {}, mean_of_best) == (0, 50)


def test_a_rating_without_a_result_says_nothing():
    assert level_of("python", piece("python", "rated")) is None
    assert level_of("python", piece("python", "rated"), piece("python", "stated")) == (20, 20, CLAIMED)


@pytest.mark.parametrize(("kind", "standing"), [("stated", CLAIMED), ("assessed", DECIDED)])
def test_an_explicit_0_is_known_absent(kind, standing):
    assert level_of("python", piece("python", kind, 0)) == (0, 0, standing)


def test_a_level_said_is_known_at_both_ends():
    assert level_of("python", piece("python", "used", 30)) == (30, 30, CLAIMED)
    assert level_of("python", piece("python", "used", (20, 30))) == (20, 30, CLAIMED)
    assert level_of("python", piece("python", "used", months=24)) == (30, 30, CLAIMED)
    assert level_of("python", piece("python", "used")) == (30, 30, CLAIMED)


def test_what_is_not_asked_is_not_looked_at():
    assert skill_levels([piece("cobol", "rated", 50)], FLAT, AS_OF) == {}


# the best of the rest


def test_the_best_claim_counts_low_by_lows_and_high_by_highs():
    claims = [piece("python", "stated", 30), piece("python", "used", (10, 40)), piece("python", "certified")]

    assert level_of("python", *claims) == (30, 40, CLAIMED)
    assert level_of("python", *reversed(claims)) == (30, 40, CLAIMED)


def test_delivered_work_outweighs_a_certificate_and_a_list_of_words_is_never_proficient():
    assert level_of("python", piece("python", "delivered"))[:2] > level_of("python", piece("python", "certified"))[:2]
    assert level_of("python", *[piece("python", "stated", 50)] * 9)[:2] == (30, 30)


def test_a_better_claim_that_faded_may_count_less_than_a_recent_one():
    old = piece("python", "delivered", 50, span=job((2008, 1), (2012, 1)))

    assert level_of("python", old)[:2] == (25, 25)
    assert level_of("python", old, piece("python", "stated", 30))[:2] == (30, 30)


# an assessment or a rating decides


def test_a_failed_test_beats_every_claim():
    claims = [piece("python", "delivered", 50), piece("python", "used", months=120)]

    assert level_of("python", *claims, piece("python", "assessed", 0)) == (0, 0, DECIDED)
    assert level_of("python", piece("python", "rated", 10), *claims) == (10, 10, DECIDED)


def test_the_best_of_what_decides_counts():
    decided = [piece("python", "assessed", 10), piece("python", "rated", 35)]

    assert level_of("python", *decided) == (35, 35, DECIDED)


# the time of use in all jobs together


def test_use_in_several_jobs_adds_up_overlaps_once():
    first, second = job((2020, 1), (2022, 12)), job((2022, 1), (2024, 12))  # 60 months, not 72
    used = [piece("python", "delivered", span=span) for span in (first, second)]

    assert level_of("python", used[0]) == (26, 26, CLAIMED)  # 36 months: 3; 46 ago, 10 over: 50/12 lost
    assert level_of("python", used[1]) == (30, 30, CLAIMED)
    assert level_of("python", *used) == (40, 40, CLAIMED)


def test_use_of_one_skill_is_no_use_of_another():
    spans = [job((2014, 1), (2019, 12)), job((2020, 1))]
    used = [piece("python", "delivered", span=spans[0]), piece("sql", "delivered", span=spans[1])]

    assert level_of("sql", *used) == (40, 40, CLAIMED)  # 82 months, not 154


def test_a_job_that_goes_on_counts_until_the_date_of_scoring():
    used = piece("python", "delivered", span=job((2020, 1)))

    assert level_of("python", used, as_of=tick(2021, 1)) == (30, 30, CLAIMED)
    assert level_of("python", used, as_of=tick(2024, 1)) == (40, 40, CLAIMED)
    assert level_of("python", used, as_of=tick(2027, 1)) == (50, 50, CLAIMED)


# implied skills

IMPLYING = rubric(criterion("docker"), criterion("kubernetes"), criterion("aws"), implies=IMPLIES)


def implied(skill, *evidence):
    return level_of(skill, *evidence, of=IMPLYING)


@pytest.mark.parametrize(
    ("kind", "said", "proved"),
    [
        ("assessed", 50, 40), ("rated", 50, 40), ("delivered", 50, 40), ("used", 50, 40),  # of kind used
        ("certified", 50, 30), ("stated", 50, 30),  # or weaker
        ("assessed", 25, 25), ("delivered", 15, 15), ("stated", 10, 10),  # never stronger than its source
        ("delivered", None, 30), ("stated", None, 20),
    ],
)  # fmt: skip
def test_a_skill_proves_what_it_implies_from_below(kind, said, proved):
    evidence = piece("eks", kind, said)

    for skill in ("aws", "kubernetes", "docker"):
        assert implied(skill, evidence) == (proved, 50, IMPLIED)
    assert implied("docker", piece("kubernetes", kind, said)) == (proved, 50, IMPLIED)
    assert implied("kubernetes", piece("docker", kind, said)) is None


def test_an_implied_level_raises_a_claim_but_never_lowers_it():
    assert implied("docker", piece("docker", "stated", 10), piece("eks", "used", 35)) == (35, 35, CLAIMED)
    assert implied("docker", piece("docker", "stated", 0), piece("eks", "used", 35)) == (35, 35, CLAIMED)
    assert implied("docker", piece("docker", "delivered", 50), piece("eks", "used", 35)) == (50, 50, CLAIMED)


def test_an_implied_interval_passes_through_low_by_low_and_high_by_high():
    eks = piece("eks", "used", (20, 35))

    assert implied("docker", eks) == (20, 50, IMPLIED)
    assert implied("docker", eks, piece("docker", "stated", 10)) == (20, 35, CLAIMED)
    assert implied("docker", eks, piece("docker", "stated", 25)) == (25, 35, CLAIMED)
    assert implied("docker", piece("eks", "rated", (20, 50)), piece("docker", "stated", 10)) == (20, 40, CLAIMED)


def test_the_best_of_several_proofs_counts():
    proofs = [piece("eks", "used", (10, 40)), piece("kubernetes", "used", (20, 30))]

    for order in (proofs, proofs[::-1]):
        assert implied("docker", *order, piece("docker", "stated", 0)) == (20, 40, CLAIMED)
        assert implied("docker", *order) == (20, 50, IMPLIED)


def test_what_is_assessed_itself_is_not_raised_by_what_implies_it():
    assert implied("docker", piece("docker", "assessed", 10), piece("eks", "rated", 50)) == (10, 10, DECIDED)


def test_lack_of_a_skill_proves_nothing_of_what_it_implies():
    assert implied("docker", piece("eks", "assessed", 0)) is None
    assert implied("docker", piece("eks", "used", (0, 40))) is None


def test_what_decides_on_the_source_decides_on_its_proof():
    evidence = [piece("eks", "delivered", 50), piece("eks", "assessed", 10)]

    assert implied("docker", *evidence) == (10, 50, IMPLIED)


# areas


def test_an_area_takes_the_better_of_its_skills_and_of_itself():
    assert area(piece("cloud", "rated", 30)) == (30, 30)
    assert area(piece("aws", "rated", 40), piece("cloud", "rated", 30)) == (40, 40)
    assert area(piece("aws", "rated", 20), piece("cloud", "rated", 30)) == (30, 30)
    assert area(piece("cloud", "rated", 30), skills=all_of("aws", "gcp")) == (30, 30)


def test_a_rated_area_holds_the_claims_inside_it():
    assert area(piece("aws", "delivered", 50), piece("cloud", "rated", 30)) == (30, 30)
    assert area(piece("aws", "delivered"), piece("cloud", "assessed", 0)) == (0, 0)
    assert area(piece("aws", "assessed", 50), piece("cloud", "rated", 30)) == (50, 50)


def test_a_rated_area_known_within_bounds_holds_low_by_low_and_high_by_high():
    assert area(piece("aws", "delivered", 50), piece("cloud", "rated", (10, 30))) == (10, 30)
    assert area(piece("aws", "delivered", 20), piece("cloud", "rated", (10, 30))) == (10, 30)
    assert area(piece("aws", "delivered", 20), piece("cloud", "rated", (20, 30))) == (20, 30)


def test_a_rated_area_closes_what_is_unknown_inside_it():
    assert area() == (0, 50)
    assert area(piece("cloud", "rated", 0)) == (0, 0)
    assert area(piece("aws", "used", 10), piece("cloud", "rated", 20)) == (20, 20)


def test_a_claimed_area_counts_beside_what_is_inside_it():
    assert area(piece("cloud", "stated", 20)) == (20, 50)
    assert area(piece("cloud", "used", months=12)) == (20, 50)
    assert area(piece("cloud", "stated")) == (20, 50)
    assert area(piece("aws", "used", 30), piece("cloud", "stated", 20)) == (30, 50)


def test_a_claimed_area_takes_nothing_from_a_claim_inside_it():
    assert area(piece("aws", "used"), piece("cloud", "stated", 10), skills="aws") == (30, 30)
    assert area(piece("aws", "stated", 20), piece("cloud", "stated", 0), skills="aws") == (20, 20)
    used = piece("aws", "delivered", span=job(2022))  # since some day of 2022: 46 to 58 months
    assert area(used, piece("cloud", "stated", 10), skills="aws") == (30, 40)


def test_a_plain_no_to_the_area_closes_what_has_no_evidence_of_its_own():
    no = piece("cloud", "stated", 0)

    assert area(no) == (0, 0)
    assert area(piece("aws", "stated", 20), no) == (20, 20)
    assert area(piece("eks", "used", 30), no, implies={"eks": ("aws",)}) == (30, 30)


TWO_OF_THREE = at_least(2, "aws", "gcp", "azure")


@pytest.mark.parametrize(
    ("skills", "implies"),
    [
        (any_of("aws", "gcp"), {"digitalocean": ("cloud",)}),
        (TWO_OF_THREE, {"digitalocean": ("cloud",)}),
        (all_of("aws", "gcp"), {"digitalocean": ("linux",), "linux": ("cloud",)}),
    ],
)
@pytest.mark.parametrize("kind", ["stated", "used", "delivered", "rated", "assessed"])
def test_an_area_that_is_only_implied_gives_no_level(skills, implies, kind):
    for reading in (mean_of_best, kth_best):
        assert area(piece("digitalocean", kind, 50), skills=skills, implies=implies, reading=reading) == (0, 50)
        assert area(piece("aws", "rated", 20), piece("gcp", "rated", 20), piece("digitalocean", kind, 50),
                    skills=skills, implies=implies, reading=reading)[0] == 20  # fmt: skip


def test_an_implied_area_raises_no_claim_of_the_area():
    implies = {"aws": ("cloud",)}

    claimed = piece("cloud", "stated", 10), piece("aws", "rated", 50)
    assert area(*claimed, skills=TWO_OF_THREE, implies=implies) == (25, 50)
    claimed = piece("cloud", "stated", 30), piece("aws", "used", 40)
    assert area(*claimed, skills=TWO_OF_THREE, implies=implies) == (30, 50)


def test_an_area_that_is_a_member_of_its_expression_may_be_implied():
    of = rubric(criterion("kubernetes", skills=any_of("kubernetes", "docker")), implies={"eks": ("kubernetes",)})
    known = skill_levels([piece("eks", "used")], of, AS_OF)

    assert criterion_level(of.criteria[0], known, mean_of_best) == (30, 50)


# several skills asked for: two readings


def both_readings(*evidence, skills):
    return tuple(area(*evidence, skills=skills, reading=reading) for reading in (mean_of_best, kth_best))


def test_half_of_what_is_asked_is_half_the_level_for_points_and_none_for_the_gate():
    assert both_readings(piece("aws", "rated", 50), skills=TWO_OF_THREE) == ((25, 50), (0, 50))
    assert both_readings(piece("aws", "rated", 50), piece("gcp", "rated", 20), skills=TWO_OF_THREE) == (
        (35, 50), (20, 50),
    )  # fmt: skip
    ruled_out = [piece(skill, "rated", 0) for skill in ("gcp", "azure")]
    assert both_readings(piece("aws", "rated", 50), *ruled_out, skills=TWO_OF_THREE) == ((25, 25), (0, 0))


def test_all_of_is_the_mean_of_all_for_points_and_the_weakest_for_the_gate():
    evidence = [piece("aws", "rated", 40), piece("gcp", "rated", 31)]

    assert both_readings(*evidence, skills=all_of("aws", "gcp")) == ((35, 35), (31, 31))  # 35.5 tenths, rounded down
    assert both_readings(piece("aws", "rated", 40), skills=all_of("aws", "gcp")) == ((20, 45), (0, 40))


def test_any_of_has_one_reading():
    assert both_readings(piece("aws", "rated", 40), skills=any_of("aws", "gcp")) == ((40, 50), (40, 50))


def test_readings_pass_through_nested_expressions():
    nested = all_of("linux", any_of("aws", all_of("gcp", "azure")))
    evidence = [
        piece("linux", "rated", 30),
        piece("gcp", "rated", 41),
        piece("aws", "rated", 10),
        piece("azure", "rated", 0),
    ]

    # inside, gcp and azure: 20.5 rounded down to 20 for points, 0 for the gate; aws 10; then with linux
    assert both_readings(*evidence, skills=nested) == ((25, 25), (10, 10))


def test_a_rated_area_bounds_what_is_inside_before_the_mean():
    evidence = [piece("cloud", "rated", 20), piece("aws", "delivered", 50), piece("gcp", "rated", 40)]

    assert both_readings(*evidence, skills=all_of("aws", "gcp")) == ((30, 30), (20, 20))


# experience


def test_stated_experience_goes_before_that_of_jobs():
    assert profile(months=30, jobs=(job((2020, 1)),)).experience(AS_OF) == (30, 30)
    assert profile(months=0, jobs=(job((2020, 1)),)).experience(AS_OF) == (0, 0)


def test_experience_of_overlapping_jobs_counts_once():
    jobs = (job((2020, 1), (2021, 12)), job((2021, 1), (2022, 12)))

    assert profile(jobs=jobs).experience(AS_OF) == (36, 36)


def test_experience_of_year_only_dates_and_of_a_job_that_goes_on():
    assert profile(jobs=(job(2019, 2021),)).experience(AS_OF) == (12, 36)
    assert profile(jobs=(job((2024, 11)),)).experience(AS_OF) == (24, 24)


def test_without_figure_and_jobs_experience_is_unknown():
    assert profile().experience(AS_OF) is None
    assert profile(piece("python", "used", span=job(2010))).experience(AS_OF) is None


# the row of a candidate


def test_a_row_holds_levels_then_months_then_markers():
    of = wide_rubric()
    candidate = profile(
        piece("python", "rated", 30),
        piece("eks", "used"),
        months=(20, 40),
        markers={"senior.leads": True, "senior.owns": False, "mid.designs": True},
    )
    # aws, docker and kubernetes are known by eks; sql by docker and python; data by python and aws
    # behind the markers: kubernetes, sql and data again, as their gates would be held against them
    assert row_of(candidate, of, "senior", AS_OF) == (
        [30, 30, 30, 30, 30, 30, 20, 1, 30, 30, 30],
        [30, 50, 50, 50, 50, 30, 40, 2, 50, 50, 50],
    )
    assert row_of(candidate, of, "mid", AS_OF)[0][7] == 1
    assert row_of(candidate, of, "junior", AS_OF)[1][7] == 1


def test_of_an_empty_profile_all_is_open():
    assert row_of(profile(), wide_rubric(), "senior", AS_OF) == ([0] * 11, [50] * 6 + [255, 3] + [50] * 3)


def test_experience_beyond_the_table_is_cut():
    low, high = row_of(profile(months=(255, 256)), FLAT, "mid", AS_OF)

    assert (low[-2], high[-2]) == (255, 255)
    assert row_of(profile(months=(300, 400)), FLAT, "mid", AS_OF)[0][-2] == 255
    assert row_of(profile(months=0), FLAT, "mid", AS_OF)[1][-2] == 0


# markers


@pytest.mark.parametrize(
    ("markers", "met"),
    [
        ({}, (0, 3)),
        ({"senior.leads": True}, (1, 3)),
        ({"senior.leads": False}, (0, 2)),
        ({"senior.leads": True, "senior.owns": False}, (1, 2)),
        ({"senior.leads": False, "senior.owns": False, "senior.decides": False}, (0, 0)),
        ({"senior.leads": True, "senior.owns": True, "senior.decides": True}, (3, 3)),
        ({"mid.designs": True, "senior.unheard_of": True}, (0, 3)),
    ],
)
def test_markers_are_met_absent_or_unknown(markers, met):
    assert markers_met(profile(markers=markers), wide_rubric(), "senior") == met


# the estimate of seniority

YES, NO = True, False


def seniority(months=None, **markers):
    named = {id_.replace("_", ".", 1): met for id_, met in markers.items()}
    return estimate_seniority(profile(months=months, markers=named), wide_rubric(), AS_OF)


@pytest.mark.parametrize(
    ("months", "band"),
    [(0, "junior"), (23, "junior"), (24, "mid"), (59, "mid"), (60, "senior"), (600, "senior")],
)
def test_a_bound_belongs_to_the_higher_band(months, band):
    found = seniority(months)

    assert (found.months, found.by_years, found.by_years_high) == ((months, months), band, band)
    assert (found.by_markers, found.estimate) == (None, band)
    assert found.basis == "years only: no marker is known"


def test_years_known_within_bounds_give_the_lower_band():
    found = seniority((20, 60))

    assert (found.by_years, found.by_years_high, found.estimate) == ("junior", "senior", "junior")


@pytest.mark.parametrize(
    ("markers", "band"),
    [
        ({"senior_leads": YES}, "senior"),
        ({"senior_leads": YES, "senior_owns": NO}, "senior"),  # half of those known
        ({"senior_leads": YES, "senior_owns": NO, "senior_decides": NO}, "mid"),  # the band below
        ({"senior_leads": NO}, "mid"),
        ({"senior_leads": NO, "mid_designs": YES}, "mid"),
        ({"senior_leads": NO, "mid_designs": NO}, "junior"),
        ({"mid_designs": YES}, "mid"),
        ({"mid_designs": NO}, "junior"),
        ({"junior_helps": YES}, "junior"),
        ({"junior_helps": NO}, "junior"),
        ({"senior_leads": NO, "junior_helps": NO}, "junior"),
        ({"senior_foreign": YES}, None),
    ],
)
def test_markers_give_the_highest_band_of_whose_known_ones_half_are_met(markers, band):
    found = seniority(**markers)

    assert (found.by_markers, found.estimate, found.months) == (band, band, None)
    assert (found.by_years, found.by_years_high) == (None, None)


@pytest.mark.parametrize(
    ("months", "markers", "estimate", "basis"),
    [
        (72, {"senior_leads": YES}, "senior", "the lower of years and markers"),
        (72, {"mid_designs": YES}, "mid", "the lower of years and markers"),
        (30, {"senior_leads": YES}, "mid", "the lower of years and markers"),
        (0, {"senior_leads": YES}, "junior", "the lower of years and markers"),
        (None, {"senior_leads": YES}, "senior", "markers only: years are unknown"),
        (30, {}, "mid", "years only: no marker is known"),
        (None, {}, None, "unknown: neither years nor markers are known"),
    ],
)
def test_the_estimate_is_the_lower_of_years_and_markers_and_says_what_it_rests_on(months, markers, estimate, basis):
    found = seniority(months, **markers)

    assert (found.estimate, found.basis) == (estimate, basis)
