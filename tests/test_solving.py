"""What solves linear programmes finds the best there is, and says where there is nothing."""

import numpy as np
import pytest

from service.core.preferences import Programme
from service.solving import solve


def programme(cost, most):
    return Programme(np.array(cost), np.array([[1.0, 0.0]]), np.array([most]), np.array([[1.0, 1.0]]), np.array([1.0]))


def test_the_least_cost_is_found():
    assert solve(programme([-2.0, -1.0], 0.25)) == pytest.approx([0.25, 0.75])


def test_where_nothing_is_possible_it_is_said():
    with pytest.raises(RuntimeError, match="infeasible"):
        solve(programme([1.0, 1.0], -1.0))
