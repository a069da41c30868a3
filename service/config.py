"""Settings: defaults, and the environment's ROLEFIT_* over them. Read once, at the edge."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from service.errors import RolefitError
from service.sheets.limits import Limits

MEBIBYTE = 1024 * 1024


LEAST_SECRET = 32
LOGS = ("json", "text", "off")
WHOLE_NUMBERS = (
    "max_upload_bytes", "max_json_bytes", "parsers", "least_free_bytes", "idempotency_hours", "inline_bytes",
    "chunk_rows", "most_jobs", "requests_per_minute", "request_seconds", "retention_days",
    "report_days", "downloads",
)  # fmt: skip


MOST = {"idempotency_hours": 87_600, "request_seconds": 3600, "retention_days": 36_500, "report_days": 36_500}
"""The most of what is added to a date: a hundred years."""

MOST_OF_ALL = 10**15
LEAST = {"retention_days": 0}
HOST = re.compile(r"\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?\Z", re.IGNORECASE)


class BadSetting(RolefitError):
    """A setting cannot be what it was set to."""

    exit_code = 78
    code = "bad_setting"
    title = "A setting is wrong"


@dataclass(frozen=True)
class Settings:
    """All that an operator can set. `database_url` empty means SQLite in the data folder."""

    data: Path = Path("rolefit-data")
    database_url: str = ""
    rubrics: Path | None = None
    vocabulary: Path | None = None
    max_upload_bytes: int = 32 * MEBIBYTE
    max_json_bytes: int = MEBIBYTE
    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    log: str = "json"
    parsers: int = 2
    least_free_bytes: int = 256 * MEBIBYTE
    idempotency_hours: int = 24
    secret: str = ""
    trusted_proxies: tuple[str, ...] = ()
    requests_per_minute: int = 600
    request_seconds: int = 20
    downloads: int = 2
    retention_days: int = 0
    report_days: int = 30
    inline_bytes: int = MEBIBYTE
    chunk_rows: int = 1000
    most_jobs: int = 20
    limits: Limits = field(default_factory=Limits)

    @property
    def secret_file(self) -> Path:
        """Return where the service's own secret is kept, where none is set."""
        return self.data.resolve() / "secret"

    @property
    def database(self) -> str:
        """Return the URL of the database."""
        return self.database_url or f"sqlite:///{self._file}"

    @property
    def is_new(self) -> bool:
        """Tell whether the database is still to be made, so that it cannot know anybody."""
        return not self.database_url and not self._file.exists()

    @property
    def _file(self) -> Path:
        return self.data.resolve() / "rolefit.db"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of an environment. Raise BadSetting where a number is none."""
    sheet = {
        f.name: _whole(environment, name)
        for f in fields(Limits)
        if (name := f"ROLEFIT_SHEET_{f.name.upper()}") in environment
    }
    given = {
        "data": Path(environment.get("ROLEFIT_DATA", "rolefit-data")),
        "database_url": environment.get("ROLEFIT_DATABASE_URL", ""),
        "limits": replace(Limits(), **sheet),
    }
    for name in ("rubrics", "vocabulary"):
        if path := environment.get(f"ROLEFIT_{name.upper()}"):
            given[name] = Path(path)
    for name in WHOLE_NUMBERS:
        if f"ROLEFIT_{name.upper()}" in environment:
            least, most = LEAST.get(name, 1), MOST.get(name, MOST_OF_ALL)
            given[name] = _whole(environment, f"ROLEFIT_{name.upper()}", least, most)
    for name, check in (("trusted_hosts", _is_host), ("trusted_proxies", _is_network)):
        if f"ROLEFIT_{name.upper()}" in environment:
            given[name] = _listed(environment, f"ROLEFIT_{name.upper()}", check)
    if given.get("trusted_hosts") == ():
        raise BadSetting("ROLEFIT_TRUSTED_HOSTS names no host: the service would answer to every name.")
    if "ROLEFIT_SECRET" in environment:
        given["secret"] = _secret(environment["ROLEFIT_SECRET"])
    if "ROLEFIT_LOG" in environment:
        given["log"] = _one_of(environment, "ROLEFIT_LOG", LOGS)
    return Settings(**given)


def _whole(environment: Mapping[str, str], name: str, least: int = 1, most: int = MOST_OF_ALL) -> int:
    text = environment[name]
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_OF_ALL))
    if not (is_number and least <= int(text) <= most):
        raise BadSetting(f"{name} is {text[:40]!r}, which is not a whole number from {least} to {most}.")
    return int(text)


def _listed(environment: Mapping[str, str], name: str, check: Callable[[str], bool]) -> tuple[str, ...]:
    found = tuple(one.strip() for one in environment[name].split(",") if one.strip())
    if wrong := [one for one in found if not check(one)]:
        what = "names of hosts" if check is _is_host else "addresses, or networks such as 10.0.0.0/8"
        raise BadSetting(f"{name} holds {wrong[0][:80]!r}. It takes {what}, separated by commas.")
    return found


def _is_host(text: str) -> bool:
    return HOST.match(text) is not None


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def _secret(text: str) -> str:
    if len(text) < LEAST_SECRET or len(set(text)) < LEAST_SECRET // 4:
        raise BadSetting(f"ROLEFIT_SECRET needs {LEAST_SECRET} characters that nobody guesses: `openssl rand -hex 32`.")
    return text


def _one_of(environment: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = environment[name]
    if text not in choices:
        raise BadSetting(f"{name} is {text!r}, which is none of {', '.join(choices)}.")
    return text
