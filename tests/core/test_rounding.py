"""Decimals are rounded as they are written, halves up."""

from fractions import Fraction

import pytest

from service.core.rounding import nearest


@pytest.mark.parametrize(
    ("value", "unit", "whole"),
    [
        (4.35, 10, 44), (1.15, 10, 12), (2.05, 10, 21), (3.25, 10, 33), (3.24, 10, 32), (0, 10, 0), (5, 10, 50),
        (0.29, 50, 15), (2.5, 12, 30), (0.1, 12, 1), (70, Fraction(50, 100), 35), (1e-7, 10, 0), (Fraction(1, 2), 1, 1),
    ],
)  # fmt: skip
def test_a_half_is_rounded_up_as_it_is_written(value, unit, whole):
    assert nearest(value, unit) == whole


def test_no_half_of_a_tenth_falls_to_its_binary_neighbour():
    wrong = [n for n in range(500) if nearest((2 * n + 1) / 20, 10) != n + 1]

    assert wrong == []
