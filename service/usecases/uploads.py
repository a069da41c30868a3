"""Files that wait for a word: uploaded, looked at, not imported yet. They are swept after an hour."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from service.errors import NotFound

KEPT_SECONDS = 3600

ASKED = "asked.json"
BECAME = "import"
"""Beside a file that was imported stands the id of its import, until it is swept."""

GONE = "This upload is gone: a file waits for an hour, and is then taken away. Upload the file again."

ID = re.compile(r"[0-9a-f]{32}\Z")


class Uploads:
    """The waiting files, each in a folder of its own under an id of ours; their names are kept beside them as data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, filename: str, save: Callable[[Path], object]) -> str:
        """Keep a file that `save` writes to the path given; return its id."""
        self.sweep()
        id_ = uuid4().hex
        place = self.folder / id_
        place.mkdir(mode=0o700, parents=True)
        (place / "name").write_text(filename, encoding="utf-8", errors="replace")
        save(place / "upload")
        return id_

    def get(self, id_: str) -> tuple[Path, str]:
        """Return the path and the name of a waiting file. Raise NotFound."""
        place = self.folder / id_
        if not (ID.match(id_) and (place / "upload").is_file()):
            raise NotFound(GONE, code="upload_gone")
        return place / "upload", (place / "name").read_text(encoding="utf-8")

    def asked(self, id_: str) -> dict[str, Any]:
        """Return what was asked and answered about a waiting file; empty if nothing was."""
        path = self.folder / id_ / ASKED
        asked: dict[str, Any] = orjson.loads(path.read_bytes()) if path.is_file() else {}
        return asked

    def keep_asked(self, id_: str, asked: Mapping[str, Any]) -> None:
        """Keep what was asked and answered about a waiting file, in one step. Raise NotFound."""
        path, _ = self.get(id_)
        new = path.with_name(f"{uuid4().hex}.new")
        try:
            new.write_bytes(orjson.dumps(asked))
            new.replace(path.with_name(ASKED))
        except FileNotFoundError:
            raise NotFound(GONE, code="upload_gone") from None

    def remove(self, id_: str) -> None:
        """Take a waiting file away."""
        shutil.rmtree(self.folder / id_, ignore_errors=True)

    def imported(self, id_: str, import_id: str) -> None:
        """Take a waiting file away that was imported, and note as which import."""
        place = self.folder / id_
        with suppress(FileNotFoundError):  # it was swept meanwhile
            (place / BECAME).write_text(import_id, encoding="ascii")
        for name in ("upload", ASKED):
            (place / name).unlink(missing_ok=True)

    def became(self, id_: str) -> str | None:
        """Return the id of the import that an upload became; None where it waits, or is gone."""
        path = self.folder / id_ / BECAME
        return path.read_text(encoding="ascii") if ID.match(id_) and path.is_file() else None

    def sweep(self) -> None:
        """Take away what waited for too long."""
        if not self.folder.is_dir():
            return
        for place in self.folder.iterdir():
            name = place / "name"  # written once: the folder changes with each answer
            if time.time() - (name if name.is_file() else place).stat().st_mtime > KEPT_SECONDS:
                shutil.rmtree(place, ignore_errors=True)
