"""On the shipped rubrics: an area that is named counts, an area that one skill implies does not; half is half."""

import pytest
from core_factories import AS_OF, piece, profile

from service.core.profile import criterion_level, skill_levels
from service.core.result import explain
from service.core.rubric import compile_table, kth_best, mean_of_best, skills_of


def row_of(library, role, criterion, *evidence):
    table = compile_table(library.get(role), "senior")
    result = explain(table, profile(*evidence), AS_OF)
    return next(row for row in result["criteria"] if row["criterion"] == criterion), result


def test_no_skill_answers_a_criterion_by_implying_its_area_alone(library):
    """Walk all criteria of all roles and every skill of the vocabulary: 18 criteria were answered so."""
    tried = 0
    for rubric in library.rubrics.values():
        for criterion in rubric.criteria:
            members = set(skills_of(criterion.skills))
            for skill, implied in library.vocabulary.implied.items():
                if criterion.id in implied - members and not members & {skill, *implied}:
                    known = skill_levels([piece(skill, "rated", 50)], rubric, AS_OF)
                    levels = {criterion_level(criterion, known, reading) for reading in (mean_of_best, kth_best)}
                    assert levels == {(0, 50)}, (rubric.role, criterion.id, skill)
                    tried += 1
    assert tried > 200


def test_no_skill_alone_answers_what_several_are_asked_for(library):
    for rubric in library.rubrics.values():
        for criterion in (one for one in rubric.criteria if one.has_own_gate):
            for skill in criterion.asked - {criterion.id}:
                known = skill_levels([piece(skill, "rated", 50)], rubric, AS_OF)
                assert criterion_level(criterion, known, kth_best)[0] == 0, (rubric.role, criterion.id, skill)
                assert 0 < criterion_level(criterion, known, mean_of_best)[0] <= 25


@pytest.mark.parametrize(
    ("role", "criterion", "skill"),
    [
        ("ml_engineer", "ml_frameworks", "scikit_learn"),
        ("data_scientist", "ml_frameworks", "xgboost"),
        ("ml_engineer", "cloud", "digitalocean"),
        ("ml_engineer", "data_streaming", "kinesis"),
        ("mlops_engineer", "infrastructure_as_code", "ansible"),
        ("mlops_engineer", "monitoring", "datadog"),
        ("data_scientist", "statistics", "spss"),
    ],
)
def test_a_neighbour_is_related_evidence_and_the_question_is_asked(library, role, criterion, skill):
    row, result = row_of(library, role, criterion, piece(skill, "delivered", 50))

    assert (row["level"], row["level_high"], row["points"], row["state"]) == (0, 5, 0, "unknown")
    assert [one["skill"] for one in row["related"]] == [skill]
    assert next(gap for gap in result["gaps"] if gap["criterion"] == criterion)["question"]


@pytest.mark.parametrize(
    ("role", "criterion", "skill", "level"),
    [
        ("data_scientist", "statistics", "bayesian_methods", 2.5),
        ("ml_engineer", "software_engineering", "git", 2.0),  # it proves version control, at most at 4
    ],
)
def test_half_of_what_is_asked_is_half_the_points_and_no_pass(library, role, criterion, skill, level):
    row, result = row_of(library, role, criterion, piece(skill, "rated", 50))

    assert (row["level"], row["points"]) == (level, int(row["full_points"] * level / row["required_level"] * 100) / 100)
    if row["gate_level"]:
        assert (row["level_at_gate"], row["level_at_gate_high"]) == (0, 5)
        assert result["gate"] == "open"


@pytest.mark.parametrize("skill", ["circleci", "azure_devops", "travis_ci", "tekton", "jenkins"])
def test_a_neighbour_that_the_expression_names_counts(library, skill):
    assert row_of(library, "mlops_engineer", "ci_cd", piece(skill, "used", 40))[0]["level"] == 4


@pytest.mark.parametrize(
    ("kind", "level", "shown"),
    [
        ("stated", None, (2, 5)),
        ("stated", 30, (3, 5)),
        ("rated", 30, (3, 3)),
        ("assessed", 0, (0, 0)),
        ("stated", 0, (0, 0)),
    ],
)
@pytest.mark.parametrize(("role", "criterion"), [("data_scientist", "statistics"), ("ml_engineer", "cloud")])
def test_an_area_that_is_named_counts(library, role, criterion, kind, level, shown):
    row, _ = row_of(library, role, criterion, piece(criterion, kind, level))

    assert (row["level"], row["level_high"]) == shown
    if row["gate_level"]:
        assert (row["level_at_gate"], row["level_at_gate_high"]) == shown
