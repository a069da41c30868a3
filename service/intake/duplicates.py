"""Who is likely the same person twice, and why. A guess for people to decide on: nothing is merged by it.

What counts is the same e-mail address; or the same name, together with the same id, or with a time at the same
employer. A name alone is no sign: in a large pool most of those who share one are different people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from service import identity
from service.core.time import Span, begun, ended
from service.intake.candidate import Candidate, Job


def traces(candidate: Candidate) -> frozenset[str]:
    """Return the traces of a candidate: who shares none of them is not compared."""
    email = candidate.contact.get("email")
    employers = (job.organization for job in _jobs(candidate))
    return identity.traces(candidate.name, candidate.external_id, email if isinstance(email, str) else None, employers)


def told(shared: Collection[str]) -> str | None:
    """Return why two candidates are likely one person, where the traces that they share tell as much."""
    kinds = {trace[0] for trace in shared}
    if identity.E_MAIL in kinds:
        return "The same e-mail address."
    if identity.NAME_AND_ID in kinds:
        return "The same name, and the same id in another source."
    return None


def worked_together(one: Candidate, other: Candidate) -> str | None:
    """Return why two candidates with the same name and an employer in common are likely one person, else None."""
    jobs = next(_together(one, other), None)
    return None if jobs is None else f"The same name, and both were with {_both(*jobs)}."


def _together(one: Candidate, other: Candidate) -> Iterator[tuple[Job, Job]]:
    """Yield the jobs of two candidates that may be one and the same."""
    for mine in _jobs(one):
        employer = identity.employer(mine.organization)
        for theirs in _jobs(other):
            same = employer is not None and identity.employer(theirs.organization) == employer
            if same and _may_overlap(mine.span, theirs.span):
                yield mine, theirs


def _jobs(candidate: Candidate) -> Sequence[Job]:
    """Return the jobs of a candidate; the company beside the name is one in those stored before it counted as such."""
    company = candidate.contact.get("company")
    return candidate.history or ([Job(None, company)] if isinstance(company, str) else [])


def _may_overlap(one: Span | None, other: Span | None) -> bool:
    """Tell whether two stretches may have a day in common; an unknown one may."""
    if one is None or other is None:
        return True
    return one.start[0] < other.end[1] and other.start[0] < one.end[1]


def _both(mine: Job, theirs: Job) -> str:
    """Return where and when in words: "Works (2019-01 to present, and 2020 to 2023)"."""
    spans = list(
        dict.fromkeys(f"{begun(job.span.start)} to {ended(job.span.end)}" for job in (mine, theirs) if job.span)
    )
    return f"{mine.organization} ({', and '.join(spans)})" if spans else str(mine.organization)
