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


def test_levels_are_answered_value_by_value_and_are_unknown_before(known):
    signs = question("values:+", "values", [{"values": {"rare": 2, "10": 3, "8": 4.5}}])
    first = asked(signs)
    unknown = [("rare", None, "unknown"), ("10", 4, "unknown"), ("8", 31, "unknown")]
    assert [tuple(one.values()) for one in with_levels(first.questions[0])] == unknown, "in the proposal's order"
    chosen = first.answered("values:+", {"choice": "0"}, *known)
    assert [one["level"] for one in with_levels(chosen.questions[0])] == [2, 3, 4.5], "a choice fills them in"
    told = first.answered("values:+", {"value.8": "5", "value.10": "no"}, *known)
    assert told.answers.values == {"8": 5.0, "10": "no"}
    assert [one["level"] for one in with_levels(told.questions[0])] == ["unknown", "no", "5"]


def test_a_question_that_an_answer_does_not_settle_is_open(known):
    chosen = asked(question()).answered("scale:*", {"choice": "0"}, *known)
    assert [one["open"] for one in chosen.asked_again({"questions": []}).questions] == [False]
    still = chosen.asked_again({"questions": [question()]})
    assert [(one["open"], one["answer"]) for one in still.questions] == [(True, {"scales": {"*": "0-10"}})]


KEPT = Answers.of({
    "columns": {"Gut": "ignore"}, "scales": {"*": "0-10", "SQL": "5-1"}, "values": {"8": 2, "n.v.": "unknown"},
})  # fmt: skip


def with_kept():
    signs = question("values:+", "values", [{"values": {"8": 4.5, "10": 5}}])
    return asked(question(), signs).with_kept("Team", KEPT)


def test_kept_answers_come_back_as_answers_of_the_questions_and_as_corrections():
    found = with_kept()
    assert [one["answer"] for one in found.questions] == [{"scales": {"*": "0-10"}}, {"values": {"8": 2.0}}]
    assert found.corrections.as_data() == {"columns": {"Gut": "ignore"}, "scales": {"SQL": "5-1"}}
    assert found.answers == KEPT, "what no question is about is answered too"
    assert (found.changed, found.goes_with_kept(found.answers)) == (False, True)
    assert FileQuestions.of(found.as_data()).as_data() == found.as_data()


def test_a_kept_answer_is_changed_or_left_unknown(known):
    changed = with_kept().answered("scale:*", {"choice": "1"}, *known)
    assert str(changed.answers.scales["*"]) == "0-100"
    assert (changed.changed, changed.goes_with_kept(changed.answers)) == (True, True)
    left = with_kept().answered("scale:*", {}, *known)
    assert "*" not in left.answers.scales
    assert not left.goes_with_kept(left.answers), "else it would be applied again when the file is imported"
    cleared = with_kept().corrected({}, *known)
    assert "Gut" not in cleared.answers.columns


def test_without_kept_answers_what_was_answered_in_another_way_stays(known):
    changed = with_kept().answered("values:+", {"value.8": "1"}, *known).without_kept()
    assert changed.answers.as_data() == {"values": {"8": 1.0}}
    assert (changed.kept_as, changed.changed, changed.goes_with_kept(changed.answers)) == ("Team", False, False)


def test_kept_answers_do_not_take_the_place_of_what_was_answered(known):
    answered = asked(question()).answered("scale:*", {"choice": "1"}, *known)
    assert str(answered.with_kept("Team", KEPT).answers.scales["*"]) == "0-100"


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
        "“+++” counts as: 5 expert.", "“++” counts as: 3.3, competent to proficient.",
        "“n.v.” counts as: unknown.",
        "Rows that say “Sum” are passed over.", "Rows that say “Max” are read as people.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("confidence", "words"), [(None, ""), (1, "sure"), (0.9, "sure"), (0.6, "likely"), (0.2, "not sure")]
)
def test_confidence_is_told_in_words(confidence, words):
    assert meanings.confidence_words(confidence) == words
