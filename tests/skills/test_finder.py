"""The finder against a slow search of its own: every name at words' boundaries, the longest first; and its time."""

import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.skills.finder import LONGEST_TEXT, Finder
from service.skills.vocabulary import Skill, Vocabulary

NAMES = {
    "python": ("Python", "py3"),
    "java": ("Java",),
    "javascript": ("JavaScript", "Java Script"),
    "cpp": ("C++",),
    "csharp": ("C#",),
    "sql": ("SQL",),
    "mysql": ("MySQL",),
    "postgresql": ("PostgreSQL", "Postgres SQL"),
    "machine_learning": ("machine learning", "apprentissage"),
    "deep_learning": ("deep learning",),
    "deep_learning_ops": ("deep learning operations",),
    "uebertool": ("Übertool",),
}
FORMS = {name.lower(): skill for skill, names in NAMES.items() for name in (*names, skill.replace("_", " "))}
LONGEST_FIRST = sorted(FORMS, key=len, reverse=True)

NOISE = (
    "the", "of", "xpython", "pythonx", "javas", "sqlite", "my", "learning", "deeply", "deep", "machine", "éa", "4242",
    "script", "C+", "++", "#", "日本", "İ", "ß", "🙂", "unlearning", "postgres", "operations", "\u0301", "ﬁ",
)  # fmt: skip
APART = (" ", "  ", ", ", "; ", "\n", "\r\n", "\n\n", " (", ") ", ". ", " | ", "\t", ": ", "\u00a0", "")

words = st.sampled_from([name for names in NAMES.values() for name in names] + list(NOISE))
cased = st.tuples(words, st.sampled_from((str, str.upper, str.lower))).map(lambda told: told[1](told[0]))
pieces = st.lists(st.tuples(cased, st.sampled_from(APART)), max_size=30)
texts = pieces.map(lambda told: "".join(word + apart for word, apart in told))


@pytest.fixture(scope="module")
def finder():
    return Finder(Vocabulary(Skill(id_, names[0], "any", names[1:]) for id_, names in NAMES.items()), {})


@pytest.fixture(scope="module")
def real(library):
    return Finder(library.vocabulary, library.words.levels, library.ambiguous)


def reference(text):
    """Return each name that stands there by itself, as (start, end, skill), none inside another; slowly."""
    flat, places = flattened(text)
    found, start = [], 0
    while start < len(flat):
        form = next((one for one in LONGEST_FIRST if stands(flat, start, one)), None)
        if form:
            found.append((places[start], places[start + len(form) - 1] + 1, FORMS[form]))
        start += len(form) if form else 1
    return found


def flattened(text):
    """Return a text in small letters with runs of space as one, and where each of its characters stood."""
    kept = [
        (" " if char.isspace() else small(char), place)
        for place, char in enumerate(text)
        if not (char.isspace() and place and text[place - 1].isspace() and not is_blank_line(text, place))
    ]
    return "".join(char for char, _ in kept), [place for _, place in kept]


def is_blank_line(text, place):
    """Tell whether the second character of a run keeps its place: a name does not go over an empty line."""
    start = place
    while start and text[start - 1].isspace():
        start -= 1
    end = place
    while end < len(text) and text[end].isspace():
        end += 1
    return place == start + 1 and text[start:end].count("\n") > 1


def small(char):
    return char.lower() if len(char.lower()) == 1 else char


def stands(flat, start, form):
    before, end = flat[start - 1 : start] if start else "", start + len(form)
    after, behind = flat[end : end + 1], flat[end + 1 : end + 2]
    if flat[start:end] != form or is_part(before) or before == ".":
        return False
    return not is_part(after) and not (after == "." and behind.isalnum())


def is_part(char):
    return bool(char) and (char.isalnum() or char in "+#&'")


@given(texts)
def test_names_stand_where_a_slow_search_finds_them(finder, text):
    assert [tuple(hit) for hit in finder.places(text)] == reference(text)


