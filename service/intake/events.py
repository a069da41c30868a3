"""Webhooks of applicant tracking systems: what happened, to whom, and whether a candidate comes with it.

Actions after the public documentation of Greenhouse, Lever and Ashby; those of others are told by the words in them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from service.errors import InvalidInput
from service.intake.draft import short
from service.intake.node import text_of

ACTIONS = ("action", "event", "event_type", "eventType", "event_name", "eventName", "type")
"""Where a webhook says what happened; `type` says so only beside an object with the data."""

ENVELOPES = ("payload", "data")
"""Where it says to what."""

OF_A_CANDIDATE = frozenset(("external_id", "name", "first_name", "last_name", "basics", "person"))
"""Fields that a candidate has, and no webhook has beside its action."""

CARRIERS = frozenset((
    "new candidate application", "application updated", "update application", "new prospect application",
    "prospect created", "candidate created", "create candidate", "new candidate", "update candidate",
    "candidate updated", "candidate update", "candidate create", "candidate stage change", "candidate stage changed",
    "hire candidate", "candidate hire", "candidate hired", "unhire candidate", "candidate unhired",
    "reject candidate", "candidate rejected", "unreject candidate", "candidate unrejected", "application submit",
    "application submitted", "application created", "application create", "application update",
    "candidate archive change", "candidate moved", "contact created", "contact updated",
))  # fmt: skip
"""What happens to a candidate that goes on being one: a webhook that tells of it may carry the candidate."""

NOTICES = frozenset(("deletion_notice", "merge_notice", "ping"))
"""What is a webhook whatever stands beside its action: somebody who was deleted must not come back as a candidate."""

PINGS = frozenset(("ping", "test", "webhook test", "test webhook"))

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_GONE = re.compile(r"\b(?:delet\w+|eras\w+|anonymi[sz]\w+|remov\w+|purg\w+|redact\w+|destroy\w*|forget|forgotten)\b")
_MERGED = re.compile(r"\bmerg\w+\b")
_PERSON = re.compile(r"\b(?:candidate|person|people|contact|prospect|applicant|opportunity|profile|talent)s?\b")
_ELSE = re.compile(
    r"\b(?:applications?|offers?|jobs?|interviews?|scorecards?|departments?|offices?|postings?|surveys?|requisitions?|"
    r"fields?|tags?|notes?|resumes?|stages?|files?|attachments?)\b"
)
_IDS = (
    ("person", "id"), ("candidate", "id"), ("candidate_id",), ("candidateId",), ("contactId",), ("contact", "id"),
    ("opportunityId",), ("opportunity", "id"), ("application", "candidate_id"), ("application", "candidateId"),
    ("application", "candidate", "id"), ("person_id",), ("prospect", "id"), ("applicant", "id"),
)  # fmt: skip
"""Where in its data a webhook gives the id of the candidate."""

UNKNOWN = "the action is not known: nothing was read, stored or changed"
NOT_CANDIDATE = "the webhook carries no candidate: nothing was stored or changed"
PING = "a test of the connection: it arrived, and nothing was stored"
WITHOUT = (
    "the webhook is about a candidate but does not carry the whole candidate: nothing was stored. Send the candidate "
    "as the API of your system returns it"
)
MERGED = (
    "two candidates were merged in your system: nothing was merged or erased here. To merge them, call "
    "POST /api/v1/candidates/{id}/merge; to erase the one that is gone, call DELETE /api/v1/candidates/{id}"
)
DELETED = "a notice of deletion: nothing was erased here. To erase the candidate, call DELETE /api/v1/candidates/{id}"
DELETED_OTHER = (
    "a notice of deletion that is not about a candidate: nothing was erased here. To erase the candidate as well, call "
    "DELETE /api/v1/candidates/{id}"
)


class Event(NamedTuple):
    """A webhook: where it says what happened, what that is, and its data."""

    key: str
    action: str
    data: Mapping[str, Any]
    system: str | None

    @property
    def words(self) -> str:
        """Return the action in words: `candidateStageChange` and `candidate_stage_change` are one."""
        return " ".join(_WORD.findall(self.action)).lower()

    @property
    def may_carry(self) -> bool:
        """Tell whether it may carry a candidate to be stored."""
        return self.words in CARRIERS

    @property
    def told(self) -> tuple[str, str]:
        """Return the code and the reason for which nothing is stored."""
        words = self.words
        if words in PINGS:
            return "ping", PING
        if _MERGED.search(words):
            return "merge_notice", MERGED
        if _GONE.search(words):
            return "deletion_notice", DELETED if self._is_of_person else DELETED_OTHER
        if self.may_carry:
            return "no_candidate_in_event", WITHOUT
        return ("not_a_candidate", NOT_CANDIDATE) if _ELSE.search(words) else ("unknown_event", UNKNOWN)

    @property
    def ids(self) -> list[str]:
        """Return what may be the candidate's id, the likeliest first."""
        found = list(dict.fromkeys(filter(None, (text_of(_inside(self.data, path)) for path in _IDS))))
        own = text_of(self.data.get("id"))
        return [own] if own and self._is_of_person and not found else found

    @property
    def _is_of_person(self) -> bool:
        return bool(_PERSON.search(self.words)) and not _ELSE.search(self.words)


class NotACandidate(InvalidInput):
    """A webhook that carries no candidate to store; `event` is what it tells of."""

    title = "Not a candidate"

    def __init__(self, event: Event, at: str) -> None:
        code, reason = event.told
        self.event, self.pointer, self.reason = event, f"{at}/{event.key}", reason
        detail = f"{event.action}: {reason}."
        super().__init__(detail, [{"pointer": self.pointer, "code": code, "detail": detail}], code=code)


def event_of(data: Mapping[str, Any]) -> Event | None:
    """Return the event that a webhook tells of; None for anything else."""
    envelope = next((key for key in ENVELOPES if isinstance(data.get(key), Mapping | list)), None)
    inner = data.get(envelope or "", data)
    is_object = isinstance(inner, Mapping)
    for key in ACTIONS:
        others = OF_A_CANDIDATE if key == "type" or envelope is None else OF_A_CANDIDATE - {"name"}
        # A list with a type is the answer of a call.
        if key not in data or (key == "type" and not (envelope and is_object)):
            continue
        event = Event(key, short(data[key]), inner if is_object else {}, _system(key, envelope))
        is_notice = key != "type" and event.told[0] in NOTICES
        if not (is_notice or others.isdisjoint(data)):
            continue
        if envelope or event.told[0] != "unknown_event":
            return event
    return None


def _system(key: str, envelope: str | None) -> str | None:
    """Return whose webhook it is, by its shape."""
    return {("action", "payload"): "greenhouse", ("event", "data"): "lever", ("action", "data"): "ashby"}.get(
        (key, envelope or "")
    )


def _inside(data: Any, path: tuple[str, ...]) -> Any:
    """Return what stands at a path; None where nothing does."""
    for step in path:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data
