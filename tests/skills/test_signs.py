"""Seniority markers in running text: what tells of one, and what only looks like it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from skills.marker_sentences import SENTENCES

from service.skills.clauses import clauses
from service.skills.signs import Signs, parse, quote


@pytest.fixture(scope="module")
def signs(library):
    return Signs(library.signs)


def markers(signs, text):
    return {sign.marker for sign in signs.find(text)}


TELLING = [(marker, text) for marker, (telling, _) in SENTENCES.items() for text in telling]
SILENT = [(marker, text) for marker, (_, silent) in SENTENCES.items() for text in silent]


def test_every_marker_of_every_role_has_signs_and_sentences(library):
    ids = set(library.marker_titles)
    assert set(SENTENCES) == ids == {marker for marker, phrases in library.signs.items() if phrases}
    for telling, silent in SENTENCES.values():
        assert len(telling) >= 4
        assert len(silent) >= 3


@pytest.mark.parametrize(("marker", "text"), TELLING)
def test_what_somebody_did_tells_of_the_marker(signs, marker, text):
    assert marker in markers(signs, text)


@pytest.mark.parametrize(("marker", "text"), SILENT)
def test_what_is_denied_wished_or_done_by_others_tells_of_nothing(signs, marker, text):
    assert marker not in markers(signs, text)
