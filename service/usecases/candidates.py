"""Candidates from pipelines: read, keep, show, erase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any, NamedTuple

from service import storable
from service.core.time import tick_of
from service.errors import InvalidInput, RolefitError
from service.intake import bad_values
from service.intake.candidate import Candidate, from_body
from service.intake.changes import changes
from service.intake.draft import Reader, short
from service.intake.duplicates import traces
from service.intake.events import NotACandidate
from service.intake.formats import FORMATS, locate
from service.intake.node import is_blank
from service.intake.union import read_whole
from service.schemas import faults, strict_json
from service.schemas.candidates import ID_LENGTH, LINE_TOO_LONG, LONGEST_ID
from service.store.records import Kept, Record, Saved
from service.store.work import Work
from service.telling.tally import OUTCOMES
from service.usecases import House, alone, duplicates

DEFECT = (
    "The candidate was not read: the service has a defect here, which it has recorded. Leave out one field after the "
    "other to find the one that it cannot read."
)

MOST_REPLACED = 100
"""Texts of one candidate in which characters were replaced that are listed."""


class Batch(NamedTuple):
    """Candidates read, each with its place in what was sent, and what was rejected: `index` and `errors`.

    `notices` are webhooks that carry no candidate.
    """

    candidates: list[tuple[int, Candidate]]
    rejected: list[dict[str, Any]]
    notices: list[tuple[int, NotACandidate]]

    @property
    def aside(self) -> list[dict[str, Any]]:
        """Return all that is no candidate as rejected: for answers that store nothing."""
        notices = [{"index": index, "errors": notice.errors} for index, notice in self.notices]
        return sorted([*self.rejected, *notices], key=itemgetter("index"))

    @property
    def errors(self) -> list[dict[str, Any]]:
        """Return why each item is no candidate."""
        return [error for row in self.aside for error in row["errors"]]


def read_candidate(
    data: Any,
    reader: Reader,
    at: str,
    form: str | None = None,
    source: str | None = None,
    *,
    strict: bool = True,
) -> Candidate:
    """Read one candidate from JSON; `at` is the pointer to it. Raise InvalidInput with a pointer to each mistake.

    One that is not read strictly loses its bad values, with a remark on each, as long as it says who it is.
    """
    if isinstance(data, strict_json.BrokenLine):
        raise InvalidInput(data.detail, [_error((), f"Line {data.number}: {data.detail}", at)], code="not_json")
    if not isinstance(data, Mapping):
        raise InvalidInput("A candidate is an object.", [_error((), "A candidate is an object.", at)])
    if unstorable := tuple(storable.faults(data)):
        candidate = read_candidate(storable.replaced(data), reader, at, form, source, strict=strict)
        return replace(candidate, remarks=(*candidate.remarks, *_replaced(at, unstorable)))
    name, path = locate(data, form, at)
    shape = FORMATS[name]
    try:
        found = list(faults.flatten(shape.check(data))) if shape.check else []
        if found and (strict or not _may_lose(data, found)):
            raise InvalidInput("The candidate cannot be read.", [_error(*one, at) for one in found])  # noqa: TRY301
        whole, left_out = bad_values.without(data, found, at) if found else (data, [])
        candidate = shape.read(whole, reader, source=source or name, at=at, path=path)
    except RolefitError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and costs this candidate alone
        reader.on_defect(error)
        raise InvalidInput(DEFECT, [{**_error((), DEFECT, at), "code": "defect"}], code="defect") from None
    if candidate.external_id is None and candidate.name is None:
        raise InvalidInput("Nobody.", [_error((), "A candidate needs an external_id or a name.", at)])
    if len(candidate.external_id or "") > LONGEST_ID:
        raise InvalidInput(ID_LENGTH, [_error((), ID_LENGTH, at)])
    return replace(candidate, remarks=(*left_out, *candidate.remarks)) if left_out else candidate


def _may_lose(data: Mapping[str, Any], found: Sequence[tuple[faults.Path, str]]) -> bool:
    """Tell whether a candidate still says who it is without its bad values: under another id it would be another."""
    bad = dict(found)
    if () in bad or (("external_id",) in bad and not is_blank(data["external_id"])):
        return False
    return bad.get(("name",)) in (None, LINE_TOO_LONG) or not is_blank(data.get("external_id"))


def _replaced(at: str, unstorable: Sequence[tuple[storable.Path, str]]) -> Iterator[dict[str, Any]]:
    """Yield a remark for each text of which characters were replaced, as far as they are listed."""
    for path, text in unstorable[:MOST_REPLACED]:
        value = short(storable.replaced(text))
        yield {"pointer": at + faults.pointer(path), "value": value, "detail": storable.REPLACED}
    if (more := len(unstorable) - MOST_REPLACED) > 0:
        yield {"pointer": at, "value": "", "detail": f"and {more} more: {storable.REPLACED}"}


def _error(path: faults.Path, message: str, at: str) -> dict[str, Any]:
    return {"pointer": at + faults.pointer(path), "code": "invalid", "detail": message}


def check_form(form: str | None) -> None:
    """Raise InvalidInput for a form of JSON that is not read."""
    if form is not None and form not in FORMATS:
        raise InvalidInput(
            f"The format {form!r} is not read. Formats are: {', '.join(FORMATS)}.", code="unknown_format"
        )


def read_batch(
    items: Sequence[Any],
    reader: Reader,
    at: str | None = "/candidates",
    form: str | None = None,
    source: str | None = None,
) -> Batch:
    """Read a list of candidates; those that cannot be read are rejected one by one, the rest is kept.

    `at` is the pointer to the list, or None for a candidate that was sent alone. A single candidate is read strictly:
    who sends it is there to mend it. Of several each keeps what is good.
    """
    batch = Batch([], [], [])
    for index, item in enumerate(items):
        try:
            pointer = "" if at is None else f"{at}/{index}"
            candidate = read_candidate(item, reader, pointer, form, source, strict=len(items) == 1)
            batch.candidates.append((index, candidate))
        except NotACandidate as notice:
            batch.notices.append((index, notice))
        except InvalidInput as error:
            batch.rejected.append({"index": index, "errors": error.errors})
    return batch


def refuse_if_nothing_good(batch: Batch) -> None:
    """Raise InvalidInput where nothing of a batch could be used: a webhook without a candidate is as it should be."""
    if not batch.candidates and not batch.notices:
        raise InvalidInput("No candidate could be read.", batch.errors, code="nothing_usable")


def record(candidate: Candidate) -> Record:
    """Return a candidate as the store keeps it."""
    return Record(
        candidate.source,
        candidate.key,
        candidate.external_id,
        candidate.name,
        candidate.digest,
        candidate.body(),
        traces(candidate),
    )


def changed(candidate: Candidate, saved: Saved, house: House) -> list[dict[str, Any]]:
    """Return what an update changed; nothing where there was none."""
    return changes(from_body(saved.before), candidate, house.skill_names) if saved.before else []


def whole(kept: Kept, as_of: dt.date) -> Candidate:
    """Return a kept candidate, with all that was merged into it."""
    return read_whole(kept.body, kept.members, tick_of(as_of))


def keep(
    items: Sequence[Any],
    house: House,
    at: str | None,
    form: str | None,
    source: str | None,
    also: Callable[[Work, dict[str, Any]], object] = alone,
    *,
    ignored: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Store candidates from a pipeline: the good ones are kept, and each item has its outcome in the order sent.

    `also` is called with what is answered, in the same transaction. `ignored` is what was not read beside the items.
    """
    check_form(form)
    batch = read_batch(items, house.reader, at, form, source)
    refuse_if_nothing_good(batch)
    with house.store.transaction() as work:
        saved = work.save_candidates([record(candidate) for _, candidate in batch.candidates], house.now())
        house.levels.keep(work, saved, [candidate for _, candidate in batch.candidates], house.today)
        likely = duplicates.likely(work, {one.id for one in saved})
        answer = _outcomes(batch, saved, likely, _known(work, batch, source), house)
        answer["ignored"] = list(ignored)
        house.note(work, "candidates.store", "", **answer["counts"])
        also(work, answer)
    house.tally.posted(answer["counts"])
    return answer


