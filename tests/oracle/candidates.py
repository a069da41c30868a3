"""Random people for the comparison: rich native candidates, some of them in two or three records."""

import datetime as dt
import random

from oracle.scorer import IDS, ROLES, SKILLS, implied

NAMES = {skill["id"]: skill["name"] for skill in SKILLS}
KINDS = ("assessed", "rated", "delivered", "used", "certified", "stated")
DAYS = (dt.date(2026, 11, 20), dt.date(2026, 2, 28), dt.date(2027, 1, 1), dt.date(2025, 12, 31))
LEVELS = (0, 0, 0.05, 0.35, 0.5, 1, 1.5, 1.75, 2, 2.15, 2.25, 2.5, 3, 3.25, 3.5, 4, 4.75, 4.95, 5)
YEARS = (0, 0.04, 0.125, 0.4, 0.5, 1, 1.375, 2, 2.5, 3, 4, 4.125, 6.9, 7, 12, 21.3)
SENTENCES = (
    "Used {} every day.", "Built services with {} and {}.", "5 years of {}.", "2-3 years of {}.", "Basic {}.",
    "Expert in {}.", "Shipped {} to production.", "{} models in production since then, together with {}.",
    "More than 4 years of {} experience.", "No experience with {}.", "Advanced {}, less than a year of {}.",
    "Led technical design of the platform.", "Mentored junior engineers.", "Decided whether to build or buy.",
    "Owned the deployment process.", "6 years of experience.", "Wrote production code.",
)  # fmt: skip


def asked_for(expression):
    if isinstance(expression, str):
        return {expression}
    ((word, members),) = expression.items()
    return set().union(*map(asked_for, members["of"] if word == "at_least" else members))


ASKED = {
    role: sorted(set().union(*(asked_for(row.get("skills", row["id"])) for row in rubric["criteria"])))
    for role, rubric in ROLES.items()
}
AREAS = {role: sorted(row["id"] for row in rubric["criteria"]) for role, rubric in ROLES.items()}
IMPLYING = {role: sorted(skill for skill in NAMES if implied(skill) & {*ASKED[role], *AREAS[role]}) for role in ROLES}
MARKERS = sorted(
    {f"{band}.{marker['id']}" for role in ROLES.values() for band, rows in role["markers"].items() for marker in rows}
)


