"""Sheets as people lay them out: titles and legends above, people across, a row for each skill, several sheets."""

import pytest

from service.core.policy import Origin
from service.errors import InvalidInput


def rated(level):
    return ("rated", (level, level))


def notices(read):
    return " ".join(read.report["notices"])


def places(read, place=0):
    """Return where each piece of a candidate's evidence stood: sheet, row, column."""
    profile = read.people[place].profile
    here = Origin(None, profile.sheet, profile.row)
    return {
        piece.skill: ((piece.origin or here).sheet, (piece.origin or here).row, piece.where)
        for piece in profile.evidence
    }


def sheets(files, **tables):
    """Write a workbook with a sheet for each table, and read it."""
    book = files.book()
    book.remove(book.active)
    for title, rows in tables.items():
        book.create_sheet(title)
        for row in rows:
            book[title].append(row)
    return files.saved(book)


# Headers.


def test_a_header_of_two_storeys_is_read_as_one(files):
    read = files.xlsx(
        ("Candidate", None, "Skills", None, None),
        (None, "Years", "Python", "SQL", "Docker"),
        ("Ada", 4, 5, 3, "x"),
        ("Bo", 2, 1, None, 0),
    )

    assert read.report["header_row"] == 2
    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert read.levels() == {"python": rated(50), "sql": rated(30), "docker": ("stated", None)}
    assert read.rejected == []


def test_the_names_over_a_turned_sheet_may_stand_beside_the_word_skill_and_over_years(files):
    read = files.xlsx(
        ("Team matrix",),
        ("Skill", "Ana Example", "Bo Example"),
        ("Years of experience", 7, "10+"),
        ("Python", 5, 3),
        ("SQL", 4, "x"),
    )

    assert [who.name for who in read.people] == ["Ana Example", "Bo Example"]
    assert read.levels() == {"python": rated(50), "sql": rated(40)}


def test_ids_that_look_like_a_skill_make_no_column_of_labels(files):
    read = files.xlsx(("ID", "Name", "Python"), *((f"C-{row}", f"P{row}", 3) for row in range(20)))

    assert [who.external_id for who in read.people] == [f"C-{row}" for row in range(20)]


# People across.


ACROSS = [
    ("Name", "Ada", "Bo", "Cy"),
    ("E-mail", "ada@example.com", None, "cy@example.com"),
    ("Years", 6, "3-5", None),
    ("Python", 4, "advanced", "x"),
    ("SQL", 0, None, "blue"),
    ("Shoe size", 38, 44, None),
    ("Docker", 3.5, "n/a", "yes"),
]


def test_people_may_stand_across_and_skills_down(files):
    read = files.xlsx(*ACROSS)

    assert [(who.name, who.profile.months) for who in read.people] == [
        ("Ada", (72, 72)),
        ("Bo", (36, 60)),
        ("Cy", None),
    ]
    assert read.levels(0) == {"python": rated(40), "sql": rated(0), "docker": rated(35)}
    assert read.levels(1) == {"python": rated(40)}
    assert read.levels(2) == {"python": ("stated", None), "docker": ("stated", None)}
    assert read.people[0].contact == {"email": "ada@example.com"}
    assert read.people[1].extra == {"Shoe size": 44}
    assert read.report["sheets"] == [{"sheet": "Sheet", "header_row": 1, "layout": "across"}]


def test_evidence_of_people_across_says_its_own_cell(files):
    read = files.xlsx(*ACROSS)

    assert places(read, 1) == {"python": ("Sheet", 4, "C")}
    assert places(read, 2) == {"python": ("Sheet", 4, "D"), "docker": ("Sheet", 7, "D")}
    assert read.people[2].profile.row == 1
    assert [(warning["row"], warning["column"], warning["value"]) for warning in read.report["warnings"]] == [
        (5, "D", "blue")
    ]
    python = next(column for column in read.report["columns"] if column["header"] == "Python")
    assert (python["column"], python["row"], python["samples"]) == ("A", 4, ["4", "advanced", "x"])


@pytest.mark.parametrize("label", ["Skill", "Skills", "", "Technology", "Skill / candidate", None])
def test_the_row_of_names_needs_no_label(files, label):
    read = files.xlsx(
        ("Team matrix, autumn",),
        (),
        (label, "Ada Example", "Bo Ek"),
        ("Python", 4, 3),
        ("SQL", 3, "x"),
        ("Kafka", 0, 1),
    )

    assert [who.name for who in read.people] == ["Ada Example", "Bo Ek"]
    assert read.levels(0) == {"python": rated(40), "sql": rated(30), "kafka": rated(0)}


