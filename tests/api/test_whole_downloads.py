"""A download is whole unless its sender asks for less, and one that is cut says so in its name and its headers."""

import csv
import io

import pytest
from api.people import cells, opened, person, rated
from click.testing import CliRunner

from service.cli import main
from service.usecases import scores

MANY = 520
ROLE = "data_engineer"


@pytest.fixture(scope="module")
def api(shared_api):
    people = [person(n, skills=rated({"Python": 4 + n % 2, "SQL": 5})) for n in range(MANY)]
    for start in range(0, MANY, 260):
        shared_api.keep(*people[start : start + 260])
    return shared_api


def rows(response):
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


def listed(api, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return api.get(f"/shortlists/{ROLE}?{asked}").json


def test_a_file_holds_everybody_and_in_the_order_of_the_list(api):
    eligible = listed(api)["eligible"]
    assert eligible > scores.DEFAULT_TOP
    told = api.get(f"/shortlists/{ROLE}.csv")
    assert len(rows(told)) == eligible
    assert told.headers["X-Rolefit-Rows"] == f"{eligible}/{eligible}"
    assert "first" not in told.headers["Content-Disposition"]
    page = api.client.get(f"/shortlists/{ROLE}.csv")
    assert rows(page) == rows(told)
    book = opened(api.get(f"/shortlists/{ROLE}.xlsx"))
    assert len(cells(book["Shortlist"])) == eligible + 1


@pytest.mark.slow
def test_the_list_can_be_read_to_its_end(api):
    first = listed(api, top=400)
    rest = listed(api, top=400, skip=400)
    ids = [row["Candidate id"] for row in rows(api.get(f"/shortlists/{ROLE}.csv"))]
    assert [one["candidate"]["id"] for part in (first, rest) for one in part["shortlist"]] == ids
    assert (rest["shown"], rest["tied_at_cut"]) == (first["eligible"] - 400, 0)
    assert rest["shortlist"][0]["rank"] >= first["shortlist"][-1]["rank"]
    assert listed(api, skip=MANY)["shortlist"] == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_that_was_asked_to_be_cut_says_so(api, ending):
    eligible = listed(api)["eligible"]
    told = api.get(f"/shortlists/{ROLE}.{ending}?top=20")
    assert told.headers["X-Rolefit-Rows"] == f"20/{eligible}"
    assert f"-first-20-of-{eligible}.{ending}" in told.headers["Content-Disposition"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_pool_beyond_a_bound_is_cut_and_says_so(api, monkeypatch, ending):
    monkeypatch.setitem(scores.MOST_ROWS, ending, 30)
    eligible = listed(api)["eligible"]
    for told in (api.get(f"/shortlists/{ROLE}.{ending}"), api.client.get(f"/shortlists/{ROLE}.{ending}")):
        assert f"-first-30-of-{eligible}.{ending}" in told.headers["Content-Disposition"]
        (receipt, *_) = api.get("/snapshots").json["snapshots"]
        assert api.get(f"/snapshots/{receipt['id']}").json["identical"] is True


def test_a_filtered_file_beyond_a_bound_says_that_it_is_cut(api, monkeypatch):
    monkeypatch.setitem(scores.MOST_ROWS, "csv", 30)
    told = api.client.get(f"/shortlists/{ROLE}.csv?text=a").headers["Content-Disposition"]
    assert "-first-30-of-" in told


def test_a_file_says_the_same_of_a_candidate_as_the_list(api):
    one = listed(api, top=1)["shortlist"][0]
    row = rows(api.get(f"/shortlists/{ROLE}.csv?top=1"))[0]
    assert int(row["Open questions"]) == sum(1 for gap in one["gaps"] if gap["question"])
    assert row["Top gaps"].count(" of ") == min(3, len(one["gaps"]))


def test_the_command_line_writes_everybody_unless_asked(tmp_path):
    path, out = tmp_path / "people.csv", tmp_path / "out.csv"
    path.write_text("Name,ID,Python,SQL\n" + "".join(f"N {n},{n},4,4\n" for n in range(MANY)))
    done = CliRunner().invoke(main, ["score", str(path), "--role", ROLE, "-o", str(out)])
    assert (done.exit_code, f"{MANY} of {MANY} candidates" in done.output) == (0, True)
    done = CliRunner().invoke(main, ["score", str(path), "--role", ROLE, "--top", "5", "-o", str(out)])
    assert "first 5 of" in done.output


def test_behind_the_end_of_the_list_there_is_nobody(api):
    eligible = api.get("/shortlists/ml_engineer?top=1").json["eligible"]
    for query in (f"skip={eligible}", f"skip={eligible + 50}", f"gate=pass&skip={eligible + 1}"):
        answer = api.get(f"/shortlists/ml_engineer?{query}")
        assert (answer.status_code, answer.json["shown"], answer.json["shortlist"]) == (200, 0, [])
