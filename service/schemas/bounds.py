"""How large rubrics, and texts to draft one from, may be: checked first, whatever way they come in."""

from __future__ import annotations

from typing import Any

from service.errors import FileTooLarge

MOST_BYTES = 256 * 1024
MOST_NODES = 20_000
"""Values of a document: keys, texts, numbers, lists and mappings; of a workbook its cells that are not empty."""

MOST_RUBRICS = 50
NEXT = "Send fewer roles at a time, or a shorter text."


class RubricsTooLarge(FileTooLarge):
    """The rubrics, or a text to draft one from, are over a bound."""

    code = "rubrics_too_large"
    title = "Too large for rubrics"


def check_bytes(size: int) -> None:
    """Raise RubricsTooLarge for more bytes than are read."""
    if size > MOST_BYTES:
        raise RubricsTooLarge(
            f"What was sent has {size:,} bytes; at most {MOST_BYTES:,} (256 kB) are read of rubrics and job "
            f"descriptions. {NEXT}",
        )


def check_count(rubrics: int) -> None:
    """Raise RubricsTooLarge for more rubrics than are taken at once: each is shown with what it would change."""
    if rubrics > MOST_RUBRICS:
        raise RubricsTooLarge(f"{rubrics:,} rubrics were sent; at most {MOST_RUBRICS} are taken at once. {NEXT}")


class NodeCounter:
    """Counts what a document holds while it is read, and refuses it as soon as that is too much."""

    def __init__(self) -> None:
        self._nodes = self._characters = 0

    def add(self, nodes: int = 1) -> None:
        """Count values. Raise RubricsTooLarge."""
        self._nodes += nodes
        if self._nodes > MOST_NODES:
            raise RubricsTooLarge(
                f"What was sent holds more than {MOST_NODES:,} values; at most so many are read of rubrics and job "
                f"descriptions. {NEXT}"
            )

    def add_cell(self, value: Any) -> None:
        """Count a cell and its text: a workbook may repeat a long text that it holds once. Raise RubricsTooLarge."""
        self.add()
        self._characters += len(str(value))
        if self._characters > MOST_BYTES:
            raise RubricsTooLarge(
                f"The cells of the workbook hold more than {MOST_BYTES:,} characters, which is the most. {NEXT}"
            )


def check_nodes(value: Any) -> None:
    """Raise RubricsTooLarge for a value of JSON that holds too much; keys are counted as in YAML."""
    counter, todo = NodeCounter(), [value]
    while todo:
        one = todo.pop()
        counter.add()
        if isinstance(one, dict):
            counter.add(len(one))
            todo += one.values()
        elif isinstance(one, list):
            todo += one
