"""Builders and hypothesis strategies for the core: policies, rubrics and candidates straight from its dataclasses."""

import random
from functools import cache

from hypothesis import settings
from hypothesis import strategies as st

from service.core.policy import TOP, Evidence, Kind, Policy
from service.core.profile import MarkerSeen, Profile
from service.core.rubric import SENIORITIES, AtLeast, Criterion, Marker, Rubric, Weights, skills_of
from service.core.time import PRESENT, TICKS, Span, tick

AS_OF = tick(2026, 11)
"""What "today" stands for in these tests."""


def tries(examples):
    """Return how many examples to try, where `examples` is the number in CI: the profile says how many in a hundred."""
    return examples * settings().max_examples // 100


def proven(examples=300):
    """Return the settings of a property: so many examples in CI, and as the profile says (tests/conftest.py)."""
    return settings(max_examples=tries(examples))


# The policy, with the figures of the written rule.

FIGURES = {
    "assessed": (50, None, True),
    "rated": (50, None, True),
    "delivered": (50, 30, False),
    "used": (40, 30, False),
    "certified": (30, 20, False),
    "stated": (30, 20, False),
}
"""Kinds, strongest first: ceiling, level of a bare mention, whether it overrules claims."""

CLAIMS = ("stated", "certified", "used", "delivered")
"""Kinds that are claims, by rising ceiling."""

DECIDING = ("rated", "assessed")

YEARS_TABLE = ((0, 0), (1, 5), (6, 10), (12, 20), (24, 30), (48, 40), (84, 50))


def policy(**changes):
    figures = {
        "version": 1,
        "kinds": tuple(Kind(kind, *rest) for kind, rest in FIGURES.items()),
        "years": YEARS_TABLE,
        "grace_months": 36,
        "loss_per_year": 5,
        "floor_percent": 50,
        "parts": (("required", 75), ("nice", 15), ("seniority", 10)),
    }
    return Policy(**figures | changes)


POLICY = policy()


# Rubrics.


def any_of(*members):
    return AtLeast(1, members)


def all_of(*members):
    return AtLeast(len(members), members)


def at_least(k, *members):
    return AtLeast(k, members)


def criterion(id_, requirement="should", skills=None, *, weight=1, required=(20, 30, 40), gate=20):
    """Return a criterion asked for at `required` (junior, mid, senior); `gate` counts for a must only."""
    return Criterion(
        id=id_,
        title=id_.title(),
        requirement=requirement,
        weight=weight,
        required=dict(zip(SENIORITIES, required, strict=True)),
        gate=gate if requirement == "must" else None,
        skills=skills or id_,
        responsibility=f"Why {id_} matters.",
        question=f"What have you done with {id_}?",
        advice=f"Practise {id_}.",
        provenance="authored",
    )


MARKERS = {"junior": ("helps",), "mid": ("designs", "deploys"), "senior": ("leads", "owns", "decides")}


def rubric(*criteria, markers=MARKERS, implies=None, rules=POLICY, extra=()):
    """Return a rubric. `implies` maps a skill to those it directly implies; `extra` names skills that also count."""
    implies = implies or {}
    asked = frozenset().union(*(c.asked for c in criteria))
    proved = {skill: _implied(skill, implies) & asked for skill in sorted(asked | set(implies) | set(extra))}
    plain = [
        [c.id, c.requirement, c.weight, dict(c.required), c.gate, sorted(skills_of(c.skills)), repr(c.skills)]
        for c in criteria
    ]
    return Rubric(
        role="tester",
        title="Tester",
        version=3,
        summary="A role for tests.",
        provenance="authored",
        criteria=tuple(criteria),
        bands={"junior": 0, "mid": 2, "senior": 5},
        markers=tuple(
            Marker(f"{band}.{slug}", band, f"{slug} things", "authored")
            for band, slugs in markers.items()
            for slug in slugs
        ),
        policy=rules,
        proves={skill: rest for skill, rest in proved.items() if skill in asked or rest},
        canonical={"role": "tester", "criteria": plain, "markers": {band: list(s) for band, s in markers.items()}},
    )


def _implied(skill, implies):
    found, todo = set(), [skill]
    while todo:
        for further in implies.get(todo.pop(), ()):
            if further not in found:
                found.add(further)
                todo.append(further)
    return frozenset(found - {skill})


IMPLIES = {"eks": ("kubernetes", "aws"), "kubernetes": ("docker",)}
SKILLS = ("aws", "cloud", "docker", "eks", "kubernetes", "python", "sql")
"""Few skills, so that what is drawn at random often meets in one criterion."""


@cache
def wide_rubric():
    """Return a rubric with every feature: gates, areas, nested expressions, implied skills, markers."""
    return rubric(
        criterion("python", "must", weight=3, required=(20, 30, 40)),
        criterion("cloud", "must", any_of("aws", "gcp"), weight=2, required=(20, 30, 35), gate=15),
        criterion("kubernetes", "should", all_of("docker", "kubernetes"), weight=2, required=(10, 25, 40)),
        criterion("sql", "should", any_of("sql", all_of("docker", "python")), weight=5, required=(10, 30, 50)),
        criterion("data", "nice", at_least(2, "sql", "python", "aws"), weight=7, required=(10, 20, 30)),
        criterion("eks", "nice", weight=1, required=(7, 13, 41)),
        implies=IMPLIES,
    )


# Candidates.


