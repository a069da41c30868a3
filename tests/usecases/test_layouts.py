"""One pool of people scores the same however its file is laid out and whatever kind it is."""

import datetime as dt

import pytest
from openpyxl import Workbook
from sheets import hostile

from service.sheets.limits import Limits
from service.usecases import reader_of, scores
from service.usecases.files import score_file

SKILLS = ("Python", "SQL", "PyTorch", "Docker", "System design")
POOL = [
    ("p1", "Ada Example", "ada@example.com", 6, (4, "advanced", 3.5, "x", None)),
    ("p2", "Bo Example", "bo@example.com", 3, (0, 5, None, "n/a", 2)),
    ("p3", "Zoë Beispiel", "zoe@example.com", None, ("expert", "4 years", "no", 1, "✓")),
    ("p4", "Cy Example", "cy@example.com", 9, (None, "yes", 2, 3, "blue")),
]

PLAIN = [("ID", "Name", "E-mail", "Years", *SKILLS), *((*person, *levels) for *person, levels in POOL)]
ACROSS = [list(column) for column in zip(*PLAIN, strict=True)]
PAIRS = [
    ("Candidate ID", "Name", "E-mail", "Total years", "Skill", "Level"),
    *((*person, skill, level) for *person, levels in POOL for skill, level in zip(SKILLS, levels, strict=True)
      if level is not None),
]  # fmt: skip
PEOPLE = [row[:4] for row in PLAIN]
LEVELS = [(row[0], *row[4:]) for row in PLAIN]
BY_NAME = [(row[1], *row[4:]) for row in [PLAIN[0], *reversed(PLAIN[1:])]]
GERMAN = [("Bewerber-Nr.", "Name", "E-Mail-Adresse", "Berufserfahrung (Jahre)", *SKILLS), *PLAIN[1:]]
FRENCH = [
    ("Identifiant", "Prénom", "Nom", "Courriel", "Années d'expérience", *SKILLS),
    *((id_, *name.split(), *rest) for id_, name, *rest in PLAIN[1:]),
]
SPANISH = [("Identificador", "Nombre completo", "Correo electrónico", "Años de experiencia", *SKILLS), *PLAIN[1:]]
TITLED = [("Pool of autumn",), ("0 = none, 5 = expert",), (), *PLAIN, (), ("Legend",), ("0 = none",), ("x = yes",)]
TURNED_ROUND = {0: 5, 1: 4, 2: 3, 3: 2, 4: 1, 5: 0, 3.5: 1.5}
REVERSED = [
    ("0 = expert, 1 = advanced, 2 = competent, 3 = fair, 4 = novice, 5 = none",),
    PLAIN[0],
    *((*row[:4], *(TURNED_ROUND.get(level, level) for level in row[4:])) for row in PLAIN[1:]),
]
TEAMS = {"Red": PLAIN[:3], "Blue": [PLAIN[0], *PLAIN[3:]]}


def xlsx(sheets, path):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        book.create_sheet(name)
        for row in rows:
            book[name].append(row)
    book.save(path)


def xls(sheets, path):
    path.write_bytes(hostile.xls(sheets={name: hostile.xls_table(rows) for name, rows in sheets.items()}))


def ods(sheets, path):
    path.write_bytes(hostile.ods(sheets={name: hostile.ods_table(rows) for name, rows in sheets.items()}))


def csv(sheets, path):
    (rows,) = sheets.values()
    lines = [";".join("" if cell is None else str(cell) for cell in row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="module")
def scored(library, tmp_path_factory):
    """Score a file and return all that a layout must not change: for each person fit, gate, and each criterion."""
    (table,) = scores.tables_of([library.get("ml_engineer").role], "mid", library)
    wish = scores.Wish(table, dt.date(2026, 11, 20), 100, strict=False)
    folder = tmp_path_factory.mktemp("layouts")

    def scored(sheets, write):
        path = folder / f"pool.{write.__name__}"
        write(sheets, path)
        payload, report = score_file(path, reader_of(library), Limits(), wish, lambda: None)
        everybody = payload["shortlist"] + payload["not_eligible"]
        people = {
            row["candidate"]["name"]: (
                row["fit"], row["fit_high"], row["gate"], row["seniority_estimate"]["years"],
                [(shown["criterion"], shown["level"], shown["level_high"]) for shown in row["criteria"]],
            )
            for row in everybody
        }  # fmt: skip
        return people, report

    return scored


@pytest.fixture(scope="module")
def expected(scored):
    people, _ = scored({"People": PLAIN}, xlsx)
    assert len(people) == 4
    return people


LAYOUTS = {
    "plain": {"People": PLAIN}, "across": {"People": ACROSS}, "pairs": {"People": PAIRS},
    "pairs in another order": {"People": [PAIRS[0], *reversed(PAIRS[1:])]},
    "joined by id": {"People": PEOPLE, "Skills": LEVELS}, "joined by name": {"Skills": BY_NAME, "People": PEOPLE},
    "joined pairs": {"Skills": [(row[0], *row[4:]) for row in PAIRS], "People": PEOPLE}, "teams": TEAMS,
    "german": {"People": GERMAN}, "french": {"People": FRENCH}, "spanish": {"People": SPANISH},
    "title and legends": {"People": TITLED}, "another legend": {"People": REVERSED},
}  # fmt: skip


@pytest.mark.parametrize("write", [xlsx, xls, ods, csv])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_pool_scores_the_same_in_any_layout_and_kind_of_file(scored, expected, layout, write):
    if write is csv and len(LAYOUTS[layout]) > 1:
        return  # text has one sheet
    people, report = scored(LAYOUTS[layout], write)

    assert people == expected
    assert report["rejected"] == []
    assert len(report["warnings"]) == 1  # "blue" is no level
    assert all(column["understood_as"] for column in report["columns"])
