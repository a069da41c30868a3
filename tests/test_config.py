"""Settings: each is read from the environment, a wrong one is named, and the README has them all in its table."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from service.config import BadSetting, Settings, from_environment
from service.sheets.limits import Limits

UNITS = {"MiB": 2**20, "GiB": 2**30}
OTHERS = {
    "ROLEFIT_DATA": ("elsewhere", Path("elsewhere")),
    "ROLEFIT_DATABASE_URL": ("postgresql+psycopg:///x", "postgresql+psycopg:///x"),
    "ROLEFIT_RUBRICS": ("mine", Path("mine")),
    "ROLEFIT_VOCABULARY": ("mine.yaml", Path("mine.yaml")),
    "ROLEFIT_TRUSTED_HOSTS": ("a.example, b.example", ("a.example", "b.example")),
    "ROLEFIT_SECRET": ("0123456789abcdef" * 2, "0123456789abcdef" * 2),
    "ROLEFIT_TRUSTED_PROXIES": ("10.0.0.1", ("10.0.0.1",)),
    "ROLEFIT_LOG": ("off", "off"),
}
"""Another value for each setting that is no number."""


def settings_there_are():
    """Return every name of the environment, with its default."""
    own = {f"ROLEFIT_{field.name.upper()}": getattr(Settings(), field.name) for field in fields(Settings)}
    del own["ROLEFIT_LIMITS"]
    sheet = {f"ROLEFIT_SHEET_{field.name.upper()}": getattr(Limits(), field.name) for field in fields(Limits)}
    return own | sheet


NUMBERS = sorted(settings_there_are().keys() - OTHERS.keys())


def found(name, settings):
    holder = settings.limits if name.startswith("ROLEFIT_SHEET_") else settings
    return getattr(holder, name.removeprefix("ROLEFIT_").removeprefix("SHEET_").lower())


@pytest.mark.parametrize("name", settings_there_are())
def test_every_setting_is_read_from_the_environment(name):
    text, value = OTHERS.get(name, ("7", 7))
    settings = from_environment({name: text})
    assert found(name, settings) == value
    others = settings_there_are().keys() - {name}
    assert {other: found(other, settings) for other in others} == {other: found(other, Settings()) for other in others}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["", "0", "-1", "1.5", "many", "1e3", "٣", "9" * 17, "9" * 5000])
def test_a_number_that_is_none_is_named(name, text):
    if (name, text) == ("ROLEFIT_RETENTION_DAYS", "0"):
        assert from_environment({name: text}).retention_days == 0, "for ever"
        return
    with pytest.raises(BadSetting, match=name):
        from_environment({name: text})


@pytest.mark.parametrize("name", ["ROLEFIT_RETENTION_DAYS", "ROLEFIT_REPORT_DAYS", "ROLEFIT_IDEMPOTENCY_HOURS"])
def test_a_time_that_no_calendar_holds_is_refused(name):
    with pytest.raises(BadSetting, match=name):
        from_environment({name: "99999999"})


@pytest.mark.parametrize("text", ["", " , ", "http://foo/", "a b", "*", "a..b"])
def test_hosts_that_are_none_are_refused_for_the_check_would_be_off(text):
    with pytest.raises(BadSetting, match="ROLEFIT_TRUSTED_HOSTS"):
        from_environment({"ROLEFIT_TRUSTED_HOSTS": text})


@pytest.mark.parametrize("text", ["garbage", "10.0.0.1,10.0.0.0/99", "proxy.example"])
def test_proxies_that_are_no_addresses_are_refused(text):
    with pytest.raises(BadSetting, match="ROLEFIT_TRUSTED_PROXIES"):
        from_environment({"ROLEFIT_TRUSTED_PROXIES": text})


@pytest.mark.parametrize("text", ["", "secret", "x" * 31, "x" * 64, "changeme" * 4])
def test_a_secret_that_is_short_or_dull_is_refused(text):
    with pytest.raises(BadSetting, match="ROLEFIT_SECRET"):
        from_environment({"ROLEFIT_SECRET": text})


@pytest.mark.parametrize("text", ["", "JSON", "yes"])
def test_a_log_of_no_kind_is_named_with_those_there_are(text):
    with pytest.raises(BadSetting, match="json, text, off"):
        from_environment({"ROLEFIT_LOG": text})


def table(readme):
    """Return the settings of the README: name to the default it tells, or None where that is in words."""
    told = {}
    for names, default in re.findall(r"^\| (`ROLEFIT_.*?) \| *(.*?) *\| .* \|$", readme, re.MULTILINE):
        first, *more = re.findall(r"`(_?[A-Z][A-Z_]+)`", names)
        stem = "ROLEFIT_SHEET" if first.startswith("ROLEFIT_SHEET_") else "ROLEFIT"
        values = default.replace("`", "").split(", ") if more else [default.replace("`", "")]
        told |= dict(zip([first, *(stem + name for name in more)], map(value, values), strict=True))
    return told


def value(text):
    number = re.fullmatch(r"(\d+)(?: (MiB|GiB))?", text)
    return int(number[1]) * UNITS.get(number[2], 1) if number else text


def test_the_readme_has_every_setting_with_its_default(root):
    told = table((root / "README.md").read_text(encoding="utf-8"))
    expected = settings_there_are()
    assert told.keys() == expected.keys()
    in_words = {f"ROLEFIT_{name}" for name in ("RUBRICS", "VOCABULARY", "TRUSTED_HOSTS", "TRUSTED_PROXIES", "SECRET")}
    assert {name: told[name] for name in told.keys() - in_words} == {
        name: str(default) if isinstance(default, Path) else default
        for name, default in expected.items()
        if name not in in_words
    }


def test_the_table_of_the_readme_is_read_as_it_is_written():
    rows = """| `ROLEFIT_LOG` | json | x |
| `ROLEFIT_SHEET_ROWS`, `_COLUMNS` | 100000, 256 MiB | y |
| `ROLEFIT_DATA` (`--data`) | `rolefit-data` | z |
| `ROLEFIT_DATABASE_URL` | | w |
"""
    assert table(rows) == {
        "ROLEFIT_LOG": "json",
        "ROLEFIT_SHEET_ROWS": 100_000,
        "ROLEFIT_SHEET_COLUMNS": 256 * 2**20,
        "ROLEFIT_DATA": "rolefit-data",
        "ROLEFIT_DATABASE_URL": "",
    }
