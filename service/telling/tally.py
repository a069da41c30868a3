"""What is worth counting. The use cases tell it to a tally, and never ask whether anybody listens."""

from __future__ import annotations

from collections.abc import Mapping

OUTCOMES = ("created", "updated", "unchanged", "rejected", "ignored")


class Tally:
    """Counts nothing: for tests, and for a command that ends before anybody could ask."""

    content_type = "text/plain; charset=utf-8"

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered; `route` is a template, such as `/roles/<role>`."""

    def imported(self, counts: Mapping[str, int]) -> None:
        """Count the rows of an import that is committed, by outcome."""

    def posted(self, counts: Mapping[str, int]) -> None:
        """Count candidates of a pipeline that are committed, by outcome."""

    def erased(self) -> None:
        """Count a candidate that is erased."""

    def refused(self, reason: str) -> None:
        """Count an upload that was refused, by the code of the refusal."""

    def killed(self, signal: str) -> None:
        """Count a reader of a file that did not survive it, by what ended it."""

    def defect(self, error: str) -> None:
        """Count a field, row or candidate that a defect kept from being read, by the type of the exception."""

    def exposition(self, candidates: float) -> bytes:  # noqa: ARG002 - nothing is counted
        """Return all counts, as text to be scraped."""
        return b""
