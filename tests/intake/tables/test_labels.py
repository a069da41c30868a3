"""Ratings that say more than a number are read by the order of their own scale; what is not certain is asked."""

import pytest

from service.intake.tables.labels import labelled


@pytest.fixture(scope="module")
def words(library):
    return library.words


def levels(found, texts):
    """Return the levels of texts in tenths; what is no exact level as it was read."""
    read = {text: found.read(text) for text in texts}
    return {t: r.level[0] if r and r.level and r.level[0] == r.level[1] else r for t, r in read.items()}


def split(texts):
    return [text.strip() for text in texts.split("|")]


FIGURES = [
    ("5 - Excellent|4 - Good|3 - Average|2 - Poor|1 - Bad|3", [50, 40, 30, 20, 10, 30], "0-5"),
    ("4 (Good)|5 (Excellent)|2 (fair)", [40, 50, 20], "0-5"),
    ("Good (4)|Excellent (5)|Poor (1)", [40, 50, 10], "0-5"),
    ("4: Good|5: Very good", [40, 50], "0-5"),
    ("4 Good|5 Excellent", [40, 50], "0-5"),
    ("[3] Competent|[5] Expert|3) Competent|3. Competent", [30, 50, 30, 30], "0-5"),
    ("4 – gut|5 – sehr gut|1 – keine Kenntnisse", [40, 50, 0], "0-5"),
    ("2/4 basic|4/4 expert|3/4 good|0/4", [25, 50, 38, 0], "0-4"),
    ("3/4|1/4", [38, 13], "0-4"),
    ("2/4 working|2/4 working", [25, 25], "0-4"),
    ("2/4 working|4/4 sets the pace|3", [25, 50, 38], "0-4"),
    ("Level 1 - Basic|Level 2 - Intermediate|Level 3 - Advanced|Level 4 - Expert", [13, 25, 38, 50], "1-4"),
    ("0 - None|1 - Basic|2 - Intermediate|3 - Advanced|4 - Expert|2|3.5", [0, 13, 25, 38, 50, 25, 44], "0-4"),
    ("1 – Expert|2 – Advanced|3 – Intermediate|4 – Basic|5 – None", [50, 40, 30, 20, 0], "5-1"),
    ("Expert - 1|Novice - 5|3", [50, 10, 30], "5-1"),
    ("1 - Strongly agree|5 - Strongly disagree", [50, 10], "5-1"),
    ("1 - Expert|2 - Good|4 - None", [50, 38, 0], "4-1"),
    ("8 - Very good|10 - Excellent|5 - ok", [40, 50, 25], "0-10"),
    ("80 - good|100 - excellent", [40, 50], "0-100"),
    ("1 - Has seen it|2 - Basic|4 - Does things with it|5 - Expert", [10, 20, 40, 50], "0-5"),
]


@pytest.mark.parametrize(("texts", "tenths", "scale"), FIGURES, ids=[case[0] for case in FIGURES])
def test_a_figure_with_a_label_counts_on_the_scale_that_all_show(words, texts, tenths, scale):
    found = labelled(dict.fromkeys(split(texts), 3), words)

    assert levels(found, split(texts)) == dict(zip(split(texts), tenths, strict=True))
    assert (str(found.scale), found.asked) == (scale, ())


@pytest.mark.parametrize(
    ("texts", "tenths"),
    [("1 - Low|2 - Medium|3 - High|2", [10, 30, 40, 30]), ("1 - Beginner|2 - Intermediate|3 - Advanced", [10, 30, 40])],
)
def test_labels_are_read_by_their_words_where_the_end_of_the_scale_may_not_have_occurred(words, texts, tenths):
    found = labelled(dict.fromkeys(split(texts), 3), words)

    assert levels(found, split(texts)) == dict(zip(split(texts), tenths, strict=True))
    assert found.scale is None


