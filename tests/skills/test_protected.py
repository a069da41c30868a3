"""What a rubric must not ask for is found, and what only looks like it is left alone."""

import time

import pytest

from service.skills.protected import concerns

ASKING = [
    ("Fits into our young team.", "young team", "age"),
    ("We look for young and hungry people.", "young and hungry people", "age"),
    ("A digital native.", "digital native", "age"),
    ("Recent graduates only.", "Recent graduates", "age"),
    ("Ideally under 35 years old.", "under 35", "age"),
    ("Between jobs, 25 to 35 years old", None, "age"),
    ("Is there an age limit?", "age limit", "age"),
    ("What is your date of birth?", "date of birth", "age"),
    ("He must know Kubernetes.", "He", "sex"),
    ("Is she able to code? She should be.", "She", "sex"),
    ("A chairman of the guild.", "chairman", "sex"),
    ("Plans manpower.", "manpower", "sex"),
    ("Female candidates preferred", "Female candidates", "sex"),
    ("A Python ninja.", "ninja", "sex"),
    ("A rock star developer.", "rock star", "sex"),
    ("Native English speaker.", "Native English speaker", "origin"),
    ("English is her mother tongue.", "mother tongue", "origin"),
    ("What is your nationality?", "nationality", "origin"),
    ("Speaks without an accent.", "without an accent", "origin"),
    ("Which religion do you follow?", "religion", "religion"),
    ("Is physically fit.", "physically fit", "disability"),
    ("No disabilities.", "disabilities", "disability"),
    ("Are you married?", "married", "family"),
    ("Do you plan a pregnancy?", "pregnancy", "family"),
    ("Has no family commitments.", "family commitments", "family"),
    ("What is your sexual orientation?", "sexual orientation", "orientation"),
    ("Is well-groomed.", "well-groomed", "looks"),
    ("Studied at an elite university.", "elite university", "school"),
    ("Ivy League degree.", "Ivy League", "school"),
]
NOT_ASKING = [
    "Cloud-native services and native code.",
    "Builds native mobile apps.",
    "Young's modulus is measured by sensors.",
    "Finds race conditions.",
    "Master data and the main branch.",
    "Has a mature model in production.",
    "Checks models for bias by gender and age.",
    "Is the model fair to disabled users?",
    "Measures parity between married and unmarried applicants.",
    "Removes the date of birth column from data sets.",
    "Which features stood for ethnicity or religion, and did you drop them? Which features?",
    "Makes pages accessible to people with disabilities: accessibility.",
    "Marries two data sources.",
    "Over 90 percent of requests are answered.",
    "At most 30 requests wait.",
    "Leads a team of under 10.",
    "The head of sales decides.",
    "Photographs are classified by a network.",
    "Manages tickets and shows them.",
    "Knows the heap, the sheets and Apache.",
    "Has good test coverage and healthy services.",
    "Trains on images of girls and boys.",
    "Privacy of family status in the data.",
    "Uses Single Page Applications.",
]


@pytest.mark.parametrize(("text", "phrase", "ground"), ASKING)
def test_what_asks_for_it_is_found_with_its_place(text, phrase, ground):
    found = list(concerns(text))
    if phrase is None:
        assert [one.ground for one in found] in ([], [ground])
        return
    assert [(one.phrase, one.ground) for one in found] == [(phrase, ground)]
    assert text[found[0].start :].startswith(phrase)
    assert found[0].instead


@pytest.mark.parametrize("text", NOT_ASKING)
def test_what_only_looks_like_it_is_left_alone(text):
    assert list(concerns(text)) == []


def test_our_own_rubrics_ask_for_none_of_it(library):
    from service.usecases.lint import look_over  # noqa: PLC0415 - only here

    for role in library.rubrics:
        found = look_over(library.table(role, "mid"), None, library.skill_names)["findings"]
        assert [one for one in found if one["severity"] == "problem"] == []


@pytest.mark.parametrize(
    "text", ["young and " * 20_000, "he " * 60_000, "a" * 200_000, "native " * 30_000, "30 to " * 30_000]
)
def test_long_texts_are_looked_through_at_once(text):
    began = time.process_time()
    list(concerns(text))
    assert time.process_time() - began < 5
