"""Rolefit: candidates in, an explainable fit score, a gap list and a ranked shortlist out.

The distribution and the command are called `rolefit`. Importing this package imports nothing else,
so that the scoring core can be used without Flask, a database or pandas.
"""
