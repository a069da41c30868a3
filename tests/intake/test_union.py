"""Several records of one person read as one. Everybody here is invented."""

import dataclasses

import pytest

from service.core.policy import Evidence, Origin
from service.core.profile import MarkerSeen, Profile, skill_levels
from service.core.time import PRESENT, Span, tick
from service.intake.candidate import Candidate, Job
from service.intake.union import CONFLICT, Member, union

AS_OF = tick(2026, 11, 20)
JOB = Span((tick(2016), tick(2016)), (tick(2020), tick(2020)))
STILL = Span((tick(2019), tick(2019)), PRESENT)


def record(*evidence, name="Ada Example", contact=None, extra=None, history=(), unknown=(), remarks=(), **profile):
    markers = {id_: MarkerSeen(met, "/m", id_) for id_, met in profile.pop("markers", {}).items()}
    return Candidate(
        "native", "c-1", name, Profile(evidence, markers=markers, **profile),
        contact or {}, extra or {}, remarks, unknown, history,
    )  # fmt: skip


def test_every_piece_counts_and_says_which_record_it_is_from():
    first = record(Evidence("python", "stated", where="/skills/0"))
    sheet = record(Evidence("sql", "rated", (30, 30), where="C"), sheet="People", row=7)
    joined = record(Evidence("go", "stated", where="D", origin=Origin(None, "Skills", 9)), sheet="People", row=8)

    whole = union(first, [Member("m1", sheet), Member("m2", joined), Member("m3", first)], AS_OF)

    assert [(piece.skill, piece.origin) for piece in whole.profile.evidence] == [
        ("python", None),
        ("sql", Origin("m1", "People", 7)),
        ("go", Origin("m2", "Skills", 9)),
        ("python", Origin("m3", None, None)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({}, {}, None),
        ({"months": (60, 60)}, {}, (60, 60)),
        ({"months": (60, 60)}, {"months": (72, 72)}, (72, 72)),
        ({"months": (60, 60)}, {"months": (48, 80)}, (60, 80)),
        ({"jobs": (JOB,)}, {"jobs": (STILL, JOB)}, (130, 130)),
        ({"jobs": (JOB,)}, {"months": (24, 24)}, (48, 48)),
        ({"jobs": (JOB,), "months": (12, 12)}, {"jobs": (STILL,)}, (130, 130)),
        ({"jobs": (JOB,)}, {"months": (600, 600)}, (600, 600)),
    ],
)
def test_the_years_are_never_fewer_than_any_record_tells(one, other, expected):
    for first, second in ((one, other), (other, one)):
        assert union(record(**first), [Member("m", record(**second))], AS_OF).profile.experience(AS_OF) == expected


def test_a_marker_that_one_record_has_met_is_met_and_a_conflict_is_said():
    first = record(markers={"mid.a": False, "mid.b": True, "mid.c": False})
    other = record(markers={"mid.a": True, "mid.b": False, "mid.d": False}, sheet="S", row=3)

    whole = union(first, [Member("m", other)], AS_OF)

    assert {id_: seen.met for id_, seen in whole.profile.markers.items()} == {
        "mid.a": True, "mid.b": True, "mid.c": False, "mid.d": False,
    }  # fmt: skip
    assert whole.profile.markers["mid.a"].origin == Origin("m", "S", 3)
    assert whole.profile.markers["mid.b"].origin is None
    assert [(remark["value"], remark["detail"]) for remark in whole.remarks] == [
        ("mid.a", CONFLICT),
        ("mid.b", CONFLICT),
    ]


def test_more_records_never_lower_a_level(library):
    rubric = library.get("ml_engineer")
    first = record(Evidence("python", "used", None, (12, 12), None, JOB), Evidence("pytorch", "stated", (20, 20)))
    other = record(Evidence("python", "stated", (0, 0)), Evidence("pytorch", "used", None, None, None, STILL))
    before = skill_levels(first.profile.evidence, rubric, AS_OF)

    after = skill_levels(union(first, [Member("m", other)], AS_OF).profile.evidence, rubric, AS_OF)

    assert all(after[skill].low >= level.low for skill, level in before.items())
    assert after["pytorch"].low > before["pytorch"].low


def test_the_first_keeps_its_name_and_contact_and_takes_what_it_lacks():
    first = record(
        name=None, contact={"email": "a@example.com"}, extra={"Shoe": 44}, unknown=("Foo",), history=(Job("A"),)
    )
    other = record(
        name="Ada Example", contact={"email": "b@example.com", "notes": "n"}, extra={"Shoe": 1, "Hat": 2},
        unknown=("Bar", "Foo"), history=(Job("A"), Job("B")), remarks=({"pointer": "/x", "value": "v", "detail": "d"},),
    )  # fmt: skip

    whole = union(first, [Member("m", other)], AS_OF)

    assert (whole.name, whole.external_id) == ("Ada Example", "c-1")
    assert whole.contact == {"email": "a@example.com", "notes": "n"}
    assert whole.extra == {"Shoe": 44, "Hat": 2}
    assert whole.unknown == ("Foo", "Bar")
    assert whole.history == (Job("A"), Job("B"))
    assert whole.remarks == ({"record": "m", "pointer": "/x", "value": "v", "detail": "d"},)


def test_nothing_of_the_records_is_changed():
    first, other = record(Evidence("go", "stated")), record(Evidence("go", "rated", (10, 10)))
    kept = dataclasses.replace(first), dataclasses.replace(other)
    union(first, [Member("m", other)], AS_OF)
    assert (first, other) == kept
