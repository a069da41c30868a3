"""The tally that Prometheus reads. One process serves, so its counts are the service's; a restart begins at zero.

Labels are words of this program: routes as templates, outcomes, codes. No candidate, file or owner is one.
"""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from service.telling.tally import OUTCOMES, Tally

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10, 30)
"""Seconds: the targets, 50 and 300 ms, are edges."""

# Or a time of creation stands beside each counter, as `import_rows_created`: it reads like a count of rows.
disable_created_metrics()


class Metrics(Tally):
    """Counts for Prometheus, in a registry of its own."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Histogram(
            "http_server_request_duration_seconds",
            "Time from a request's head to its answer, by route, method and class of status.",
            ("route", "method", "status"),
            buckets=BUCKETS,
            registry=registry,
        )
        self._imported = _by_outcome("import_rows", "Rows of imports that are committed.", registry)
        self._posted = _by_outcome("posted_candidates", "Candidates of pipelines that are committed.", registry)
        self._erased = Counter("erased_candidates", "Candidates erased.", registry=registry)
        self._refused = Counter("upload_rejected", "Uploads refused, by reason.", ("reason",), registry=registry)
        self._killed = Counter(
            "parser_killed", "Readers of files that did not survive one, by what ended them.", ("signal",),
            registry=registry,
        )  # fmt: skip
        self._defects = Counter(
            "reader_defects", "Fields, rows and candidates not read for a defect, by type of exception.", ("error",),
            registry=registry,
        )  # fmt: skip
        self._candidates = Gauge("candidates", "Candidates kept, as the database says now.", registry=registry)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(route, method, f"{status // 100}xx").observe(seconds)

    def imported(self, counts: Mapping[str, int]) -> None:
        """Count the rows of an import."""
        _add(self._imported, counts)

    def posted(self, counts: Mapping[str, int]) -> None:
        """Count candidates of a pipeline."""
        _add(self._posted, counts)

    def erased(self) -> None:
        """Count a candidate that is erased."""
        self._erased.inc()

    def refused(self, reason: str) -> None:
        """Count an upload that was refused."""
        self._refused.labels(reason).inc()

    def killed(self, signal: str) -> None:
        """Count a reader that died."""
        self._killed.labels(signal).inc()

    def defect(self, error: str) -> None:
        """Count a field, row or candidate that a defect kept from being read."""
        self._defects.labels(error).inc()

    def exposition(self, candidates: float) -> bytes:
        """Return all counts as Prometheus reads them; NaN stands for candidates that cannot be counted now."""
        self._candidates.set(candidates)
        return generate_latest(self._registry)


def _by_outcome(name: str, what: str, registry: CollectorRegistry) -> Counter:
    counter = Counter(name, what, ("outcome",), registry=registry)
    for outcome in OUTCOMES:
        counter.labels(outcome)  # a rate over a count that is not there yet would miss its first step
    return counter


def _add(counter: Counter, counts: Mapping[str, int]) -> None:
    for outcome in OUTCOMES:
        counter.labels(outcome).inc(counts[outcome])
