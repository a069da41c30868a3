"""The container's files name what is there, run as nobody in particular, and hold no secret. No engine is needed."""

import re
import shlex
from dataclasses import fields
from fnmatch import fnmatch

import click
import pytest
import yaml

from service.cli import main
from service.config import Settings, from_environment
from service.server import GRACE_SECONDS
from service.sheets.limits import MEBIBYTE

SECRETS = re.compile(r"(?i)(password|secret|token|api_?key)\s*[:=]\s*\S|://[^/\s:@]+:[^@\s]+@")
BYTES = {"m": 2**20, "g": 2**30}


@pytest.fixture(scope="module")
def folder(root):
    return root / ".docker"


@pytest.fixture(scope="module")
def dockerfile(folder):
    """The instructions of the Dockerfile, in order: the word, and what stands behind it."""
    text = (folder / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def compose(folder):
    return yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))


def all_of(dockerfile, word):
    return [rest for found, rest in dockerfile if found == word]


def test_the_image_runs_as_a_user_who_is_not_root(dockerfile):
    (user,) = all_of(dockerfile, "USER")
    assert any(f"useradd --system --uid 10001 --no-create-home {user}" in run for run in all_of(dockerfile, "RUN"))
    words = [word for word, _ in dockerfile]
    assert words.index("USER") < words.index("CMD") - 1
    assert not {"ADD", "ARG"} & set(words)


def test_the_image_starts_the_service_by_its_own_command(dockerfile, root):
    assert all_of(dockerfile, "ENTRYPOINT") == ['["rolefit"]']
    assert all_of(dockerfile, "CMD") == ['["serve"]']
    assert 'rolefit = "service.cli:main"' in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_the_check_of_health_asks_for_what_the_service_answers(dockerfile, client):
    (check,) = all_of(dockerfile, "HEALTHCHECK")
    (path,) = re.findall(r"http://127\.0\.0\.1:8000(/\w+)", check)
    assert client.get(path).status_code == 200
    compile(yaml.safe_load(check[check.index("[") :])[2], "check", "exec")


def test_the_build_installs_the_versions_that_are_tested(dockerfile, root):
    (install,) = [shlex.split(run) for run in all_of(dockerfile, "RUN") if run.startswith("pip")]
    assert (root / install[install.index("-c") + 1]).is_file()
    assert install[-1] == ".[postgres]"
    assert "\npostgres = [" in (root / "pyproject.toml").read_text(encoding="utf-8")


def test_every_base_has_a_version(dockerfile, compose):
    bases = [base.split()[0] for base in all_of(dockerfile, "FROM")] + [compose["services"]["database"]["image"]]
    assert [base for base in bases if not re.search(r":\d", base)] == []


def test_the_build_is_sent_what_it_needs_and_no_more(folder, root):
    lines = (folder / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"
    kept = [line[1:] for line in lines if line.startswith("!")]
    assert [name for name in kept if not (root / name).exists()] == []
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    for needed in ("service", "rubrics", "sample_candidates", "README.md", "LICENSE", ".ci/constraints.txt"):
        assert any(fnmatch(needed, name) for name in kept), needed
    assert '"sample_candidates" =' in project


OURS = ("first-key", "rolefit", "worker")


def command_of(words):
    """Return the command line that words call, and its options. Fails where it knows them not."""
    context = click.Context(main)
    name, command, rest = main.resolve_command(context, list(words))
    while isinstance(command, click.Group):
        name, command, rest = command.resolve_command(context, rest)
    return name, command.make_context(name, rest).params


def test_a_first_key_is_made_once_before_anybody_listens_and_web_and_worker_are_apart(compose):
    services = compose["services"]
    (key, told), (web, listens), (worker, _) = (command_of(services[name]["command"]) for name in OURS)
    assert (key, told["if_none"], web, listens["no_worker"], worker) == ("create", True, "serve", True, "worker")
    for name in ("rolefit", "worker"):
        assert services[name]["depends_on"] == {"first-key": {"condition": "service_completed_successfully"}}
        assert services[name]["volumes"] == services["first-key"]["volumes"], "files that wait, and the secret"
    assert services["first-key"]["restart"] == "no"
    assert [port for service in services.values() for port in service.get("ports", ())] == ["127.0.0.1:8000:8000"]
    assert [services[name]["healthcheck"]["disable"] for name in ("first-key", "worker")] == [True, True]


def test_the_unit_in_the_readme_calls_a_command_with_its_options(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    (words,) = re.findall(r"^ExecStart=\S+/rolefit (.+)$", readme, re.MULTILINE)
    name, told = command_of(words.split())
    (state,) = re.findall(r"^StateDirectory=(\S+)$", readme, re.MULTILINE)
    assert (name, str(told["data"])) == ("serve", f"/var/lib/{state}")
    (patience,) = re.findall(r"^TimeoutStopSec=(\d+)$", readme, re.MULTILINE)
    assert int(patience) > GRACE_SECONDS


def test_every_setting_is_told_of_in_the_readme_and_none_that_is_not_there(root):
    readme = (root / "README.md").read_text(encoding="utf-8")
    table = set(re.findall(r"^\| `(ROLEFIT_\w+)`", readme, re.MULTILINE))
    known = {f"ROLEFIT_{field.name.upper()}" for field in fields(Settings) if field.name != "limits"}
    assert known - table == set()
    assert {name for name in table if not name.startswith("ROLEFIT_SHEET_")} - known == set()


def test_services_are_confined(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
    assert all(compose["services"][name]["cap_drop"] == ["ALL"] for name in OURS)


def test_settings_in_the_composition_are_settings_of_the_service(compose, dockerfile):
    told = dict(compose["services"]["rolefit"]["environment"])
    told |= dict(pair.split("=", 1) for env in all_of(dockerfile, "ENV") for pair in env.split())
    settings = from_environment({name: text for name, text in told.items() if name.startswith("ROLEFIT_")})
    assert settings.database.startswith("postgresql+psycopg://")
    assert str(settings.data) == "/data" in all_of(dockerfile, "VOLUME")


def test_volumes_are_declared_and_the_socket_is_shared(compose):
    used = [mount.split(":") for service in compose["services"].values() for mount in service["volumes"]]
    assert {name for name, _ in used} == set(compose["volumes"])
    url = compose["services"]["rolefit"]["environment"]["ROLEFIT_DATABASE_URL"]
    (path,) = {path for name, path in used if name == "socket"}
    assert url.endswith(f"?host={path}")


def test_there_is_room_for_as_many_readers_as_may_be_and_time_to_end(compose):
    service = compose["services"]["rolefit"]
    memory = int(service["mem_limit"][:-1]) * BYTES[service["mem_limit"][-1]]
    settings = from_environment({})
    assert memory >= settings.parsers * settings.limits.memory_bytes + 512 * MEBIBYTE
    assert int(service["stop_grace_period"].removesuffix("s")) > GRACE_SECONDS


def test_no_secret_is_in_the_files(folder):
    for path in folder.iterdir():
        assert not SECRETS.search(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("text", ["POSTGRES_PASSWORD: x", "API_KEY=abc", "postgresql://a:b@c/d"])
def test_a_secret_would_be_found(text):
    assert SECRETS.search(text)
