"""What a sheet's own legend says is used where it is plain, and said where it is not."""

import pytest

from service.intake.tables.legends import OURS, entries, is_heading, of_row, scale_of
from service.skills.words import SILENT

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


@pytest.fixture(scope="module")
def explained(library):
    """Return what makes a legend of rows: texts, or several cells side by side."""

    def legend(*rows, by_pairs=False):
        cells = [row if isinstance(row, tuple) else (row,) for row in rows]
        said = [entry for row in cells for entry in of_row(row, by_pairs=by_pairs)]
        return scale_of(said, library.words, "Row 1")

    return legend


def tenths(legend, values):
    """Return the exact levels of values; None where the legend gives none."""
    read = [legend.read(value) for value in values]
    return [r.level[0] if r and r.level and r.level[0] == r.level[1] else None for r in read]


SIGNS = ["+", "++", "+++"]


@pytest.mark.parametrize(
    "rows",
    [
        ["+ = weak, ++ = ok, +++ = strong"], ["+++ = strong, ++ = ok, + = weak"], ["+: weak; ++: ok; +++: strong"],
        ["Legend: +++ strong, ++ ok, + weak, - none"], ["+ weak\n++ ok\n+++ strong"],
        ["+ → weak | ++ → ok | +++ → strong"],
        ["+ / ++ / +++ = weak / ok / strong"], ["+ (weak), ++ (ok), +++ (strong)"], ["+ – weak, ++ – ok, +++ – strong"],
        ["+ = weak", "++ = ok", "+++ = strong"], [("+ = weak", "++ = ok", "+++ = strong")],
        ["+ => weak, ++ => ok, +++ => strong"], ["Legend: weak = +, ok = ++, strong = +++"],
    ],
)  # fmt: skip
def test_codes_of_several_signs_are_each_a_code(explained, rows):
    legend = explained(*rows)

    assert tenths(legend, SIGNS) == [10, 30, 40]
    assert (legend.asked, legend.read("++++").level) == ((), None)
    assert legend.read("++++").problem


@pytest.mark.parametrize(
    "cells", [("+", "weak", "++", "ok", "+++", "strong"), ("+++", "strong", "++", "ok", "+", "weak")]
)
def test_codes_and_meanings_may_stand_in_cells_side_by_side(explained, cells):
    assert tenths(explained(cells, by_pairs=True), SIGNS) == [10, 30, 40]
    assert tenths(explained((1.0, "expert"), (2.0, "basic", "a remark"), by_pairs=True), [1, 2]) == [50, 10]
    assert explained(("Team", "North"), by_pairs=True) == OURS


EXPLAINED = [
    ("●●● = expert; ●●○ = good; ●○○ = basic; ○○○ = none", ["●●●", "●●○", "●○○", "○○○", "●○"], [50, 30, 10, 0, None]),
    ("- = none, + = basic, ++ = advanced", ["-", "–", "+", "++"], [0, 0, 10, 40]),
    ("* = basic ** = good *** = expert", ["*", "**", "***"], [10, 30, 50]),
    ("🟢 = expert, 🟡 = good, 🔴 = none", ["🟢", "🟡", "🔴"], [50, 30, 0]),
    ("x = expert, o = novice", ["x", "X", "o", "O"], [50, 50, 10, 10]),
    ("N = novice, I = intermediate, A = advanced, E = expert", ["n", "I", "A", "E", "G"], [10, 30, 40, 50, None]),
    ("T = trained, I = in training, N = not trained", ["T", "I", "N"], [20, 10, 0]),
    ("yes = expert, no = none", ["yes", "Yes", "no"], [50, 50, 0]),
    ("Green = can teach others, Yellow = needs help", ["green", "YELLOW"], [50, 10]),
    ("+++ = 5, ++ = 3, + = 1", ["+++", "++", "+"], [50, 30, 10]),
    ("A = 100 %, B = 50 %", ["A", "B"], [50, 25]),
    ("L1 = basic, L2 = good, L3 = expert", ["L1", 2, "Level 3"], [10, 30, 50]),
    ("1=none; 2=basic; 3=good; 4=expert", [1, 2, 3, 4, 3.5, "4 - expert", "3) good"], [0, 10, 30, 50, 40, 50, 30]),
    ("0 – keine Kenntnisse, 1 – Grundkenntnisse, 2 – gut, 3 – Experte", [0, 1, 2, 3], [0, 10, 30, 50]),
    ("0 = none … 4 = expert", [0, 1, 2, 2.5, 4, 5], [0, 13, 25, 31, 50, None]),
    ("0 = No experience, 1 = Heard of it, 2 = Works with a mate, 3 = Works alone, 4 = Teaches others",
     [0, 1, 2, 3, 4], [0, 10, 20, 30, 50]),
    ("0 = no idea of it, 1 = beginner, 3 = advanced, 4 = the one who wrote the book", [0, 1, 3, 4], [0, 10, 40, 50]),
    ("1 = the one who wrote the book, 2 = advanced, 4 = basic", [1, 2, 4], [50, 40, 10]),
    ("Skala: 1 (sehr gut) bis 6 (ungenügend)", [1, 6, 3.5, 7], [50, 8, 29, None]),
    ("Ratings are from 1 (lowest) to 10 (highest)", [1, 7, "10", 11], [5, 35, 50, None]),
    ("Rate 1-10, 10 being best", [10, 4], [50, 20]),
    ("1 is the best and 5 is the worst, as a key", [1, 5], [50, 10]),
    ("1 = strongly agree, 5 = strongly disagree", [1, 3, 5], [50, 30, 10]),
    ("1-2 = basic, 3-4 = good, 5 = expert", [1, 2, 3, 4, 5], [10, 10, 30, 30, 50]),
    ("1 → expert, 5 → none", [1, 5], [50, 0]),
    ("expert (1), none (5)", [1, 5], [50, 0]),
    ("1 = Basic understanding of it, 2 = Good knowledge, 3 = Expert: is asked by others", [1, 2, 3], [10, 30, 50]),
    ("expert = 1, advanced = 2, none = 5", [1, 2, 5], [50, 40, 0]),
    ("1/2/3 = low/medium/high", [1, 2, 3], [10, 30, 40]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "levels"), EXPLAINED, ids=[case[0] for case in EXPLAINED])
