"""From evidence to the level of a skill, of an area and of a candidate's seniority."""

import pytest
from core_factories import (
    AS_OF,
    IMPLIES,
    all_of,
    any_of,
    criterion,
    job,
    piece,
    profile,
    rubric,
    wide_rubric,
)

from service.core.profile import (
    CLAIMED,
    DECIDED,
    HINTED,
    SAID,
    criterion_level,
    estimate_seniority,
    markers_met,
    row_of,
    skill_levels,
)
from service.core.time import tick

FLAT = rubric(criterion("python"), criterion("sql"), criterion("docker"))


def level_of(skill, *evidence, of=FLAT, as_of=AS_OF):
    """Return low, high and standing of a skill, or None where nothing is known of it."""
    known = skill_levels(evidence, of, as_of).get(skill)
    return known and tuple(known)


def area(*evidence, skills=any_of("aws", "gcp"), implies=None):  # noqa: B008 - a frozen value
    of = rubric(criterion("cloud", skills=skills), implies=implies)
    return criterion_level(of.criteria[0], skill_levels(evidence, of, AS_OF))


# unknown, absent, known


def test_nothing_said_is_unknown():
    assert level_of("python") is None
    assert level_of("python", piece("sql", "rated", 30)) is None
    assert criterion_level(FLAT.criteria[0], {}) == (0, 50)


def test_a_rating_without_a_result_says_nothing():
    assert level_of("python", piece("python", "rated")) is None
    assert level_of("python", piece("python", "rated"), piece("python", "stated")) == (20, 20, CLAIMED)


@pytest.mark.parametrize(("kind", "standing"), [("stated", SAID), ("assessed", DECIDED)])
def test_an_explicit_0_is_known_absent(kind, standing):
    assert level_of("python", piece("python", kind, 0)) == (0, 0, standing)


def test_a_level_said_is_known_at_both_ends():
    assert level_of("python", piece("python", "used", 30)) == (30, 30, SAID)
    assert level_of("python", piece("python", "used", (20, 30))) == (20, 30, SAID)
    assert level_of("python", piece("python", "used", months=24)) == (30, 30, SAID)
    assert level_of("python", piece("python", "used")) == (30, 30, CLAIMED)


def test_what_is_not_asked_is_not_looked_at():
    assert skill_levels([piece("cobol", "rated", 50)], FLAT, AS_OF) == {}


# the best of the rest


def test_the_best_claim_counts_low_by_lows_and_high_by_highs():
    claims = [piece("python", "stated", 30), piece("python", "used", (10, 40)), piece("python", "certified")]

    assert level_of("python", *claims) == (30, 40, SAID)
    assert level_of("python", *reversed(claims)) == (30, 40, SAID)


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
        assert implied(skill, evidence) == (proved, 50, HINTED)
    assert implied("docker", piece("kubernetes", kind, said)) == (proved, 50, HINTED)
    assert implied("kubernetes", piece("docker", kind, said)) is None


def test_an_implied_level_raises_a_claim_but_never_lowers_it():
    assert implied("docker", piece("docker", "stated", 10), piece("eks", "used", 35)) == (35, 35, SAID)
    assert implied("docker", piece("docker", "stated", 0), piece("eks", "used", 35)) == (35, 35, SAID)
    assert implied("docker", piece("docker", "delivered", 50), piece("eks", "used", 35)) == (50, 50, SAID)


def test_an_implied_interval_passes_through_low_by_low_and_high_by_high():
    eks = piece("eks", "used", (20, 35))

    assert implied("docker", eks) == (20, 50, HINTED)
    assert implied("docker", eks, piece("docker", "stated", 10)) == (20, 35, SAID)
    assert implied("docker", eks, piece("docker", "stated", 25)) == (25, 35, SAID)
    assert implied("docker", piece("eks", "rated", (20, 50)), piece("docker", "stated", 10)) == (20, 40, SAID)


def test_the_best_of_several_proofs_counts():
    proofs = [piece("eks", "used", (10, 40)), piece("kubernetes", "used", (20, 30))]

    for order in (proofs, proofs[::-1]):
        assert implied("docker", *order, piece("docker", "stated", 0)) == (20, 40, SAID)
        assert implied("docker", *order) == (20, 50, HINTED)


def test_what_is_assessed_itself_is_not_raised_by_what_implies_it():
    assert implied("docker", piece("docker", "assessed", 10), piece("eks", "rated", 50)) == (10, 10, DECIDED)


def test_lack_of_a_skill_proves_nothing_of_what_it_implies():
    assert implied("docker", piece("eks", "assessed", 0)) is None
    assert implied("docker", piece("eks", "used", (0, 40))) is None


def test_what_decides_on_the_source_decides_on_its_proof():
    evidence = [piece("eks", "delivered", 50), piece("eks", "assessed", 10)]

    assert implied("docker", *evidence) == (10, 50, HINTED)


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


def test_a_claimed_level_of_the_area_closes_what_nobody_spoke_of():
    assert area(piece("cloud", "stated", 20)) == (20, 20)
    assert area(piece("aws", "used", 30), piece("cloud", "stated", 20)) == (30, 30)
    assert area(piece("cloud", "used", months=12)) == (20, 20)


def test_a_claimed_level_of_the_area_takes_nothing_from_a_claim_inside_it():
    assert area(piece("aws", "used"), piece("cloud", "stated", 10)) == (30, 30)
    assert area(piece("aws", "stated", 20), piece("cloud", "stated", 0)) == (20, 20)


def test_a_claimed_level_of_the_area_leaves_a_claim_its_upper_end():
    used = piece("aws", "delivered", span=job(2022))  # since some day of 2022: 46 to 58 months

    assert area(used, skills="aws") == (30, 40)
    assert area(used, piece("cloud", "stated", 10), skills="aws") == (30, 40)


def test_a_claimed_level_of_the_area_takes_nothing_from_what_is_implied():
    implies = {"eks": ("aws",)}

    assert area(piece("eks", "used", 30), piece("cloud", "stated", 10), implies=implies) == (30, 30)
    assert area(piece("eks", "used", 10), piece("cloud", "stated", 20), implies=implies) == (20, 20)


def test_a_bare_mention_of_the_area_holds_nothing():
    assert area(piece("cloud", "stated")) == (20, 50)
    assert area(piece("aws", "delivered"), piece("gcp", "stated"), piece("cloud", "stated")) == (30, 30)


def test_an_area_that_is_only_implied_holds_nothing():
    assert area(piece("aws", "used", 30), implies={"aws": ("cloud",)}) == (30, 50)


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
    assert row_of(candidate, of, "senior", AS_OF) == (
        [30, 30, 30, 30, 30, 30, 20, 1],
        [30, 50, 50, 50, 50, 30, 40, 2],
    )
    assert row_of(candidate, of, "mid", AS_OF)[0][-1] == 1
    assert row_of(candidate, of, "junior", AS_OF)[1][-1] == 1


def test_of_an_empty_profile_all_is_open():
    assert row_of(profile(), wide_rubric(), "senior", AS_OF) == ([0] * 8, [50] * 6 + [255, 3])


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
