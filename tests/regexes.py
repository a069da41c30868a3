"""Every regular expression of the service, and the texts that cost each the most: for the sweep in test_linear.py."""

import ast
import importlib
import itertools
import pkgutil
import re
import re._constants as sre
import re._parser as parser
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import service

METHODS = {"match": "match", "fullmatch": "fullmatch", "search": "search"} | dict.fromkeys(
    ("sub", "subn", "split", "findall", "finditer"), "sub"
)
"""Ways to use a pattern; those that look for every match cost alike."""

SPACES, WORD_CHARS, DIGITS = (" ", "\n", "\u00a0"), ("a", "_", "1", "é"), ("1",)
UNSEEN = ("\u200b", "\u0301", "\u2060", "\0", "\ufeff")
ALWAYS = (*SPACES, "a", "A", "1", ".", ",", "-", "(", "[", "'", "/", ":", "*", "•", "a ", "1 ", "1.", "- ", *UNSEEN)
ENDS = ("\0", " x")
MOST_UNITS = 120


ANY_WAY = ("fullmatch", "match", "search", "sub")


class Regex(NamedTuple):
    """A pattern, where it is from, and how it is used."""

    where: str
    pattern: re.Pattern
    ways: tuple[str, ...]


def modules():
    """Return all modules of the service but those that run a program or a migration when imported."""
    names = [found.name for found in pkgutil.walk_packages(service.__path__, "service.")]
    return [importlib.import_module(name) for name in names if "migrations" not in name and "__main__" not in name]


def regexes():
    """Return every pattern of the service once: those that modules hold, however deep, and those made in functions."""
    loaded = modules()
    trees = [ast.parse(Path(module.__file__).read_text(encoding="utf-8")) for module in loaded]
    foreign = set().union(*(used(tree, of_modules=True) for tree in trees))
    where, ways, patterns = {}, defaultdict(set), {}
    for module, tree in zip(loaded, trees, strict=True):
        own = used(tree, of_modules=False)
        for name, value in vars(module).items():
            for pattern in held(value, set()):
                where.setdefault(key(pattern), f"{module.__name__}.{name}")
                patterns[key(pattern)] = pattern
                ways[key(pattern)] |= {way for called, way in own | foreign if called == name}
        for pattern, way, line in written(tree):
            where.setdefault(key(pattern), f"{module.__name__}:{line}")
            patterns[key(pattern)] = pattern
            ways[key(pattern)].add(way)
    return [Regex(place, patterns[one], tuple(sorted(ways[one] or ANY_WAY))) for one, place in where.items()]


