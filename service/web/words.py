"""How figures and states are written on pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from service.reports import wording
from service.store.decisions import Decision
from service.usecases.accounts import ANYBODY
from service.usecases.history import Event

BATCH = re.compile(r"^/candidates/\d+|^/\d+(?=/)")
"""What comes before a candidate in a batch, and says nothing of the candidate."""

GATES = {
    "pass": "All must-haves confirmed",
    "open": "A must-have is not known yet",
    "fail": "A must-have is missing",
}
OUTCOMES = {"new": "created", "updated": "updated", "unchanged": "unchanged"}
"""What becomes of people who are imported, and how a report counts it."""

MOST_NAMED = 5
STATES = {"met": "met", "below": "below", "unknown": "not known", "missing": "missing"}


def points(value: float) -> str:
    """Return points with two decimals, as everywhere."""
    return f"{value:.2f}"


def level(row: Mapping[str, Any]) -> str:
    """Return the level of a row or gap: known, a span, or a question mark."""
    return str(wording.shown_level(row))


def number(value: float) -> str:
    """Return a number without a needless `.0`."""
    return str(wording.number(value))


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return how many there are of something: "1 candidate", "1,200 candidates"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def import_words(report: Mapping[str, Any]) -> str:
    """Return what a button does that imports a file, with its figures: how many are new, and whether any is scored."""
    if report.get("first_rows") or "counts" not in report:
        return "Import the whole file"
    outcomes = {what: report["counts"][of] for what, of in OUTCOMES.items() if report["counts"][of]}
    people = sum(outcomes.values())
    if outcomes.keys() == {"unchanged"}:
        return f"Import {counted(people, 'person', 'people')}: {'it is' if people == 1 else 'all are'} here as they are"
    whole = "all " if people > 1 else ""
    told = [f"{whole}{what}" if count == people else f"{count:,} {what}" for what, count in outcomes.items()]
    scorable = report["scorable"]
    none = "; none can be scored yet" if scorable["people"] and not scorable["with_evidence"] else ""
    return f"Import {counted(people, 'person', 'people')}{': ' if told else ''}{', '.join(told)}{none}"


def likely_there(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return which new people of a dry run are likely stored already: the first, how many, and the usual reason."""
    found = [
        {**other, "row": one["row"]}
        for one in report.get("likely_duplicates", ())
        for other in one["likely_duplicates"][:1]
        if one["id"] is None and other["id"] is not None
    ]
    reasons = Counter(one["reason"] for one in found)
    is_more = report.get("likely_duplicates_total", 0) > len(report.get("likely_duplicates", ()))
    return {"first": found[:MOST_NAMED], "total": len(found), "is_more": is_more, "reasons": reasons.most_common(2)}


def shade(value: Any) -> str:
    """Return the class of a heat map's cell: h0 to h5, or hu where nothing is known."""
    text = str(value)
    return "hu" if text == wording.UNKNOWN else f"h{round(float(text.split('–', maxsplit=1)[0]))}"


def known(entry: Mapping[str, Any]) -> str:
    """Return how many of the criteria anything is known about: "9 of 18"."""
    rows = [row for row in entry["criteria"] if row["unit"] == "level"]
    return f"{sum(1 for row in rows if row['state'] != 'unknown')} of {len(rows)}"


def place(source: Mapping[str, Any]) -> str:
    """Return where evidence stood: a cell of a sheet, or a pointer into what was sent."""
    if "row" in source:
        sheet = f"{source['sheet']}, " if source.get("sheet") else ""
        return f"{sheet}cell {source['column']}{source['row']}"
    return _steps(source["pointer"]) or "the whole"


def _steps(pointer: str) -> str:
    """Return a pointer as steps that people count: `/candidates/0/projects/0/skills/2` is "project 1, skill 3"."""
    steps: list[str] = []
    for part in BATCH.sub("", pointer).strip("/").split("/"):
        if part.isdigit() and steps:
            steps[-1] = f"{steps[-1].removesuffix('s')} {int(part) + 1}"
        else:
            steps.append(part.replace("~1", "/").replace("~0", "~").replace("_", " "))
    return ", ".join(steps)


