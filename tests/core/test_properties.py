"""What must hold for every rubric and every candidate, tried on thousands of them: the list in the rule of scoring."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from core_factories import (
    AS_OF,
    CLAIMS,
    DECIDING,
    FIGURES,
    MARKERS,
    SKILLS,
    both,
    cases,
    claims,
    criterion,
    expressions,
    intervals,
    job,
    levels,
    piece,
    pieces,
    profile,
    profiles,
    proven,
    rubric,
    rubrics,
    seniorities,
    spans,
    weights,
    wide_rubric,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from service.core import scoring
from service.core.policy import TOP, Evidence
from service.core.profile import MarkerSeen, Profile, TitleSeen, criterion_level, row_of, skill_levels
from service.core.ranking import rank
from service.core.result import explain
from service.core.rubric import WHOLE, Rubric, Weights, compile_table, kth_best, mean_of_best, skills_of
from service.core.scoring import FAIL, GATES, PASS, score, values
from service.core.time import PRESENT, Span


def scored(of, seniority, candidate, as_of=AS_OF):
    """Return fit, fit at most (in hundredths) and gate's code."""
    low, high = row_of(candidate, of, seniority, as_of)
    table = compile_table(of, seniority)
    scores = score(table, values([low], table), values([high], table))
    return int(scores.fit[0]), int(scores.fit_high[0]), int(scores.gate[0])


def explained(of, seniority, candidate, own=None):
    return explain(compile_table(of, seniority, own), candidate, AS_OF)


def as_bytes(result):
    return json.dumps(result, allow_nan=False).encode()


def hundredths(points):
    """Return points as an integer, refusing those that are no whole number of hundredths."""
    whole = round(points * 100)
    assert points == whole / 100
    return whole


# bounded


@proven()
@given(cases())
def test_a_score_is_between_0_and_100_and_never_above_the_score_at_most(case):
    of, seniority, candidate = case
    fit, fit_high, gate = scored(*case)
    result = explained(of, seniority, candidate)

    assert 0 <= fit <= fit_high <= WHOLE
    assert (hundredths(result["fit"]), hundredths(result["fit_high"])) == (fit, fit_high)
    assert result["gate"] == GATES[gate]
    for low, high, ceiling in zip(
        *row_of(candidate, of, seniority, AS_OF), compile_table(of, seniority).ceilings, strict=True
    ):
        assert 0 <= low <= high <= ceiling


# more or higher evidence never lowers a score (an assessment or rating may replace a claim)


@proven(400)
@given(st.data(), cases(), st.lists(claims(), max_size=3))
def test_more_claims_never_lower_a_score_and_never_undo_a_passed_gate(data, case, more):
    of, seniority, candidate = case
    fit, _, gate = scored(*case)
    of_an_area = data.draw(claims((data.draw(st.sampled_from(of.criteria)).id,)))
    richer = dataclasses.replace(candidate, evidence=(*candidate.evidence, *more, of_an_area))
    after, _, gate_after = scored(of, seniority, richer)

    assert after >= fit
    assert gate != PASS or gate_after == PASS


@proven(400)
@given(cases(), st.sampled_from((*SKILLS, "a1")), st.sampled_from(DECIDING))
def test_a_top_rating_or_assessment_never_lowers_a_score(case, skill, kind):
    of, seniority, candidate = case
    best = piece(skill, kind, TOP)
    with_it = dataclasses.replace(candidate, evidence=(*candidate.evidence, best))

    assert scored(of, seniority, with_it)[0] >= scored(*case)[0]


@proven(400)
@given(cases(), pieces(kinds=DECIDING))
def test_a_rating_beside_a_rating_of_the_same_skill_never_lowers_a_score(case, more):
    of, seniority, candidate = case
    one = piece(more.skill, "rated", 20)
    before = dataclasses.replace(candidate, evidence=(*candidate.evidence, one))
    after = dataclasses.replace(candidate, evidence=(*candidate.evidence, one, more))

    assert scored(of, seniority, after)[0] >= scored(of, seniority, before)[0]


