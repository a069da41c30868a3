"""What a sheet's own legend says is used where it is plain, and said where it is not."""

import pytest

from service.intake.tables.legends import entries

HEADER = ("Name", "Python", "SQL")


def level(read, skill="python", place=0):
    found = [piece.level for piece in read.people[place].profile.evidence if piece.skill == skill]
    return found[0] if found else None


def notices(read):
    return " ".join(read.report["notices"])


@pytest.mark.parametrize(
    ("legend", "written", "tenths"),
    [
        ("0 = none, 1 = novice, 3 = competent, 5 = expert", 4, 40),
        ("0 = none … 5 = expert", 1, 10),
        ("Scale 0-5", 3, 30),
        ("5 = expert", 3, 30),
        ("1 (lowest) to 5 (highest)", 2, 20),
        ("x = yes", 3, 30),
        ("Autumn 2026", 3, 30),
        ("Status: draft", 3, 30),
    ],
)
def test_a_legend_of_our_own_scale_changes_nothing_and_says_nothing(files, legend, written, tenths):
    read = files.xlsx((legend,), HEADER, ("Ada", written, "x"))

    assert level(read) == (tenths, tenths)
    assert read.report["notices"] == []


@pytest.mark.parametrize(
    ("legend", "written", "tenths"),
    [
        ("Scale 1–10", 8, 40),
        ("Rating: 1 to 10", "7", 35),
        ("0 = none, 10 = expert", 5, 25),
        ("levels from 0 to 100", 60, 30),
        ("1 = expert, 2 = advanced, 3 = intermediate, 4 = beginner, 5 = none", 2, 40),
        ("1 = expert … 5 = none", 1, 50),
        ("1 = expert … 5 = none", 5, 0),
        ("1 = expert … 5 = none", "3", 25),
        ("Levels: 5 none, 1 expert", 1, 50),
        ("1 = best, 5 = worst", 1, 50),
        ("1 = best, 5 = worst", 5, 10),
        ("Bewertung: 1 = sehr gut, 5 = mangelhaft", 1, 50),
        ("0 = none, 1 = basic, 2 = intermediate, 3 = expert", 3, 50),
        ("1: low | 2: medium | 3: high", 3, 40),
        ("A = expert, B = advanced, C = basic, D = none", "b", 40),
        ("A = expert … D = none", "D", 0),
        ("o = basic; x = expert", "o", 10),
        ("o = basic; x = expert", "X", 50),
    ],
)
def test_another_scale_is_read_as_the_legend_says(files, legend, written, tenths):
    read = files.xlsx((legend,), HEADER, ("Ada", written, None))

    assert level(read) == (tenths, tenths)
    assert "Row 1" in notices(read)
    assert "legend" in notices(read)


@pytest.mark.parametrize(
    ("legend", "written"),
    [
        ("1 = expert", 2),
        ("Rating scale 1-4", 4),
        ("1 = expert, 2 = none, 3 = advanced", 1),
        ("1 = expert, 5 = none", 6),
        ("1 = expert, 5 = none", "2-3"),
        ("1 = expert, 5 = none", "4/5"),
        ("A = sunny, B = cloudy", "A"),
        ("3 = expert, 5 = expert", 3),
    ],
)
def test_what_the_legend_does_not_make_plain_is_unknown_and_said(files, legend, written):
    read = files.xlsx((legend,), HEADER, ("Ada", written, "advanced"))

    assert level(read) is None
    assert level(read, "sql") == (40, 40)
    assert read.warned == ["B3"]
    assert "legend" in notices(read)


def test_a_legend_whose_words_are_not_known_is_said(files):
    read = files.xlsx(("1 = walks, 3 = runs, 5 = flies",), HEADER, ("Ada", 4, 2))

    assert level(read) == (40, 40)
    assert "figures were read from 0 (none) to 5 (expert)" in notices(read)


REVERSED = [("1 = expert",), ("2 = advanced",), ("3 = intermediate",), ("4 = beginner",), ("5 = none",)]


def test_a_legend_may_stand_above_the_header_cell_by_cell(files):
    read = files.xlsx(("Legend",), *REVERSED, (), HEADER, ("Ada", 1, 5))

    assert (level(read), level(read, "sql")) == ((50, 50), (0, 0))
    assert [who.name for who in read.people] == ["Ada"]


def test_a_legend_below_the_people_is_used_and_is_nobody(files):
    read = files.xlsx(HEADER, ("Ada", 1, 5), ("Bo", 2, 4), (), ("Legend:",), *REVERSED)

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert (level(read), level(read, "sql")) == ((50, 50), (0, 0))
    assert read.rejected == []


def test_a_legend_of_two_cells_a_row_is_used(files):
    pairs = [(1, "expert"), (2, "advanced"), (3, "intermediate"), (4, "beginner"), (5, "none")]
    read = files.xlsx(HEADER, ("Ada", 1, 5), (), ("Key",), *pairs, (), ("Bo", 2, 4))

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert (level(read), level(read, "sql", 1)) == ((50, 50), (10, 10))


def test_a_legend_beside_the_table_is_used(files):
    rows = [("Ada", 1, 5, None, "1 = expert"), ("Bo", 5, 1, None, "5 = none"), (None, None, None, None, "x = yes")]
    read = files.xlsx(HEADER, *rows)

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert (level(read), level(read, "sql")) == ((50, 50), (0, 0))
    assert read.rejected == []


def test_a_legend_on_a_sheet_of_its_own_is_used(files):
    book = files.book(HEADER, ("Ada", 1, 5))
    book.create_sheet("Legend")
    for row in [("Level", "Meaning"), (1, "expert"), (5, "none")]:
        book["Legend"].append(row)
    read = files.saved(book)

    assert (level(read), level(read, "sql")) == ((50, 50), (0, 0))
    assert "The sheet 'Legend' holds a legend" in notices(read)


def test_a_scale_in_the_header_of_a_column_goes_before_the_legend(files):
    read = files.xlsx(("1 = expert, 5 = none",), ("Name", "Python (0-10)", "SQL"), ("Ada", 8, 1))

    assert (level(read), level(read, "sql")) == ((40, 40), (50, 50))


def test_figures_in_a_list_are_not_read_where_the_legend_turns_them(files):
    read = files.xlsx(("1 = expert, 5 = none",), ("Name", "Skills"), ("Ada", "Python (1), SQL: advanced, Go - 3 yrs"))

    assert [(piece.skill, piece.level, piece.months) for piece in read.people[0].profile.evidence] == [
        ("python", None, None), ("sql", (40, 40), None), ("go", None, (36, 36)),
    ]  # fmt: skip
    assert read.warned == ["B3"]


def test_a_legend_turns_a_sheet_with_people_across_too(files):
    read = files.xlsx(("A = expert, B = basic",), ("Skill", "Ada", "Bo"), ("Python", "A", "B"), ("SQL", "B", "A"))

    assert (level(read), level(read, "python", 1)) == ((50, 50), (10, 10))


def test_a_legend_is_used_wherever_it_stands(files):
    rows = "".join(f"P{row},5,1\n" for row in range(5001))
    read = files.csv(f"Name,Python,SQL\n{rows}1 = expert,5 = none,\n")

    assert len(read.people) == 5001
    assert (level(read), level(read, "sql", 5000)) == ((0, 0), (50, 50))


@pytest.mark.parametrize("text", ["1 = " * 50_000, "=" * 200_000, "Legend: " + "1 - " * 50_000, "0" * 200_000])
def test_long_cells_are_no_legend_and_cost_little(text):
    assert entries(text) == []
    assert isinstance(entries(text[:1000]), list)