class People:
    """A source of random people: the same for the same seed."""

    def __init__(self, seed):
        self.dice = random.Random(seed)

    def person(self, number):
        """Return the day of scoring and the records of one person: mostly one, sometimes two or three."""
        records = self.dice.choice((1, 1, 1, 1, 2, 2, 3))
        role = self.dice.choice(sorted(ROLES))
        day = self.dice.choice(DAYS)
        if self._maybe(0.3):
            return day, [self._rated(f"p{number}-{record}", role) for record in range(min(2, records))]
        # Few skills for each person, so that several pieces meet in one skill and several skills in one criterion.
        pool = [self.dice.choice(ASKED[role]) for _ in range(self.dice.randint(2, 14))]
        pool += [self.dice.choice(AREAS[role]) for _ in range(self.dice.randint(0, 4))]
        pool += [self.dice.choice(IMPLYING[role]) for _ in range(self.dice.randint(0, 6))]
        bodies = [self._record(f"p{number}-{record}", pool) for record in range(records)]
        if self._maybe(0.15):
            bodies[0]["skills"] = [{"name": area, "level": 0} for area in AREAS[role] if self._maybe(0.5)]
        return day, bodies

    def _rated(self, external_id, role):
        """Return somebody who was rated in nearly all that a role asks for: so that some pass, and some fail."""
        least = self.dice.choice((0, 1, 2, 2))
        levels = [level for level in LEVELS if level >= least]
        names = [skill for skill in (*ASKED[role], *AREAS[role]) if self._maybe(0.85)]
        skills = [{"name": name, "level": self.dice.choice(levels), "kind": self.dice.choice(KINDS)} for name in names]
        return {"external_id": external_id, "skills": skills, "years_experience": self.dice.choice(YEARS)}

    def _record(self, external_id, pool):
        self.pool = pool
        body = {"external_id": external_id, "skills": self._some(self._skill, 10)}
        for field, make, most in (
            ("jobs", self._work, self.dice.choice((0, 2, 4))), ("projects", self._project, 3),
            ("certificates", self._certificate, 2),
            ("assessments", self._assessment, 2),
        ):  # fmt: skip
            if found := self._some(make, most):
                body[field] = found
        if self._maybe(0.4):
            body["markers"] = {id_: self.dice.choice((True, False, None)) for id_ in self.dice.sample(MARKERS, 25)}
        if self._maybe(0.3):
            body["years_experience"] = self.dice.choice(YEARS)
        for field in ("summary", "notes"):
            if self._maybe(0.3):
                body[field] = self._text()
        if self._maybe(0.1):
            names = {self._name() for _ in range(4)}
            body["skills"] = {name: self.dice.choice(LEVELS) for name in sorted(names)}
        return body

    def _maybe(self, chance):
        return self.dice.random() < chance

    def _some(self, make, most):
        return [make() for _ in range(self.dice.randint(0, most))]

    def _name(self):
        skill = self.dice.choice(self.pool)
        return NAMES[skill] if IDS.get(NAMES[skill]) == skill and self._maybe(0.8) else skill

    def _skill(self):
        if self._maybe(0.3):
            return self._name()
        skill = {"name": self._name()}
        for field, chance, choose in (
            ("kind", 0.25, lambda: self.dice.choice(KINDS)), ("level", 0.4, lambda: self.dice.choice(LEVELS)),
            ("years", 0.3, lambda: self.dice.choice(YEARS)), ("last_used", 0.4, self._end),
        ):  # fmt: skip
            if self._maybe(chance):
                skill[field] = choose()
        return skill

    def _date(self, first=2008, last=2027):
        year = self.dice.randint(first, last)
        month = self.dice.randint(1, 12)
        day = self.dice.choice((1, 15, 28, 29, 30, 31))
        while True:
            try:
                dt.date(year, month, day)
                break
            except ValueError:
                day -= 1
        return self.dice.choice((year, f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"))

    def _end(self, first=2008, last=2027):
        return "present" if self._maybe(0.1) else self._date(first, last)

    def _work(self):
        work = {}
        if self._maybe(0.9):
            work["start"] = self._date()
        if self._maybe(0.75):
            # Near to the start more often than not, so that some end in the year in which they began, or before.
            first = int(str(work.get("start", 2015))[:4])
            work["end"] = self._end(first - 1, first + self.dice.choice((1, 4, 9)))
        if self._maybe(0.95):
            work["skills"] = self._some(self._skill, 5)
        if self._maybe(0.2):
            work["summary"] = self._text()
        return work

    def _project(self):
        return self._work() | ({"delivered": self._maybe(0.6)} if self._maybe(0.8) else {})

    def _certificate(self):
        certificate = {"name": self._name()}
        if self._maybe(0.5):
            certificate["skills"] = [self._name() for _ in range(self.dice.randint(0, 3))]
        if self._maybe(0.7):
            certificate["date"] = self._date()
        return certificate

    def _assessment(self):
        test = {self.dice.choice(("name", "skill")): self._name()}
        best = self.dice.choice((None, 3, 5, 7, 10, 20, 33, 100, 1.5, 12.5, 250))
        test["score"] = self.dice.randint(0, int(best or 10))
        if best is not None:
            test["max_score"] = best
        if self._maybe(0.5):
            test["date"] = self._date()
        return test

    def _text(self):
        return " ".join(
            self.dice.choice(SENTENCES).format(self._name(), self._name()) for _ in range(self.dice.randint(1, 3))
        )
