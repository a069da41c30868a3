import dataclasses
import datetime as dt

from core_factories import proven
from hypothesis import given
from hypothesis import strategies as st

from service.core.policy import Evidence, Origin
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.time import PRESENT, Span
from service.intake.candidate import Candidate, from_body

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KINDS = st.sampled_from(["assessed", "rated", "delivered", "used", "certified", "stated"])


def intervals(top):
    return st.tuples(st.integers(0, top), st.integers(0, top)).map(lambda ends: (min(ends), max(ends)))


TICKS = intervals(10**6)
SPANS = st.builds(Span, TICKS, TICKS | st.just(PRESENT))
ORIGINS = st.builds(Origin, st.none() | TEXT, st.none() | TEXT, st.none() | st.integers(1, 10**6))
EVIDENCE = st.builds(
    Evidence, TEXT, KINDS, st.none() | intervals(50), st.none() | intervals(840), st.none() | TICKS, st.none() | SPANS,
    TEXT, TEXT, st.none() | intervals(10**6), st.none() | ORIGINS,
)  # fmt: skip
MARKERS = st.builds(
    MarkerSeen, st.booleans(), TEXT, TEXT, st.none() | intervals(10**6), st.none() | ORIGINS
)  # fmt: skip
TITLES = st.builds(
    TitleSeen, TEXT, st.sampled_from([None, "junior", "mid", "senior"]), st.none() | SPANS, TEXT,
    st.none() | intervals(10**6), st.none() | ORIGINS,
)  # fmt: skip
PROFILES = st.builds(
    Profile,
    evidence=st.lists(EVIDENCE, max_size=6).map(tuple),
    months=st.none() | intervals(840),
    jobs=st.lists(SPANS, max_size=4).map(tuple),
    markers=st.dictionaries(TEXT, MARKERS, max_size=4),
    sheet=st.none() | TEXT,
    row=st.none() | st.integers(1, 10**6),
    titles=st.lists(TITLES, max_size=3).map(tuple),
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
CANDIDATES = st.builds(
    Candidate,
    source=TEXT,
    external_id=st.none() | TEXT,
    name=st.none() | TEXT,
    profile=PROFILES,
    contact=st.dictionaries(TEXT, TEXT, max_size=3),
    extra=st.dictionaries(TEXT, PLAIN, max_size=3),
    remarks=st.lists(st.fixed_dictionaries({"pointer": TEXT, "value": TEXT, "detail": TEXT}), max_size=2).map(tuple),
)


def candidate(**changes):
    profile = Profile(
        (Evidence("python", "rated", (40, 40), where="C", quote="Python: 4"),), (60, 60), sheet="S", row=2
    )
    fields = {
        "source": "upload",
        "external_id": "7",
        "name": "Ada",
        "profile": profile,
        "contact": {"email": "a@x.org"},
    }
    return Candidate(**fields | changes)


@given(CANDIDATES)
@proven(200)
def test_a_body_is_read_back_as_the_same_candidate(before):
    after = from_body(before.body())

    assert after == before
    assert (after.content, after.digest, after.key, after.body()) == (
        before.content, before.digest, before.key, before.body(),
    )  # fmt: skip


@given(CANDIDATES)
@proven(50)
def test_a_profile_read_back_has_the_types_it_had(before):
    profile = from_body(before.body()).profile

    assert all(isinstance(piece, Evidence) for piece in profile.evidence)
    assert all(isinstance(span, Span) for span in profile.jobs)
    assert all(isinstance(seen, MarkerSeen) for seen in profile.markers.values())
    assert all(isinstance(piece.span, Span | None) for piece in profile.evidence)
    hash((profile.evidence, profile.months, profile.jobs))


def test_the_place_and_the_remarks_do_not_make_another_candidate():
    before = candidate()
    moved = dataclasses.replace(before.profile, sheet="Other", row=99)

    assert candidate(profile=moved, remarks=({"detail": "x"},)).digest == before.digest


def test_what_is_said_makes_another_candidate():
    before = candidate()
    others = [
        candidate(name="Bo"), candidate(external_id="8"), candidate(source="api"), candidate(contact={}),
        candidate(extra={"a": 1}), candidate(profile=dataclasses.replace(before.profile, months=(61, 61))),
        candidate(profile=dataclasses.replace(before.profile, markers={"senior.x": MarkerSeen(met=True)})),
    ]  # fmt: skip

    assert len({before.digest, *(other.digest for other in others)}) == len(others) + 1


def test_who_has_no_id_is_known_by_content():
    nameless = candidate(external_id=None)

    assert candidate().key == "7"
    assert nameless.key == f"sha256:{nameless.digest}"


def test_a_date_in_an_extra_column_is_kept_as_text():
    kept = from_body(candidate(extra={"From": dt.date(2026, 12, 1), "At": dt.datetime(2026, 1, 2, 3, 4)}).body())  # noqa: DTZ001 - as Excel keeps it

    assert kept.extra["From"] == "2026-12-01"
    assert kept.extra["At"].startswith("2026-01-02")


def test_the_order_of_keys_changes_nothing():
    one, other = {"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1}

    assert candidate(extra=one).digest == candidate(extra=other).digest


def test_a_body_from_before_titles_were_kept_is_still_read_and_its_digest_stands():
    without = candidate()
    titled = dataclasses.replace(without.profile, titles=(TitleSeen("Lead", "senior"),))

    assert b"titles" not in without.body()
    assert from_body(without.body()).profile.titles == ()
    assert dataclasses.replace(without, profile=titled).digest != without.digest
