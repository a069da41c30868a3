"""Find out the encoding of a text that does not say it, or say that it cannot be told.

A file of a few names is too short for statistics. What is asked instead is whether every word with letters beyond
ASCII could be a word of a language that the encoding was made for: `Łukasz` could, `£ukasz` could not. Chinese,
Japanese and Korean are told by characters that are frequent in names and headers.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import BinaryIO, NamedTuple

SAMPLE = 32 * 1024
"""Bytes of the lines with letters beyond ASCII that are looked at."""

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ESCAPE = b"\x1b$"  # ISO-2022-JP writes Japanese with ASCII after it
SAVE_AGAIN = "Open it in Excel and save it as 'CSV UTF-8 (Comma delimited)'."

_LETTERS = {
    "German": "äöüß",
    "French": "àâçéèêëîïôœùûüÿ",
    "Spanish": "áéíñóúü",
    "Portuguese": "àáâãçéêíóôõú",
    "Italian": "àèéìòù",
    "Catalan": "àçéèíïóòúü",
    "Swedish": "åäöéü",
    "Danish": "æøåéüö",
    "Dutch": "áéëïóöü",
    "Icelandic": "áæéíðóöúýþ",
    "Irish": "áéíóú",
    "Albanian": "çë",
    "Polish": "ąćęłńóśźż",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîşţ",
    "Croatian": "čćđšž",
    "Turkish": "çğıöşüâîû",
    "Estonian": "äõöü",
    "Latvian": "āčēģīķļņšūž",
    "Lithuanian": "ąčęėįšųūž",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "Russian": "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "Belarusian": "абвгдежзійклмнопрстуўфхцчшыьэюяё",
    "Serbian": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "Bulgarian": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "Hebrew": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",
}
_WESTERN = ("German", "French", "Spanish", "Portuguese", "Italian", "Catalan", "Swedish", "Danish", "Dutch",
            "Icelandic", "Irish", "Estonian")  # fmt: skip
_CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "Albanian", "German")
_CYRILLIC = ("Russian", "Ukrainian", "Belarusian", "Serbian", "Bulgarian")
# What people call an encoding, how seldom it is met today, and the languages that it was made for.
_OF_ALPHABETS = {
    "cp1252": ("Windows-1252", 0, _WESTERN),
    "cp1250": ("Windows-1250", 0, _CENTRAL),
    "cp1251": ("Windows-1251", 0, _CYRILLIC),
    "cp1253": ("Windows-1253", 0, ("Greek",)),
    "cp1254": ("Windows-1254", 0, ("Turkish", "German", "French")),
    "cp1255": ("Windows-1255", 1, ("Hebrew",)),
    "cp1256": ("Windows-1256", 1, ("Arabic",)),
    "cp1257": ("Windows-1257", 1, ("Estonian", "Latvian", "Lithuanian", "German", "Polish")),
    "iso8859-2": ("ISO 8859-2", 1, _CENTRAL),
    "iso8859-15": ("ISO 8859-15", 1, _WESTERN),
    "iso8859-5": ("ISO 8859-5", 2, _CYRILLIC),
    "iso8859-7": ("ISO 8859-7", 1, ("Greek",)),
    "koi8-u": ("KOI8", 2, ("Russian", "Ukrainian")),
    "mac-roman": ("Mac Roman", 1, _WESTERN),
    "mac-latin2": ("Mac Central European", 2, _CENTRAL),
    "mac-cyrillic": ("Mac Cyrillic", 1, _CYRILLIC),
    "cp850": ("DOS 850", 1, _WESTERN),
    "cp852": ("DOS 852", 1, _CENTRAL),
    "cp866": ("DOS 866", 1, _CYRILLIC),
}
_OF_CHARACTERS = {
    "cp932": (
        "Shift-JIS",
        (
        "佐藤鈴木高橋田中伊渡辺山本村小林加吉川松井上斎清水森池阿部石前岡長谷後近坂遠青西福太三原野島金大和子美花一郎"
        "二次健翔香恵由真名氏技能経験年数評価部署備考会社職種優陽菜結愛悠蓮葵裕介智浩久保竹内工横宮"
        ),
    ),
    "gb18030": (
        "GB18030",
        (
        "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜"
        "戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文伟芳娜秀英敏静"
        "丽强磊军洋勇艳杰娟涛明超兰霞平刚桂小华红玉建国志晓春海燕雪梅琳佳欣宇浩轩子涵一然诗雨晨姓名技能经验年份职位编号"
        "邮箱电话公司备注评级等水平"
        ),
    ),
    "cp950": (
        "Big5",
        (
        "王李張劉陳楊趙黃周吳徐孫胡朱高林何郭馬羅梁宋鄭謝韓唐馮于董蕭程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉余潘杜戴夏"
        "鍾汪田任姜范方石姚譚廖鄒熊金陸郝孔白崔康毛邱秦江史顧侯邵孟龍萬段雷錢湯尹黎易常武喬賀賴龔文詹游簡偉芳秀英敏靜麗"
        "強磊軍勇豔傑娟濤明超蘭霞平剛桂小大華紅玉建國志曉春海燕雪梅淑惠美玲雅婷怡君家豪俊宏宗承冠宇欣姓名技能經驗年職位"
        "編號電話公司備註等級"
        ),
    ),
    "cp949": (
        "EUC-KR",
        (
        "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원준연현수영희철호경미은"
        "숙자순옥명길동혜선아름재훈태승이름기술경력직위번호회사"
        ),
    ),
}  # fmt: skip
_KANA = "".join(map(chr, range(0x3041, 0x30FF)))
_OF_CHARACTERS["cp932"] = ("Shift-JIS", _OF_CHARACTERS["cp932"][1] + _KANA)
_OF_CHARACTERS["euc-jp"] = ("EUC-JP", _OF_CHARACTERS["cp932"][1])

# What a language that has the letter does not do with it.
_NEVER = {
    language: re.compile(pattern)
    for language, pattern in {
        "French": "œ(?!u)|è[aeiouy]",
        "Catalan": "è[aeiouy]",
        "Spanish": "ñ(?![aeiouáéíóúü])",
        "Portuguese": "õ(?!e)|ã(?![oes]|$)|à(?!s?$)",
        "Italian": "[àèìòù](?!$)",
        "Danish": "[aeiouyæøå][æøå]|[æøå][aeiou](?!$)",
        "Swedish": "[aeiouyåäö]å|å[aeiouy]",
        "Icelandic": "^ð|(?<!^)þ|[aeiouy]æ|æ[aeiouy]",
        "Polish": "[ćńśź][aeouyąęój]|^[ąęń]|[ąę][aeiouyó]|[aeouyó][ąę]|[^aeiouyąęó][ćńśź][^aeiouyąęó]",
        "Czech": "řr|rř|[čřšž]y|^[ďťňř][bcdfghjklmnpqrstvxz]|[ďťň][iíěcs]|ě$|[bcdfghjklmnpqrstvxz]ň$|[td]ť|ť[td]",
        "Slovak": "řr|rř|[čřšž]y|^[ďťňřĺŕ][bcdfghjklmnpqrstvxz]|[ďťňľ][iíěc]|ľe|[aeiouy][ĺŕ]|[ĺŕ][aeiouy]",
        "Hungarian": "[őű][aeiouáéíóú]",
        "Romanian": "ă[aeoăâ]",
        "Turkish": "^ğ",
        "Estonian": "[cwxyz]",
        "Greek": "ΰ|ς(?!$)",
        "Hebrew": "[ךםןףץ](?!$)",
        **dict.fromkeys(_CYRILLIC, "^[ьъы]|[аеёиіїоуыэюяь][ьъ]|[бвгджзклмнпрстфхцчшщ]{5}"),
    }.items()
}
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿąęěůőűăıāēėįīųū"
_CONSONANT = f"[^\\W\\d_{_VOWELS}]"
_ODD_CONSONANT = f"[^\\W\\d_\0-\x7f{_VOWELS}]"
# A consonant beyond ASCII between two others, neither an r or l that makes a syllable; or three vowels in a row.
_UNLIKELY = re.compile(
    f"{_CONSONANT}(?<!{_CONSONANT}[rl]){_ODD_CONSONANT}(?![rl]{_CONSONANT}){_CONSONANT}"
    f"|[aeiou][^\\W\\d_\0-\x7f](?<=[{_VOWELS}])[aeiou]|[ĺŕ]"
)
_SIGN = "ªº²³¹¼½¾"  # letters and digits to Python
_WORD = re.compile(rf"[^\W\d_{_SIGN}]+")
_SIGNS = re.compile(r"[^\w\s\0-\x7f]{4,}")
_OTHER = re.compile(rf"[^\w\0-\x7f]|[{_SIGN}]")
# A capital after a small letter, and two capitals before one.
_MIXED = re.compile("lu|uu(?=l)")
_DASHES = "–—"
_OPENING, _CLOSING, _ALONE = "„“‚‘«‹°•…", "’»›…°™®©ªº¹²³†‡§", "·\xad"
_QUIET = _OPENING + _CLOSING + _ALONE + _DASHES + "”¿¡"
_UNEXPLAINED, _MARGIN, _SURE = 3, 1, 3
_MOST_UNEXPLAINED, _LEAST_FREQUENT = 0.2, 0.25
_CASED = frozenset(_CYRILLIC) | {"Greek"}
_WHOLE = _CASED | {"Hebrew", "Arabic"}
_ENDS_OF_LINE = "\t\n\r\f\v"


class Guess(NamedTuple):
    """An encoding, what people call it, and a word as it reads in it."""

    encoding: str
    name: str
    example: str

    @property
    def warning(self) -> str:
        """Return what is said of a text that was read by a guess."""
        said = f"The text is not UTF-8: it was read as {self.name}"
        if not self.example:
            return f"{said}."
        return f"{said}; {self.example!r} is how a name reads. If that is wrong, save the file again as UTF-8."


class UnknownEncodingError(ValueError):
    """The encoding of a text cannot be told. The message says what it may be."""


def find(file: BinaryIO) -> tuple[str, str]:
    """Return the encoding of a text, and a warning where it is a guess. Raise UnknownEncodingError."""
    file.seek(0)
    head = file.read(SAMPLE)
    if marked := next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None):
        return marked, ""
    if b"\0" in head and (unmarked := _utf_16(head)):
        return unmarked, ""
    is_utf_8, lines = _look_over(file)
    if is_utf_8:
        return "utf-8", _saved_twice(lines.decode("utf-8", "ignore"))
    found = guess(lines)
    return found.encoding, found.warning


def _look_over(file: BinaryIO) -> tuple[bool, bytes]:
    """Return whether a text is UTF-8, and the first of its lines that are not ASCII."""
    lines, is_utf_8 = bytearray(), True
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    for line in iter(partial(file.readline, SAMPLE), b""):
        if line.isascii() and _ESCAPE not in line and not decoder.getstate()[0]:
            continue
        if len(lines) < SAMPLE:
            lines += line
        elif not is_utf_8:
            break
        try:
            decoder.decode(line)
        except UnicodeDecodeError:
            is_utf_8 = False
            decoder.reset()
    return is_utf_8 and not decoder.getstate()[0] and _ESCAPE not in lines, bytes(lines)


def _saved_twice(text: str) -> str:
    """Return a warning for UTF-8 that was read as Windows-1252 and saved again: `ZoÃ«` was `Zoë`."""
    words = [word for word in re.findall(r"[^\s,;|\"]+", text) if not word.isascii()]
    mended = [(word, was) for word in words if (was := _mended(word))]
    if not mended or 2 * len(mended) < len(words):
        return ""
    word, was = mended[0]
    return f"{word!r} looks damaged: it may have been {was!r} before another program saved it. It is read as it stands."


def _mended(word: str) -> str:
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""


def _utf_16(head: bytes) -> str:
    """Return which UTF-16 a text without a mark is: what it has of ASCII has its zeros on one side."""
    head = head[: len(head) // 2 * 2]
    for encoding, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if b"\0" not in others and zeros.count(b"\0") * 10 >= len(zeros):
            text = _decoded(head, encoding)
            if text and not {"\n", "\r"}.isdisjoint(text):
                return encoding
    return ""


@dataclass(frozen=True)
class _Reading:
    """A text as it reads in an encoding: what speaks against it, and the share of it that no language explains."""

    guess: Guess
    cost: float
    unexplained: float


def guess(sample: bytes) -> Guess:
    """Return the encoding of lines that are neither ASCII nor UTF-8. Raise UnknownEncodingError."""
    if _ESCAPE in sample:
        return _escaped(sample)
    as_utf_8 = sample.decode("utf-8", "replace")
    damaged = as_utf_8.count("\ufffd")
    if damaged * 3 < sum(char > "~" for char in as_utf_8) - damaged:
        raise UnknownEncodingError("The text is UTF-8, but damaged.")
    texts: dict[str, str] = {}
    for encoding in (*_OF_ALPHABETS, *_OF_CHARACTERS):
        if (text := _decoded(sample, encoding)) is not None:
            texts.setdefault(text, encoding)
    readings = [_reading(text, encoding) for text, encoding in texts.items()]
    likely = sorted((one for one in readings if one.unexplained <= _MOST_UNEXPLAINED), key=lambda reading: reading.cost)
    if not likely:
        raise UnknownEncodingError("The text is in an encoding that is not read.")
    best = likely[0]
    other = next((one for one in likely[1:] if one.cost - best.cost < _margin(one)), None)
    if other:
        either = " or ".join(f"{one.guess.name} ({one.guess.example!r})" for one in (best, other))
        raise UnknownEncodingError(f"The encoding of the text cannot be told: it may be {either}.")
    return best.guess


def _margin(other: _Reading) -> int:
    """Return by how much the best reading must be better: by more than the usual one, if all of its words could be."""
    return _SURE if other.guess.encoding == "cp1252" and not other.unexplained else _MARGIN


def _escaped(sample: bytes) -> Guess:
    if _decoded(sample, "iso2022-jp") is None:
        raise UnknownEncodingError("The text is in an encoding that is not read.")
    return Guess("iso2022-jp", "ISO-2022-JP", "")


def _decoded(sample: bytes, encoding: str) -> str | None:
    """Return the text, or None where it holds what no text holds."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return None
    odd = {char for char in set(text) if char > "~" or char < " "} - set(_ENDS_OF_LINE)
    return None if any(unicodedata.category(char) in ("Cc", "Cn", "Co") for char in odd) else text