def test_columns_of_a_turned_sheet_that_are_nobodys_are_named(files):
    read = files.xlsx(
        ("Field", "Skill", "Ada", "Bo", "Average", "Comment"),
        ("Code", "Python", 4, 3, 3.5, "good"),
        ("Code", "SQL", 3, 1, 2, None),
        ("Ops", "Docker", 3, 1, 2, None),
    )

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert [(one["column"], one["value"]) for one in read.report["passed_over"]] == [("E", "Average"), ("F", "Comment")]
    assert "Column A" in notices(read)


def test_ids_given_twice_across_are_rejected_by_column(files):
    read = files.xlsx(
        ("ID", 7, 8, 7), ("Name", "Ada", "Bo", "Cy"), ("Python", 4, 3, 2), ("SQL", 4, 3, 2), ("Docker", 1, 1, 1)
    )

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    (rejected,) = read.rejected
    error = rejected.errors[0]
    assert (error["code"], error["column"]) == ("duplicate_id", "D")
    assert "column B" in error["detail"]


def test_a_list_of_skills_of_nobody_is_no_table(files):
    with pytest.raises(InvalidInput):
        files.xlsx(("Skill", "Level", "Years"), ("Python", 4, 3), ("SQL", 3, 1), ("Docker", 3, 1))


# A row for each skill of a person.


PAIRS = [
    ("Name", "E-mail", "Skill", "Level", "Years", "Last used", "Total years"),
    ("Ada", "ada@example.com", "Python", 4, 5, "2026", 6),
    ("Bo", None, "SQL", "advanced", None, None, None),
    ("Ada", "ada@example.com", "Docker", None, None, "2020-05", 6),
    ("Ada", "other@example.com", "Go", 2, None, None, None),
    ("Bo", None, "Klingon poetry", 5, None, None, None),
    ("Ada", "ada@example.com", "K8s", "blue", None, "sometime", 7),
    ("Bo", None, "Rust", "n/a", None, None, None),
    ("Bo", None, "Kafka", "x", 2, None, None),
]


def test_rows_of_one_person_are_put_together_in_any_order(files):
    read = files.xlsx(*PAIRS)

    assert [(who.name, who.contact.get("email")) for who in read.people] == [
        ("Ada", "ada@example.com"), ("Bo", None), ("Ada", "other@example.com"),
    ]  # fmt: skip
    ada, bo = (read.people[place].profile.evidence for place in (0, 1))
    assert [(piece.skill, piece.kind, piece.level, piece.months) for piece in ada] == [
        ("python", "rated", (40, 40), None), ("python", "stated", None, (60, 60)), ("docker", "stated", None, None),
    ]  # fmt: skip
    assert [(piece.skill, piece.kind, piece.level, piece.months) for piece in bo] == [
        ("sql", "rated", (40, 40), None), ("kafka", "stated", None, None), ("kafka", "stated", None, (24, 24)),
    ]  # fmt: skip
    assert all(piece.last_used for piece in ada)
    assert read.people[0].profile.months == (72, 72)


def test_each_piece_of_a_pair_says_its_own_row_and_what_is_wrong_is_said(files):
    read = files.xlsx(*PAIRS)

    assert places(read) == {"python": ("Sheet", 2, "E"), "docker": ("Sheet", 4, "C")}
    assert sorted(read.warned) == ["C6", "D7", "F7", "G7"]
    assert read.report["unknown_skills"] == [{"word": "Klingon poetry", "count": 1, "suggestion": None}]
    assert read.report["sheets"][0]["layout"] == "pairs"


def test_a_slip_in_the_name_of_a_skill_is_read_and_said(files):
    read = files.xlsx(("Name", "Skill", "Level"), ("Ada", "Kuberntes", 4), ("Ada", "SQL (blue)", None))

    assert read.levels() == {"kubernetes": rated(40), "sql": ("stated", None)}
    assert read.warned == ["B2", "B3"]


def test_a_name_holds_for_the_rows_below_it(files):
    read = files.xlsx(
        ("Name", "Skill", "Level"), ("Ada", "Python", 4), (None, "SQL", 3), ("Bo", "Go", 2), (), (None, "Rust", 1)
    )

    assert read.levels(0) == {"python": rated(40), "sql": rated(30)}
    assert read.levels(1) == {"go": rated(20)}
    assert [row.row for row in read.rejected] == [6]
    assert "1 rows without a name" in notices(read)


