"""What was read of candidates, and where: every piece of evidence, what was ignored and why, and unknown words."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from service.core.policy import Evidence
from service.core.profile import NOTHING, Profile, levels_by
from service.core.result import EvidenceShown, evidence_shown, source
from service.core.rubric import SENIORITIES
from service.core.time import begun, ended, tick_of
from service.errors import InvalidInput
from service.intake.candidate import Candidate, Job, unknown_in
from service.rubric_library import Library
from service.schemas.requests import EvidenceRequestSchema
from service.skills.vocabulary import normalise
from service.usecases import House
from service.usecases.bodies import checked, summary
from service.usecases.candidates import read_batch, whole

REQUEST = EvidenceRequestSchema()

SAID = re.compile(r"(?:(?<!\s)\s+)?[(\[][^()\[\]]*[)\]]\Z")
"""What is said of a skill in brackets behind its name: `Klingon (4)`."""

NO_LONGER = "names a skill that is no longer in the vocabulary: kept, but not scored"

BASIS = {
    (True, True): "as stated",
    (True, False): "as stated",
    (False, True): "of the dated jobs together, overlaps counted once",
    (False, False): "unknown: no figure and no dated job",
}
"""Where years are from: whether a figure was stated, and whether there are dated jobs."""


def evidence_request(body: Any, house: House) -> dict[str, Any]:
    """Return what is read of the candidates of a request, in the order sent; store nothing.

    Raise InvalidInput with every mistake; single candidates that cannot be read are rejected, as long as one can.
    """
    request, errors = checked(body, REQUEST, "Send an object with candidates.")
    batch = read_batch(request.get("candidates", ()), house.reader, form=request.get("format"))
    if errors or not batch.candidates:
        errors += batch.errors
        raise InvalidInput(summary(errors), errors)
    as_of = request.get("as_of") or house.today
    results = [{"index": index, **explained(one, house.library, as_of)} for index, one in batch.candidates]
    return {
        "results": results,
        "rejected": batch.aside,
        "unknown_words": unknown_words(one.unknown for _, one in batch.candidates),
        "as_of": as_of.isoformat(),
    }


def stored_evidence(house: House, id_: str, as_of: dt.date) -> dict[str, Any]:
    """Return what was read of a stored candidate, or of the one that it was merged into. Raise NotFound."""
    with house.store.reading() as work:
        kept = work.person(id_)
    return {**explained(whole(kept, as_of), house.library, as_of, kept.id), "as_of": as_of.isoformat()}


def stored_unknown_words(house: House, top: int) -> dict[str, Any]:
    """Return the unknown words over all stored candidates, the commonest first."""
    with house.store.reading() as work:
        found = unknown_words(
            {word for body in (kept.body, *(member.body for member in kept.members)) for word in unknown_in(body)}
            for kept in work.pool()
        )
    return {"unknown_words": found[:top], "total": len(found)}


def explained(candidate: Candidate, library: Library, as_of: dt.date, id_: str | None = None) -> dict[str, Any]:
    """Return what was read of one candidate."""
    today = tick_of(as_of)
    return {
        "candidate": candidate.label if id_ is None else {"id": id_, **candidate.label},
        "skills": list(_skills(candidate.profile, library, today)),
        "years": _years(candidate.profile, today),
        "jobs": [_job(job) for job in candidate.history or map(_untold, candidate.profile.jobs)],
        "markers": list(_markers(candidate.profile, library)),
        "unknown_words": unknown_words([word] for word in candidate.unknown),
        "ignored": [*candidate.remarks, *_no_longer(candidate.profile, library)],
    }


def _skills(profile: Profile, library: Library, as_of: int) -> Iterator[dict[str, Any]]:
    """Yield every skill that has evidence or is implied, by name, with its level and why."""
    vocabulary, policy = library.vocabulary, library.policy
    known = levels_by(profile.evidence, vocabulary.implied, policy, as_of)
    pieces: dict[str, list[EvidenceShown]] = defaultdict(list)
    for piece in evidence_shown(profile, vocabulary.skills, policy, as_of):
        pieces[piece["skill"]].append(piece)
    implied_by = defaultdict(list)
    for skill in sorted(skill for skill in pieces if skill in known and known[skill].high):
        for proved in vocabulary.implied[skill]:
            # "less than a year" of a skill may be nothing at all, and then it proves nothing
            if proved in known and not known[proved].decided:
                implied_by[proved].append(skill)
    for skill in sorted(pieces.keys() | known.keys(), key=lambda id_: (library.skill_names[id_].casefold(), id_)):
        level = known.get(skill, NOTHING)
        yield {
            "skill": skill,
            "name": library.skill_names[skill],
            "level": level.low / 10,
            "level_high": level.high / 10,
            "implied_by": implied_by[skill],
            "evidence": pieces[skill],
        }


def _years(profile: Profile, as_of: int) -> dict[str, Any]:
    months = profile.experience(as_of)
    low, high = (round(end / 12, 2) for end in months) if months else (None, None)
    return {"low": low, "high": high, "basis": BASIS[profile.months is not None, bool(profile.jobs)]}


def _untold(span: Any) -> Job:
    return Job(span=span)


def _job(job: Job) -> dict[str, Any]:
    start, end = (begun(job.span.start), ended(job.span.end)) if job.span else (None, None)
    return {"title": job.title, "organization": job.organization, "start": start, "end": end}


def _markers(profile: Profile, library: Library) -> Iterator[dict[str, Any]]:
    """Yield the markers that are known, in the order of the bands; those not among them are unknown."""
    of_roles = library.marker_roles
    for id_ in sorted(profile.markers, key=lambda id_: (SENIORITIES.index(id_.partition(".")[0]), id_)):
        seen = profile.markers[id_]
        yield {
            "id": id_,
            "band": id_.partition(".")[0],
            "roles": of_roles.get(id_, []),
            "text": library.marker_titles.get(id_, id_),
            "state": "met" if seen.met else "absent",
            "evidence": [{"source": source(profile, seen), "quote": seen.quote}],
        }


def _no_longer(profile: Profile, library: Library) -> Iterator[dict[str, Any]]:
    """Yield a remark for evidence of skills that the vocabulary knew when it was read, and knows no more."""
    gone: Iterable[Evidence] = (piece for piece in profile.evidence if piece.skill not in library.vocabulary.skills)
    for piece in gone:
        yield {**source(profile, piece), "value": piece.quote or piece.skill, "detail": NO_LONGER}


def unknown_words(of_candidates: Iterable[Iterable[str]]) -> list[dict[str, Any]]:
    """Return the words that name no skill we know, with how many candidates have each, the commonest first.

    Spellings that differ in case, signs and a level in brackets only are one word, shown as it is written most often.
    """
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for listed in of_candidates:
        words = {SAID.sub("", word) or word for word in listed}
        forms = {word: normalise(word) for word in words}
        counts.update(set(forms.values()))
        for word, form in sorted(forms.items()):
            spellings[form][word] += 1
    found = [{"word": _commonest(spellings[form]), "count": count} for form, count in counts.items()]
    return sorted(found, key=lambda one: (-one["count"], one["word"].casefold(), one["word"]))


def _commonest(spellings: Mapping[str, int]) -> str:
    return min(spellings, key=lambda word: (-spellings[word], word))


def listing(
    pool: Sequence[Candidate], report: Mapping[str, Any], library: Library, as_of: dt.date, most: int | None = None
) -> dict[str, Any]:
    """Return what was read of a file's candidates, or of the first so many, and what of the file was not read."""
    return {
        "file": report["file"],
        "as_of": as_of.isoformat(),
        "total": len(pool),
        "results": [explained(candidate, library, as_of) for candidate in pool[:most]],
        "unknown_words": unknown_words(candidate.unknown for candidate in pool),
        "rejected": report["rejected"],
        "notices": report["notices"],
        "columns": report["columns"],
    }