@st.composite
def higher(draw, lower):
    """Return the same piece of evidence with something in it raised."""

    def raised(interval, top):
        low, high = (end + draw(st.integers(0, 30)) for end in interval)
        return min(low, top), min(max(low, high), top)

    what = draw(st.sampled_from(["level", "months", "last_used", "span", "kind"]))
    if what == "kind":
        better = CLAIMS[CLAIMS.index(lower.kind) :] if lower.kind in CLAIMS else DECIDING
        return lower._replace(kind=draw(st.sampled_from(better)))
    if what == "span":
        end = lower.span and draw(st.sampled_from([PRESENT, raised(lower.span.end, PRESENT[0])]))
        return lower._replace(span=lower.span and Span(lower.span.start, end))
    value = getattr(lower, what)
    top = TOP if what == "level" else PRESENT[0]
    return lower._replace(**{what: value and raised(value, top)})


@proven(400)
@given(st.data(), cases())
def test_a_higher_level_longer_use_later_use_or_stronger_kind_never_lowers_a_score(data, case):
    of, seniority, candidate = case
    better = dataclasses.replace(candidate, evidence=tuple(data.draw(higher(one)) for one in candidate.evidence))
    before, after = scored(*case), scored(of, seniority, better)

    assert all(new >= old for old, new in zip(before, after, strict=True))


@proven()
@given(cases(), st.integers(0, 60), st.integers(0, 60), spans())
def test_more_experience_never_lowers_a_score(case, more, more_at_most, further_job):
    of, seniority, candidate = case
    if candidate.months:
        low, high = candidate.months[0] + more, candidate.months[1] + more_at_most
        richer = dataclasses.replace(candidate, months=(low, max(low, high)))
    else:
        richer = dataclasses.replace(candidate, jobs=(*candidate.jobs, further_job))

    assert scored(of, seniority, richer)[0] >= scored(*case)[0]


@proven()
@given(st.data(), cases())
def test_a_marker_met_never_lowers_a_score(data, case):
    of, seniority, candidate = case
    assume(of.markers)
    marker = data.draw(st.sampled_from(of.markers))
    met = dataclasses.replace(candidate, markers={**candidate.markers, marker.id: MarkerSeen(met=True)})
    before, after = scored(*case), scored(of, seniority, met)

    assert after[0] >= before[0]
    assert after[1] >= before[1]


# titles are shown, and earn nothing


TITLES = st.lists(
    st.builds(TitleSeen, st.text(max_size=9), st.sampled_from([None, "junior", "senior"]), st.none() | spans()),
    max_size=3,
)


@proven()
@given(cases(), TITLES)
def test_titles_change_nothing_but_what_is_shown_of_them(case, titles):
    of, seniority, candidate = case
    before = explained(of, seniority, candidate)
    after = explained(of, seniority, dataclasses.replace(candidate, titles=tuple(titles)))
    for result in (before, after):
        for shown in ("by_title", "title", "title_source"):
            del result["seniority_estimate"][shown]

    assert as_bytes(after) == as_bytes(before)


# a gate never turns from pass to fail by more evidence


@proven()
@given(
    cases(claims()),
    st.lists(claims(), min_size=1, max_size=3),
    st.lists(spans(), max_size=2),
    st.sampled_from(CLAIMS),
)
def test_a_gate_never_turns_from_pass_by_more_claims_jobs_or_a_claim_of_the_whole_area(case, more, jobs, kind):
    of, seniority, candidate = case
    for must in of.criteria:  # the candidate passes, by claims alone
        if must.gate:
            known = [piece(skill, "delivered", span=job(2010)) for skill in sorted(skills_of(must.skills))]
            candidate = dataclasses.replace(candidate, evidence=(*candidate.evidence, *known))
    assert scored(of, seniority, candidate)[2] == PASS
    areas = [piece(c.id, kind, 1) for c in of.criteria]
    after = dataclasses.replace(candidate, evidence=(*candidate.evidence, *more, *areas), jobs=(*candidate.jobs, *jobs))

    assert scored(of, seniority, after)[2] == PASS


# resolving an unknown narrows


def within(after, before):
    return before[0] <= after[0] <= after[1] <= before[1]


FRESH = ("f1", "f2", "f3")


@st.composite
def cases_with_an_unknown_area(draw):
    """Return a case whose rubric asks one area more, of which and of whose skills nothing is known."""
    of, seniority, candidate = draw(cases())
    requirement = draw(st.sampled_from(["must", "should", "nice"]))
    more = criterion("fresh", requirement, draw(expressions(FRESH)), weight=draw(st.integers(1, 50)))
    wider = dataclasses.replace(
        of, criteria=(*of.criteria, more), proves={**of.proves, **dict.fromkeys(more.asked, frozenset())}
    )
    return wider, seniority, candidate


