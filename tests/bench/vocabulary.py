"""How well and how fast names become skills: `python tests/bench/vocabulary.py`.

First the commonest names of real postings, with every one that is not read. Then many raw names of which a fifth have a
slip, beside a plain dict and rapidfuzz's `cdist` of what it misses; both take turns, and the median counts.
"""

from __future__ import annotations

import csv
import random
import resource
import statistics
import string
import sys
import time
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from service import rubric_library
from service.skills.spelling import ALIKE, BLOCK, Answer, Spelling
from service.usecases import reader_of

POSTINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "vocab" / "ai_engineer_skill_frequencies.csv"
NAMES, SLIPS, ROUNDS = 100_000, 20_000, 3


def unread(library):
    """The names in postings that are not read as one skill each, and how many names there are."""
    reader = reader_of(library)
    with POSTINGS.open(encoding="utf-8", newline="") as file:
        names = [row["skill"] for row in csv.DictReader(file)]
    items = {name: [reader.item(item) for item in library.vocabulary.split(name)] for name in names}
    return [name for name in names if not all(skill and not said.note for skill, said in items[name])], len(names)


def slipped(name, dice):
    """Leave out, add, change or swap one letter."""
    at = dice.randrange(1, len(name))
    kept, letter = name[:at], dice.choice(string.ascii_lowercase)
    rests = [name[at + 1 :], letter + name[at:], letter + name[at + 1 :], name[at : at + 2][::-1] + name[at + 2 :]]
    return kept + dice.choice(rests)


def raw_names(library, dice):
    """Names as people write them, a fifth of them with a slip."""
    known = [name for name in library.vocabulary.names if len(name) > 2]
    right = [dice.choice((str.upper, str.lower, str.title))(dice.choice(known)) for _ in range(NAMES - SLIPS)]
    wrong = [slipped(dice.choice(known), dice) for _ in range(SLIPS)]
    names = right + wrong
    dice.shuffle(names)
    return names


def bare(names, by_name):
    """A plain dict, then `cdist` of what it misses."""
    found = [by_name.get(name.casefold()) for name in names]
    choices = list(by_name)
    missed = [name.casefold() for name, skill in zip(names, found, strict=True) if skill is None]
    for start in range(0, len(missed), BLOCK):
        process.cdist(
            missed[start : start + BLOCK],
            choices,
            scorer=OSA.normalized_similarity,
            score_cutoff=ALIKE,
            dtype=np.float32,
        ).argmax(axis=1)
    return found


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main():
    library = rubric_library.load()
    if POSTINGS.exists():
        missed, total = unread(library)
        print(f"names in postings: {total - len(missed)} of {total} read, {1 - len(missed) / total:.1%}")
        print(f"not read: {', '.join(missed)}")
    names, by_name = raw_names(library, random.Random(1)), dict(library.vocabulary.names)
    ours, plain = [], []
    before = peak()
    for _ in range(ROUNDS):
        fresh = Spelling(rubric_library.load.__wrapped__().vocabulary)
        ours.append(timed(lambda: deque(fresh.resolve_all(names), maxlen=0)))  # noqa: B023 - called at once
        plain.append(timed(lambda: bare(names, by_name)))
    print(f"peak memory: {before} MB before, {peak()} MB after {ROUNDS} rounds")
    mine, theirs = statistics.median(ours), statistics.median(plain)
    print(f"{NAMES:,} names, {SLIPS:,} with a slip: {mine:.2f} s, bare {theirs:.2f} s, {mine / theirs:.2f} times")
    answers = list(fresh.resolve_all(names))
    read = sum(answer.slip for answer in answers)
    offered = sum(answer.suggestion is not None for answer in answers)
    print(f"slips read: {read:,}; suggested: {offered:,}; neither: {answers.count(Answer()):,}")


if __name__ == "__main__":
    main()
