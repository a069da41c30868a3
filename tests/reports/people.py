"""A small made-up role, a pool of invented people, and the payload that the API would give for them."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

from service.core.policy import Evidence, Kind, Policy
from service.core.profile import MarkerSeen, Profile, row_of
from service.core.ranking import rank
from service.core.result import ENGINE, explain
from service.core.rubric import AtLeast, Criterion, Marker, Rubric, compile_table
from service.core.scoring import GATES, score, values
from service.core.time import tick_of

AS_OF = dt.date(2026, 11, 20)
FIRST = (
    *("Amara", "Bilal", "Chidi", "Dagny", "Eszter", "Farid", "Greta", "Hoài"),
    *("Ines", "Jakub", "Kofi", "Lucía", "Małgorzata", "Nils", "Olu"),
)
LAST = (
    *("Østergård", "Nakamura-Fernández", "Okafor", "Smith", "Yılmaz"),
    *("Kovács", "O’Brien", "van der Berg", "Li", "Papadopoulou"),
)

TITLES = (
    ("python", "Python (production-grade)", "must"),
    ("ml_frameworks", "ML frameworks (PyTorch / TensorFlow)", "must"),
    ("kubernetes", "Kubernetes and containers", "must"),
    ("ci_cd", "CI/CD and automation", "must"),
    ("statistics", "Statistics and experimentation", "nice"),
    ("cloud", "Cloud platforms (AWS / GCP / Azure)", "must"),
    ("sql", "SQL and data modeling", "must"),
    ("streaming", "Streaming data (Kafka, Flink and the like)", "should"),
    ("systems_language", "One systems language (Go, Rust or C++)", "should"),
    ("review", "Version control, testing and code review", "should"),
    ("business_acumen", "Business acumen", "nice"),
    ("stakeholder_communication", "Stakeholder communication", "nice"),
)
SKILLS = {
    "ml_frameworks": AtLeast(1, ("pytorch", "tensorflow")),
    "kubernetes": AtLeast(2, ("docker", "k8s")),
    "review": AtLeast(2, ("git", AtLeast(1, ("testing", "tdd")), "code_review")),
}


def make_policy():
    kinds = (
        Kind("assessed", 50, None, decides=True),
        Kind("rated", 50, None, decides=True),
        Kind("delivered", 50, 30, decides=False),
        Kind("used", 40, 30, decides=False),
        Kind("certified", 30, 20, decides=False),
        Kind("stated", 30, 20, decides=False),
    )
    parts = (("required", 75), ("nice", 15), ("seniority", 10))
    return Policy(1, kinds, ((0, 0), (12, 20), (24, 30), (48, 40), (84, 50)), 36, 5, 50, parts)


def make_criterion(place, id_, title, requirement):
    return Criterion(
        id=id_,
        title=title,
        requirement=requirement,
        weight=3 + place % 5,
        required={"junior": 20, "mid": 30, "senior": 40},
        gate=20 if requirement == "must" else None,
        skills=SKILLS.get(id_, id_),
        responsibility=f"The work needs {title} on most days.",
        question=f"What did you last do with {title}, and how did you know that it worked?",
        advice=f"Take one thing to production with {title}, then look after it for a quarter.",
        provenance="source" if place % 2 else "inferred",
    )


def make_rubric(role="ml_engineer", title="ML Engineer", skipped=()):
    asked = [row for row in TITLES if row[0] not in skipped]
    criteria = tuple(make_criterion(place, *row) for place, row in enumerate(asked))
    markers = tuple(
        Marker(f"{band}.{slug}", band, text, "source")
        for band, slug, text in (
            ("junior", "known_architectures", "Implements architectures that are already known"),
            ("mid", "deploys_alone", "Brings work into production without help"),
            ("senior", "build_or_buy", "Decides what to build and what to buy"),
            ("senior", "owns_reliability", "Answers for how reliably things run in production"),
        )
    )
    bands = {"junior": 0, "mid": 2, "senior": 5}
    rubric = Rubric(role, title, 3, "", "source", criteria, bands, markers, make_policy(), {}, {"role": role})
    return replace(rubric, proves={skill: frozenset() for criterion in criteria for skill in criterion.asked})


def make_profile(seed, rubric):
    """Return an invented person: most skills rated, some only stated, some unknown, a few known to be absent."""
    chance = random.Random(seed)
    skill = chance.choice((20, 30, 40, 45))
    evidence = []
    for criterion in rubric.criteria:
        level = max(0, min(50, skill + chance.choice((-20, -10, -5, 0, 0, 5, 10))))
        kind = chance.choice(("rated", "rated", "used", "stated", None))
        if kind == "rated" and chance.random() < 0.12:
            evidence.append(Evidence(criterion.id, kind, (level, min(50, level + 15)), where="H", quote="3 or more"))
        elif kind:
            evidence.append(Evidence(criterion.id, kind, (level, level), where="H", quote=str(level / 10)))
    markers = {m.id: MarkerSeen(chance.random() < 0.7) for m in rubric.markers if chance.random() < 0.6}
    months = chance.choice((None, (30, 30), (54, 54), (72, 80), (110, 110)))
    return Profile(tuple(evidence), months, markers=markers, sheet="Candidates", row=seed + 2)


def make_payload(rubric, names, seniority="senior", top=None):
    """Return what `GET /shortlists/{role}` gives for a pool of people of these names."""
    table = compile_table(rubric, seniority)
    as_of = tick_of(AS_OF)
    profiles = [make_profile(seed, rubric) for seed in range(len(names))]
    ids = [f"0198c0de-0000-7000-8000-{place:012}" for place in range(len(names))]
    rows = [row_of(profile, rubric, seniority, as_of) for profile in profiles]
    lows, highs = [row[0] for row in rows], [row[1] for row in rows]
    scores = score(table, values(lows, table), values(highs, table))
    ranking = rank(scores, rubric.role, ids)

    def entry(place):
        who = {"id": ids[place], "external_id": f"C-{place:04}", "name": names[place]}
        return {**explain(table, profiles[place], as_of), "candidate": who}

    shortlist = [
        {"rank": int(number), **entry(place)} for place, number in zip(ranking.order, ranking.ranks, strict=True)
    ][:top]
    apart = [{**entry(place), "reason": _reason(entry(place))} for place in ranking.apart]
    return {
        "role": rubric.role,
        "title": rubric.title,
        "seniority": seniority,
        "as_of": AS_OF.isoformat(),
        "rubric": {"version": rubric.version, "digest": rubric.digest},
        "engine": ENGINE,
        "applied": {"parts": dict(rubric.weights.parts), "criteria": dict(rubric.weights.criteria)},
        "shortlist": shortlist,
        "not_eligible": apart,
        "total": len(names),
        "eligible": len(ranking.order),
        "shown": len(shortlist),
        "gates": {name: int((scores.gate == code).sum()) for code, name in enumerate(GATES)},
        "gate_asked": "any",
        "not_eligible_total": len(apart),
        "tied_at_cut": 0,
    }


def _reason(result):
    failed = [gap for gap in result["gaps"] if gap["holds_gate"] and gap["level"] == gap["level_high"]]
    return "; ".join(f"{gap['title']}: level {gap['level']:g}, at least 2 is needed" for gap in failed)


def invented_names(count):
    return [f"{FIRST[place % len(FIRST)]} {LAST[place * 7 % len(LAST)]}" for place in range(count)]