def test_names_that_come_again_make_pairs_of_two_columns(files):
    read = files.xlsx(("Name", "Skill"), ("Ada", "Python"), ("Ada", "SQL"), ("Bo", "Go (4)"))

    assert [set(read.levels(place)) for place in (0, 1)] == [{"python", "sql"}, {"go"}]


def test_lists_of_skills_beside_a_level_of_seniority_are_no_pairs(files):
    read = files.xlsx(("Name", "Skills", "Level"), ("Ada", "Python, SQL, Go", "Senior"), ("Bo", "Go, Rust", "Junior"))

    assert read.report["sheets"][0]["layout"] == "rows"
    assert set(read.levels(0)) == {"python", "sql", "go"}
    assert read.understood["Level"] is None
    assert read.people[0].extra == {"Level": "Senior"}


# Several sheets.


PEOPLE = [("ID", "Name", "Email", "Years"), (1, "Ada", "ada@example.com", 6), (2, "Bo", None, 3), (3, "Ada", None, 1)]


def test_people_and_skills_on_two_sheets_are_joined_by_id(files):
    read = sheets(files, People=PEOPLE, Skills=[("ID", "Python", "SQL"), (2, 4, "x"), (1, 5, 0), (9, 1, 1)])

    assert [(who.external_id, who.name, who.profile.months) for who in read.people] == [
        ("1", "Ada", (72, 72)), ("2", "Bo", (36, 36)), ("3", "Ada", (12, 12)), ("9", None, None),
    ]  # fmt: skip
    assert [read.levels(place) for place in range(4)] == [
        {"python": rated(50), "sql": rated(0)}, {"python": rated(40), "sql": ("stated", None)}, {},
        {"python": rated(10), "sql": rated(10)},
    ]  # fmt: skip
    assert places(read, 1) == {"python": ("Skills", 2, "B"), "sql": ("Skills", 2, "C")}
    assert (read.people[1].profile.sheet, read.people[1].profile.row) == ("People", 3)
    assert "joined to 'People' by id: 2 found, 1 stand there only" in notices(read)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_name_that_stands_twice_is_reported_and_not_joined(files, swapped):
    skills = [("Name", "Python", "SQL"), ("bo ", 4, 3), ("Ada", 5, 5), ("Cy", 2, 2), ("cy", 1, 1)]
    tables = {"Skills": skills, "People": PEOPLE} if swapped else {"People": PEOPLE, "Skills": skills}
    read = sheets(files, **tables)

    assert [(who.name, bool(who.profile.evidence)) for who in read.people] == [
        ("Ada", False),
        ("Bo", True),
        ("Ada", False),
    ]
    assert sorted((row.row, row.errors[0]["code"], row.errors[0]["sheet"]) for row in read.rejected) == [
        (3, "ambiguous_name", "Skills"), (4, "ambiguous_name", "Skills"), (5, "ambiguous_name", "Skills"),
    ]  # fmt: skip
    assert "row 2 of the sheet 'People' and row 4 of the sheet 'People'" in read.rejected[0].errors[0]["detail"]


def test_pairs_on_a_sheet_of_their_own_are_joined(files):
    read = sheets(
        files, Skills=[("Candidate ID", "Skill", "Level"), (2, "Python", 4), (1, "SQL", 3), (2, "Go", 1)], People=PEOPLE
    )

    assert [(who.external_id, set(read.levels(place))) for place, who in enumerate(read.people)] == [
        ("1", {"sql"}), ("2", {"python", "go"}), ("3", set()),
    ]  # fmt: skip
    assert places(read, 1) == {"python": ("Skills", 2, "C"), "go": ("Skills", 4, "C")}


def test_sheets_with_nothing_in_common_are_not_joined_and_named(files):
    read = sheets(files, People=PEOPLE, Tests=[("E-mail", "Name", "Python")], Other=[("First name", "SQL"), ("Ada", 3)])

    assert len(read.people) == 3
    lonely = sheets(files, People=[("ID", "Years"), (1, 4)], Skills=[("Name", "Python"), ("Ada", 3)])
    assert "'Skills' was not read" in notices(lonely)


def test_sheets_with_the_same_header_are_read_one_after_the_other(files):
    header = ("ID", "Name", "Python", "SQL")
    read = sheets(
        files, Notes=[("About this file",)], Autumn=[header, (1, "Ada", 4, 3), (2, "Bo", "blue", 1)],
        Spring=[header, (3, "Cy", 2, 2), (1, "Twice", 1, 1)],
    )  # fmt: skip

    assert [(who.name, who.profile.sheet, who.profile.row) for who in read.people] == [
        ("Ada", "Autumn", 2), ("Bo", "Autumn", 3), ("Cy", "Spring", 2),
    ]  # fmt: skip
    (twice,) = read.rejected
    assert (twice.errors[0]["sheet"], twice.errors[0]["code"]) == ("Spring", "duplicate_id")
    assert "row 2 of the sheet 'Autumn'" in twice.errors[0]["detail"]
    assert [warning["sheet"] for warning in read.report["warnings"]] == ["Autumn"]
    assert [sheet["sheet"] for sheet in read.report["sheets"]] == ["Autumn", "Spring"]
    assert "'Notes' was not read" in notices(read)


