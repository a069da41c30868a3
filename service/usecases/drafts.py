"""A role of one's own from a job description: a whole rubric, as a draft that a person edits and then publishes.

What our own roles ask for in the same way is taken from them with their words; the rest is worded plainly. Nothing is
stored, and nothing is in force before it is published.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple

from service.core.policy import TOP
from service.core.rubric import REQUIREMENTS, SENIORITIES, AtLeast, Criterion
from service.errors import InvalidInput, RolefitError, UnsupportedFile
from service.intake import job_description
from service.intake.job_description import Ask, JobDescription, Told
from service.intake.job_words import MUST, NICE, SHOULD
from service.rubric_library import Library, expression_as_data
from service.rubric_library.parts import level_as_written
from service.schemas import strict_json
from service.schemas.bounds import check_bytes, check_nodes
from service.schemas.drafts import JobDescriptionSchema
from service.skills.fair_wording import named
from service.skills.titles import band_of
from service.usecases import House
from service.usecases.bodies import loaded, wrong
from service.usecases.texts import ENDINGS, decoded
from service.usecases.versions import RESERVED

DEFECT = "The text was not read: the service has a defect here, which it has recorded. Shorten or reword the text."
MOST_CRITERIA = 40
MOST_NOTES = 300
FIRST = 3
"""How many of each requirement count as named first."""

WEIGHTS = {MUST: 5, SHOULD: 3, NICE: 3}
FIRM = (SHOULD, NICE, MUST)
"""From what is only named to what is asked most firmly: of a skill named twice the firmest counts."""

REQUIRED = {MUST: (20, 30, 40), SHOULD: (20, 30, 40), NICE: (10, 20, 30)}
"""Levels for junior, mid and senior where none of our roles knows better, in tenths."""

STRONG = 40
LEAST = 10
BANDS = {"junior": 0, "mid": 2, "senior": 5}
MOST_YEARS = 20
DRAFT = "A draft made from a job description. A person has to read and change it before it decides anything."
WORDING = {
    "responsibility": "The job description names {what}; say here what it is for in this role.",
    "question": "What have you done with {what}, how long ago, and what came of it?",
    "advice": "Do a piece of real work with {what}, and show what came of it.",
}
COVERED = "Asked for by another criterion already"
RULES = (
    "Weights: 5 for a must, 3 for the rest; 2 more where years or a level of 4 or above are asked, 1 more if early.",
    "Levels: our own roles' where they ask for the same, else 2, 3, 4 (nice to have: 1, 2, 3).",
    "A level or years that the text says hold for the seniority it is for, and move the others along.",
)


class Wanted(NamedTuple):
    """A criterion in the making: what is asked, from where, and its place among all."""

    id: str
    skills: tuple[str, ...]
    ask: Ask


def draft(house: House, body: Any) -> dict[str, Any]:
    """Return a rubric drafted from a job description. Raise InvalidInput where it cannot be read, or asks nothing.

    Raise RubricsTooLarge where it holds more than a rubric may.
    """
    check_nodes(body)
    said = loaded(body, JobDescriptionSchema())
    try:
        job = job_description.read(said, house.reader)
    except RolefitError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no answer of 500
        house.defect(error)
        raise InvalidInput(DEFECT, [wrong("", DEFECT, "defect")], code="defect") from None
    if not job.asks:
        detail = f"No skill that is asked for was found in this text. {' '.join(job.notes)}".strip()
        raise InvalidInput(detail, [wrong("", detail, "no_skills")], code="no_skills")
    drafted = _Drafting(house.library, job, said.get("experience") or "").answer()
    return {**drafted, "notes": [*drafted["notes"], *_wording(said)]}


def _wording(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield a note for each word of a job description that touches a protected ground: no rubric may ask for it."""
    texts = [said.get(field) for field in ("title", "text", "description", "experience")]
    texts += [text for field in ("responsibilities", "qualifications") for text in said.get(field) or ()]
    for one in named("\n".join(text for text in texts if text)):
        yield f"{one.word!r} in the text touches {one.ground}: {one.instead}. It is no part of the draft."


