"""Rolefit: candidates in, an explainable fit score, a gap list and a ranked shortlist out.

The distribution and the command are called `rolefit`. Importing this package imports nothing else,
so that the scoring core can be used without Flask, a database or pandas.
"""

import os

# Requests have threads of their own. Where numpy's products take more, they wait for one another on a busy machine: of
# 10,000 candidates a test of the order took five times as long, and on a quiet one it is no slower with one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
