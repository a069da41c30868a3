"""What is wrong or worth knowing about a vocabulary that can be used: names that do nothing, skills nobody asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from service.skills.names import normalise
from service.skills.vocabulary import Skill, Vocabulary

_ORDINARY = """
access act actions agents agile airflow angular ant apollo argo atlas aurora backbone bamboo beam bedrock bolt bootstrap
celery chain chef chai cockpit comet compass composer consul copilot crystal cursor cypress dart dash dataflow delta
drill druid echo elixir ember epic excel express fiber fire flask flow flux forge forms gemini ghost glue go grunt gulp
haystack helm hive horizon ignite impala iris jasmine jest kite lambda lattice lex lightning logging looker make maven
mesh metabase mocha monday nest next nomad notion octave oracle outlook pages palm pandas parcel phoenix pig pillow
playwright polly postman prefect presto processing prophet puppet pulsar python rails ray react reason redux rest rocket
ruby rust sage salt scale scheme scrapy segment selenium sentry server sheets sketch slack snowflake soap solid spark
spring storm streams superset swagger swift tableau teams terraform tracing transcribe translate triton turbo unity
vault vertex vision whisper word
"""
ORDINARY = frozenset(_ORDINARY.split())
"""Words that English has for other things too: in running text each needs a rule for the company it must keep."""


class Lint(NamedTuple):
    """Faults are to be mended: mappings with `skill`, `code` and `detail`. Notes are sentences, for information."""

    faults: list[dict[str, str]]
    notes: list[str]


def lint(vocabulary: Vocabulary, asked: Collection[str], ruled: Collection[str] = ()) -> Lint:
    """Look a vocabulary over. `asked` are the skills of all criteria, `ruled` the names with a rule for their company.

    Names claimed twice and circles of implications are no matter for it: no vocabulary is made of such skills.
    """
    faults = [fault for skill in vocabulary.skills.values() for fault in _name_faults(skill, vocabulary)]
    rules = {normalise(name): name for name in ruled}
    faults += [
        _fault("", "unknown_rule", f"There is a rule for {name!r}, which is no name of any skill.")
        for form, name in rules.items()
        if form not in vocabulary.names
    ]
    return Lint(faults, [*_unasked(vocabulary, asked), *_unruled(vocabulary, rules)])


def _name_faults(skill: Skill, vocabulary: Vocabulary) -> Iterator[dict[str, str]]:
    """Yield a fault for every alias that says nothing new, and every name that cannot be found as it is written."""
    seen = {normalise(skill.id), normalise(skill.name)}
    for alias in dict.fromkeys(skill.aliases):
        if (form := normalise(alias)) in seen:
            yield _fault(
                skill.id, "redundant_alias", f"{skill.id!r} has the name {alias!r} already, but for its writing."
            )
        seen.add(form)
    for name in dict.fromkeys((skill.name, *skill.aliases)):
        if vocabulary.resolve(name) != skill.id:
            yield _fault(
                skill.id, "unreachable_name", f"No text can name {skill.id!r} by {name!r}: it says more than a name."
            )


def _unasked(vocabulary: Vocabulary, asked: Collection[str]) -> Iterator[str]:
    """Yield for each field the skills that no criterion asks for, not even by what they imply."""
    idle: dict[str, list[str]] = defaultdict(list)
    total: dict[str, int] = defaultdict(int)
    for skill in vocabulary.skills.values():
        total[skill.field] += 1
        if skill.id not in asked and vocabulary.implied[skill.id].isdisjoint(asked):
            idle[skill.field].append(skill.id)
    for field, ids in sorted(idle.items()):
        yield f"{field}: {len(ids)} of {total[field]} skills count for no rubric: {', '.join(sorted(ids))}."


def _unruled(vocabulary: Vocabulary, rules: Collection[str]) -> Iterator[str]:
    """Yield the names that are ordinary words and have no rule."""
    bare = sorted(name for name in vocabulary.names if name in ORDINARY and name not in rules)
    if bare:
        yield f"{len(bare)} names are ordinary English words without a rule: {', '.join(bare)}."


def _fault(skill: str, code: str, detail: str) -> dict[str, str]:
    return {"skill": skill, "code": code, "detail": detail}