@proven(400)
@given(cases_with_an_unknown_area(), st.data(), intervals(levels))
def test_a_rating_of_an_unknown_skill_or_area_narrows_the_interval(case, data, level):
    of, seniority, candidate = case
    skill = data.draw(st.sampled_from(sorted(of.criteria[-1].asked)))
    after = dataclasses.replace(candidate, evidence=(*candidate.evidence, piece(skill, "rated", level)))
    before, after = scored(*case), scored(of, seniority, after)

    assert within(after, before)
    assert before[2] != FAIL or after[2] == FAIL


@proven(400)
@given(cases_with_an_unknown_area(), st.permutations(FRESH), st.data())
def test_each_skill_of_an_area_that_becomes_known_narrows_the_interval_further(case, order, data):
    of, seniority, candidate = case
    before = scored(*case)
    for skill in order:
        candidate = dataclasses.replace(candidate, evidence=(*candidate.evidence, data.draw(pieces((skill,)))))
        after = scored(of, seniority, candidate)
        assert within(after, before)
        before = after


@proven()
@given(cases(), intervals(st.integers(0, 400)), st.lists(spans(), min_size=1, max_size=3))
def test_years_that_become_known_narrow_the_interval(case, months, jobs):
    of, seniority, candidate = case
    unknown = scored(of, seniority, dataclasses.replace(candidate, months=None, jobs=()))

    assert within(scored(of, seniority, dataclasses.replace(candidate, months=months, jobs=())), unknown)
    assert within(scored(of, seniority, dataclasses.replace(candidate, months=None, jobs=tuple(jobs))), unknown)


@proven()
@given(st.data(), cases(), st.booleans())
def test_a_marker_that_becomes_known_narrows_the_interval(data, case, met):
    of, seniority, candidate = case
    unknown = [marker for marker in of.markers if marker.id not in candidate.markers]
    assume(unknown)
    marker = data.draw(st.sampled_from(unknown))
    known = dataclasses.replace(candidate, markers={**candidate.markers, marker.id: MarkerSeen(met)})

    assert within(scored(of, seniority, known), scored(*case))


@st.composite
def narrower(draw, interval):
    """Return an interval inside another; what goes on still goes on."""
    if interval is None or interval == PRESENT:
        return interval
    return tuple(sorted(draw(st.integers(*interval)) for _ in range(2)))


@proven(400)
@given(st.data(), cases())
def test_levels_years_and_dates_known_more_exactly_narrow_the_interval(data, case):
    of, seniority, candidate = case
    areas = {c.id for c in of.criteria}
    kept = [one for one in candidate.evidence if not (one.skill in areas and one.kind in CLAIMS)]
    kept.append(piece(data.draw(st.sampled_from(sorted(areas))), "rated", data.draw(intervals(levels))))

    def exacter(span):
        return span and Span(*(data.draw(narrower(end)) for end in span))

    exact = [
        one._replace(
            level=data.draw(narrower(one.level)),
            months=data.draw(narrower(one.months)),
            last_used=data.draw(narrower(one.last_used)),
            span=exacter(one.span),
        )
        for one in kept
    ]
    rough = dataclasses.replace(candidate, evidence=tuple(kept))
    after = dataclasses.replace(
        candidate,
        evidence=tuple(exact),
        months=data.draw(narrower(candidate.months)),
        jobs=tuple(exacter(span) for span in candidate.jobs),
    )

    assert within(scored(of, seniority, after), scored(of, seniority, rough))


# order changes nothing


@proven(400)
@given(st.data(), cases())
def test_the_order_of_evidence_jobs_and_markers_changes_no_byte(data, case):
    of, seniority, candidate = case
    shuffled = dataclasses.replace(
        candidate,
        evidence=tuple(data.draw(st.permutations(candidate.evidence))),
        jobs=tuple(data.draw(st.permutations(candidate.jobs))),
        markers=dict(data.draw(st.permutations(list(candidate.markers.items())))),
    )

    assert as_bytes(explained(of, seniority, shuffled)) == as_bytes(explained(of, seniority, candidate))


