"""Rows that are about no candidate: totals, targets, legends, separators, examples and repeated headers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from service.intake.draft import Reader
from service.intake.tables.header_rows import TRANSPOSED, WHO, Header, is_person
from service.intake.tables.headers import BY_HEADER, folded, understand
from service.intake.tables.profiles import is_blank, number_in


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMES = frozenset({"name", "first_name", "last_name"})

TOTALS = _words(
    "coverage covered std dev average avg averages mean median mode total totals sum subtotal subtotals max "
    "maximum min minimum "
    "count counts stdev stddev deviation variance percentile rank durchschnitt mittelwert mittel schnitt "
    "summe gesamt gesamtsumme zwischensumme anzahl maximal minimal gesamtergebnis hochstwert tiefstwert "
    "moyenne somme mediane effectif nombre sous promedio suma mediana recuento conteo maximo minimo "
    "subtotales media somma totale soma gemiddelde totaal som aantal srednia suma razem prumer celkem "
    "headcount experts proficient overall result results bus factor score scores "
    "平均 平均値 合計 总计 合计 平均值 총계 평균 итого среднее "
)  # fmt: skip
TARGETS = _words(
    "mindestanforderung mindestanforderungen mindestlevel mindestniveau mindestwert "
    "owner owners target targets required requirement requirements weight weights weighting gap gaps priority "
    "importance benchmark goal goals threshold desired expected needed criticality soll ziel zielwert "
    "sollwert gewicht gewichtung prioritat lucke erforderlich gefordert anforderung wichtigkeit cible "
    "objectif poids ponderation ecart priorite requis attendu exige objetivo meta peso ponderacion brecha "
    "prioridad requerido esperado standard standards ideal job company critical training ist vorgabe profil template "
)  # fmt: skip
WITH_THEM = _words(
    "% candidate employee person engineer team teams group overall grand general generale generales "
    "global skill skills level levels score "
    "scores rating ratings column row per of the for in people persons employees candidates applicants "
    "members department all number no sub value values total experience years company niveau niveaus "
    "stufe punkte bewertung je pro der des die fur alle personen mitarbeiter kandidaten aller de la le "
    "les du d par personnes candidats equipe competences note notes score el los las del por personas "
    "candidatos equipo nivel puntuacion competencias "
)  # fmt: skip
"""Words that may stand with them: `Team average`, `Required level`."""

TELLING = _words(
    "average avg median subtotal subtotals totals stdev deviation percentile headcount benchmark requirement "
    "requirements "
    "required proficient coverage threshold needed template durchschnitt mittelwert zwischensumme mindestanforderung "
    "sollwert zielwert moyenne promedio requerido requis"
)
"""Words of both kinds that are in no person's name: a row is doubtful by one of them, whatever stands with it."""

MAY_BE_NAMES = frozenset({"max", "min"})
"""Totals that are people's names too."""