def _reading(text: str, encoding: str) -> _Reading:
    return (_of_alphabet if encoding in _OF_ALPHABETS else _of_characters)(text, encoding)


def _of_characters(text: str, encoding: str) -> _Reading:
    """Judge a reading by how many of its characters are frequent: of those of a wrong one some 4 in 100 are."""
    name, frequent = _OF_CHARACTERS[encoding]
    runs = re.findall(r"[^\0-\x7f]+", text)
    letters = [letter for run in runs for letter in run if letter.isalpha()]
    known = sum(letter in frequent for letter in letters)
    share = known / (len(letters) + 2)  # two or three may be frequent by chance
    unexplained = 1 - share / _LEAST_FREQUENT if share < _LEAST_FREQUENT else 0.0
    return _Reading(Guess(encoding, name, max(runs, key=len)[:20]), 2 * _MARGIN * (1 - share), unexplained)


def _of_alphabet(text: str, encoding: str) -> _Reading:
    """Judge a reading by its words: each must be one of a language, and few languages must do."""
    name, seldom, languages = _OF_ALPHABETS[encoding]
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    spoken = {word: frozenset(one for one in languages if _could_be(word, one)) for word in words}
    if languages[0] in _CASED and not any(word[0].isupper() for word in words):
        spoken = dict.fromkeys(words, frozenset())
    strange = sum(not found for found in spoken.values()) + len(set(_misplaced(text)))
    unlikely = sum(len(word) == 1 or _UNLIKELY.search(word.lower()) is not None for word in words)
    cost = seldom + _UNEXPLAINED * strange + unlikely + _languages(set(filter(None, spoken.values())))
    example = min(words, key=lambda word: (not spoken[word], -len(word), word), default="")
    return _Reading(Guess(encoding, name, _around(text, example)), cost, strange / max(1, len(words), strange))


