"""Seniority markers in running text: what tells of one, and what only looks like it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from skills.marker_sentences import SENTENCES

from service.skills.clauses import clauses
from service.skills.signs import Signs, parse, quote


@pytest.fixture(scope="module")
def signs(library):
    return Signs(library.signs)


def markers(signs, text):
    return {sign.marker for sign in signs.find(text)}


TELLING = [(marker, text) for marker, (telling, _) in SENTENCES.items() for text in telling]
SILENT = [(marker, text) for marker, (_, silent) in SENTENCES.items() for text in silent]


def test_every_marker_of_every_role_has_signs_and_sentences(library):
    ids = set(library.marker_titles)
    assert set(SENTENCES) == ids == {marker for marker, phrases in library.signs.items() if phrases}
    for telling, silent in SENTENCES.values():
        assert len(telling) >= 4
        assert len(silent) >= 3


@pytest.mark.parametrize(("marker", "text"), TELLING)
def test_what_somebody_did_tells_of_the_marker(signs, marker, text):
    assert marker in markers(signs, text)


@pytest.mark.parametrize(("marker", "text"), SILENT)
def test_what_is_denied_wished_or_done_by_others_tells_of_nothing(signs, marker, text):
    assert marker not in markers(signs, text)


GENERAL = [
    ("I never managed people, and I mentored two juniors.", {"mid.mentors_juniors"}),
    (
        "Not only mentored juniors but also led the technical design.",
        {"mid.mentors_juniors", "senior.leads_technical_design"},
    ),
    ("No people management; mentored two interns.", {"mid.mentors_juniors"}),
    ("Did not lead the technical design, but mentored juniors.", {"mid.mentors_juniors"}),
    ("Eager to learn, mentored two interns.", {"mid.mentors_juniors"}),
    ("Reported to the CTO, owned the reliability of search.", {"senior.owns_reliability"}),
    ("As team lead mentored four analysts.", {"mid.mentors_juniors", "senior.mentors_team"}),
    ("Under my guidance interns learned a lot: mentored three interns.", {"mid.mentors_juniors"}),
    ("Mentored\n  junior engineers.", {"mid.mentors_juniors"}),
    ("Mentored\n\nJunior engineers are welcome.", set()),
    ("- Mentored\n- junior engineers", set()),
    ("Has mentored juniors?", set()),
    ("Mentored no juniors.", set()),
    ("Mentored and didn't manage engineers.", set()),
    ("With guidance from my lead, designed the training pipeline.", set()),
    ("Without supervision deployed it alone.", {"mid.deploys_alone"}),
    ("Wished she had mentored juniors.", set()),
    ("If asked, would mentor or mentored juniors.", set()),
    ("The ideal candidate mentored juniors.", set()),
    ("Failed to mentor juniors, or rather mentored none.", set()),
    ("Mentoring juniors is not what I did.", set()),
    ("Has yet to mentor juniors.", set()),
    ("Worked with an architect who mentored juniors.", set()),
    ("Worked with mentors and engineers.", set()),
    ("My manager enjoyed mentoring juniors.", set()),
    ("Haven't mentored juniors.", set()),
    ("Attended a workshop on mentoring juniors.", set()),
    ("ment\u200bored junior engineers", set()),
    ("MENTORED JUNIOR ENGINEERS", {"mid.mentors_juniors"}),
]


@pytest.mark.parametrize(("text", "expected"), GENERAL)
def test_a_sentence_is_heard_for_who_did_what(signs, text, expected):
    assert markers(signs, text) == expected


def test_a_sign_says_where_it_stands_and_quotes_what_stands_there(signs):
    text = "Ten years of search.\n\nAt Straße 7 I mentored three junior engineers, among others."
    (sign,) = signs.find(text)

    assert text[sign.start : sign.end] == "mentored three junior"
    assert "mentored three junior engineers" in sign.quote
    assert len(sign.quote) <= 120


def test_a_marker_is_told_of_once_by_its_first_sign(signs):
    text = "Never mentored juniors then. Mentored an intern. " + "Mentored an intern. " * 100
    (sign,) = signs.find(text)

    assert text[sign.start : sign.end] == "Mentored an intern"
    assert sign.start < 40


def test_a_phrase_with_not_rules_its_marker_out_in_its_sentence():
    signs = Signs({"m": ["presented~ … board", "not together"]})

    assert markers(signs, "Presented to the board.") == {"m"}
    assert markers(signs, "Presented to the board, together with two others.") == set()
    assert markers(signs, "Worked together. Presented to the board.") == {"m"}


@pytest.mark.parametrize(
    ("phrase", "texts", "others"),
    [
        ("led~ design", ["led the design", "leads our design", "leading design"], ["lead design", "led a new design"]),
        ("shipped~", ["ships", "shipping", "shipped"], ["ship", "shipper"]),
        ("carried~ pager", ["carries the pager", "carrying a pager"], ["carry the pager"]),
        ("coached~", ["coaches", "coaching"], ["coach"]),
        ("introduced~", ["introduces", "introducing"], ["introduction"]),
        ("a/b test*", ["an A/B test", "A/B testing"], ["a test", "b test"]),
        ("on call", ["on-call", "on call"], ["on the whole call", "called on"]),
        ("built … bot", ["built a bot", "built one two three four five six bot"], ["built 1 2 3 4 5 6 7 bot"]),
        ("go no-go", ["go/no-go"], ["go go"]),
    ],
)  # fmt: skip
def test_the_language_of_phrases(phrase, texts, others):
    signs = Signs({"m": [phrase]})

    assert [markers(signs, text) for text in texts] == [{"m"}] * len(texts)
    assert [markers(signs, text) for text in others] == [set()] * len(others)


@pytest.mark.parametrize(
    "phrase", ["", "…", "led …", "… led", "not", "the design", "a|b", "led~~ (design)", "own~", "x#y"]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase):
    with pytest.raises(ValueError, match=r"word|ending|past"):
        parse(phrase)


@given(st.text(max_size=400))
def test_any_text_can_be_looked_through(signs, text):
    for sign in signs.find(text):
        assert 0 <= sign.start < sign.end <= len(text)
        assert sign.quote


HOSTILE = [
    *(
        "design ",
        "designed training ",
        "a",
        "the ",
        "not ",
        "I, ",
        "led, and I led ",
        "mentored one ",
        "decided build or ",
    ),
    *("\n ", ". ", "'", "’s", "no-"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(signs, piece):
    def seconds(length):
        text = (piece * length)[:length]
        began = time.process_time()
        signs.find(text)
        return time.process_time() - began

    seconds(1000)
    assert seconds(200_000) < 40 * max(seconds(20_000), 0.01)


def test_a_clause_has_no_more_than_a_hundred_words():
    assert [len(clause.words) for clause in clauses("word " * 250)] == [100, 100, 50]


def test_every_word_has_its_place():
    text = "Führte—Straße; İstanbul’s a/b  tests."
    for clause in clauses(text):
        for word in clause.words:
            assert text[word.start : word.end].casefold().replace("’", "'") == word.text


def test_a_quote_is_short_and_on_one_line():
    text = "word " * 100 + "mentored\nthree\tjunior engineers" + " word" * 100
    start = text.index("mentored")
    said = quote(text, start, start + 20)

    assert said.startswith("…word")
    assert said.endswith("word…")
    assert "mentored three junior" in said
    assert len(said) <= 120
    assert len(quote("x" * 1000, 10, 900)) <= 120


@pytest.mark.parametrize(
    "text",
    [
        "I mentor two juniors.",
        "I write Python and also mentor two juniors.",
        "We coach junior engineers.",
        "I review code, and currently mentor the new graduates.",
    ],
)
def test_what_somebody_says_they_do_is_read_as_what_is_said_of_them(signs, text):
    assert markers(signs, text) >= {"mid.mentors_juniors"}


def test_a_mentor_is_not_somebody_who_mentors(signs):
    assert "mid.mentors_juniors" not in markers(signs, "My mentor and two juniors met in Spain.")


def test_what_an_advert_speaks_of_is_found_whoever_does_it(signs):
    text = "You will mentor junior engineers. Design whole systems end to end."
    assert markers(signs, text) == set()
    (first, *_) = signs.spoken_of(text)
    assert (first.marker, text[first.start : first.end]) == ("mid.mentors_juniors", "mentor junior")
    assert signs.spoken_of("Free fruit and a bicycle.") == []
