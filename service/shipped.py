"""Where the files that come with Rolefit are: beside the code in a wheel, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `rubrics` or `sample_candidates` that belongs to this copy of the program."""
    installed = PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else PACKAGE.parent / name
