"""Names, addresses and employers in the form in which people are compared. Everybody here is invented."""

import time

import pytest

from service.identity import addresses, employer, person, traces

SAME_PERSON = [
    ("Ada Example", "ADA EXAMPLE"),
    ("Ada Example", "  ada   example "),
    ("Ada Example", "Example, Ada"),
    ("Ada Example", "EXAMPLE, Ada M."),
    ("Ada Example", "Ada M. Example"),
    ("Ada Example", "Ada M Example"),
    ("Ada Example", "Dr. Ada Example"),
    ("Ada Example", "Prof. Dr. Ada Example"),
    ("Ada Example", "Ada Example, PhD"),
    ("Ada Example", "Ada Example, Ph.D."),
    ("Ada Example", "Ms Ada Example (she/her)"),
    ("Zoe Munoz", "Zoë Muñoz"),
    ("Zoe Munoz", "Zoe\u0308 Mun\u0303oz"),
    ("Lukasz Olgaard", "Łukasz Ølgaard"),
    ("Mary O'Sample", "Mary O’Sample"),
    ("Anna-Maria Beispiel", "Anna Maria Beispiel"),
    ("Ａda Example", "Ada Example"),
]
OTHER_PERSON = [
    ("Ada Example", "Ida Example"),
    ("Ada Example", "Ada Sample"),
    ("John Example", "John Example Jr"),
    ("John Example II", "John Example III"),
    ("Ada Maria Example", "Ada Example"),
    ("Thomas James", "James Thomas"),
    ("かな 例", "がな 例"),
]
LEGAL_FORMS = (
    "S.A.", "S. A.", "B.V.", "Pvt Ltd", "Pvt. Ltd.", "Private Limited", "Co., Ltd.", "LLC", "L.L.C.", "PLC", "N.V.",
    "S.r.l.", "S.p.A.", "Sp. z o.o.", "S.A. de C.V.", "A/S", "AB", "Oy", "Pty Ltd", "Sdn Bhd", "KGaA", "ООО",
    "UG (haftungsbeschränkt)", "株式会社", "e.V.",
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_a_name_is_the_same_however_it_is_written(one, other):
    assert person(one) == person(other) is not None


@pytest.mark.parametrize(("one", "other"), OTHER_PERSON)
def test_names_that_differ_stay_apart(one, other):
    assert person(one) != person(other)


@pytest.mark.parametrize("name", [None, "", "   ", "Ada", "Dr. Ada", ",", "Example,", "…", "(she/her)"])
def test_less_than_two_words_are_no_name_to_compare(name):
    assert person(name) is None


@pytest.mark.parametrize(
    "text",
    [
        " Ada@Example.COM ", "<ada@example.com>", "Ada Example <ada@example.com>", "ada+jobs@example.com",
        "ada+jobs+2026@example.com", "mailto:ada@example.com", "MAILTO:Ada@example.com?subject=Job", "ada@example.com.",
        "E-mail: ada@example.com", '"Example, Ada" <ada+x@example.com>', "Ada Example (ada@example.com)",
        "[ada@example.com](mailto:ada@example.com)", "ada＠example.com", "'ada@example.com'", "\u00a0ada@example.com",
    ],
)  # fmt: skip
def test_an_address_is_the_same_however_it_is_written(text):
    assert addresses(text) == ["ada@example.com"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Example <ada@example.com>; other@example.com", ["ada@example.com", "other@example.com"]),
        ("ada@example.com | other@example.com", ["ada@example.com", "other@example.com"]),
        ("a.da@example.com", ["a.da@example.com"]),
        *((nothing, []) for nothing in ("n/a", "ada@localhost", "ada@@example.com", "@example.com", "+a@example.com")),
        ("", []),
        (None, []),
    ],
)
def test_all_addresses_of_a_text_are_compared(text, expected):
    assert addresses(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Works GmbH", "WORKS"),
        ("Works GmbH & Co. KG", "works"),
        ("The Works, Inc.", "Works Ltd"),
        ("Müler AG", "Muler"),
        *((f"Works {form}", "works") for form in LEGAL_FORMS),
        ("株式会社ワークス", "ワークス"),
        ("AT&T Inc.", "at & t"),
    ],
)
def test_an_employer_is_the_same_whatever_its_legal_form(one, other):
    assert employer(one) == employer(other)


@pytest.mark.parametrize("name", ["Works", "Works East", "The Co"])
def test_an_employer_keeps_what_tells_it_apart(name):
    assert employer(name) == name.casefold()
    assert employer("  ") is None


def test_traces_tell_that_two_say_the_same_and_not_what():
    one = traces("Ada Example", "c-1", "ada@example.com", ["Works", "Mills"])
    other = traces("Example, Ada", "C-1", "ADA@example.com", ["Works GmbH", None, ""])

    assert len(one) == 4
    assert len(one & other) == 3
    assert one & traces("Ada", None, "ada+x@example.com") == one & traces("Bo", None, "bo@example.com; ada@example.com")
    assert not [trace for trace in one if "ada" in trace or "example" in trace]
    assert traces("Ada", "c-1", None, ["Works"]) == frozenset()
    assert len(traces("Ada Example", None, None, [f"Works {n}" for n in range(500)])) == 20


@pytest.mark.parametrize("text", ["a@" * 100_000, "(" * 200_000, "x" * 200_000, " ," * 100_000, "ä\u0308" * 100_000])
def test_hostile_texts_cost_next_to_nothing(text):
    began = time.process_time()
    traces(text, text, text, [text] * 10)
    assert time.process_time() - began < 1
