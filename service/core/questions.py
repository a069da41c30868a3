"""Which answers would change a shortlist: the expected worth of asking about what is not known.

An answer is taken to be, before it is given, any whole tenth of a level (month, marker) between least and most with the
same chance. It can only raise what is proven; so asking somebody outside the first k may bring them in, and asking
whoever's must-have is open may open the gate.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.rubric import Table
from service.core.scoring import Values

Reals = npt.NDArray[np.float64]


class Worth(NamedTuple):
    """What asking is worth, a line for each candidate, a column for each row of the table; 0 where nothing is open.

    `rise` is the expected rise of the fit in hundredths, `enters` the probability that the fit reaches the cut,
    `opens` the probability that the must-have is met.
    """

    rise: Reals
    enters: Reals
    opens: Reals


def worth(table: Table, low: Values, high: Values, fit: npt.NDArray[np.int32], cut: int) -> Worth:
    """Return what each question is worth, asked alone. `cut` is the fit in hundredths that has to be reached."""
    count, rows = low.shape
    rise, enters, opens = (np.zeros((count, rows)) for _ in range(3))
    for place, row in enumerate(table.rows):
        points = table.lookup[place].astype(np.float64)
        least, most = low[:, place].astype(np.int64), high[:, place].astype(np.int64)
        answers = most - least + 1
        sums = np.concatenate([[0.0], np.cumsum(points)])
        rise[:, place] = (sums[most + 1] - sums[least]) / answers - points[least]
        # Points never fall as a value rises: the answers that suffice are those from some value on.
        needed = np.searchsorted(table.lookup[place], table.lookup[place][least] + cut - fit, side="left")
        enters[:, place] = np.where(fit >= cut, 0, _share(np.maximum(needed, least), most, answers))
        if row.gate:
            column = table.gate_columns[place]
            least, most = low[:, column].astype(np.int64), high[:, column].astype(np.int64)
            met = np.maximum(row.gate, least)
            opens[:, place] = np.where(least >= row.gate, 0, _share(met, most, most - least + 1))
    return Worth(rise, enters, opens)


def _share(since: npt.NDArray[np.int64], most: npt.NDArray[np.int64], answers: npt.NDArray[np.int64]) -> Reals:
    """Return the share of answers that are `since` or above."""
    return np.asarray(np.clip(most - since + 1, 0, None) / answers, np.float64)