def test_years_that_differ_between_sheets_are_said(files):
    read = sheets(files, People=PEOPLE, Skills=[("ID", "Years", "Python"), (1, 9, 4), (2, 3, 4)])

    assert [who.profile.months for who in read.people] == [(72, 72), (36, 36), (12, 12)]
    assert [(warning["sheet"], warning["row"], warning["column"]) for warning in read.report["warnings"]] == [
        ("Skills", 2, "B")
    ]


# Cells that say nothing.


def test_a_column_of_colours_is_said_to_be_empty(files):
    read = files.xlsx(("Name", "Python", "SQL", "Docker"), ("Ada", 3, None, None), ("Bo", None, None, " "))

    assert "columns C (SQL)" in notices(read).replace("column C", "columns C")
    assert "Colours of cells are not read" in notices(read)


# Running text.


def test_running_text_is_kept_and_never_taken_for_a_list(files):
    read = files.xlsx(("Name", "Python", "Summary", "Cover letter", "About"), ("Ada", 3, "one", "two", "three"))

    assert read.people[0].contact == {"summary": "one", "text": "two"}
    assert read.people[0].extra == {"About": "three"}
    assert (read.understood["About"], read.understood["Cover letter"]) == ("summary", "text")
    assert read.report["unknown_skills"] == []


PROSE = "Built a fraud model in PyTorch and ran it in production. No experience with Kafka."


@pytest.mark.parametrize("header", ["Summary", "Resume", "Notes", "Lebenslauf", "Sobre mí"])
def test_skills_are_found_in_running_text_with_their_place_in_it(files, header):
    read = files.xlsx(("Name", "SQL", header), ("Ada", 3, PROSE))
    found = {piece.skill: piece for piece in read.people[0].profile.evidence}

    assert (found["pytorch"].kind, found["pytorch"].where) == ("stated", "C")
    start, end = found["pytorch"].at
    assert PROSE[start:end] == "PyTorch"
    assert found["kafka"].level == (0, 0)


def test_text_and_titles_of_people_across_and_of_joined_sheets_say_their_own_cell(files):
    across = files.xlsx(
        ("Name", "Ada", "Bo"), ("Title", "Lead", "Analyst"), ("About", None, PROSE), ("SQL", 3, 2), ("Docker", 1, 1)
    )
    assert places(across, 1)["pytorch"] == ("Sheet", 3, "C")
    assert [(title.title, title.where, title.origin.row) for title in across.people[1].profile.titles] == [
        ("Analyst", "C", 2)
    ]
    joined = sheets(files, People=PEOPLE, CVs=[("ID", "CV", "Title"), (2, PROSE, "Lead")])
    assert places(joined, 1)["pytorch"] == ("CVs", 2, "B")
    assert [(title.title, title.origin.sheet) for title in joined.people[1].profile.titles] == [("Lead", "CVs")]


def test_years_that_two_rows_state_in_a_summary_and_that_differ_are_told(files):
    read = files.xlsx(
        ("Name", "Skill", "Level", "Summary"),
        ("Ada", "Python", 4, "10 years of experience"),
        ("Ada", "SQL", 3, "9 years of experience"),
    )
    (ada,) = read.people
    assert ada.profile.months == (120, 120)
    assert [(warning["column"], warning["detail"]) for warning in read.report["warnings"]] == [
        ("D", "another row gives other years: those count")
    ]


def test_unknown_levels_are_told_by_column_of_pairs_and_by_row_of_people_across(files):
    pairs = files.xlsx(("Name", "Skill", "Level"), ("Ada", "Python", "?"), ("Ada", "SQL", "n/a"), ("Ben", "SQL", 3))
    across = files.xlsx(("Name", "Ada", "Ben", "Cy"), ("Python", "?", 3, "?"), ("SQL", 4, 2, 1), ("Docker", 1, 2, 3))

    assert "Column C (Level): 2 cells say ? or n/a: taken as unknown." in pairs.report["notices"]
    assert "Row 2 (Python): 2 cells say ?: taken as unknown." in across.report["notices"]
