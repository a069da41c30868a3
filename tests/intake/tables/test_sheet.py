import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from service.core.profile import MarkerSeen
from service.errors import InvalidInput
from service.reports.template import write_template

TABLE = ("ID", "Name", "Python", "SQL")


def rated(level):
    return ("rated", (level, level))


# Layouts.


def test_a_column_a_skill_holds_levels_however_they_are_written(files):
    said = {
        0: ("rated", (0, 0)), 3: ("rated", (30, 30)), 3.5: ("rated", (35, 35)), 5: ("rated", (50, 50)),
        "4": ("rated", (40, 40)), " 2 ": ("rated", (20, 20)), "3,5": ("rated", (35, 35)), "3-4": ("rated", (30, 40)),
        "expert": ("rated", (50, 50)), "Advanced": ("rated", (40, 40)), "none": ("rated", (0, 0)),
        "no": ("rated", (0, 0)), "No": ("rated", (0, 0)), "70%": ("rated", (35, 35)), "4/5": ("rated", (40, 40)),
        "7/10": ("rated", (35, 35)), "yes": ("stated", None), "x": ("stated", None), "✓": ("stated", None),
        "5 yrs": ("stated", (60, 60)), "18 months": ("stated", (18, 18)), "2+ years": ("stated", (24, 840)),
        True: ("stated", None),
    }  # fmt: skip
    read = files.xlsx(("Name", "Python", "SQL"), *((f"P{row}", value, 3) for row, value in enumerate(said)))

    assert [read.levels(place)["python"] for place in range(len(said))] == list(said.values())
    assert read.report["warnings"] == []


def test_true_and_one_are_different_sayings(files):
    read = files.xlsx(("Name", "Python", "SQL"), ("A", True, 1), ("B", 1, True), ("C", False, 0), ("D", 0, False))

    assert read.levels(0) == {"python": ("stated", None), "sql": rated(10)}
    assert read.levels(1) == {"python": rated(10), "sql": ("stated", None)}
    assert read.levels(2) == read.levels(3) == {"python": rated(0), "sql": rated(0)}


def test_a_column_may_say_its_scale(files):
    read = files.xlsx(
        ("Name", "Python (0-10)", "SQL (%)", "Docker %", "Statistics (0 to 100)", "Kafka [1-10]", "Spark (0–5)"),
        ("A", 7, 80, "60", 50, 10, 4),
        ("B", "11", 101, "70%", "0", 0, 10),
    )

    assert read.levels(0) == {
        "python": rated(35), "sql": rated(40), "docker": rated(30), "statistics": rated(25), "kafka": rated(50),
        "spark": rated(40),
    }  # fmt: skip
    assert read.levels(1) == {"docker": rated(35), "statistics": rated(0), "kafka": rated(0)}
    assert read.warned == ["B3", "C3", "G3"]
    assert read.understood["Python (0-10)"] == "level of Python (production-grade) on a scale to 10"
    assert read.understood["SQL (%)"].endswith("in percent")


def test_a_list_of_skills_may_give_levels(files):
    read = files.xlsx(
        ("Candidate", "Skills"),
        ("A", "Python (4), PyTorch, k8s; SQL: advanced | Go - 3 yrs\nRust 2/5"),
        ("B", "n/a"),
        ("C", "Python, python, Python 3.11"),
        ("D", "Python (no), Klingon poetry, Terraform"),
    )

    assert read.levels(0) == {
        "python": ("stated", (40, 40)), "pytorch": ("stated", None), "kubernetes": ("stated", None),
        "sql": ("stated", (40, 40)), "go": ("stated", (36, 36)), "rust": ("stated", (20, 20)),
    }  # fmt: skip
    assert read.levels(1) == {}
    assert read.levels(2) == {"python": ("stated", None)}
    assert read.levels(3) == {"python": ("stated", (0, 0)), "terraform": ("stated", None)}
    assert read.warned == ["B5"]
    assert "Klingon poetry" in read.report["warnings"][0]["detail"]
    assert read.report["unknown_skills"] == [{"word": "Klingon poetry", "count": 1, "suggestion": None}]


