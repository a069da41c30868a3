"""Which number formats show a percentage."""

from __future__ import annotations

import html
import re

from service.sheets.parts import ATTRIBUTES

BUILT_IN = frozenset({9, 10})
"""Numbers of the formats that every workbook has: 0% and 0.00%."""

# Text that a format shows as it is: in quotation marks, after a backslash, a filler or a space of a width; and colours.
# A format has at most 255 characters.
_LITERAL = re.compile(r'"[^"]{0,255}"|[\\_*].|\[[^\]]{0,255}\]', re.DOTALL)
_PREFIX = rb"(?:[A-Za-z_][\w.-]{0,60}:)?"
_FORMAT = re.compile(rb"<" + _PREFIX + rb"numFmt(?=\s)(" + ATTRIBUTES + rb")>")
_CELL_FORMATS = re.compile(rb"<" + _PREFIX + rb"cellXfs[\s>]")
_CELL_FORMATS_END = re.compile(rb"</" + _PREFIX + rb"cellXfs\s*>")
_CELL_FORMAT = re.compile(rb"<" + _PREFIX + rb"xf(?=[\s/>])(" + ATTRIBUTES + rb")>")
_NUMBER = re.compile(rb"\snumFmtId\s*=\s*[\"']0*(\d{1,9})[\"']")
_CODE = re.compile(rb"\sformatCode\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")


def is_percent(code: str) -> bool:
    """Tell whether a format shows a number as a percentage."""
    return "%" in code and "%" in _LITERAL.sub("", code)


def percent_styles(styles: bytes) -> frozenset[int]:
    """Return which cell formats of an .xlsx show a percentage, by their place in its part for styles."""
    formats = set(BUILT_IN)
    for declared in _FORMAT.finditer(styles):
        number, code = _NUMBER.search(declared[1]), _CODE.search(declared[1])
        if number and code:
            shows = is_percent(html.unescape((code[1] or code[2] or b"").decode("utf-8", "replace")))
            (formats.add if shows else formats.discard)(int(number[1]))
    begin = _CELL_FORMATS.search(styles)
    end = _CELL_FORMATS_END.search(styles, begin.end()) if begin else None
    if begin is None or end is None:
        return frozenset()
    numbers = (_NUMBER.search(cell[1]) for cell in _CELL_FORMAT.finditer(styles, begin.end(), end.start()))
    return frozenset(place for place, number in enumerate(numbers) if number and int(number[1]) in formats)
