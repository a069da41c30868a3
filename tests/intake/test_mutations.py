"""Sentences made of all that the readers know, torn and glued together: no text ends a reader in an exception."""

import random

import pytest

from service.intake import resume_text
from service.intake.dates import end_of, last_in, span_in, start_of
from service.intake.draft import Draft
from service.skills.cues import CUES
from service.skills.durations import months_of

DATES = (
    "2019", "May 2019", "03/2018", "2019-05-17", "'19", "Q3 2020", "since 2015", "Jan 2020 - present", "2015–19",
    "not used since 2018", "bis heute", "summer 2017", "31.02.2020", "5+ years", "2 yrs 6 months", "½ year",
)  # fmt: skip
GLUE = (
    " ",
    "",
    "  ",
    ", ",
    ". ",
    ".",
    ": ",
    "-",
    " - ",
    "/",
    "\n",
    "\n\n",
    "\n- ",
    " (",
    ") ",
    "; ",
    "'s ",
    "’",
    "&",
    " and ",
    "+",
)
STRANGE = "6.0 ³Ⅷ०٣①\u200b\u0301\u00ad\ufeff\u2028\x1c\0İıſKßﬁǆ’'`\"()[]{}<>&#+-–—.,:;/\\|•★½%@\n\t😀\U000e0041"
VERSIONS = ("6.0", "3.11", "2", "v2.0", "4x", "0", "1.2.3.4")


def sentences(library, count, seed):
    """Yield sentences of cues, names, levels, dates and titles, with up to three changes in each."""
    dice = random.Random(seed)
    names = [name for skill in library.vocabulary.skills.values() for name in (skill.name, *skill.aliases)]
    signs = [word.strip("~*") for texts in library.signs.values() for text in texts for word in text.split()]
    words = (
        list(CUES),
        names,
        list(library.words.levels),
        DATES,
        signs,
        ("Senior Engineer", "Team Lead", "at Works Ltd."),
    )
    for _ in range(count):
        pieces = [dice.choice(dice.choice(words)) for _ in range(dice.randint(2, 7))]
        text = "".join(
            piece + (dice.choice(VERSIONS) if dice.random() < 0.2 else "") + dice.choice(GLUE) for piece in pieces
        )
        for _ in range(dice.randint(0, 3)):
            place = dice.randrange(len(text) + 1)
            text = text[:place] + dice.choice(STRANGE) + text[place + dice.randint(0, 2) :]
        yield text if dice.random() < 0.8 else dice.choice((str.upper, str.title, str.swapcase))(text)


def read(reader, count, seed, library):
    """Return the sentences at which a reader broke, with what it broke in."""
    broken, lines = [], []
    for text in sentences(library, count, seed):
        strict = reader._replace(on_defect=lambda error, text=text: broken.append((text, repr(error))))
        draft = Draft(strict)
        draft.prose(text, "used", "/summary")
        lines.append(text)
        if len(lines) == 8:
            resume_text.read(draft, "\n".join(lines), "/text")
            draft.skill(text[:90], "stated", "/skills/0")
            lines.clear()
        try:
            for look in (end_of, span_in, last_in, months_of, strict.words.read):
                look(text[:60])
            if not lines:  # they cost ten times as much
                for look in (start_of, strict.said, strict.item, strict.split, resume_text.name_in):
                    look(text)
        except Exception as error:  # noqa: BLE001 - each is a fault
            broken.append((text, repr(error)))
    return broken


@pytest.mark.parametrize(
    "text", ["{}6.0 Python", "I have {}2 Java.", "{}3.11x: SQL", "{}1.2.3.4 of Go", "{}'s R", "{}+"]
)
def test_no_cue_breaks_a_sentence_by_what_is_glued_to_it(reader, text):
    for cue in CUES:
        reader.finder.find(text.format(cue))


def test_a_cue_with_a_version_is_another_word(reader):
    (found,) = reader.finder.find("basic6.0 Python").skills
    assert found.said.mention
    (found,) = reader.finder.find("basic Python").skills
    assert found.said.level == (10, 10)


def test_two_thousand_mutated_sentences_break_no_reader(reader, library):
    assert read(reader, 2_000, 20261128, library) == []


@pytest.mark.slow
def test_a_hundred_thousand_mutated_sentences_break_no_reader(reader, library):
    assert read(reader, 100_000, random.SystemRandom().randrange(10**9), library) == []
