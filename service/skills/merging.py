"""A user's own skills over ours: what is new is added, what is known gains names and implications, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from service.skills.vocabulary import Skill


def merged(ours: Iterable[Skill], theirs: Iterable[Skill]) -> tuple[Skill, ...]:
    """Return our skills that theirs do not touch, then theirs in their order, so that these bear what goes wrong.

    A skill of theirs with the id of one of ours may lack a name; where it has one, that is a further alias.
    """
    known = {skill.id: skill for skill in ours}
    over = list(theirs)
    touched = {skill.id for skill in over}
    untouched = (skill for id_, skill in known.items() if id_ not in touched)
    return (*untouched, *(_joined(known[skill.id], skill) if skill.id in known else skill for skill in over))


def _joined(ours: Skill, theirs: Skill) -> Skill:
    """Return a skill of ours with the names and implications of theirs beside its own."""
    names = (theirs.name, *theirs.aliases) if theirs.name else theirs.aliases
    return replace(
        ours,
        aliases=tuple(dict.fromkeys((*ours.aliases, *names))),
        implies=tuple(dict.fromkeys((*ours.implies, *theirs.implies))),
    )