def test_columns_for_skills_and_a_list_go_together(files):
    read = files.xlsx(("Name", "Python", "Other skills", "Skills"), ("A", 5, "Docker, SQL (3)", "Kafka"))

    assert set(read.levels()) == {"python", "docker", "sql", "kafka"}


def test_a_column_may_hold_years_of_a_skill(files):
    read = files.xlsx(
        ("Name", "Years of Python", "SQL (years)", "Docker yrs", "Kafka experience (years)"),
        ("A", 4, "2,5", "1-2", "?"),
        ("B", "many", None, 0, "18 months"),
    )

    assert read.levels(0) == {
        "python": ("stated", (48, 48)), "sql": ("stated", (30, 30)), "docker": ("stated", (12, 24)),
    }  # fmt: skip
    assert read.levels(1) == {"docker": ("stated", (0, 0)), "kafka": ("stated", (18, 18))}
    assert read.warned == ["B3"]
    assert read.understood["Docker yrs"] == "years of Docker"


def test_evidence_says_where_it_stood(files):
    read = files.xlsx((None, *TABLE), (None, "7", "A", 4, "advanced"))
    profile = read.people[0].profile

    assert (profile.sheet, profile.row) == ("Sheet", 2)
    assert [(piece.where, piece.quote) for piece in profile.evidence] == [("D", "Python: 4"), ("E", "SQL: advanced")]


# Headers.


@pytest.mark.parametrize(
    ("headers", "skill"),
    [
        (("candidate_name", "PYTHON"), "python"),
        ((" Full  Name ", "python "), "python"),
        (("Applicant", "Python level"), "python"),
        (("E-mail", "Name", "Python rating"), "python"),
        (("Candidate ID", "K8s"), "kubernetes"),
        (("Ref.", "kubernetes_and_containers"), "kubernetes"),
        (("NAME", "Postgres"), "postgresql"),
        (("First name", "Last name", "CI / CD"), "ci_cd"),
        (("Name", "Python: score"), "python"),
        (("Name", "Python (production-grade)"), "python"),
        (("Name", "Node.js"), "nodejs"),
        (("Name", "C++"), "cpp"),
        (("Name", "R"), "r"),
    ],
)
def test_headers_are_known_by_alias_case_space_and_underscore(files, headers, skill):
    read = files.xlsx(headers, [*("A" for _ in headers[1:]), 4])

    assert read.levels() == {skill: rated(40)}
    assert None not in read.understood.values()


@pytest.mark.parametrize(
    "header", ["Years", "YoE", "years_of_experience", "Experience (years)", "Total Experience", "Yrs. of exp."]
)
@pytest.mark.parametrize(("written", "months"), [(4.5, (54, 54)), ("5+", (60, 840)), ("3-5 years", (36, 60))])
def test_years_of_experience_have_many_headers(files, header, written, months):
    read = files.xlsx(("Name", header), ("A", written))

    assert read.people[0].profile.months == months


def test_the_header_may_stand_below_a_merged_title_and_empty_rows(files):
    book = files.book()
    sheet = book.active
    sheet["B3"] = "Candidates for the ML team, autumn (invented people)"
    sheet.merge_cells("B3:E3")
    for column, header in zip("BCDE", TABLE, strict=True):
        sheet[f"{column}6"] = header
    for column, value in zip("BCDE", (7, "A", 4, 3), strict=True):
        sheet[f"{column}9"] = value
    read = files.saved(book)

    assert read.report["header_row"] == 6
    assert [(who.external_id, who.name, who.profile.row) for who in read.people] == [("7", "A", 9)]
    assert [column["column"] for column in read.report["columns"]] == ["B", "C", "D", "E"]


def test_the_best_row_is_the_header_and_not_the_first_that_might_do(files):
    read = files.xlsx(("Name", "Python", "report"), ("Name", "Python", "SQL", "Docker"), ("A", 4, 3, 2))

    assert read.report["header_row"] == 2
    assert set(read.levels()) == {"python", "sql", "docker"}


