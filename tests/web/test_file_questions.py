"""The questions about a waiting file: what is kept of them, and how forms become answers."""

import pytest

from service.errors import InvalidInput
from service.intake.tables.answers import Answers
from service.intake.tables.header_words import FIELDS
from service.usecases import reader_of
from service.web import meanings
from service.web.file_questions import FileQuestions, answers_in_words, columns_of, with_levels


def question(id_="scale:*", kind="scale", choices=({"scales": {"*": "0-10"}}, {"scales": {"*": "0-100"}}), **more):
    """Return a question as a report has it."""
    return {
        "id": id_, "kind": kind, "sheet": None, "columns": ["Python"],
        "question": "Which scale is it?", "why": "8 is there.",
        "evidence": [{"value": "8", "count": 31}, {"value": "10", "count": 4}],
        "choices": [{"label": f"Choice {n}", "answer": one, "effect": "2 people"} for n, one in enumerate(choices)],
        "unread": 35, **more,
    }  # fmt: skip


def column(header, letter="A", understood_as=None, **more):
    return {"column": letter, "header": header, "understood_as": understood_as, "samples": [], **more}


def asked(*questions):
    return FileQuestions().asked_again({"questions": questions})


@pytest.fixture(scope="module")
def known(library):
    """The library and the reader, as answers need them."""
    return library, reader_of(library)


def test_a_choice_becomes_an_answer_and_can_be_changed_or_left(known):
    first = asked(question())
    assert first.answers == Answers()
    chosen = first.answered("scale:*", {"choice": "1"}, *known)
    assert chosen.answers.as_data() == {"scales": {"*": "0-100"}}
    assert chosen.answered("scale:*", {"choice": "0"}, *known).answers.as_data() == {"scales": {"*": "0-10"}}
    assert chosen.answered("scale:*", {}, *known).answers == Answers()


def test_what_is_asked_and_answered_survives_the_disk(known):
    chosen = asked(question(), question("x")).answered("scale:*", {"choice": "0"}, *known)
    assert FileQuestions.of(chosen.as_data()).as_data() == chosen.as_data()


def test_answered_questions_stay_in_place_settled_ones_go_and_new_ones_come_last(known):
    first = asked(question("a"), question("b"), question("c")).answered("b", {"choice": "0"}, *known)
    again = first.asked_again({"questions": [question("c", why="Still there."), question("d")]})
    assert [(one["id"], bool(one["answer"])) for one in again.questions] == [("b", True), ("c", False), ("d", False)]
    assert again.questions[1]["why"] == "Still there."


@pytest.mark.parametrize("sent", [{"choice": "7"}, {"choice": "-1"}, {"choice": "one"}, {"value.8": "9"},
                                  {"means": "feeling"}])  # fmt: skip
def test_an_answer_that_is_none_is_refused(known, sent):
    with pytest.raises(InvalidInput):
        asked(question()).answered("scale:*", sent, *known)


def test_a_question_that_is_no_longer_asked_is_refused(known):
    with pytest.raises(InvalidInput, match="no longer asked"):
        asked().answered("scale:*", {"choice": "0"}, *known)


def test_levels_are_answered_value_by_value_and_are_unknown_until_then_in_the_order_of_the_first_choice(known):
    signs = question("values:+", "values", [{"values": {"8": 4.5, "rare": 2}}])
    first = asked(signs)
    expected = [("8", 31, "unknown"), ("rare", None, "unknown"), ("10", 4, "unknown")]
    assert [tuple(one.values()) for one in with_levels(first.questions[0])] == expected
    told = first.answered("values:+", {"value.8": "5", "value.10": "no"}, *known)
    assert told.answers.values == {"8": 5.0, "10": "no"}
    assert [tuple(one.values()) for one in with_levels(told.questions[0])] == [
        ("8", 31, "5"), ("rare", None, "unknown"), ("10", 4, "no"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("SQL and data modeling", "skill:sql"), ("python", "skill:python"), ("years of  PYTHON", "years:python"),
        ("E-mail address", "email"), ("email", "email"), (meanings.IGNORE, "ignore"), ("ignore", "ignore"),
        ("K8s", "skill:kubernetes"), ("skill:python@10", "skill:python@10"), ("feeling", None), ("", None),
    ],
)  # fmt: skip
def test_a_column_is_said_by_name_alias_or_code(known, name, target):
    assert meanings.target_of(name, *known) == target


def test_each_name_in_the_list_means_what_it_stands_for(known):
    listed = meanings.meanings(known[0])
    assert {one.target: meanings.target_of(one.name, *known) for one in listed.values()} == {
        one.target: one.target for one in listed.values()
    }
    assert meanings.FIELDS.keys() == FIELDS.keys(), "each field has a name on the page"


def test_corrections_follow_the_header_and_what_means_nothing_is_kept_to_be_mended(known):
    sent = {"map.Gut": "python", "map.Mood": "feeling", "map.Rest": " ", "scale.Gut": "0-10", "csrf": "x"}
    told = asked().corrected(sent, *known)
    assert told.answers.as_data() == {"columns": {"Gut": "skill:python"}, "scales": {"Gut": "0-10"}}
    assert told.wrong == {"Mood": "feeling"}
    report = {"columns": [column("Name", "A", "name"), column("Gut", "B"), column("Mood", "C")]}
    shown = columns_of(report, told, known[0])
    assert [one["header"] for one in shown] == ["Gut", "Mood", "Name"], "what is not understood comes first"
    assert [(one["typed"], one["told_scale"], one["is_wrong"]) for one in shown[:2]] == [
        (known[0].skill_names["python"], "0-10", False), ("feeling", "", True)
    ]  # fmt: skip


def test_columns_that_share_a_header_go_by_their_letters(known):
    report = {"columns": [column("Level", "B"), column("Level", "C"), column(" ", "D"), column("Note", "E")]}
    assert [one["key"] for one in columns_of(report, asked(), known[0])] == ["B", "C", "D", "Note"]


def test_answers_are_told_in_words(known):
    told = Answers.of({
        "columns": {"Gut": "ignore"}, "scales": {"*": "0-10", "SQL": "5-1", "Go": "2-7"},
        "values": {"+++": 5, "++": 3.3, "n.v.": "unknown"}, "rows": {"Sum": "skip", "Max": "person"},
    })  # fmt: skip
    assert answers_in_words(told, known[0]) == [
        "The column “Gut” means: Not of use: keep, don’t score.",
        "All ratings are on the scale 0 to 10, 10 is best.",
        "The column “SQL” is on the scale 1 to 5, 1 is best.",
        "The column “Go” is on the scale 2 to 7, 7 is best.",
        "“+++” counts as: 5 expert.", "“++” counts as: 3.3.", "“n.v.” counts as: unknown.",
        "Rows that say “Sum” are passed over.", "Rows that say “Max” are read as people.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "words"), [(None, ""), (1, "sure"), (0.9, "sure"), (0.6, "likely"), (0.2, "not sure")]
)
def test_confidence_is_told_in_words(confidence, words):
    assert meanings.confidence_words(confidence) == words
