"""A résumé as a file of text, read through the door that imports and `rolefit score` use."""

import codecs

import pytest
from intake.resumes import CLASSIC

from service.errors import InvalidInput
from service.usecases import imports
from service.usecases.imports import open_file


@pytest.fixture
def opened(house, tmp_path):
    """Read bytes as a file of that name; return the candidates and the report."""

    def opened(content, name="Ada_Example.txt"):
        path = tmp_path / "some.upload"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with open_file(path, name, house.reader, house.limits, None, "file") as file:
            return list(file.rows), file.report

    return opened


@pytest.mark.parametrize("name", ["resume.txt", "resume.md", "RESUME.TXT"])
def test_a_text_is_one_candidate_with_the_name_it_begins_with(opened, name):
    (person,), report = opened(CLASSIC.text, name)

    assert person.name == "Mira Beispiel"
    assert person.external_id is None
    assert len(person.profile.jobs) == 2
    assert report["warnings_total"] == len(report["warnings"]) == len(person.remarks) > 0
    assert report["warnings"][0]["pointer"] == "/text"


def test_without_a_name_the_file_gives_it(opened):
    (person,), _ = opened("python and sql, every day")

    assert person.name == "Ada_Example"


@pytest.mark.parametrize(
    "content",
    [
        "Zoë Müller\nPython".encode("utf-8-sig"), "Zoë Müller\nPython".encode("cp1252"),
        "Zoë Müller\nPython".encode("utf-16"), codecs.BOM_UTF16_BE + "Zoë Müller\nPython".encode("utf-16-be"),
        "Zoë Müller\r\nPython\r\n".encode(),
    ],
)  # fmt: skip
def test_a_text_is_read_in_the_usual_encodings(opened, content):
    (person,), _ = opened(content)

    assert person.name == "Zoë Müller"


@pytest.mark.parametrize(
    ("content", "code"),
    [("", "no_candidates"), (" \n\t ", "no_candidates"), ("a " * 100_001, "too_large"), (b"\0\1\2", "not_text"),
     (codecs.BOM_UTF16_LE + b"\0\xd8", "not_text"), (b"\x81\x8d", "not_text")],
)  # fmt: skip
def test_what_is_no_resume_is_refused_with_the_reason(opened, content, code):
    with pytest.raises(InvalidInput) as caught:
        opened(content)
    assert caught.value.code == code


def test_a_text_is_imported_once(house, tmp_path, kept):
    path = tmp_path / "resume.txt"
    path.write_text(CLASSIC.text, encoding="utf-8")
    first, second = (imports.import_file(house, path, path.name) for _ in range(2))

    assert (first["counts"]["created"], second["counts"]["unchanged"]) == (1, 1)
    assert kept() == ["Mira Beispiel"]
