"""No text costs more than its length: each regular expression, and the readers as a whole, fed with what costs most."""

import signal
import time
from contextlib import contextmanager

import pytest
import regexes

from service.intake import native
from service.usecases import reader_of

SHORT, MIDDLE, LONG = 2_000, 20_000, 200_000
MOST_RATIO = 15
"""Of the time of ten times the text: 10 were linear, 100 the square."""

AT_ONCE = 1.0
"""Seconds for 200 kB below which no ratio is asked for: the square of the length takes minutes; clocks are coarse."""

PATIENCE = 2.0
"""Seconds of this process after which a search is given up as one that explodes."""

TOO_MUCH = 0.2
"""Seconds for 2 kB that no other text need be tried after."""


class Explodes(Exception):
    pass


@contextmanager
def cut_short():
    """Raise Explodes in what takes too long: the engine of `re` looks for signals."""

    def stop(*_):
        raise Explodes

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def seconds(use, text, runs=1):
    """Return how long something takes on a text at best; infinity where it explodes."""
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        try:
            with cut_short():
                use(text)
        except Explodes:
            return float("inf")
        best = min(best, time.perf_counter() - began)
    return best


def grown(use, make, at_once=AT_ONCE):
    """Return the greatest ratio of times of ten times the text, and the time of the longest text."""
    times = [seconds(use, make(SHORT)), seconds(use, make(MIDDLE))]
    if times[1] <= at_once:
        times.append(seconds(use, make(LONG)))
    if times[-1] <= at_once:
        return 0, times[-1]
    for runs in (3, 7):  # a busy machine is no reason to fail
        longest = len(times) - 1
        long = seconds(use, make((SHORT, MIDDLE, LONG)[longest]), runs)
        short = seconds(use, make((SHORT, MIDDLE, LONG)[longest - 1]), 2 * runs)
        ratio = long / short
        if ratio < MOST_RATIO:
            break
    return ratio, long


def repeat(before, unit, length, end):
    return before + (unit * (length // len(unit) + 1))[: length - len(before)] + end


def using(pattern, way):
    """Return what uses a pattern in a way on a text."""
    if way == "sub":
        search = pattern.finditer
        return lambda text: [None for _ in search(text)]
    return getattr(pattern, way)


def worst(one, way):
    """Return the texts that cost a pattern most, as what is repeated: those that take longest while they are short."""
    use = using(one.pattern, way)
    coded = (lambda text: text.encode("utf-8", "surrogatepass")) if isinstance(one.pattern.pattern, bytes) else str
    made = [
        lambda length, before=before, unit=unit, end=end: coded(repeat(before, unit, length, end))
        for before, unit in regexes.hostile(one.pattern)
        for end in regexes.ENDS
    ]
    took = []
    for place, make in enumerate(made):
        took.append((-seconds(use, make(SHORT)), place))
        if -took[-1][0] > TOO_MUCH:
            break
    return use, [made[place] for _, place in sorted(took)[:2]]


@pytest.mark.slow
def test_every_regular_expression_takes_time_as_its_text_grows():
    table = []
    for one in regexes.regexes():
        for way in one.ways:
            use, makers = worst(one, way)
            for make in makers:
                table.append((*grown(use, make), one.where, way, make(40)))
                if table[-1][0] >= MOST_RATIO:
                    print(*table[-1], flush=True)
    table.sort(key=lambda row: (-row[0], -row[1]))
    print(f"\n{len(table)} texts for {len({row[2] for row in table})} expressions")
    for ratio, took, where, way, text in table[:60]:
        print(f"{ratio:6.1f} x  {1000 * took:8.1f} ms  {where} {way} {text!r}")
    assert [row for row in table if row[0] >= MOST_RATIO] == []


HOSTILE = (
    "\u200b", "a\u200b", "\u0301", "\u00ad", "\U000e0041", " ", "\n", "\n\n", "\t", " \n", "a ", "a", "A.", "1.", "1 ",
    "1", "(", "(((a", "[", "•", "- ", "\n- ", "—", ":", "a: ", "Expert: ", "\n1. ", ",", ", ", "/", " / ", "|", "'",
    "<", "<p>", "&amp;", "no ", "not ", "never used ", "I have no experience with ", "basic ", "Python ", "Python, ",
    "Python/", "no Python or ", "Python 5 years ", "Go ", "R, ", "C++", "2019-", "2019 - ", "May 2019 – ", "since ",
    "10 years of experience ", "Engineer ", "Engineer\n2019 - 2020\n", "\nSkills\n", "Skills: ", "I mentored ", "led ",
    "x@y.z ", "://", "in production ", "by others ", "Software Engineer at ", "İ", "ß", "\U0001f600", "\0", "\x1c",
)  # fmt: skip
FIELDS = ("summary", "text", "headline")


@pytest.mark.slow
def test_a_whole_candidate_takes_time_as_its_texts_grow(library):
    reader = reader_of(library)
    table = []
    for unit in HOSTILE:
        for tail in ("", " Python"):

            def use(text):
                native.read({"name": "Ada", **dict.fromkeys(FIELDS, text), "skills": [{"name": text, "at": 0}]}, reader)

            def make(length, unit=unit, tail=tail):
                return repeat("", unit, length // 2, tail)

            table.append((*grown(use, make, 2 * AT_ONCE), unit, tail))
            if table[-1][0] >= MOST_RATIO:
                print(*table[-1], flush=True)
    table.sort(key=lambda row: (-row[0], -row[1]))
    print(f"\n{len(table)} texts")
    for ratio, took, unit, tail in table[:20]:
        print(f"{ratio:6.1f} x  {1000 * took:8.1f} ms  {unit!r} {tail!r}")
    assert [row for row in table if row[0] >= MOST_RATIO] == []
