"""Linear programmes solved by HiGHS (in scipy), for the core, which only writes them down."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from service.core.preferences import Programme


def solve(programme: Programme) -> npt.NDArray[np.float64]:
    """Return the values, none below 0, that make the cost least. Raise RuntimeError where there are none."""
    from scipy.optimize import linprog  # noqa: PLC0415 - it takes a third of a second, and few calls need it

    found = linprog(
        programme.cost, programme.most_of, programme.most, programme.equal_of, programme.equal, method="highs"
    )
    if found.x is None:
        raise RuntimeError(found.message)
    return np.asarray(found.x)