def test_what_a_legend_explains_is_read_as_it_says(explained, text, values, levels):
    assert tenths(explained(text), values) == levels


def test_a_range_of_figures_lies_between_what_both_mean(explained):
    legend = explained("1 = none, 2 = basic, 3 = good, 4 = expert")

    assert legend.read("2-3").level == (10, 30)
    assert legend.read("3 - 2").problem
    assert legend.read("2/4").problem
    assert explained("Ratings from 1 to 10").read("7-8").level == (35, 40)


def test_times_and_unknown_in_a_legend_are_what_they_say(explained):
    years = explained("1 = less than 1 year, 2 = 1-3 years, 3 = more than 3 years")
    some = explained("0 = not assessed, 1 = basic, 2 = good, 3 = expert, N/A = not rated, x = yes")

    assert [years.read(value).months for value in (1, 2)] == [(0, 11), (12, 36)]
    assert (some.read(0), some.read("n/a"), some.read("x").mention) == (SILENT, SILENT, True)
    assert tenths(some, [1, 3]) == [10, 50]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (["+ = weak, + = strong"], ["+"]), (["x = expert", "x = basic"], ["x"]), (["1 = novice, 1 = expert"], [1, 3]),
        (["+ = weak, ++ = ok", "++ = strong"], ["+", "++"]), (["A = low", "B = high", "A = Team North"], ["A", "B"]),
    ],
)  # fmt: skip
def test_a_code_that_is_explained_twice_and_differently_refuses_the_legend(explained, rows, values):
    legend = explained(*rows)

    assert tenths(legend, values) == [None] * len(values)
    assert all("twice" in legend.read(value).problem for value in values)
    assert "twice" in legend.notice
    assert legend.asked


def test_a_code_explained_twice_alike_or_described_is_plain(explained):
    assert tenths(explained("x = expert", "X = Expert"), ["x"]) == [50]
    described = explained("1 = novice, 2 = expert", "1 = follows what others have written down")
    assert tenths(described, [1, 2]) == [10, 50]


@pytest.mark.parametrize(
    ("text", "asked"),
    [("A = green", ("a",)), ("P = primary, S = secondary", ("p", "s")), ("+ = lowest, +++ = strong", ("+",))],
)
def test_meanings_that_are_not_known_are_asked(explained, text, asked):
    legend = explained(text)

    assert legend.asked == asked
    assert all("not known" in legend.read(code).problem for code in asked)
    assert "not known" in legend.notice


@pytest.mark.parametrize(
    "text", ["Status = draft", "2 = Team", "Status: draft", "Data Engineer (3), ML Engineer (12)", "Q3 - Overview"]
)
def test_other_texts_are_no_legend_of_figures(explained, text):
    legend = explained(text)

    assert [legend.read(value) for value in (2, 3, 12, "yes", "advanced", None)] == [None] * 6
    assert legend.is_ours


def test_a_legend_says_nothing_of_what_it_does_not_explain(explained):
    legend = explained("+ = weak, ++ = strong")

    assert [legend.read(value) for value in ("advanced", 3, "x", "3/5", "?", "")] == [None] * 6
    assert not explained("1 = expert, 5 = none").is_ours
    assert is_heading(("Legend:", None))


def test_upside_down_no_more(files):
    read = files.xlsx(("+ = weak, ++ = ok, +++ = strong",), HEADER, ("Ada", "+++", "+"), ("Bo", "+", "-"))

    assert (level(read), level(read, "sql"), level(read, "python", 1)) == ((40, 40), (10, 10), (10, 10))
    assert level(read, "sql", 1) is None
    assert "as it says" in notices(read)


@pytest.mark.parametrize("text", ["Scale: 0-10", "Échelle de 0 à 10", "Ratings are from 0 (lowest) to 10 (highest)"])
def test_a_scale_may_stand_below_the_header_in_a_row_of_its_own(files, text):
    read = files.xlsx(HEADER, (text,), ("Ada Park", 9, 4), ("Scala Montefiori", 2, 3))

    assert [who.name for who in read.people] == ["Ada Park", "Scala Montefiori"]
    assert (level(read), level(read, "sql", 1)) == ((45, 45), (15, 15))
