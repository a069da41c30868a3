"""Tau-b against scipy and against counting every pair; its interval against chance."""

import random
from math import sqrt

import numpy as np
import pytest
from scipy.stats import kendalltau

from service.core.agreement import against, kendall


def grades(*numbers):
    return np.array(numbers, np.int64)


def drawn(seed, size, levels=3):
    dice = random.Random(seed)
    verdicts = [dice.randrange(levels) for _ in range(size)]
    standings = [3 * verdict + dice.randint(-6, 6) for verdict in verdicts]
    return grades(*verdicts), grades(*standings)


@pytest.mark.parametrize("size", [5, 8, 30, 200])
def test_tau_is_scipy_s(size):
    for seed in range(50):
        pair = drawn(seed, size)
        found = kendall(*pair)
        if found is None:
            assert np.isnan(kendalltau(*pair).statistic)
        else:
            assert found.tau == pytest.approx(kendalltau(*pair).statistic, abs=1e-9)


@pytest.mark.parametrize("seed", range(20))
def test_tau_is_what_counting_every_pair_gives(seed):
    ours, theirs = (each.tolist() for each in drawn(seed, 12))
    signs = [
        (np.sign(ours[a] - ours[b]), np.sign(theirs[a] - theirs[b])) for a in range(12) for b in range(12) if a < b
    ]
    scale = sqrt(sum(x != 0 for x, _ in signs) * sum(y != 0 for _, y in signs))

    assert kendall(grades(*ours), grades(*theirs)).tau == pytest.approx(sum(x * y for x, y in signs) / scale)


def test_where_all_are_decided_or_stand_alike_nothing_can_be_said():
    assert kendall(grades(1, 1, 1, 1, 1), grades(1, 2, 3, 4, 5)) is None
    assert kendall(grades(1, 2, 3, 4, 5), grades(7, 7, 7, 7, 7)) is None


def test_where_all_agree_or_all_disagree_there_is_no_interval():
    assert kendall(grades(1, 2, 3, 4, 5), grades(1, 2, 3, 4, 5)) == (1, None)
    assert kendall(grades(1, 2, 3, 4, 5), grades(5, 4, 3, 2, 1)) == (-1, None)


def test_the_interval_holds_the_tau_of_everybody_about_as_often_as_it_says():
    everybody = drawn(0, 20_000)
    truth = kendall(*everybody).tau
    chance = np.random.default_rng(7)
    held = 0
    for _ in range(600):
        chosen = chance.choice(20_000, 40, replace=False)
        low, high = kendall(*(column[chosen] for column in everybody)).interval
        assert -1 < low < high < 1
        held += low <= truth <= high
    assert 0.92 < held / 600 < 0.98


def test_who_stands_against_the_decisions_is_told_with_how_many_speak_against_it():
    verdicts, standings = grades(2, 2, 0, 0, 1, 2), grades(9, 3, 7, 3, 8, 1)
    passed, missed = against(verdicts, standings, taken=2, declined=0)

    assert passed.tolist() == [0, 0, 2, 1, 0, 0]
    assert missed.tolist() == [0, 1, 0, 0, 0, 2]