def used(tree, *, of_modules):
    """Return names with the ways in which they are used as patterns: plain names, or those of other modules."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            name = getattr(node.value, "attr" if of_modules else "id", None)
            found.add((name, METHODS[node.attr]))
        if isinstance(node, ast.Call) and not of_modules:  # handed on, and used there in any way
            found |= {(arg.id, way) for arg in node.args if isinstance(arg, ast.Name) for way in ANY_WAY}
    return found


def key(pattern):
    return pattern.pattern, pattern.flags


def held(value, seen):
    """Yield the patterns that a value holds, in containers, classes and objects of ours too."""
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, str | bytes):
        return
    seen.add(id(value))
    inner = ()
    if isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        inner = value
    elif getattr(value, "__module__", None) and str(value.__module__).startswith(("service.", "marshmallow.")):
        inner = list(getattr(value, "__dict__", {}).values())
    for one in inner:
        yield from held(one, seen)


def written(tree):
    """Yield the patterns that stand as literals in calls of `re` inside functions."""
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not is_call or getattr(node.func.value, "id", None) != "re" or node.func.attr not in METHODS:
            continue
        literal = node.args[0]
        if isinstance(literal, ast.JoinedStr):  # a name in it stands for a word
            parts = [part.value if isinstance(part, ast.Constant) else "word" for part in literal.values]
            yield re.compile("".join(parts)), METHODS[node.func.attr], node.lineno
        elif isinstance(literal, ast.Constant):
            yield re.compile(literal.value), METHODS[node.func.attr], node.lineno


def hostile(pattern):
    """Return (before, unit, end): texts that begin so, repeat the unit, and end in what does not fit."""
    is_bytes = isinstance(pattern.pattern, bytes)
    tree = parser.parse(pattern.pattern, pattern.flags & ~sre.SRE_FLAG_UNICODE if is_bytes else pattern.flags)
    chars = [*dict.fromkeys(chars_in(tree))][:14]
    repeats = [*dict.fromkeys(repeated(tree, ""))]
    whole = [*dict.fromkeys(samples(tree))]
    units = {("", unit): None for unit in ALWAYS}
    for before, unit in repeats:
        units |= {(before, unit): None, ("", before + unit): None, ("", unit): None}
        units |= {("", unit + char): None for char in chars[:6]}
    units |= {("", sample): None for sample in whole if sample}
    units |= {("", sample[:-1]): None for sample in whole if len(sample) > 1}
    units |= {("", a): None for a in chars}
    units |= {("", a + b): None for a, b in itertools.permutations(chars, 2)}
    units |= {("", " ".join(sample.split()) + " "): None for sample in whole if sample}
    return [(before, unit) for before, unit in units if unit][:MOST_UNITS]


def chars_in(tree):
    """Yield characters of the literals and classes of a pattern."""
    for op, value in tree:
        yield from one_of(op, value)
        for inner in inside(op, value):
            yield from chars_in(inner)


def one_of(op, value):
    """Return characters that one step of a pattern takes."""
    if op is sre.LITERAL:
        return [chr(value)]
    if op is sre.NOT_LITERAL:
        return [next(char for char in "a 1.\n" if ord(char) != value)]
    if op is sre.ANY:
        return ["a", " "]
    if op is sre.IN:
        return in_class(value)
    return []


def in_class(value):
    taken = [char for op, one in value for char in in_entry(op, one)]
    if value and value[0][0] is sre.NEGATE:
        return [char for char in ("a", " ", "1", "-", ",", "(", ".", "\n", "é") if char not in taken][:4]
    return taken[:5]


def in_entry(op, one):
    categories = {
        sre.CATEGORY_SPACE: SPACES, sre.CATEGORY_NOT_SPACE: ("a", "."), sre.CATEGORY_DIGIT: DIGITS,
        sre.CATEGORY_NOT_DIGIT: ("a", " "), sre.CATEGORY_WORD: WORD_CHARS, sre.CATEGORY_NOT_WORD: (".", " ", "-"),
    }  # fmt: skip
    if op is sre.LITERAL:
        return [chr(one)]
    if op is sre.RANGE:
        return [chr(one[0])]
    return list(categories.get(one, ()))


def inside(op, value):  # noqa: PLR0911 - a line for each kind of step
    """Return the patterns inside a step."""
    if op is sre.BRANCH:
        return value[1]
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
        return [value[2]]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    if op is sre.GROUPREF_EXISTS:
        return [inner for inner in value[1:] if inner is not None]
    if op is getattr(sre, "ATOMIC_GROUP", None):
        return [value]
    return []


def samples(tree, most=6):
    """Return some texts that a pattern takes, about; each of its branches and classes stands in one."""
    texts = [""]
    for op, value in tree:
        texts = [a + b for a, b in itertools.islice(spread(texts, step(op, value) or [""]), most)]
    return texts


def spread(texts, options):
    """Yield pairs in which each text and each option stands at least once."""
    count = max(len(texts), len(options))
    return ((texts[place % len(texts)], options[place % len(options)]) for place in range(count))


def step(op, value):
    if found := one_of(op, value):
        return found
    if op in (sre.ASSERT, sre.ASSERT_NOT, sre.AT):
        return [""]
    inner = [text for one in inside(op, value) for text in samples(one)]
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return [text * max(1, min(value[0], 3)) for text in inner]
    return inner


def repeated(tree, before):
    """Yield what stands before each repeat of a pattern, and what is repeated."""
    for op, value in tree:
        if (op in (sre.MAX_REPEAT, sre.MIN_REPEAT) and value[1] is sre.MAXREPEAT) or (
            value and op is sre.MAX_REPEAT and value[1] > 3
        ):
            yield from ((before, text) for text in samples(value[2]))
        for inner in inside(op, value):
            if op not in (sre.ASSERT, sre.ASSERT_NOT):
                yield from repeated(inner, before)
        before += (step(op, value) or [""])[0]
