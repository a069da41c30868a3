"""A payload that is read: each part knows where it stands and what of it was read, so that nothing is lost unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from service.intake.draft import Draft, short
from service.intake.tables.header_words import PERSONAL
from service.schemas.faults import pointer
from service.skills.vocabulary import normalise

LONGEST_NAME = 200
"""Characters of a field's name that are looked at."""

MOST_LISTED = 200
"""Fields of a candidate that are listed as not read; those beyond are counted."""

KEPT = "not a field that is read: kept, but not scored"
UNREAD = "not a field that is read: not kept"
DROPPED = "said of the person, not of the work: dropped"
NOT_TEXT = "not a text: not read"
NOT_OBJECT = "not an object: not read"
NOT_LIST = "not a list: not read"
NOT_DATE = "not a date that can be read: taken as unknown"

_PERSONAL = frozenset(normalise(word) for word in PERSONAL)
_OF_PERSON = re.compile(
    r"\b(?:eeoc?|demographics?|genders?|sex|races?|racial|ethnic\w*|veterans?|disabilit\w+|pronouns?|birth\w*|dob|"
    r"nationalit\w+|religio\w+|marital|photos?|pictures?|phones?|mobile ?(?:phones?|numbers?)|schools?)\b"
)
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[a-z]+")


def is_personal(name: str) -> bool:
    """Tell whether a field is about the person (origin, body, address), never about the work: `phoneNumbers`."""
    return _is_personal(name[:LONGEST_NAME])


@lru_cache(4096)
def _is_personal(name: str) -> bool:
    words = " ".join(_WORD.findall(_CAPITAL.sub(" ", name).lower()))
    if _OF_PERSON.search(words):
        return True
    return not _PERSONAL.isdisjoint((normalise(name), words, words.removesuffix("s"), words.removesuffix("es")))


def is_blank(value: object) -> bool:
    """Tell whether a value says nothing: null, a blank text, or a list or an object of such."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | Mapping):
        return all(map(is_blank, value.values() if isinstance(value, Mapping) else value))
    return value is None


def text_of(value: object) -> str | None:
    """Return a text, or a whole number as text; None for anything else and for what is blank."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


class Text(NamedTuple):
    """A text that was read, with its pointer; `give_back` says that nothing was made of it after all, and why."""

    text: str
    where: str
    holder: Node
    key: str | int

    def __str__(self) -> str:
        return self.text

    def give_back(self, why: str) -> None:
        """Count the text among what is not read."""
        self.holder.give_back(self.key, why)


class Left(NamedTuple):
    """A part of a payload that nothing was read of: its key in `holder`, and why, where a reason is known."""

    holder: Node
    key: str | int
    why: str | None


