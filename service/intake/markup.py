"""Texts with markup, as applicant tracking systems keep them: what a reader sees, every character in its place."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<!--|-->|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})\b(?P<rest>[^<>]{0,2000})>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?!\.)|\bhidden\b", re.IGNORECASE
)
_BLOCKS = frozenset(("p", "div", "li", "ul", "ol", "br", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section"))
_EMPTY = frozenset(("br", "img", "hr", "input", "meta", "link", "wbr"))
_NEVER_SEEN = frozenset(("script", "style", "template", "head", "title"))


def plain_text(text: str) -> str:
    """Return a text of the same length whose markup is blank: tags, comments, and what a page would not show.

    Blocks begin on a new line; an entity becomes its character.
    """
    if "<" in text:
        text = _without_tags(text)
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def _without_tags(text: str) -> str:
    pieces: list[str] = []
    place = 0
    unseen: list[str] = []
    for tag in _TAG.finditer(text):
        between = text[place : tag.start()]
        pieces.append(" " * len(between) if unseen else between)
        name = (tag["name"] or "--").lower()
        if unseen:
            _nest(unseen, tag, name)
        elif _opens_unseen(tag, name):
            unseen.append(name)
        is_block = name in _BLOCKS and not unseen
        pieces.append(("\n" if is_block else " ") + " " * (len(tag[0]) - 1))
        place = tag.end()
    rest = text[place:]
    return "".join((*pieces, " " * len(rest) if unseen else rest))


def _opens_unseen(tag: re.Match[str], name: str) -> bool:
    """Tell whether a tag opens what a page does not show."""
    if tag[0] == "<!--":
        return True
    if name == "--" or tag["close"] or name in _EMPTY:
        return False
    return name in _NEVER_SEEN or _UNSEEN.search(tag["rest"]) is not None


def _nest(unseen: list[str], tag: re.Match[str], name: str) -> None:
    """Follow the tags inside what is not shown, up to the one that ends it."""
    if unseen[0] == "--":
        if tag[0] == "-->":
            unseen.clear()
    elif name == unseen[0]:
        if tag["close"]:
            unseen.pop()
        else:
            unseen.append(name)


def _decoded(entity: re.Match[str]) -> str:
    char = html.unescape(entity[0])
    return char + " " * (len(entity[0]) - 1) if len(char) == 1 else " " * len(entity[0])
