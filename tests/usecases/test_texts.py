"""A résumé as a file of text, read through the door that imports and `rolefit score` use."""

import codecs

import pytest
from intake import resumes
from intake.resumes import CLASSIC

from service import shipped
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


TABLE = [
    ["Name", "Years of experience", "Python", "Skills"],
    ["Zoë Ångström", "6", "4", "Docker, AWS"],
    ["Bo Q", "3", "3", "Kafka"],
]


def written(delimiter, table=TABLE):
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in table]
    return "".join(delimiter.join(row) + "\r\n" for row in quoted)


@pytest.mark.parametrize("delimiter", list("\t,;|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_table_saved_as_text_is_read_as_a_table(opened, delimiter, encoding):
    people, report = opened(written(delimiter).encode(encoding), "people.txt")

    assert [person.name for person in people] == ["Zoë Ångström", "Bo Q"]
    assert report["header_row"] == 1


@pytest.mark.parametrize("name", ["people.tsv", "people.tab", "PEOPLE.TSV"])
def test_a_file_of_tabs_is_read_by_its_tabs(opened, name):
    people, report = opened(written("\t").replace("Kafka", "Kafka, SQL"), name)

    assert [person.name for person in people] == ["Zoë Ångström", "Bo Q"]
    assert report["notices"] == []


@pytest.mark.parametrize("text", [
    "sep=;\nName;Python;SQL\nAda;4;3\nBea;3;2\n",
    "Team of 2026\t\t\nName\tPython\tSQL\nAda\t4\t3\nBea\t3\t2\n",
    "\n\nName\tPython\tSQL\n\nAda\t4\t3\n\nBea\t3\t2\n",
    "Name\tPython\tSQL\rAda\t4\t3\rBea\t3\t2\r",
    "Name\tPython\tSQL\t\nAda\t4\t3\t\nBea\t3\t2\t\n",
    'Name,Python,"SQL, any"\n"Ada",4,3\n"Bea",3,2\n',
    "Name, Python, SQL\nAda, 4, 3\nBea, 3, 2\n",
    "Name;Python;SQL\nAda;4,5;3\nBea;3,5;2\n",
])  # fmt: skip
def test_tables_of_other_shapes_are_tables(opened, text):
    people, _ = opened(text, "t.txt")

    assert [person.name for person in people] == ["Ada", "Bea"]


@pytest.mark.parametrize("text", [
    "Name\tKontakt\tKram\nAda\tx\ty\nBea\tx\ty\n",
    "Wer\tWas\nAda\tPython\nBea\tSQL\nCy\tAWS\n",
    "Name\nAda Lovelace\nBea Quick\nCy Moss\n",
])  # fmt: skip
def test_lines_that_look_like_a_table_without_a_header_are_refused(opened, text):
    with pytest.raises(InvalidInput) as refusal:
        opened(text, "everybody.txt")
    assert refusal.value.code == "no_header"


SHORT = [
    "Ada Lovelace, London\nPython, SQL\n",
    "Ada Lovelace\nPython, SQL\nDocker, AWS\nKafka, Spark\n",
    "Python, SQL\nDocker, AWS\n",
    "Python, SQL, AWS\nDocker, Kafka, Spark\nGo, Rust, C\n",
    "Name:\tAda Lovelace\nEmail:\tada@example.org\nSkills:\tPython, SQL\n",
    "Name\tAda Lovelace\nEmail\tada@example.org\nSkills\tPython, SQL\n",
    "Name: Ada Lovelace\nEmail: ada@example.org\nSkills: Python, SQL\n",
    "Ada Lovelace\nEngineer\n\nAcme\t2019-2021\nFoo\t2017-2019\nBar\t2015-2017\n",
    "Ada Lovelace | Engineer | London\nada@example.org | 0123 | Berlin\n\nI built it in Python.\nAnd more.\n",
    "Ada Lovelace\n\n- Python, SQL\n- Docker, AWS\n- Kafka, Spark\n",
    "Name\nAda Lovelace\nEmail\nada@example.org\nSkills\nPython, SQL\n",
    "I write Python, and like it.\nI know SQL, and use it.\nI ran Kafka, and left it.\n",
    "python and sql, every day",
]


@pytest.mark.parametrize(
    "text", [*SHORT, *(one.text for one in vars(resumes).values() if isinstance(one, resumes.Resume))]
)
def test_a_resume_stays_a_resume(opened, text):
    for content in (text, text.replace("\n", "\r\n").encode("utf-16")):
        people, report = opened(content, "ada.txt")
        assert len(people) == 1
        assert report["columns"] == []


def test_the_samples_of_resumes_stay_resumes(opened):
    for path in sorted(shipped.folder("sample_candidates").glob("*.txt")):
        people, _ = opened(path.read_bytes(), path.name)
        assert len(people) == 1


def test_a_resume_in_an_encoding_that_was_guessed_says_so(opened):
    (person,), report = opened("Paweł Wiśniewski\n\nPython: advanced\n".encode("cp1250"))

    assert person.name == "Paweł Wiśniewski"
    assert "Windows-1250" in report["notices"][0]
    with pytest.raises(InvalidInput, match="cannot be told") as refusal:
        opened("Piotr Zięba\n\nPython: advanced\n".encode("cp1250"))
    assert refusal.value.code == "not_text"
