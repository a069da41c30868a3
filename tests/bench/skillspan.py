"""How well skills are found in the sentences of job postings that people labelled: precision and recall.

    python tests/bench/skillspan.py

Of SkillSpan's development set the sentences of technical postings, and of its labels those of knowledge. Exact: the
same words as a label. Partial: any word in common. These labels leave out what is no hard skill (communication,
leadership, roadmaps are labelled apart), so our field `product` is counted apart too. The sentences are adverts: what
we pass over as asked for, or as said of others, counts as found; it is the finding that is measured, not the claim.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from service import rubric_library
from service.skills.finder import Finder

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "skillspan" / "skillspan_dev.jsonl"


def labelled(tags: list[str]) -> list[tuple[int, int]]:
    """Return the spans of tags B, I … as first token and the one after the last."""
    spans, begun = [], None
    for place, tag in enumerate([*tags, "O"]):
        if begun is not None and tag[0] != "I":
            spans.append((begun, place))
            begun = None
        if tag[0] == "B":
            begun = place
    return spans


def found(finder: Finder, fields: dict[str, str], tokens: list[str], apart: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return what is found in a sentence, as tokens, but for the fields that are counted apart."""
    starts, place = [], 0
    for token in tokens:
        starts.append(place)
        place += len(token) + 1
    text = " ".join(tokens)
    told = [hit for hit in finder.places(text) if fields[hit.skill] not in apart]
    return sorted({
        (sum(start <= hit.start for start in starts) - 1, sum(start < hit.end for start in starts)) for hit in told
    })  # fmt: skip


def main() -> None:
    """Print precision and recall, exact and partial, of hard skills and of all."""
    if not DATA.is_file():
        sys.exit("The labelled sentences are not beside this checkout.")
    library = rubric_library.load()
    finder = Finder(library.vocabulary, library.words.levels, library.ambiguous)
    fields = {id_: skill.field for id_, skill in library.vocabulary.skills.items()}
    for title, apart in (("hard skills", ("product",)), ("all fields", ())):
        measure(title, finder, fields, apart)


def measure(title: str, finder: Finder, fields: dict[str, str], apart: tuple[str, ...]) -> None:
    """Print the figures for the fields that are not counted apart."""
    exact = partial = ours = theirs = reached = 0
    for line in DATA.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        if sentence["source"] != "tech":
            continue
        labels = labelled(sentence["tags_knowledge"])
        told = found(finder, fields, sentence["tokens"], apart)
        ours += len(told)
        theirs += len(labels)
        exact += len(set(labels) & set(told))
        partial += sum(any(a < d and c < b for c, d in labels) for a, b in told)
        reached += sum(any(a < d and c < b for c, d in told) for a, b in labels)
    print(f"{title}: {theirs} labelled spans, {ours} found")
    print(f"  exact    precision {exact / ours:.3f}, recall {exact / theirs:.3f}")
    print(f"  partial  precision {partial / ours:.3f}, recall {reached / theirs:.3f}")


if __name__ == "__main__":
    main()
