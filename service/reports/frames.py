"""Tables that people read, as frames."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd


def frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """Return a frame that keeps each value as it is: figures beside texts, a whole number whole."""
    return pd.DataFrame([list(row) for row in rows], columns=list(columns), dtype=object)