class Node:
    """An object or a list of a payload.

    `text`, `texts`, `objects`, `object` and `take` hand out parts and note that they are read; `peek` notes nothing.
    What is not of the type asked for stays unread, with the reason.
    """

    __slots__ = ("_read", "_why", "draft", "kept", "value", "where")

    def __init__(self, draft: Draft, value: Any, where: str, kept: dict[str, Any] | None = None) -> None:
        self.draft, self.value, self.where = draft, value, where
        self.kept: dict[str, Any] = {} if kept is None else kept
        self._read: dict[str | int, Node | None] = {}
        self._why: dict[str | int, str] = {}

    def at(self, key: str | int) -> str:
        """Return the pointer to a part."""
        return self.where + pointer((key,))

    def peek(self, key: str | int) -> Any:
        """Return a part as it is; None where there is none."""
        return self.value.get(key) if isinstance(self.value, Mapping) else self.value[key]  # type: ignore[index]

    def take(self, key: str | int) -> Any:
        """Return a part as it is, and count it as read with all that it holds."""
        self._read[key] = None
        return self.peek(key)

    def give_back(self, key: str | int, why: str) -> None:
        """Count a part as not read, and say why."""
        self._read.pop(key, None)
        self._why[key] = why

    def keep(self, key: str | int, name: str) -> None:
        """Keep a part under a name without scoring it; what is about the person is dropped."""
        if is_personal(name):
            self.give_back(key, DROPPED)
            return
        self.give_back(key, KEPT)
        self.kept[name] = _without_personal(self.peek(key), self.at(key), self.draft)

    def open(self, key: str | int) -> Node:
        """Return a part that is an object or a list, to be read part by part."""
        node = self._read.get(key) or Node(self.draft, self.peek(key), self.at(key), self.kept)
        self._read[key] = node
        return node

    def text(self, key: str | int) -> Text | None:
        """Return a text, or a whole number as text."""
        value = self.peek(key)
        text = text_of(value)
        if text is None:
            self._expect(key, NOT_TEXT)
            return None
        self._read[key] = None
        return Text(self.draft.within(text, self.at(key)), self.at(key), self, key)

    def first(self, *keys: str) -> Text | None:
        """Return the first text under one of some keys."""
        return next(filter(None, map(self.text, keys)), None)

    def all(self, *keys: str) -> list[Text]:
        """Return the texts under some keys."""
        return list(filter(None, map(self.text, keys)))

    def texts(self, key: str | int) -> Iterator[Text]:
        """Yield the texts of a list, or the one text that stands in its place."""
        value = self.peek(key)
        if isinstance(value, list):
            listed = self.open(key)
            yield from filter(None, map(listed.text, range(len(value))))
        elif text := self.text(key):
            yield text

    def object(self, key: str | int) -> Node:
        """Return an object; an empty one where there is none."""
        if isinstance(self.peek(key), Mapping):
            return self.open(key)
        self._expect(key, NOT_OBJECT)
        return Node(self.draft, {}, self.at(key), self.kept)

    def objects(self, *keys: str) -> Iterator[Node]:
        """Yield the objects of the lists under some keys."""
        for key in keys:
            value = self.peek(key)
            if not isinstance(value, list):
                self._expect(key, NOT_LIST)
                continue
            listed = self.open(key)
            yield from (node for place in range(len(value)) if (node := listed.object(place)).value)

    def _expect(self, key: str | int, why: str) -> None:
        """Say why a part is not read, unless it says nothing or another reader can use it."""
        if self.peek(key) is not None:
            self._why.setdefault(key, why)

    def keys(self) -> list[str]:
        """Return the keys of an object, in order."""
        return sorted(self.value, key=str)

    def left(self) -> tuple[list[Left], bool]:
        """Return the highest parts that nothing was read of and that say something.

        And whether they are to be told one by one, not as a whole: something beside them was read, or one has a reason.
        """
        left: list[Left] = []
        is_parted = False
        for key in self.keys() if isinstance(self.value, Mapping) else range(len(self.value)):
            node = self._read.get(key, self)
            if node is None:
                is_parted = True
                continue
            inner, is_inner_parted = ([], False) if node is self else node.left()
            if is_inner_parted:
                left += inner
                is_parted = True
            elif not is_blank(self.peek(key)):
                why = self._why.get(key)
                left.append(Left(self, key, why))
                is_parted = is_parted or why is not None
        return left, is_parted


def tell_left(root: Node, candidate: Node, *, is_ours: bool = False) -> None:
    """Say what nothing was read of, with its place; keep what stands in the candidate itself.

    `is_ours` is a candidate in our own form: its values are shown, and what is said of the person is kept.
    """
    draft, (left, _) = root.draft, root.left()
    before = len(draft.remarks)
    for holder, key, known in left:
        value, why = holder.peek(key), known
        if not is_ours and is_personal(str(key)):
            why = DROPPED
        elif holder is candidate:
            why = known or KEPT
            candidate.kept.setdefault(str(key), value if is_ours else _without_personal(value, holder.at(key), draft))
        draft.remark(holder.at(key), short(value) if is_ours else "", why or UNREAD)
    if (more := len(draft.remarks) - before - MOST_LISTED) > 0:
        del draft.remarks[before + MOST_LISTED :]
        draft.remark(root.where, "", f"and {more} more fields that are not read")


def _without_personal(value: Any, where: str, draft: Draft) -> Any:
    """Return a value to keep without what is said of the person anywhere in it; say what is dropped."""
    if isinstance(value, list):
        return [_without_personal(part, f"{where}/{place}", draft) for place, part in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    kept = {}
    for key, part in value.items():
        at = where + pointer((key,))
        if not is_personal(str(key)):
            kept[key] = _without_personal(part, at, draft)
        elif not is_blank(part):
            draft.remark(at, "", DROPPED)
    return kept