PAGE = re.compile(r"(?:page|seite|pagina|página|p\.)\s*\d+(?:\s*(?:of|von|de|/|sur|di)\s*\d+)?", re.IGNORECASE)
HEADING = re.compile(
    r"(?:group|team|department|dept|section|division|unit|office|location|site|region|squad|practice|"
    r"gruppe|abteilung|bereich|standort|groupe|équipe|equipe|service|departement|département|grupo|equipo|"
    r"departamento|área|area)\b\s*[:\-–#]?.*|.*:|[-–—=_*#~.\s]{2,}.*[-–—=_*#~.\s]{2,}|[^\w]*",
    re.IGNORECASE,
)
VACANT = re.compile(
    r"(?:vacan(?:cy|t|te)|open (?:position|role|headcount)|new hire|tb[adhcn]|to be (?:hired|determined|announced)|"
    r"n/?a|none|unknown|nobody|unassigned|offen(?:e stelle)?|vakant|unbesetzt|(?:poste )?à pourvoir|poste vacant|"
    r"puesto vacante|por contratar)(?:\s*#?\d*)",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(?:legend|key|notes?|source|instructions?|hint|hinweis|legende|quelle|anleitung|légende|remarques?|leyenda|nota|"
    r"fuente|instrucciones|how to|scale|skala|échelle|escala|confidential|confidentiel|confidencial|vertraulich)"
    r"(?:\s*[:=–-].*)?"
    r"|(?:last updated|updated|generated|created|printed|exported|version|stand|erstellt|généré|generado)\b.*\d.*"
    r"|(?:please|how to|rate (?:each|your|the)|bitte|veuillez|por favor)\b.*|[©*†‡].*|[^=@+\s-][^=]*=.*|n",
    re.IGNORECASE,
)
EXAMPLE = re.compile(
    r"(?:example|e\.g\.|eg:|sample|beispiel|muster|z\.?\s?b\.?|exemple|ex\.|p\.? ?ex\.|ejemplo|ej\.|p\.? ?ej\.)"
    r"(?:[\s:\-–(].*|\d*)"
    r"|[\[<{(].*[\]>})]|template|.*[(\[](?:example|sample|beispiel|muster|exemple|ejemplo)[)\]]"
    r"|(?:enter|type|insert|add|fill in|your|employee|candidate|applicant|team member|member|person|consultant|"
    r"mitarbeiter|kandidat|bewerber|candidat|employé|candidato|empleado)"
    r" (?:(?:your |the )?(?:name|full name|names|here|nom|nombre))?(?: ?here)?",
    re.IGNORECASE,
)
STOCK_NAMES = frozenset((
    "john doe", "jane doe", "max mustermann", "erika mustermann", "john smith example", "jean dupont", "juan perez",
))  # fmt: skip
"""Names that examples are written with; they may be people's all the same."""

NAMED_EXAMPLE = re.compile(r"(?:example|e\.g\.|beispiel|z\.\s?b\.|exemple|ejemplo)(?:[\s:]|$)", re.IGNORECASE)
"""How a name begins that is an example's even beside an id."""

PLACEHOLDERS = frozenset(("name", "full name", "first name last name", "first last", "firstname lastname", "name here",
    "vorname nachname", "prenom nom", "nombre apellido"))  # fmt: skip

LONGEST_NAME = 80
LOOKED_AT = 4
"""Texts of a row that are held against the header before all of them are."""
MOST_WORDS = 8


class RowKind(NamedTuple):
    """Why a row is about no candidate.

    `is_sure` is False where its name may be a person's: the sender is asked, and until then `is_read` tells whether it
    is read as one.
    """

    kind: str
    detail: str
    is_sure: bool = True
    is_read: bool = False


TOTAL = RowKind("total", "a total or an average, no person")
TARGET = RowKind("target", "a target, a weight or a gap, no person")
REPEATED = RowKind("repeated_header", "the header once more, no person")
SEPARATOR = RowKind("separator", "a heading between people, no person")
A_NOTE = RowKind("note", "a note, no person")
AN_EXAMPLE = RowKind("example", "an example of how to fill in the table, no person")
NO_NAME = RowKind("note", "no name of a person")
A_GUIDE = RowKind("note", "a line below the header on how to fill it in, no person")
OF_ANOTHER_KIND = RowKind("other", "a column of another kind, no person")
MAYBE_HEADING = RowKind("separator", "a name and nothing else: is it a heading?", is_sure=False, is_read=True)
ANOTHER_HEADER = RowKind("other_table", "the header of another table: put that on a sheet of its own")
BELOW_ANOTHER = RowKind(
    "other_table", "below the header of another table, and not read: put that on a sheet of its own"
)
HEADS = ("skill", "years", "last_used", "field")
SKIPPED = RowKind("skipped", "you said that it is no person")
A_LEGEND = RowKind("legend", "a legend")


def words_of(name: str) -> list[str]:
    """Return the words of a name as they are compared."""
    return folded(name.replace("#", " number ").replace("Ø", "average").replace("∑", "sum")).split()


def kind_of_name(name: str) -> RowKind | None:  # noqa: C901, PLR0911 - a kind after the other is looked for
    """Return what a row is whose name says that it is no person's; None where it may be one's."""
    text = " ".join(name.split())
    words = words_of(text)
    heads = TOTALS | TARGETS
    numbers = [word for word in words if word.replace(".", "").replace(",", "").isdigit()]
    others = [word for word in words if word not in numbers]
    if not heads.isdisjoint(others) and all(word in heads or word in WITH_THEM for word in others):
        kind = TARGET if not TARGETS.isdisjoint(others) else TOTAL
        return kind._replace(is_sure=others[0] not in MAY_BE_NAMES or (len(others) > 1 and others[1] not in TOTALS))
    if others and others[0] == "number" and all(word in WITH_THEM for word in others) and len(others) > 1:
        return TOTAL
    if PAGE.fullmatch(text) or not any(map(str.isalnum, text)):
        return SEPARATOR
    if not TELLING.isdisjoint(others):
        return (TARGET if not TARGETS.isdisjoint(others) else TOTAL)._replace(is_sure=False)
    if text.endswith("?") or "%" in text:
        return A_NOTE
    if VACANT.fullmatch(text) or not any(map(str.isalpha, text)) or text.casefold() == "x":
        return NO_NAME
    if NOTE.fullmatch(text) or folded(text) in BY_HEADER:
        return A_NOTE
    if EXAMPLE.fullmatch(text) or folded(text) in PLACEHOLDERS:
        return AN_EXAMPLE
    if folded(text) in STOCK_NAMES:
        return AN_EXAMPLE._replace(is_sure=False, is_read=True)
    if len(text) > LONGEST_NAME or len(words) > MOST_WORDS:
        return A_NOTE._replace(is_sure=len(words) > MOST_WORDS)
    return None


def kind_of_lone(text: str) -> RowKind | None:
    """Return what a row is in which nothing but a name stands, where that is no person's."""
    told = " ".join(text.split())
    return SEPARATOR if HEADING.fullmatch(told) or ": " in told else None


class RowSorter:
    """Tells the rows of a table that are about no candidate. `told` holds skip or person by the name in a row."""

    def __init__(
        self, header: Header, told: Mapping[str, str], top: Sequence[tuple[int, Sequence[Any]]], reader: Reader
    ) -> None:
        self._reader = reader
        self.below_another: int | None = None
        self._told, self._first = told, header.row + 1
        self._across = header.layout == TRANSPOSED
        self._headers = [(column.place, {_plain(column.header)}) for column in header.columns]
        rows = [] if self._across else [cells for number, cells in top if header.first <= number <= header.row]
        for place, texts in self._headers:
            texts |= {_plain(str(cells[place])) for cells in rows if place < len(cells) and not is_blank(cells[place])}
        self._names = [c.place for c in header.columns if c.kind == "field" and c.target in NAMES]
        self._ids = [c.place for c in header.columns if c.kind == "field" and c.target == "external_id"]
        self._emails = [c.place for c in header.columns if c.kind == "field" and c.target == "email"]
        self._others = {c.place for c in header.columns if c.kind in ("unknown", "aside")}
        ids = [str(value) for number, cells in top if number > header.row for value in _at(self._ids, cells)]
        self._are_codes = 5 * sum(any(map(str.isdigit, id_)) for id_ in ids) > 3 * len(ids)
        named = [name for number, cells in top if number > header.row and (name := self.name(cells))]
        self._are_numbered = 5 * sum(not any(map(str.isalpha, name)) for name in named) > len(named)

    def name(self, cells: Sequence[Any]) -> str | None:
        """Return what a row calls the one it is about, else its first text."""
        named = [str(v) for v in _at(self._names, cells) or _at(self._ids, cells) or _at(self._emails, cells)]
        if not named:
            named = [cell for cell in cells if cell.__class__ is str and not is_blank(cell)][:1]
        return " ".join(" ".join(named).split()) or None

    def kind(self, number: int, cells: Sequence[Any]) -> RowKind | None:  # noqa: PLR0911 - a kind after the other
        """Return why a row is about no candidate; None where it is about one, or is blank."""
        name = self.name(cells)
        if name is None:
            return None
        if said := self._told.get(name):
            return SKIPPED if said == "skip" else None
        if self._repeats(cells):
            self.below_another = number if self._differs(cells) else None
            return REPEATED if self.below_another is None else ANOTHER_HEADER
        if self._is_another_header(cells):
            self.below_another = number
            return ANOTHER_HEADER
        if self.below_another is not None:
            return BELOW_ANOTHER
        if self._is_identified(cells) and not NAMED_EXAMPLE.match(name):
            return None
        return self._by_name(number, name, cells)

    def _is_identified(self, cells: Sequence[Any]) -> bool:
        """Tell whether an address, or an id with a name, says that a row is about a person."""
        if any("@" in str(value) for value in _at(self._emails, cells)):
            return True
        return bool(_at(self._ids, cells)) and bool(_at(self._names, cells))

    def _is_number(self, name: str) -> bool:
        """Tell whether a row is called by a number, as others of the table are."""
        return self._are_numbered and any(map(str.isdigit, name)) and not any(map(str.isalpha, name))

    def _by_name(self, number: int, name: str, cells: Sequence[Any]) -> RowKind | None:
        if self._across and not is_person(name):
            return kind_of_name(name) or OF_ANOTHER_KIND
        filled = [cell for place, cell in enumerate(cells) if not is_blank(cell) and place not in self._others]
        names, named = _at(self._names, cells), _at((*self._names, *self._ids, *self._emails), cells)
        kind = None if self._is_number(name) else kind_of_name(name)
        if kind is not None and (names or kind is not NO_NAME):
            return kind
        if not named:
            return self._of_none(number, filled or [name])
        if len(filled) > 1:
            return None
        if not names:
            is_note = self._emails or (self._are_codes and not any(map(str.isdigit, name)))
            return kind_of_lone(name) or (A_NOTE if is_note else None)
        return kind_of_lone(name) or (None if looks_like_a_person(name) else MAYBE_HEADING)

    def _of_none(self, number: int, filled: Sequence[Any]) -> RowKind | None:
        """Return the kind of a row without a name: a lone text is a note, and texts below the header explain it."""
        if not all(cell.__class__ is str for cell in filled) or any(number_in(cell) is not None for cell in filled):
            return None
        if len(filled) == 1:
            return A_NOTE
        return A_GUIDE if number == self._first else None

    def _repeats(self, cells: Sequence[Any]) -> bool:
        """Tell whether a row holds the header again: most of its texts stand in their own columns."""
        # A look at the first texts is enough for nearly all rows: of a repeated header most are the same.
        if not any(islice(self._same(cells), LOOKED_AT)) or not self._may_repeat(cells):
            return False
        same = sum(self._same(cells))
        return same > 1 and 2 * same >= sum(not is_blank(cell) for cell in cells)

    def _differs(self, cells: Sequence[Any]) -> bool:
        """Tell whether a row that is much like the header heads another column with something that is understood."""
        others = (
            place
            for place, texts in self._headers
            if place < len(cells) and not is_blank(cells[place]) and _plain(str(cells[place])) not in texts
        )
        return any(understand(place, cells[place], self._reader).kind in HEADS for place in others)

    def _is_another_header(self, cells: Sequence[Any]) -> bool:
        """Tell whether a row heads another table: it names the column of names, and columns that are understood."""
        if self._across:
            return False
        filled = [(place, cell) for place, cell in enumerate(cells) if not is_blank(cell)]
        if len(filled) < 2 or not all(cell.__class__ is str and number_in(cell) is None for _, cell in filled):  # noqa: PLR2004
            return False
        place, name = filled[0]
        if place not in (*self._names, *self._ids, *self._emails) or BY_HEADER.get(folded(name)) not in WHO:
            return False
        return any(understand(at, cell, self._reader).kind in HEADS for at, cell in filled[1:])

    def _may_repeat(self, cells: Sequence[Any]) -> bool:
        """Tell whether a row has no name, or the header of a name as one."""
        texts = dict(self._headers)
        who = [place for place in (*self._names, *self._ids, *self._emails) if place < len(cells)]
        named = [place for place in who if not is_blank(cells[place])]
        if not named or any(_plain(str(cells[place])) in texts[place] for place in named):
            return True
        others = [place for place, cell in enumerate(cells) if not is_blank(cell) and place not in named]
        return len(others) > 1 and all(_plain(str(cells[place])) in texts.get(place, ()) for place in others)

    def _same(self, cells: Sequence[Any]) -> Iterator[bool]:
        """Tell of each text of a row whether it is the header of its column."""
        for place, texts in self._headers:
            if place < len(cells) and cells[place].__class__ is str:
                yield _plain(cells[place]) in texts


def _plain(text: str) -> str:
    """Return a header as headers are held against one another: in small letters, without marks behind it."""
    return " ".join(text.split()).casefold().rstrip(" :*†‡¹²³")


def _at(places: Iterable[int], cells: Sequence[Any]) -> list[Any]:
    """Return what stands at places of a row, blanks left out."""
    return [cells[place] for place in places if place < len(cells) and not is_blank(cells[place])]


def looks_like_a_person(name: str) -> bool:
    """Tell whether a text is written as people's names are: two words or more, capital letters, no digits."""
    words = name.split()
    return (
        1 < len(words) <= 6  # noqa: PLR2004 - words of a name
        and not any(map(str.isdigit, name))
        and all(word[0].isupper() or unicodedata.category(word[0]) == "Lo" for word in (words[0], words[-1]))
    )
