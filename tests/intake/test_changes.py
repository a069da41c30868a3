"""What an update changed, in words. Everybody here is invented."""

import dataclasses

import pytest

from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile
from service.core.time import PRESENT, Span, tick
from service.intake.candidate import Candidate, Job
from service.intake.changes import ELSEWHERE, changes

NAMES = {"python": "Python", "sql": "SQL", "go": "Go"}
SPAN = Span((tick(2019, 3), tick(2019, 3)), PRESENT)


def candidate(*evidence, months=None, markers=None, **other):
    profile = Profile(evidence, months, markers={id_: MarkerSeen(met) for id_, met in (markers or {}).items()})
    return Candidate("native", "c-1", other.pop("name", "Ada Example"), profile, **other)


def change(what, before, after, **about):
    return {"what": what, **about, "before": before, "after": after}


def skill(id_, before, after):
    return change("skill", before, after, skill=id_, name=NAMES.get(id_, id_))


STATED = Evidence("python", "stated", (30, 30))
RATED = Evidence("python", "rated", (40, 40))

CASES = [
    (candidate(STATED), candidate(RATED), [skill("python", "stated, level 3", "rated, level 4")]),
    (candidate(), candidate(STATED), [skill("python", None, "stated, level 3")]),
    (candidate(STATED), candidate(), [skill("python", "stated, level 3", None)]),
    (
        candidate(STATED),
        candidate(STATED, RATED),
        [skill("python", "stated, level 3", "rated, level 4; stated, level 3")],
    ),
    (
        candidate(),
        candidate(Evidence("x", "used", None, None, None, SPAN)),
        [skill("x", None, "used, 2019-03 to present")],
    ),
    (
        candidate(),
        candidate(Evidence("go", "stated", (20, 35), (18, 24))),
        [skill("go", None, "stated, level 2 to 3.5, 1.5 to 2 years")],
    ),
    (
        candidate(),
        candidate(Evidence("go", "certified", last_used=(tick(2024), tick(2025)))),
        [skill("go", None, "certified, last in 2024")],
    ),
    (candidate(months=(60, 60)), candidate(months=(78, 78)), [change("years", "5 years", "6.5 years")]),
    (candidate(months=(60, 60)), candidate(), [change("years", "5 years", None)]),
    (candidate(name="Ada"), candidate(name="Ada Example"), [change("name", "Ada", "Ada Example")]),
    (
        candidate(markers={"senior.a": False}),
        candidate(markers={"senior.a": True, "mid.b": False}),
        [change("marker", None, "absent", marker="mid.b"), change("marker", "absent", "met", marker="senior.a")],
    ),
    (
        candidate(history=(Job("Engineer", "Works", SPAN),)),
        candidate(history=(Job("Lead", "Works", SPAN), Job(None, "Mills"))),
        [
            change("job", "Engineer at Works, 2019-03 to present", None),
            change("job", None, "Lead at Works, 2019-03 to present"),
            change("job", None, "Mills"),
        ],
    ),
    (
        candidate(contact={"email": "a@example.com"}),
        candidate(contact={"email": "b@example.com", "notes": "n\n" * 400}),
        [change("email", "a@example.com", "b@example.com"), change("notes", None, ("n " * 60)[:119] + "…")],
    ),
    (
        candidate(extra={"Shoe size": 44}),
        candidate(extra={"Shoe size": 45}),
        [change("extra", "44", "45", name="Shoe size")],
    ),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_what_changed_is_told_in_words(before, after, expected):
    assert changes(before, after, NAMES) == expected


def test_what_moved_to_another_place_is_told_as_such():
    moved = candidate(STATED._replace(where="/skills/7"))
    assert changes(candidate(STATED), moved, NAMES) == [ELSEWHERE]


def test_the_order_is_who_years_skills_by_name_jobs_markers_and_the_rest():
    after = candidate(
        Evidence("sql", "stated"), Evidence("go", "stated"), STATED,
        name="B", months=(12, 12), markers={"mid.b": True}, contact={"email": "b"}, extra={"x": 1}, history=(Job("J"),),
    )  # fmt: skip
    again = dataclasses.replace(
        after, profile=dataclasses.replace(after.profile, evidence=after.profile.evidence[::-1])
    )

    found = changes(candidate(), after, NAMES)

    assert found == changes(candidate(), again, NAMES)
    assert [one.get("skill", one["what"]) for one in found] == [
        "name", "years", "go", "python", "sql", "job", "marker", "email", "extra",
    ]  # fmt: skip


def test_many_pieces_of_one_skill_are_counted():
    many = candidate(*(Evidence("go", "stated", (n, n)) for n in range(10, 20)))
    [found] = changes(candidate(), many, NAMES)
    assert found["after"] == "stated, level 1; stated, level 1.1; stated, level 1.2; and 7 more"