@proven()
@given(st.data(), cases())
def test_the_order_of_criteria_and_weights_changes_no_points(data, case):
    of, seniority, candidate = case
    shuffled = dataclasses.replace(of, criteria=tuple(data.draw(st.permutations(of.criteria))))
    own = of.weights
    backwards = Weights(dict(reversed(own.parts.items())), dict(reversed(own.criteria.items())))
    result, other = explained(of, seniority, candidate), explained(shuffled, seniority, candidate, backwards)

    assert other["gaps"] == result["gaps"]
    assert sorted(other["criteria"], key=str) == sorted(result["criteria"], key=str)


@proven(150)
@given(st.data(), rubrics(), seniorities, st.integers(1, 9))
def test_the_order_of_candidates_changes_no_score_and_no_rank(data, of, seniority, count):
    table = compile_table(of, seniority)
    pool = {f"c{number}": data.draw(profiles()) for number in range(count)}
    other_order = data.draw(st.permutations(list(pool)))

    def shortlist(ids):
        lows, highs = zip(*(row_of(pool[id_], of, seniority, AS_OF) for id_ in ids), strict=True)
        scores = score(table, values(lows, table), values(highs, table))
        ranking = rank(scores, of.role, ids)
        listed = [(ids[place], int(at)) for place, at in zip(ranking.order, ranking.ranks, strict=True)]
        return listed, [ids[place] for place in ranking.apart]

    assert shortlist(list(pool)) == shortlist(other_order)


# weights x k


@proven()
@given(st.data(), cases(), st.integers(2, 1000), st.integers(2, 1000))
def test_weights_times_k_change_no_byte(data, case, k, l_):
    of, seniority, candidate = case
    own = data.draw(weights(of))
    times_k = Weights({part: k * w for part, w in own.parts.items()}, {id_: l_ * w for id_, w in own.criteria.items()})

    assert as_bytes(explained(of, seniority, candidate, times_k)) == as_bytes(explained(of, seniority, candidate, own))


# the same skill twice counts once


def without_evidence(result):
    return {**result, "criteria": [{**row, "evidence": None, "related": None} for row in result["criteria"]]}


@proven()
@given(st.data(), cases())
def test_the_same_skill_twice_counts_once(data, case):
    of, seniority, candidate = case
    again = data.draw(st.lists(st.sampled_from(candidate.evidence), max_size=4)) if candidate.evidence else []
    elsewhere = [one._replace(where="/elsewhere", quote="said again") for one in again]
    twice = dataclasses.replace(
        candidate,
        evidence=(*candidate.evidence, *again, *elsewhere),
        jobs=candidate.jobs * 2,
    )

    assert without_evidence(explained(of, seniority, twice)) == without_evidence(explained(*case))


# what a rubric does not ask, and who a person is, changes nothing


@proven()
@given(st.data(), cases(), st.lists(pieces(("knitting", "cobol")), max_size=3), st.lists(st.booleans(), max_size=2))
def test_what_a_rubric_does_not_ask_changes_no_byte(data, case, more, met):
    of, seniority, candidate = case
    mixed = data.draw(st.permutations([*candidate.evidence, *more]))
    foreign = {f"senior.foreign_{number}": MarkerSeen(state) for number, state in enumerate(met)}
    other = dataclasses.replace(candidate, evidence=tuple(mixed), markers={**foreign, **candidate.markers})

    assert as_bytes(explained(of, seniority, other)) == as_bytes(explained(of, seniority, candidate))


@proven()
@given(cases(), st.text(max_size=5), st.text(max_size=5))
def test_where_something_was_read_and_its_wording_change_neither_score_nor_digest(case, where, quote):
    of, seniority, candidate = case
    other = dataclasses.replace(
        candidate,
        evidence=tuple(one._replace(where=where, quote=quote) for one in candidate.evidence),
        markers={id_: MarkerSeen(seen.met, where, quote) for id_, seen in candidate.markers.items()},
        sheet="Sheet 2",
        row=7,
    )
    result, after = explained(of, seniority, candidate), explained(of, seniority, other)
    del result["seniority_estimate"]["markers"], after["seniority_estimate"]["markers"]  # they show the quotes

    assert without_evidence(after) == without_evidence(result)


def test_the_scorer_has_no_place_for_a_name_or_anything_of_the_person():
    assert [field.name for field in dataclasses.fields(Profile)] == [
        "evidence", "months", "jobs", "markers", "sheet", "row", "titles",
    ]  # fmt: skip
    assert Evidence._fields == (
        "skill",
        "kind",
        "level",
        "months",
        "last_used",
        "span",
        "where",
        "quote",
        "at",
        "origin",
    )


