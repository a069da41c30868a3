import pytest

from service.skills.lint import ORDINARY, lint
from service.skills.vocabulary import Skill, Vocabulary


def codes(found):
    return [(fault["skill"], fault["code"]) for fault in found.faults]


def test_the_vocabulary_that_is_shipped_has_no_fault(library):
    found = lint(library.vocabulary, library.asked)
    assert found.faults == []


def test_an_alias_that_differs_in_writing_only_is_a_fault():
    vocabulary = Vocabulary([Skill("ci_cd", "CI/CD", "f", ("ci-cd", "build pipelines", "Build Pipelines"))])
    found = lint(vocabulary, {"ci_cd"})
    assert codes(found) == [("ci_cd", "redundant_alias"), ("ci_cd", "redundant_alias")]
    assert "'ci-cd'" in found.faults[0]["detail"]


@pytest.mark.parametrize("name", ["Angular (2)", "Best of 3 of 5", "x" * 201])
def test_a_name_that_no_text_can_match_is_a_fault(name):
    found = lint(Vocabulary([Skill("thing", "Thing", "f", (name,))]), {"thing"})
    assert codes(found) == [("thing", "unreachable_name")]


def test_a_rule_for_a_name_that_is_none_is_a_fault():
    found = lint(Vocabulary([Skill("go", "Go", "f")]), {"go"}, ruled=["Go", "Gone"])
    assert codes(found) == [("", "unknown_rule")]
    assert "'Gone'" in found.faults[0]["detail"]


def test_skills_that_count_for_no_rubric_are_noted_by_field():
    vocabulary = Vocabulary(
        [
            Skill("asked", "Asked", "one"),
            Skill("proof", "Proof", "one", (), ("middle",)),
            Skill("middle", "Middle", "one", (), ("asked",)),
            Skill("idle", "Idle", "one"),
            Skill("other", "Other", "two"),
        ]
    )
    found = lint(vocabulary, {"asked"})
    assert found.notes == [
        "one: 1 of 4 skills count for no rubric: idle.",
        "two: 1 of 1 skills count for no rubric: other.",
    ]


def test_an_ordinary_word_without_a_rule_is_noted():
    assert {"spark", "swift"} <= ORDINARY
    vocabulary = Vocabulary([Skill("spark", "Spark", "f"), Skill("swift", "Swift", "f")])
    assert lint(vocabulary, {"spark", "swift"}, ruled=["Spark", "SWIFT"]).notes == []
    assert lint(vocabulary, {"spark", "swift"}, ruled=["Spark"]).notes == [
        "1 names are ordinary English words without a rule: swift."
    ]