def moved(by: int) -> str:
    """Return how far somebody rose or fell, in ranks."""
    return f"▲ {by}" if by > 0 else f"▼ {-by}" if by < 0 else ""


def said(value: Any, names: Mapping[str, str]) -> str:
    """Return a field of a rubric in words: an expression over skills by their names, phrases with commas between."""
    if value is None:
        return "–"
    if isinstance(value, Mapping):
        ((kind, of),) = value.items()
        k, members = (of["k"], of["of"]) if kind == "at_least" else (None, of)
        amount = {"any_of": "any of", "all_of": "all of"}.get(kind, f"at least {k} of")
        told = (f"({said(one, names)})" if isinstance(one, Mapping) else names.get(one, one) for one in members)
        return f"{amount} {', '.join(told)}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return names.get(value, value) if isinstance(value, str) else f"{value:g}"


def chance(share: float) -> str:
    """Return a share of draws; what is nearly never or nearly always is not rounded to it."""
    if 0 < share < 0.01:  # noqa: PLR2004 - a hundredth
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"  # noqa: PLR2004 - a hundredth


def span(ends: Sequence[int]) -> str:
    """Return a range of ranks."""
    low, high = ends
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def short(title: str) -> str:
    """Return a criterion's title without what stands in brackets."""
    return title.split(" (", maxsplit=1)[0]


def worth(question: Mapping[str, Any], top: int) -> str:
    """Return what the answer to a question may change."""
    told = []
    if question["opens_gate"]:
        told.append(f"must-have met in {chance(question['opens_gate'])} of answers")
    if question["enters"]:
        told.append(f"top {top} reached in {chance(question['enters'])}")
    return ", ".join([*told, f"{question['rise']:.2f} points on average"])


def goal(asked: Mapping[str, Any]) -> str:
    """Return what is to be reached."""
    if asked["gate"]:
        return "To confirm all must-haves"
    return f"To reach the top {asked['top']}" if asked["top"] else f"To reach a fit of {asked['fit']}"


def step(change: Mapping[str, Any]) -> str:
    """Return the level that is wanted beside the one there is: "at least 3, now 1", "at least 3, now not known"."""
    now = wording.shown(change["level"], change["level_high"], wording.TOP_LEVEL)
    return f"at least {wording.number(change['to'])}, now {'not known' if now == wording.UNKNOWN else now}"


def event(found: Event, title: str) -> str:
    """Return what happened to a candidate; `title` is the role's where somebody decided."""
    if found.decision:
        return f"{_said(found.decision)} for {title}, {found.decision.seniority}: {found.decision.reason}"
    who = f"{found.name} (merged)" if found.name else ""
    told = {
        "created": f"Record of {who} came in" if who else "Came in",
        "updated": f"Record of {who} was brought up to date" if who else "Brought up to date",
        "restored": f"Record of {who} was put back as it was before" if who else "Put back as it was before",
    }
    other = found.name or "a record that is no longer here"
    merges = {
        "merged": f"{other} was found to be the same person, and merged in",
        "unmerged": f"{other} was taken out again as another person",
        "merged_into": f"Merged into {other}",
        "taken_out": f"Taken out of {other} again",
    }
    return {**told, **merges}[found.what]


def actor(name: str) -> str:
    """Return who did it, without the kind of account; on a service without accounts nobody is told apart."""
    return "at this machine" if name == ANYBODY.actor else name.removeprefix("user:")


def _said(decision: Decision) -> str:
    if decision.points is None:
        return {"shortlist": "Shortlisted", "hold": "Put on hold", "decline": "Declined"}[decision.what]
    return f"Adjusted by {decision.points / 100:+g}"


FILTERS = {
    "said": said,
    "goal": goal,
    "step": step,
    "event": event,
    "actor": actor,
    "chance": chance,
    "span": span,
    "short": short,
    "worth": worth,
    "points": points,
    "level": level,
    "at_gate": wording.shown_at_gate,
    "number": number,
    "counted": counted,
    "shade": shade,
    "known": known,
    "place": place,
    "moved": moved,
    "years": wording.shown_years,
    "gate_words": GATES.__getitem__,
    "state_words": STATES.__getitem__,
    "skills_words": wording.expression_words,
}
