"""What putting an order to the test costs: 1,000 draws against a bare matmul and argpartition of the same sizes.

Run it by hand: python tests/bench/robustness.py. Each pair is timed in turn in one process, in seconds of a processor,
so that what else the machine does counts for neither; memory is the most that numpy held at once beyond the pool, which
the blocks are to bound.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
import tracemalloc
from collections.abc import Callable

# On one thread: two that wait for one another on a busy machine would be all that is measured.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from service.core import robustness

DRAWS, CRITERIA, TOP, SHOWN, TURNS = 1_000, 40, 10, 20, 5


def pool_of(people: int) -> robustness.Pool:
    """Return invented shares: a third of them known, as of a pool of résumés, the best first."""
    dice = np.random.default_rng(1)
    low = dice.random((people, CRITERIA), np.float32)
    high = np.where(dice.random(low.shape) < 1 / 3, low, np.minimum(low + 0.3, 1)).astype(np.float32)
    order = np.argsort(-low.sum(axis=1), kind="stable")
    return robustness.Pool(low[order], high[order])


def bare(pool: robustness.Pool, weights: robustness.Floats) -> int:
    """Rank the top of each draw with numpy alone, in blocks of the same size."""
    found = 0
    for start in range(0, len(weights), robustness.BLOCK):
        fits = weights[start : start + robustness.BLOCK] @ pool.low.T
        found += int(np.argpartition(-fits, TOP, axis=1)[:, :TOP].sum())
    return found


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of a processor that something takes: wall clocks count what others do too."""
    began = time.process_time()
    work()
    return time.process_time() - began


def peak(work: Callable[[], object]) -> float:
    """Return the MiB that something holds at most."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


def main() -> None:
    """Print what each size costs."""
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    weights = np.random.default_rng(2).dirichlet(np.ones(CRITERIA), DRAWS).astype(np.float32) * 100
    for people in (10_000, 100_000):
        pool = pool_of(people)
        for what, fills in (("with unknowns filled in", True), ("weights alone", False)):

            def ours(pool: robustness.Pool = pool, *, fills: bool = fills) -> object:
                dice = np.random.default_rng(3)
                return robustness.robustness(pool, weights, TOP, dice, shown=SHOWN, fills=fills)

            def theirs(pool: robustness.Pool = pool) -> object:
                return bare(pool, weights)

            pairs = [(timed(ours), timed(theirs)) for _ in range(TURNS)]
            mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(one / two for one, two in pairs)
            print(
                f"{people:>7,} candidates, {what:24} {mine:6.2f} s  bare {other:6.2f} s  ratio {ratio:5.2f}", end="  "
            )
            print(f"peak {peak(ours):6.1f} MiB, bare {peak(theirs):6.1f} MiB", flush=True)


if __name__ == "__main__":
    main()