def piece(skill, kind="stated", level=None, **rest):
    """Return evidence; a single level or number of months stands for both ends of its interval."""
    months = rest.pop("months", None)
    return Evidence(skill, kind, both(level), both(months), **rest)


def both(value):
    return (value, value) if isinstance(value, int) else value


def year(number):
    """Return a date of which only the year is known."""
    return tick(number), tick(number + 1)


def month(number, of_year):
    """Return a date known to the month, as a beginning."""
    return tick(number, of_year), tick(number, of_year)


def job(start, end=PRESENT):
    """Return a span; ends are years, (year, month) pairs or intervals of ticks. An end is the tick after."""
    return Span(_date(start, 0), _date(end, TICKS))


def _date(value, after):
    if isinstance(value, int):
        return year(value)
    if value[1] <= 12:
        begin = tick(*value) + after
        return begin, begin
    return value


def profile(*evidence, **rest):
    rest["months"] = both(rest.get("months"))
    rest["markers"] = {id_: MarkerSeen(met) for id_, met in rest.get("markers", {}).items()}
    return Profile(evidence, **rest)


def own_weights(of, parts=None, criteria=None):
    """Return a rubric's own weights, some of them changed."""
    own = of.weights
    return Weights({**own.parts, **(parts or {})}, {**own.criteria, **(criteria or {})})


# Strategies.

levels = st.integers(0, TOP)
ticks = st.integers(tick(2005), AS_OF + 12 * TICKS)


@cache
def intervals(numbers):
    """Return intervals, half of them single points."""
    return st.one_of(numbers.map(lambda n: (n, n)), st.tuples(numbers, numbers).map(lambda ends: tuple(sorted(ends))))


@st.composite
def _spans(draw):
    start = draw(intervals(ticks))
    length = draw(st.integers(0, 60 * TICKS))
    end = draw(st.sampled_from([PRESENT, (start[0] + length, start[1] + length), (start[1] + length,) * 2]))
    return Span(start, end)


@cache
def spans():
    return _spans()


def maybe(strategy):
    return st.none() | strategy


@cache
def pieces(skills=SKILLS, kinds=tuple(FIGURES)):
    """Return evidence: bare mentions, stated levels, and all that can be said at once."""
    skill, kind = st.sampled_from(skills), st.sampled_from(kinds)
    where = st.sampled_from(["", "/skills/0", "C"])
    said = (maybe(intervals(levels)), maybe(intervals(st.integers(0, 150))), maybe(intervals(ticks)), maybe(spans()))
    tuples = [st.tuples(skill, kind), st.tuples(skill, kind, intervals(levels)), st.tuples(skill, kind, *said, where)]
    return st.one_of(tuples).map(lambda fields: Evidence(*fields))


@cache
def claims(skills=SKILLS):
    return pieces(skills, CLAIMS)


marker_states = st.dictionaries(
    st.sampled_from([f"{band}.{slug}" for band, slugs in MARKERS.items() for slug in slugs]),
    st.booleans().map(MarkerSeen),
)
"""Markers of a rubric: some met, some absent, some left out."""


@cache
def profiles(evidence=None):
    return st.tuples(
        st.lists(pieces() if evidence is None else evidence, max_size=8).map(tuple),
        maybe(intervals(st.integers(0, 300))),
        st.lists(spans(), max_size=3).map(tuple),
        marker_states,
    ).map(lambda fields: Profile(*fields))


@st.composite
def expressions(draw, skills=SKILLS, depth=2):
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(skills))
    members = tuple(draw(st.lists(expressions(skills, depth - 1), min_size=1, max_size=3)))
    return AtLeast(draw(st.integers(1, len(members))), members)


@cache
def rubrics():
    """Return rubrics of one to six criteria over a few skills, with or without implications and markers."""
    return st.integers(0, 100_000).map(random_rubric)


@cache
def random_rubric(seed):
    """Return one of many rubrics, the same for the same seed: drawing each number by hypothesis takes ten times."""
    dice = random.Random(seed)
    ids = dice.sample(("a1", *SKILLS), dice.randint(1, 6))
    criteria = []
    for id_ in ids:
        required = tuple(sorted(dice.randint(1, TOP) for _ in range(3)))
        criteria.append(
            criterion(
                id_,
                dice.choice(("must", "should", "nice")),
                _random_expression(dice, depth=2),
                weight=dice.choice((1, 2, 3, dice.randint(1, 1000))),
                required=required,
                gate=dice.randint(1, required[0]),
            )
        )
    implies = dice.choice(({}, IMPLIES, {"aws": ("cloud",), "eks": ("aws",), "sql": ("a1", "python")}))
    return rubric(*criteria, implies=implies, markers=dice.choice((MARKERS, {}, {"senior": ("leads",)})))


def _random_expression(dice, depth):
    if depth == 0 or dice.random() < 0.5:
        return dice.choice(SKILLS)
    members = tuple(_random_expression(dice, depth - 1) for _ in range(dice.randint(1, 3)))
    return AtLeast(dice.randint(1, len(members)), members)


@st.composite
def weights(draw, of):
    """Return weights that leave something to score."""
    parts = {part: draw(st.integers(0, 100)) for part in ("required", "nice")} | {"seniority": draw(st.integers(1, 9))}
    return Weights(parts, {c.id: draw(st.integers(0, 100)) for c in of.criteria})


seniorities = st.sampled_from(SENIORITIES)


@cache
def cases(evidence=None):
    """Return a rubric, a target seniority and a candidate."""
    return st.tuples(rubrics() | st.just(wide_rubric()), seniorities, profiles(evidence))
