"""A text without a mark of its encoding is read right, or refused: names never come as other letters, unsaid."""

import codecs

import pytest

from service.errors import UnreadableFile
from service.sheets import encodings
from service.sheets.reader import open_table

NAMES = {
    "cp1252": [
        "Zoë",
        "Müller",
        "François Lefèvre",
        "Søren Jørgensen",
        "José Muñoz",
        "João Conceição",
        "Åsa Öberg",
        "Benoît Hélène",
        "Günther Weiß",
        "Håkan",
        "Irène",
        "Simões",
        "Agnès",
        "Ødegaard",
        "Peña",
        "Kjær",
        "Þórður",
        "Chloë",
        "Bjørn",
        "Øystein",
        "Château",
        "O’Brien Zoë",
        "“Ada” – x 5 €",
        "5 €",
        "Loïc",
    ],
    "cp1250": [
        "Łukasz Żak",
        "Ondřej",
        "Dvořák",
        "Kateřina Černá",
        "Győző",
        "Paweł Wiśniewski",
        "Živković Đorđe",
        "Kamiński",
        "Čapek",
        "Zdeněk",
        "Petrović",
        "Brătianu",
        "Kráľ",
        "Ľubica",
        "Vlček",
        "Woźniak",
        "Łódź",
    ],
    "iso8859-2": ["Łukasz Żak", "Paweł Wiśniewski", "Jiří Šťastný", "Woźniak"],
    "iso8859-15": ["Zoë Müller", "Søren"],
    "cp1251": ["Иван Петров", "Ольга Кузнецова", "Ђорђе Ковачевић", "Андрій Їжак"],
    "koi8-r": ["Иван Петров", "Ольга Кузнецова"],
    "cp866": ["Иван Петров"],
    "mac-cyrillic": ["Иван Петров"],
    "cp1253": ["Γιώργος Παπαδόπουλος", "Ελένη"],
    "cp1254": ["Ayşe Yılmaz", "Çağlar", "Kılıç Özgür"],
    "cp1255": ["משה כהן"],
    "cp1256": ["محمد علي"],
    "cp1257": ["Jānis Bērziņš", "Gražina Žukauskaitė"],
    "mac-roman": ["Zoë Müller", "François Lefèvre", "José Muñoz", "María", "Jörg"],
    "cp850": ["Zoë Müller", "José García", "Jäger"],
    "cp852": ["Łukasz Żak"],
    "cp932": ["山田太郎", "佐藤花子", "高橋一郎"],
    "euc-jp": ["山田太郎"],
    "iso2022-jp": ["山田太郎"],
    "gb18030": ["王小明", "张伟", "李娜 王芳"],
    "gbk": ["王小明"],
    "big5": ["陳大文", "林志玲"],
    "euc-kr": ["김철수", "박지성"],
    "utf-16-le": ["Zoë", "王小明"],
    "utf-16-be": ["Zoë", "王小明"],
}
ONE_WORD = ["Erdős", "Zięba", "Forêt", "Anaïs", "Doğan", "Smrčka"]


@pytest.fixture
def read(tmp_path):
    def read(data, name="people.csv"):
        path = tmp_path / "upload"
        path.write_bytes(data)
        with open_table(path, name) as book:
            return [row for sheet in book.sheets() for _, rows in sheet.chunks() for row in rows], book.warnings

    return read


def table(names):
    return "Name,Python\r\n" + "".join(f"{name},4\r\n" for name in names)


@pytest.mark.parametrize(
    ("encoding", "name"), [(encoding, name) for encoding, names in NAMES.items() for name in names]
)
def test_one_name_is_enough(tmp_path, encoding, name):
    path = tmp_path / "a.csv"
    path.write_bytes(table([name]).encode(encoding))
    with path.open("rb") as file:
        found, warning = encodings.find(file)

    assert path.read_bytes().decode(found) == table([name])
    assert bool(warning) == (not encoding.startswith("utf"))


@pytest.mark.parametrize(("encoding", "names"), NAMES.items())
def test_several_names_are_read_and_the_guess_is_said(read, encoding, names):
    rows, warnings = read(table(names).encode(encoding))

    assert rows == [["Name", "Python"], *([name, "4"] for name in names)]
    assert all("not UTF-8" in warning for warning in warnings)


@pytest.mark.parametrize("name", ONE_WORD)
def test_what_cannot_be_told_is_refused_and_other_names_tell_it(read, name):
    encoding = next(one for one in ("cp1252", "cp1250", "cp1254") if name.encode(one, "ignore").decode(one) == name)
    with pytest.raises(UnreadableFile) as refusal:
        read(table([name]).encode(encoding))
    assert refusal.value.code == "bad_encoding"
    assert "CSV UTF-8" in refusal.value.detail
    assert name in refusal.value.detail or encoding == "cp1254"

    others = {"cp1252": "Hélène Lefèvre", "cp1250": "Łukasz Kovář", "cp1254": "Ayşe Yılmaz"}[encoding]
    assert read(table([name, others]).encode(encoding))[0][1][0] == name


@pytest.mark.parametrize("data", [
    "สมชาย ใจดี".encode("cp874"), b"\xff\xfe\xfd,\x80", b"a,\x81\x8d\n", b"a,b\n\0x,\0\0\n", b"a\x1b$,\xff\n",
    "Zoë Müller, Łukasz Żak, Jürgen Weiß".encode()[:-1] + b"\xff", codecs.BOM_UTF16_LE + b"a\0,\0\0\xd8",
])  # fmt: skip
def test_what_is_in_no_encoding_that_is_read_is_refused(read, data):
    with pytest.raises(UnreadableFile) as refusal:
        read(b"Name,Python\n" + data + b",4\n" if not data.startswith(codecs.BOM_UTF16_LE) else data)
    assert refusal.value.code in ("bad_encoding", "binary_text")


def test_names_that_were_damaged_before_are_read_as_they_stand_and_said(read):
    rows, [warning] = read(table(["ZoÃ« MÃ¼ller", "Ada"]).encode())
    assert rows[1][0] == "ZoÃ« MÃ¼ller"
    assert "'Zoë'" in warning
    assert read(table(["Zoë Müller", "Łukasz", "Ã", "São João"]).encode())[1] == []


def test_signs_beside_letters_are_no_letters(read):
    for text in ("Zoë\xa0Müller", "Mül\xadler", "“Zoë” – 5 °C", "Zoë’s", "L’Évêque", "¿Zoë?", "Zoë, nº 2", "½ Zoë"):
        rows, _ = read(f"Name;Python\r\n{text};4\r\nHélène Müller;3\r\n".encode("cp1252"))
        assert rows[1] == [text, "4"]


def test_letters_that_come_late_in_a_long_file_are_seen(read):
    plain = table(["Ada"] * 60_000)
    rows, [warning] = read((plain + "Paweł Wiśniewski,4\r\n").encode("cp1250"))
    assert rows[-1] == ["Paweł Wiśniewski", "4"]
    assert "Paweł Wiśniewski" in warning
    rows, warnings = read((plain + "Paweł Wiśniewski,4\r\n").encode())
    assert (rows[-1][0], warnings) == ("Paweł Wiśniewski", [])