@pytest.mark.parametrize(
    "texts",
    [
        "4 - Good|4 - Poor|5 - Excellent", "4 - Green|3 - Blue", "4 - Good", "2 - Good",
        "4 - Good|3 - Average|2 - Poor", "1 - Expert|2 - Basic|3 - Advanced", "L3|L4|L6", "3/4 good|2/3 good",
        "+++|++|+|–|o", "+|-", "--|++|-", "●|●●|●●●", "●○|●●○", "★★|★★★", "✓|✓✓", "*|***", "X|XX|XXX", "!|!!",
        "🔴|🟡|🟢", "○|●", "A|B|C|F", "N|B|I|A", "x|o", "P|S", "da", "Junior|Mid|Senior", "trifft zu|trifft nicht zu",
        "Rarely|Sometimes|Often|Always",
    ],
)  # fmt: skip
def test_what_the_order_does_not_settle_is_asked_and_never_read(words, texts):
    found = labelled(dict.fromkeys(split(texts), 3), words)

    assert set(found.asked) == set(split(texts))
    assert not found.readings
    assert all(found.read(text).problem for text in split(texts))
    assert found.reason


def test_a_stray_figure_does_not_change_the_scale_of_labels(words):
    found = labelled(dict.fromkeys(["4 - Good", "5 - Excellent", "10 - Acme"], 3), words)
    dated = labelled(dict.fromkeys(["4 - Good", "5 - Excellent", "3-May"], 3), words)

    assert (found.readings, len(found.asked)) == ({}, 3)
    assert levels(dated, ["4 - Good", "3-May"]) == {"4 - Good": 40, "3-May": None}
    assert labelled({"4 - Good": 1, "5 - Expert": 1}, words).read("4.0") is None
    assert labelled({"4 - Good": 1, "5 - Expert": 1, "4.0": 1}, words).read(4.0).level == (40, 40)


@pytest.mark.parametrize(
    ("texts", "weakest_first"),
    [
        ("++|+++|+|-|o", ("-", "o", "+", "++", "+++")),
        ("Often|Always|Rarely", ("Rarely", "Often", "Always")),
        ("4 - Green|1 - Blue", ("1 - Blue", "4 - Green")),
    ],
)
def test_what_is_asked_comes_weakest_first(words, texts, weakest_first):
    assert labelled(dict.fromkeys(split(texts), 1), words).asked == weakest_first


DRAWN = [
    ("●●○|●○○|●●●|○○○", [33, 17, 50, 0]), ("●●●○○|●●●●●|●●●½○", [30, 50, 35]), ("★★★|★★★★★", [30, 50]),
    ("★★★|★★★★", [30, 40]), ("🔵🔵⚪|🔵⚪⚪", [33, 17]), ("⭐️⭐️☆☆|⭐️☆☆☆", [25, 13]), ("○|◔|◑|◕|●", [0, 13, 25, 38, 50]),
    ("■■□□|■□□□", [25, 13]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "tenths"), DRAWN)
def test_signs_drawn_full_and_empty_are_so_many_of_as_many(words, texts, tenths):
    found = labelled(dict.fromkeys(split(texts), 3), words)

    assert levels(found, split(texts)) == dict(zip(split(texts), tenths, strict=True))
    assert found.asked == ()


WORDED = [
    ("Strongly disagree|Disagree|Neutral|Agree|Strongly agree", [10, 20, 30, 40, 50]),
    ("Strongly agree|Agree", [50, 40]),
    ("Strongly disagree|Somewhat disagree|Neutral|Somewhat agree|Strongly agree", [7, 21, 29, 36, 50]),
    ("Stimme zu|Stimme voll und ganz zu|Stimme eher nicht zu|teils/teils", [40, 50, 20, 30]),
    ("trifft zu|trifft eher zu|trifft eher nicht zu|trifft nicht zu", [50, 40, 20, 10]),
    ("Tout à fait d'accord|D’accord|Pas d'accord", [50, 40, 20]),
    ("Totalmente de acuerdo|En desacuerdo", [50, 20]),
    ("Unsatisfactory|Needs improvement|Satisfactory|Good|Outstanding", [10, 20, 30, 40, 50]),
    ("Poor|Average|Good|Excellent", [10, 20, 30, 50]),
    ("H|M|L", [40, 30, 10]),
    ("B|I|A|E", [10, 30, 40, 50]),
    ("can teach others|needs help|works independently", [50, 10, 30]),
    ("A - Expert|B: Advanced|c) basic", [50, 40, 10]),
    ("🟢 Expert|🟡 Good|+ basic|Expert ★★★★★", [50, 30, 10, 50]),
]