def _outcomes(
    batch: Batch, saved: Sequence[Saved], likely: Mapping[str, list[dict[str, Any]]], known: Mapping[int, str],
    house: House,
) -> dict[str, Any]:  # fmt: skip
    """Return what became of each item of a batch, in the order sent, and how many had which outcome.

    `known` are the ids of the candidates that webhooks tell of, by index.
    """
    outcomes: dict[int, dict[str, Any]] = {row["index"]: {**row, "outcome": "rejected"} for row in batch.rejected}
    outcomes |= {index: _ignored(index, notice, known.get(index)) for index, notice in batch.notices}
    for (index, candidate), kept in zip(batch.candidates, saved, strict=True):
        outcomes[index] = {
            "index": index,
            "outcome": kept.outcome,
            "id": kept.id,
            **candidate.label,
            "changes": changed(candidate, kept, house),
            "likely_duplicates": likely.get(kept.id, []),
            "ignored": list(candidate.remarks),
        }
    results = [outcomes[index] for index in sorted(outcomes)]
    counts = dict.fromkeys(OUTCOMES, 0)
    for result in results:
        counts[result["outcome"]] += 1
    return {"results": results, "counts": counts}


def _ignored(index: int, notice: NotACandidate, id_: str | None) -> dict[str, Any]:
    """Return the outcome of a webhook that carries no candidate: why, and the id of whom it tells of, if known."""
    reason = notice.reason.replace("{id}", id_) if id_ else notice.reason
    remark = {"pointer": notice.pointer, "value": notice.event.action, "detail": reason}
    return {"index": index, "outcome": "ignored", **({"id": id_} if id_ else {}), "reason": reason, "ignored": [remark]}