# alone = in bulk = in chunks


@st.composite
def pools(draw):
    of, seniority = draw(rubrics()), draw(seniorities)
    table = compile_table(of, seniority)
    row = st.tuples(*(st.integers(0, int(ceiling)) for ceiling in table.ceilings))
    pairs = draw(st.lists(st.tuples(row, row), min_size=1, max_size=12))
    lows = [tuple(map(min, *pair)) for pair in pairs]
    highs = [tuple(map(max, *pair)) for pair in pairs]
    return table, values(lows, table), values(highs, table)


def bytes_of(scores):
    return [column.tobytes() for column in scores]


@proven()
@given(pools(), st.integers(1, 13), st.integers(0, 12))
def test_alone_in_bulk_and_in_chunks_are_the_same_bytes(pool, block, cut):
    table, low, high = pool
    in_bulk = score(table, low, high)
    alone = [score(table, low[at : at + 1], high[at : at + 1]) for at in range(len(low))]
    cut_in_two = [score(table, low[part], high[part]) for part in (slice(cut), slice(cut, None))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scoring, "BLOCK", block)
        in_blocks = score(table, low, high)

    for other in (map(np.concatenate, zip(*alone, strict=True)), map(np.concatenate, zip(*cut_in_two, strict=True))):
        assert bytes_of(other) == bytes_of(in_bulk)
    assert bytes_of(in_blocks) == bytes_of(in_bulk)
    assert [column.dtype for column in in_bulk] == [np.int32, np.int32, np.uint8]


@proven(100)
@given(st.data(), rubrics(), seniorities)
def test_a_score_does_not_depend_on_who_else_is_in_the_pool(data, of, seniority):
    table = compile_table(of, seniority)
    pool = data.draw(st.lists(profiles(), min_size=1, max_size=6))
    lows, highs = zip(*(row_of(one, of, seniority, AS_OF) for one in pool), strict=True)
    scores = score(table, values(lows, table), values(highs, table))

    together = [tuple(int(column[at]) for column in scores) for at in range(len(pool))]
    assert together == [scored(of, seniority, one) for one in pool]


# points add up


@proven(400)
@given(st.data(), cases())
def test_points_add_up_to_the_fit_and_gaps_to_what_is_missing(data, case):
    of, seniority, candidate = case
    result = explained(of, seniority, candidate, data.draw(st.none() | weights(of)))
    rows, gaps = result["criteria"], result["gaps"]
    fit, fit_high = hundredths(result["fit"]), hundredths(result["fit_high"])

    assert sum(hundredths(row["full_points"]) for row in rows) == WHOLE
    assert sum(hundredths(row["points"]) for row in rows) == fit
    assert sum(hundredths(row["points_high"]) for row in rows) == fit_high
    assert fit + sum(hundredths(gap["points_lost"]) for gap in gaps) == WHOLE
    assert {gap["criterion"] for gap in gaps} == {row["criterion"] for row in rows if row["state"] != "met"}


@proven(400)
@given(st.data(), rubrics(), seniorities)
def test_full_points_sum_to_the_whole_and_no_row_is_off_its_share_by_a_hundredth(data, of, seniority):
    own = data.draw(weights(of))
    table = compile_table(of, seniority, own)

    assert sum(table.full) == WHOLE
    assert min(table.full) >= 0
    assert all(own.criteria[c.id] or not full for c, full in zip(of.criteria, table.full, strict=False))
    for full, row, line in zip(table.full, table.rows, table.lookup, strict=True):
        assert line[row.required] == full
        assert (np.diff(line) >= 0).all()


# closing all gaps gives 100


@proven(400)
@given(cases())
def test_closing_all_gaps_gives_100(case):
    of, seniority, candidate = case
    gaps = explained(of, seniority, candidate)["gaps"]
    missing = {gap["criterion"]: gap for gap in gaps}
    # A rating decides, and a skill may be asked for by two criteria: each is closed with what the highest asks for.
    highest = max(c.required[seniority] for c in of.criteria)
    closing = [piece(c.id, "rated", highest) for c in of.criteria if c.id in missing]
    markers = {m.id: MarkerSeen(met=True) for m in of.markers if "seniority_markers" in missing and m.band == seniority}
    closed = dataclasses.replace(
        candidate,
        evidence=(*candidate.evidence, *closing),
        months=both(of.bands[seniority] * 12) if "seniority_years" in missing else candidate.months,
        markers={**candidate.markers, **markers},
    )
    result = explained(of, seniority, closed)

    assert (result["fit"], result["fit_high"], result["gate"], result["gaps"]) == (100, 100, "pass", [])


