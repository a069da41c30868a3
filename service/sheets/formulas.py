"""Texts that a spreadsheet program would take for formulas, in a file without types: one `'` keeps them texts.

Writing adds one to what needs it, and reading takes one away, so that the pair changes nothing.
"""

from __future__ import annotations

import re

GUARDED = re.compile("'*[\\s\u00a0\u200b\ufeff]*[=+\\-@\t\r\n\0＝＋－＠]")


def guard(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula: one `'` is put before what it might."""
    return f"'{text}" if GUARDED.match(text) else text


def unguard(text: str) -> str:
    """Return what `guard` was given. It also leaves a text alone that was never guarded."""
    return text[1:] if text.startswith("'") and GUARDED.match(text) else text