def _could_be(word: str, language: str) -> bool:
    """Tell whether a word may be one of a language: by its letters, their order and their case."""
    lower = word.replace("İ", "I").lower()
    beyond = [letter for letter in lower if letter > "~"]
    if not _SETS[language].issuperset(beyond):
        return False
    never = _NEVER.get(language)
    enough = len(beyond) == len(word) if language in _WHOLE else len(beyond) * 2 <= len(word) + 2
    return enough and not _is_mixed(word) and not (never and never.search(lower))


def _is_mixed(word: str) -> bool:
    """Tell whether the case of a letter beyond ASCII does not fit its neighbours: `JosŽ`, `MüLLER`, `HÂkan`."""
    cases = "".join("u" if letter.isupper() else "l" if letter.islower() else "-" for letter in word)
    beyond = [letter > "~" for letter in word]
    return any(any(beyond[at.start() : at.end()]) for at in _MIXED.finditer(cases))


def _languages(spoken: set[frozenset[str]]) -> int:
    """Return how many languages explain all words, three for more than two."""
    several = sorted(set().union(*spoken)) if spoken else []
    for count in (1, 2):
        if any(all(found & set(chosen) for found in spoken) for chosen in combinations(several, count)):
            return count
    return 3 if spoken else 1


def _misplaced(text: str) -> Iterator[str]:
    """Yield signs that stand where no sign does, with their neighbours: `£` in `£ukasz`."""
    yield from _SIGNS.findall(text)
    for found in _OTHER.finditer(text):
        place, sign = found.start(), found[0]
        before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
        if not (before.isalpha() or after.isalpha()) or sign in _ALONE:
            beside = after > "~" and after != sign and not {sign, after} & {*_QUIET, "\xa0"}
            if beside and not after.isalpha() and sign not in _ALONE:
                yield f"{sign}{after}"
        elif not _is_in_place(text, place, sign):
            yield f"{before}{sign}{after}"


