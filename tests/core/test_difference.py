"""What differs between two versions of a rubric."""

from copy import deepcopy

import pytest

from service.core.difference import Difference, differences

BEFORE = {
    "role": "smith", "title": "Smith", "version": 3, "summary": "Forges.", "provenance": "authored",
    "criteria": [
        {"id": "iron", "title": "Iron", "requirement": "must", "weight": 3,
         "required": {"junior": 1, "mid": 2, "senior": 3}},
        {"id": "gold", "title": "Gold", "requirement": "nice", "weight": 1,
         "required": {"junior": 1, "mid": 1, "senior": 2}, "skills": {"any_of": ["gold", "silver"]}},
    ],
    "bands": {"junior": 0, "mid": 2, "senior": 5},
    "markers": {"senior": [{"id": "teaches", "text": "Teaches.", "provenance": "authored"}]},
}  # fmt: skip


def changed(change):
    after = deepcopy(BEFORE)
    change(after)
    return differences(BEFORE, after)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda d: d.update(version=4), []),
        (lambda d: d["criteria"].reverse(), []),
        (lambda d: d["criteria"][0].update(skills="iron"), []),
        (lambda d: d.update(title="Farrier"), [("role", None, "changed", "title", "Smith", "Farrier")]),
        (lambda d: d["bands"].update(senior=6), [("role", None, "changed", "bands.senior", 5, 6)]),
        (lambda d: d["criteria"][0].update(weight=4), [("criterion", "iron", "changed", "weight", 3, 4)]),
        (lambda d: d["criteria"][0].update(gate=2), [("criterion", "iron", "changed", "gate", None, 2)]),
        (
            lambda d: d["criteria"][0]["required"].update(mid=2.5),
            [("criterion", "iron", "changed", "required.mid", 2, 2.5)],
        ),
        (
            lambda d: d["criteria"][1].pop("skills"),
            [("criterion", "gold", "changed", "skills", {"any_of": ["gold", "silver"]}, "gold")],
        ),
        (
            lambda d: d["markers"]["senior"][0].update(text="Taught."),
            [("marker", "senior.teaches", "changed", "text", "Teaches.", "Taught.")],
        ),
    ],
)
def test_each_field_that_differs_is_told_once(change, found):
    assert changed(change) == [Difference(*one) for one in found]


def test_what_came_and_what_went_is_told_whole():
    (gone, new) = changed(lambda d: d["criteria"][0].update(id="copper"))
    assert (gone.part, gone.id, gone.change, gone.field, gone.now) == ("criterion", "iron", "removed", None, None)
    assert (new.id, new.change, new.was, new.now["title"]) == ("copper", "added", None, "Iron")
    (marker,) = changed(lambda d: d["markers"].clear())
    assert (marker.part, marker.id, marker.change) == ("marker", "senior.teaches", "removed")
