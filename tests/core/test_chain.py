"""Whatever is done to the trail afterwards shows, and at the right place."""

import random

import pytest

from service.core.chain import START, Entry, Fault, Head, seal, verify


def chain(length):
    entries, before = [], START
    for number in range(1, length + 1):
        bare = Entry(
            number, f"2026-11-{number % 28 + 1:02}T00:00:00+00:00", "key:ats", "import", f"i{number}", {"n": number}, ""
        )
        before = seal(before, bare)
        entries.append(bare._replace(hash=before))
    return entries, Head(length, before)


def test_what_was_not_touched_is_intact():
    assert verify(*chain(50)) is None
    assert verify([], Head(0, START)) is None


TAMPERINGS = {
    "changed": lambda entries, at, dice: entries.__setitem__(
        at, entries[at]._replace(**{dice.choice(("at", "actor", "action", "object")): f"x{dice.random()}"})
    ),
    "details": lambda entries, at, _: entries.__setitem__(at, entries[at]._replace(details={"n": -1})),
    "hash": lambda entries, at, _: entries.__setitem__(at, entries[at]._replace(hash="0" * 64)),
    "gone": lambda entries, at, _: entries.pop(at),
    "twice": lambda entries, at, _: entries.insert(at, entries[at]),
    "put in": lambda entries, at, _: entries.insert(at, entries[at]._replace(actor="nobody")),
    "cut off": lambda entries, at, _: entries.__delitem__(slice(at, None)),
}


def test_ten_thousand_tamperings_are_found_where_they_are():
    dice, (entries, head) = random.Random(20261121), chain(40)
    found = 0
    for _ in range(10_000):
        touched, at, kind = list(entries), dice.randrange(40), dice.choice([*TAMPERINGS])
        TAMPERINGS[kind](touched, at, dice)
        fault = verify(touched, head)
        assert fault is not None, (kind, at)
        # What stands twice is seen where it is met the second time; a hash shows in its own entry.
        assert fault.number in ((at + 1, at + 2) if kind in ("twice", "put in") else (at + 1,)), (kind, at, fault)
        found += 1
    assert found == 10_000


def test_two_that_changed_places_are_found():
    entries, head = chain(10)
    entries[3], entries[4] = entries[4], entries[3]
    assert verify(entries, head) == Fault(4, "is missing")


def test_an_entry_behind_the_end_and_another_last_one_are_found():
    entries, head = chain(10)
    assert verify(chain(11)[0], head) == Fault(11, "was put behind the end")
    assert verify(entries, Head(10, "f" * 64)) == Fault(10, "is not the one that was last")


@pytest.mark.parametrize("cut", range(1, 10))
def test_an_end_cut_off_is_found(cut):
    entries, head = chain(10)
    assert verify(entries[:cut], head) == Fault(cut + 1, "is missing at the end")
