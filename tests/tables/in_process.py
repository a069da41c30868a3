"""Read files without a child process: thousands of small tables would mostly wait for processes to start."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, Self

from service.sheets import child
from service.sheets.limits import Limits


class InProcess:
    """Stands for the child of the reader: the same frames of the same parser, made here as they are asked for."""

    def __init__(self, request: dict[str, Any], _wall_seconds: float) -> None:
        file = io.BytesIO(Path(request["path"]).read_bytes())
        self._frames = child.frames(file, request["kind"], Limits(**request["limits"]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._frames.close()

    def frame(self) -> bytes:
        """Return the next frame."""
        return next(self._frames, b'["end"]')
