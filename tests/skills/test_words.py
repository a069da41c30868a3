import pytest

from service.skills.words import ABSENT, SILENT, months_of


@pytest.fixture(scope="module")
def words(library):
    return library.words


@pytest.mark.parametrize(
    ("written", "tenths"),
    [
        (0, 0), (3, 30), (3.5, 35), (5, 50), ("4", 40), ("3,5", 35), (" 4 ", 40), ("70%", 35), ("100 %", 50),
        ("4/5", 40), ("7/10", 35), ("3 out of 5", 30), ("Advanced", 40), ("EXPERT", 50), ("beginner", 10),
        ("Intermediate", 30), ("none", 0), ("no", 0), ("No", 0), (False, 0),
    ],
)  # fmt: skip
def test_levels_as_people_write_them(words, written, tenths):
    assert words.read(written).level == (tenths, tenths)


@pytest.mark.parametrize("written", [None, "", "  ", "n/a", "N/A", "-", "–", "?", "tbd", "unknown", "#N/A", "NaN"])
def test_what_says_nothing_is_unknown_and_never_zero(words, written):
    assert words.read(written) == SILENT
    assert words.read(written) != ABSENT


@pytest.mark.parametrize("written", ["x", "X", "yes", "Y", "✓", True])
def test_a_tick_is_a_bare_mention(words, written):
    reading = words.read(written)
    assert reading.mention
    assert reading.level is None


@pytest.mark.parametrize("written", [7, -1, "6", "120%", "6/5", "see CV", "#REF!", "ask her", 5.1])
def test_what_cannot_be_read_says_so(words, written):
    reading = words.read(written)
    assert reading.problem
    assert reading.level is None


def test_a_column_may_have_another_scale(words):
    assert words.read(7, 10).level == (35, 35)
    assert words.read("7", 10).level == (35, 35)
    assert words.read(80, 100).level == (40, 40)
    assert words.read(11, 10).problem


@pytest.mark.parametrize(
    ("written", "months"),
    [
        (5, (60, 60)), ("5", (60, 60)), ("5+", (60, 60)), ("5+ years", (60, 60)), ("5 yrs", (60, 60)),
        ("3-5", (36, 60)), ("3 to 5 years", (36, 60)), ("18 months", (18, 18)), ("2,5", (30, 30)), (1.5, (18, 18)),
        ("1 year", (12, 12)), ("4 years of experience", (48, 48)), (0, (0, 0)), ("> 20", (240, 240)),
        ("many", None), ("", None), (None, None), (True, None), (99, None), ("5-3", None), (-2, None),
    ],
)  # fmt: skip
def test_years_as_people_write_them(written, months):
    assert months_of(written) == months