def _known(work: Work, batch: Batch, source: str | None) -> dict[int, str]:
    """Return the ids of the stored candidates that webhooks tell of, by the place of the webhook."""
    asked = [
        (index, source or notice.event.system, key)
        for index, notice in reversed(batch.notices) for key in reversed(notice.event.ids)
    ]  # fmt: skip
    known = work.ids_of({(of, key) for _, of, key in asked if of})
    return {index: known[of, key] for index, of, key in asked if of and (of, key) in known}


def show(house: House, id_: str) -> dict[str, Any]:
    """Return a kept candidate: who, what was read, what was set aside, and who else it is or may be."""
    with house.store.reading() as work:
        kept = work.candidate(id_)
        likely = duplicates.likely(work, [id_]).get(id_, [])
        survivor = work.people.survivor(id_)
    candidate = whole(kept, house.today)
    return {
        **summary(kept),
        "headline": candidate.contact.get("headline"),
        "contact": candidate.contact,
        "extra": candidate.extra,
        "ignored": list(candidate.remarks),
        "skills": sorted({piece.skill for piece in candidate.profile.evidence}),
        "sheet": candidate.profile.sheet,
        "row": candidate.profile.row,
        "merged_into": None if survivor == id_ else survivor,
        "merged": duplicates.members(kept),
        "likely_duplicates": likely,
    }


def summary(kept: Kept) -> dict[str, Any]:
    """Return a kept candidate in a line of a list."""
    return {
        "id": kept.id,
        "source": kept.source,
        "external_id": kept.external_id,
        "name": kept.name,
        "created_at": iso(kept.created_at),
        "updated_at": iso(kept.updated_at),
    }


def iso(time: dt.datetime) -> str:
    """Return a time as answers write it."""
    return time.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