def test_empty_rows_between_people_are_passed_over(files):
    read = files.xlsx(TABLE, (1, "A", 4, 3), (None, "", None, None), (), (2, "B", 4, 3))

    assert [who.profile.row for who in read.people] == [2, 5]


def test_numbers_kept_as_text_are_numbers(files):
    read = files.xlsx(TABLE, ("007", "A", "4", "3.5"), (12345678901234, "B", "0", "5"), (8.0, "C", 1, 1))

    assert read.levels(0) == {"python": rated(40), "sql": rated(35)}
    assert [who.external_id for who in read.people] == ["007", "12345678901234", "8"]


def test_csv_from_excel_has_a_bom_and_semicolons(files):
    text = "\ufeffName;ID;Years;Skills;Python\r\nJürgen Käßmeyer;7;3,5;Docker (4), SQL;4,5\r\n"
    read = files.csv(text)

    (person,) = read.people
    assert (person.name, person.external_id, person.profile.months) == ("Jürgen Käßmeyer", "7", (42, 42))
    assert read.levels() == {"docker": ("stated", (40, 40)), "sql": ("stated", None), "python": rated(45)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_csv_of_any_common_encoding_and_separator(files, encoding, separator):
    rows = [("Name", "Python", "SQL"), ("Zoë Muñoz", "4", "yes"), ("Bo Ek", "", "0")]
    read = files.csv("\n".join(separator.join(row) for row in rows).encode(encoding))

    assert [who.name for who in read.people] == ["Zoë Muñoz", "Bo Ek"]
    assert read.levels(0) == {"python": rated(40), "sql": ("stated", None)}
    assert read.levels(1) == {"sql": rated(0)}


def test_a_formula_in_csv_is_text(files):
    read = files.csv('Name,Python,Notes\n"\'=cmd()",4,"=1+1"\n')

    assert read.people[0].name == "=cmd()"
    assert read.people[0].contact == {"notes": "=1+1"}


# What is not understood.


def test_columns_not_understood_are_kept_and_reported(files):
    read = files.xlsx(
        ("Name", "Python", "Shoe size", "Available from"), ("A", 4, 43, dt.date(2026, 12, 1)), ("B", 3, None, None)
    )

    assert read.understood["Shoe size"] is None
    assert read.people[0].extra == {"Shoe size": 43, "Available from": dt.date(2026, 12, 1)}
    assert read.people[1].extra == {}


def test_what_is_personal_is_set_aside(files):
    headers = ("Gender", "Date of birth", "Nationality", "Photo", "Marital status", "University", "Address")
    read = files.xlsx(("Name", "Python", *headers), ("A", 4, *("secret" for _ in headers)))

    assert {read.understood[header] for header in headers} == {"set aside: kept, never scored"}
    assert read.levels() == {"python": rated(40)}
    assert dict.fromkeys(headers, "secret") == read.people[0].extra


def test_contact_is_kept_apart(files):
    read = files.xlsx(
        ("Name", "Email", "Job title", "Current company", "Comments", "Python"),
        ("A", "a@example.com", "Analyst", "Works", "on holiday", 4),
    )

    assert read.people[0].contact == {
        "email": "a@example.com", "headline": "Analyst", "company": "Works", "notes": "on holiday",
    }  # fmt: skip
    assert read.levels() == {"python": rated(40)}


def test_of_two_columns_for_one_field_the_first_counts_and_the_other_is_kept(files):
    read = files.xlsx(("Name", "Full name", "Python"), ("A", "B", 4))

    assert read.people[0].name == "A"
    assert read.understood["Full name"] is None
    assert read.people[0].extra == {"Full name": "B"}


def test_two_columns_for_one_skill_are_two_pieces_of_evidence(files):
    read = files.xlsx(("Name", "Python", "python level"), ("A", 2, 4))

    assert [piece.level for piece in read.people[0].profile.evidence] == [(20, 20), (40, 40)]


def test_first_and_last_name_make_a_name(files):
    read = files.xlsx(("First name", "Surname", "Python"), (" Ada ", "Lovelace", 4), ("Ada", None, 4), (None, "L", 4))

    assert [who.name for who in read.people] == ["Ada Lovelace", "Ada", "L"]


# Values that cannot be read.


def test_each_unreadable_value_is_warned_of_and_left_unknown(files):
    wrong = [7, -1, "6", "120%", "6/5", "see CV", "ask her", "5-3"]
    read = files.xlsx(
        ("Name", "Python", "SQL", "Years"),
        *((f"P{row}", value, 3, "long") for row, value in enumerate(wrong)),
        mapping={"scales": {"*": "0-5"}},
    )

    assert all(read.levels(place) == {"sql": rated(30)} for place in range(len(wrong)))
    assert all(who.profile.months is None for who in read.people)
    assert sorted(read.warned) == sorted(f"{column}{row}" for row in range(2, len(wrong) + 2) for column in "BD")
    assert read.report["warnings_total"] == 2 * len(wrong)
    first = next(warning for warning in read.report["warnings"] if warning["column"] == "B")
    assert first["value"] == "7"
    assert "0 to 5" in first["detail"]


@pytest.mark.parametrize("blank", [None, "", "  ", "n/a", "N/A", "-", "?", "tbd", "unknown"])
def test_a_blank_is_never_zero(files, blank):
    read = files.xlsx(
        ("Name", "Python", "Skills", "Years", "Years of SQL", "Docker"), ("A", blank, blank, blank, blank, 3)
    )

    assert read.levels() == {"docker": rated(30)}
    assert read.people[0].profile.months is None
    assert read.report["warnings"] == []


def test_no_and_zero_are_known_absence(files):
    read = files.xlsx(("Name", "Python", "SQL", "Docker"), ("A", 0, "no", "0"))

    assert {level for _, level in read.levels().values()} == {(0, 0)}


def test_error_cells_and_formulas_without_a_value_are_unknown_and_warned_of(files):
    book = files.book(("Name", "Python", "SQL", "Docker", "Kafka"), ("A", None, None, 3, None))
    sheet = book.active
    sheet["B2"], sheet["C2"] = "#REF!", "=VLOOKUP(A2,Other!A:B,2)"
    sheet["B2"].data_type = "e"
    read = files.saved(book)

    assert read.levels() == {"docker": rated(30)}
    assert read.warned == ["B2", "C2"]
    assert [warning["value"] for warning in read.report["warnings"]] == ["#REF!", "a formula without a value"]


def test_an_error_in_another_column_is_warned_of_too(files):
    book = files.book(("Name", "Years", "Marker: senior.build_or_buy", "Python"), ("A", None, None, 4))
    sheet = book.active
    for place in ("B2", "C2"):
        sheet[place] = "#N/A"
        sheet[place].data_type = "e"
    sheet["B2"] = "#DIV/0!"
    sheet["B2"].data_type = "e"
    read = files.saved(book)

    assert read.people[0].profile.months is None
    assert read.people[0].profile.markers == {}
    assert "B2" in read.warned


def test_an_error_written_as_text_in_csv_is_warned_of(files):
    read = files.csv("Name,Python,SQL\nA,#REF!,3\n")

    assert read.levels() == {"sql": rated(30)}
    assert read.warned == ["B2"]


def test_a_date_is_no_level(files):
    read = files.xlsx(("Name", "Python", "SQL"), ("A", dt.datetime(2026, 4, 5), 3))  # noqa: DTZ001 - as Excel keeps it

    assert read.levels() == {"sql": rated(30)}
    assert read.warned == ["B2"]


# Rows that nobody can be made of.


def test_rows_without_anybody_and_ids_given_twice_are_rejected(files):
    read = files.xlsx(TABLE, (1, "A", 4, 3), (None, None, 4, 3), (1, "B", 4, 3), (None, "C", 4, 3), ("1", "D", 1, 1))

    assert [who.name for who in read.people] == ["A", "C"]
    assert [row.row for row in read.rejected] == [3, 4, 6]
    nobody, twice, _ = (row.errors[0] for row in read.rejected)
    assert (nobody["row"], nobody["column"], nobody["code"]) == (3, "A, B", "nobody")
    assert (twice["row"], twice["column"], twice["code"]) == (4, "A", "duplicate_id")
    assert "row 2" in twice["detail"]
    assert read.rejected[1].cells == [1, "B", 4, 3]


def test_the_example_of_the_template_is_nobody(files):
    read = files.xlsx(TABLE, ("EXAMPLE", "Example Person", 4, 3), (1, "A", 4, 3))

    assert [who.name for who in read.people] == ["A"]
    assert read.rejected == []
    assert (read.warned, [one["row"] for one in read.report["passed_over"]]) == ([], [2])


# Sheets.


def test_a_hidden_sheet_is_not_read_and_is_named(files):
    book = files.book(TABLE, (1, "Hidden", 4, 3))
    book.active.title = "Archive"
    book.active.sheet_state = "hidden"
    book.create_sheet("Now")
    for row in (TABLE, (1, "Shown", 4, 3)):
        book["Now"].append(row)
    read = files.saved(book)

    assert [who.name for who in read.people] == ["Shown"]
    assert read.report["notices"] == ["The sheet 'Archive' was not read: it is hidden."]


@pytest.mark.parametrize(
    "rows",
    [
        [("just", "some", "words"), (1, 2, 3)],
        [("Python", "SQL"), (4, 3)],
        [("Name", "Shoe size"), ("A", 43)],
        [],
    ],
)
def test_without_a_header_the_answer_says_what_was_looked_for(files, rows):
    with pytest.raises(InvalidInput) as caught:
        files.xlsx(*rows)

    assert caught.value.code == "no_header"
    for word in ("'Sheet'", "name", "external id", "Skills", "Python"):
        assert word in caught.value.detail


def test_a_header_too_far_down_is_not_found(files):
    with pytest.raises(InvalidInput):
        files.xlsx(*[("a", "b")] * 60, TABLE, (1, "A", 4, 3))


# Mapping.


def test_a_mapping_names_columns_by_header_or_by_letter(files):
    mapping = {
        "Who": "name", "B": "skill:python", "Databases": "sql", "Ships": "skill:Docker",
        "Decides": "senior.build_or_buy", "Python": "ignore",
    }  # fmt: skip
    read = files.xlsx(
        ("Who", "Snakes", "Databases", "Ships", "Decides", "Python"),
        ("A", 4, "advanced", "x", "yes", 1),
        mapping=mapping,
    )

    assert read.people[0].name == "A"
    assert read.levels() == {"python": rated(40), "sql": rated(40), "docker": ("stated", None)}
    assert read.people[0].profile.markers["senior.build_or_buy"].met
    assert read.understood["Python"] == "set aside: kept, never scored"


def test_a_mapped_column_keeps_the_scale_of_its_header(files):
    read = files.xlsx(("Name", "Py (0-10)", "SQL"), ("A", 8, 3), mapping={"Py (0-10)": "skill:python"})

    assert read.levels()["python"] == rated(40)


@pytest.mark.parametrize("target", ["nonsense", "skill:Klingon", "senior.no_such_marker", "skill:"])
def test_a_mapping_to_nothing_is_refused(files, target):
    with pytest.raises(InvalidInput) as caught:
        files.xlsx(("Name", "Snakes", "SQL"), ("A", 4, 3), mapping={"Snakes": target})

    assert "'Snakes'" in caught.value.detail
    assert repr(target) in caught.value.detail


# Markers.


def test_markers_are_met_absent_or_unknown(files):
    met, absent, unknown, wrong = (
        "senior.build_or_buy",
        "mid.deploys_alone",
        "mid.mentors_juniors",
        "senior.owns_reliability",
    )
    read = files.xlsx(
        ("Name", f"Marker: {met}", absent, f"marker: {unknown}", f"Marker: {wrong}", "Marker: senior.flies", "Python"),
        ("A", "yes", "no", None, "sometimes", "yes", 4),
    )
    markers = read.people[0].profile.markers

    assert {id_: seen.met for id_, seen in markers.items()} == {met: True, absent: False}
    assert isinstance(markers[met], MarkerSeen)
    assert (markers[met].where, bool(markers[met].quote)) == ("B", True)
    assert read.warned == ["E2"]
    assert read.understood["Marker: senior.flies"] is None


# The template, there and back.


ROLES = ("ml_engineer", "data_scientist", "mlops_engineer", "ai_product_manager", "ai_engineer", "data_engineer")


@pytest.mark.parametrize("role", ROLES)
def test_a_filled_template_is_read_back_as_it_was_typed(files, library, role):
    rubric = library.get(role)
    words = [(level, *named) for level, named in library.words.names.items()]
    file = io.BytesIO()
    write_template(rubric, file, words)
    book = load_workbook(file)
    sheet = book["Candidates"]
    typed = {criterion.id: place % 6 for place, criterion in enumerate(rubric.criteria)}
    signs = {marker.id: place % 2 == 0 for place, marker in enumerate(rubric.markers)}
    filled = ["007", "Ada Example", "ada@example.com", 4.5, *typed.values()]
    filled += ["yes" if met else "no" for met in signs.values()]
    for column, value in enumerate([*filled, "Haskell (4)", "a note"], 1):
        sheet.cell(3, column, value)
    read = files.saved(book)

    (person,) = read.people
    own = [piece for piece in person.profile.evidence if piece.skill != "haskell"]
    assert (person.external_id, person.name, person.profile.months) == ("007", "Ada Example", (54, 54))
    assert person.contact == {"email": "ada@example.com", "notes": "a note"}
    assert [(piece.skill, piece.kind, piece.level) for piece in own] == [
        (id_, "rated", (level * 10, level * 10)) for id_, level in typed.items()
    ]
    assert {id_: seen.met for id_, seen in person.profile.markers.items()} == signs
    assert None not in read.understood.values()
    assert (read.warned, read.rejected) == ([], [])
    assert [one["kind"] for one in read.report["passed_over"]] == ["example"]
    assert read.report["sheet"] == "Candidates"


def test_the_warnings_listed_have_a_limit_and_are_counted_beyond_it(files):
    read = files.csv("Name,Python,SQL\n" + "".join(f"P{row},bad{row},3\n" for row in range(1200)))

    assert len(read.people) == 1200
    assert len(read.report["warnings"]) == 1000
    assert read.report["warnings_total"] == 1200


@pytest.mark.parametrize(
    ("header", "titles"),
    [("Current title", [("Lead Engineer", "senior")]), ("Title", [("Lead Engineer", "senior")]), ("Applied for", [])],
)
def test_a_column_of_titles_gives_a_hint_but_what_somebody_applies_for_is_none(files, header, titles):
    read = files.xlsx(("Name", "Python", header), ("Ada", 4, "Lead Engineer"), ("Bo", 3, None))

    assert [(seen.title, seen.band) for seen in read.people[0].profile.titles] == titles
    assert [seen.where for seen in read.people[0].profile.titles] == ["C"] * len(titles)
    assert read.people[1].profile.titles == ()


def test_cells_that_say_that_nothing_is_known_are_told_once_for_each_column(files):
    read = files.xlsx(
        ("Name", "Python", "Years of SQL", "Skills", "Years", "Docker"),
        ("A", "?", "n/a", "TBD", "-", "4"),
        ("B", "N/A", 3, "Kafka", 5, "  "),
        ("C", "?", 2, "Spark", 5, None),
    )

    assert read.levels(0) == {"docker": ("rated", (40, 40))}
    assert read.report["notices"] == [
        "Column B (Python): 3 cells say ? or N/A: taken as unknown.",
        "Column C (Years of SQL): 1 cell says n/a: taken as unknown.",
        "Column D (Skills): 1 cell says TBD: taken as unknown.",
        "Column E (Years): 1 cell says -: taken as unknown.",
    ]
    assert read.report["warnings"] == []
