"""Words that name protected grounds are found, and their false friends are not: sentences both ways."""

import time

import pytest

from service.skills.fair_wording import TERMS, named

FLAGGED = [
    ("We want a young and hungry team.", ["young"]),
    ("You are a digital native.", ["digital native"]),
    ("Ideal for recent graduates.", ["recent graduates"]),
    ("An energetic person who does not tire.", ["energetic"]),
    ("The maximum age is thirty.", ["maximum age"]),
    ("Candidates under 35 fit in best.", ["Candidates under 35"]),
    ("Is 25 to 35 years old.", ["35 years old"]),
    ("How old are you?", ["How old"]),
    ("Give your date of birth.", ["date of birth"]),
    ("We look for a mature candidate.", ["mature candidate"]),
    ("He writes Python and she reviews it.", ["He", "she"]),
    ("Asks the client what he or she needs.", ["he or she"]),
    ("Explains his/her model to the board.", ["his/her"]),
    ("Works with every salesman.", ["salesman"]),
    ("Reports to the chairman.", ["chairman"]),
    ("Plans manpower and man-hours.", ["manpower", "man-hours"]),
    ("One of the guys.", ["guys"]),
    ("The candidate must be male.", ["male"]),
    ("Sex: any.", ["Sex"]),
    ("Must be a native speaker.", ["native speaker"]),
    ("Native English is expected.", ["Native English"]),
    ("German is your mother tongue.", ["mother tongue"]),
    ("Must hold Swiss nationality to see customer data.", ["nationality"]),
    ("Speaks without an accent.", ["without an accent"]),
    ("What is your ethnicity?", ["ethnicity"]),
    ("People of the same race work together well.", ["race"]),
    ("A good cultural fit.", ["cultural fit"]),
    ("Which religion do you have?", ["religion"]),
    ("Are you a trade union member?", ["trade union member"]),
    ("No disability that would slow the work.", ["disability"]),
    ("Must be physically fit.", ["physically fit"]),
    ("Are you married, and do you have children?", ["married", "have children"]),
    ("What is your marital status?", ["marital status"]),
    ("Are you pregnant?", ["pregnant"]),
    ("Send a CV with a photo.", ["CV with a photo"]),
    ("Attach a photo.", ["Attach a photo"]),
    ("A photograph of the candidate.", ["photograph of the candidate"]),
    ("Well-groomed and good-looking.", ["Well-groomed", "good-looking"]),
    ("Builds fair models. Prefers young engineers.", ["young"]),
    ("He checks models for bias by gender.", ["He"]),
    ("YOUNG people only.", ["YOUNG"]),
    ("Young, young and younger.", ["Young", "younger"]),
]

INNOCENT = [
    "Compiles models to native code.",
    "Designs cloud-native services.",
    "Knows native language bindings of Rust.",
    "Worked at Ernst & Young before.",
    "Read the paper by Young on optics.",
    "Computes Young's modulus from a mesh.",
    "Works in a young company with a young codebase.",
    "Finds race conditions and data races.",
    "Runs the race detector of Go.",
    "Serves a mature model.",
    "Looks after master data.",
    "Has a master's degree.",
    "Measures gender bias in data.",
    "Tests a model's fairness across age groups.",
    "Checks that error rates do not differ by ethnicity for a model.",
    "Compares recall for men and women, to find bias.",
    "Segments customers by age and gender.",
    "Predicts churn for each age group of users.",
    "Built gender recognition from voices and detects errors in it.",
    "Evaluates speech models on native and non-native speakers for disparities.",
    "Keeps protected attributes such as religion or disability out of features.",
    "Explains why nationality must not decide: that is discrimination.",
    "Treats all alike, regardless of age, sex, religion or disability.",
    "Pseudonymises date of birth before analysis: anonymised data only.",
    "Builds tools that are accessible to deaf users and wheelchair users: accessibility is tested.",
    "Watches the age of the data and the cache age.",
    "Works in the age of large models.",
    "Mends a 12-year-old codebase.",
    "Keeps latency under 50 ms and training over 24 hours.",
    "Wrote man pages, and guards against a man in the middle.",
    "Read The Mythical Man-Month.",
    "Compares HIS with HE and uses HE,",
    "Uses HE and HER (hindsight experience replay).",
    "Integrates with the HIS of a hospital.",
    "Walks trees whose nodes have children nodes, and child processes.",
    "Classifies photos of shop shelves.",
    "Lets users upload photos.",
    "Sends health checks and watches single points of failure.",
    "Works on high-energy physics with energetic particles.",
    "Sells to digital-native businesses.",
    "Alerts are never disabled by default.",
    "Writes gender-neutral text.",
    "Hosts the page and the other shell.",
    "Acts in good faith and follows Church encodings.",
    "Accepts an attractive offer; manages the package manager.",
    "",
]


@pytest.mark.parametrize(("text", "words"), FLAGGED)
def test_words_that_name_a_protected_ground_are_found(text, words):
    found = list(named(text))
    assert [one.word for one in found] == words
    for one in found:
        assert text[one.start :].startswith(one.word)
        assert one.ground
        assert one.instead


@pytest.mark.parametrize("text", INNOCENT)
def test_false_friends_and_people_as_a_subject_of_the_work_are_left_alone(text):
    assert list(named(text)) == []


def test_a_word_is_told_once_and_the_longest_reading_of_it():
    assert [(one.word, one.ground) for one in named("he or she, HE or SHE, he and he; mother tongue")] == [
        ("he or she", "sex"),
        ("he", "sex"),
        ("mother tongue", "origin"),
    ]


def test_every_term_says_what_to_write_instead():
    assert all(term.instead and term.ground for term in TERMS)
    assert {"age", "sex", "origin", "religion", "disability", "family", "pregnancy", "looks"} <= {
        term.ground for term in TERMS
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "he ",
        "young ",
        "data by age ",
        "by by by ",
        "a" * 50,
        "bias age. ",
        "race ",
        "native ",
        "Young & ",
        "- ",
        "no ",
        "18 ",
    ],
)
def test_long_texts_take_time_in_proportion(unit):
    def seconds(size):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        list(named(text))
        return time.process_time() - start

    short = min(seconds(50_000) for _ in range(3))
    assert seconds(200_000) < 20 * max(short, 0.05)


def test_our_own_rubrics_ask_for_none_of_it(library):
    from service.usecases.lint import look_over  # noqa: PLC0415 - only here

    for role in library.rubrics:
        found = look_over(library.table(role, "mid"), None, library.skill_names)["findings"]
        assert [one for one in found if one["severity"] == "problem"] == []