# any process, hash seed, locale and time zone

SCRIPT = """
import hashlib, json
from core_factories import AS_OF, SKILLS, job, piece, profile, wide_rubric
from service.core.ranking import rank
from service.core.result import explain
from service.core.rubric import SENIORITIES, compile_table
from service.core.scoring import Scores
import numpy as np

of = wide_rubric()
kinds = list(of.policy.kind)
said = hashlib.sha256()
for number in range(60):
    candidate = profile(
        *(
            piece(
                skill,
                kinds[(number + at) % 6],
                (number * 7 + at * 11) % 51 if (number + at) % 3 else None,
                span=job(2010 + (number + at) % 12) if at % 2 else None,
                where=f"/skills/{at}",
            )
            for at, skill in enumerate(SKILLS)
            if (number >> at % 6) & 1
        ),
        jobs=(job((2012 + number % 9, 1 + number % 12)), job(2008, 2009)),
        markers={marker.id: bool((number + at) % 2) for at, marker in enumerate(of.markers) if (number + at) % 3},
    )
    for seniority in SENIORITIES:
        said.update(json.dumps(explain(compile_table(of, seniority), candidate, AS_OF)).encode())
fits = np.arange(200, dtype=np.int32) // 9
ranking = rank(Scores(fits, fits, np.full(200, 2, np.uint8)), of.role, [f"Zo\\u00eb {n}" for n in range(200)])
said.update(ranking.order.tobytes() + ranking.ranks.tobytes())
print(said.hexdigest())
"""


def digest_in_another_process(**environment):
    root = Path(__file__).parents[2]
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT")}
    paths = os.pathsep.join([str(root), str(root / "tests")])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT],
        env={**kept, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 64
    return done.stdout


def test_any_process_hash_seed_locale_and_time_zone_give_the_same_bytes():
    digests = {
        digest_in_another_process(PYTHONHASHSEED="0", TZ="UTC", LANG="C.UTF-8"),
        digest_in_another_process(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8"),
        digest_in_another_process(PYTHONHASHSEED="4242", TZ="America/St_Johns", LANG="de_DE.UTF-8"),
        digest_in_another_process(PYTHONHASHSEED="random", TZ="Asia/Kathmandu", LC_ALL="C", PYTHONUTF8="0"),
    }

    assert len(digests) == 1


# and the unknown is not zero


@proven(100)
@given(rubrics(), seniorities)
def test_an_empty_profile_has_all_before_it_and_only_what_nobody_asks_for_behind(of, seniority):
    result = explained(of, seniority, Profile())
    unasked = [row for row in result["criteria"] if row["required_level"] == 0]

    assert hundredths(result["fit"]) == sum(hundredths(row["full_points"]) for row in unasked)
    assert result["fit_high"] == 100
    assert result["gate"] == ("open" if any(c.gate for c in of.criteria) else "pass")


@proven()
@given(cases())
def test_a_criterion_is_never_above_what_its_kinds_of_evidence_support(case):
    of, _, candidate = case
    known = skill_levels(candidate.evidence, of, AS_OF)
    strongest = max((FIGURES[one.kind][0] for one in candidate.evidence), default=0)

    for c in of.criteria:
        points, gate = (criterion_level(c, known, reading) for reading in (mean_of_best, kth_best))
        assert gate[0] <= points[0] <= strongest
        assert gate[1] <= points[1]


def test_the_strategies_reach_every_state():
    """A guard of the guards: properties over a rubric that nothing can pass or fail would prove nothing."""
    of: Rubric = wide_rubric()
    none, all_ = profile(), profile(*(piece(skill, "rated", TOP) for skill in SKILLS))
    absent = profile(piece("python", "assessed", 0))

    assert [scored(of, "mid", one)[2] for one in (absent, none, all_)] == [0, 1, 2]
    assert rubric(criterion("x"), markers={}).markers == ()
    assert len(of.markers) == sum(map(len, MARKERS.values()))