def _is_in_place(text: str, place: int, sign: str) -> bool:
    before, after = text[max(0, place - 1) : place].isalpha(), text[place + 1 : place + 2].isalpha()
    if before and after:
        if sign in _DASHES or sign == "\xa0":
            return text[place + 1].isupper()
        short = not text[max(0, place - 3) : place].isalpha() or place < 3  # noqa: PLR2004 - as in qu'
        possessive = text[place + 1] in "st" and not text[place + 2 : place + 3].isalpha()
        return sign == "’" and (text[place + 1].isupper() or short or possessive)
    if sign == "\xa0":
        return True
    if after:
        return sign in _OPENING or sign in _DASHES or (sign in "¿¡" and "?!"["¿¡".index(sign)] in text)
    return sign in _CLOSING or sign in _DASHES or (sign == "”" and "“" in text) or (sign == "“" and "„" in text)


def _around(text: str, word: str) -> str:
    """Return a word with the one beside it, as a name stands in a cell."""
    found = re.search(rf"(?:[^\W\d_]{{1,40}} )?{re.escape(word)}(?: [^\W\d_]{{1,40}})?", text) if word else None
    return found[0][:40] if found else ""


_SETS: dict[str, frozenset[str]] = {language: frozenset(letters) for language, letters in _LETTERS.items()}
