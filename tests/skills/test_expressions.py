"""Skill expressions as people write them in a cell, there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.rubric import AtLeast
from service.rubric_library import expression_as_data
from service.skills.expressions import MOST_LETTERS, parsed, written

NAMES = {"aws": "AWS", "gcp": "GCP", "docker": "Docker", "go": "Go (Golang)", "any": "Any of it", "cpp": "C++"}
IDS = {name.casefold(): id_ for id_, name in NAMES.items()} | {id_: id_ for id_ in NAMES}


def resolve(name):
    return IDS.get(name.casefold())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("AWS", "aws"),
        ("  aws ", "aws"),
        ("any of AWS, GCP", {"any_of": ["aws", "gcp"]}),
        ("Any of: AWS,GCP", {"any_of": ["aws", "gcp"]}),
        ("all of Docker, C++", {"all_of": ["docker", "cpp"]}),
        ("at least 2 of aws, gcp, docker", {"at_least": {"k": 2, "of": ["aws", "gcp", "docker"]}}),
        ("any of aws, (all of gcp, docker)", {"any_of": ["aws", {"all_of": ["gcp", "docker"]}]}),
        ("any of aws,\n(all of gcp, (any of go, any))",
         {"any_of": ["aws", {"all_of": ["gcp", {"any_of": ["go", "any"]}]}]}),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(text, found):
    assert parsed(text, resolve) == found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "missing"),
        ("any of", "missing"),
        ("any of aws,, gcp", "missing"),
        ("Knitting", "No skill is called 'Knitting'"),
        ("any of aws, Knitting", "No skill is called 'Knitting'"),
        ("any of aws, (all of gcp", "brackets"),
        ("any of aws), gcp", "brackets"),
        ("any of " + "(any of " * 20 + "aws" + ")" * 20, "too long"),
        ("aws" * MOST_LETTERS, "too long"),
    ],
)
def test_what_cannot_be_understood_is_said_in_words(text, told):
    with pytest.raises(ValueError, match=told):
        parsed(text, resolve)


LEAVES = st.sampled_from(sorted(NAMES))
GROUPS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, min_size=2, max_size=4).flatmap(
        lambda of: st.integers(1, len(of)).map(lambda k: AtLeast(k, tuple(of)))
    ),
    max_leaves=12,
)


@given(GROUPS)
def test_what_is_written_is_read_back_the_same(expression):
    assert parsed(written(expression, NAMES), resolve) == expression_as_data(expression)
