"""How long a candidate's levels stay as they are while the day of scoring moves: fading, and work that still goes on.

Each answer is an interval of ticks around `as_of`, both ends included, in which a value surely does not change. It
may be shorter than it could be, never longer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from service.core.policy import Policy
from service.core.profile import Profile
from service.core.time import TICKS, Interval, Span, ticks_together

ALWAYS: Interval = (-(10**9), 10**9)
"""From before every date to after it."""


def steady(profile: Profile, policy: Policy, as_of: int) -> Interval:
    """Return the ticks around `as_of` between which no level and no months of experience change."""
    found = list(_of_evidence(profile, policy, as_of))
    if profile.jobs and profile.months is None:
        found += _growing(profile.jobs, None, as_of)
    return max((since for since, _ in found), default=ALWAYS[0]), min((til for _, til in found), default=ALWAYS[1])


def _of_evidence(profile: Profile, policy: Policy, as_of: int) -> Iterator[Interval]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for piece in profile.evidence:
        if piece.span:
            spans[piece.skill].append(piece.span)
        for at in (piece.span.end if piece.span else piece.last_used) or ():
            yield _fading(at, policy.losses, as_of)
    steps = [months for months, _ in policy.years]
    for of_skill in spans.values():
        yield from _growing(of_skill, steps, as_of)


def _fading(at: int, losses: Sequence[int], as_of: int) -> Interval:
    """Return for how long what was last used at a tick loses no more."""
    place = bisect_right(losses, (as_of - min(at, as_of)) // TICKS)
    since = at + losses[place - 1] * TICKS if place else ALWAYS[0]
    until = at + losses[place] * TICKS - 1 if place < len(losses) else ALWAYS[1]
    return since, until


def _growing(spans: Sequence[Span], steps: Sequence[int] | None, as_of: int) -> Iterator[Interval]:
    """Yield for how long the time that spans cover, at least and at most, passes none of the steps in months.

    Without steps every whole month is one. Time covered grows by no more than the time that passes.
    """
    for end, ticks in enumerate(ticks_together(spans, as_of)):
        last_end = max(span.end[end] for span in spans)
        months = ticks // TICKS
        below = max((step for step in steps if step <= months), default=0) if steps else months
        above = min((step for step in steps if step > months), default=None) if steps else months + 1
        is_over = last_end <= as_of
        until = ALWAYS[1] if is_over or above is None else as_of + above * TICKS - ticks - 1
        since = as_of - (ticks - below * TICKS)
        yield min(since, last_end) if is_over else since, until