def of_file(house: House, path: Path) -> dict[str, Any]:
    """Return a rubric drafted from a file: text, or JSON. Raise InvalidInput or UnsupportedFile."""
    check_bytes(path.stat().st_size)
    ending = path.suffix.lower()
    if ending == ".json":
        return draft(house, strict_json.loads(path.read_bytes()))
    if ending not in ENDINGS:
        raise UnsupportedFile("Job descriptions are read from .txt, .md or .json.", code="unsupported_file")
    return draft(house, {"text": decoded(path.read_bytes())})


class _Drafting:
    """A rubric in the making."""

    def __init__(self, library: Library, job: JobDescription, experience: str) -> None:
        self.library, self.job = library, job
        self.notes = [DRAFT, *RULES, *job.notes]
        self.wanted = self._within(self._named_apart(self._uncovered(_firmest(job.asks))))
        self.ours = self._nearest()
        self.target = self._target(experience)

    def answer(self) -> dict[str, Any]:
        """Return the rubric, why each criterion is in it, words that were not understood, and notes."""
        criteria = self._criteria()
        markers = self._markers()
        rubric = {**self._head(), "criteria": criteria, "bands": self._bands(), "markers": markers}
        return {
            "rubric": rubric,
            "read": [{"criterion": one.id, "requirement": one.ask.requirement, **_why(one.ask)} for one in self.wanted],
            "markers": [{"marker": told.marker, **_why(told)} for told in self.job.markers],
            "unknown": self.job.unknown,
            "notes": self.notes,
        }

    def _head(self) -> dict[str, Any]:
        title = " ".join((self.job.title or "Role of one's own").split())
        taken = {rubric.title.casefold() for rubric in self.library.rubrics.values()}
        slug = re.sub(r"[^a-z0-9]+", "_", title.casefold()).strip("_")
        slug = slug if slug[:1].isalpha() else f"role_{slug}".strip("_")
        return {
            "role": _free(slug, "{0}_draft", "{0}_draft_{1}", {*self.library.rubrics, *RESERVED}),
            "title": _free(title, "{0} (draft)", "{0} (draft {1})", taken, always=True),
            "version": 1,
            "summary": DRAFT,
            "provenance": "authored",
        }

    # Criteria

    def _named_apart(self, asks: Sequence[Ask]) -> list[Wanted]:
        """Return what is asked, each under a skill that nothing else in the draft is named for; single skills first."""
        found: dict[str, Wanted] = {}
        for ask in sorted(asks, key=lambda ask: len(ask.skills) > 1):
            if free := [skill for skill in self._ids(ask.skills) if skill not in found]:
                found[free[0]] = Wanted(free[0], ask.skills, ask)
            else:
                self._leave_out(COVERED, ask.skills)
        order = {id(ask): place for place, ask in enumerate(asks)}
        return sorted(found.values(), key=lambda one: order[id(one.ask)])

    def _uncovered(self, asks: Sequence[Ask]) -> list[Ask]:
        """Return what no other criterion asks too: no choice with a must in it, nothing only named that is in one."""
        musts = {ask.skills[0] for ask in asks if ask.requirement == MUST and len(ask.skills) == 1}
        choices = [ask for ask in asks if len(ask.skills) > 1 and musts.isdisjoint(ask.skills)]
        chosen = {skill for ask in choices if ask.requirement != SHOULD for skill in ask.skills}
        kept = {id(ask) for ask in choices}
        kept |= {id(ask) for ask in asks if len(ask.skills) == 1 and not _is_idle(ask, chosen)}
        for ask in asks:
            if id(ask) not in kept:
                self._leave_out(COVERED, ask.skills)
        return [ask for ask in asks if id(ask) in kept]

    def _leave_out(self, why: str, skills: Sequence[str]) -> None:
        """Say what is left out and why, for as many as a person may read."""
        note = f"{why}, left out: {self._names(skills, ' / ')}."
        if note not in self.notes and len(self.notes) < MOST_NOTES:
            self.notes.append(note)

    def _ids(self, skills: Sequence[str]) -> list[str]:
        """Return the skills that a criterion may be named for: that of ours which asks the same, then its own."""
        criteria = (criterion for rubric in self.library.rubrics.values() for criterion in rubric.criteria)
        same = [criterion.id for criterion in criteria if self._asks_same(criterion, skills)]
        return list(dict.fromkeys((*same, *skills)))

    def _within(self, wanted: list[Wanted]) -> list[Wanted]:
        """Return what there is room for: the firmest first, in the order of the text."""
        ranked = sorted(wanted, key=lambda one: REQUIREMENTS.index(one.ask.requirement))
        for one in ranked[MOST_CRITERIA:]:
            self._leave_out(f"More than {MOST_CRITERIA} criteria", one.skills)
        return ranked[:MOST_CRITERIA]

    def _nearest(self) -> list[str]:
        """Return our roles, those first that ask for most of the same."""
        asked = {skill for one in self.wanted for skill in one.skills}

        def shared(role: str) -> int:
            return sum(not c.asked.isdisjoint(asked) for c in self.library.rubrics[role].criteria)

        return sorted(self.library.rubrics, key=lambda role: -shared(role))

    def _criteria(self) -> list[dict[str, Any]]:
        """Return the criteria as a rubric's file has them."""
        seen: dict[str, int] = {}
        criteria = []
        for one in self.wanted:
            requirement = one.ask.requirement
            seen[requirement] = seen.get(requirement, 0) + 1
            criteria.append(self._criterion(one, is_early=seen[requirement] <= FIRST))
        return criteria

    def _criterion(self, one: Wanted, *, is_early: bool) -> dict[str, Any]:
        same = self._same(one)
        asked, level = one.ask.requirement, self._level(one.ask)
        required = self._required(same, asked, level)
        is_firm = one.ask.months is not None or (level or 0) >= STRONG
        gate = min(self.library.sources.policy["gate"], required["junior"])
        has_gate = asked == MUST and gate < self.library.sources.policy["gate"]
        return {
            "id": one.id,
            "title": same.title if same else self._title(one),
            "requirement": asked,
            "weight": WEIGHTS[asked] + 2 * is_firm + is_early,
            "required": {band: level_as_written(tenths) for band, tenths in required.items()},
            **({"gate": level_as_written(gate)} if has_gate else {}),
            "skills": expression_as_data(same.skills) if same else _any_of(one.skills),
            **self._wording(one, same),
            "provenance": "authored",
        }

    def _same(self, one: Wanted) -> Criterion | None:
        """Return the criterion of ours that asks the same, of the nearest role that has one."""
        criteria = (criterion for role in self.ours for criterion in self.library.rubrics[role].criteria)
        return next((each for each in criteria if each.id == one.id and self._asks_same(each, one.skills)), None)

    def _asks_same(self, criterion: Criterion, skills: Sequence[str]) -> bool:
        """Tell whether a criterion asks for the same: by its own name, or for any of just these skills."""
        if len(skills) == 1 or self._is_general(skills):
            return skills[0] in (criterion.id, criterion.skills)
        of = criterion.skills
        return isinstance(of, AtLeast) and of.k == 1 and {*skills, criterion.id} == criterion.asked

    def _is_general(self, skills: Sequence[str]) -> bool:
        """Tell whether all other skills are examples of the first."""
        implied = self.library.vocabulary.implied
        return len(skills) > 1 and all(skills[0] in implied[skill] for skill in skills[1:])

    def _wording(self, one: Wanted, same: Criterion | None) -> dict[str, str]:
        if same:
            return {field: getattr(same, field) for field in WORDING}
        what = self._names(one.skills, " or ")
        return {field: sentence.format(what=what) for field, sentence in WORDING.items()}

    def _names(self, skills: Iterable[str], sign: str) -> str:
        return sign.join(self.library.skill_names[skill] for skill in skills)

    def _title(self, one: Wanted) -> str:
        """Return a title that is no other skill's name: titles are names, so that they may head a column."""
        if len(one.skills) == 1:
            return self.library.skill_names[one.id]
        if self._is_general(one.skills):
            title = f"{self._names(one.skills[:1], '')} ({self._names(one.skills[1:], ' / ')})"
        else:
            title = f"{self._names(one.skills, ' / ')} (one of these)"
        of_another = self.library.vocabulary.named(title) not in (None, one.id)
        return f"{title[:-1]}, {self.library.skill_names[one.id]} first)" if of_another else title

    def _level(self, ask: Ask) -> int | None:
        by_years = None if ask.months is None else self.library.policy.level_of_months(ask.months)
        return max((level for level in (ask.level, by_years) if level), default=None)

    def _required(self, same: Criterion | None, requirement: str, level: int | None) -> dict[str, int]:
        """Return the required levels: the usual ones, moved so that what the text says holds for its seniority."""
        usual = same.required if same else dict(zip(SENIORITIES, REQUIRED[requirement], strict=True))
        moved = level - usual[self.target] if level else 0
        return {band: min(TOP, max(LEAST, usual[band] + moved)) for band in SENIORITIES}

    # Seniority

    def _target(self, experience: str) -> str:
        """Return the seniority that the text is for, by its title or the years it asks; else the middle one."""
        told = band_of(self.job.title or "") or band_of(experience)
        months = max([self.job.months or 0, *(ask.months or 0 for ask in self.job.asks)])
        by_years = next(band for band in reversed(SENIORITIES) if BANDS[band] * 12 <= months) if months else None
        target = told or by_years or "mid"
        self.notes.append(
            f"Read as a role for the seniority {target}{'' if told or by_years else ', as it says none'}."
        )
        return target

    def _bands(self) -> dict[str, int]:
        """Return the least years of each seniority: the usual ones, with the years that the text asks at its own."""
        years = min(MOST_YEARS, (self.job.months or 0) // 12)
        if not years:
            return dict(BANDS)
        self.notes.append(f"Years of experience that it asks for: {years}.")
        if self.target == "senior":
            senior = max(2, years)
            return {"junior": 0, "mid": min(BANDS["mid"], senior - 1), "senior": senior}
        if self.target == "mid":
            mid = min(MOST_YEARS - 1, years)
            return {"junior": 0, "mid": mid, "senior": max(BANDS["senior"], mid + 1)}
        return dict(BANDS)

    def _markers(self) -> dict[str, list[dict[str, Any]]]:
        """Return the markers of our roles that the text speaks of, under their band, each once."""
        known: dict[str, dict[str, Any]] = {}
        for role in reversed(self.ours):
            for band, markers in self.library.document(role)["markers"].items():
                known |= {f"{band}.{marker['id']}": {**marker, "provenance": "authored"} for marker in markers}
        found: dict[str, list[dict[str, Any]]] = {band: [] for band in SENIORITIES}
        slugs: set[str] = set()
        for told in self.job.markers:
            band, _, slug = told.marker.partition(".")
            if told.marker in known and slug not in slugs:
                slugs.add(slug)
                found[band].append(known[told.marker])
        return found


def _firmest(asks: Iterable[Ask]) -> list[Ask]:
    """Return what is asked, each set of skills once: as it is asked most firmly, at the highest level said."""
    found: dict[frozenset[str], Ask] = {}
    for ask in asks:
        before = found.get(frozenset(ask.skills))
        found[frozenset(ask.skills)] = _firmer(before, ask) if before else ask
    return list(found.values())


def _firmer(one: Ask, other: Ask) -> Ask:
    first = other if FIRM.index(other.requirement) > FIRM.index(one.requirement) else one
    level = max(one.level or 0, other.level or 0) or None
    return first._replace(level=level, months=max(one.months or 0, other.months or 0) or None)


def _is_idle(ask: Ask, chosen: Container[str]) -> bool:
    """Tell whether a skill is only named, and part of a choice that is asked."""
    return ask.requirement == SHOULD and ask.skills[0] in chosen


def _any_of(skills: Sequence[str]) -> Any:
    return skills[0] if len(skills) == 1 else {"any_of": list(skills)}


def _free(name: str, draft: str, further: str, taken: Container[str], *, always: bool = False) -> str:
    """Return a name that is not taken yet: itself, then as a draft, then as one of more drafts."""
    tried = chain([] if always else [name], [draft.format(name)], (further.format(name, n) for n in count(2)))
    return next(one for one in tried if one not in taken and one.casefold() not in taken)


def _why(told: Ask | Told) -> dict[str, Any]:
    return {"why": told.quote, "source": {"pointer": told.where, "start": told.start, "end": told.end}}
