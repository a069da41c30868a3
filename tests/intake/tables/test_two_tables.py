"""Sheets that hold more than one table, a matrix without a corner, and what else is not as it seems."""

import pytest

HEAD = ("Name", "Python", "SQL")


def said(read, place=0):
    return {piece.skill: piece.level for piece in read.people[place].profile.evidence}


@pytest.mark.parametrize(
    "second",
    [("Name", "Docker", "AWS"), ("Name", "SQL", "Python"), ("Name", "Python", "Docker"), ("Candidate", "Go", "Rust")],
)
@pytest.mark.parametrize("between", [(), ((None,),), (("Team B",),)])
def test_a_table_below_another_is_not_read_by_its_header(files, second, between):
    read = files.xlsx(HEAD, ("Ada Miller", 4, 3), *between, second, ("Bo Chen", 2, 0))

    assert [who.name for who in read.people] == ["Ada Miller"]
    assert read.report["passed_over"][-1]["value"] == "Bo Chen"
    assert any("Another table begins in row" in notice for notice in read.report["notices"])


def test_below_the_same_header_again_people_are_read(files):
    read = files.xlsx(HEAD, ("Ada Miller", 4, 3), ("name ", "PYTHON", "SQL:"), ("Bo Chen", 2, 0))

    assert [who.name for who in read.people] == ["Ada Miller", "Bo Chen"]


def test_a_table_beside_another_is_not_read_as_more_ratings(files):
    read = files.xlsx((*HEAD, None, *HEAD), ("Ada Miller", 4, 3, None, "Cy Roe", 5, 1))

    assert said(read) == {"python": (40, 40), "sql": (30, 30)}
    assert any("A second table begins in column E" in notice for notice in read.report["notices"])


def test_a_matrix_needs_no_header_over_its_names(files):
    read = files.xlsx((None, "Python", "SQL"), ("Ada Miller", 4, 3), ("Bo Chen", 2, 0))

    assert [who.name for who in read.people] == ["Ada Miller", "Bo Chen"]
    assert said(read, 1) == {"python": (20, 20), "sql": (0, 0)}


def test_a_legend_by_lines_below_the_names_is_a_legend(files):
    legend = ((0, "No knowledge"), (1, "Beginner"), (2, "Intermediate"), (3, "Expert"))
    read = files.xlsx(HEAD, ("Ada Miller", 3, 3), ("Bo Chen", 2, 0), *legend)

    assert [who.name for who in read.people] == ["Ada Miller", "Bo Chen"]
    assert said(read) == {"python": (50, 50), "sql": (50, 50)}


@pytest.mark.parametrize("header", ["No Python experience", "Without Python", "Keine Python-Kenntnisse", "Sans Python"])
def test_a_header_that_denies_a_skill_claims_none(files, header):
    read = files.xlsx(("Name", header, "SQL"), ("Ada Miller", "x", 3))

    assert said(read) == {"sql": (30, 30)}


def test_the_ends_of_a_legend_are_the_ends_of_the_scale(files):
    read = files.xlsx(("Rating scale: 1 (low) to 10 (high)",), HEAD, ("Ada Miller", 10, 5))

    assert said(read) == {"python": (50, 50), "sql": (25, 25)}


def test_a_mapping_that_contradicts_itself_is_refused(files):
    with pytest.raises(Exception, match="is to mean") as refused:
        files.xlsx(HEAD, ("Ada", 4, 3), mapping={"Python": "skill:sql", "columns": {"Python": "skill:python"}})
    assert refused.value.code == "bad_mapping"


def test_labels_with_figures_that_are_not_known_have_an_order_to_choose(files):
    read = files.xlsx(HEAD, ("Ada", "4 - Zog", "2 - Mip"), ("Bo", "1 - Wub", "3 - Tok"))
    (question,) = read.report["questions"]

    assert question["choices"][0]["answer"]["values"] == {
        "1 - Wub": 1.3,
        "2 - Mip": 2.5,
        "3 - Tok": 3.8,
        "4 - Zog": 5.0,
    }