def quoted(text, told):
    shown = told.quote.removeprefix("…").removesuffix("…")
    return shown in " ".join(text.split()) and " ".join(text[told.start : told.end].split()) in shown


@given(texts)
def test_places_and_quotes_are_of_the_text(finder, text):
    told = finder.find(text)
    for one in told.skills:
        assert 0 <= one.start < one.end <= len(text)
        assert " ".join(text[one.start : one.end].split()).lower() in FORMS
        assert quoted(text, one)
    for word in told.ignored:
        assert text[word.start : word.end]


@given(st.text(max_size=300))
def test_any_text_is_read_and_its_places_are_its_own(real, text):
    for one in real.find(text).skills:
        assert text[one.start : one.end].strip() == text[one.start : one.end] != ""
        assert quoted(text, one)


@given(texts, texts)
def test_an_empty_line_keeps_what_stands_above_from_what_stands_below(finder, above, below):
    parts = [above, "\n\n", below]
    found = [(hit.start, hit.skill) for hit in finder.places("".join(parts))]
    second = [(hit.start + len(above) + 2, hit.skill) for hit in finder.places(below.lstrip())]
    assert found[: len(finder.places(above.rstrip()))] == [
        (hit.start, hit.skill) for hit in finder.places(above.rstrip())
    ]
    assert [skill for _, skill in found][-len(second) or len(found) :] == [skill for _, skill in second]


HOSTILE = {
    "spaces": " ", "a name": "Python ", "a name without spaces": "Python", "commas": "Python,", "cues": "expert in ",
    "denials": "no experience with ", "brackets": "((((", "closing brackets": "Python)", "quotes": "Go'", "dots": "C.",
    "doubtful names": "Go ", "doubtful names in a list": "Go, R, ", "addresses": "a@b.c/python ", "lines": "\n",
    "empty lines": "Python\n\n", "accents": "é\u0301", "hidden": "Py\u200bthon ", "figures": "5+ years of Python ",
    "sentences": "Led Go. ", "one word": "x", "slashes": "React/Vue/", "versions": "Python3.11.2.1.",
    "an automaton's prefixes": "machine learnin ", "levels": "Python (4) ", "levels without end": "Python (",
    "wishes": "want to learn Rust and ", "semicolons": "R;", "plus": "C++", "ampersands": "R&D ",
    "denied lists": "no Kafka, Java or ", "denials before verbs": "never really used ",
    "denied names": "never used Kafka, ",
    "times of any skill": "Kafka, five years ", "times alone": "5 years ",
    "relative clauses": "Kafka, which I have never ",
    "a denied list without end": "No Kafka, Java, Scala, ", "figures of five": "Kafka 4/5 ",
    "limits": "no Kafka since ",
}  # fmt: skip
SHORT, FACTOR, SLACK = 8_000, 10, 3


def least_time(find, text, goes):
    """Return the least time of a processor in some goes: others make it longer, and nothing makes it shorter.

    What other tests left in the process is no garbage of the finder's, and looking through it is not its time.
    """
    times = []
    gc.disable()
    for _ in range(goes):
        began = time.process_time()
        find(text)
        times.append(time.process_time() - began)
    gc.enable()
    return min(times)


@pytest.mark.slow
@pytest.mark.parametrize("shape", HOSTILE)
def test_ten_times_the_text_takes_ten_times_as_long_and_not_a_hundred(real, shape):
    text = HOSTILE[shape] * (LONGEST_TEXT // len(HOSTILE[shape]))
    real.find(text[:SHORT])  # what is remembered of characters is remembered now
    short, long = least_time(real.find, text[:SHORT], 3), least_time(real.find, text[: FACTOR * SHORT], 2)
    assert long <= SLACK * FACTOR * short + 0.05


def test_what_stands_behind_the_longest_text_is_not_read(real):
    text = "x " * (LONGEST_TEXT // 2) + "Python"
    assert real.find(text).skills == ()
    assert real.find(text[2:] + " ").skills == ()
    assert [one.skill for one in real.find(text[6:]).skills] == ["python"]
