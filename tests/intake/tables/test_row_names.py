"""Rows whose names are those of statistics, requirements and examples."""

import pytest


@pytest.mark.parametrize(
    "name",
    ["Number of experts", "% proficient", "Standard deviation", "Ideal candidate", "John Doe (example)", "TEMPLATE",
     "Bus factor", "Job requirement", "Critical?", "Training needed", "Headcount", "Overall", "Result"],
)  # fmt: skip
def test_a_row_of_a_statistic_a_requirement_or_an_example_is_passed_over_and_said(files, name):
    read = files.xlsx(["Name", "Python"], ["Ada Miller", 4], ["Bo Chen", 2], [name, 3])
    assert [person.name for person in read.people] == ["Ada Miller", "Bo Chen"]
    assert [row["value"] for row in read.report["passed_over"]] == [name]


@pytest.mark.parametrize("name", ["Job Bakker", "Expert Moyo", "Standard Ncube", "Ideal Santos", "Ada Result"])
def test_a_person_whose_name_holds_such_a_word_is_a_person(files, name):
    read = files.xlsx(["Name", "Python"], ["Ada Miller", 4], [name, 3])
    assert [person.name for person in read.people] == ["Ada Miller", name]
