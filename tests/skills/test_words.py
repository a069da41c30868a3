import datetime as dt
import time

import pytest

from service.skills.durations import MOST_YEARS, months_of
from service.skills.words import ABSENT, SILENT, UNREADABLE


@pytest.fixture(scope="module")
def words(library):
    return library.words


@pytest.mark.parametrize(
    ("written", "tenths"),
    [
        (0, 0), (3, 30), (3.5, 35), (5, 50), ("4", 40), ("3,5", 35), (" 4 ", 40), ("70%", 35), ("100 %", 50),
        ("4/5", 40), ("7/10", 35), ("3 out of 5", 30), ("Advanced", 40), ("EXPERT", 50), ("beginner", 10),
        ("Intermediate", 30), ("none", 0), ("no", 0), ("No", 0), (False, 0), ("Master", 50), ("8 out of 10", 40),
        ("7 von 10", 35), ("4 / 5 stars", 40), ("80 percent", 40), ("80 Prozent", 40), ("★★★☆☆", 30), ("★★★★", 40),
        ("⭐️⭐️⭐️", 30), ("★★★½☆", 35), ("●●○○○", 20), ("■■■■■■■□□□", 35), ("☆☆☆☆☆", 0), ("4 stars", 40),
        ("4.5 stars", 45), ("3 Sterne", 30), ("L3", 30), ("Level 4", 40), ("lvl. 2", 20), ("Stufe 2", 20), ("A1", 10),
        ("a2", 15), ("B1", 25), ("B2", 35), ("C1", 40), ("C2", 50), ("3 - competent", 30), ("4: advanced", 40),
        ("Advanced (4)", 40), ("80% - advanced", 40), ("Level 3 - intermediate", 30), ("expert level", 50),
        ("expert-level", 50), ("advanced user", 40), ("basic knowledge", 10), ("no knowledge", 0),
        ("Grundkenntnisse", 10), ("Anfänger", 10), ("Anfa\u0308nger", 10), ("gut", 30), ("gute Kenntnisse", 30),
        ("sehr gut", 40), ("Experte", 50), ("débutant", 10), ("debutante", 10), ("intermédiaire", 30),
        ("courant", 40),
        ("avancé", 40), ("básico", 10), ("intermedio", 30), ("Avanzado", 40), ("nivel avanzado", 40), ("nein", 0),
        ("non", 0),
    ],
)  # fmt: skip
def test_levels_as_people_write_them(words, written, tenths):
    assert words.read(written).level == (tenths, tenths)


@pytest.mark.parametrize(
    "written",
    [None, "", "  ", "n/a", "N/A", "-", "–", "?", "tbd", "unknown", "#N/A", "NaN", "k.A.", "keine Angabe", "sin datos"],
)
def test_what_says_nothing_is_unknown_and_never_zero(words, written):
    assert words.read(written) == SILENT
    assert words.read(written) != ABSENT


