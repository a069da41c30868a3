"""How much of a file is read: every figure is a setting."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a file may hold, and the most its reader may spend.

    Bytes are counted inflated, for one zip entry and for all of them; `ratio` is inflated to packed bytes, asked
    of entries past 1 MiB. `cells` is for the whole workbook, `rows` and `columns` for one sheet.
    """

    entries: int = 1000
    entry_bytes: int = 256 * MEBIBYTE
    total_bytes: int = 512 * MEBIBYTE
    ratio: int = 200
    rows: int = 100_001  # 100,000 and a header
    columns: int = 256
    cells: int = 3_000_000
    cell_characters: int = 32_767
    sheets: int = 20
    memory_bytes: int = 1024 * MEBIBYTE
    cpu_seconds: int = 60
    wall_seconds: float = 120