@pytest.mark.parametrize(("texts", "tenths"), WORDED)
def test_words_of_a_known_order_are_read_by_it(words, texts, tenths):
    found = labelled(dict.fromkeys(split(texts), 3), words)

    assert levels(found, split(texts)) == dict(zip(split(texts), tenths, strict=True))


@pytest.mark.parametrize("texts", ["da|nu", "ANO|NE", "DA|NE", "J|N", "T|F", "S|N", "V|F"])
def test_yes_and_no_are_plain_where_both_words_of_a_language_occur(words, texts):
    yes, no = split(texts)
    found = labelled({yes: 5, no: 2}, words)

    assert (found.read(yes).mention, found.read(no).level) == (True, (0, 0))


@pytest.mark.parametrize(
    "texts",
    [
        "4|3|2", "advanced|basic", "Low|Medium|High", "Poor|Fair|Good|Very good|Excellent", "3 years|4", "5 (2019)|4",
        "4+|~3|3,5|3.5/5|80 %|-|1-2", "x|X", "✓|✗", "Y|N|x", "--|-|?", "L3|L5", "3/5|4/10", "", "yes|no", "x" * 100,
        "expert in Java|good at nothing|Good, but rusty", "3-May|5-Jan",
        "4 stars|3 stars", "3/5 years", "3 projects|2 projects", "2019 - present", "see CV|ask her", "#N/A",
        "3 - 5 years",
    ],
)  # fmt: skip
def test_what_says_as_much_alone_is_left_alone(words, texts):
    assert labelled(dict.fromkeys(split(texts), 3), words) is None


def test_one_slip_among_many_letters_does_not_cast_doubt_on_the_others(words):
    assert labelled({"x": 500, "a": 1}, words).asked == ("a",)
    assert set(labelled({"x": 5, "a": 1}, words).asked) == {"x", "a"}


def test_unknown_and_yes_beside_a_figure_are_what_the_label_says(words):
    found = labelled(dict.fromkeys(["0 - Not assessed", "1 - Basic", "5 - Expert"], 1), words)
    answers = labelled(dict.fromkeys(["1 - Yes", "9 - n/a"], 1), words)

    assert (found.read("0 - Not assessed").level, found.read("1 - basic").level) == (None, (10, 10))
    assert answers.read("1 - Yes").mention
    assert answers.read("9 - n/a").problem is None
    assert answers.read("7") is None


def test_columns_of_several_kinds_are_read_each_by_its_own_order(words):
    texts = ["4 - Good", "5 - Excellent", "da", "nu", "+++", "+", "3", "advanced", "#REF!"]
    found = labelled(dict.fromkeys(texts, 1), words)

    assert levels(found, ["4 - Good", "3"]) == {"4 - Good": 40, "3": 30}
    assert found.read("da").mention
    assert found.asked == ("+", "+++")


def test_many_distinct_values_cost_little(words):
    texts = {f"{n % 10} - label {n}": 1 for n in range(3000)} | {f"word {n}": 1 for n in range(3000)}

    assert labelled(texts, words).scale is None


HEADER = ("Name", "Python", "SQL")


def read_levels(read):
    """Return the levels of all people, by person and skill."""
    return [{piece.skill: piece.level for piece in who.profile.evidence} for who in read.people]


def test_labels_of_a_table_are_read_together(files):
    rows = [("Ada P", "1 - Expert", "4 - Basic"), ("Bo Q", "3 - Intermediate", "5 - None"), ("Cy R", 2, "●●○")]
    read = files.xlsx(HEADER, *rows)

    assert read_levels(read) == [
        {"python": (50, 50), "sql": (20, 20)}, {"python": (30, 30), "sql": (0, 0)},
        {"python": (40, 40), "sql": (33, 33)},
    ]  # fmt: skip
    assert read.report["questions"] == []


def test_a_dash_and_a_tick_are_asked_beside_signs_that_are_repeated(files):
    read = files.xlsx(HEADER, ("Ada P", "+++", "✓✓"), ("Bo Q", "-", "✓"))

    assert read_levels(read) == [{}, {}]
    (question,) = read.report["questions"]
    assert {shown["value"] for shown in question["evidence"]} == {"+++", "-", "✓✓", "✓"}
