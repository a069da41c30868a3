"""Decimals to whole numbers, exactly as they are written."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import floor


@lru_cache(maxsize=4096)
def nearest(value: float, unit: int | Fraction = 1) -> int:
    """Return `value` in whole units (4.35 in tenths: `unit` 10), rounded to the nearest, halves up.

    A decimal counts as it is written: the binary fraction next to 4.35 is below it, and would give 43 tenths.
    """
    return floor(Fraction(str(value)) * unit + Fraction(1, 2))