@pytest.mark.parametrize("written", ["x", "X", "yes", "Y", "✓", True, "ja", "oui", "sí", "Si"])
def test_a_tick_is_a_bare_mention(words, written):
    reading = words.read(written)
    assert reading.mention
    assert reading.level is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (7, "outside"), (-1, "outside"), ("6", "outside"), ("120%", "outside"), ("6/5", "outside"), (5.1, "outside"),
        ("11/10", "outside"), ("L6", "outside"), ("★★★★★★", "outside"), ("3/4", "scale up to 4"),
        ("●●○", "scale up to 3"), ("#REF!", "error of the spreadsheet"), ("4-3", "falls"), ("expert to basic",
        "falls"),
        ("3 - expert", "disagree"), ("beginner (4)", "disagree"),
        ("3 - advanced", "disagree"), ("2: basic", "disagree"), ("see CV", "not a level"), ("ask her", "not a level"),
        ("***", "not a level"), ("●", "not a level"), ("5+", "not a level"), ("<1", "not a level"),
        ("level", "not a level"), ("5 - n/a", "not a level"), ("expert" * 40, "not a level"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(words, written, why):
    reading = words.read(written)
    assert why in reading.problem
    assert reading == (None, None, False, reading.problem, None, None)


@pytest.mark.parametrize(
    ("written", "tenths"),
    [
        ("3-4", (30, 40)), ("3 to 4", (30, 40)), ("intermediate to advanced", (30, 40)),
        ("Beginner/Intermediate", (10, 30)), ("mittel bis gut", (30, 30)),
    ],
)  # fmt: skip
def test_a_level_between_two_is_an_interval(words, written, tenths):
    assert words.read(written).level == tenths


def test_a_column_may_have_another_scale(words):
    assert words.read(7, 10).level == (35, 35)
    assert words.read("7", 10).level == (35, 35)
    assert words.read(80, 100).level == (40, 40)
    assert words.read(11, 10).problem


YES_AND_NO = {
    "": "WAHR VRAI VERDADERO VERDADEIRO VERO WAAR PRAWDA ИСТИНА SANT SANN SAND TOSI IGAZ DOĞRU TAK JA sim sì да はい "
    "是 예 evet igen kyllä ☑ ☑️ ✔️ ✅",
    "no": "FALSCH FAUX FALSO ONWAAR FAŁSZ ЛОЖЬ FALSKT USANN FALSK EPÄTOSI HAMIS YANLIŞ NIE NEJ não нет いいえ 否 "
    "아니오 hayır HAYIR nem ei ☐ ❌",
}


@pytest.mark.parametrize("written", YES_AND_NO[""].split())
def test_yes_in_the_languages_of_excel_and_forms_is_a_bare_mention(words, written):
    assert words.read(written) == words.read("yes")


@pytest.mark.parametrize("written", YES_AND_NO["no"].split())
def test_no_in_the_languages_of_excel_and_forms_is_level_0(words, written):
    assert words.read(written) == ABSENT


@pytest.mark.parametrize("written", ["ano", "da", "NE", "nu"])
def test_a_word_that_means_yes_here_and_no_there_is_neither(words, written):
    assert "different things" in words.read(written).problem


@pytest.mark.parametrize(
    ("written", "tenths"),
    [
        ("Keine Erfahrung", 0), ("Gevorderd", 40), ("uitstekend", 50), ("geen", 0), ("Zaawansowany", 40),
        ("Średni", 30),
        ("podstawowy", 10), ("avançado", 40), ("Iniciante", 10), ("esperto", 50), ("buono", 30),
        ("sin experiencia", 0),
        ("aucune expérience", 0), ("Hands-on", 30), ("hands-on experience", 30), ("Satisfactory", 30),
        ("some experience", 20), ("limited experience", 10), ("exceptional", 50), ("very weak", 5),
    ],
)  # fmt: skip
def test_levels_in_more_words_and_languages(words, written, tenths):
    assert words.read(written).level == (tenths, tenths)


@pytest.mark.parametrize(
    "written", ["not yet rated", "unrated", "n.v.", "nicht bewertet", "n.d.", "nvt", "???", "(blank)"]
)
def test_further_words_for_unknown_say_nothing(words, written):
    assert words.read(written) == SILENT


def test_years_beside_a_level_or_a_yes_are_read_too(words):
    assert words.read("4 (3 years)")[:2] == ((40, 40), (36, 36))
    assert words.read("advanced (2 yrs)")[:2] == ((40, 40), (24, 24))
    assert words.read("yes (5 years)").months == (60, 60)
    assert words.read("Yes - 3 years")[:2] == (None, (36, 36))
    assert words.read("5 to 6 years")[:2] == (None, (60, 72))
    assert words.read("2 / 3 years").problem


TOP = MOST_YEARS * 12
"""The most months that "or more" reaches up to."""

TIMES = [
    (5, (60, 60)), ("5", (60, 60)), (1.5, (18, 18)), ("1.5", (18, 18)), ("2,5", (30, 30)), (0, (0, 0)),
    (5.0, (60, 60)),
    ("5 yrs", (60, 60)), ("5 yrs.", (60, 60)), ("5 YEARS", (60, 60)), ("1 year", (12, 12)), ("2y", (24, 24)),
    ("5 Jahre", (60, 60)), ("1,5 Jahre", (18, 18)), ("3 ans", (36, 36)), ("1 an", (12, 12)), ("2 años", (24, 24)),
    ("18 months", (18, 18)), ("12mo", (12, 12)), ("18 Monate", (18, 18)), ("18 mois", (18, 18)), ("6 meses", (6, 6)),
    ("6 weeks", (1, 1)), ("52 weeks", (12, 12)), ("a decade", (120, 120)), ("two decades", (240, 240)),
    ("2 yrs 6 months", (30, 30)), ("5 years 3 months", (63, 63)), ("10 yrs, 2 mos", (122, 122)), ("2y 6m", (30, 30)),
    ("3 years and 2 months", (38, 38)), ("1 Jahr und 3 Monate", (15, 15)), ("2 ans et 6 mois", (30, 30)),
    ("2 años y 6 meses", (30, 30)), ("1½ years", (18, 18)), ("1 1/2 years", (18, 18)), ("½ year", (6, 6)),
    ("half a year", (6, 6)), ("ein halbes Jahr", (6, 6)), ("a year and a half", (18, 18)), ("1½", (18, 18)),
    ("one and a half years", (18, 18)), ("anderthalb Jahre", (18, 18)), ("un an et demi", (18, 18)),
    ("two years", (24, 24)), ("twelve months", (12, 12)), ("zwei Jahre", (24, 24)), ("a year", (12, 12)),
    ("5+", (60, TOP)), ("5+ years", (60, TOP)), ("5 + yrs", (60, TOP)), ("4 years+", (48, TOP)), ("10+", (120, TOP)),
    ("five plus years", (60, TOP)), ("3 years or more", (36, TOP)), ("> 20", (240, TOP)), ("'>20'", (240, TOP)),
    ("≥ 5", (60, TOP)), (">=5 years", (60, TOP)), ("over 10 years", (120, TOP)), ("more than 5 years", (60, TOP)),
    ("at least 3 years", (36, TOP)), ("min. 3 years", (36, TOP)), ("mehr als 5 Jahre", (60, TOP)),
    ("plus de 5 ans", (60, TOP)), ("más de 5 años", (60, TOP)), ("about 5+ years", (60, TOP)), ("60+", (720, TOP)),
    ("<1", (0, 11)), ("Less than 1 year", (0, 11)), ("under 2 years", (0, 23)), ("moins de 2 ans", (0, 23)),
    ("<= 3 years", (0, 36)), ("up to 2 years", (0, 24)), ("max. 2 Jahre", (0, 24)),
    ("3-5", (36, 60)), ("3–5 years", (36, 60)), ("3 to 5 years", (36, 60)), ("3 - 5 yrs", (36, 60)),
    ("2 or 3 years", (24, 36)), ("between 3 and 5 years", (36, 60)), ("2 bis 3 Jahre", (24, 36)),
    ("2 à 3 ans", (24, 36)), ("6-18 months", (6, 18)), ("6 months - 2 years", (6, 24)),
    ("approx. 4", (42, 54)), ("4-ish", (42, 54)), ("~4 yrs", (42, 54)), ("ca. 4 Jahre", (42, 54)),
    ("about 1 year", (9, 15)), ("around 6 months", (5, 7)),
    ("4 years of experience", (48, 48)), ("5 years' experience", (60, 60)), ("15+ yrs exp.", (180, TOP)),
    ("4 years of professional experience", (48, 48)), ("10 Jahre Berufserfahrung", (120, 120)),
    ("3 ans d’expérience", (36, 36)), ("5 años de experiencia", (60, 60)), ("5 years total", (60, 60)),
    ("5 Year(s) 6 Month(s)", (66, 66)), ("0 Year(s) 8 Month(s)", (8, 8)), ("5 year (s)", (60, 60)),
    ("3y 2m", (38, 38)),
    ("5 Yrs 6 Mths", (66, 66)), ("18 mths", (18, 18)), ("5 yr(s)", (60, 60)), ("6 month(s)", (6, 6)),
    ("5 YOE", (60, 60)),
    ("5+ YOE", (60, TOP)), ("P5Y6M", (66, 66)), ("P6M", (6, 6)), ("10 years of IT experience", (120, 120)),
    ("10+ yrs of total IT exp", (120, TOP)), ("5 years (2 relevant)", (60, 60)),
    ("5 years total, 3 relevant", (60, 60)),
    ("5 years 6 months (relevant 3 years)", (66, 66)), ("five", (60, 60)), ("Fünf", (60, 60)), ("½", (6, 6)),
    ("No experience", (0, 0)), ("Fresher", (0, 0)), ("keine Erfahrung", (0, 0)), ("Nil", (0, 0)), ("7.11", (85, 85)),
    (7.11, (85, 85)), ("5 yrs / 6 mths", (66, 66)), ("5y/6m", (66, 66)), ("5Years6Months", (66, 66)),
    ("5 years approx.", (54, 66)), ("5 (approx)", (54, 66)), ("5 (five) years", (60, 60)), ("Exp: 5 years", (60, 60)),
    ("Total 5 years", (60, 60)), ("10 Years 11 Months 5 Days", (131, 131)), ("5 anos e 6 meses", (66, 66)),
    ("5 anni e 3 mesi", (63, 63)), ("5 jaar", (60, 60)), ("5 lat", (60, 60)), ("5 år", (60, 60)),
    ("5 years in IT", (60, 60)), ("5 years of relevant industry experience", (60, 60)), ("60", (720, 720)),
    ("x3 years", (36, 36)), ("for 3 years", (36, 36)), ("seit 3 Jahren", (36, 36)), ("depuis 3 ans", (36, 36)),
]  # fmt: skip


@pytest.mark.parametrize(("written", "months"), TIMES, ids=[str(case[0]) for case in TIMES])
def test_times_as_people_write_them(written, months):
    assert months_of(written) == months


@pytest.mark.parametrize(
    "written",
    [
        "", None, True, "many", "several years", "years", "a", "half", 99, "66 years", 66, "61+", "5-3", -2, "-2",
        "2019", "since 2019", "since 5", "a 5 years", "3 years 2", "5 5", "<0", "1e3", float("nan"), float("inf"),
        "5 years old dog", "5'6", "5'6\"", "5’6”", "5/6", "5:6", "1,000", "1.5 lakh", "5 LPA", "PT5M", "P",
        "Entry level",
        "66", "5 y.o.", "5 years 14 months", "90 days", "N/A", "-", "Not disclosed", "2019 - present",
        "5 years in Python",
        "Recent graduate", "5 years ago", "$5",
        "5 %", dt.date(2024, 5, 3), dt.time(5, 6), "5 " + " " * 100 + "years", "(5)", "5/10",
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_time_is_none(written):
    assert months_of(written) is None


def test_a_level_is_not_taken_for_years_nor_years_for_a_level(words):
    assert words.read("5").months is None
    assert words.read("5 years").level is None
    assert words.read("3-5 years").months == (36, 60)
    assert words.read("10+ years").months == (120, TOP)
    assert months_of("5", bare=False) is None
    assert months_of("five", bare=False) is None
    assert months_of("10 years of IT experience", bare=False) is None
    assert months_of("none", bare=False) is None
    assert months_of("5+", bare=False) is None


@pytest.mark.parametrize("piece", ["1", "5 ", "a ", "★", "advanced ", "5-", "years ", "- ", "½", "level ", "((", "<"])
def test_no_text_takes_long(words, piece):
    text = piece * (200_000 // len(piece))
    begun = time.process_time()
    assert words.read(text).problem == UNREADABLE
    assert months_of(text) is None
    assert time.process_time() - begun < 1
