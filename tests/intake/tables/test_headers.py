"""Headers as people write them in four languages, and what a report says of those it does not know."""

from collections import Counter

import pytest

from service.errors import InvalidInput
from service.intake.tables.header_words import FIELDS, OURS, PERSONAL
from service.intake.tables.headers import folded, suggestion, understand


def test_no_word_heads_two_fields():
    words = [folded(word) for words in FIELDS.values() for word in {folded(word) for word in words}]
    words += {folded(word) for word in PERSONAL + OURS}

    assert [word for word, times in Counter(words).items() if times > 1] == []


def test_no_word_for_a_field_hides_a_skill(reader):
    named = {word: reader.vocabulary.resolve(word) for words in FIELDS.values() for word in words}

    assert {word: skill for word, skill in named.items() if skill} == {}


@pytest.mark.parametrize(
    ("header", "meaning"),
    [
        ("Vorname", "first_name"), ("NACHNAME", "last_name"), ("Berufserfahrung (Jahre)", "years_experience"),
        ("Kenntnisse", "skills"), ("Fähigkeiten", "skills"), ("Faehigkeiten", "skills"), ("Bewerber/in", "name"),
        ("E-Mail", "email"), ("Prénom", "first_name"), ("Compétences", "skills"), ("Competences", "skills"),
        ("Expérience (ans)", "years_experience"), ("Années d'expérience", "years_experience"), ("Courriel", "email"),
        ("Nombre y apellidos", "name"), ("Habilidades", "skills"), ("Experiencia (años)", "years_experience"),
        ("Correo electrónico", "email"), ("Resume", "text"), ("Résumé", "text"), ("CV", "text"), ("Lebenslauf", "text"),
        ("About", "summary"), ("Perfil", "summary"), ("Cover letter", "text"), ("Work history", "text"),
        ("Bemerkungen", "notes"), ("Current company", "company"), ("Arbeitgeber", "company"), ("Poste", "headline"),
        ("Jahre Python", "years of Python (production-grade)"), ("SQL (Jahre)", "years of SQL and data modeling"),
        ("Années de Docker", "years of Docker"), ("Docker (años)", "years of Docker"),
        ("Docker Niveau", "level of Docker"),
    ],
)  # fmt: skip
def test_headers_of_four_languages(reader, header, meaning):
    assert understand(0, header, reader).understood(reader) == meaning


@pytest.mark.parametrize(
    "header",
    [
        "Geburtsdatum", "Geschlecht", "Staatsangehörigkeit", "Familienstand", "Alter", "Wohnort", "date de naissance",
        "Sexe", "Nationalité", "Âge", "État civil", "fecha de nacimiento", "Sexo", "Nacionalidad", "Edad",
        "Estado civil", "Telefon", "Téléphone", "Teléfono",
    ],
)  # fmt: skip
def test_what_is_personal_is_set_aside_in_four_languages(reader, header):
    assert understand(0, header, reader).kind == "aside"


@pytest.mark.parametrize(
    ("headers", "cells", "name"),
    [
        (("Vorname", "Nachname"), ("Ada", "Lovelace"), "Ada Lovelace"),
        (("Name", "Vorname"), ("Lovelace", "Ada"), "Ada Lovelace"),
        (("Nom", "Prénom"), ("Lovelace", "Ada"), "Ada Lovelace"),
        (("Nombre", "Apellidos"), ("Ada", "Lovelace Byron"), "Ada Lovelace Byron"),
        (("Name", "Surname"), ("Ada Lovelace", "Lovelace"), "Ada Lovelace"),
        (("Full name", "First name"), ("Ada Lovelace", "Ada"), "Ada Lovelace"),
        (("Name", "First name", "Last name"), ("Countess", "Ada", "Lovelace"), "Countess"),
        (("Nom", "E-mail"), ("Ada Lovelace", "a@example.com"), "Ada Lovelace"),
    ],
)
def test_a_name_is_put_together_of_what_there_is(files, headers, cells, name):
    read = files.xlsx((*headers, "Python"), (*cells, 4))

    assert [who.name for who in read.people] == [name]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Expereince", "years_experience"), ("Candidate nmae", "name"), ("Pyton", "skill:python"),
        ("Kuberntes level", "skill:kubernetes"), ("Shoe size", None), ("x", None), ("Zzzzzz", None),
    ],
)  # fmt: skip
def test_a_header_not_understood_gets_a_suggestion_where_one_is_near(reader, header, expected):
    assert suggestion(header, reader) == expected


def test_a_report_shows_samples_of_each_column_and_what_a_header_may_mean(files):
    rows = [
        ("Ada", 4, "x" * 300),
        ("Bo", None, "y"),
        ("Cy", 4, None),
        ("Di", 3, "z"),
        ("Ed", 2, None),
        ("Flo", 1, None),
    ]
    read = files.xlsx(("Title of all",), ("Name", "Pyton", "SQL"), *rows)
    name, python, sql = read.report["columns"]

    assert name["samples"] == ["Ada", "Bo", "Cy"]
    assert python.items() >= {
        "sheet": "Sheet", "column": "B", "header": "Pyton", "understood_as": None,
        "suggestion": "skill:python", "confidence": 0, "filled": 5, "distinct": 4,
    }.items()  # fmt: skip
    assert python["samples"] == ["4", "3", "2"]
    assert [len(sample) for sample in sql["samples"]] == [120, 1, 1]
    assert sql["suggestion"] is None


# Mappings.


def test_a_mapping_may_name_years_and_a_scale(files):
    mapping = {"Py": "skill:python@10", "C": "years:sql", "Ship": "docker@100", "Said": "text"}
    read = files.xlsx(("Name", "Py", "Data", "Ship", "Said"), ("Ada", 8, 3, 60, "words"), mapping=mapping)

    assert read.levels() == {
        "python": ("rated", (40, 40)), "sql": ("stated", (36, 36)), "docker": ("rated", (30, 30)),
    }  # fmt: skip
    assert read.people[0].contact == {"text": "words"}
    assert read.report["notices"] == []


def test_what_a_mapping_names_and_the_file_has_not_is_said(files):
    read = files.xlsx(("Name", "Python"), ("Ada", 8), mapping={"Pyth": "skill:python", "Z": "ignore", "B": "skill:sql"})

    said = " ".join(read.report["notices"])
    assert "'Pyth'" in said
    assert "'Z'" in said
    assert "'B'" not in said


@pytest.mark.parametrize("target", ["skill:python@7", "years:nothing", "python@", "skill:@10"])
def test_a_target_that_is_none_is_refused(files, target):
    with pytest.raises(InvalidInput):
        files.xlsx(("Name", "Py", "SQL"), ("A", 4, 3), mapping={"Py": target})


def test_a_mapping_holds_for_labels_of_people_across(files):
    rows = [("Who", "Ada", "Bo"), ("Snakes", 4, 3), ("SQL", 3, 2), ("Docker", 1, 1)]
    read = files.xlsx(*rows, mapping={"Who": "name", "2": "skill:python@10"})

    assert [who.name for who in read.people] == ["Ada", "Bo"]
    assert read.levels()["python"] == ("rated", (20, 20))
    assert read.report["notices"] == []
